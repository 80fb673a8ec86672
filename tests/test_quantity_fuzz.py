"""Whatever the text, the grammar finishes, and every quantity lies where it says."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import fold
from pipeline.quantity import scan, units
from pipeline.quantity.unwrap import unwrap
from pipeline.stage import uncollected

PIECES = st.sampled_from(
    [*"0123456789", *"零〇一二两三四五六七八九十百千万亿几数半", *",.、，。;:()“”《》-—~+%‰/× \n\r\t", "分之", "成", "余", "多", "以上", "以内", "左右",
     "不低于", "至少", "近", "约", "超过", "至", "到", "由", "个", "大", "百分点", "第", "年", "月", "日", "率", "为", "增长", "下降", "翻", "番", "无",
     "未发生", "届", "每", "1,234", "2,", "点"]
)  # fmt: skip
UNITS = st.sampled_from(sorted(units.groups()))
BROKEN = st.lists(st.one_of(PIECES, UNITS, st.text(max_size=3)), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(BROKEN)
def test_any_text_is_read_without_error_and_offsets_hold(text):
    last = 0
    for found in scan(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.expr
        assert found.start <= found.number_start < found.number_end <= found.end
        assert found.number_start <= found.unit_start <= found.unit_end <= found.end
        assert found.value >= 0 and (found.value_max is None or found.value_max > found.value)
        last = found.end


@settings(max_examples=300, deadline=None)
@given(BROKEN)
def test_a_wrapped_text_gives_back_the_words_as_published(text):
    folded = fold(text)
    sentence = unwrap(folded)
    for found in scan(sentence.text):
        start, end = sentence.back(found.start, found.end)
        assert 0 <= start < end <= len(text)
        assert "".join(folded[start:end].split()) == "".join(found.expr.split())


@settings(max_examples=300, deadline=None)
@given(st.text("一二两三十百千万亿零〇几数半点成余多分之个件%人0123456789.,~", min_size=1, max_size=12))
def test_any_numeral_is_read_without_error(text):
    for found in scan(text + "件"):
        assert (text + "件")[found.start : found.end] == found.expr


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        ",",
        "1,",
        "1,111",
        "1,111,",
        "一",
        "万",
        "三、",
        "第三、",
        "至少",
        "5%-",
        "“",
        "《",
        "1.",
        "1 ",
        "百分之",
        "3\n",
    ],
)
def test_a_long_line_of_one_thing_costs_its_length(piece):
    def cost(length):
        line = (piece * length)[:length]
        with uncollected():  # as stages run: the collector's time is not that of the line
            began = time.process_time()
            scan(line)
            return time.process_time() - began

    short = max(cost(10_000), cost(10_000), 0.002)
    assert cost(100_000) < 40 * short
