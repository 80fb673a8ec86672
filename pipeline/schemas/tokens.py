"""tokens: one row per sentence, its words as the chosen engine cuts them."""

from pipeline.schemas import column, table

SCHEMA = table(
    "tokens",
    __doc__,
    key="sentence_id",
    columns={
        "sentence_id": column("string", "the sentence the words make up", unique=True),
        "report_id": column("string", "report the sentence stands in"),
        "words": column(
            "strings", "the words in order; joined, they are the sentence's text to the character"
        ),
        "starts": column("integers", "where each word starts, in characters of texts.text, from 0"),
        "tags": column("strings", "part of speech of each word, as the engine names it (jieba: ICTCLAS set)"),
        "heads": column(
            "integers",
            "for each word the index of the word it depends on, itself for a root; empty if not parsed",
        ),
        "relations": column(
            "strings", "how each word depends on its head (Stanford labels of HanLP); empty if not parsed"
        ),
        "entities": column(
            "strings", "names found: `start:end:label`, characters of texts.text; empty without a model"
        ),
        "roles": column(
            "strings",
            "arguments of verbs: `verb_start:verb_end:label:start:end`, characters of texts.text; empty without a model",
        ),
    },
)
