"""paragraphs: every paragraph with its part of the page, numbered as the sentences number theirs."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import checks, schemas, sections, sentences

PAGE = """青山县2023年法治政府建设情况报告
县委、县政府:
一、主要工作
一年来,全县坚持依法行政,完善制度机制,
各项工作取得新的成效。
序号|任务|完成情况|
1|修订办法|已完成|
青山县司法局
2024年1月5日
版权所有:青山县人民政府
"""


def found(text: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the paragraphs and the sentences of a text."""
    texts = pd.DataFrame({"report_id": ["r"], "text": [text]})
    made = sections.build(texts)
    checks.check(made["paragraphs"], schemas.get("paragraphs"))
    return made["paragraphs"], sentences.build(texts, made["paragraphs"], made["sections"])


def test_parts_of_a_page():
    rows, _ = found(PAGE)
    assert [(PAGE[r.start : r.end][:4], r.role, r.is_row) for r in rows.itertuples()] == [
        ("青山县2", "title", False),
        ("县委、县", "salutation", False),
        ("一、主要", "body", False),
        ("一年来,", "body", False),  # two lines of the file
        ("序号|任", "body", True),
        ("1|修订", "body", True),
        ("青山县司", "signature", False),
        ("2024", "signature", False),
        ("版权所有", "furniture", False),
    ]
    assert rows["paragraph_id"].tolist()[:2] == ["r:p0", "r:p19"]


@pytest.mark.parametrize("text", ["", " \n\n", "依法行政"])
def test_little_text(text):
    rows, cut = found(text)
    assert len(rows) == len(cut) == bool(text.strip())


PIECES = st.sampled_from(
    [
        "一、总则",
        "(二)",
        "完善制度。",
        "各镇人民政府:",
        "牵头单位:县司法局",
        "\n",
        "\n\n",
        "a|b|",
        "   ",
        "2023年1月5日",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_sentence_lies_in_the_paragraph_it_names(text):
    rows, cut = found(text)
    of = {row.paragraph: row for row in rows.itertuples()}
    for sentence in cut.itertuples():
        inside = of[sentence.paragraph]
        assert inside.start <= sentence.start < sentence.end <= inside.end
        assert (
            sentence.role == inside.role
            or inside.role == "body"
            and sentence.role in ("heading", "assignment")
        )
    assert set(of) == set(cut["paragraph"])
