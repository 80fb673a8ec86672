"""Traditional characters fold one for one; simplified text, with few exceptions, does not change."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import fold
from pipeline.traditional import TABLE

RAW = Path(__file__).parent.parent / "data" / "raw"


@pytest.mark.parametrize(
    "published, folded",
    [
        ("縣政府常務會議專題研究法治建設", "县政府常务会议专题研究法治建设"),
        ("領導乾部", "领导干部"),
        ("「三項製度」、法製審核", "“三项制度”、法制审核"),
        ("徵求羣眾意見、群衆滿意率", "征求群众意见、群众满意率"),
        ("１．２７萬戶", "１．２７万户"),
        ("衞生、裏面、裡面、後續、於是、佈置、迴避、託管", "卫生、里面、里面、后续、于是、布置、回避、托管"),
        ("显著成效、著力、着力", "显著成效、著力、着力"),  # must not change: 著 is a simplified character too
    ],
)
def test_pairs(published, folded):
    assert published.translate(TABLE) == folded


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.stem)
def test_the_five_reports_do_not_change(path):
    text = path.read_text(encoding="utf-8")
    assert text.translate(TABLE) == text


@given(st.text())
def test_length_is_kept_and_folding_twice_is_folding_once(text):
    folded = text.translate(TABLE)
    assert len(folded) == len(text)
    assert folded.translate(TABLE) == folded


@given(st.text(st.one_of(st.characters(), st.sampled_from("，１製《　\ud800😀")), max_size=200))
def test_a_long_text_folds_like_a_short_one(text):
    assert fold.fold(text) == text.translate(fold.TABLE)
    assert fold.fold_all([text, "", text[:3]]) == [fold.fold(text), "", fold.fold(text[:3])]
