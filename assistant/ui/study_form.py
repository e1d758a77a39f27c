"""What a trainer asks a pack for: the form beside it, and what is wrong with it. No Gradio here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.study.records import Difficulty, Length, Part, StudyRequest
from assistant.ui.conversation import Note
from assistant.ui.form import Problem

LEAST_MINUTES, MOST_MINUTES = 15, 480


@dataclass(frozen=True, slots=True)
class StudyForm:
    """The form as it is filled in; the names of its fields are those of the page's."""

    documents: tuple[str, ...] = ()  # ids
    topic: str = ""
    minutes: str = "90"
    length: str = Length.STANDARD.value
    difficulty: str = Difficulty.MEDIUM.value
    parts: tuple[str, ...] = tuple(part.value for part in Part)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> StudyForm:
        """The form by what Gradio gives for each field."""
        return cls(
            documents=tuple(given["documents"] or ()),
            topic=" ".join(str(given["topic"] or "").split()),
            minutes=str(given["minutes"] or "").strip(),
            length=str(given["length"] or Length.STANDARD.value),
            difficulty=str(given["difficulty"] or Difficulty.MEDIUM.value),
            parts=tuple(given["parts"] or ()),
        )

    def request(self) -> StudyRequest:
        """What the form asks for; it has no :func:`problems`."""
        parts = tuple(part for part in Part if part.value in self.parts)
        return StudyRequest(
            minutes=int(self.minutes),
            difficulty=Difficulty(self.difficulty),
            length=Length(self.length),
            parts=None if len(parts) == len(Part) else parts,
        )


def problems(form: StudyForm, document_ids: Collection[str]) -> tuple[Problem, ...]:
    """What has to be mended before a pack can be made; ``document_ids`` are the library's."""
    found = []
    if not form.documents and not form.topic:
        found.append(Problem("documents", Note("study_no_source")))
    elif form.documents and not set(form.documents) & set(document_ids):
        found.append(Problem("documents", Note("study_documents_gone")))
    if not _is_length(form.minutes):
        bounds = (("least", LEAST_MINUTES), ("most", MOST_MINUTES))
        typed = (("typed", form.minutes), *bounds)
        found.append(Problem("minutes", Note("study_bad_minutes", typed)))
    if not form.parts:
        found.append(Problem("parts", Note("study_no_parts")))
    return tuple(found)


def _is_length(minutes: str) -> bool:
    is_number = minutes.isascii() and minutes.isdigit() and len(minutes) <= 4
    return is_number and LEAST_MINUTES <= int(minutes) <= MOST_MINUTES
