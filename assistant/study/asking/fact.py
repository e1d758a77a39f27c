"""A fact that can be asked for: the common source of cards and quiz."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Citation
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import alike, amounts_of, key_of, values_of

_TOLD = 0.8  # of an answer's words
_REPEATED = 0.6  # of the words of what is asked, where the answer is the same
_VALUED = (Asked.DATE, Asked.QUANTITY)
SLOT = "{}"  # where the answer stands in a statement


@dataclass(frozen=True, slots=True)
class Fact:
    """A question with its one answer, cited.

    ``choice`` is the answer as it stands among choices, ``value`` what tells it from others of its
    kind (a date's value, a number), ``subject`` the words of the source that choices are held
    against (see :class:`~assistant.study.records.ChoiceItem`). ``statement`` says the same as a
    sentence with the answer left out as ``{}``; empty where none reads well. Facts of one ``key``
    ask for the same thing. ``weight`` orders them: what a session is about comes first. ``is_open``
    marks a question for cards alone: its answer is a list, or too long to be a choice.
    """

    source: Source
    topic: str
    question: str
    answer: str
    citations: tuple[Citation, ...]
    key: str
    weight: float
    asked: Asked | None = None
    choice: str = ""
    value: str = ""
    subject: str = ""
    statement: str = ""

    @property
    def is_open(self) -> bool:
        return self.asked is None

    def shares_words(self, other: Fact) -> bool:
        """Whether two closed facts rest on the same words, so that one gives the other away."""
        if self.is_open or other.is_open or self.source.document.id != other.source.document.id:
            return False
        a, b = self.citations[0], other.citations[0]
        return a.start < b.end and b.start < a.end

    def repeats(self, other: Fact) -> bool:
        """Whether both ask for one thing that the documents say twice in like words."""
        if self.is_open or self.asked is not other.asked or self.value != other.value:
            return False
        return self.asked in _VALUED and alike(self.subject, other.subject) >= _REPEATED

    def gives_away(self, other: Fact) -> bool:
        """Whether what is asked and answered here holds the answer of ``other``, or so there."""
        return self.shares_words(other) and (_tells(self, other) or _tells(other, self))


def _tells(told: Fact, asked: Fact) -> bool:
    said = f"{told.question} {told.choice}"
    if asked.asked is Asked.QUANTITY:
        return bool(amounts_of(asked.choice) & amounts_of(said))
    if asked.asked is Asked.DATE:
        return bool(set(values_of(asked.choice)) & set(values_of(said))) or (
            key_of(asked.choice) in key_of(said)
        )
    return alike(asked.choice, said) >= _TOLD
