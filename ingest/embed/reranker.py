"""Question and passage → relevance: any sentence-transformers cross-encoder, by name.

A cross-encoder reads the two together, so it is more exact than vectors and far slower: it is for
the few best passages of a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.embed.hub import Kind, is_cross_encoder, open_model
from ingest.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_KIND = Kind(
    setting="ASSISTANT_RERANKER_MODEL",
    noun=("reranker", "mô hình xếp hạng lại"),
    wanted=("a sentence-transformers cross-encoder", "cross-encoder sentence-transformers"),
    otherwise=("to nothing", "để trống"),
)


class Reranker(Protocol):
    """What says how well passages answer a question."""

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Relevance of each of ``passages``, shape (len(passages),), 0…1, higher is better."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers with one output.

    A question and a passage that are longer together than the model reads are cut at the end of
    the longer one.
    """

    def __init__(self, model: CrossEncoder, batch_size: int) -> None:
        self._model = model
        self._batch_size = batch_size

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        from torch.nn import Sigmoid

        # Models differ in what they put after their logits (nothing, a sigmoid); ours is the same
        # for all, and keeps their order.
        found = self._model.predict(
            [(query, passage) for passage in passages],
            batch_size=self._batch_size,
            activation_fn=Sigmoid(),
            show_progress_bar=False,
        )
        return np.asarray(found, np.float32).reshape(len(passages))


def reranker_of(settings: Settings) -> Reranker | None:
    """The cross-encoder that ``settings`` name, or None. Raises as `load_reranker` does."""
    return load_reranker(settings.reranker_model) if settings.reranker_model else None


def load_reranker(name: str, batch_size: int = 32) -> Reranker:
    """The cross-encoder called ``name``: a folder, or a model name of the Hugging Face Hub.

    ``batch_size`` pairs go through the model at a time. As with the embeddings, the Hub is asked
    only for what is not on this machine, and never when ``HF_HUB_OFFLINE`` is set; ``HF_HOME``
    says where downloads are kept. Raises LibraryError, naming the model and what to do, when it
    can't be had or is no cross-encoder with one output.
    """
    model = open_model(name, _KIND, _load)
    if not is_cross_encoder(model):
        raise _KIND.unusable(
            name,
            "it is no cross-encoder, which reads a question and a passage together",
            "đây không phải cross-encoder (mô hình đọc câu hỏi cùng đoạn văn)",
        )
    if model.num_labels != 1:
        raise _KIND.unusable(
            name,
            f"it gives {model.num_labels} numbers for a question and a passage, not one score",
            f"mô hình cho {model.num_labels} số với mỗi cặp câu hỏi – đoạn văn, cần một điểm",
        )
    return CrossEncoderReranker(model, batch_size)


def _load(source: str, local: bool) -> Any:
    from sentence_transformers import CrossEncoder

    return CrossEncoder(source, local_files_only=local)
