"""Settings of the document path, read once from the environment at the edge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DEFAULT_MODEL = "default"


@dataclass(frozen=True, slots=True)
class Settings:
    """Inert settings. ``home`` holds all that is written: store, originals, feedback.

    ``reranker_model`` names a cross-encoder; None ranks without one. ``query_prompt`` and
    ``passage_prompt`` are put before what another embedding model than the default reads: None
    takes what the model is known to need, «» takes nothing.
    """

    home: Path
    embedding_model: str = DEFAULT_MODEL
    max_passage_words: int = 220
    max_file_bytes: int = 100 * 1024 * 1024
    reranker_model: str | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the variables of the README, ``ASSISTANT_HOME`` and so on; empty means not set."""
        env = os.environ if environment is None else environment
        home = env.get("ASSISTANT_HOME") or platformdirs.user_data_dir("tro-ly-ke-hoach", False)
        return cls(
            home=Path(home).expanduser(),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or DEFAULT_MODEL,
            reranker_model=env.get("ASSISTANT_RERANKER_MODEL") or None,
            query_prompt=_prompt(env.get("ASSISTANT_QUERY_PROMPT")),
            passage_prompt=_prompt(env.get("ASSISTANT_PASSAGE_PROMPT")),
        )

    @property
    def store_path(self) -> Path:
        return self.home / "chroma"

    @property
    def originals_path(self) -> Path:
        return self.home / "originals"


def _prompt(value: str | None) -> str | None:
    """``value`` with «\\n» as a line break, which Windows can't put in a variable; an empty
    variable can't be told from none there, so the word «none» asks for no prompt."""
    if not value:
        return None
    return "" if value.strip().lower() == "none" else value.replace("\\n", "\n")
