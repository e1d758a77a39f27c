"""An assistant on documents of a test's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.chain import Assistant
from assistant.records import Answer
from ingest.pipeline import Library
from ingest.settings import Settings


@contextmanager
def assistant_on(folder: Path, texts: Mapping[str, str]) -> Iterator[Assistant]:
    """The assistant of a library in ``folder`` that holds ``texts`` alone, by file name."""
    files = [folder / name for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    with Library.open(Settings(home=folder / "home")) as library:
        assert len(library.add(files).added) == len(files)
        yield Assistant(library)


def quoted(answer: Answer) -> str:
    """All words that an answer quotes."""
    return " ".join(citation.quote for citation in answer.citations)
