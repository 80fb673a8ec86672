"""Test report.html in a real browser: open, sort, filter, follow to the evidence, search, switch language; nothing leaves it."""

import json
import random
import re
from urllib.parse import quote

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Visit, browser  # noqa: F401
from conftest import snakemake
from in_process import library as make_library
from playwright.sync_api import expect

import pipeline
from pipeline import figures, page, report_data
from pipeline.library import Library
from pipeline.page import pictures, shelves, summary

SETTINGS = {"language": "both", "reports_per_file": 1, "max_rows": 50_000}


@pytest.fixture(scope="module")
def visit(browser, five):  # noqa: F811
    visit = Visit(browser, five / "report.html")
    yield visit
    visit.page.close()


@pytest.fixture
def fresh(visit):
    """Return the open page as a reader first sees it."""
    visit.page.evaluate("history.replaceState(null, '', location.pathname)")
    if visit.page.locator("#evidence[open]").count():
        visit.page.click("#evidence-close")
    return visit


def make(library, drawn, folder, **settings):
    """Write the page of a library to `folder`, with the figures drawn in `drawn`, and return its path."""
    settings = SETTINGS | settings
    for name, content in page.build(library, figures=str(drawn), **settings):
        put(folder / name, content)
    for name, content in report_data.build(library, reports_per_file=settings["reports_per_file"]):
        put(folder / name, content)
    return folder / "report.html"


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def data_of(path) -> dict:
    return json.loads(re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)[1])


def test_page_of_five_reports_is_one_file_under_five_megabytes(five):
    assert (five / "report.html").stat().st_size < 5_000_000
    assert not (five / "report_data").exists()


def test_opens_without_a_word_in_the_console_and_asks_for_nothing_else(fresh):
    fresh.page.mouse.wheel(0, 30_000)
    fresh.page.wait_for_timeout(300)
    assert fresh.said == []
    assert len(fresh.asked) == 1 and fresh.elsewhere() == []


def test_summary_numbers_are_those_of_the_tables(fresh, five):
    text = fresh.page.inner_text("#summary").replace(",", "")
    measures = pipeline.load("measures", five)
    stated = measures[measures["is_measure"]]
    assert f"其中{len(stated)}句写明了具体举措" in text
    assert f"已完成{(stated['status'] == 'done').sum()}句" in text
    assert f"共写出{len(pipeline.load('metrics', five))}个数据" in text


def test_summary_says_which_files_could_not_be_read():
    reports = pd.DataFrame({"report_id": ["a", "b"], "problem": [None, "b.pdf: <scanned>"]})
    zh, en = summary._skipped(reports, {"a": "甲县", "b": "乙县"})
    assert "1份文件未能读取" in zh and "乙县: b.pdf: &lt;scanned&gt;" in en
    assert summary._skipped(reports.head(1), {"a": "甲县"}) is None


def test_table_sorts_by_number_and_filters_by_column(fresh):
    table = fresh.page.locator("#table-metrics")
    heads = table.locator("thead tr").first.locator("th")
    value = next(i for i in range(heads.count()) if "数值" in heads.nth(i).inner_text())
    sort(heads.nth(value), "ascending")
    fresh.page.wait_for_function(RISING, arg=value + 1)
    table.locator("thead input").first.fill("恒口")
    fresh.page.wait_for_function(ONLY, arg="恒口示范区")
    table.locator("thead input").first.fill("")


# The table is drawn anew a moment after the click or the last key.
RISING = """column => {
  const cells = [...document.querySelectorAll(`#table-metrics tbody tr td:nth-child(${column})`)];
  const numbers = cells.map((cell) => Number(cell.innerText));
  return numbers.length > 1 && numbers.every((number, at) => at === 0 || numbers[at - 1] <= number);
}"""
ONLY = """place => {
  const cells = [...document.querySelectorAll("#table-metrics tbody tr td:first-child")];
  return cells.length > 0 && cells.every((cell) => cell.innerText === place);
}"""


def sort(head, way):
    """Click a heading until its column is sorted this way."""
    for _ in range(3):
        before = head.get_attribute("aria-sort")
        if before == way:
            return
        head.locator(".dt-column-order").click() if head.locator(".dt-column-order").count() else head.click()
        if before:
            expect(head).not_to_have_attribute("aria-sort", before)
        else:
            expect(head).to_have_attribute("aria-sort", SORTED)
    assert head.get_attribute("aria-sort") == way


SORTED = re.compile("ascending|descending")


def test_click_on_a_cell_shows_its_sentences_and_as_many_as_it_says(fresh, five):
    cell = fresh.page.locator('#table-themes a[href="#theme=legal_counsel&report=dongli"]')
    number = int(cell.inner_text())
    cell.click()
    fresh.page.wait_for_selector("#evidence[open] mark")
    assert fresh.page.locator("#evidence article").count() == number
    where = fresh.page.locator("#evidence p.where").first.inner_text()
    assert "东丽区" in where and "text[" in where and "dongli:a" in where
    assert "themes 1." in fresh.page.locator("#evidence details").first.text_content()
    matrix = pipeline.load("theme_matrix", five).set_index(["report_id", "theme"])
    assert number == matrix.loc[("dongli", "legal_counsel"), "measures"]


def test_every_theme_and_indicator_cell_shows_what_the_tables_counted(five):
    reports = {r["id"]: r for shelf in data_of(five / "report.html")["shelves"].values() for r in shelf}
    for row in pipeline.load("theme_matrix", five).itertuples():
        shown = [m for m in reports[row.report_id]["measures"] if m[2] and row.theme in m[4]]
        assert len(shown) == row.measures
    matrix = pipeline.load("indicator_matrix", five)
    for row in matrix[matrix["figures"] > 0].itertuples():
        shown = {m[0] for m in reports[row.report_id]["metrics"] if m[2] == row.code}
        assert shown == {int(i.rsplit(":m")[-1]) for i in row.metric_ids}


def test_fifty_links_drawn_by_lot_show_the_words_at_their_offsets(fresh, five):
    data, texts = data_of(five / "report.html"), pipeline.load("texts", five).set_index("report_id")["text"]
    cells = [cell for table in data["tables"].values() for row in table["rows"] for cell in row]
    links = sorted(
        {c["h"] for c in cells if isinstance(c, dict) and "h" in c and not c["h"].startswith("q=")}
    )
    for link in random.Random(20251122).sample(links, 50):
        fresh.go(f"#{link}")
        where = fresh.page.locator("#evidence p.where").all_inner_texts()
        marks = fresh.page.locator("#evidence blockquote mark").all_text_contents()
        assert marks, link
        for told, mark in zip(where, marks, strict=True):
            start, end = map(int, re.search(r"text\[(\d+):(\d+)\]", told).groups())
            assert any(text[start:end] == mark for text in texts), link


def test_link_to_a_view_can_be_shared(browser, five):  # noqa: F811
    visit = Visit(browser, five / "report.html", "#indicator=court_appearance_rate&report=huairou")
    visit.page.wait_for_selector("#evidence[open] mark")
    assert "怀柔区" in visit.page.inner_text("#evidence-title")
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#evidence[open]").count() and "#" not in visit.page.url
    visit.page.close()


def test_bar_in_a_figure_leads_to_evidence(fresh):
    bar = fresh.page.locator('#picture-statuses a[href="#status=problem&report=hengkou"]')
    assert bar.get_attribute("aria-label") == "问题不足 problem admitted · 恒口示范区"
    bar.focus()
    fresh.page.keyboard.press("Enter")
    fresh.page.wait_for_selector("#evidence[open] mark")


def test_evidence_opens_in_the_whole_text(fresh):
    fresh.go("#theme=legal_counsel&report=dongli")
    mark = fresh.page.locator("#evidence mark").first.text_content()
    fresh.page.locator("#evidence article button").first.click()
    fresh.page.wait_for_selector("#evidence .whole mark")
    assert fresh.page.locator("#evidence .whole mark").text_content() == mark


def test_search_shows_the_keyword_in_context_and_full_width_letters_fold(fresh, five):
    fresh.page.fill("#query", "法律顾问")
    fresh.page.press("#query", "Enter")
    fresh.page.wait_for_selector("#hits tbody tr")
    assert set(fresh.page.locator("#hits mark").all_text_contents()) == {"法律顾问"}
    sentences = pipeline.load("sentences", five)
    told = sentences[sentences["role"] != "furniture"]["text"].str.count("法律顾问").sum()
    assert f"{told}处" in fresh.page.inner_text("#search-told")
    fresh.page.locator("#hits a").first.click()
    fresh.page.wait_for_selector("#evidence[open] mark")


def test_language_switches_words_headings_and_title(fresh):
    fresh.page.click("#language")
    assert fresh.page.evaluate("document.documentElement.lang") == "en"
    assert (
        fresh.page.inner_text("#summary-heading") == "Summary"
        and fresh.page.title() == "Rule-of-law reports compared"
    )
    assert "measures" in fresh.page.inner_text("#table-theme_details thead")
    fresh.page.click("#language")
    assert fresh.page.inner_text("#summary-heading") == "摘要"


@pytest.mark.parametrize(
    "hash_, width", [("", 390), ("#theme=legal_counsel&report=dongli", 1280), ("#q=法律顾问", 1280)]
)
def test_axe_finds_no_serious_fault(browser, five, hash_, width):  # noqa: F811
    visit = Visit(browser, five / "report.html", hash_)
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.page.wait_for_timeout(300)
    found = Axe().run(visit.page).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert not serious
    visit.page.close()


def test_fits_a_phone_and_prints(browser, five):  # noqa: F811
    visit = Visit(browser, five / "report.html")
    visit.page.set_viewport_size({"width": 390, "height": 800})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.emulate_media(media="print")
    assert (
        not visit.page.locator("nav[data-zh-label]").is_visible()
        and visit.page.locator("#summary").is_visible()
    )
    visit.page.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("hostile")
    library = make_library(request.path.parent / "data" / "hostile" / "raw", folder / "tables")
    for name, content in figures.build(library, language="both", max_reports=30):
        put(folder / name, content)
    return library, folder


@pytest.mark.parametrize("inline", [10, 0], ids=["one file", "texts beside it"])
def test_report_that_holds_script_does_nothing(browser, hostile, inline):  # noqa: F811
    library, folder = hostile
    path = make(library, folder / "figures", folder / str(inline), inline_reports=inline)
    visit = Visit(browser, path)
    visit.page.mouse.wheel(0, 30_000)
    visit.page.wait_for_timeout(300)
    for hash_ in (
        "#status=done",
        "#status=problem",
        "#theme=legal_counsel",
        "#indicator=legal_counsel",
        "#unit=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E",
    ):
        visit.go(hash_)
    visit.page.locator("#evidence-close").click()
    visit.page.fill("#query", "<script>")
    visit.page.press("#query", "Enter")
    visit.page.wait_for_selector("#hits tbody tr")
    assert visit.page.evaluate("window.hacked") is None
    assert visit.said == [] and visit.elsewhere() == []
    visit.page.close()


def test_rare_characters_do_not_shift_the_evidence(browser, hostile):  # noqa: F811
    library, folder = hostile
    path = make(library, folder / "figures", folder / "rare", inline_reports=10)
    text = library.read("texts").set_index("report_id").at["angle", "text"]
    metric = next(row for row in library.read("metrics").itertuples() if row.expr == "45份")
    visit = Visit(browser, path, f"#ids={metric.metric_id}")
    visit.page.wait_for_selector("#evidence[open] mark")
    assert "𠮷" in text[: metric.start]
    assert visit.page.locator("#evidence mark").text_content() == "45份"
    visit.page.close()


def test_texts_and_tables_of_many_reports_are_read_when_asked_for(browser, five, tmp_path):  # noqa: F811
    path = make(Library.at(five), five / "figures", tmp_path, inline_reports=0)
    visit = Visit(browser, path)
    assert not [url for url in visit.asked if "/0001/" in url]
    visit.go("#theme=legal_counsel&report=dongli")
    assert [url for url in visit.asked if "/0001/" in url] == [f"file://{tmp_path}/report_data/0001/0.js"]
    theme = Library.at(five).read("clusters").iloc[0]
    visit.go(f"#cluster={quote(theme['cluster_id'])}")
    visit.page.wait_for_selector("#evidence[open] mark")
    assert visit.page.locator("#evidence article").count() == theme["size"]
    assert f"file://{tmp_path}/report_data/page/members-0001.js" in visit.asked
    visit.page.locator("#evidence-close").click()
    visit.page.locator("#table-metrics").scroll_into_view_if_needed()
    visit.page.wait_for_selector("#table-metrics tbody td a")
    assert visit.said == [] and visit.elsewhere() == []
    visit.page.close()


def test_script_data_cannot_end_its_element():
    assert "<" not in shelves.to_script({"a": "</script><!--"})


def test_figure_in_the_page_keeps_its_ids_to_itself():
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs><path id="p"/></defs><!-- x -->
    <a xlink:href="#status=done&amp;report=a"><g clip-path="url(#c)"><use xlink:href="#p"/></g></a></svg>"""
    shown = pictures.inline(svg, "map", {"a": '"><script>'})
    assert 'id="map-p"' in shown and 'href="#map-p"' in shown and "url(#map-c)" in shown
    assert "<!--" not in shown and "<script>" not in shown


def test_snakemake_makes_its_own_report_with_captions(flow, tmp_path):
    report = tmp_path / "run.html"
    snakemake("--report", report, cwd=flow, raw=flow / "raw", processed=flow / "processed")
    told = report.read_text(encoding="utf-8")
    assert r"Figures \u56fe" in told and "Wilson's 95% interval" in told
