"""The shipped embedding: a text's vector is the sum of the vectors of its pieces. numpy only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load

from ingest.embed.segment import Segmenter
from ingest.errors import LibraryError

DEFAULT_FOLDER = Path(__file__).parent / "default"

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int8] | Matrix


class StaticEncoder:
    """Encodes texts with the model in a folder, as sentence-transformers would, but at once:
    neither torch nor a tokeniser library has to be loaded."""

    def __init__(self, segmenter: Segmenter, rows: Rows, scale: Matrix, version: str) -> None:
        """``rows``: shape (tokens, dimension), a row a token id; ``scale``: what each row is
        multiplied by, shape (tokens,)."""
        self._segmenter = segmenter
        self._rows = rows
        self._scale = scale
        self.version = version

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """Read ``model.safetensors`` and ``tokenizer.json`` of ``folder``.

        ``version`` is the start of the SHA-256 over both. Raises LibraryError, naming the file,
        when one is missing or damaged.
        """
        try:
            tokenizer = (folder / "tokenizer.json").read_bytes()
            weights = (folder / "model.safetensors").read_bytes()
            tensors = load(weights)
            rows = tensors["embeddings"][tensors["mapping"]]
            segmenter = Segmenter(json.loads(tokenizer)["model"]["vocab"])
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise LibraryError(
                f"the embedding model in {folder} can't be read: {error}. Install again"
            ) from error
        version = hashlib.sha256(weights + tokenizer).hexdigest()[:8]
        return cls(segmenter, rows, tensors["weights"], version)

    @property
    def dimension(self) -> int:
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of ``texts``, shape (len(texts), dimension), each of length 1.

        A text without a known syllable («», «???») gives zeros.
        """
        result = np.zeros((len(texts), self.dimension), np.float32)
        for index, text in enumerate(texts):
            tokens = np.array(self._segmenter.tokens(text), np.intp)
            # The rows stay 8-bit in memory; a product is several times as fast as a sum over rows.
            result[index] = self._scale[tokens] @ self._rows[tokens].astype(np.float32)
        lengths = np.linalg.norm(result, axis=1, keepdims=True)
        return result / np.maximum(lengths, 1e-12)

    def tokens_of(self, words: Sequence[str]) -> list[int]:
        """Token ids of lower-case NFC ``words``: a token is a known syllable or pair of them."""
        return self._segmenter.tokens_of(words)

    def vectors_of(self, tokens: npt.NDArray[np.integer]) -> Matrix:
        """The vectors that are summed for ``tokens``, shape (len(tokens), dimension)."""
        return self._rows[tokens].astype(np.float32) * self._scale[tokens, None]


@cache
def default_encoder() -> StaticEncoder:
    """The shipped model, loaded at first use. Raises LibraryError when it is damaged."""
    return StaticEncoder.load(DEFAULT_FOLDER)
