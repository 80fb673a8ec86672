"""Read lists of government bodies: split them as plans write them, and name each body one way."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import codebook
from pipeline.documents.jurisdiction import Locality
from pipeline.duties.names import NONE, Names
from pipeline.fold import fold, written


class Agency(codebook.Entry):
    """One kind of body: the name used here and the other names it goes by, all without the tier (区, 县, …)."""

    name: str
    also: list[str] = []


class Unit(NamedTuple):
    """A body named in a list: as the report writes it, in the one name used here, and whether it stands for many."""

    written: str
    name: str
    collective: bool


_BODY_ENDING = re.compile(
    r"(?:局|委|办|部|厅|院|府|处|所|会|队|中心|办公室|单位|部门|街道|镇|乡|公司|组|科|室|站|馆|校|银行|协会|机关|机构|联|团|司|人大|政协|街|村|社区|集团|窗口|股|台|园区|开发区|新区|管委会|公安|党委|支队|法庭)"
    r"(?:\([^()]*\))?$"
)
_LIST_MARKS = "、,;"
_LIST_MARK = re.compile("[、,;，；]")
_PARTING = re.compile(r"[(\[〔)\]〕、,;\s]")
_NESTING = re.compile(r"[\s" + re.escape(written("([〔)]〕 ")) + "]")
_BREAK = re.compile(r"\s*\n\s*")
_WRAPPING = re.compile(
    r"^(?:由|及|和|以及|并)|(?:等)?(?:按照?各自?职责分工?|按(?:照)?(?:各自)?(?:职责|职能|分工)(?:分工)?)(?:分别|共同|抓好|做好|组织)?(?:负责|落实|推进|实施)*$"
)
_WRAPS = frozenset("由及和以并")
_NOTE = re.compile(r"\((?:牵头|主办|负责|配合|排名第一)[^()]*\)$|^\((?:牵头|主办)\)")
_TAIL = re.compile(
    r"等(?:有关|相关|各|成员|责任|\d+个?|[一二三四五六七八九十]+个?)*(?:部门|单位|机关|机构|委办局|部门和单位|部门单位|单位和部门)?$"
)
_COLLECTIVE = re.compile(r"各|有关|相关|所有|全体|其他|承办单位|责任单位$|成员单位|部门$|乡镇$")
_AND = re.compile(r"(?:以及|和|及|与)")
_REMEMBERED = 1 << 14  # bodies whose names are kept at hand: a plan names the same ones over and over
_TIER_CHARS = {"county": "县", "city": "市", "province": "省", "town": "镇"}


def split(words: str, names: Names = NONE) -> list[str]:
    """Split a list of bodies at `、`, `,` and `;`, brackets unopened; a tail with 等 stays with its last body.

    White space parts them where the words before it end as a body does, or with one of `names`.

    >>> split("区财政局、区园林绿化局等部门、各镇(乡、街道)")
    ['区财政局', '区园林绿化局等部门', '各镇(乡、街道)']
    """
    if not _NESTING.search(words):
        return _unwrapped(_LIST_MARK.split(words))
    folded = fold(words)
    parts, depth, at = [], 0, 0
    for mark in _PARTING.finditer(folded):
        char, i = mark.group(), mark.start()
        if char in "([〔":
            depth += 1
        elif char in ")]〕":
            depth = max(0, depth - 1)
        elif (char in _LIST_MARKS and depth == 0) or (char.isspace() and _ends_body(folded[at:i], names)):
            parts.append(words[at:i])
            at = i + 1
    return _unwrapped("".join(part.split()) for part in [*parts, words[at:]])


def _ends_body(words: str, names: Names) -> bool:
    """Tell whether white space behind these words parts two bodies: 区司法局 区财政局, but not 区文化和 旅游局."""
    by_words = bool(_BODY_ENDING.search(words.rstrip())) and len(words.strip()) > 2
    return by_words or (bool(names) and names.parts(words))


def _unwrapped(parts: Iterable[str]) -> list[str]:
    """Return each part once, without marks and words around it; empty parts are left out."""
    found: dict[str, None] = {}
    for part in parts:
        bare = part.strip("。.;；,，、:：")
        if bare[:1] in _WRAPS or "按" in bare:
            bare = _WRAPPING.sub("", bare)
        if bare:
            found[bare] = None
    return list(found)


def looks_like_one(words: str, names: Names = NONE) -> bool:
    """Tell whether words can be a body, where no label says so: 区司法局, 各镇乡街道; not 区长.

    What the words do not tell, `names` may: 县第一中学 is a body where an engine names it as one.
    """
    return _by_its_words(words) or _TAIL.sub("", fold(re.sub(r"\s", "", words))) in names.bodies


@lru_cache(_REMEMBERED)
def _by_its_words(words: str) -> bool:
    bare = fold("".join(words.split()))
    return 2 <= len(bare) <= 40 and bool(_BODY_ENDING.search(_TAIL.sub("", bare)) or bare.startswith("各"))


def acts(words: str, names: Names) -> bool:
    """Tell whether words can lead or help: a body, or a person the engine names (县司法局王明, 副县长王明)."""
    return looks_like_one(words, names) or bool(parted([words], names).persons)


class Parted(NamedTuple):
    """The entries of a list: bodies, and persons in charge."""

    bodies: list[str]
    persons: list[str]


def parted(entries: list[str], names: Names) -> Parted:
    """Tell the persons in a list of bodies, by the names an engine found; entries that end as a body does are bodies.

    >>> parted(["县司法局", "县财政局(王明)", "副县长李兰"], Names(persons=frozenset(("王明", "李兰"))))
    Parted(bodies=['县司法局', '县财政局'], persons=['王明', '副县长李兰'])
    """
    if not names.persons:
        return Parted(entries, [])
    made = Parted([], [])
    for entry in entries:
        rest, persons = names.behind(entry)
        if rest and not (persons and looks_like_one(rest, names)):
            person = not looks_like_one(entry, names) and (persons or names.opens(entry))
            rest, persons = ("", [entry]) if person else (entry, [])
        made.bodies.extend([rest] if rest and rest not in made.bodies else [])
        made.persons.extend(persons)
    return made


def persons(entries: list[str], names: Names) -> list[str]:
    """Part entries of a list of persons that hold several and nothing else: 王明和李兰; an office keeps its holder."""
    found = []
    for entry in entries:
        rest, several = names.behind(entry)
        found += several if several and not rest else [entry]
    return found


def units(written: str, locality: Locality, names: Names = NONE) -> list[Unit]:
    """Return the bodies one list entry names, most often one: `区司法局和区财政局` names two.

    >>> here = Locality("county", ("怀柔区", "怀柔"))
    >>> units("怀柔区人社局", here)[0].name
    '区人力资源社会保障局'
    """
    return _named(written, locality, names) if names else _by_words(written, locality)


@lru_cache(_REMEMBERED)
def _by_words(written: str, locality: Locality) -> list[Unit]:
    return _named(written, locality, NONE)


def _named(written: str, locality: Locality, names: Names) -> list[Unit]:
    pieces = _AND.split(written)
    if len(pieces) < 2 or not all(len(piece) > 2 and _ends_entry(piece, names) for piece in pieces):
        pieces = [written]
    return [
        Unit(piece, normalise(piece, locality), bool(_COLLECTIVE.search(_TAIL.sub("", fold(piece)))))
        for piece in pieces
    ]


def _ends_entry(piece: str, names: Names) -> bool:
    return bool(_BODY_ENDING.search(fold(piece))) or fold(piece) in names.bodies


def normalise(written: str, locality: Locality) -> str:
    """Name a body one way: tier of government, then the name in the codebook; unknown bodies keep their own words."""
    bare = _TAIL.sub("", _NOTE.sub("", re.sub(r"\s", "", fold(written)))) or written
    own = _tier_char(locality)
    bare = _without_place(bare, own, locality)
    branch = _branch(bare, locality)
    if branch:
        return own + branch
    if re.match(r"各?(?:乡|镇|街道|街|苏木)", bare.lstrip("各")) and bare.startswith("各"):
        return "各镇街" if "街" in bare else "各乡镇"
    for tier in (bare[:1], ""):
        name = _names().get(bare.removeprefix(tier)) if tier in "省市区县旗" else None
        if name:
            return (tier or own) + name.replace("{tier}", tier or own)
    return bare


def _tier_char(locality: Locality) -> str:
    for name in locality.names[:1]:
        if name[-1:] in "省市区县旗镇乡":
            return name[-1]
    return _TIER_CHARS.get(locality.tier, "") if locality.names else ""


def _without_place(bare: str, own: str, locality: Locality) -> str:
    """Put the tier where the report writes its own name: 北京市怀柔区司法局 is 区司法局."""
    for place in locality.names:
        if own and place.endswith(own):
            bare = re.sub(
                rf"^(?:中共)?(?:[\u4e00-\u9fff]{{2,4}}[省市])*{re.escape(place)}(?=.{{2}})", own, bare
            )
    return bare


def _branch(bare: str, locality: Locality) -> str | None:
    """Name a branch bureau of the city by what it does: 市公安局怀柔分局 is 公安分局."""
    for place in locality.names:
        found = re.fullmatch(
            rf"(?:市|国家)(.+?)(?:总局|局|委员会|委)?(?:[\u4e00-\u9fff]{{2}}市)?{re.escape(place)}分局", bare
        )
        if found:
            return found.group(1) + "分局"
    return None


@cache
def _names() -> dict[str, str]:
    entries = codebook.load("agencies", Agency)
    return {alias: entry.name for entry in entries for alias in [*entry.also, entry.name]}
