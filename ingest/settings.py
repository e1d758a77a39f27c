"""Settings of the document path, read once from the environment at the edge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

DEFAULT_MODEL = "default"
MAX_JOBS = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """Inert settings. ``home`` holds all that is written: store, originals, feedback, study packs.

    ``reranker_model`` names a cross-encoder; None ranks without one. ``query_prompt`` and
    ``passage_prompt`` are put before what another embedding model than the default reads: None
    takes what the model is known to need, «» takes nothing. ``chroma_url`` names a Chroma server
    that holds the store in place of ``home``, and ``originals`` then a folder for the kept files.
    ``jobs`` files are read at once: None leaves it to the machine.
    """

    home: Path
    embedding_model: str = DEFAULT_MODEL
    max_passage_words: int = 220
    max_file_bytes: int = 100 * 1024 * 1024
    reranker_model: str | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None
    chroma_url: str | None = None
    chroma_token: str | None = field(default=None, repr=False)
    originals: Path | None = None
    jobs: int | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the variables of the README, ``ASSISTANT_HOME`` and so on; empty means not set."""
        env = os.environ if environment is None else environment
        home = env.get("ASSISTANT_HOME") or platformdirs.user_data_dir("tro-ly-ke-hoach", False)
        originals = env.get("ASSISTANT_ORIGINALS")
        return cls(
            home=Path(home).expanduser(),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or DEFAULT_MODEL,
            reranker_model=env.get("ASSISTANT_RERANKER_MODEL") or None,
            query_prompt=_prompt(env.get("ASSISTANT_QUERY_PROMPT")),
            passage_prompt=_prompt(env.get("ASSISTANT_PASSAGE_PROMPT")),
            chroma_url=env.get("ASSISTANT_CHROMA_URL") or None,
            chroma_token=env.get("ASSISTANT_CHROMA_TOKEN") or None,
            originals=Path(originals).expanduser() if originals else None,
            jobs=_jobs(env.get("ASSISTANT_JOBS")),
        )

    def apart(self, home: Path) -> Settings:
        """The same for a library of its own in ``home``, at no server."""
        return replace(self, home=home, chroma_url=None, chroma_token=None, originals=None)

    @property
    def store_path(self) -> Path:
        return self.home / "chroma"

    @property
    def shelf_path(self) -> Path:
        return self.home / "index"

    @property
    def originals_path(self) -> Path:
        shared = self.originals if self.chroma_url is not None else None
        return shared or self.home / "originals"

    @property
    def corrections_path(self) -> Path:
        return self.home / "corrections"

    @property
    def packs_path(self) -> Path:
        return self.home / "packs"


def _prompt(value: str | None) -> str | None:
    """``value`` with «\\n» as a line break, which Windows can't put in a variable; an empty
    variable can't be told from none there, so the word «none» asks for no prompt."""
    if not value:
        return None
    return "" if value.strip().lower() == "none" else value.replace("\\n", "\n")


def _jobs(value: str | None) -> int | None:
    """What is no number is 0, which whoever reads files refuses."""
    if not value:
        return None
    return int(value) if value.isdecimal() else 0
