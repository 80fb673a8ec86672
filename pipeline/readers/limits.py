"""Say how large a file may be, and name what is wrong with one that cannot be read."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[int, Field(gt=0)]


class Limits(BaseModel):
    """Bounds on one file. They keep a hostile or broken file from taking the whole run down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_file_mb: Positive = Field(50, description="largest file read, in megabytes")
    max_characters: Positive = Field(5_000_000, description="longest text taken from one file, in characters")
    max_pages: Positive = Field(500, description="most pages read from one PDF")
    max_expanded_mb: Positive = Field(
        200, description="largest size a zipped file (.docx) may unpack to, in megabytes"
    )
    max_seconds: Positive = Field(10, description="longest time spent on one file, in seconds")
    max_memory_mb: Positive = Field(1000, description="most memory used for reading one file, in megabytes")


class TextsSettings(Limits):
    """What the config section `texts` may say."""

    on_error: Literal["stop", "skip"] = Field(
        "stop",
        description="stop: end with one message naming every file that cannot be read; "
        "skip: keep its row with an empty text and the reason in `problem`, and go on",
    )


class UnreadableFile(Exception):
    """A file cannot be read: the message says what is wrong with it and what to do, without its name."""
