"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settings import DEFAULT_MODEL, Settings

DEFAULT = Settings.from_environment({})


def test_without_variables_everything_is_as_shipped() -> None:
    assert DEFAULT.embedding_model == DEFAULT_MODEL
    assert DEFAULT.reranker_model is None
    assert DEFAULT.query_prompt is None
    assert DEFAULT.passage_prompt is None
    assert DEFAULT.home.name == "tro-ly-ke-hoach"


@pytest.mark.parametrize(
    ("variable", "value", "field", "expected"),
    [
        ("ASSISTANT_HOME", "/srv/plans", "home", Path("/srv/plans")),
        ("ASSISTANT_EMBEDDING_MODEL", "BAAI/bge-m3", "embedding_model", "BAAI/bge-m3"),
        ("ASSISTANT_RERANKER_MODEL", "/models/rerank", "reranker_model", "/models/rerank"),
        ("ASSISTANT_QUERY_PROMPT", "query: ", "query_prompt", "query: "),
        ("ASSISTANT_PASSAGE_PROMPT", "passage: ", "passage_prompt", "passage: "),
        (
            "ASSISTANT_QUERY_PROMPT",
            r"Instruct: Tìm đoạn\nQuery: ",
            "query_prompt",
            "Instruct: Tìm đoạn\nQuery: ",
        ),
        ("ASSISTANT_PASSAGE_PROMPT", "none", "passage_prompt", ""),
        ("ASSISTANT_JOBS", "3", "jobs", 3),
    ],
)
def test_a_variable_sets_its_field(variable: str, value: str, field: str, expected: object) -> None:
    assert getattr(Settings.from_environment({variable: value}), field) == expected


@pytest.mark.parametrize(
    "variable",
    [
        "ASSISTANT_HOME",
        "ASSISTANT_EMBEDDING_MODEL",
        "ASSISTANT_RERANKER_MODEL",
        "ASSISTANT_QUERY_PROMPT",
        "ASSISTANT_PASSAGE_PROMPT",
        "ASSISTANT_JOBS",
    ],
)
def test_an_empty_variable_is_not_set(variable: str) -> None:
    assert Settings.from_environment({variable: ""}) == DEFAULT


def test_a_library_apart_is_at_no_server() -> None:
    given = Settings.from_environment(
        {
            "ASSISTANT_CHROMA_URL": "http://server:8000",
            "ASSISTANT_CHROMA_TOKEN": "secret",
            "ASSISTANT_ORIGINALS": "/srv/files",
            "ASSISTANT_RERANKER_MODEL": "/models/rerank",
        }
    )
    assert (given.chroma_url, given.originals_path) == ("http://server:8000", Path("/srv/files"))
    assert "secret" not in repr(given)
    assert given.apart(Path("/x")) == Settings(home=Path("/x"), reranker_model="/models/rerank")
