"""Tell whose a document is: the reporting locality's own, or that of a government above it."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.fold import fold

TIERS = ("nation", "province", "city", "county", "town")


class Locality(NamedTuple):
    """The place that reports: its tier of government and the names it goes by, longest first."""

    tier: str
    names: tuple[str, ...]


_SUFFIX = re.compile(
    r"(?:经济技术开发区|高新技术产业开发区|高新区|开发区|示范区|管理区|新区|自治县|自治旗|自治州|自治区|特别行政区|街道|[省市区县旗盟州镇乡])$"
)
_LEVELS = {"city": "city", "district": "county", "county": "county", "zone": "county", "town": "town"}
_TIER_BY_SUFFIX = (
    ("province", re.compile(r"(?:省|自治区|兵团)$")),
    ("city", re.compile(r"(?:市|州|盟|地区)$")),
    ("county", re.compile(r"(?:区|县|旗)$")),
    ("town", re.compile(r"(?:镇|乡|街道)$")),
)

_NATIONAL_TITLE = re.compile(
    r"^(?:关于)?(?:中华人民共和国|中共中央|党中央|国务院|全国|中国共产党|中国|国家|最高人民|法治(?:中国|社会|政府)建设(?:规划|实施纲要))"
)
# 办法, 做法, 执法 … end in 法 and are no statutes.
_STATUTE = re.compile(r"(?:法典|宪法|(?<![办做方执司立普用看书守违合学枪手说])法)(?:[(〔].{0,30}[)〕])?$")
_PLACE = re.compile(
    r"^(?:关于)?([\u4e00-\u9fff]{2,8}?(?:省|自治区|(?<![城超都上股门夜集全本我])市(?!场|民|容|价|政(?!府))|自治州|地区))"
)
_REGULATION = re.compile(r"条例(?:[(〔].{0,30}[)〕])?$")

_BODY = r"(?:委员会|委|人民政府|政府|人民代表大会|人大|政协|纪委监委|法院|检察院)(?:常务委员会|常委会|办公厅|办公室|办)?"
_AGENCY = r"[^,。;:、\s()《》省市区县旗镇乡]{0,12}(?:局|厅|委|办|办公室|部|院|中心|总队|小组)"
_MINISTRIES = (
    "司法|财政|公安|民政|教育|水利|商务|生态环境|自然资源|交通运输|农业农村|应急管理|住房城乡建设|住房和城乡建设|"
    "人力资源社会保障|人力资源和社会保障|工业和信息化|文化和旅游|退役军人事务|科技|中组|中宣|统战|宣传|组织"
)
_ABOVE = {
    "nation": (
        r"(?:中共)?中央(?:[\u4e00-\u9fff]{0,10}?(?:委员会|办公厅|办公室|委|办|部))?|党中央|国务院[\u4e00-\u9fff]{0,10}|国家[\u4e00-\u9fff]{0,12}|全国人大(?:常委会)?|"
        rf"最高人民(?:法院|检察院)|(?:最高)?两高|中办|国办|两办|(?:{_MINISTRIES})部|[\u4e00-\u9fff]{{2,6}}总局|上级[\u4e00-\u9fff]{{0,4}}"
    ),
    "province": rf"(?:[\u4e00-\u9fff]{{2,3}}省|省|自治区|全省)(?:{_BODY}|{_AGENCY})?",
    "city": rf"(?:[\u4e00-\u9fff]{{2,3}}市|市|全市|自治州|州|盟)(?:{_BODY}|{_AGENCY})?",
    "county": rf"(?:[\u4e00-\u9fff]{{2,3}}[区县旗]|区|县|旗|全区|全县)(?:{_BODY}|{_AGENCY})?",
}
# Words that may stand between who acts and the act: 市委、市政府2021年8月联合印发, 国务院新修订的
_BETWEEN = (
    r"(?:联合|先后|相继|正式|又|也|已经|已|近日|日前|近期|新近|新|最新|专门|共同|统一|组织|牵头|研究|关于|办公厅|办公室|级|均|还|及时|"
    r"于?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?|今年|去年|当年|[、和及与]|\s)*"
)
_NOT_ACTING = re.compile(r"(?:向|报|请|与|同|和|会同|联合|经|受|按|按照|根据|对照|结合|在)$")


def of_report(report) -> Locality:
    """Read the reporting place off a row of `reports`: by its region's ending, else by its level."""
    region = _known(report.region)
    tier = _tier(region) or _LEVELS.get(_known(report.level), "county")
    names = {region, *_inner_names(region)} - {""}
    return Locality(tier, tuple(sorted(names, key=lambda name: (-len(name), name))))


def _known(value) -> str:
    return fold(value).replace(" ", "") if isinstance(value, str) else ""


def _tier(region: str) -> str | None:
    return next((tier for tier, ending in _TIER_BY_SUFFIX if ending.search(region)), None)


def _inner_names(region: str) -> list[str]:
    """Give the shorter names of a place: 安康市恒口示范区 is also 恒口示范区 and 恒口."""
    inner = re.sub(r"^.{2,8}?(?:省|自治区|自治州|市)(?=.{2})", "", region)
    inner = re.sub(r"^.{2,3}?(?:省|市)(?=.{2})", "", inner)
    stem = _SUFFIX.sub("", inner)
    return [inner] + ([stem] if len(stem) >= 2 else [])


def of_title(title: str, locality: Locality) -> str | None:
    """Say whether a title names its maker: `own`, `higher` or None; what stands in 〈…〉 names another document.

    >>> of_title("天津市行政规范性文件管理规定", Locality("county", ("东丽区", "东丽")))
    'higher'
    """
    plain = re.sub(r"[〈《<].*[〉》>]", "", fold(title)).lstrip("“‘\"' ")
    if any(name in plain[:24] for name in locality.names):
        return "own"
    if _NATIONAL_TITLE.search(plain) or is_statute(plain):
        return "higher"
    place = _PLACE.search(plain)
    if place and _outranks(place.group(1), locality.tier):
        return "higher"
    return "higher" if _REGULATION.search(plain) and locality.tier in ("county", "town") else None


def is_statute(title: str) -> bool:
    """Tell a national law by its last character: only the National People's Congress makes a 法."""
    return bool(_STATUTE.search(fold(title)))


def _outranks(place: str, tier: str) -> bool:
    return TIERS.index(_tier(place) or "town") < TIERS.index(tier)


def acts_from_above(before: str, locality: Locality) -> bool:
    """Tell whether the words before a verb end in a body above the locality, as the one who acts.

    >>> acts_from_above("自2016年8月24日市委、市政府", Locality("county", ("东丽区", "东丽")))
    True
    >>> acts_from_above("经市政府同意,区政府", Locality("county", ("东丽区", "东丽")))
    False
    """
    for name in locality.names[:-1]:
        before = re.sub(rf"(?:[\u4e00-\u9fff]{{2,4}}市)?{re.escape(name)}", "本地", before)
    actor = _acting(locality.tier).search(before)
    return bool(actor) and not _NOT_ACTING.search(before[: actor.start()])


@cache
def _acting(tier: str) -> re.Pattern:
    above = "|".join(_ABOVE[other] for other in TIERS[: TIERS.index(tier)] if other in _ABOVE)
    return re.compile(rf"(?:{above})(?:[、和与及](?:{above}))*{_BETWEEN}$")
