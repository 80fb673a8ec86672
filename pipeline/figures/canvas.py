"""Set up drawing: one style, one Chinese font that is there or the run fails, and the same bytes every time."""

import hashlib
import io
import json
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pylopdf_fonts_zh_cn
from matplotlib import font_manager, ft2font

log = logging.getLogger("pipeline")

STYLE = Path(__file__).with_name("figures.mplstyle")
FONT = pylopdf_fonts_zh_cn.sans_path()
# Okabe and Ito's palette: told apart by readers with any colour vision, and its lightness by those who print in grey.
BLUE, ORANGE, GREEN, RED, PINK, SKY, GREY = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#777777",
)
UNDATED = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
GETA = "〓"
CLIP = re.compile(rb'<clipPath id="(p[0-9a-f]{10})">\s*(.*?)\s*</clipPath>', re.S)


@dataclass(frozen=True)
class Drawn:
    """A figure and what is said beside it: title, caption and method note, each as (Chinese, English)."""

    figure: plt.Figure
    title: tuple[str, str]
    caption: tuple[str, str]
    method: tuple[str, str]
    n: dict[str, int]

    def words(self) -> dict:
        """Return everything said beside the figure, for captions.json."""
        told = {"title": self.title, "caption": self.caption, "method": self.method}
        return {name: {"zh": zh, "en": en} for name, (zh, en) in told.items()} | {"n": self.n}


@contextmanager
def style():
    """Draw within: the style file and font hold, and a character the font lacks is an error, never a box."""
    font_manager.fontManager.addfont(FONT)
    with plt.style.context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        warnings.filterwarnings("error", message="findfont")
        yield
    plt.close("all")


def render(drawn: Drawn, formats: tuple[str, ...] = ("svg", "png", "pdf")) -> dict[str, bytes]:
    """Return the figure's bytes by format; they name no date and no program."""
    drawn.figure.draw_without_rendering()
    made = {}
    # Laid out once, the same in every format. An engine called "none" would have `savefig` draw each format twice.
    with plt.rc_context({"figure.constrained_layout.use": False}):
        drawn.figure.set_layout_engine(None)
        for format_ in formats:
            out = io.BytesIO()
            drawn.figure.savefig(out, format=format_, metadata=UNDATED[format_])
            made[format_] = out.getvalue()
    if "svg" in made:
        made["svg"] = _named_clips(made["svg"].replace(b' target="_blank"', b""))
    return made


def _named_clips(svg: bytes) -> bytes:
    """Name each clipping area by what is written of it.

    Matplotlib hashes its unrounded place, whose last digit the layout's solver leaves to where its variables lie in memory.
    """
    for name, area in CLIP.findall(svg):
        svg = svg.replace(name, b"p" + hashlib.sha256(area).hexdigest()[:10].encode())
    return svg


def printable(text: str) -> str:
    """Return `text` in one line, a character the font lacks set as 〓 (the printer's mark for it) and told in the log."""
    line = re.sub(r"\s+", " ", str(text)).strip()
    lacking = sorted({char for char in line if ord(char) not in _glyphs()})
    for char in lacking:
        log.warning("figures: the font has no %r (U+%04X); %s stands for it", char, ord(char), GETA)
        line = line.replace(char, GETA)
    return line.replace("$", r"\$")


def short(text: str, longest: int) -> str:
    """Return `text` in one line of at most `longest` characters, an ellipsis for what is cut off.

    >>> short("区城市管理委员会", 6)
    '区城市管理…'
    """
    line = printable(text)
    return line if len(line) <= longest else line[: longest - 1] + "…"


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(ft2font.FT2Font(str(FONT)).get_charmap())


def first(ids: list[str], limit: int) -> tuple[list[str], tuple[str, str]]:
    """Return the reports a figure has room for, and the sentence that says so where it has not room for all."""
    if len(ids) <= limit:
        return ids, ("", "")
    return ids[:limit], (
        f"共{len(ids):,}份报告，图中为前{limit}份。",
        f" {limit} of {len(ids):,} reports are shown.",
    )


def captions(said: dict[str, dict]) -> bytes:
    """Return captions.json: what is said beside each figure (`Drawn.words`), in both languages."""
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def rst(drawn: Drawn) -> bytes:
    """Return the caption as reStructuredText; Snakemake reads it as a template, so braces become brackets."""
    words = [*drawn.title, *drawn.caption, *drawn.method]
    plain = [
        re.sub(r"([\\`*_|])", r"\\\1", line).replace("{", "(").replace("}", ")").strip() for line in words
    ]
    return ("\n\n".join([f"**{plain[0]}**", f"**{plain[1]}**", *plain[2:]]) + "\n").encode()


def empty(say, title: tuple[str, str], why: tuple[str, str], method: tuple[str, str]) -> Drawn:
    """Return a small figure that says why there is nothing to draw."""
    figure, axes = plt.subplots(figsize=(7.1, 1.2))
    axes.set_axis_off()
    axes.text(0.5, 0.5, say(*why, between="\n"), ha="center", va="center", color=GREY)
    return Drawn(figure, title, why, method, {"reports": 0})
