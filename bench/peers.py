"""Time what others offer on the same text, in a process of its own: `python -m bench.peers FOLDER`.

Prints one line of JSON: processor seconds for jieba's segmentation (pure Python), spaCy's Chinese tokenizer over jieba, and a
bare regular expression for digits and counting words.
"""

import json
import re
import sys
import time
from pathlib import Path

import jieba
import spacy

from pipeline import manifest, readers
from pipeline.readers.limits import Limits

QUANTITY = re.compile(r"\d+(?:[.,]\d+)*(?:%|[多余]?[万亿]?[件个次人场份条项起家名支部台元])")


def main(folder: Path) -> dict:
    """Return seconds by peer over all lines of the reports in `folder`."""
    texts = [
        readers.read(folder / row["file"], Limits()).text for row in manifest.load(folder).to_dict("records")
    ]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    jieba.setLogLevel(60)
    jieba.initialize()
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    peers = {
        "jieba (segmentation only)": lambda: [jieba.lcut(line) for line in lines],
        "spaCy zh with jieba (tokens only)": lambda: [doc for doc in nlp.pipe(lines)],
        "a bare regex for quantities": lambda: [QUANTITY.findall(line) for line in lines],
    }
    return {name: _seconds(run) for name, run in peers.items()}


def _seconds(run) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
