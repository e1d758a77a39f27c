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
    """Inert settings. ``home`` holds all that is written: store, originals, feedback."""

    home: Path
    embedding_model: str = DEFAULT_MODEL
    max_passage_words: int = 200
    max_file_bytes: int = 100 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read ``ASSISTANT_HOME`` and ``ASSISTANT_EMBEDDING_MODEL``."""
        env = os.environ if environment is None else environment
        home = env.get("ASSISTANT_HOME") or platformdirs.user_data_dir("tro-ly-ke-hoach", False)
        return cls(
            home=Path(home).expanduser(),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or DEFAULT_MODEL,
        )

    @property
    def store_path(self) -> Path:
        return self.home / "chroma"

    @property
    def originals_path(self) -> Path:
        return self.home / "originals"
