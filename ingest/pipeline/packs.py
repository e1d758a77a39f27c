"""Study packs quote documents too (``assistant.study.kept``): what a command does that deletes one.

The page takes the words of a deleted document out of the packs and keeps the rest of them. That
takes the packs' own code, which this package does not know: here a pack goes as a whole.
"""

from __future__ import annotations

from collections.abc import Collection

from ingest.errors import cannot_write
from ingest.settings import Settings


def delete_packs(settings: Settings, document_ids: Collection[str]) -> int:
    """Delete the kept packs that name one of ``document_ids``; how many there were.

    Raises:
        LibraryError: one can't be read or deleted.
    """
    wanted = [document_id.encode() for document_id in document_ids]
    deleted = 0
    for path in sorted(settings.packs_path.glob("*")):
        try:
            if path.is_file() and any(one in path.read_bytes() for one in wanted):
                path.unlink()
                deleted += 1
        except OSError as error:
            raise cannot_write(path, error) from error
    return deleted
