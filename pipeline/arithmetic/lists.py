"""Check an announced count against the documents listed right before it (《甲》《乙》《丙》3项制度)."""

import re
from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding

# Nothing but titles and their joints, no 等: the list is whole.
LISTED = re.compile(r"(?:《[^《》]{1,60}》[、,和及与]?(?:以及)?){2,20}$")
TITLE = re.compile(r"《")
UNITS = ("项", "个", "部", "份", "件")
# 《简报》11期 counts issues of one paper; only words for documents make the count one of titles.
KINDS = re.compile(r"(?:制度|文件|办法|规定|方案|意见|法律|法规|规章|规范性文件|配套文件|指引|细则)")


def lists(report: list[Figure]) -> Iterator[Finding]:
    """Yield a finding for each count of documents that stand in full before it."""
    for figure in report:
        listed = LISTED.search(figure.words)
        if not (listed and figure.firm and figure.unit in UNITS and KINDS.match(figure.after)):
            continue
        count = len(TITLE.findall(listed.group()))
        judged = "consistent" if count == figure.value else "conflict"
        yield Finding(
            "list", judged, [figure], figure.value, float(count), f"{count} 《》",
            f"{count} titles are listed; the report counts {figure.expr}",
            f"列出{count}个标题，报告计为{figure.expr}",
        )  # fmt: skip
