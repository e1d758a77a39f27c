"""Packs on the bundled samples, made once."""

from __future__ import annotations

import pytest

from assistant.study.pack import Workshop
from assistant.study.records import StudyPack
from ingest.deadlines import find_obligations
from ingest.pipeline import read_document
from ingest.records import SourceDocument
from ingest.samples import sample_paths


@pytest.fixture(scope="session")
def samples() -> list[SourceDocument]:
    return [read_document(path) for path in sample_paths()]


@pytest.fixture(scope="session")
def workshops(samples: list[SourceDocument]) -> list[Workshop]:
    return [Workshop([d], find_obligations(d)) for d in samples]


@pytest.fixture(scope="session")
def packs(workshops: list[Workshop]) -> list[StudyPack]:
    return [workshop.pack() for workshop in workshops]
