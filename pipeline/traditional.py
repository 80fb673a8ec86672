"""Fold traditional characters to simplified ones, one for one, so that offsets stay true.

`TABLE` is for `str.translate`. It is OpenCC's character tables (t2s, and hk2s for Hong Kong's forms) in full: each
character is folded by itself, since a fold of phrases would change lengths. So 乾 is always 干 and 製 always 制, which
also mends what mirrors that convert mechanically get wrong (乾部, 製度, 法製); the price, 乾隆 folded to 干隆, is paid in
the matching copy only. The quotation marks of traditional typesetting are folded too.
"""

from functools import cache

# Ideographs that OpenCC's tables cover: the basic block, extension A, compatibility forms, extensions B to H.
BLOCKS = ((0x4E00, 0xA000), (0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x32400))
QUOTES = dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True))


@cache
def table() -> dict[int, str]:
    """Map each traditional character's code point to its simplified form."""
    from opencc import OpenCC

    characters = [chr(code) for start, end in BLOCKS for code in range(start, end)]
    folds = {ord(old): new for old, new in QUOTES.items()}
    for scheme in ("t2s", "hk2s"):
        simplified = OpenCC(scheme).convert("\n".join(characters)).split("\n")
        pairs = zip(characters, simplified, strict=True)
        folds = {ord(old): new for old, new in pairs if new != old and len(new) == 1} | folds
    return folds


TABLE = table()
