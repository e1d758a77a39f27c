"""How well the register of obligations agrees with rows that people annotated."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.dataset import DatasetError, GoldObligation, same_document
from eval.figures import RegisterFigures
from eval.metrics import comparable
from eval.run import opened_library, writable
from ingest.settings import Settings

_SAME_EVIDENCE = 0.5  # share of words that the quotes of one duty have in common
_SAME_ACTOR = 0.6


def run_obligations(
    settings: Settings,
    plans: Sequence[Path],
    gold: Sequence[GoldObligation],
    annotated: Collection[str],
    out: Path,
) -> RegisterFigures:
    """Write the register of ``plans`` to ``out`` and compare it with ``gold``.

    ``annotated`` names the documents that were annotated, those without obligations too; without
    it, those that ``gold`` names.

    Raises:
        DatasetError: a folder is missing, holds nothing to read, or lacks an annotated document.
    """
    from assistant.register import Register

    with (
        writable(out) as file,
        tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as home,
        opened_library(settings.apart(Path(home)), plans) as library,
    ):
        documents = {d.id: d for d in library.documents()}
        rows = [row.to_json() for row in Register(library.obligations(), documents).find()]
        for row in rows:
            print(json.dumps(row, ensure_ascii=False), file=file)
        names = [d.name for d in documents.values()]
    wanted = annotated or {row.document for row in gold}
    for name in sorted(wanted):
        if not any(same_document(name, held) for held in names):
            raise DatasetError(f'the gold rows speak of "{name}", which is not in the plans')
    scored = [r for r in rows if any(same_document(name, r["document"]) for name in wanted)]
    return compare(gold, scored)


def compare(gold: Sequence[GoldObligation], rows: Sequence[Mapping[str, Any]]) -> RegisterFigures:
    """Figures of ``rows`` (as :meth:`RegisterRow.to_json` gives them) against ``gold``."""
    return RegisterFigures(
        gold=len(gold),
        found=len(rows),
        matched=_matched(gold, rows, lambda wanted, row: True),
        matched_with_actor=_matched(gold, rows, _same_actor),
    )


def _matched(
    gold: Sequence[GoldObligation],
    rows: Sequence[Mapping[str, Any]],
    agrees: Callable[[GoldObligation, Mapping[str, Any]], bool],
) -> int:
    """How many gold rows have a row of their own; the likest is taken first."""
    used: set[int] = set()
    for wanted in gold:
        fitting = [
            (_likeness(wanted, row), -at)
            for at, row in enumerate(rows)
            if at not in used
            and same_document(wanted.document, row["document"])
            and same_deadline(wanted.deadline, row["deadline"])
            and _overlap(wanted.span, row["quote"]) >= _SAME_EVIDENCE
            and agrees(wanted, row)
        ]
        if fitting:
            used.add(-max(fitting)[1])
    return len(used)


def same_deadline(wanted: str, found: str) -> bool:
    """Whether two values are one; of several wanted values (joined by ``;``) any will do."""
    return (
        found == wanted
        or found in wanted.split(";")
        or (bool(wanted) and wanted.split(";")[0] == found.split(";")[0])
    )


def _same_actor(wanted: GoldObligation, row: Mapping[str, Any]) -> bool:
    if wanted.actor.startswith("("):
        return True  # implied: people would name it in several ways
    return _overlap(wanted.actor, row["actor"]) >= _SAME_ACTOR


def _likeness(wanted: GoldObligation, row: Mapping[str, Any]) -> float:
    return _overlap(wanted.span, row["quote"]) + _overlap(wanted.action, row["action"])


def _overlap(a: str, b: str) -> float:
    """The share of the shorter one's words that the other has too."""
    one, other = set(comparable(a).split()), set(comparable(b).split())
    return len(one & other) / max(1, min(len(one), len(other)))
