"""Words and pairs of neighbouring content words, counted for each report."""

import pandas as pd
import pytest

from pipeline import phrase_counts, word_counts

# report, role, start, words with their tags
SENTENCES = [
    ("b", "body", 0, "依法/d 行政/n 执法/v"),
    ("b", "body", 6, "监督/v /x 行政/n 执法/v"),
    ("b", "caption", 20, "行政/n 执法/v"),
    ("a", "heading", 0, "东丽/ns 执法/v 监督/v 、/x 执法/v 监督/v"),
    ("a", "furniture", 30, "第/m 执法/v"),
    ("c", "signature", 0, "司法局/n"),
]


@pytest.fixture
def tables():
    sentences, tokens = [], []
    for number, (report, role, start, written) in enumerate(SENTENCES):
        words, tags = zip(*(pair.rsplit("/", 1) for pair in written.split(" ") if pair), strict=True)
        words = ["　" if not word else word for word in words]
        starts = [start + sum(map(len, words[:at])) for at in range(len(words))]
        sentences.append((f"s{number}", report, role))
        tokens.append((f"s{number}", report, words, starts, tags))
    columns = ["sentence_id", "report_id", "words", "starts", "tags"]
    return pd.DataFrame(sentences, columns=["sentence_id", "report_id", "role"]), pd.DataFrame(
        tokens, columns=columns
    )


def test_words_of_body_and_headings_are_counted_by_report(tables):
    made = word_counts.build(*tables)
    assert list(made.itertuples(index=False, name=None)) == [
        ("b", "依法", 1),
        ("b", "执法", 2),
        ("b", "监督", 1),
        ("b", "行政", 2),
        ("a", "、", 1),
        ("a", "东丽", 1),
        ("a", "执法", 2),
        ("a", "监督", 2),
    ]


def test_pairs_touch_within_a_sentence_and_hold_no_name(tables):
    made = phrase_counts.build(*tables)
    assert list(made.itertuples(index=False, name=None)) == [
        ("b", "行政", "执法", 2),
        ("a", "执法", "监督", 2),
    ]


@pytest.mark.parametrize("module", [word_counts, phrase_counts])
def test_nothing_to_count_makes_a_table_without_rows(tables, module):
    sentences, tokens = tables
    assert module.build(sentences[:0], tokens[:0]).empty
    assert module.build(sentences[5:], tokens[5:]).empty
