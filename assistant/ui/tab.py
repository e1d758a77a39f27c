"""What a tab and the page have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.ui.conversation import Note
from assistant.ui.filters import Option, still
from assistant.ui.quick_gradio import gr
from assistant.ui.render.words import toast_html
from assistant.ui.texts import text

# Every event: no place in the public API, no spinner over the page's own signs of progress.
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Shared:
    """The page's own parts that tabs read or change.

    ``loading`` is a State that changes once, from ``busy`` to ``ready`` or ``failed``: then what
    the library holds can be shown; ``revision`` one that changes when that has changed.
    ``language`` is a State holding ``vi`` or ``en``; ``status`` the status line. ``tab`` is the tab
    being drawn, None where there is but one.
    """

    loading: gr.State
    revision: gr.State
    language: gr.State
    status: gr.HTML
    tab: gr.Tab | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A Gradio component and the page's string that each of some of its properties shows."""

    component: Any
    keys: dict[str, str]

    def update(self, language: str) -> Any:
        """The Gradio update that says it in ``language``."""
        return gr.update(**{name: text(key, language) for name, key in self.keys.items()})


class Tab(Protocol):
    """A tab of the page; ``title`` is the key of its name."""

    title: str

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        ...


def error_toast(note: Note) -> gr.Error:
    """What to raise where an event has no place of its own on the page to say why it failed."""
    return gr.Error(toast_html(note), print_exception=False)


def offer(options: Sequence[Option], chosen: Sequence[str] | None, **more: Any) -> Any:
    """The update of a dropdown that offers these; of what was ``chosen`` what is gone goes.

    Gradio takes no event any more while a value is chosen that is no choice. What stays is left
    alone: someone may be choosing.
    """
    kept = still(options, chosen)
    value = {} if kept == list(chosen or ()) else {"value": kept}
    return gr.update(choices=list(options), **value, **more)


def panel(name: str, html: str = "", classes: str = "") -> gr.HTML:
    """A stretch of the page that ``render`` writes.

    What ``page.js`` tells as ``page:<name>`` becomes an event of it; it tells ``page:<name>-shown``
    when its HTML has changed.
    """
    bridge = (
        f"document.addEventListener('page:{name}', (e) => trigger(e.detail.type, e.detail.data));"
        f"watch('value', () => document.dispatchEvent(new CustomEvent('page:{name}-shown')));"
    )
    return gr.HTML(
        html, elem_id=name, elem_classes=classes, js_on_load=bridge, apply_default_css=False
    )
