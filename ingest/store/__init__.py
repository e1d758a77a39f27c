"""The library in Chroma: the only package that knows chromadb.

Three collections. ``documents`` holds one record a document with its canonical text and structure;
it is written last on ingest and removed first on delete, so that it is the commit mark.
``passages`` holds the passages with their vectors, ``obligations`` the rows of the register, each
with the vector of the passage that it stands in. What belongs to a document without a mark does not
exist for any reader and is swept when the store is read.

At a server (:mod:`ingest.store.server`) the same collections are shared by many processes.
"""

from __future__ import annotations

from ingest.settings import Settings
from ingest.store.store import Store

__all__ = ["Store", "store_of"]


def store_of(
    settings: Settings, embedding_name: str, dimension: int, *, any_model: bool = False
) -> Store:
    """The store that the settings name: in the data folder, or at a server.

    Raises:
        LibraryError: it can't be used, or another embedding model made it.
    """
    if settings.chroma_url is None:
        return Store(settings.store_path, embedding_name, dimension, any_model=any_model)
    from ingest.store.connection import Server
    from ingest.store.server import ServerStore

    server = Server(settings.chroma_url, settings.chroma_token)
    return ServerStore(server, embedding_name, dimension, any_model=any_model)
