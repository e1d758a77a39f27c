"""Gradio, imported in a third of its usual time. The only place that imports it for the page.

At every import Gradio 6 parses the source of each of its components to refresh the ``.pyi`` stubs
inside its own installed package: 3 of its 5 seconds on two cores, for files that no running page
needs. It skips a component whose source file can't be found, so that is what it is told meanwhile.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def _without_stubs() -> Iterator[None]:
    find = inspect.getfile

    def refuse_stub_writer(subject: Any) -> str:
        if sys._getframe(1).f_code.co_name == "create_or_modify_pyi":
            raise OSError("no stubs")
        return find(subject)

    inspect.getfile = refuse_stub_writer  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = find


with _without_stubs():
    import gradio as gr

__all__ = ["gr"]
