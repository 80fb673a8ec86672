"""Test the figures as printed: every character drawn, no text cut off or printed over another, the same bytes each time."""

import json
import re
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from in_process import library as make_library
from lxml import etree

from pipeline import figures, products, tables
from pipeline.figures import canvas
from pipeline.figures.timeline import years
from pipeline.library import Library

# Share of the smaller text's box that another may cover: boxes hold the space above and below the strokes too.
OVERLAP = 0.12
OUTSIDE = 1.0  # pixels beyond the edge, at 100 per inch


@pytest.fixture(scope="module")
def few(five):
    return Library.at(five)


@pytest.fixture(scope="module")
def many(few, tmp_path_factory):
    """Return the five reports eight times over, as forty reports of other names."""
    folder = tmp_path_factory.mktemp("many")
    for name in few.names:
        frame = few.read(name)
        copies = frame if "report_id" not in frame and "report_a" not in frame else _copies(frame)
        tables.write(copies, name, folder / f"{name}.parquet")
    return Library.at(folder)


def _copies(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([_renamed(frame, f"x{number}") for number in range(8)], ignore_index=True)


def _renamed(frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    frame = frame.copy()
    for column in frame.columns:
        if column in ("report_id", "report_a", "report_b"):
            frame[column] = frame[column] + mark
        elif column.endswith("_id") and column != "cluster_id":
            frame[column] = frame[column].map(lambda one: one.replace(":", f"{mark}:", 1), na_action="ignore")
        elif column.endswith("_ids"):
            frame[column] = frame[column].map(lambda ids: [one.replace(":", f"{mark}:", 1) for one in ids])
    return frame


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, request):
    return make_library(request.path.parent / "data" / "hostile" / "raw", tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize("name", products.FIGURES)
def test_figure_of_five_reports_is_legible(few, name, language):
    check(few, name, language)


@pytest.mark.parametrize("name", products.FIGURES)
def test_figure_of_forty_reports_is_legible(many, name):
    check(many, name, "both")


@pytest.mark.parametrize("name", products.FIGURES)
def test_figure_of_reports_that_hold_next_to_nothing_is_legible(hostile, name):
    check(hostile, name, "both")


def check(library, name, language):
    """Draw one figure (a missing glyph is an error within the style) and look at every text in it."""
    with canvas.style():
        drawn = figures.draw(name, library, language=language, max_reports=30)
        drawn.figure.set_dpi(100)
        drawn.figure.canvas.draw()
        boxes = [(text, corners(text)) for text in texts(drawn.figure)]
        width, height = drawn.figure.canvas.get_width_height()
        cut = [
            t.get_text()
            for t, box in boxes
            if box.min() < -OUTSIDE or (box.max(axis=0) > (width + OUTSIDE, height + OUTSIDE)).any()
        ]
        assert not cut, f"cut off at the edge: {cut}"
        over = [
            (a.get_text(), b.get_text())
            for (a, p), (b, q) in combinations(boxes, 2)
            if covered(p, q) > OVERLAP
        ]
        assert not over, f"printed over each other: {over}"
    assert all(all(pair) for pair in (drawn.title, drawn.caption, drawn.method)) and drawn.n


def texts(figure):
    """Yield the texts that are drawn: not empty, not of ticks beyond the axis."""
    hidden = set()
    for axes in figure.findobj(plt.Axes):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            off = [
                t
                for t in [*axis.get_major_ticks(), *axis.get_minor_ticks()]
                if not low - 1e-9 <= t.get_loc() <= high + 1e-9 or not axes.axison
            ]
            hidden |= {label for tick in off for label in (tick.label1, tick.label2)}
            hidden |= {
                tick.label2 if axis.get_ticks_position() in ("bottom", "left") else tick.label1
                for tick in axis.get_major_ticks()
            }
    for text in figure.findobj(plt.Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


def corners(text) -> np.ndarray:
    """Return the four corners of a text as drawn, turned as it is turned."""
    angle = np.deg2rad(text.get_rotation())
    turned = text.get_rotation()
    if text.get_rotation_mode() != "anchor":
        box = text.get_window_extent()
        return np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    text.set_rotation(0)
    box = text.get_window_extent()
    text.set_rotation(turned)
    anchor = np.array(text.get_transform().transform(text.get_position()))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    square = np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    return (square - anchor) @ turn.T + anchor


def covered(a: np.ndarray, b: np.ndarray) -> float:
    """Return how deep two turned boxes reach into each other, as a share of the smaller one's lesser side."""
    depths = []
    for box in (a, b):
        for edge in (box[1] - box[0], box[3] - box[0]):
            axis = edge / (np.hypot(*edge) or 1)
            p, q = a @ axis, b @ axis
            depths.append(min(p.max(), q.max()) - max(p.min(), q.min()))
    sides = [np.hypot(*(box[k] - box[0])) for box in (a, b) for k in (1, 3)]
    return min(depths) / max(1.0, min(sides))


def test_character_the_font_lacks_is_marked_and_told_not_drawn_as_a_box(caplog):
    with caplog.at_level("WARNING", logger="pipeline"):
        assert canvas.printable("法治\U0001f600政府") == "法治〓政府"
    assert "U+1F600" in caplog.text


def test_box_in_a_figure_is_an_error():
    with canvas.style(), pytest.raises(UserWarning, match="missing from"):
        figure, axes = plt.subplots()
        axes.set_title("\U0001f600")
        figure.canvas.draw()


def test_all_formats_and_captions_come_out_the_same_by_one_process_and_by_two(hostile):
    made = [dict(figures.build(hostile, language="both", max_reports=30, threads=n)) for n in (1, 2)]
    assert made[0] == made[1]
    told = json.loads(made[0]["figures/captions.json"])
    assert sorted(told) == sorted(products.FIGURES)
    assert {f"figures/{name}.{form}" for name in products.FIGURES for form in products.FORMATS} <= set(
        made[0]
    )


def test_links_in_a_figure_lead_to_views_of_the_page(few):
    with canvas.style():
        drawn = figures.draw("themes", few, language="zh", max_reports=30)
        svg = etree.fromstring(canvas.render(drawn, ("svg",))["svg"])
    links = {a.get("{http://www.w3.org/1999/xlink}href") for a in svg.iter("{http://www.w3.org/2000/svg}a")}
    assert "#theme=legal_counsel&report=dongli" in links


@pytest.mark.parametrize(
    "number, title, expected",
    [
        ("川府发〔2016〕5号", "实施方案", (2016, 2016)),
        (None, "法治社会建设实施纲要（2020—2025年）", (2020, 2025)),
        (None, "2019年依法行政工作要点", (2019, 2019)),
        (None, "中华人民共和国行政处罚法", None),
        ("第12号", "政府工作规则", None),
    ],
)
def test_year_of_a_document_is_that_of_its_number_or_title(number, title, expected):
    assert years(number, title) == expected


def test_clipping_areas_are_named_by_what_is_written_of_them():
    def svg(*names):
        areas = (b'<rect x="4.8" y="98.689396"/>', b'<path d="M 0 0"/>')
        return b"".join(
            b'<clipPath id="%s">\n   %s\n  </clipPath><g clip-path="url(#%s)"/>' % (name, area, name)
            for name, area in zip(names, areas, strict=True)
        )

    named = canvas._named_clips(svg(b"p71caa7edf9", b"p508f537418"))
    assert named == canvas._named_clips(svg(b"pbfea5f31d8", b"p98d83d2e40"))
    assert len(set(re.findall(rb'id="(p[0-9a-f]{10})"', named))) == 2
    assert sorted(re.findall(rb"#(p[0-9a-f]{10})", named)) == sorted(re.findall(rb'id="(\w+)"', named))
