"""A real library of the bundled samples, and an assistant on it, for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chain import Ask, Assistant
from assistant.records import Answer, Scope
from eval.dataset import PlanQuestion, load_questions
from eval.figures import Outcome
from eval.metrics import citation_exact
from ingest.pipeline import Library
from ingest.records import SourceDocument
from ingest.samples import sample_paths
from ingest.settings import Settings

QUESTIONS = Path(__file__).parent.parent / "data" / "sample_questions.jsonl"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("home")
    with Library.open(Settings(home=home)) as opened:
        summary = opened.add(sample_paths())
        assert not summary.failed
        yield opened


@pytest.fixture(scope="session")
def by_number(library: Library) -> dict[str, SourceDocument]:
    return {d.header.number.value: d for d in library.documents() if d.header.number}


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.fixture(scope="session")
def outcomes(assistant: Assistant, library: Library) -> list[Outcome]:
    """Every wording of every sample question, asked once."""
    ids = {d.name: d.id for d in library.documents()}
    return [
        _outcome(question, kind, assistant.invoke(Ask(text, _scope(question, ids))), library)
        for question in load_questions(QUESTIONS)
        for _, kind, text in question.wordings()
    ]


def _scope(question: PlanQuestion, ids: dict[str, str]) -> Scope:
    return Scope(documents=tuple(ids[d] for d in question.documents) if question.scoped else ())


def _outcome(question: PlanQuestion, kind: str, answer: Answer, library: Library) -> Outcome:
    exact = [
        citation_exact(library.document(c.document_id).text, c.start, c.end, c.quote)
        for c in answer.citations
    ]
    spans = tuple((span.document, span.text) for span in question.spans)
    return Outcome(question, kind, spans, answer, sum(exact))


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        yield opened
