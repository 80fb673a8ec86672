"""Score measures against three reports that human coders marked sentence by sentence (tests/data/gold)."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pipeline import measures, reports, sections, sentences, tokens

HERE = Path(__file__).parent
NAMES = ("dongli", "hengkou", "huairou")


@pytest.fixture(scope="module")
def judged():
    """Return the rows of the three reports, read from data/raw without Snakemake."""
    raw = HERE.parent / "data" / "raw"
    texts = pd.DataFrame({"report_id": NAMES, "text": [(raw / f"{n}.txt").read_text("utf-8") for n in NAMES]})
    manifest = pd.read_csv(raw / "manifest.csv", dtype=str, keep_default_na=False)
    manifest = manifest[manifest["report_id"].isin(NAMES)]
    found = sections.build(texts)
    headings = found["sections"]
    rows = sentences.build(texts, found["paragraphs"], headings)
    about = reports.build(texts.assign(format="txt"), found["paragraphs"], manifest)
    made = measures.build(about, headings, rows, tokens.build(rows, engine="jieba"))
    return made[made["is_measure"]]


def marked(name):
    lines = (HERE / "data" / "gold" / f"{name}.measures.jsonl").read_text("utf-8").splitlines()
    return [gold for gold in map(json.loads, lines) if not gold["optional"]]


def inside(rows, gold):
    """Return the rows of which at least half stands in the coders' sentence."""
    start, end = gold["offset"], gold["offset"] + len(gold["context"])
    shared = rows["end"].clip(upper=end) - rows["start"].clip(lower=start)
    return rows[shared >= 0.5 * (rows["end"] - rows["start"])]


def counts(judged):
    n = Counter()
    for name in NAMES:
        rows = judged[judged["report_id"] == name]
        for gold in marked(name):
            found = inside(rows, gold)
            n["coded"] += gold["is_measure"]
            n["found"] += len(found) > 0
            n["both"] += gold["is_measure"] and len(found) > 0
            if not gold["is_measure"]:
                continue
            n["status"] += bool(set(found["status"]) & {gold["status"], gold.get("status_alt")})
            wanted = set(gold["themes"])
            themes = {code for codes in found["themes"] for code in codes} - (
                set(gold.get("themes_alt", ())) - wanted
            )
            n["themes coded"], n["themes found"] = (
                n["themes coded"] + len(wanted),
                n["themes found"] + len(themes),
            )
            n["themes both"] += len(wanted & themes)
    return n


def test_measures_agree_with_the_coders(judged):
    n = counts(judged)
    assert 2 * n["both"] / (n["coded"] + n["found"]) >= 0.98
    assert n["status"] / n["both"] >= 0.96
    assert 2 * n["themes both"] / (n["themes coded"] + n["themes found"]) >= 0.93
