"""Hold a sentence while its figures are named one after the other, and find the zone of words that belongs to each."""

import re
from dataclasses import dataclass, field

from pipeline.indicator.before import name_before

SEPARATORS = frozenset(",;:。!?\t\n()")
SEPARATOR = re.compile(f"[{re.escape(''.join(sorted(SEPARATORS)))}]")
LAST_SEPARATOR = re.compile(f"(?s:.*){SEPARATOR.pattern}")
REACH = 80  # characters that a zone may stretch to either side of its figure
RECENT = 8  # figures that are looked back at
KINDS = ("类", "种", "级")  # a count of kinds is part of a name (破获涉黑涉恶九类案件 | 4起)
LINKS = frozenset("的、和及与 ,")  # what stands between a name and the next figure without speaking of it
INSIDE = re.compile(r"[中里内上]")
CELLS = 12  # cells of a table's row that are looked back over for its label
HAN = re.compile(r"[\u3400-\u9fff]")
LABEL = re.compile(r"[^\s\d.,%:][^\t\n]*[^\s:]")
FIGURE_CELL = re.compile(r"[^\u3400-\u9fff]*\d[^\u3400-\u9fff]*(?:个?百分点|[件人次个名份年])?\s*$")

Span = tuple[int, int]


@dataclass
class Reading:
    """A sentence, its figures, and what is known of those already named; offsets count from the sentence's start."""

    text: str
    quantities: list
    spans: list[Span | None] = field(default_factory=list)  # the names found so far
    growth: list[bool] = field(default_factory=list)  # and whether each figure is a change of what it names
    taken: int = 0  # end of what names behind figures have used up
    dealt: dict[int, Span] = field(default_factory=dict)  # names that 分别 has dealt out to later figures
    like: dict[int, int] = field(default_factory=dict)  # figures behind 分别 that share the name of the first

    def recent(self) -> range:
        """Return the places of the figures named last."""
        return range(max(0, len(self.spans) - RECENT), len(self.spans))

    def last_end(self) -> int:
        """Return where the last figure that has a name ends."""
        return self.quantities[len(self.spans) - 1].end if self.spans else 0

    def zone_before(self, index: int) -> int:
        """Return where the words before a figure start: behind the last separator, figure or name used up."""
        text, place = self.text, self.quantities[index].start
        floor = max(self._figure_before(index), place - REACH)
        if floor < self.taken < place and not INSIDE.match(text, self.taken):
            start, end, *_ = name_before(text, self.taken, place)
            floor = self.taken if start < end or text[self.taken] in LINKS else floor
        while found := LAST_SEPARATOR.match(text, floor, place):
            last = found.end() - 1
            opening = text.rfind("(", floor, last) if text[last] == ")" else -1
            if opening < 0:
                return last + 1
            place = opening
        return floor

    def _figure_before(self, index: int) -> int:
        """Return the end of the last figure that is not itself part of the name (罚没10万元以上的案件 | 31件)."""
        share = self.quantities[index].unit == "%"
        for previous in reversed(self.quantities[max(0, index - RECENT) : index]):
            qualifies = self.text.startswith("的", previous.end) and not share
            if not qualifies and previous.unit not in KINDS:
                return previous.end
        return 0

    def zone_after(self, index: int) -> int:
        """Return where the words behind a figure end: at a separator or the next figure."""
        text, place = self.text, self.quantities[index].end
        last = index + 1 == len(self.quantities)
        ceiling = min(len(text) if last else self.quantities[index + 1].start, place + REACH)
        while found := SEPARATOR.search(text, place, ceiling):
            closing = text.find(")", found.start(), ceiling) if found.group() == "(" else -1
            if closing < 0:
                return found.start()
            place = closing + 1
        return ceiling

    def row_label(self, index: int) -> Span | None:
        """Return the cell that names a table's row of figures (收到申请 | 96 | 131), unless the figure's own cell does."""
        text, place = self.text, self.quantities[index].start
        high = text.rfind("\t", max(0, place - REACH), place)
        if high < 0 or HAN.search(text, high, place):
            return None
        for _ in range(CELLS):
            low = text.rfind("\t", max(0, high - REACH), high)
            label = LABEL.search(text, low + 1, high)
            if label and not FIGURE_CELL.match(text, low + 1, high):
                return label.span()
            if low < 0:
                break
            high = low
        return None
