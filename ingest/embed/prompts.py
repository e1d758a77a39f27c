"""The words that a model was trained to read before a question and before a passage. Pure.

A model without its prompts still gives vectors, only worse ones, and nothing tells. Most models
bring theirs in ``config_sentence_transformers.json``; those of the table below often don't.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before each question and each passage; «» is nothing."""

    query: str = ""
    passage: str = ""

    def __str__(self) -> str:
        """The prompts that are not empty, quoted; «» where both are."""
        parts = (("query prompt", self.query), ("passage prompt", self.passage))
        return ", ".join(f"{n} {json.dumps(p, ensure_ascii=False)}" for n, p in parts if p)


NO_PROMPTS = Prompts()

_WEB_SEARCH = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)
_SENTENCE = Prompts(query="Represent this sentence for searching relevant passages: ")

# (pattern of the model's own name in small letters, its prompts as its model card gives them);
# the first that matches counts. docs/models.md lists the same families.
_FAMILIES = (
    (r"\be5\b.*\binstruct\b", Prompts(query=f"{_WEB_SEARCH} ")),
    (r"\be5\b", Prompts("query: ", "passage: ")),
    (r"\bbge-(small|base|large)-en\b", _SENTENCE),
    (r"\bbge-(small|base|large)-zh\b", Prompts(query="为这个句子生成表示以用于检索相关文章：")),
    (r"\barctic-embed\b.*\bv2\b", Prompts(query="query: ")),
    (r"\barctic-embed\b|\bmxbai-embed\b", _SENTENCE),
    (r"\bnomic-embed-text\b", Prompts("search_query: ", "search_document: ")),
    (r"\bqwen3-embedding\b", Prompts(query=_WEB_SEARCH)),
    (r"\bgte-qwen[\d.]+\b.*\binstruct\b", Prompts(query=f"{_WEB_SEARCH} ")),
    (r"\bembeddinggemma\b", Prompts("task: search result | query: ", "title: none | text: ")),
)


def of_family(name: str) -> Prompts:
    """The prompts of the family that a model's Hub name or folder tells; none where unknown.

    >>> of_family("intfloat/multilingual-e5-small")
    Prompts(query='query: ', passage='passage: ')
    >>> of_family("BAAI/bge-m3")
    Prompts(query='', passage='')
    """
    own_name = _own_name(name).lower().replace("_", "-")
    return next((p for pattern, p in _FAMILIES if re.search(pattern, own_name)), NO_PROMPTS)


def _own_name(name: str) -> str:
    """The model's name without its owner or the folders around it.

    The Hub's cache keeps a model at ``…/models--owner--name/snapshots/<commit>``.
    """
    parts = PurePath(name).parts
    cached = next((part for part in parts if part.startswith("models--")), None)
    return cached.rsplit("--", 1)[-1] if cached else parts[-1] if parts else ""


def of_model(prompts: Mapping[str, str | None]) -> Prompts:
    """The prompts that a model brings itself, by the names sentence-transformers knows."""
    passages = (prompts.get(key) for key in ("document", "passage", "corpus"))
    return Prompts(prompts.get("query") or "", next(filter(None, passages), ""))


def choose(own: Prompts, name: str, query: str | None, passage: str | None) -> Prompts:
    """What is asked for (``query``, ``passage``), else the model's own, else its family's."""
    known = own if own != NO_PROMPTS else of_family(name)
    return Prompts(
        known.query if query is None else query, known.passage if passage is None else passage
    )
