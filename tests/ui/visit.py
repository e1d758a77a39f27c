"""The real program, and a browser window on its page: what the tests of the page share."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from re import Pattern
from typing import Any

import pytest

from assistant import feedback
from assistant.ui.backend import Backend
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1366, "height": 800}
PHONE = {"width": 390, "height": 844}


# Counts the page's events that have no answer yet. The stream that brings the answers is no sign:
# Gradio's client may open one for an event that was answered meanwhile, and that one stays open.
COUNT_EVENTS = """
    window.unanswered = new Set();
    const answered = new Set(), ask = window.fetch;
    const read = async (body) => {
        const reader = body.pipeThrough(new TextDecoderStream()).getReader();
        for (let text = "", part; !(part = await reader.read()).done; ) {
            text += part.value;
            const lines = text.split("\\n");
            text = lines.pop();
            for (const line of lines.filter((line) => line.startsWith("data:"))) {
                const { msg, event_id } = JSON.parse(line.slice(5));
                if (msg === "process_completed" && !unanswered.delete(event_id))
                    answered.add(event_id);
            }
        }
    };
    window.fetch = async (...asked) => {
        const url = String(asked[0].url ?? asked[0]), join = Symbol(url);
        if (url.includes("/queue/join")) unanswered.add(join);
        try {
            const answer = await ask(...asked);
            if (url.includes("/queue/data") && answer.body) {
                const [its, ours] = answer.body.tee();
                read(ours).catch(() => {}); // closed by the page
                return new Response(its, answer);
            }
            if (url.includes("/queue/join") && answer.ok) {
                const { event_id } = await answer.clone().json();
                if (!answered.has(event_id)) unanswered.add(event_id);
            }
            return answer;
        } finally {
            unanswered.delete(join);
        }
    };
"""


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    home: Path
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def stop(self) -> str:
        """Ctrl-C; gives what it printed."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE)
        return self.output.read_text(encoding="utf-8")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def start(home: Path) -> Running:
    port = free_port()
    output = home / "output.txt"
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    began = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
                response.read()
            return Running(process, port, home, output)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                process.kill()
                pytest.fail(f"app.py did not start:\n{output.read_text(encoding='utf-8')}")
            time.sleep(0.05)


@contextmanager
def served(backend: Backend, home: Path) -> Iterator[str]:
    """The page over a backend of the test's own; gives its address."""
    from assistant.ui.board import BoardTab
    from assistant.ui.chat import ChatTab
    from assistant.ui.library import LibraryTab
    from assistant.ui.page import build_page, serve
    from assistant.ui.study import StudyTab

    chat, board = ChatTab(backend, home / feedback.FILE_NAME), BoardTab(backend)
    tabs = chat, board, StudyTab(backend, home / "packs"), LibraryTab(backend)
    page = build_page(backend, tabs)
    address = serve(page, "127.0.0.1", free_port(), 10**6)
    try:
        yield address
    finally:
        page.close(verbose=False)
        backend.close()


class Visit:
    """A browser window on the page, that remembers what went wrong in it."""

    def __init__(self, context: Any, url: str, script: str = "") -> None:
        """``script`` runs in the window before all others."""
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.wrong: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.add_init_script(script + COUNT_EVENTS)
        self.page.goto(url)
        self.page.locator("#question textarea").wait_for()

    def close(self) -> None:
        """Leave the page as for the next visitor: the language is all that a browser keeps."""
        self.page.evaluate("localStorage.clear()")
        self.page.close()
        assert not self.wrong, self.wrong

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console {message.type}: {message.text}")

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.wrong.append(f"request to another host: {request.url}")

    def focused(self, selector: str) -> None:
        """Wait until the focus is at what ``selector`` names."""
        self.page.wait_for_function("s => document.activeElement?.matches(s)", arg=selector)

    def settle(self) -> None:
        """Wait until all that the page has asked is answered, and nothing more is asked."""
        still = """() => {
            window.still = unanswered.size ? 0 : (window.still ?? 0) + 1;
            return window.still === 5 && !(window.still = 0);
        }"""
        self.page.wait_for_function(still, polling=100, timeout=PATIENCE * 1000)

    def ready(self) -> Visit:
        over = self.page.locator(".status:not(.busy)")
        over.wait_for(state="attached", timeout=PATIENCE * 1000)
        assert self.page.locator(".status.ready").count() == 1, over.text_content()
        self.page.locator(".documents button").first.wait_for(state="attached")
        return self

    def ask(self, question: str) -> Any:
        """Type, press Enter, wait for the whole answer; gives its turn."""
        count = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        turn = self.page.locator(".turn").nth(count)
        over = turn.and_(self.page.locator("[data-state=done], [data-state=failed]"))
        over.wait_for()
        assert turn.get_attribute("data-state") == "done", turn.inner_text()
        return turn

    def open_board(self, on: str = "") -> Visit:
        """Go to the deadlines, counted from the day ``on``."""
        self.page.get_by_role("tab").nth(1).click()
        self.page.locator("#board h2, #board .said").first.wait_for()
        if on:
            self.page.locator("#board_on input").fill(on)
            self.page.keyboard.press("Enter")
            self.page.locator("#board h2", has_text=on).wait_for()
        return self

    def open_study(self) -> Visit:
        """Go to the study packs."""
        self.page.locator("#tab_study-button").click()
        self.page.locator("#study h2, #study .said").first.wait_for()
        return self

    def make_pack(self, document: str) -> Visit:
        """Make a study pack on the document whose label holds these words."""
        self.page.click("#study_documents input")
        self.page.locator("[role=option]", has_text=document).click()
        self.page.keyboard.press("Escape")
        self.page.click("#study-make")
        self.page.locator("#study .pack").wait_for()
        return self

    def open_library(self) -> Visit:
        """Go to the documents of the library."""
        self.page.locator("#tab_library-button").click()
        self.page.locator("#catalogue h2, #catalogue .said").first.wait_for()
        return self

    def upload(self, *files: tuple[str, bytes], side: str = "side") -> Any:
        """Give files to the upload button, wait for the outcome; gives its list."""
        payload = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
            for name, data in files
        ]
        self.page.set_input_files(f"#{side} input[type=file]", payload)
        return self.outcome(files[-1][0])

    def outcome(self, name: str) -> Any:
        row = self.page.locator(".files li", has_text=name)
        row.and_(self.page.locator(".added, .duplicate, .failed")).wait_for(state="attached")
        return self.page.locator(".files")

    def marked(self, panel: str = "evidence") -> str:
        self.page.locator(f"#{panel} mark").first.wait_for()
        return str(
            self.page.eval_on_selector_all(
                f"#{panel} mark", "marks => marks.map(mark => mark.textContent).join('')"
            )
        )

    def mark_in_view(self, panel: str = "evidence") -> bool:
        """The first marked words stand inside both the window and the panel that scrolls them."""
        script = """() => {
            if (!document.querySelector('#PANEL mark')) return false;
            const inside = (a, b) => a.top >= b.top - 1 && a.bottom <= b.bottom + 1
                && a.left >= b.left - 1 && a.right <= b.right + 1;
            const mark = document.querySelector('#PANEL mark').getClientRects()[0];
            const paper = document.querySelector('#PANEL .paper').getBoundingClientRect();
            const screen = {top: 0, left: 0, bottom: innerHeight, right: innerWidth};
            return inside(mark, paper) && inside(mark, screen);
        }""".replace("PANEL", panel)
        self.page.wait_for_function(script)
        return bool(self.page.evaluate(script))

    def sideways(self) -> int:
        """How far anything sticks out of the window on the right, in pixels."""
        return int(
            self.page.evaluate(
                "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth,"
                " document.querySelector('gradio-app').scrollWidth) - innerWidth"
            )
        )


def has_texts(found: Any, texts: str | Sequence[str | Pattern[str]]) -> None:
    """Wait until the elements have these texts, spaces aside; or the one element has this one."""
    from playwright.sync_api import expect

    expect(found).to_have_text(texts, timeout=PATIENCE * 1000)


def has_value(box: Any, value: str) -> None:
    """Wait until what is typed into the box is this."""
    from playwright.sync_api import expect

    expect(box).to_have_value(value, timeout=PATIENCE * 1000)


def becomes(element: Any, script: str) -> None:
    """Wait until the function ``script`` says yes of the element."""
    until = time.monotonic() + PATIENCE
    while not element.evaluate(script):
        assert time.monotonic() < until, f"it never came to be: {script}"
        element.page.wait_for_timeout(50)


def has_attribute(element: Any, name: str, value: str | Pattern[str]) -> None:
    """Wait until the element's attribute is this."""
    from playwright.sync_api import expect

    expect(element).to_have_attribute(name, value, timeout=PATIENCE * 1000)


def has_other_texts(found: Any, texts: str | Sequence[str]) -> None:
    """Wait until :func:`has_texts` is not so."""
    from playwright.sync_api import expect

    expect(found).not_to_have_text(texts, timeout=PATIENCE * 1000)


@contextmanager
def window(browser: Any, viewport: dict[str, int]) -> Iterator[Any]:
    context = browser.new_context(
        viewport=viewport, locale="vi-VN", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()
