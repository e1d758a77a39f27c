"""Where uploads and downloads wait: a private folder that goes with the process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "GRADIO_TEMP_DIR"


def use_private_folder() -> None:
    """Have Gradio keep its temporary files in a folder of this process, deleted when that ends.

    Gradio's own is one for all its programs and users, and it leaves an empty file there for each
    upload. To be called before Gradio is imported, which reads the variable; a folder that the
    user names in the variable stays in use, and stays.
    """
    if VARIABLE not in os.environ:
        folder = tempfile.mkdtemp(prefix="tro-ly-ke-hoach-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ[VARIABLE] = folder


def new_file(name: str) -> Path:
    """A path of that name in a folder of its own, among the files that Gradio may give away."""
    return Path(tempfile.mkdtemp(dir=os.environ.get(VARIABLE))) / name
