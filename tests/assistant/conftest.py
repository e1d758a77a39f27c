"""A real library of the bundled samples, and an assistant on it, for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chain import Assistant
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("home")
    with Library.open(Settings(home=home)) as opened:
        summary = opened.add(sample_paths())
        assert not summary.failed
        yield opened


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        yield opened
