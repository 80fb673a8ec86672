"""Find the stretches of a sentence that say why, among whom, in which field or how well, but not what is done.

Patterns of a theme that stand there count for less: 为化解矛盾,建立顾问制度 is about counsel, not about disputes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipeline.coding.lines import END, Lines, codes, distinct, firsts, marks, places

_AIM = (
    r"(?:同时)?为(?:了|进一步|切实|更好)?(?!企业|群众|全|新|.{1,6}[个名件]|.{1,12}(?:提供|配备|办理)).{4,}"
    r"|以.{1,30}(?:为|作为)(?:.{0,4})(?:抓手|契机|导向|目标|牵引|引领|统揽|载体|遵循|先导|重点|主线|动力)"
    r"|(?:紧紧|紧密)?(?:围绕|紧扣).{2,60}?(?=开展|组织|举办|召开|制定|推出|$)"
    r"|(?:根据|按照)[^《》]{2,60}(?:要求|部署|精神|安排)$"
)
_PLACE = r"(?:在|于).{2,60}?(?:中|时|方面|过程中|基础上|领域|环节|(?:指导|领导|支持|帮助|部署)下)"
_AMONG = r".{4,90}?等.{0,14}(?:领域|方面|具体事项)|对.{8,140}?等.{0,14}工作(?=进行|作出|做出)"
_BESIDE = r"与.{4,70}?(?=同(?:部署|安排|谋划|推进|考核|落实))"
_EFFECT = re.compile(
    r"(?:有效|切实|不断|进一步|全面|持续|努力|有力|着力|极大|积极)*"
    r"(?:提升|提高|增强|促进|营造|形成|确保|保障|夯实|筑牢|维护|助力|打造|推动|为.{2,30}(?:提供|奠定|打下|减负|减轻|贡献))"
)
# Each way begins with its own character, what may not stand before it comes after: so the regex engine skips to these.
_OUGHT = r"要(?<![重主需必紧摘纪纲概提只]要)(?![求件素点闻])|应当|应(?<![反相适响供效对]应)(?![急诉用对知])|必须|须(?!知)"
_SUBJECT = rf"[^《》]{{2,24}}?(?={_OUGHT})"
# Looked for in the common text of many sentences.
_CONTENTS = re.compile(
    rf"(?:涵盖|内容包括|内容涉及)[^,;。!?{END}]{{2,60}}"
    rf"|在(?<=[^\n{END}]在)[^,;。!?{END}]{{2,60}}?(?:中|方面|领域)的[^,;。!?{END}]{{0,12}}作用"
)
_LIKE_CONTENTS = re.compile("作用|涵盖|内容包括|内容涉及")
_TITLE = re.compile(rf"《[^《》{END}]*》")
AIM, FIELD, SUBJECT, EFFECT, CONTENTS, TITLE = 0.4, 0.5, 0.5, 0.6, 0.5, 0.7

# How a clause may open, tried in this order, and what what stands in such an opening counts.
_OPENING = re.compile(rf"(?P<aim>{_AIM})|(?P<field>{_PLACE}|{_AMONG}|{_BESIDE})|(?P<subject>{_SUBJECT})")
_FACTORS = {"aim": AIM, "field": FIELD, "subject": SUBJECT}
# The same in a clause without 等 and the words of ought. There it, or an effect, begins with one of these characters.
_PLAIN_OPENING = re.compile(rf"(?P<aim>{_AIM})|(?P<field>{_PLACE}|{_BESIDE})")
_BEGINS = marks("同为以紧围根按在于对与有切不进全持努着极提增促营形确保夯筑维助打推")
_HOLDS = re.compile(f"等|{_OUGHT}")
_BETWEEN = marks(",;。!?" + END)


class Weak(NamedTuple):
    """Stretches of a text that count for less, in order, and what a pattern that stands in one is multiplied by."""

    starts: np.ndarray
    ends: np.ndarray
    factors: np.ndarray


def emphasis(folded: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a folded sentence that count for less, each with its factor, in order.

    >>> emphasis("为化解矛盾,建立调解中心,提升满意度")
    [(0, 5, 0.4), (13, 18, 0.6)]
    """
    return list(zip(*map(np.ndarray.tolist, weak(Lines([folded]))), strict=True))


def weak(lines: Lines) -> Weak:
    """Return the stretches of all sentences that count for less, as places in their common text."""
    found, text = [], lines.text
    for start, end, opens, holds in _clauses(lines):
        if opening := (_OPENING if holds else _PLAIN_OPENING).match(text, start, end):
            found.append((start, opening.end(), _FACTORS[opening.lastgroup]))
        if not opens and _EFFECT.match(text, start, end):
            found.append((start, end, EFFECT))
    for start, end in _likely(lines):
        found += [(*contents.span(), CONTENTS) for contents in _CONTENTS.finditer(text, start, end)]
    found += [(*title.span(), TITLE) for title in _TITLE.finditer(text)]
    starts, ends, factors = zip(*sorted(found), strict=True) if found else ((), (), ())
    return Weak(np.array(starts, int), np.array(ends, int), np.array(factors, float))


def _likely(lines: Lines) -> Iterator[tuple[int, int]]:
    """Return where the sentences start and end that may tell of contents."""
    numbers = distinct(lines.of(places(_LIKE_CONTENTS, lines.text)))
    return zip(lines.begins[numbers].tolist(), lines.begins[numbers + 1].tolist(), strict=True)


def _clauses(lines: Lines) -> Iterator[tuple[int, int, bool, bool]]:
    """Return the clauses that may hold such a stretch: their start and end, whether one is the first of its sentence, and
    whether it holds 等 or a word of ought."""
    letters = codes(lines.text)
    ends = np.flatnonzero(_BETWEEN.take(letters))
    starts = np.append(0, ends + 1)[:-1]
    filled = starts < ends
    starts, ends = starts[filled], ends[filled]
    opens = firsts(lines.of(starts))
    holds = np.zeros(len(starts), bool)
    holds[np.searchsorted(starts, [found.start() for found in _HOLDS.finditer(lines.text)], "right") - 1] = (
        True
    )
    likely = holds | _BEGINS.take(letters[starts])
    return zip(*(column[likely].tolist() for column in (starts, ends, opens, holds)), strict=True)
