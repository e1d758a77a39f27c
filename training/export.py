"""Vectors and vocabulary → a folder that sentence-transformers and the library both load."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

from ingest.embed.segment import UNKNOWN, piece
from training.vocabulary import Entry, other_placement

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.base.modules.normalize.Normalize",
    },
]
_SETTINGS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}

_CARD = """\
---
language: vi
library_name: sentence-transformers
license: cc-by-sa-4.0
---
A static embedding of Vietnamese for retrieval: a text's vector is the sum of the vectors of its
syllables and syllable pairs. How it was made and what it reaches: `training/README.md`.
Derived from official State texts and from Vietnamese Wikipedia (CC BY-SA, by its authors).
"""


def export(entries: Sequence[Entry], vectors: npt.NDArray[np.float32], folder: Path) -> None:
    """Write the model to ``folder``: 8-bit rows with a scale each, the tokeniser, the modules."""
    folder.mkdir(parents=True, exist_ok=True)
    # The two spellings of a syllable (hòa, hoà) are two pieces with one row.
    vocabulary: dict[str, tuple[float, int]] = {UNKNOWN: (0.0, 0)}
    for row, entry in enumerate(entries, start=1):
        vocabulary[entry.piece] = (entry.score, row)
    for row, entry in enumerate(entries, start=1):
        for spelling in product(*((word, other_placement(word)) for word in entry.words)):
            vocabulary.setdefault(piece(*spelling), (entry.score, row))
    lowest = min(score for score, _ in vocabulary.values())
    vocabulary[UNKNOWN] = (lowest, 0)

    scale = np.abs(vectors).max(axis=1) / 127
    rows = np.zeros((len(entries) + 1, vectors.shape[1]), np.int8)
    rows[1:] = np.round(vectors / np.maximum(scale, 1e-12)[:, None])
    row_of = np.array([row for _, row in vocabulary.values()], np.int32)
    # Names and layout are those that sentence-transformers reads for a model2vec model.
    weights = save(
        {
            "embeddings": rows,
            "mapping": row_of,
            "weights": np.concatenate([[0.0], scale]).astype(np.float32)[row_of],
        }
    )
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "README.md").write_text(_CARD, encoding="utf-8")
    _write(folder / "tokenizer.json", _tokenizer([(p, s) for p, (s, _) in vocabulary.items()]))
    _write(folder / "modules.json", _MODULES, indent=1)
    _write(folder / "config_sentence_transformers.json", _SETTINGS, indent=1)


def _tokenizer(vocabulary: Sequence[tuple[str, float]]) -> dict[str, object]:
    """A Unigram tokeniser over ``<word><word>``, which cuts as ``ingest.embed.segment`` does."""
    normalizers = [
        {"type": "NFC"},
        {"type": "Lowercase"},
        {"type": "Replace", "pattern": {"Regex": r"[^\p{L}\p{N}_]+"}, "content": "><"},
        {"type": "Replace", "pattern": {"Regex": r"\z"}, "content": ">"},
        {"type": "Prepend", "prepend": "<"},
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": normalizers},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "Unigram",
            "unk_id": 0,
            "vocab": [list(item) for item in vocabulary],
            "byte_fallback": False,
        },
    }


def _write(path: Path, content: object, indent: int | None = None) -> None:
    separators = (",", ":") if indent is None else None
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
    path.write_text(text + "\n", encoding="utf-8")
