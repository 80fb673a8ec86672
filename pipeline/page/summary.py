"""Say the main findings in sentences whose every number is counted from the tables and leads to what it counts."""

from collections import Counter

import pandas as pd
import pyarrow.compute as pc
from markupsafe import Markup, escape

from pipeline.comparison.cells import address
from pipeline.library import Library
from pipeline.wording import pair

Sentence = tuple[Markup, Markup]
TOP_THEMES, LISTED, MOST_LINKED = 3, 5, 100


def sentences(library: Library, names: dict[str, str]) -> list[Sentence]:
    """Return the summary, each sentence in Chinese and English; what a corpus does not hold is not spoken of."""
    told = [
        _corpus(library),
        _skipped(library.read("reports", ["report_id", "problem"]), names),
        _measures(library),
        _themes(library.read("theme_matrix", ["theme", "measures"])),
        _figures(library),
        _tasks(library),
        _problems(library, names),
        _audit(library),
    ]
    return [sentence for sentence in told if sentence]


def _link(number, **parts) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(address(**parts), f"{number:,}")


def _corpus(library: Library) -> Sentence:
    overview = library.read("overview", ["characters", "sentences"])
    reports, characters, sentences = len(overview), overview["characters"].sum(), overview["sentences"].sum()
    return (
        Markup('共<a href="#reports">{:,}</a>份报告，{:,}字，{:,}个正文句子。').format(
            reports, characters, sentences
        ),
        Markup('<a href="#reports">{:,}</a> reports with {:,} characters and {:,} body sentences.').format(
            reports, characters, sentences
        ),
    )


def _skipped(reports: pd.DataFrame, names: dict[str, str]) -> Sentence | None:
    skipped = reports[reports["problem"].notna()]
    if skipped.empty:
        return None
    why = "; ".join(f"{names[row.report_id]}: {row.problem}" for row in skipped.head(LISTED).itertuples())
    return (
        Markup("另有{:,}份文件未能读取，下列各数不含其内容：{}").format(len(skipped), why),
        Markup("{:,} of the files could not be read and count for nothing below: {}").format(
            len(skipped), why
        ),
    )


def _measures(library: Library) -> Sentence:
    counts: Counter = Counter()
    for piece in library.pieces("measures", ["is_measure", "status"]):
        told = piece.filter(piece["is_measure"])["status"].drop_null().value_counts().to_pylist()
        counts.update({one["values"]: one["counts"] for one in told})
    parts = [(pair("status", s), _link(counts[s], status=s)) for s in ("done", "ongoing", "planned")]
    zh = Markup("、").join(Markup("{}{}句").format(name[0], link) for name, link in parts)
    en = Markup(", ").join(Markup("{} {}").format(link, name[1]) for name, link in parts)
    whole = f"{counts.total():,}"
    return (
        Markup("其中{}句写明了具体举措：{}。").format(whole, zh),
        Markup("{} of them state a measure: {}.").format(whole, en),
    )


def _themes(matrix: pd.DataFrame) -> Sentence | None:
    counts = matrix.groupby("theme")["measures"].sum()
    counts = counts[counts > 0].sort_values(ascending=False, kind="stable").head(TOP_THEMES)
    if counts.empty:
        return None
    parts = [(pair("theme", code), _link(int(n), theme=code)) for code, n in counts.items()]
    return (
        Markup("说得最多的主题：{}。").format(
            Markup("、").join(Markup("{}（{}句）").format(name[0], link) for name, link in parts)
        ),
        Markup("The themes most spoken of: {}.").format(
            Markup("; ").join(Markup("{} ({} sentences)").format(name[1], link) for name, link in parts)
        ),
    )


def _figures(library: Library) -> Sentence | None:
    whole = library.count("metrics")
    if not whole:
        return None
    actual, target = (
        library.matching("metrics", "status", pc.field("status") == status) for status in ("actual", "target")
    )
    coded = library.matching("metrics", "code", pc.field("code").is_valid())
    return (
        Markup(
            '报告共写出<a href="#metrics">{:,}</a>个数据：{:,}个为已实现，{:,}个为目标；{:,}个可归入统一指标。'
        ).format(whole, actual, target, coded),
        Markup(
            'They state <a href="#metrics">{:,}</a> figures: {:,} reached, {:,} as targets; {:,} fit a harmonised indicator.'
        ).format(whole, actual, target, coded),
    )


def _tasks(library: Library) -> Sentence | None:
    tasks = library.count("assignments")
    if not tasks:
        return None
    due = library.matching("assignments", "due", pc.field("due").is_valid())
    return (
        Markup('<a href="#ledger">{:,}</a>项任务写明了责任单位，其中{:,}项有明确期限。').format(tasks, due),
        Markup('<a href="#ledger">{:,}</a> tasks name the units in charge; {:,} of them have a date.').format(
            tasks, due
        ),
    )


def _problems(library: Library, names: dict[str, str]) -> Sentence | None:
    problem = pc.field("status") == "problem"
    admitted: list[str] = []
    for piece in library.pieces("measures", ["report_id", "status"]):
        admitted += piece.filter(problem)["report_id"].to_pylist()
    if not admitted:
        return None
    speaking = set(admitted)
    silent = [name for i, name in names.items() if i not in speaking]
    some = "、".join(silent[:LISTED]) + ("等" if len(silent) > LISTED else "")
    zh = Markup("承认问题的句子有{}句").format(_link(len(admitted), status="problem"))
    en = Markup("{} sentences admit a problem").format(_link(len(admitted), status="problem"))
    if silent:
        zh += Markup("；{}份报告没有这样的句子（{}）").format(len(silent), escape(some))
        en += Markup("; {} reports have none ({})").format(len(silent), escape(some))
    return zh + "。", en + "."


def _audit(library: Library) -> Sentence | None:
    checks = library.count("audit")
    if not checks:
        return None
    conflict = pc.field("verdict") == "conflict"
    conflicts = library.matching("audit", "verdict", conflict)
    found = library.head("audit", MOST_LINKED, ["verdict", "metric_ids"], where=conflict)
    ids = sorted({i for metrics in found["metric_ids"] for i in metrics})
    number = _link(conflicts, ids=",".join(ids)) if ids else Markup("0")
    if conflicts > MOST_LINKED:  # more than an address can name: the table has them
        number = Markup('<a href="#audit">{:,}</a>').format(conflicts)
    return (
        Markup('以报告自己的数字互相<a href="#audit">核对</a>{:,}项，{}项不一致。').format(checks, number),
        Markup(
            '<a href="#audit">{:,} checks</a> of the reports\' figures against each other find {} conflicts.'
        ).format(checks, number),
    )


METHODS = (
    (
        "分析单位为句子；每句先判断是否写明举措及其状态，再归入主题（可多个）。数据、文件、任务按原文位置逐一登记，text[起:止]为报告全文的字符位置，自0计、不含末位。",
        "The unit of analysis is the sentence: whether it states a measure, its status, then its themes. Figures, documents and tasks are recorded where they stand; text[start:end] counts characters of the report's text from 0, end exclusive.",
    ),
    (
        "结果由下列版本的程序和编码本得出；编码本一改，结果随之改变。人机一致程度见随附的验证表。",
        "Results follow from the versions below of program and codebook. Agreement with human coders is in the validation tables.",
    ),
)
