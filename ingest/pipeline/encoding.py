"""Embedding many texts so that it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings

_TEXTS = 64  # at a time: a large model takes seconds for them


def encoded(
    embeddings: PassageEmbeddings, texts: Sequence[str], check: Callable[[], None] | None = None
) -> npt.NDArray[np.float32]:
    """Vectors of passages, shape (len(texts), dimension); what ``check`` raises ends it early."""
    parts = []
    for at in range(0, max(len(texts), 1), _TEXTS):
        if check is not None:
            check()
        parts.append(embeddings.encode(texts[at : at + _TEXTS]))
    return np.concatenate(parts)
