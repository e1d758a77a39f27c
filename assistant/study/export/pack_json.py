"""A pack as JSON, for scripts: the records as they are, each told by its name."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from assistant.records import Citation
from assistant.study.records import PartOf, StudyPack, StudyRequest


def to_json(pack: StudyPack) -> bytes:
    """The pack's fields by name, UTF-8; what may be of several kinds has its kind as ``type``.

    A citation is as in ``python -m assistant ask --json``, with the document's id.
    """
    return (json.dumps(_value(pack), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _value(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if is_dataclass(value):
        told = {} if isinstance(value, _UNTYPED) else {"type": type(value).__name__}
        return told | {f.name: _value(getattr(value, f.name)) for f in fields(value)}
    return value


_UNTYPED = (StudyPack, StudyRequest, PartOf, Citation)
