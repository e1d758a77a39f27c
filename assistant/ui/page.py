"""The page: the tabs under one header, and the server that gives it to the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.ui.backend import Backend
from assistant.ui.quick_gradio import gr
from assistant.ui.render.frame import header_html, status_html
from assistant.ui.security import headers
from assistant.ui.tab import QUIET, Label, Shared, Tab, panel
from assistant.ui.texts import LANGUAGES, text

HERE = Path(__file__).parent
STYLES = ("page", "board", "study", "library")  # in the order of the cascade
SCRIPTS = ("stream", *STYLES)
POLL_SECONDS = 0.5
FOLLOW_SECONDS = 2.0  # where other processes change the library too
# Uploads are deleted once they are in the library; this is for those that never get there.
UPLOAD_SECONDS = 3600
# page.js holds back files over the library's limit; this one bounds what any request can send.
MAX_UPLOAD_FACTOR = 4
# page.js hears which tab is in front.
_TELL_TAB = "() => document.dispatchEvent(new CustomEvent('page:tab', {{detail: '{}'}}))"
FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")


def build_page(backend: Backend, tabs: Sequence[Tab]) -> gr.Blocks:
    """The Blocks of the page with ``tabs``; one tab alone is shown without a tab bar."""
    with gr.Blocks(
        title=text("title", "vi"),
        analytics_enabled=False,
        fill_height=True,
        fill_width=True,
        delete_cache=(UPLOAD_SECONDS, UPLOAD_SECONDS),
    ) as page:
        with gr.Row(elem_id="top"):
            header = panel("header", header_html())
            status = panel("status", status_html(*backend.status()))
        shared = Shared(
            loading=gr.State("busy"), revision=gr.State(0), language=gr.State("vi"), status=status
        )
        labels = _tabs(tabs, shared)
        timer = gr.Timer(POLL_SECONDS)
        said = gr.State("")  # what the status line says: a screen reader hears it once

        def poll(said: str) -> tuple[Any, Any, str, Any, str]:
            note, state = backend.status()
            line = status_html(note, state)
            busy, library = state == "busy", backend.library
            pace = gr.Timer(
                POLL_SECONDS if busy else FOLLOW_SECONDS, active=busy or backend.follows
            )
            revision = library.revision if library and backend.follows else gr.skip()
            loading = "ready" if backend.ready else state
            return line if line != said else gr.skip(), pace, loading, revision, line

        def chosen(event: gr.EventData) -> str:
            return event.language if event.language in LANGUAGES else "vi"

        def relabel(event: gr.EventData) -> list[Any]:
            return [label.update(chosen(event)) for label in labels]

        polled = [status, timer, shared.loading, shared.revision, said]
        gr.on([page.load, timer.tick], poll, said, polled, **QUIET)
        named = [label.component for label in labels]
        header.select(relabel, None, named, queue=False, **QUIET)
        # In the queue: a State that is set past it has no ``change``.
        header.select(chosen, None, shared.language, **QUIET)
    return page


def _tabs(tabs: Sequence[Tab], shared: Shared) -> tuple[Label, ...]:
    if len(tabs) == 1:
        return tabs[0].build(shared)
    labels: list[Label] = []
    with gr.Tabs(elem_id="tabs"):
        for tab in tabs:
            with gr.Tab(text(tab.title, "vi"), elem_id=tab.title) as drawn:
                built = tab.build(replace(shared, tab=drawn))
                labels += [*built, Label(drawn, {"label": tab.title})]
            drawn.select(None, js=_TELL_TAB.format(tab.title), **QUIET)
    return tuple(labels)


def serve(page: gr.Blocks, host: str, port: int, max_file_bytes: int) -> str:
    """Serve ``page`` from a thread and give its address. Raises OSError when the port is taken."""
    script, style = (
        "".join((HERE / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)
        for names, kind in ((SCRIPTS, "js"), (STYLES, "css"))
    )
    page.queue(default_concurrency_limit=8)
    address: str
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        inbrowser=False,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        # No look at its own address: on a busy machine the answer takes longer than the 3 seconds
        # that it is given, and the start would fail.
        _frontend=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        favicon_path=HERE / "icon.svg",
        max_file_size=MAX_UPLOAD_FACTOR * max_file_bytes,
        theme=gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "Consolas", "monospace")),
        # Not ``css_paths``: Gradio would put its own container before each selector of those.
        head=f'<meta name="upload-limit" content="{max_file_bytes}">'
        f"<style>{style}</style><script>{script}</script>",
        app_kwargs={"middleware": headers(), "docs_url": None, "redoc_url": None},
    )
    return address
