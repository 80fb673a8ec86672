# make run    the pipeline on data/raw (or: make run ARGS="--config raw=DIR processed=DIR")
# make test   every test          make bench  how fast, how large
# make evaluate   how right the tables are: docs/accuracy.md (your own coding: make evaluate RAW=… GOLD=…)
# make corpus N=30000 FOLDER=…   a synthetic corpus for load tests
# make docs   the generated pages (data dictionary, codebook, configuration)
# make lock   the pinned packages, after a change to pyproject.toml
# make run ENGINE=hanlp MODEL=…   words, names and roles from a HanLP model (docs/engines.md), in an environment of its own
# make hanlp-model                 a small model trained on the tokens of your last run
# make hanlp-download MODEL=…      a model of HanLP's      make engines   the two engines compared      make test-hanlp
ENGINE ?= jieba
ifeq ($(ENGINE),hanlp)
VENV ?= .venv-hanlp
else ifneq ($(ENGINE),jieba)
$(error ENGINE=$(ENGINE): there is jieba, and there is hanlp)
endif
VENV ?= .venv
HANLP := .venv-hanlp
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# Compiled modules are kept: where this is set, as in many containers, every job compiles its libraries again, 1 to 3 s each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run named-model test bench evaluate corpus docs lock format test-hanlp hanlp-model hanlp-download engines

ifeq ($(ENGINE),hanlp)
# Without a model there is nothing to install for. The settings are handed over in a file, since a --config in ARGS would
# replace another.
run: named-model $(VENV)/.hanlp
	@printf 'tokens:\n  engine: hanlp\n' > $(VENV)/tokens.yaml
	@test -z '$(MODEL)' || printf '  model: "%s"\n' '$(MODEL)' >> $(VENV)/tokens.yaml
	@$(BIN)/snakemake --configfile $(VENV)/tokens.yaml --profile profiles/default $(ARGS)
else
run: $(VENV)/.run
	@$(BIN)/snakemake --profile profiles/default $(ARGS)
endif

named-model:
	@test -n '$(MODEL)$(ARGS)' || grep -Eqs '^ +model: *[^ #]' config.yaml || \
	    { echo "The engine hanlp needs a model, a folder or a name of HanLP's: make run ENGINE=hanlp MODEL=… (docs/engines.md)"; exit 1; }

test: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/snakefmt --check Snakefile
	@$(BIN)/python -m pytest $(ARGS)

test-hanlp: $(HANLP)/.hanlp-test
	@$(HANLP)/bin/python -m pytest -W ignore $(or $(ARGS),tests/test_engine_hanlp.py)

hanlp-model: $(HANLP)/.hanlp
	@$(HANLP)/bin/python -m pipeline.engines.training $(ARGS)

hanlp-download: $(HANLP)/.hanlp
	@test -n '$(MODEL)' || { echo "Name a model: make hanlp-download MODEL=CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"; exit 1; }
	@$(HANLP)/bin/python -m pipeline.engines.downloading '$(MODEL)'

engines: $(HANLP)/.hanlp
	@$(HANLP)/bin/python -m bench.engines $(if $(MODEL),--model '$(MODEL)') $(ARGS)

bench: $(VENV)/.test
	@$(BIN)/python -m bench $(ARGS)

evaluate: $(VENV)/.run
	@$(BIN)/python -m evaluation $(if $(RAW),--raw "$(RAW)") $(if $(GOLD),--gold "$(GOLD)") $(ARGS)

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
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q \
	    --extra hanlp -c requirements-test.txt pyproject.toml | $(BIN)/python -c $(WITHOUT_TORCH) > requirements-hanlp.txt

# PyTorch and the libraries for graphics cards it brings on Linux; nvidia-ml-py is HanLP's own.
WITHOUT_TORCH := 'import re, sys; \
    blocks = re.split(r"(?m)^(?=\S)", sys.stdin.read()); \
    sys.stdout.writelines(b for b in blocks if not re.match(r"(torch|triton|cuda-\S+|nvidia-(?!ml-py)\S+)==", b))'

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

# HanLP and what it needs are locked by hash (requirements-hanlp.txt); PyTorch is locked by version only. Its builds for a
# graphics card, without one, and for other cards are different files of one version, and a hash would take the choice away.
# On Linux, without a graphics card: make … TORCH=--extra-index-url=https://download.pytorch.org/whl/cpu saves some gigabytes.
$(HANLP)/.hanlp: requirements.txt requirements-hanlp.txt pyproject.toml
	@$(MAKE) --no-print-directory VENV=$(HANLP) $(HANLP)/.run
	@echo "Adding HanLP and PyTorch to $(HANLP) (once; some minutes) …"
	@$(HANLP)/bin/python -m pip --disable-pip-version-check install -q --no-deps --no-compile --require-hashes \
	    --no-build-isolation -r requirements-hanlp.txt
	@$(HANLP)/bin/python -m pip --disable-pip-version-check install -q --no-build-isolation $(TORCH) -e '.[hanlp]'
	@touch $@

$(HANLP)/.hanlp-test: $(HANLP)/.hanlp requirements-test.txt
	@$(HANLP)/bin/python -m pip --disable-pip-version-check install -q --no-deps --no-compile --require-hashes \
	    -r requirements-test.txt
	@touch $@
