"""Name what readers are given besides the tables: the figures, the forms they come in, and the tables set for print.

The Snakefile names its outputs from here, and the modules that make them go through the same lists.
"""

# One module in pipeline/figures/ each, of the same name.
FIGURES = (
    "themes",
    "indicators",
    "statuses",
    "overview",
    "timeline",
    "units",
    "audit",
    "clusters",
    "keyness",
)
FORMATS = ("svg", "png", "pdf")
# Tables of pipeline/comparison that people print.
PRINTED = ("theme_details", "indicators", "ledger")
# Words, whole texts and bare places are for programs; sentences hold the same words, with places and paragraphs.
NOT_FOR_SPREADSHEETS = ("texts", "paragraphs", "tokens", "word_counts", "phrase_counts")


def figures() -> list[str]:
    """Name the files of the figures but their SVG."""
    return [f"figures/{name}.{form}" for name in FIGURES for form in FORMATS if form != "svg"]


def csv(table: str, *, zipped: bool) -> str:
    """Name a table's file for spreadsheets and other programs."""
    return f"tables/{table}.csv" + (".gz" if zipped else "")


def exports(tables: list[str], *, zipped: bool = False) -> list[str]:
    """Name the files written for spreadsheets and print, given the tables there are."""
    whole = [csv(name, zipped=zipped) for name in tables if name not in NOT_FOR_SPREADSHEETS]
    printed = [f"printed/{name}.{form}" for name in PRINTED for form in ("tex", "html")]
    return [*whole, "comparison.xlsx", *printed]
