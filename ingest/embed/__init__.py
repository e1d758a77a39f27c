"""Text → vectors: the shipped default model, or any sentence-transformers model by name.

This package and ``training/`` are the only places that know sentence-transformers, and it is
imported only when another model than the default is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from ingest.embed.hub import Kind, is_cross_encoder, open_model
from ingest.embed.prompts import NO_PROMPTS, Prompts, choose, of_model
from ingest.embed.static import DEFAULT_FOLDER as DEFAULT_FOLDER
from ingest.embed.static import StaticEncoder, default_encoder
from ingest.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

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
    """Any bi-encoder of sentence-transformers, with a prompt before questions and passages.

    The prompts belong to the identity: what was indexed with others does not fit. Passages longer
    than the model reads are cut at their end.
    """

    def __init__(self, name: str, model: SentenceTransformer, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts
        self.name = name if prompts == NO_PROMPTS else f"{name} ({prompts})"
        self.dimension = model.encode(["a"], show_progress_bar=False).shape[1]

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.encode_document, texts, self._prompts.passage)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.encode_query, texts, self._prompts.query)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Matrix:
        # The prompt is always given: by itself the library takes an empty «document» prompt, which
        # every model has, before the «passage» prompt that some models bring.
        vectors = encode(
            list(texts), prompt=prompt, show_progress_bar=False, normalize_embeddings=True
        )
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)


_KIND = Kind(
    setting="ASSISTANT_EMBEDDING_MODEL",
    noun=("embedding model", "mô hình nhúng"),
    wanted=("a sentence-transformers bi-encoder", "bi-encoder sentence-transformers"),
    otherwise=("to «default»", "là «default»"),
)


def embeddings_of(settings: Settings) -> PassageEmbeddings:
    """The embeddings that ``settings`` name. Raises LibraryError as `load_embeddings` does."""
    return load_embeddings(settings.embedding_model, settings.query_prompt, settings.passage_prompt)


def load_embeddings(
    name: str = DEFAULT_MODEL, query_prompt: str | None = None, passage_prompt: str | None = None
) -> PassageEmbeddings:
    """The embeddings called ``name``: «default», a folder, or a model name of the Hugging Face Hub.

    Prompts that are None are the model's own, or else its family's (`ingest.embed.prompts`); the
    default takes none. A Hub model is looked for on this machine first; only when it is not here
    is it downloaded, and never when ``HF_HUB_OFFLINE`` is set. Raises LibraryError, naming the
    model and what to do, when it can't be had or is a cross-encoder.
    """
    if name == DEFAULT_MODEL:
        return StaticEmbeddings(default_encoder())
    model = open_model(name, _KIND, _load)
    if is_cross_encoder(model):
        raise _KIND.unusable(
            name,
            "it is a cross-encoder, which gives no vectors: ASSISTANT_RERANKER_MODEL takes it",
            "đây là cross-encoder, không cho vectơ: hãy đặt nó ở ASSISTANT_RERANKER_MODEL",
        )
    prompts = choose(of_model(model.prompts), name, query_prompt, passage_prompt)
    return SentenceTransformerEmbeddings(name, model, prompts)


def _load(source: str, local: bool) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(source, local_files_only=local)
