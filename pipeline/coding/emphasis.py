"""Find the stretches of a sentence that say why, among whom, in which field or how well, but not what is done.

Patterns of a theme that stand there count for less: 为化解矛盾,建立顾问制度 is about counsel, not about disputes.
"""

import re
from typing import NamedTuple

CLAUSE = re.compile(r"[^,;。!?]+")
_AIM = re.compile(
    r"(?:同时)?为(?:了|进一步|切实|更好)?(?!企业|群众|全|新|.{1,6}[个名件]|.{1,12}(?:提供|配备|办理)).{4,}"
    r"|以.{1,30}(?:为|作为)(?:.{0,4})(?:抓手|契机|导向|目标|牵引|引领|统揽|载体|遵循|先导|重点|主线|动力)"
    r"|(?:紧紧|紧密)?(?:围绕|紧扣).{2,60}?(?=开展|组织|举办|召开|制定|推出|$)"
    r"|(?:根据|按照)[^《》]{2,60}(?:要求|部署|精神|安排)$"
)
_FIELD = re.compile(
    r"(?:在|于).{2,60}?(?:中|时|方面|过程中|基础上|领域|环节|(?:指导|领导|支持|帮助|部署)下)"
    r"|.{4,90}?等.{0,14}(?:领域|方面|具体事项)"
    r"|对.{8,140}?等.{0,14}工作(?=进行|作出|做出)"
    r"|与.{4,70}?(?=同(?:部署|安排|谋划|推进|考核|落实))"
)
_EFFECT = re.compile(
    r"(?:有效|切实|不断|进一步|全面|持续|努力|有力|着力|极大|积极)*"
    r"(?:提升|提高|增强|促进|营造|形成|确保|保障|夯实|筑牢|维护|助力|打造|推动|为.{2,30}(?:提供|奠定|打下|减负|减轻|贡献))"
)
_OUGHT = r"(?<![重主需必紧摘纪纲概提只])要(?![求件素点闻])|应当|(?<![反相适响供效对])应(?![急诉用对知])|必须|须(?!知)"
_SUBJECT = re.compile(rf"[^《》]{{2,24}}?(?={_OUGHT})")
_CONTENTS = re.compile(
    r"(?:涵盖|内容包括|内容涉及)[^,;。!?]{2,60}|(?<=.)在[^,;。!?]{2,60}?(?:中|方面|领域)的[^,;。!?]{0,12}作用"
)
_TITLE = re.compile(r"《[^《》]*》")
AIM, FIELD, SUBJECT, EFFECT, CONTENTS, TITLE = 0.4, 0.5, 0.5, 0.6, 0.5, 0.7


class _Opening(NamedTuple):
    """How a clause may open, without which characters in its sentence it cannot, and what what stands in it counts."""

    pattern: re.Pattern
    told_by: re.Pattern
    factor: float


_OPENINGS = (
    _Opening(_AIM, re.compile("[为以围扣根按]"), AIM),
    _Opening(_FIELD, re.compile("[在于等与]"), FIELD),
    _Opening(_SUBJECT, re.compile("[要应须]"), SUBJECT),
)


def emphasis(folded: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a folded sentence that count for less, each with its factor, in order.

    >>> emphasis("为化解矛盾,建立调解中心,提升满意度")
    [(0, 5, 0.4), (13, 18, 0.6)]
    """
    weak = []
    shapes = [shape for shape in _OPENINGS if shape.told_by.search(folded)]
    for number, clause in enumerate(CLAUSE.finditer(folded)):
        start, end = clause.span()
        text = clause[0]
        for shape in shapes:
            if found := shape.pattern.match(text):
                weak.append((start, start + found.end(), shape.factor))
                break
        if number and _EFFECT.match(text):
            weak.append((start, end, EFFECT))
    if "包括" in folded or "涉及" in folded or "涵盖" in folded or "作用" in folded:
        weak += [(*found.span(), CONTENTS) for found in _CONTENTS.finditer(folded)]
    if "《" in folded:
        weak += [(*title.span(), TITLE) for title in _TITLE.finditer(folded)]
    return sorted(weak)
