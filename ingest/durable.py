"""Writing that outlasts a power cut: files and folders, put on the disk before going on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def write(path: Path, data: bytes) -> None:
    """Write a file and wait until its bytes are on the disk; its name needs :func:`sync_folder`."""
    with path.open("wb") as stream:
        stream.write(data)
        sync(stream)


def sync(stream: BinaryIO) -> None:
    """Wait until what was written to an open file is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows has no such call, and keeps a
    journal of them."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Wait until all files under a folder are on the disk, with their names."""
    folders = [path]
    for found in path.rglob("*"):
        if found.is_dir():
            folders.append(found)
        else:
            with found.open("r+b") as stream:
                os.fsync(stream.fileno())
    for folder in folders:
        sync_folder(folder)
