"""Text → vectors: the shipped default model, or any sentence-transformers model by name.

This package and ``training/`` are the only places that know sentence-transformers, and it is
imported only when another model than the default is asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from ingest.embed.static import StaticEncoder
from ingest.errors import LibraryError
from ingest.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_FOLDER = Path(__file__).parent / "default"

Matrix = npt.NDArray[np.float32]


class PassageEmbeddings(Embeddings):
    """LangChain embeddings that also say which model they are and give numpy arrays.

    ``name`` is a stable identity, to be kept with an index: vectors of different names must not
    be compared. Vectors are float32 and of length 1 (zeros for a text without a known word).
    """

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of passages, shape (len(texts), dimension)."""
        raise NotImplementedError

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of questions, shape (len(texts), dimension)."""
        return self.encode(texts)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector


class StaticEmbeddings(PassageEmbeddings):
    """The shipped model, without torch."""

    def __init__(self, encoder: StaticEncoder) -> None:
        self._encoder = encoder
        self.name = f"tro-ly-static-v1-{encoder.version}"
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self._encoder.encode(texts)


class SentenceTransformerEmbeddings(PassageEmbeddings):
    """Any model of sentence-transformers, with its own prompts for questions and passages."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self._model = model
        self.name = name
        self.dimension = model.encode(["a"], show_progress_bar=False).shape[1]

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Matrix:
        vectors = encode(list(texts), show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)


def load_embeddings(name: str = DEFAULT_MODEL) -> PassageEmbeddings:
    """The embeddings called ``name``: «default», a folder, or a model name of the Hugging Face Hub.

    A Hub model is looked for on this machine first; only when it is not here is it downloaded,
    and never when ``HF_HUB_OFFLINE`` is set. Raises LibraryError, naming the model and what to do,
    when it can't be had.
    """
    if name == DEFAULT_MODEL:
        return StaticEmbeddings(StaticEncoder.load(DEFAULT_FOLDER))
    folder = Path(name).expanduser()
    if folder.is_dir():
        return SentenceTransformerEmbeddings(name, _open(name, str(folder), local=True))
    if _HUB_NAME.fullmatch(name) is None:
        raise _missing(name, "there is no such folder")
    try:
        return SentenceTransformerEmbeddings(name, _open(name, name, local=True))
    except LibraryError:
        if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
            raise
    return SentenceTransformerEmbeddings(name, _open(name, name, local=False))


_HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")


def _open(name: str, source: str, local: bool) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise _missing(name, "the package sentence-transformers is not installed") from error
    try:
        return SentenceTransformer(source, local_files_only=local)
    # Opening runs the code of three libraries, which raise nearly every kind of error for a model
    # that is absent, cut short, or of another kind.
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise _missing(name, reason[0]) from error


def _missing(name: str, reason: str) -> LibraryError:
    return LibraryError(
        f"the embedding model «{name}» can't be loaded: {reason}. Set ASSISTANT_EMBEDDING_MODEL to "
        "«default», to the folder of a sentence-transformers model, or to the name of a model that "
        f"was downloaded before (hf download {name})"
    )
