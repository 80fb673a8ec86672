"""Write out the automatic numbers of a Word file (一、 （二） 3. 1.1), which its text does not hold."""

from pipeline.readers.wordxml import attribute, child, children

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9
MOST_STYLES = 50  # styles one may be based on, one behind the other


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """Write a number below ten thousand in Chinese.

    >>> [chinese(number) for number in (3, 10, 12, 20, 105, 110)]
    ['三', '十', '十二', '二十', '一百〇五', '一百一十']
    """
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (
                (digits[0] if zero and written else "") + digits[digit] + (units[place - 1] if place else "")
            )
        zero = not digit
    return written[1:] if number < 20 and written.startswith(digits[1] + units[0]) else written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN if 0 < number < 4000 else ():
        while number >= value:
            written, number = written + sign, number - value
    return written or str(number)


def _from(signs: str):
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


FORMATS = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        {ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"}
    ),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": chinese,
    "chineseLegalSimplified": lambda number: chinese(number, LEGAL, "拾佰仟"),
    "ideographTraditional": _from(STEMS),
    "ideographZodiac": _from(BRANCHES),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedFullstop": _from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": lambda number: f"{number}.",
}
UNNUMBERED = ("bullet", "none")  # a bullet says nothing; its sign is often no character of any text font


class Numbering:
    """The lists of one document, counted on as its paragraphs are read in order."""

    def __init__(self, numbering, styles):
        root = numbering if numbering is not None else ()
        self.abstract = {attribute(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        self.lists = {attribute(each, "numId"): each for each in children(root, "num")}
        self.styles = {
            attribute(e, "styleId"): e for e in children(styles if styles is not None else (), "style")
        }
        self.counts: dict[str, list[int | None]] = {}

    def label(self, paragraph) -> str:
        """Return the number before a paragraph and count it, "" for a paragraph in no list."""
        number_id, level = self._place(paragraph)
        definition = self.lists.get(number_id)
        if definition is None:
            return ""
        abstract = self.abstract.get(_value(definition, "abstractNumId"))
        levels = (
            {attribute(each, "ilvl"): each for each in children(abstract, "lvl")}
            if abstract is not None
            else {}
        )
        shape = levels.get(str(level))
        if shape is None:
            return ""
        numbers = self._count(definition, levels, level)
        if _value(shape, "numFmt") in UNNUMBERED:
            return ""
        return _spaced(_filled(shape, levels, numbers), _value(shape, "suff"))

    def _place(self, paragraph) -> tuple[str, int]:
        """Return the list and level a paragraph belongs to, by itself or by its style."""
        properties = child(paragraph, "pPr")
        style = _value(properties, "pStyle") if properties is not None else ""
        found = [properties, *self._ancestry(style)]
        sources = [child(each, "numPr") for each in found if each is not None]
        number_id = next((v for each in sources if each is not None and (v := _value(each, "numId"))), "")
        level = next((v for each in sources if each is not None and (v := _value(each, "ilvl"))), "0")
        return number_id, min(int(level), LEVELS - 1) if level.isdigit() else 0

    def _ancestry(self, style: str):
        for _ in range(MOST_STYLES):
            element = self.styles.get(style)
            if element is None:
                return
            yield child(element, "pPr")
            style = _value(element, "basedOn")

    def _count(self, definition, levels: dict, level: int) -> list[int]:
        """Count a paragraph on its level; deeper levels begin anew. Lists of one abstract list count on together."""
        key = _value(definition, "abstractNumId")
        restarts = {
            attribute(e, "ilvl"): _value(e, "startOverride") for e in children(definition, "lvlOverride")
        }
        counts = self.counts.setdefault(key, [None] * LEVELS)
        marker = f"{key}/{attribute(definition, 'numId')}"
        if restarts.get(str(level)) and marker not in self.counts:
            counts[level] = None
        self.counts.setdefault(marker, [])
        for above in range(level):
            counts[above] = counts[above] or _start(levels, above, restarts)
        current = counts[level]
        counts[level] = _start(levels, level, restarts) if current is None else current + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        return [count or 0 for count in counts]


def _start(levels: dict, level: int, restarts: dict[str, str]) -> int:
    shape = levels.get(str(level))
    value = restarts.get(str(level)) or (_value(shape, "start") if shape is not None else "") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def _filled(shape, levels: dict, numbers: list[int]) -> str:
    """Put the numbers into a level's pattern: `（%1）`, `%1.%2`."""
    text = _value(shape, "lvlText")
    legal = child(shape, "isLgl") is not None
    for place in range(LEVELS):
        sign = f"%{place + 1}"
        if sign in text:
            source = levels.get(str(place))
            form = "decimal" if legal or source is None else _value(source, "numFmt")
            text = text.replace(sign, FORMATS.get(form, str)(numbers[place]))
    return text


def _spaced(label: str, behind: str) -> str:
    """Keep a label that ends in a digit or dot apart from the text, so that `1.` and `5万件` never read as 1.5万件."""
    if not label or behind == "nothing" and label[-1] not in ".0123456789":
        return label
    return label if label[-1] in "、）)．】》" else f"{label} "


def _value(element, name: str) -> str:
    found = child(element, name)
    return attribute(found, "val") if found is not None else ""
