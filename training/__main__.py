"""``python -m training --data DIR --out DIR``: make the shipped embedding model again."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from training import corpus, vocabulary
from training.export import export
from training.pairs import Pairs
from training.train import Recipe, train
from training.vocabulary import Size

log = logging.getLogger("training")


def build(data: Path, out: Path, recipe: Recipe, size: Size) -> None:
    """Read ``data``, train and write the model to ``out``; the same arguments give the same model.

    Raises FileNotFoundError when a file of the README is missing from ``data``.
    """
    passages = list(corpus.read(data))
    log.info("%d passages", len(passages))
    texts = (text for passage in passages for text in (passage.title, *passage.sentences))
    entries = vocabulary.choose(map(vocabulary.words, texts), size)
    log.info("%d vocabulary entries", len(entries))
    pairs = Pairs(passages, entries, recipe.seed)
    log.info("tokens ready")
    export(entries, train(entries, pairs, len(passages), recipe), out)
    log.info("model written to %s", out)


def main() -> None:
    standard = Recipe()
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="see training/README.md")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    parser.add_argument("--epochs", type=float, default=standard.epochs)
    parser.add_argument("--dimension", type=int, default=standard.dimension)
    parser.add_argument("--seed", type=int, default=standard.seed)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(arguments.dimension, arguments.epochs, seed=arguments.seed)
    try:
        build(arguments.data, arguments.out, recipe, Size())
    except FileNotFoundError as error:
        parser.error(f"{error.filename} is missing: --data must hold the files of the README")


if __name__ == "__main__":
    main()
