"""Test what readers get: spreadsheets that run nothing, tables for print that obey nothing, and cells that lead to the text."""

import csv
import gzip
import io
import random
import re

import openpyxl
import pandas as pd
import pytest
from in_process import library as make_library

import pipeline
from pipeline import exports, figures, page, products
from pipeline.comparison.cells import Column, Grid, report_column
from pipeline.exports import csv_tables, printed
from pipeline.exports.cells import safe
from pipeline.exports.printed import escape_latex
from pipeline.library import Library
from pipeline.wording import Tongue

FORMULA_STARTS = tuple("=+-@")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, request):
    """Return the tables of two reports whose words would run as script, formula or TeX."""
    return make_library(request.path.parent / "data" / "hostile" / "raw", tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def written(hostile):
    """Return everything `exports` writes for them, by name."""
    made = exports.build(hostile, language="both", max_rows=1000)
    return {name: content if isinstance(content, bytes) else b"".join(content) for name, content in made}


@pytest.mark.parametrize(
    "value, expected",
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-3", "'-3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("　＝1+1", "'　＝1+1"),
        ("全年办理12件", "全年办理12件"), (-3, -3), (62.5, 62.5), (None, None), (float("nan"), None), (["甲局", "乙局"], "甲局; 乙局"), ("a\x07b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_cell_that_would_run_is_made_harmless_and_no_other(value, expected):
    assert safe(value) == expected


def test_files_are_those_the_flow_declares(hostile, written):
    assert sorted(written) == sorted(products.exports(hostile.names))


def test_packed_csv_hold_the_same_and_bear_no_time(hostile, written):
    made = dict(exports.build(hostile, language="both", max_rows=1000, zipped=True))
    assert sorted(made) == sorted(products.exports(hostile.names, zipped=True))
    packed = b"".join(made["tables/metrics.csv.gz"])
    assert gzip.decompress(packed) == written["tables/metrics.csv"]
    assert packed[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize("name", ["metrics", "sentences", "reports", "theme_matrix"])
def test_csv_has_a_byte_order_mark_every_row_and_no_formula(hostile, written, name):
    content = written[f"tables/{name}.csv"].decode("utf-8")
    assert content.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(content[1:])))
    frame = hostile.read(name)
    assert rows[0] == list(frame.columns) and len(rows) == len(frame) + 1
    words = [cell for row in rows for cell in row if not _is_number(cell)]
    assert not [cell for cell in words if cell.lstrip().startswith(FORMULA_STARTS)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_csv_of_many_batches_has_one_header(hostile, tmp_path):
    path = hostile._paths["metrics"][0]
    twice = Library({"metrics": [path, path]})
    content = b"".join(csv_tables.chunks(twice, "metrics")).decode("utf-8-sig")
    frame = pd.read_csv(io.StringIO(content))
    assert len(frame) == 2 * len(hostile.read("metrics"))


def test_workbook_has_frozen_filtered_sheets_notes_and_dictionary(written):
    book = openpyxl.load_workbook(io.BytesIO(written["comparison.xlsx"]))
    assert book.sheetnames[0].endswith("notes") and book.sheetnames[-1].endswith("dictionary")
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        assert all(sheet.column_dimensions[column].width > 5 for column in "AB")
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert not str(cell.value or "").startswith(FORMULA_STARTS) or cell.data_type == "n"


def test_workbook_names_every_table_and_where_rows_stand(written, hostile):
    book = openpyxl.load_workbook(io.BytesIO(written["comparison.xlsx"]))
    sheet = next(sheet for sheet in book if sheet.title.endswith(" metrics"))
    heads = [str(cell.value) for cell in sheet[1]]
    place = next(number for number, head in enumerate(heads) if "place" in head)
    texts = hostile.read("texts").set_index("report_id")["text"]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        report_id, span = row[place].rstrip("]").split("[")
        start, end = map(int, span.split(":"))
        assert texts[report_id][start:end] == str(row[1]).removeprefix("'")


def test_same_tables_give_the_same_workbook(hostile, written):
    again = dict(exports.build(hostile, language="both", max_rows=1000))
    assert again["comparison.xlsx"] == written["comparison.xlsx"]


def test_sheet_that_is_not_whole_says_so(hostile):
    made = dict(exports.build(hostile, language="both", max_rows=2))
    book = openpyxl.load_workbook(io.BytesIO(made["comparison.xlsx"]))
    sheet = next(sheet for sheet in book if sheet.title.endswith(" metrics"))
    assert sheet.max_row == 3
    notes = [str(row[1]) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert (
        f"Every quantity stated: The first 2 of {len(hostile.read('metrics'))} rows; tables/*.csv hold all."
        in notes
    )


def test_latex_prints_what_a_report_says_and_obeys_none_of_it(written):
    text = written["printed/theme_details.tex"].decode() + written["printed/ledger.tex"].decode()
    assert r"\input{/etc" not in text and r"\write18" not in text
    assert escape_latex(r"\input{x} 62.5% & $y_1$") == r"\textbackslash{}input\{x\} 62.5\% \& \$y\_1\$"


def test_latex_sets_words_ragged_and_figures_to_the_right_and_names_a_report_once():
    grid = Grid(
        [Column("主题", "theme"), Column("举措", "measures", number=True), report_column("dongli", "东丽区")],
        [],
    )
    text = printed.latex(grid, ("表", "A table"), ("注", "A note"), Tongue("both")).decode()
    assert [side for _, side in re.findall(r"(>\{\\ragged)(left|right)", text)] == ["right", "left", "right"]
    assert r"主题 theme & 举措 measures & 东丽区 dongli \\" in text


def test_printed_html_escapes_what_a_report_says(written):
    for name in products.PRINTED:
        page = written[f"printed/{name}.html"].decode()
        assert (
            "<script" not in page
            and "<img" not in page
            and "onerror" not in page.replace("&lt;img", "").split("<t")[0]
        )


def test_one_report_alone_is_exported_drawn_and_shown(request, tmp_path):
    raw = request.path.parent / "data" / "tiny" / "raw"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "qingshan.txt").write_bytes((raw / "qingshan.txt").read_bytes())
    (tmp_path / "raw" / "manifest.csv").write_text(
        "report_id,file\nqingshan,qingshan.txt\n", encoding="utf-8"
    )
    one = make_library(tmp_path / "raw", tmp_path / "tables")
    assert len(dict(exports.build(one, language="zh", max_rows=1000))) == len(products.exports(one.names))
    for name, content in figures.build(one, language="zh", max_reports=30):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    drawn = str(tmp_path / "figures")
    made = dict(
        page.build(one, figures=drawn, language="zh", inline_reports=5, reports_per_file=5, max_rows=1000)
    )
    assert list(made) == ["report.html"]


def test_fifty_cells_drawn_by_lot_lead_to_their_words(five):
    draw = random.Random(20251122)
    texts = pipeline.load("texts", five).set_index("report_id")["text"]
    cells = [
        *_metrics(five, texts),
        *_instruments(five, texts),
        *_themes(five, texts),
        *_indicators(five),
        *_phrases(five, texts),
    ]
    assert len(cells) > 300
    for name, told, found in draw.sample(cells, 50):
        assert told == found, name


def _metrics(five, texts):
    for row in pipeline.load("metrics", five).itertuples():
        yield row.metric_id, row.expr, texts[row.report_id][row.start : row.end]


def _instruments(five, texts):
    for row in pipeline.load("instruments", five).itertuples():
        words = texts[row.report_id][row.start : row.end]
        yield row.instrument_id, f"《{row.title}》", "".join(words.splitlines())


def _themes(five, texts):
    measures = pipeline.load("measures", five).set_index("measure_id")
    sentences = pipeline.load("sentences", five).set_index("sentence_id")["text"]
    for row in pipeline.load("theme_matrix", five).itertuples():
        yield (row.report_id, row.theme), row.measures, len(row.measure_ids)
        for measure_id in row.measure_ids:
            measure = measures.loc[measure_id]
            assert row.theme in measure["themes"] and measure["report_id"] == row.report_id
            yield (
                measure_id,
                texts[row.report_id][measure["start"] : measure["end"]] in sentences[measure["sentence_id"]],
                True,
            )


def _indicators(five):
    metrics = pipeline.load("metrics", five).set_index("metric_id")
    matrix = pipeline.load("indicator_matrix", five)
    for row in matrix[matrix["metric_id"].notna()].itertuples():
        metric = metrics.loc[row.metric_id]
        yield (
            (row.report_id, row.code),
            (row.report_id, row.code, row.value),
            (metric["report_id"], metric["code"], metric["value"]),
        )


def _phrases(five, texts):
    for row in pipeline.load("keyness", five).itertuples():
        yield (row.report_id, row.phrase), texts[row.report_id].count(row.phrase) >= row.n, True
