"""Write the tables people print, as LaTeX (booktabs, longtable) and as HTML that Word takes by copy and paste."""

import html
import re

from pipeline.comparison import cut_short
from pipeline.comparison.cells import Column, Grid, told
from pipeline.wording import Tongue

# A bracket or star behind the end of a row would be read as its option, so both stand in braces.
LATEX = {
    "[": "{[}", "*": "{*}",
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "≥": r"$\geq$", "≤": r"$\leq$", "≈": r"$\approx$", "↑": r"$\uparrow$", "↓": r"$\downarrow$", "²": r"\textsuperscript{2}", "₂": r"\textsubscript{2}",
}  # fmt: skip
SPECIAL = re.compile("|".join(map(re.escape, LATEX)))
PREAMBLE = r"""% XeLaTeX or LuaLaTeX; in the preamble: \usepackage{ctex,booktabs,longtable,array}
"""
MOST_ROWS = 1000  # more is read on a screen: the workbook and the page hold all
TABLE = "border-collapse:collapse;font-family:'Times New Roman',SimSun,serif;font-size:10.5pt"
RULE = "border-top:1.5pt solid black;border-bottom:0.75pt solid black"


def latex(grid: Grid, title: tuple[str, str], note: tuple[str, str], say: Tongue) -> bytes:
    """Return a `longtable` with caption and note, to be put into a document with `\\input`.

    Report text is escaped: a backslash in it is printed, not obeyed.
    """
    grid, note = _of_a_length(grid, note)
    form = "".join(map(_form, grid.columns, _shares(grid.columns)))
    heads = " & ".join(escape_latex(say(c.zh, c.en)) for c in grid.columns) + r" \\"
    body = [" & ".join(escape_latex(text) for text in row) + r" \\" for row in _texts(grid, say)]
    lines = [
        PREAMBLE + r"\begingroup\footnotesize\setlength{\tabcolsep}{3pt}",
        rf"\begin{{longtable}}{{@{{}}{form}@{{}}}}",
        rf"\caption{{{escape_latex(say(*title))}}}\\",
        r"\toprule", heads, r"\midrule", r"\endfirsthead",
        r"\toprule", heads, r"\midrule", r"\endhead",
        r"\bottomrule", r"\endfoot",
        *body,
        r"\end{longtable}",
        rf"\par\noindent {escape_latex(say(*note))}\par\endgroup",
    ]  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def word(grid: Grid, title: tuple[str, str], note: tuple[str, str], say: Tongue) -> bytes:
    """Return a page with one three-line table (三线表), its styles on the elements, as Word keeps them when pasted."""
    grid, note = _of_a_length(grid, note)
    heads = "".join(
        f'<th style="{RULE};text-align:left;padding:2pt 4pt">{html.escape(say(c.zh, c.en))}</th>'
        for c in grid.columns
    )
    rows = [
        "".join(_td(text, c) for text, c in zip(row, grid.columns, strict=True)) for row in _texts(grid, say)
    ]
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(say(*title))}</title></head><body>
<table style="{TABLE};border-bottom:1.5pt solid black">
<caption style="text-align:left;font-weight:bold">{html.escape(say(*title))}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{body}
</tbody></table>
<p style="font-size:9pt">{html.escape(say(*note))}</p>
</body></html>
"""
    return page.encode()


def _of_a_length(grid: Grid, note: tuple[str, str]) -> tuple[Grid, tuple[str, str]]:
    grid = grid.printed()
    grid = grid._replace(rows=grid.rows[:MOST_ROWS], total=grid.total or len(grid.rows))
    cut = cut_short(grid)
    return grid, (note[0] + cut[0], note[1] + cut[1])


def escape_latex(text: str) -> str:
    """Return `text` so that LaTeX prints it and obeys none of it.

    >>> escape_latex(r"62.5% \\input{x}")
    '62.5\\\\% \\\\textbackslash{}input\\\\{x\\\\}'
    """
    return SPECIAL.sub(lambda found: LATEX[found[0]], text)


def _texts(grid: Grid, say: Tongue) -> list[list[str]]:
    return [
        [_text(told(cell, column, say)) for cell, column in zip(row, grid.columns, strict=True)]
        for row in grid.rows
    ]


def _text(value) -> str:
    return "" if value is None else re.sub(r"\s+", " ", str(value))


def _td(text: str, column: Column) -> str:
    align = "right" if column.number else "left"
    return f'<td style="text-align:{align};vertical-align:top;padding:2pt 4pt">{html.escape(text)}</td>'


def _form(column: Column, share: float) -> str:
    """Return the form of a column: figures to the right, words ragged, since few fit into a line; its margins are within its share."""
    side = "left" if column.number else "right"
    width = rf"\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax"
    return rf">{{\ragged{side}\arraybackslash}}p{{{width}}}"


def _shares(columns: list[Column]) -> list[float]:
    weights = [3 if column.long else 0.8 if column.number else 1.2 for column in columns]
    return [weight / sum(weights) for weight in weights]
