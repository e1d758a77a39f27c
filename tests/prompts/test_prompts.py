"""Prompts as files: what they name must be given, and what is given stands for itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from prompts import PromptError, load

FILES = sorted(path.stem for path in Path(prompts.__file__).parent.glob("*.md"))
VALUES = {
    "answer": {"key": "K", "absent": "A"},
    "passages": {"key": "K", "passages": "P", "question": "Q"},
    "reword": {"key": "K"},
    "passage": {"key": "K", "number": "1", "context": "C", "text": "T"},
}


@pytest.mark.parametrize("name", FILES)
def test_every_prompt_is_versioned_and_loads(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.v\d+(?:\.(?:vi|en))?", name)
    values = VALUES[name.split(".")[0]]
    text = load(name, **values)
    assert "$" not in text
    assert all(value in text for value in values.values())


def test_both_languages_have_each_version() -> None:
    spoken = {name.rpartition(".")[::2] for name in FILES if name.endswith((".vi", ".en"))}
    assert spoken
    assert {(stem, "vi") for stem, _ in spoken} | {(stem, "en") for stem, _ in spoken} == spoken


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(PromptError, match=r"answer\.v1\.vi: no value for absent"):
        load("answer.v1.vi", key="K")


def test_a_variable_that_the_prompt_lacks_is_named() -> None:
    with pytest.raises(PromptError, match=r"it has no tone"):
        load("answer.v1.en", key="K", absent="A", tone="dry")


@pytest.mark.parametrize("name", ["answer.v0.vi", "../README", "", "answer.v1.vi.md"])
def test_a_prompt_that_is_not_there(name: str) -> None:
    with pytest.raises(PromptError, match="there are answer"):
        load(name)


@pytest.mark.parametrize("value", ["$key", "${absent}", "$$", "100$", "{key}", "%s"])
def test_a_value_stands_for_itself(value: str) -> None:
    text = load("passages.v1", key="K", passages="P", question=value)
    assert f"\n{value}\n" in text
