"""What every reader returns: the text of one file and how it was obtained."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reading:
    """One file as text.

    `metadata` holds what the page's own header says of the document (keys: codebook/facts.yaml); `note` what a reader of
    the table should know of the reading, such as characters that could not be decoded.
    """

    text: str
    encoding: str | None
    format: str
    metadata: dict[str, str] = field(default_factory=dict)
    note: str | None = None
