"""An assistant on one document of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.chain import Assistant
from assistant.records import Answer
from ingest.pipeline import Library
from ingest.settings import Settings


@contextmanager
def assistant_on(folder: Path, name: str, text: str) -> Iterator[Assistant]:
    """The assistant of a library in ``folder`` that holds ``text`` as the file ``name`` alone."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    with Library.open(Settings(home=folder / "home")) as library:
        assert not library.add([file]).failed
        yield Assistant(library)


def quoted(answer: Answer) -> str:
    """All words that an answer quotes."""
    return " ".join(citation.quote for citation in answer.citations)
