"""A pack as plain data and back: dictionaries, lists, text and numbers, as JSON holds them. Pure.

What the data looks like follows from the records alone: a field by its name, an entry of several
kinds with its kind as ``type``. A field that a record gained later may be missing; anything else
that does not fit is refused by name.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from assistant.records import Citation
from assistant.study.errors import StudyError
from assistant.study.records import (
    AgendaStep,
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    PartOf,
    StudyPack,
    StudyRequest,
)

_UNTYPED = (StudyPack, StudyRequest, PartOf, Citation)  # their place tells what they are


def to_data(pack: StudyPack) -> dict[str, Any]:
    """The pack's fields by name; a citation is as in ``python -m assistant ask --json``, with the
    document's id."""
    return cast(dict[str, Any], _value(pack))


def from_data(data: object) -> StudyPack:
    """The pack that :func:`to_data` was given, equal to it.

    Raises:
        StudyError: ``data`` is no pack; the message names the place and what stands there.
    """
    pack = cast(StudyPack, _read(data, StudyPack, "pack"))
    for index, step in enumerate(pack.agenda.entries):
        _hold(_is_step(step), f"pack.agenda.entries[{index}]", "has less than no minutes")
    for index, item in enumerate(pack.quiz.entries):
        _hold(_is_item(item), f"pack.quiz.entries[{index}]", "has an answer that it does not offer")
    return pack


# --- Records as data ------------------------------------------------------------------------------


def _value(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if is_dataclass(value):
        told = {} if isinstance(value, _UNTYPED) else {"type": type(value).__name__}
        return told | {f.name: _value(getattr(value, f.name)) for f in fields(value)}
    return value


# --- Data as records ------------------------------------------------------------------------------


def _read(data: object, kind: Any, at: str) -> object:
    """``data`` as a value of the type ``kind``; ``at`` is its place, for errors."""
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(data, get_args(kind), at)
    if origin in (Union, types.UnionType):
        return _either(data, get_args(kind), at)
    record = origin or kind
    if is_dataclass(record):
        return _record(data, kind, at)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            known = ", ".join(str(member.value) for member in kind)
            raise _misfit(at, f"{_shown(data)} is none of {known}") from None
    # A bool is an int to Python, and never one here.
    if type(data) is not kind:
        raise _misfit(at, f"{_shown(data)} is no {kind.__name__}")
    return data


def _tuple(data: object, kinds: Sequence[Any], at: str) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise _misfit(at, f"{_shown(data)} is no list")
    if kinds[-1] is Ellipsis:
        return tuple(_read(entry, kinds[0], f"{at}[{i}]") for i, entry in enumerate(data))
    if len(data) != len(kinds):
        raise _misfit(at, f"has {len(data)} entries, expected {len(kinds)}")
    pairs = zip(data, kinds, strict=True)
    return tuple(_read(entry, kind, f"{at}[{i}]") for i, (entry, kind) in enumerate(pairs))


def _either(data: object, kinds: Sequence[Any], at: str) -> object:
    """One of several kinds: the record that ``type`` names, or the only one beside None."""
    if data is None and types.NoneType in kinds:
        return None
    left = [kind for kind in kinds if kind is not types.NoneType]
    if len(left) == 1:
        return _read(data, left[0], at)
    name = data.get("type") if isinstance(data, dict) else None
    for kind in left:
        if kind.__name__ == name:
            return _read(data, kind, at)
    known = ", ".join(kind.__name__ for kind in left)
    raise _misfit(at, f"type is {_shown(name)}, expected one of {known}")


def _record(data: object, kind: Any, at: str) -> object:
    record = get_origin(kind) or kind
    if not isinstance(data, dict):
        raise _misfit(at, f"{_shown(data)} is no {record.__name__}")
    hints, required = _fields_of(kind)
    told = {"type": record.__name__} if record not in _UNTYPED else {}
    if told and data.get("type", record.__name__) != record.__name__:
        raise _misfit(at, f"type is {_shown(data['type'])}, expected {record.__name__}")
    if unknown := [str(name) for name in data if name not in hints and name not in told]:
        raise _misfit(at, f"{record.__name__} has no field {', '.join(unknown[:3])}")
    if missing := [name for name in required if name not in data]:
        raise _misfit(at, f"{record.__name__} lacks {', '.join(missing)}")
    given = {
        name: _read(data[name], hint, f"{at}.{name}")
        for name, hint in hints.items()
        if name in data
    }
    try:
        return record(**given)
    except ValueError as error:
        raise _misfit(at, str(error)) from error


@lru_cache(maxsize=64)
def _fields_of(kind: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The types of a record's fields, those of a generic one filled in, and which it must have."""
    record = get_origin(kind) or kind
    of: dict[Any, Any] = dict(
        zip(getattr(record, "__parameters__", ()), get_args(kind), strict=True)
    )
    hints = get_type_hints(record)
    declared = {f.name: _filled(hints[f.name], of) for f in fields(record)}
    required = tuple(
        f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING
    )
    return declared, required


def _filled(hint: Any, of: dict[Any, Any]) -> Any:
    """``tuple[T, ...]`` with the type that stands for ``T``."""
    if isinstance(hint, TypeVar):
        return of[hint]
    if of and get_origin(hint) is tuple:
        return tuple[tuple(_filled(a, of) for a in get_args(hint))]  # type: ignore[misc]
    return hint


def _misfit(at: str, problem: str) -> StudyError:
    return StudyError(f"{at}: {problem}", f"không hiểu được phần «{at}»")


def _shown(data: object) -> str:
    said = repr(data)
    return said if len(said) <= 60 else f"{said[:57]}…"


# --- What types don't say -------------------------------------------------------------------------


def _hold(is_so: bool, at: str, problem: str) -> None:
    if not is_so:
        raise _misfit(at, problem)


def _is_step(step: AgendaStep) -> bool:
    return step.minutes >= 0


def _is_item(item: object) -> bool:
    """Whether the places that an item of the quiz names are there."""
    if isinstance(item, ChoiceItem):
        return 0 <= item.right < len(item.choices) == len(item.proofs)
    if isinstance(item, MatchingItem):
        ends = _places(item.pairs, len(item.right)) and len(item.pairs) == len(item.left)
        return ends and len(item.citations) in (0, len(item.left))
    if isinstance(item, OrderingItem):
        count = len(item.events)
        all_told = sorted(item.order) == list(range(count)) and len(item.when) == count
        return all_told and len(item.citations) in (0, count)
    return True


def _places(indices: Sequence[int], count: int) -> bool:
    return len(set(indices)) == len(indices) and all(0 <= i < count for i in indices)
