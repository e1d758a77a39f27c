"""Finds and opens transformer models: in a folder, on this machine, or on the Hugging Face Hub."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model in the words of its errors: English, Vietnamese."""

    setting: str
    noun: tuple[str, str]
    wanted: tuple[str, str]  # what a usable model is
    otherwise: tuple[str, str]  # what to set where there is none

    def unusable(self, name: str, reason: str, vietnamese: str = "") -> LibraryError:
        """The error that the model ``name`` can't be used, why, and what to do."""
        download = f"hf download {name if _HUB_NAME.fullmatch(name) else 'NAME'}"
        return LibraryError(
            f"the {self.noun[0]} «{name}» can't be loaded: {reason}. Set {self.setting} "
            f"{self.otherwise[0]}, to the folder of {self.wanted[0]}, or to the name of one that "
            f"was downloaded before ({download})",
            f"không dùng được {self.noun[1]} «{name}»: {vietnamese or reason}. Hãy đặt "
            f"{self.setting} {self.otherwise[1]}, là thư mục của {self.wanted[1]}, hoặc là tên một "
            f"mô hình đã tải về máy ({download})",
        )


_HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")


def open_model(name: str, kind: Kind, load: Callable[[str, bool], Any]) -> Any:
    """The model called ``name``, ready for use, by ``load(folder or Hub name, local files only)``.

    A Hub model is looked for on this machine first; only when it is not here is it downloaded,
    and never when ``HF_HUB_OFFLINE`` is set. Raises LibraryError, naming the model and what to do,
    when it can't be had.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _open(name, kind, load, str(folder), local=True)
    if _HUB_NAME.fullmatch(name) is None:
        raise kind.unusable(name, "there is no such folder", "không có thư mục này")
    try:
        return _open(name, kind, load, name, local=True)
    except LibraryError:
        if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
            raise
    return _open(name, kind, load, name, local=False)


def _open(
    name: str, kind: Kind, load: Callable[[str, bool], Any], source: str, *, local: bool
) -> Any:
    try:
        model = load(source, local)
        _fit(model)
    # Opening runs the code of three libraries, which raise nearly every kind of error for a model
    # that is absent, cut short, or of another kind.
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise kind.unusable(name, lines[0].rstrip(".")) from error
    return model


def _fit(model: Any) -> None:
    """Make ``model`` as exact and as fast as the processor allows, and safe for long texts."""
    from torch.nn import Embedding

    if model.device.type == "cpu":
        model.float()  # half precision, as many models are saved, is slow without a GPU
    for module in model.modules():
        positions = getattr(module, "position_embeddings", None)
        if isinstance(positions, Embedding):
            # A text must not have more tokens than the model has positions. RoBERTa and its kin
            # (PhoBERT, XLM-R) count them from behind their padding index, which the library
            # forgets: it would cut texts two tokens too late, and then fail on them.
            unused = 0 if positions.padding_idx is None else positions.padding_idx + 1
            limit = positions.num_embeddings - unused
            model.max_seq_length = min(model.max_seq_length or limit, limit)


def is_cross_encoder(model: Any) -> bool:
    """Whether ``model``, as sentence-transformers opened it, was trained to read pairs of texts.

    The library opens every encoder as either kind: a bi-encoder as a cross-encoder with a random
    last layer, a cross-encoder as a bi-encoder that was never trained to be one.
    """
    if model.module_kwargs:  # saved by sentence-transformers as what it was opened as
        return bool(model.model_type == "CrossEncoder")
    architectures = getattr(model.config, "architectures", None) or [""]
    return str(architectures[0]).endswith("ForSequenceClassification")
