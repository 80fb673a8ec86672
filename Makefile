# make run    the pipeline on data/raw (or: make run ARGS="--config raw=DIR processed=DIR")
# make test   every test          make bench  how fast, how large
# make corpus N=30000 FOLDER=…   a synthetic corpus for load tests
# make docs   the generated pages (data dictionary, codebook, configuration)
# make lock   the pinned packages, after a change to pyproject.toml
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test bench corpus docs lock format

run: $(VENV)/.run
	@$(BIN)/snakemake --profile profiles/default $(ARGS)

test: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/snakefmt --check Snakefile
	@$(BIN)/python -m pytest $(ARGS)

bench: $(VENV)/.test
	@$(BIN)/python -m bench $(ARGS)

N ?= 30000
FOLDER ?= /tmp/load-corpus
corpus: $(VENV)/.run
	@$(BIN)/python -m bench.corpus --reports $(N) $(FOLDER)

docs: $(VENV)/.run
	@$(BIN)/python -m pipeline.docs

format: $(VENV)/.test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/snakefmt Snakefile

lock: $(VENV)/.test
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q \
	    pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q \
	    --extra test -c requirements.txt pyproject.toml -o requirements-test.txt

# The lock is complete: --no-deps takes it as it is, and keeps older pips from stumbling over extras.
$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) (once; one to two minutes) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -q --no-deps --no-compile --require-hashes -r requirements.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.txt
	@echo "Adding the test tools to $(VENV) …"
	@$(PIP) install -q --no-deps --no-compile --require-hashes -r requirements-test.txt
	@touch $@
