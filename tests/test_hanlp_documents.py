"""HanLP loads what is written for it, and every token leads to its characters."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest
from hanlp_common.document import Document

from pipeline import hanlp_documents, tables


@pytest.fixture(scope="module")
def written(processed):
    (path,) = (processed / "hanlp").glob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_report_is_a_document_of_its_sentences(written, processed):
    sentences = tables.read(tables.files(processed / "sentences"))
    assert list(written) == list(dict.fromkeys(sentences["report_id"]))
    for report_id, content in written.items():
        document = Document(**content)
        own = sentences[sentences["report_id"] == report_id]
        assert document.count_sentences() == len(own)
        assert document["sentence_id"] == own["sentence_id"].tolist()
        assert json.loads(document.to_json()) == content


def test_tokens_lead_to_the_text(written, processed):
    texts = tables.read(tables.files(processed / "texts")).set_index("report_id")["text"]
    for report_id, content in written.items():
        for words, spans in zip(content["tok"], content["spans"], strict=True):
            assert [texts[report_id][start:end] for start, end in spans] == words
            assert not any(word.isspace() for word in words)


def test_figures_and_measures_stand_with_their_sentences(written, processed):
    metrics = tables.read(tables.files(processed / "metrics"))
    held = [metric for content in written.values() for row in content["metrics"] for metric in row]
    assert [metric["metric_id"] for metric in held] == metrics["metric_id"].tolist()
    measures = tables.read(tables.files(processed / "measures"))
    judged = [row["measure_id"] for content in written.values() for row in content["measure"] if row]
    assert judged == measures["measure_id"].tolist()


def test_names_parse_and_roles_count_tokens_without_blanks():
    cut = SimpleNamespace(
        sentence_id="r:s10",
        words=["司法局", "\n", "修订", "文件"],
        starts=[10, 13, 14, 16],
        tags=["n", "x", "v", "n"],
        heads=[2, 1, 2, 2],
        relations=["nsubj", "", "root", "dobj"],
        entities=["10:13:ORGANIZATION"],
        roles=["14:16:ARG0:10:13", "14:16:ARG1:16:18"],
    )
    sentence = SimpleNamespace(sentence_id="r:s10", role="body")
    document = hanlp_documents.document([sentence], [cut], [], [])
    assert document["dep"] == [[(2, "nsubj"), (0, "root"), (2, "dobj")]]
    assert document["ner"] == [[("司法局", "ORGANIZATION", 0, 1)]]
    assert document["srl"] == [[[("司法局", "ARG0", 0, 1), ("修订", "PRED", 1, 2), ("文件", "ARG1", 2, 3)]]]
    assert "修订" in document.squeeze().to_pretty()


def test_a_batch_without_reports_is_an_empty_object():
    none = [pd.DataFrame(columns=["report_id"])] * 4
    assert json.loads(b"".join(hanlp_documents._chunks(*none))) == {}
