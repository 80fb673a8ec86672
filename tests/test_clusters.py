"""Test themes: found in a small corpus of its own and in the three coded reports, the same on every run."""

import itertools
import json
import logging
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, v_measure_score

from bench import themes
from pipeline import clusters, codebook, engines
from pipeline.checks import check
from pipeline.clustering import atlas, collocations, crosswalk, grouping, identity, moves, terms
from pipeline.errors import InputError
from pipeline.library import Library
from pipeline.schemas import get
from pipeline.tables import Pieces

GOLD = Path(__file__).parent / "data" / "gold"
SETTINGS = dict(mode="inductive", seed=1, runs=100, share=0.6, smallest=3, sample=3000, previous="")
# Headings and sentences of four invented reports: each report speaks of the same four themes in its own words.
THEMES = {
    "counsel": [
        (
            "健全法律顾问制度",
            [
                "聘请三名律师担任镇法律顾问。",
                "法律顾问为重大合同出具法律意见书。",
                "法律顾问列席镇长办公会。",
            ],
        ),
        (
            "发挥法律顾问作用",
            ["续聘法律顾问两名。", "法律顾问参与起草招商合同。", "组织法律顾问审查合同文本。"],
        ),
        (
            "政府法律顾问工作",
            ["建立法律顾问考核办法。", "法律顾问提供法律咨询服务。", "合同签订前征求法律顾问意见书。"],
        ),
        (
            "法律顾问全覆盖",
            ["村村聘请法律顾问。", "法律顾问出具法律意见书四十份。", "法律顾问代理合同纠纷。"],
        ),
    ],
    "study": [
        ("领导干部带头学法", ["制定常务会议学法计划。", "领导干部学法四次。", "组织领导干部旁听学法讲座。"]),
        ("坚持会前学法", ["落实领导干部会前学法制度。", "常务会议学法六次。", "举办领导干部学法讲座。"]),
        ("抓好学法用法", ["领导干部学法用法考试全部合格。", "党组会前学法八次。", "邀请教授作学法讲座。"]),
        ("推进学法常态化", ["编印领导干部学法读本。", "常务会议学法常态开展。", "领导干部集中学法并考试。"]),
    ],
    "food": [
        ("严查食品安全", ["检查餐饮门店食品安全。", "查处食品安全违法线索。", "抽检食品样品两百批次。"]),
        ("食品安全整治", ["开展校园食堂食品安全整治。", "餐饮门店食品抽检合格。", "销毁过期食品样品。"]),
        (
            "餐饮食品监管",
            ["餐饮门店亮明食品安全承诺。", "食品抽检不合格样品立案。", "整治校园周边食品摊点。"],
        ),
        ("守护食品安全", ["食品安全员培训餐饮门店。", "快检食品样品。", "校园食堂食品安全检查。"]),
    ],
    "mediation": [
        ("化解矛盾纠纷", ["人民调解员排查矛盾纠纷。", "调解婚姻矛盾纠纷。", "人民调解委员会调解土地纠纷。"]),
        ("人民调解显成效", ["选聘人民调解员。", "排查邻里矛盾纠纷。", "人民调解成功率上升。"]),
        ("多元调解矛盾纠纷", ["设立人民调解室。", "矛盾纠纷排查日报。", "调解劳资矛盾纠纷。"]),
        ("矛盾纠纷不出村", ["村级人民调解员上门调解。", "矛盾纠纷逐户排查。", "调解成功矛盾纠纷九十件。"]),
    ],
}


def corpus(parts):
    """Make the tables of reports given as {report: [(heading, [(sentence, theme), …]), …]}."""
    cut = engines.get("jieba").segment
    rows = defaultdict(list)
    for report, chapters in parts.items():
        at = 0
        rows["reports"].append({"report_id": report, "region": f"{report}县", "province": None})
        for heading, sentences in chapters:
            section = f"{report}:h{at}"
            end = at + len(heading) + sum(len(text) for text, _ in sentences) + 1
            rows["sections"].append(
                dict(section_id=section, report_id=report, parent_id=None, title=heading, form="line",
                     start=at, end=at + len(heading), body_end=end)
            )  # fmt: skip
            for text, theme in [(heading, None), *sentences]:
                words = cut([text])[0]
                sentence = f"{report}:s{at}"
                rows["sentences"].append(
                    dict(sentence_id=sentence, report_id=report, section_id=section, paragraph=at)
                )
                rows["tokens"].append(
                    dict(sentence_id=sentence, report_id=report, words=words.words,
                         starts=[at + start for start in words.starts], tags=words.tags)
                )  # fmt: skip
                rows["measures"].append(
                    dict(measure_id=f"{report}:a{at}", report_id=report, sentence_id=sentence, start=at,
                         end=at + len(text), is_measure=theme is not None, themes=[theme] if theme else [])
                )  # fmt: skip
                at += len(text) + 1
    empty = corpus({"r": [("一", [("二", None)])]}) if not rows else {}
    return {name: pd.DataFrame(found) for name, found in rows.items()} or {k: v[:0] for k, v in empty.items()}


def invented(reports=4):
    return corpus(
        {
            f"r{number}": [
                (heading, [(text, code) for text in sentences])
                for code in THEMES
                for heading, sentences in [THEMES[code][number]]
            ]
            for number in range(reports)
        }
    )


NAMES = ("reports", "sections", "sentences", "tokens", "measures")


def in_pieces(tables):
    frames = ([frame] if isinstance(frame := tables[name], pd.DataFrame) else frame for name in NAMES[1:])
    return [Pieces(pa.Table.from_pandas(frame, preserve_index=False) for frame in some) for some in frames]


def found(tables, **settings):
    made = clusters.build(tables["reports"], *in_pieces(tables), **{**SETTINGS, **settings})
    members = made["cluster_members"]
    made["cluster_members"] = pd.concat(getattr(members, "pieces", members), ignore_index=True)
    for name, frame in made.items():
        check(frame, get(name))
    assert set(made) == {"clusters", *clusters.COMPANIONS}
    return made


@pytest.fixture(scope="module")
def small():
    tables = invented()
    return tables, found(tables)


@pytest.mark.parametrize(
    "code, phrase", [("counsel", "法律顾问"), ("study", "学法"), ("food", "食品"), ("mediation", "矛盾纠纷")]
)
def test_each_theme_is_found_under_the_phrase_people_use(small, code, phrase):
    tables, made = small
    coded = dict(zip(tables["measures"]["measure_id"], tables["measures"]["themes"], strict=True))
    row = next(row for row in made["clusters"].itertuples() if any(phrase in p for p in row.phrases[:3]))
    members = made["cluster_members"].query("cluster_id == @row.cluster_id")["measure_id"]
    assert np.mean([coded[measure] == [code] for measure in members]) >= 0.9
    assert len(members) >= 6
    assert row.is_recurring and sum(row.report_counts) == row.size == len(members)


def test_boilerplate_names_no_theme(small):
    _, made = small
    said = {phrase for phrases in made["clusters"]["phrases"] for phrase in phrases}
    assert not said & terms.boilerplate()


def test_best_sentences_are_of_the_theme_and_of_different_reports(small):
    _, made = small
    home = dict(
        zip(made["cluster_members"]["measure_id"], made["cluster_members"]["cluster_id"], strict=True)
    )
    for row in made["clusters"].itertuples():
        assert {home[measure] for measure in row.best_measures} == {row.cluster_id}
        assert len({measure.split(":")[0] for measure in row.best_measures}) == min(3, row.reports)


def test_the_same_input_in_any_order_gives_the_same_tables(small):
    tables, made = small
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in tables.items()}
    again = found(shuffled)
    for name, frame in made.items():
        pd.testing.assert_frame_equal(frame, again[name])


def test_a_further_report_renames_no_theme(small):
    _, made = small
    before = found(invented(3))
    assert len(set(before["clusters"]["cluster_id"]) & set(made["clusters"]["cluster_id"])) >= 3


def test_ids_of_an_earlier_run_are_kept_and_what_moved_is_told(small, tmp_path):
    tables, _ = small
    before = found(invented(3))
    renamed = before["cluster_members"].assign(
        cluster_id=before["cluster_members"]["cluster_id"].str.replace("theme:", "theme:旧")
    )
    renamed.to_parquet(tmp_path / "cluster_members.parquet")
    made = found(tables, previous=str(tmp_path))
    kept = {name for name in made["clusters"]["cluster_id"] if name.startswith("theme:旧")}
    assert len(kept) >= 3
    ways = made["cluster_moves"].groupby("kind")["measures"].sum()
    assert ways["added"] == 12 and ways["kept"] > 24
    assert ways.drop("added").sum() <= 36


def test_a_folder_without_an_earlier_run_is_told(tmp_path):
    with pytest.raises(InputError, match="cluster_members.parquet"):
        found(invented(2), previous=str(tmp_path))


def test_inductive_mode_opens_no_codebook_of_themes(monkeypatch):
    load = codebook.load

    def guarded(name, model):
        assert name not in ("themes", "acts", "status_cues"), "the inductive run read the codebook of themes"
        return load(name, model)

    monkeypatch.setattr(codebook, "load", guarded)
    tables = invented(2)
    blind = tables | {
        "measures": tables["measures"].assign(themes=[[] for _ in range(len(tables["measures"]))])
    }
    told, untold = found(tables), found(blind)
    pd.testing.assert_frame_equal(told["cluster_members"], untold["cluster_members"])
    assert set(untold["clusters"]["relation"]) == {"unforeseen"}


def test_guided_mode_starts_from_the_codes_and_takes_in_what_is_near():
    tables = invented()
    coded = tables["measures"]
    first = coded.groupby(coded["themes"].str[0])["measure_id"].head(8)
    kept = coded["measure_id"].isin(first)
    some = tables | {
        "measures": coded.assign(themes=coded["themes"].where(kept, coded["themes"].map(lambda _: [])))
    }
    made = found(some, mode="guided")
    assert {f"code:{code}" for code in THEMES} <= set(made["clusters"]["cluster_id"])
    home = dict(
        zip(made["cluster_members"]["measure_id"], made["cluster_members"]["cluster_id"], strict=True)
    )
    truth = {row.measure_id: f"code:{row.themes[0]}" for row in coded.itertuples() if row.themes}
    assert np.mean([home[measure] == code for measure, code in truth.items()]) >= 0.9
    assert all(
        home[row.measure_id] == f"code:{row.themes[0]}" for row in some["measures"].itertuples() if row.themes
    )


def test_a_sample_finds_the_themes_and_the_rest_joins_them(small):
    tables, made = small
    sampled = found(tables, sample=36)
    pairs = made["cluster_members"].merge(sampled["cluster_members"], on="measure_id")
    assert len(pairs) == 48
    assert adjusted_rand_score(pairs["cluster_id_x"], pairs["cluster_id_y"]) > 0.5


DIFFERENT = [
    "开渠引水灌溉农田",
    "修缮古塔石碑",
    "放映露天电影",
    "播撒油菜花籽",
    "更换路灯灯泡",
    "举办象棋比赛",
    "疏通下水管道",
]
ALIKE = ["为法律顾问颁发聘书。"] * 6


@pytest.mark.parametrize(
    "reports, themes, outliers",
    [
        ({}, 0, 0),
        ({"r": [("法律顾问", [("聘请法律顾问。", "counsel")])]}, 0, 1),
        ({"r": [(f"第{text}节", [(text, "food")]) for text in DIFFERENT]}, 0, 7),
        ({"r": [("法律顾问", [(text, "counsel") for text in ALIKE])]}, 1, 0),
        ({f"r{i}": [("法律顾问", [(text, "counsel")])] for i, text in enumerate(ALIKE)}, 1, 0),
    ],
    ids=["no measures", "one measure", "all different", "all alike in one report", "all alike in six"],
)
@pytest.mark.parametrize("mode", ["inductive", "guided"])
def test_odd_input_gives_a_clear_table_and_a_line_in_the_log(reports, themes, outliers, mode, caplog):
    with caplog.at_level(logging.INFO):
        made = found(corpus(reports), mode=mode)
    assert "clusters: " in caplog.text
    if mode == "inductive":
        assert len(made["clusters"]) == themes
        assert made["cluster_members"]["is_outlier"].sum() == outliers
    assert made["cluster_members"]["cluster_id"].notna().all()


def test_one_report_has_themes_of_its_own():
    made = found(invented(1))
    assert 2 <= len(made["clusters"]) <= 6
    assert not made["clusters"]["is_recurring"].any()


@pytest.mark.parametrize(
    "words, tags, runs",
    [
        ("推进 “ 三项制度 ” 试点", "v x nz x vn", [["推进", "三项制度", "试点"]]),
        (
            "聘请 ３ 名 法律顾问 ， 列席 会议",
            "v m q n x v n",
            [["聘请"], ["名", "法律顾问"], ["列席", "会议"]],
        ),
        ("群众 的 呼声", "n uj n", [["群众"], ["呼声"]]),
        ("， 。", "x x", []),
    ],
)
def test_runs_end_at_marks_numbers_and_the_tie_of_attributes(words, tags, runs):
    assert [[word for word, _ in run] for run in terms.runs(words.split(), tags.split())] == runs


@pytest.mark.parametrize(
    "sentences, phrase, holds",
    [
        (["聘请|法律|顾问", "法律|顾问|列席", "征求|法律|顾问|意见"] * 2, "法律顾问", True),
        # always with the same neighbour: part of a longer phrase
        (["行政|执法|公示|平台"] * 6, "执法公示", False),
        # neighbours no more often than chance
        (["干部|群众", "干部|企业", "农民|群众", "群众|干部"] * 3 + ["干部|群众|工人"], "干部群众", False),
    ],
)
def test_phrases_hold_together_and_stand_free(sentences, phrase, holds):
    fillers = [f"{a}|{b}" for a in "甲乙丙丁" for b in "子丑寅卯"]
    units = [[[(word, "n") for word in text.split("|")]] for text in [*sentences, *fillers]]
    mined = {"".join(words) for words in collocations.mine(units, min_count=2)}
    assert (phrase in mined) is holds


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30))
def test_agreement_of_runs_that_agree_is_what_they_say(labels):
    labels = np.array(labels)
    rows = np.arange(len(labels))
    agreed = grouping.together([(rows, labels)] * 3, len(labels))
    assert adjusted_rand_score(labels, agreed) == 1


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), max_size=12))
def test_maps_stay_in_their_frame_and_orders_name_every_theme(points):
    centroids = np.array(points, dtype=float).reshape(-1, 3)
    centroids = centroids / np.maximum(np.linalg.norm(centroids, axis=1, keepdims=True), 1e-9)
    apart = atlas.distances(centroids)
    assert np.abs(atlas.places(apart, 1)).max(initial=0) <= 1
    assert sorted(atlas.order(atlas.tree(apart), len(apart))) == list(range(len(apart)))


def test_crosswalk_tells_same_part_joined_and_unforeseen():
    labels = np.repeat([0, 1, 2, 3], 4)
    codes = [["x"]] * 4 + [["y"]] * 4 + [["z"]] * 2 + [["w"]] * 2 + [[]] * 3 + [["v"]]
    both = crosswalk.Crosswalk()
    both.add(labels[:6], codes[:6])
    both.add(labels[6:], codes[6:])
    walk = both.lay(list("abcd"))
    beside = crosswalk.nearest(walk, list("abcd"))
    assert [row[0] for row in beside[:3]] == ["x", "y", "w"]
    assert [row[2] for row in beside] == ["same", "same", "same", "unforeseen"]


def test_moves_tell_every_way():
    def rows(*some):
        return pd.DataFrame(some, columns=["measure_id", "cluster_id", "is_outlier"])

    before = rows(
        ("1", "a", False), ("2", "a", False), ("3", "a", False), ("4", "outlier:4", True), ("5", "b", False)
    )
    now = rows(
        ("1", "a", False), ("2", "b", False), ("3", "outlier:3", True), ("4", "b", False), ("6", "a", False)
    )
    assert sorted(moves.tell(before, now)["kind"]) == ["added", "gone", "joined", "kept", "left", "moved"]


def test_two_themes_never_share_an_id():
    names = [clusters.naming.Name("学法", ["学法"], [1.0])] * 2
    assert identity.ids(names, np.array([0, 1, 0]), ["m1", "m2", "m3"], None) == ["theme:学法", "theme:m2"]


# The three coded reports, with the sentences the coders judged for measures.


def coded_measures(sentences):
    rows = []
    for path in sorted(GOLD.glob("*.measures.jsonl")):
        places = sentences[sentences["report_id"] == path.name.split(".")[0]].sort_values("start")
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            at = places["start"].searchsorted(gold["offset"], side="right") - 1
            rows.append(
                dict(measure_id=f"{gold['report']}:a{gold['offset']}", report_id=gold["report"],
                     sentence_id=places["sentence_id"].iloc[max(at, 0)], start=gold["offset"],
                     end=gold["offset"] + len(gold["context"]), is_measure=gold["is_measure"],
                     themes=gold["themes"], sure=not gold["optional"], alt=gold.get("themes_alt", []))
            )  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def coded(five):
    library = Library.at(five)
    tables = {name: library.read(name) for name in NAMES}
    measures = coded_measures(tables["sentences"])
    three = set(measures["report_id"])
    tables = {
        name: frame[frame["report_id"].isin(three)].reset_index(drop=True) for name, frame in tables.items()
    }
    return tables | {"measures": measures}


def b_cubed(truth, groups):
    pairs, a, b = Counter(zip(truth, groups, strict=True)), Counter(truth), Counter(groups)
    precision = sum(n * n / b[g] for (_, g), n in pairs.items()) / len(truth)
    recall = sum(n * n / a[t] for (t, _), n in pairs.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)


def scored(tables, made):
    home = dict(
        zip(made["cluster_members"]["measure_id"], made["cluster_members"]["cluster_id"], strict=True)
    )
    sure = [
        row for row in tables["measures"].itertuples()
        if row.is_measure and row.sure and len(row.themes) == 1 and not row.alt
    ]  # fmt: skip
    truth, groups = [row.themes[0] for row in sure], [home[row.measure_id] for row in sure]
    return b_cubed(truth, groups), v_measure_score(truth, groups)


@pytest.fixture(scope="module")
def three(coded):
    return found(coded)


def test_themes_of_the_coded_reports_are_those_the_coders_saw(coded, three):
    f1, v = scored(coded, three)
    assert f1 >= 0.60 and v >= 0.75
    assert three["cluster_members"]["is_outlier"].mean() < 0.15


def test_guided_themes_follow_the_codes(coded):
    f1, _ = scored(coded, found(coded, mode="guided"))
    assert f1 >= 0.75


def test_themes_hold_when_a_fifth_of_the_measures_is_left_out(coded):
    homes = []
    for turn in range(4):
        kept = coded["measures"].sample(frac=0.8, random_state=turn)
        made = found(coded | {"measures": kept})["cluster_members"]
        homes.append(dict(zip(made["measure_id"], made["cluster_id"], strict=True)))
    scores = []
    for one, other in itertools.combinations(homes, 2):
        both = sorted(one.keys() & other.keys())
        scores.append(adjusted_rand_score([one[m] for m in both], [other[m] for m in both]))
    assert np.mean(scores) >= 0.65


def test_the_page_on_themes_lists_those_of_the_five_reports(five):
    page = (Path(__file__).parent.parent / "docs" / "themes.md").read_text(encoding="utf-8")
    listed = "\n".join(themes.found(Library.at(five).read("clusters")))
    assert listed in page, "stale: python -m bench.themes data/processed tests/data/gold"
