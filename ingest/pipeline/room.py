"""Whether the disk has room for what is about to be written, asked before long work."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from ingest.errors import LibraryError
from ingest.settings import Settings

SPARE = 32 * 1024 * 1024  # bytes that SQLite's journal and temporary files may take


def check_room(settings: Settings, needed: int) -> None:
    """See that ``needed`` bytes and some to spare can be written in the data folder.

    Raises:
        LibraryError: the disk hasn't so much room.
    """
    needed += SPARE
    try:
        free = shutil.disk_usage(settings.home).free
    except OSError:  # the first write will tell
        return
    if free < needed:
        raise LibraryError(
            f"the disk of {settings.home} is too full: about {_mib(needed)} MiB are needed, "
            f"{_mib(free)} MiB are free. Nothing was changed; make room and try again, or set "
            f"ASSISTANT_HOME to a folder on another disk",
            f"ổ đĩa chứa {settings.home} sắp đầy: cần khoảng {_mib(needed)} MiB, chỉ còn trống "
            f"{_mib(free)} MiB. Chưa có gì thay đổi; hãy giải phóng dung lượng rồi làm lại, hoặc "
            f"đặt ASSISTANT_HOME sang thư mục ở ổ đĩa khác",
        )


def size_of(paths: Iterable[Path]) -> int:
    """Bytes of files and, with all that is in them, folders."""
    total = 0
    for path in paths:
        with contextlib.suppress(OSError):
            if path.is_dir():
                total += sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
            else:
                total += path.stat().st_size
    return total


def _mib(size: int) -> int:
    return -(-size // (1024 * 1024))
