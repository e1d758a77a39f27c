"""``python -m training.restoration --data DIR --out FILE``: what the restorer of marks knows.

Counts of syllables and of adjacent syllables in the training text, for
``assistant/language/restore.py``. The file is a compressed npz:

- ``syllables``: one string, the syllables separated by spaces; a syllable's number is its place
- ``counts``: natural logarithm of each syllable's count, float16
- ``first``, ``second``: numbers of the syllables of each pair, uint16, sorted by both
- ``pair_counts``: natural logarithm of each pair's count in sixteenths, uint8
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.language.syllable import is_vietnamese_syllable
from training import corpus
from training.questions import QUESTIONS
from training.vocabulary import words

log = logging.getLogger("training.restoration")

LOG_STEP = 1 / 16
_MIN_SYLLABLE, _MIN_PAIR = 20, 4
# Statutes and encyclopaedias hardly ask: what people do when they ask is counted as if it stood
# this often among the 32 million syllables.
_QUESTION_COUNT = 2_000


def count(sentences: Iterable[Sequence[str]]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each syllable, and each pair of adjacent ones, stands in ``sentences``."""
    single: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        single.update(sentence)
        pair.update(pairwise(sentence))
    return single, pair


def write(single: Counter[str], pair: Counter[tuple[str, str]], out: Path) -> None:
    """Write the table; rare entries, and words that are no Vietnamese syllable, are left out."""
    kept = sorted(s for s, n in single.items() if n >= _MIN_SYLLABLE and is_vietnamese_syllable(s))
    number = {s: i for i, s in enumerate(kept)}
    pairs = sorted(
        (number[a], number[b], n)
        for (a, b), n in pair.items()
        if n >= _MIN_PAIR and a in number and b in number
    )
    first, second, counts = (np.array(column) for column in zip(*pairs, strict=True))
    quantised = np.minimum(np.rint(np.log(counts) / LOG_STEP), 255)
    np.savez_compressed(
        out,
        syllables=np.array(" ".join(kept)),
        counts=np.log([single[s] for s in kept]).astype(np.float16),
        first=first.astype(np.uint16),
        second=second.astype(np.uint16),
        pair_counts=quantised.astype(np.uint8),
    )
    log.info("%d syllables, %d pairs", len(kept), len(pairs))


def build(data: Path, out: Path) -> None:
    """Count the training text of ``data`` (see the README) and write the table to ``out``.

    Raises FileNotFoundError when a file of the README is missing from ``data``.
    """
    passages = corpus.read(data)
    texts = (text for passage in passages for text in (passage.title, *passage.sentences))
    single, pair = count(map(words, texts))
    asked, asked_pairs = count(map(words, QUESTIONS))
    for counter, more in ((single, asked), (pair, asked_pairs)):
        for key, times in more.items():
            counter[key] += times * _QUESTION_COUNT  # type: ignore[index]
    write(single, pair, out)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.restoration", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, required=True, help="see training/README.md")
    parser.add_argument("--out", type=Path, required=True, help="the table to write, .npz")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        build(arguments.data, arguments.out)
    except FileNotFoundError as error:
        parser.error(f"{error.filename} is missing: --data must hold the files of the README")


if __name__ == "__main__":
    main()
