"""The library on disk: the only file that knows chromadb.

Two collections. ``documents`` holds one record a document with its canonical text and structure; it
is written last on ingest and removed first on delete, so that it is the commit mark. ``passages``
holds the passages with their vectors; one whose document has no mark does not exist for any reader
and is swept when the store is opened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import LibraryError
from ingest.records import Header, HeaderField, Passage, Role, Section, SourceDocument

_DOCUMENTS, _PASSAGES = "documents", "passages"
_BATCH = 2000  # below Chroma's own limit of 5,461 records a call
_SEPARATOR = "\x1f"


class Store:
    """An embedded Chroma folder made with one embedding model."""

    def __init__(self, path: Path, embedding_name: str, dimension: int) -> None:
        """Open or make the store at ``path``.

        Raises:
            LibraryError: the folder can't be used, or another embedding model made it.
        """
        import chromadb
        from chromadb.config import Settings

        self._dimension = dimension
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                path=str(path), settings=Settings(anonymized_telemetry=False)
            )
            made_by = {"embedding_model": embedding_name, "dimension": dimension}
            self._documents = self._collection(_DOCUMENTS, made_by)
            self._passages = self._collection(_PASSAGES, made_by)
        except LibraryError:
            raise
        except Exception as error:  # Chroma raises bare and Rust-side exceptions alike
            raise LibraryError(f"the library at {path} could not be opened: {error}") from error
        self._sweep()

    def _collection(self, name: str, made_by: dict[str, Any]) -> Any:
        collection = self._client.get_or_create_collection(
            name, metadata=made_by, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        found = (collection.metadata or {}).get("embedding_model")
        if found != made_by["embedding_model"]:
            raise LibraryError(
                f"the library was made with the embedding model {found!r}, the settings name "
                f"{made_by['embedding_model']!r}: run `python -m ingest rebuild`, or set "
                f"ASSISTANT_EMBEDDING_MODEL back"
            )
        return collection

    def close(self) -> None:
        """Release the files; the store can't be used after it."""
        close = getattr(self._client, "close", None)
        if close:
            close()

    def clear(self, embedding_name: str) -> None:
        """Forget every document and take ``embedding_name`` as the model from now on."""
        made_by = {"embedding_model": embedding_name, "dimension": self._dimension}
        for name in (_DOCUMENTS, _PASSAGES):
            self._client.delete_collection(name)
        self._documents = self._collection(_DOCUMENTS, made_by)
        self._passages = self._collection(_PASSAGES, made_by)

    def add(
        self, document: SourceDocument, passages: Sequence[Passage], vectors: NDArray[np.float32]
    ) -> None:
        """Store ``passages`` with their ``vectors`` (shape (n, dimension)), then the commit mark."""
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            self._passages.upsert(
                ids=[p.id for p in batch],
                embeddings=vectors[at : at + _BATCH],
                documents=[p.text for p in batch],
                metadatas=[_passage_metadata(p) for p in batch],
            )
        mark = vectors.mean(axis=0) if len(vectors) else np.ones(self._dimension, np.float32)
        self._documents.upsert(
            ids=[document.id],
            embeddings=[mark],
            documents=[document.text],
            metadatas=[_document_metadata(document)],
        )

    def remove(self, document_id: str) -> None:
        """Remove the commit mark, then the passages."""
        self._documents.delete(ids=[document_id])
        self._passages.delete(where={"document_id": document_id})

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document of the library, by name."""
        found = self._documents.get(include=["documents", "metadatas"])
        documents = [
            _document(i, text, meta)
            for i, text, meta in zip(
                found["ids"], found["documents"], found["metadatas"], strict=True
            )
        ]
        return tuple(sorted(documents, key=lambda d: (d.name, d.id)))

    def passages(self) -> tuple[Passage, ...]:
        """Every passage whose document is committed, in document order."""
        marks = set(self._documents.get(include=[])["ids"])
        passages: list[Passage] = []
        offset = 0
        while batch := self._passages.get(
            include=["documents", "metadatas"], limit=_BATCH, offset=offset
        ):
            if not batch["ids"]:
                break
            offset += len(batch["ids"])
            passages.extend(
                _passage(i, text, meta)
                for i, text, meta in zip(
                    batch["ids"], batch["documents"], batch["metadatas"], strict=True
                )
                if meta["document_id"] in marks
            )
        return tuple(sorted(passages, key=lambda p: p.id))

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the ``limit`` nearest passages, best first."""
        count = self._passages.count()
        if not count:
            return []
        found = self._passages.query(
            query_embeddings=[list(vector)],
            n_results=min(limit, count),
            where={"document_id": {"$in": list(documents)}} if documents else None,
            include=["distances"],
        )
        return [
            (i, 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def _sweep(self) -> None:
        """Remove what an interrupted ingest or delete left behind."""
        marks = set(self._documents.get(include=[])["ids"])
        orphans = set()
        offset = 0
        while batch := self._passages.get(include=["metadatas"], limit=_BATCH, offset=offset):
            if not batch["ids"]:
                break
            offset += len(batch["ids"])
            orphans |= {m["document_id"] for m in batch["metadatas"]} - marks
        for document_id in orphans:
            self._passages.delete(where={"document_id": document_id})


def _passage_metadata(passage: Passage) -> dict[str, Any]:
    return {
        "document_id": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "role": passage.role.value,
        "section": _SEPARATOR.join(passage.section),
        "headings": _SEPARATOR.join(passage.headings),
    }


def _passage(identity: str, text: str, meta: dict[str, Any]) -> Passage:
    split = lambda value: tuple(value.split(_SEPARATOR)) if value else ()  # noqa: E731
    return Passage(
        id=identity,
        document_id=meta["document_id"],
        start=meta["start"],
        end=meta["end"],
        page=meta["page"],
        role=Role(meta["role"]),
        section=split(meta["section"]),
        headings=split(meta["headings"]),
        text=text,
    )


def _document_metadata(document: SourceDocument) -> dict[str, Any]:
    structure = {
        "page_starts": document.page_starts,
        "header": asdict(document.header),
        "sections": [asdict(s) for s in document.sections],
        "roles": document.roles,
        "warnings": document.warnings,
    }
    return {"name": document.name, "structure": json.dumps(structure, ensure_ascii=False)}


def _document(identity: str, text: str, meta: dict[str, Any]) -> SourceDocument:
    structure = json.loads(meta["structure"])
    return SourceDocument(
        id=identity,
        name=meta["name"],
        text=text,
        page_starts=tuple(structure["page_starts"]),
        header=_header(structure["header"]),
        sections=tuple(Section(**s) for s in structure["sections"]),
        roles=tuple((start, Role(role)) for start, role in structure["roles"]),
        warnings=tuple(structure["warnings"]),
    )


def _header(raw: dict[str, Any]) -> Header:
    def field(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(HeaderField(**v) for v in value)
        return HeaderField(**value) if value else None

    return Header(**{name: field(value) for name, value in raw.items()})
