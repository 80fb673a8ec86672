"""The second engine with the real HanLP: a tiny model is trained, loaded with `hanlp.load` and asked.

It cuts, tags, names and parses. Only semantic roles come from a recorded answer in HanLP's documented form, since a model
that tells them is too large to train in a test.
"""

import http.server
import json
import shutil
import subprocess
import sys
import threading
from functools import partial
from importlib.util import find_spec
from types import SimpleNamespace

import hanlp_lessons
import pandas as pd
import pytest

from pipeline import assignments, engines, measures, tables, tokens
from pipeline.engines import Entity, Role, downloading, hanlp, jieba, lessons, models, squeezing, training
from pipeline.engines.lessons import Lesson
from pipeline.errors import InputError

needs_hanlp = pytest.mark.skipif(
    not find_spec("hanlp"),
    reason="HanLP is not in this environment, by choice: make test-hanlp runs these tests",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Return the folder of a model trained for half a minute, moved after training from where it was made."""
    cut = lessons.lessons(hanlp_lessons.made())
    folder = tmp_path_factory.mktemp("made") / "hanlp"
    said = training.train(cut, folder, epochs=12, seed=1, size=training.Size(32, 1, 2))
    assert min(said[score] for score in training.SCORES) > 0.9
    moved = tmp_path_factory.mktemp("moved") / "elsewhere"
    shutil.move(folder, moved)
    return moved


@pytest.fixture(scope="module")
def engine(model):
    return engines.get("hanlp", str(model))


TEXTS = [
    "区司法局完善了三项制度，共5件。",
    "全 区　召开\n常务会议 3 次",
    "出席１２３人，占６２．５％",
    "各級行政機關應當依法行政",
    "点赞😀𠮷野家👨‍👩‍👧",
    "推行OPEN data平台App",
    "县人民政府认真办理行政复议案件，" * 312 + "全部办结。",
    "法" * 5000,
    " \n\t",
    "",
]


@needs_hanlp
def test_every_character_keeps_its_place(engine):
    for text, cut in zip(TEXTS, engine.segment(TEXTS), strict=True):
        assert "".join(cut.words) == text
        assert [
            text[at : at + len(word)] for at, word in zip(cut.starts, cut.words, strict=True)
        ] == cut.words
        assert len(cut.tags) == len(cut.words)


@needs_hanlp
def test_the_long_sentence_is_longer_than_the_model_holds():
    assert max(map(len, TEXTS)) > 10 * training.WINDOW


@needs_hanlp
@pytest.mark.parametrize("word", ["三项制度", "法律顾问", "规范性文件"])
def test_codebook_words_stay_whole(engine, word):
    assert word in engine.segment([f"办法要求{word}应当公开"])[0].words


@needs_hanlp
def test_words_are_those_it_was_taught(engine):
    text = "公安局依法开展普法宣传活动，共7件。"
    given = jieba.open().segment([text])[0].words
    assert engine.segment([text])[0].words == given


@needs_hanlp
def test_full_width_is_read_as_half_width(engine):
    wide, narrow = engine.segment(["各镇街全面落实三项制度，共７件。", "各镇街全面落实三项制度,共7件。"])
    assert wide.starts == narrow.starts and wide.tags == narrow.tags


@needs_hanlp
def test_tags_are_those_the_tables_know(engine):
    cut = engine.segment(["公安局依法开展三项制度。"])[0]
    tags = dict(zip(cut.words, cut.tags, strict=True))
    assert tags["三项制度"] == "nz" and tags["开展"] == "v"


@needs_hanlp
@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "(责任单位:县第一中学、青禾第二小学;完成时限:2024年)",
            ["县第一中学 ORGANIZATION", "青禾第二小学 ORGANIZATION"],
        ),
        ("责任人：王强、\n陈 明。", ["王强 PERSON", "陈 明 PERSON"]),
        ("牵头单位:白水文旅集团陈兰。", ["白水文旅集团 ORGANIZATION", "陈兰 PERSON"]),
        ("", []),
    ],
)
def test_names_are_told(engine, text, named):
    cut = engine.segment([text])[0]
    assert [f"{text[name.start : name.end]} {name.label}" for name in cut.entities] == named


@needs_hanlp
def test_who_hangs_on_whom_is_told(engine):
    cut = engine.segment(["公安局依法开展 普法宣传活动，共7件。"])[0]
    hung = {
        word: (cut.words[head], relation)
        for word, head, relation in zip(cut.words, cut.heads, cut.relations, strict=True)
    }
    assert hung["公安局"] == ("开展", "nsubj") and hung["活动"] == ("开展", "dobj")
    assert hung["开展"] == ("开展", "root")


def table(rows: list[tuple], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns))


def cut_lines(text: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a sentence for each line of a report, and the tokens of the engine `jieba`."""
    rows, at = [], 0
    for line in text.split("\n"):
        rows.append((f"r:s{at}", "r", None, len(rows), at, at + len(line), line, "body"))
        at += len(line) + 1
    names = ("sentence_id", "report_id", "section_id", "paragraph", "start", "end", "text", "role")
    sentences = table([row for row in rows if row[6]], *names)
    return sentences, tokens.build(sentences, engine="jieba")


@needs_hanlp
def test_names_reach_assignments(model):
    text = (
        "1.办好学校。\n责任单位:县第一中学、青禾第二小学\n2.办好学校。\n责任单位:县司法局、白水文旅集团陈兰"
    )
    sentences, plain = cut_lines(text)
    texts, reports = (
        table([("r", text)], "report_id", "text"),
        table([("r", "青禾县", "county")], "report_id", "region", "level"),
    )
    by_jieba = assignments.build(texts, reports, sentences, plain)["assignments"]
    assert by_jieba["responsible"].tolist() == [["县司法局", "白水文旅集团陈兰"]]
    by_hanlp = assignments.build(
        texts, reports, sentences, tokens.build(sentences, engine="hanlp", model=str(model))
    )
    rows = by_hanlp["assignments"]
    assert rows["responsible"].tolist() == [["县第一中学", "青禾第二小学"], ["县司法局", "白水文旅集团"]]
    assert rows["persons"].tolist() == [[], ["陈兰"]]
    assert rows["decided_by"].tolist() == ["entities", "entities"]
    assert by_hanlp["assignment_units"]["decided_by"].tolist() == [
        "entities",
        "entities",
        "rules",
        "entities",
    ]


@needs_hanlp
def test_the_parse_reaches_measures(model):
    sentences, plain = cut_lines("公安局依法开展普法宣传活动，共7件。")
    reports = table([("r", "annual_report", None, "青禾县")], *measures.COLUMNS["reports"])
    sections = table([], *measures.COLUMNS["sections"])
    rules = measures.build(reports, sections, sentences, plain).iloc[0]
    assert rules["decided_by"] == "rules"
    cut = tokens.build(sentences, engine="hanlp", model=str(model))
    row = measures.build(reports, sections, sentences, cut).iloc[0]
    assert (row["actor"], row["action"], row["object"]) == ("公安局", "开展", "普法宣传活动")
    assert row["decided_by"] == "dependencies"
    row = measures.build(reports, sections, sentences, cut.assign(heads=[[]], relations=[[]])).iloc[0]
    assert (row["actor"], row["decided_by"]) == (rules["actor"], "rules")


@needs_hanlp
def test_a_model_learns_the_names_and_the_parse_of_a_run(model, tmp_path):
    sentences, _ = cut_lines("公安局依法开展普法宣传活动，共7件。\n责任人:王强、陈明。")
    tables.write(tokens.build(sentences, engine="hanlp", model=str(model)), "tokens", tmp_path / "1.parquet")
    first, second = lessons.read(tmp_path)
    assert first.names == ((0, 1, "ORGANIZATION"),) and first.heads.count(0) == 1
    assert [second.words[at] for at, _, _ in second.names] == ["王强", "陈明"]


@needs_hanlp
def test_a_tokenizer_alone_cuts_and_the_dictionary_tags(tmp_path):
    from hanlp.components.tokenizers.transformer import TransformerTaggingTokenizer

    learnt = lessons.lessons(hanlp_lessons.made())[:150]
    lessons.write(tmp_path / "learnt", learnt)
    training._encoder(tmp_path / "encoder", learnt, 1, training.Size(32, 1, 2))
    file = str(tmp_path / "learnt.txt")
    TransformerTaggingTokenizer().fit(
        file, file, str(tmp_path / "tok"), str(tmp_path / "encoder"), epochs=4, lr=5e-3, transformer_lr=5e-3,
        max_seq_len=60, char_level=True, hard_constraint=True, devices=-1, seed=1,
    )  # fmt: skip
    texts = [*TEXTS, "区司法局完善了三项制度。"]
    cut = engines.get("hanlp", str(tmp_path / "tok")).segment(texts)
    assert ["".join(each.words) for each in cut] == texts
    assert "三项制度" in cut[-1].words and cut[-1].tags[cut[-1].words.index("三项制度")] == "nz"
    assert not any(each.entities or each.heads or each.roles for each in cut)


@needs_hanlp
def test_a_second_training_makes_the_same_model(tmp_path):
    cut = [
        Lesson(("推进", word), ("v", "n"), ((1, 2, "ACT"),), (0, 1), ("root", "dobj"))
        for word in ("普法", "执法", "立法", "司法", "守法", "复议", "应诉")
    ]
    made = []
    for name in ("one", "two"):
        training.train(cut, tmp_path / name, epochs=1, seed=3, size=training.Size(16, 1, 1))
        made.append(hanlp.open(str(tmp_path / name)).segment(["推进普法应诉"])[0])
    assert made[0] == made[1]


@needs_hanlp
def test_training_overwrites_no_folder_of_others(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        training.train([], tmp_path, epochs=1, seed=1)


def of_kind(folder, kind):
    """Say in a model's folder that it is of another kind."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"classpath": kind}))


@needs_hanlp
@pytest.mark.parametrize(
    "break_it, said",
    [
        (lambda folder: (folder / "config.json").write_text("{"), "config.json cannot be read"),
        (lambda folder: (folder / "model.pt").write_bytes(b""), "model.pt, are missing or empty"),
        (lambda folder: shutil.rmtree(folder / "encoder"), "its encoder 'encoder' is not on this machine"),
        (lambda folder: (folder / "config.json").unlink(), "no such folder"),
        (lambda folder: of_kind(folder, "hanlp.components.ner.transformer_ner.Recognizer"), "cuts no words"),
    ],
)
def test_a_broken_folder_is_told_before_any_work(model, tmp_path, break_it, said):
    folder = shutil.copytree(model, tmp_path / "broken")
    break_it(folder)
    with pytest.raises(InputError, match="make hanlp-model") as told:
        engines.check("hanlp", str(folder))
    assert said in str(told.value)


@needs_hanlp
def test_checking_before_a_run_loads_no_pytorch(model):
    code = f"import sys; from pipeline import engines; engines.check('hanlp', {str(model)!r}); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@needs_hanlp
def test_damaged_weights_are_told_when_loaded(model, tmp_path):
    folder = shutil.copytree(model, tmp_path / "broken")
    (folder / "model.pt").write_bytes(b"not weights")
    with pytest.raises(InputError, match="cannot be loaded") as told:
        engines.get("hanlp", str(folder))
    assert "pkg_resources" not in str(told.value)


@needs_hanlp
@pytest.mark.parametrize(
    "model, said",
    [
        ("", "is empty"),
        ("models/none", "no such folder"),
        ("CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH", "nor downloaded"),
        ("CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL", "did you mean"),
    ],
)
def test_no_model_no_run(model, said, tmp_path, monkeypatch):
    monkeypatch.setenv("HANLP_HOME", str(tmp_path))
    with pytest.raises(InputError, match="tokens.engine: jieba") as told:
        engines.check("hanlp", model)
    assert said in str(told.value)


@needs_hanlp
def test_a_released_model_is_downloaded_with_progress_and_loaded_by_name(
    model, tmp_path, monkeypatch, capsys
):
    name = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
    offered = tmp_path / "offered" / models.released()[name].path
    offered.parent.mkdir(parents=True)
    folder = shutil.copytree(model, tmp_path / "packed" / offered.stem)
    shutil.make_archive(str(offered.with_suffix("")), "zip", folder.parent, folder.name)
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path / "offered")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HANLP_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("HANLP_URL", f"http://127.0.0.1:{server.server_port}/")
        models.released.cache_clear()
        downloading.download(name)
        server.shutdown()
    models.released.cache_clear()
    assert "100 %" in capsys.readouterr().err
    assert engines.get("hanlp", name).segment(["推进普法"])[0].words


def test_without_hanlp_the_way_out_is_told(monkeypatch):
    monkeypatch.setattr(models, "installed", lambda: False)
    with pytest.raises(InputError, match="make run ENGINE=hanlp"):
        engines.check("hanlp", "models/hanlp")


# What a multi-task model answers for the pieces "区司法局已修订3份文件。" and "全部公开。", in the form HanLP documents.
ANSWER = {
    "tok/fine": [["区", "司法局", "已", "修订", "3", "份", "文件", "。"], ["全部", "公开", "。"]],
    "pos/ctb": [["NN", "NN", "AD", "VV", "CD", "M", "NN", "PU"], ["AD", "VV", "PU"]],
    "ner/msra": [[["区司法局", "ORGANIZATION", 0, 2]], []],
    "dep": [
        [
            [2, "nn"],
            [4, "nsubj"],
            [4, "advmod"],
            [0, "root"],
            [6, "nummod"],
            [7, "clf"],
            [4, "dobj"],
            [4, "punct"],
        ],
        [[2, "advmod"], [0, "root"], [2, "punct"]],
    ],
    "srl": [
        [
            [
                ["区司法局", "ARG0", 0, 2],
                ["已", "ARGM-ADV", 2, 3],
                ["修订", "PRED", 3, 4],
                ["3份文件", "ARG1", 4, 7],
            ]
        ],
        [],
    ],
}


class Recorded:
    """Answer as a multi-task model would, for the one text it was recorded on."""

    config: dict = {"max_seq_len": 20}
    tasks: dict = dict.fromkeys((*ANSWER, "tok/coarse", "ner/pku", "con", "sdp"), SimpleNamespace(config={}))

    def __call__(self, texts, tasks):
        assert tasks == list(ANSWER)
        assert texts == ["区司法局已修订3份文件。", "全部公开。"]
        return json.loads(json.dumps(ANSWER))


def test_names_heads_and_roles_stand_on_the_characters_of_the_text():
    text = "区司法局\n已修订 ３份文件。全部公开。"
    cut = hanlp.HanLP(Recorded(), set()).segment([text])[0]
    assert "".join(cut.words) == text
    assert cut.entities == [Entity(0, 4, "ORGANIZATION")]
    assert cut.roles == [Role(6, 8, "ARG0", 0, 4), Role(6, 8, "ARGM-ADV", 5, 6), Role(6, 8, "ARG1", 9, 13)]
    heads = {cut.words[i]: cut.words[head] for i, head in enumerate(cut.heads)}
    assert (heads["司法局"], heads["文件"], heads["修订"]) == ("修订", "修订", "修订")
    assert cut.heads[cut.words.index("全部")] == cut.words.index("公开")
    assert dict(zip(cut.words, cut.tags, strict=True))["修订"] == "v"


def test_the_table_counts_them_in_the_report(monkeypatch):
    monkeypatch.setattr(engines, "get", lambda name, model: hanlp.HanLP(Recorded(), set()))
    text = "区司法局\n已修订 ３份文件。全部公开。"
    given = pd.DataFrame([("r:s100", "r", 100, text)], columns=["sentence_id", "report_id", "start", "text"])
    row = tokens.build(given, engine="hanlp", model="recorded").iloc[0]
    assert row.entities == ["100:104:ORGANIZATION"]
    assert row.roles[0] == "106:108:ARG0:100:104"


@pytest.mark.parametrize(
    "text, words",
    [("全 区召开", ["全区", "召开"]), ("open data平台", ["open data", "平台"]), ("open data", ["opendata"])],
)
def test_words_are_laid_along_the_text(text, words):
    (piece,) = squeezing.pieces([text], 100)
    spans = squeezing.spans(piece, words)
    assert [text[a:b].replace(" ", "") for a, b in spans] == [word.replace(" ", "") for word in words]


def test_words_that_do_not_fill_the_text_are_refused():
    (piece,) = squeezing.pieces(["全区召开"], 100)
    with pytest.raises(ValueError, match="are not the text"):
        squeezing.spans(piece, ["全区"])
