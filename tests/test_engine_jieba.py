"""The built-in engine: every character kept, codebook words whole, full-width read as half-width."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import engines, tokens
from pipeline.errors import InputError


@pytest.fixture(scope="module")
def jieba():
    return engines.get("jieba")


@pytest.mark.parametrize(
    "text, words",
    [
        ("落实三项制度。", ["落实", "三项制度", "。"]),
        ("聘请法律顾问8名", ["聘请", "法律顾问", "8", "名"]),
        ("聘请法律顾问８名", ["聘请", "法律顾问", "８", "名"]),
        ("", []),
    ],
)
def test_words(jieba, text, words):
    assert jieba.segment([text])[0].words == words


@pytest.mark.parametrize(
    "text",
    [
        "全 区　召开\n常务会议 3 次",
        "出席１２３人，占６２．５％",
        "各級行政機關應當依法行政",
        "点赞😀𠮷野家👨‍👩‍👧",
        "完善制度" * 1250,
        " \n\t",
    ],
)
def test_every_character_is_kept(jieba, text):
    cut = jieba.segment([text])[0]
    assert "".join(cut.words) == text
    assert [text[at : at + len(word)] for at, word in zip(cut.starts, cut.words, strict=True)] == cut.words
    assert len(cut.tags) == len(cut.words)


@given(st.text())
def test_any_text_is_kept(jieba, text):
    assert "".join(jieba.segment([text])[0].words) == text


def test_a_word_met_before_has_the_tag_of_one_met_first(jieba):
    texts = ["推进12345热线建设", "12345件，推进Cloud平台", "冇囧推进热线", "推进12345热线建设"]
    first = [engines.get("jieba").segment([text])[0].tags for text in texts]
    assert [words.tags for words in jieba.segment(texts)] == first


def test_texts_cut_together_are_cut_as_each_alone(jieba):
    texts = [
        "",
        "出席１２３人，占６２．５％",
        "全 区",
        "",
        "聘請法律顧問８名。",
        "冇囧推进热线",
        "推进\0普法\0",
        "\r",
        "\n",
        "",
    ]
    together, alone = jieba.segment(texts), [engines.get("jieba").segment([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert (one.words, list(one.starts), one.tags) == (other.words, list(other.starts), other.tags)


def test_no_texts_have_no_words(jieba):
    assert jieba.segment([]) == []


def test_a_model_is_refused():
    with pytest.raises(InputError, match="takes no model"):
        engines.check("jieba", "models/hanlp")


def test_the_table_leaves_empty_what_the_engine_cannot_tell(tables_of_two_sentences):
    cut = tokens.build(tables_of_two_sentences, engine="jieba")
    assert [list(starts) for starts in cut["starts"]] == [[0, 2], [10, 12]]
    assert all(not any(map(len, cut[name])) for name in ("heads", "relations", "entities", "roles"))


@pytest.fixture
def tables_of_two_sentences():
    rows = [("r:s0", "r", 0, "推进普法"), ("r:s10", "r", 10, "加强执法")]
    return pd.DataFrame(rows, columns=["sentence_id", "report_id", "start", "text"])
