"""The pipeline of LangChain's own tutorials, to compare with: split at 1000/200, embed, Chroma.

This is the one place beside ``ingest/store.py`` that imports ``langchain_chroma`` and ``chromadb``:
what is compared must be their code and not ours. The splitter's package is no dependency of the
project; it is asked for where it is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from ingest.errors import LibraryError
from ingest.settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200
_BATCH = 100  # chunks a call, so that progress shows


class StockPipeline:
    """Recursive character splitting, a sentence-transformers model, an embedded Chroma."""

    def __init__(self, model: str, folder: Path) -> None:
        """Load the model called ``model`` (a name or a folder), open an empty Chroma at ``folder``.

        Raises:
            LibraryError: the model or the splitter's package can't be had.
        """
        try:
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise LibraryError(
                "the stock pipeline needs the package langchain-text-splitters, which is not "
                "installed: pip install langchain-text-splitters"
            ) from error
        embeddings = _embeddings(model)
        import chromadb.config
        from langchain_chroma import Chroma

        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
        )
        self._chroma = Chroma(
            embedding_function=embeddings,
            persist_directory=str(folder),
            client_settings=chromadb.config.Settings(anonymized_telemetry=False),
        )

    def add(self, documents: Sequence[tuple[str, Path]], settings: Settings) -> list[str]:
        """Index the files of ``(id, path)``; gives the chunks' texts."""
        from langchain_core.documents import Document

        pages = [
            Document(
                canonical_text(path, settings.max_file_bytes),
                metadata={"document": path.name, "document_id": identity},
            )
            for identity, path in documents
        ]
        chunks = self._splitter.split_documents(pages)
        for at in tqdm(range(0, len(chunks), _BATCH), desc="stock: add", unit=f"×{_BATCH} chunks"):
            self._chroma.add_documents(chunks[at : at + _BATCH])
        return [chunk.page_content for chunk in chunks]

    def search(self, text: str, selected: Sequence[str], limit: int) -> list[tuple[str, str]]:
        """``(document, text)`` of the nearest chunks, of the documents ``selected`` where given."""
        options: dict[str, Any] = {"k": limit}
        if selected:
            options["filter"] = {"document_id": {"$in": list(selected)}}
        found = self._chroma.as_retriever(search_kwargs=options).invoke(text)
        return [(chunk.metadata["document"], chunk.page_content) for chunk in found]


def canonical_text(path: Path, max_bytes: int) -> str:
    """A file's plain text as the library has it, without anything of its structure."""
    from ingest import load
    from ingest.normalise import normalise_pages

    pages = load.load(path, max_bytes).pages
    return normalise_pages([page.encode("utf-8", "replace").decode("utf-8") for page in pages])[0]


def _embeddings(model: str) -> Embeddings:
    from ingest.embed import load_embeddings

    try:
        return load_embeddings(model)
    except LibraryError as error:
        # Its advice is about the library's own model, which is another setting.
        reason = str(error).partition(". Set ASSISTANT_EMBEDDING_MODEL")[0]
        raise LibraryError(f"--stock-model: {reason}") from error
