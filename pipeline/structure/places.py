"""Read the place a report speaks for from its own words: region, province, level."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline import codebook


class Province(codebook.Entry):
    """One province by its full name."""

    name: str


class Place(NamedTuple):
    """A place named at the head of a phrase: its lowest unit, the province before it, and what follows it."""

    region: str
    province: str | None
    rest: str


_ZONE = "示范区|试验区|开发区|高新区|经开区|新区|园区|管理区|功能区|合作区|保税区|度假区|风景区|景区|集聚区|产业园|先行区|先导区"
_NAME = "(?:(?![省市区县])[一-龥])"
_PREFECTURE = rf"{_NAME}{{2,8}}?(?:市|自治州|地区|盟(?=[一-龥]))"
_COUNTY = rf"(?:市[中南北]区|{_NAME}{{1,12}}?(?:{_ZONE})|{_NAME}{{2,4}}?市(?![场政民级直属委容区])|{_NAME}县|{_NAME}{{2,9}}?(?:自治县|自治旗|县|区|旗(?![一-龥]?[县区])))"
_TOWN = rf"{_NAME}{{1,5}}?(?:镇|乡|街道|苏木)"
_LEVELS = (
    ("zone", re.compile(rf"(?:{_ZONE})$")),
    ("town", re.compile(r"(?:镇|乡|街道|苏木)$")),
    ("county", re.compile(r"(?:县|旗)$")),
    ("district", re.compile(r"(?<!自治)(?<!行政)区$")),
    ("city", re.compile(r"(?:市|州|盟|地区)$")),
)
# Words that no place name holds; a phrase that has them only looks like one.
_NO_NAME = re.compile(
    "法治|政府|建设|创建|争创|推进|加强|深化|全国|全省|全市|依法|改革|行政|工作|示范创|关于|我|本|该|各|全|及|和|与|在|对|向|为|将|被|年|月|日|由|把|从|以|是|使|让|城乡|基层|社会|辖"
)
_LEAD = re.compile(
    r"^(?:[一-龥]{2,10}〔\d{4}〕\d{1,4}号|\d{4}年度?|[〇○零一二三四五六七八九]{4}年度?|关于(?:印发|公布|报送|开展|做好)?|国家税务总局|中共|中国共产党|[《“(\[【])*"
)
_DEPARTMENT = re.compile(
    r"^(?!(?:人民)?政府(?!办公室)|委(?:员会)?(?![一-龥])|党工?委|管(?:理)?委)"
    r"(?:人民政府|政府|委)?[一-龥]{2,20}?(?:局|委员会|委|办公室|办|中心|厅|支队|大队|总队|站|所|院|社|会)(?=\d|[〇○零一二三四五六七八九]{4}年|关于|法治|依法|行政|普法|$)"
)
_GOVERNMENT_OFFICE = re.compile(
    r"^(?:人民)?政府(?:法制|司法)?(?:办公室|办(?!公室))(?!\d|法治|依法)|^委(?:办公室|员会)|^(?:党工委|管委会|管理委员会)|^人民代表|^委全面依法"
)
# In running text a name begins behind a mark or one of two words, where a letter that names of places end with follows.
_BEFORE_NAME = re.compile(r"(?:[^一-龥]|关于|中共)(?=[一-龥]{1,40}?[市区县旗镇乡道木园])")
_IN_BODY = re.compile(rf"(?:{_PREFECTURE})?(?P<region>{_COUNTY}|{_TOWN})")

_MENTIONS = 3


@cache
def _provinces() -> re.Pattern:
    names = [entry.name for entry in codebook.load("provinces", Province)]
    return re.compile("|".join(names))


def read(phrase: str) -> Place | None:
    """Read the place that opens a title, a signature or an office's name.

    >>> read("关于某山县2022年法治政府建设情况的报告").region
    '某山县'
    >>> read("中共北京市某某区委")
    Place(region='某某区', province='北京市', rest='委')
    """
    text = _LEAD.sub("", "".join(phrase.split()))
    province = _provinces().match(text)
    at = province.end() if province else 0
    regions = []
    for pattern in (_PREFECTURE, _COUNTY, _TOWN):
        match = re.compile(pattern).match(text, at)
        if match and not _NO_NAME.search(match.group()):
            regions.append(match.group())
            at = match.end()
    if not regions:
        return Place(province.group(), province.group(), text[at:]) if province else None
    return Place(regions[-1], province.group() if province else None, text[at:])


def most_named(folded: str) -> str | None:
    """Return the county, district, zone or town that a text names most: three times, and twice as often as any other."""
    names = Counter(region for region in _regions(folded) if not _NO_NAME.search(region))
    most = sorted(names.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not most or most[0][1] < _MENTIONS or (len(most) > 1 and most[0][1] < 2 * most[1][1]):
        return None
    return most[0][0]


def _regions(folded: str) -> Iterator[str]:
    """Yield the regions that running text names, none inside another's name."""
    at = 0
    for start in (0, *(before.end() for before in _BEFORE_NAME.finditer(folded))):
        match = _IN_BODY.match(folded, start) if start >= at else None
        if match:
            yield match["region"]
            at = match.end()


def level(region: str, folded: str) -> str | None:
    """Say what level of government a region is by the last word of its name; a 新区 with a 人民政府 is a district.

    >>> level("某山县", ""), level("某口示范区", ""), level("某东新区", "某东新区人民政府")
    ('county', 'zone', 'district')
    """
    if region.endswith("新区") and f"{region}人民政府" in folded:
        return "district"
    return next((name for name, pattern in _LEVELS if pattern.search(region)), None)


def is_department(rest: str) -> bool:
    """Tell whether what follows a place's name is one of its departments and not its government.

    >>> is_department("市场监督管理局2023年度总结"), is_department("人民政府关于印发"), is_department("2022年度报告")
    (True, False, False)
    """
    return bool(_DEPARTMENT.match(rest)) and not _GOVERNMENT_OFFICE.match(rest)


def province(region: str | None, furniture: str, folded: str) -> str | None:
    """Return the province that the text itself puts the region in; None where it names none or several.

    It counts where it stands before the region's name, owns the site, or issued the local rules that the report names.
    """
    names = _provinces()
    named = list(names.finditer(folded))
    before = {
        match.group()
        for match in named
        if region
        and region in folded[match.end() : match.end() + 8 + len(region)].split("、")[0].split(",")[0]
    }
    owner = {
        match.group()
        for match in names.finditer(furniture)
        if furniture[match.end() :].startswith(("人民政府", "政府"))
    }
    rules = {match.group() for match in named if folded[match.start() - 1 : match.start()] in ("《", "〈")}
    for found in (before, owner, rules if rules == {match.group() for match in named} else set()):
        if len(found) == 1:
            return found.pop()
    return None
