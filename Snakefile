"""Compare rule-of-law reports: texts → sections, reports, sentences, tokens → metrics, measures, … → tables, figures, page.

One rule makes one table; its name is the table's, the module's in pipeline/ and the section's in config.yaml. Tables per
report are made batch by batch, tables over the whole corpus once. `pipeline/sources.py` adds to each rule the code and
codebook files it uses, so that an edit re-runs what it must and nothing else.
"""

from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

from pipeline import (
    batches,
    engines,
    errors,
    lock,
    manifest,
    places,
    products,
    progress,
    settings,
)
from pipeline.sources import beside, uses


configfile: str(Path(workflow.basedir) / "config.yaml")


try:
    SETTINGS = settings.check(config)
    engines.check(SETTINGS.tokens.engine, SETTINGS.tokens.model)
    RAW, OUT, PREVIOUS = (
        places.at(where, storage)
        for where in (SETTINGS.raw, SETTINGS.processed, SETTINGS.clusters.previous)
    )
    BATCHES = batches.plan(manifest.load(RAW).to_dict("records"), SETTINGS.batch_size)
    if workflow.is_main_process:  # not each job that a cluster's node runs of it
        lock.hold(OUT)
        batches.save(BATCHES, OUT)
except errors.InputError as error:
    raise WorkflowError(str(error)) from None

REPORTS = sum(map(len, BATCHES.values()))
HANLP = [OUT.file(f"hanlp/{batch}.json") for batch in BATCHES]
WITH_HANLP = REPORTS <= SETTINGS.hanlp_documents.max_reports

# What `make run` is asked for: every table that no other table needs.
REPORT_BY_REPORT = ["assignments", "audit", "instruments", "problems", "theme_matrix"]
OVER_THE_CORPUS = ["clusters", "indicator_matrix", "keyness", "overview", "similarity"]


wildcard_constraints:
    batch="[0-9]+",


# Outputs are marked `update`: what was there before is put back when a job fails. Of what lies in a bucket Snakemake has
# no copy to put back; there a table that is being made again is missing until it is made.
if isinstance(OUT, places.Bucket):
    update = lambda path: path


def batch_of(table):
    """Name the file of one batch of a table made batch by batch."""
    return OUT.file(f"{table}/{{batch}}.parquet")


def every(table):
    """Name the files of all batches of a table."""
    return [OUT.file(f"{table}/{batch}.parquet") for batch in BATCHES]


def whole(table):
    """Name the file of a table made over the whole corpus."""
    return OUT.file(f"{table}.parquet")


def log_of(name, *, batch=False):
    """Name the log of a rule, or of one batch of it."""
    return OUT.file(f"logs/{name}/{{batch}}.log" if batch else f"logs/{name}.log")


def previous_themes():
    """Name the tables of the earlier run whose theme ids are kept, if there is one."""
    known = SETTINGS.clusters.previous and PREVIOUS.has("cluster_members.parquet")
    return [PREVIOUS.file("cluster_members.parquet")] if known else []


def raw_files(wildcards):
    """Name the report files of one batch."""
    return [RAW.file(row["file"]) for row in BATCHES[wildcards.batch]]


onstart:
    # Snakemake's limit of jobs started a second (100) sets a timer at every look for jobs, whose end is the next look: after
    # some hundred jobs it looks all the time, and every job waits for it. `cores` and `jobs` are limit enough.
    workflow.scheduler.job_rate_limiter = None


onsuccess:
    by_batch = {name: isinstance(made, list) for name, made in TABLES.items()}
    names = OUT.names()
    stale = batches.stale(BATCHES, names, by_batch | {"hanlp": True})
    left = [] if WITH_HANLP else ["hanlp"]
    left += [] if MANY else ["report_data"]
    stale += [name for name in names if name.split("/")[0] in left]
    other = products.exports(list(TABLES), zipped=not ZIPPED)
    stale += sorted(set(names) & set(other) - set(EXPORTS))
    for name in dict.fromkeys(stale):
        OUT.remove(name)
        print(f"{OUT}/{name}: removed, it was left by an earlier run")
    print(f"Done. Open {OUT}/report.html in a browser, or {OUT}/comparison.xlsx.")


rule all:
    """All tables, figures and pages are made."""
    input:
        [whole(table) for table in OVER_THE_CORPUS],
        [path for table in REPORT_BY_REPORT for path in every(table)],
        [
            OUT.file(name)
            for name in ("comparison.xlsx", "figures/captions.json", "report.html")
        ],
        HANLP if WITH_HANLP else [],


rule texts:
    """Read and decode the reports of batch {wildcards.batch}."""
    input:
        **uses("texts"),
        manifest=OUT.file("batches/{batch}.csv"),
        files=raw_files,
    output:
        texts=update(batch_of("texts")),
    log:
        log_of("texts", batch=True),
    priority: 100  # all files are read before anything is made from them
    conda:
        "environment.yml"
    params:
        **SETTINGS.texts.model_dump(),
        raw=str(RAW.here),
    script:
        "pipeline/texts.py"


rule sections:
    """Find the paragraphs and the heading tree of each report in batch {wildcards.batch}."""
    input:
        **uses("sections"),
        texts=batch_of("texts"),
    output:
        sections=update(batch_of("sections")),
        paragraphs=update(batch_of("paragraphs")),
    log:
        log_of("sections", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/sections.py"


rule reports:
    """Find title, place, issuer, number and dates of each report in batch {wildcards.batch}."""
    input:
        **uses("reports"),
        texts=batch_of("texts"),
        paragraphs=batch_of("paragraphs"),
        manifest=OUT.file("batches/{batch}.csv"),
    output:
        reports=update(batch_of("reports")),
    log:
        log_of("reports", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/reports.py"


rule sentences:
    """Divide each report of batch {wildcards.batch} into sentences and tell body from page furniture."""
    input:
        **uses("sentences"),
        texts=batch_of("texts"),
        paragraphs=batch_of("paragraphs"),
        sections=batch_of("sections"),
    output:
        sentences=update(batch_of("sentences")),
    log:
        log_of("sentences", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/sentences.py"


rule tokens:
    """Cut the sentences of batch {wildcards.batch} into words."""
    input:
        **uses("tokens", f"engines.{SETTINGS.tokens.engine}"),
        sentences=batch_of("sentences"),
    output:
        tokens=update(batch_of("tokens")),
    log:
        log_of("tokens", batch=True),
    conda:
        "environment.yml"
        if SETTINGS.tokens.engine == "jieba"
        else "environment-hanlp.yml"
    params:
        **SETTINGS.tokens.model_dump(),
    script:
        "pipeline/tokens.py"


rule word_counts:
    """Count the words of each report in batch {wildcards.batch}."""
    input:
        **uses("word_counts"),
        sentences=batch_of("sentences"),
        tokens=batch_of("tokens"),
    output:
        word_counts=update(batch_of("word_counts")),
    log:
        log_of("word_counts", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/word_counts.py"


rule phrase_counts:
    """Count neighbouring content words of each report in batch {wildcards.batch}."""
    input:
        **uses("phrase_counts"),
        sentences=batch_of("sentences"),
        tokens=batch_of("tokens"),
    output:
        phrase_counts=update(batch_of("phrase_counts")),
    log:
        log_of("phrase_counts", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/phrase_counts.py"


rule metrics:
    """Read every figure that the reports of batch {wildcards.batch} state, and what it counts."""
    input:
        **uses("metrics"),
        reports=batch_of("reports"),
        sections=batch_of("sections"),
        sentences=batch_of("sentences"),
    output:
        metrics=update(batch_of("metrics")),
    log:
        log_of("metrics", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/metrics.py"


rule indicator_cells:
    """Find what each report of batch {wildcards.batch} says of each indicator, or that it says nothing."""
    input:
        **uses("indicator_cells"),
        reports=batch_of("reports"),
        sentences=batch_of("sentences"),
        metrics=batch_of("metrics"),
    output:
        indicator_cells=update(batch_of("indicator_cells")),
    log:
        log_of("indicator_cells", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/indicator_cells.py"


rule audit:
    """Check the arithmetic of each report in batch {wildcards.batch}."""
    input:
        **uses("audit"),
        reports=batch_of("reports"),
        sentences=batch_of("sentences"),
        metrics=batch_of("metrics"),
    output:
        audit=update(batch_of("audit")),
    log:
        log_of("audit", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/audit.py"


rule instruments:
    """List the documents that the reports of batch {wildcards.batch} name, and whether each is issued, followed or cited."""
    input:
        **uses("instruments"),
        texts=batch_of("texts"),
        reports=batch_of("reports"),
        sentences=batch_of("sentences"),
    output:
        instruments=update(batch_of("instruments")),
    log:
        log_of("instruments", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/instruments.py"


rule assignments:
    """Find who leads which planned task by when in the reports of batch {wildcards.batch}."""
    input:
        **uses("assignments"),
        texts=batch_of("texts"),
        reports=batch_of("reports"),
        sentences=batch_of("sentences"),
        tokens=batch_of("tokens"),
    output:
        assignments=update(batch_of("assignments")),
        assignment_units=update(batch_of("assignment_units")),
    log:
        log_of("assignments", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/assignments.py"


rule measures:
    """Judge every sentence of batch {wildcards.batch}: what was done or is planned, by whom, on which theme."""
    input:
        **uses("measures"),
        reports=batch_of("reports"),
        sections=batch_of("sections"),
        sentences=batch_of("sentences"),
        tokens=batch_of("tokens"),
    output:
        measures=update(batch_of("measures")),
    log:
        log_of("measures", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/measures.py"


rule theme_matrix:
    """Count the measures of each report of batch {wildcards.batch} on each theme."""
    input:
        **uses("theme_matrix"),
        reports=batch_of("reports"),
        measures=batch_of("measures"),
        metrics=batch_of("metrics"),
        instruments=batch_of("instruments"),
    output:
        theme_matrix=update(batch_of("theme_matrix")),
    log:
        log_of("theme_matrix", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/theme_matrix.py"


rule problems:
    """Lay the problems each report of batch {wildcards.batch} admits beside the measures it plans."""
    input:
        **uses("problems"),
        reports=batch_of("reports"),
        sections=batch_of("sections"),
        measures=batch_of("measures"),
    output:
        problems=update(batch_of("problems")),
    log:
        log_of("problems", batch=True),
    conda:
        "environment.yml"
    script:
        "pipeline/problems.py"


rule overview:
    """Lay the reports side by side: what each is, how long, and which named themes it mentions."""
    input:
        **uses("overview"),
        reports=every("reports"),
        sections=every("sections"),
        sentences=every("sentences"),
        word_counts=every("word_counts"),
    output:
        overview=update(whole("overview")),
        mentions=update(whole("mentions")),
    log:
        log_of("overview"),
    conda:
        "environment.yml"
    params:
        **SETTINGS.overview.model_dump(),
    script:
        "pipeline/overview.py"


rule indicator_matrix:
    """Lay the reports' figures side by side and say which can be compared."""
    input:
        **uses("indicator_matrix"),
        reports=every("reports"),
        indicator_cells=every("indicator_cells"),
    output:
        indicator_matrix=update(whole("indicator_matrix")),
    log:
        log_of("indicator_matrix"),
    conda:
        "environment.yml"
    script:
        "pipeline/indicator_matrix.py"


rule clusters:
    """Find the themes that recur in the reports."""
    input:
        **uses("clusters"),
        reports=every("reports"),
        sections=every("sections"),
        sentences=every("sentences"),
        tokens=every("tokens"),
        measures=every("measures"),
        previous=previous_themes(),
    output:
        clusters=update(whole("clusters")),
        cluster_members=update(whole("cluster_members")),
        cluster_tree=update(whole("cluster_tree")),
        theme_crosswalk=update(whole("theme_crosswalk")),
        cluster_moves=update(whole("cluster_moves")),
    log:
        log_of("clusters"),
    conda:
        "environment.yml"
    params:
        **SETTINGS.clusters.model_dump(),
    script:
        "pipeline/clusters.py"


rule keyness:
    """Find the phrases that set each report apart from all others."""
    input:
        **uses("keyness"),
        reports=every("reports"),
        word_counts=every("word_counts"),
        phrase_counts=every("phrase_counts"),
    output:
        keyness=update(whole("keyness")),
    log:
        log_of("keyness"),
    conda:
        "environment.yml"
    params:
        **SETTINGS.keyness.model_dump(),
    script:
        "pipeline/keyness.py"


rule similarity:
    """Find the nearest neighbours of each report."""
    input:
        **uses("similarity"),
        reports=every("reports"),
        word_counts=every("word_counts"),
    output:
        similarity=update(whole("similarity")),
    log:
        log_of("similarity"),
    conda:
        "environment.yml"
    params:
        **SETTINGS.similarity.model_dump(),
    script:
        "pipeline/similarity.py"


# What readers are given is made from every table: those of the rules above.
TABLES = {
    name: every(name) if "{batch" in str(path) else whole(name)
    for each in workflow.rules
    for name, path in each.output.items()
}
NAMES = beside("codebook/themes.yaml", "codebook/indicators.yaml", "wording.yaml")
ZIPPED = REPORTS > SETTINGS.exports.plain_reports
EXPORTS = products.exports(list(TABLES), zipped=ZIPPED)
MANY = REPORTS > SETTINGS.page.inline_reports


rule hanlp_documents:
    """Write the reports of batch {wildcards.batch} as HanLP documents."""
    input:
        **uses("hanlp_documents"),
        sentences=batch_of("sentences"),
        tokens=batch_of("tokens"),
        metrics=batch_of("metrics"),
        measures=batch_of("measures"),
    output:
        update(OUT.file("hanlp/{batch}.json")),
    log:
        log_of("hanlp_documents", batch=True),
    conda:
        "environment.yml"
    params:
        batch="{batch}",
    script:
        "pipeline/hanlp_documents.py"


rule report_data:
    """Write texts and finds of the reports of batch {wildcards.batch} for the page."""
    input:
        **uses("report_data"),
        texts=batch_of("texts"),
        sections=batch_of("sections"),
        sentences=batch_of("sentences"),
        metrics=batch_of("metrics"),
        instruments=batch_of("instruments"),
        assignments=batch_of("assignments"),
        assignment_units=batch_of("assignment_units"),
        measures=batch_of("measures"),
    output:
        OUT.folder("report_data/{batch}", directory),
    log:
        log_of("report_data", batch=True),
    conda:
        "environment.yml"
    params:
        reports_per_file=SETTINGS.page.reports_per_file,
    script:
        "pipeline/report_data.py"


rule exports:
    """Write the tables for spreadsheets and for print."""
    input:
        **uses("exports"),
        **TABLES,
        names=NAMES,
    output:
        [update(OUT.file(name)) for name in EXPORTS],
    log:
        log_of("exports"),
    conda:
        "environment.yml"
    # Packing can be shared out; what an earlier run packed is hardly work, and is done beside the page.
    threads: 2 if ZIPPED and not OUT.has("comparison.xlsx") else 1
    params:
        max_rows=SETTINGS.exports.max_rows,
        zipped=ZIPPED,
        language=SETTINGS.language,
    script:
        "pipeline/exports/__init__.py"


rule figures:
    """Draw the figures and say what each shows."""
    input:
        **uses("figures", *(f"figures.{name}" for name in products.FIGURES)),
        **TABLES,
        names=[*NAMES, *beside("figures/*.mplstyle")],
    output:
        [
            report(
                update(OUT.file(f"figures/{name}.svg")),
                caption=str((OUT.here / f"figures/captions/{name}.rst").absolute()),
                category="Figures 图",
                labels={"figure": name},
            )
            for name in products.FIGURES
        ],
        [update(OUT.file(name)) for name in products.figures()],
        captions=update(OUT.file("figures/captions.json")),
        rst=[
            update(OUT.file(f"figures/captions/{name}.rst"))
            for name in products.FIGURES
        ],
    log:
        log_of("figures"),
    priority: 10  # the page waits for them
    conda:
        "environment.yml"
    threads: 2  # figures can be shared out
    params:
        **SETTINGS.figures.model_dump(),
        language=SETTINGS.language,
    script:
        "pipeline/figures/__init__.py"


rule page:
    """Put the comparison into one page that leads every number to its sentence."""
    input:
        **uses("page"),
        **TABLES,
        names=[*NAMES, *beside("page/*.j2", "page/*.css", "page/scripts/*.js")],
        drawn=rules.figures.output,
        beside=[OUT.file(f"report_data/{batch}") for batch in BATCHES] if MANY else [],
    output:
        report(
            update(OUT.file("report.html")),
            category="Page 网页",
            labels={"page": "report.html"},
        ),
        *([OUT.folder("report_data/page", directory)] if MANY else []),
    log:
        log_of("page"),
    conda:
        "environment.yml"
    params:
        **SETTINGS.page.model_dump(),
        language=SETTINGS.language,
        figures=lambda wildcards, input: str(Path(input.drawn[0]).parent),
    script:
        "pipeline/page/__init__.py"


# Snakemake shows a rule's message while it runs; ours is its docstring.
for step in workflow.rules:
    step.message = step.docstring

if workflow.is_main_process:
    sizes = {
        each.name: REPORTS / (len(BATCHES) if each.has_wildcards() else 1)
        for each in workflow.rules
        if each.output
    }
    logger.addHandler(progress.Remaining(sizes, logger.info))
