"""How long the program takes to start: ``python -m benchmarks.start [--times N] [--home DIR]``.

Prints the least and the median of N starts, in seconds from the command: to a page that responds,
and to the first answer on it, asked in Chromium as soon as the page can be typed in. The first
start of all, with an empty library, adds the sample plans, and has a line of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Ai phải báo cáo trước ngày 20/4?"
TIMEOUT = 120  # seconds
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command to each; ``answer`` is None without a browser."""

    page: float
    answer: float | None


def measure(home: Path, browser: Any | None) -> Start:
    """Start the program once on the library at ``home``, ask, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 (this project's own program)
        [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "ASSISTANT_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(url, process)
        page = time.monotonic() - began
        return Start(page, None if browser is None else _answered(browser, url) - began)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT) as response:  # noqa: S310 (http)
                response.read()
            return
        except urllib.error.URLError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("app.py did not start") from None
            time.sleep(0.01)


def _answered(browser: Any, url: str) -> float:
    """Ask on the page; gives the moment its answer was there."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT * 1000)
    page.goto(url)
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.locator(".turn[data-state=done]").wait_for()
    moment = time.monotonic()
    page.close()
    return moment


def _line(name: str, starts: Sequence[Start]) -> str:
    cells = []
    for seconds in ([s.page for s in starts], [s.answer for s in starts if s.answer is not None]):
        shown = f"{min(seconds):.2f} / {statistics.median(seconds):.2f}" if seconds else "–"
        cells.append(f"{shown:>16}")
    return f"{name:<24}{''.join(cells)}\n"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--times", type=int, default=5, metavar="N", help="starts (default: 5)")
    parser.add_argument("--home", type=Path, help="a library's folder (default: the sample plans)")
    arguments = parser.parse_args(argv)
    if arguments.times < 1:
        parser.error(f"--times is {arguments.times}, expected 1 or more")

    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        return _print(arguments, None)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            return _print(arguments, launched)
        finally:
            launched.close()


def _print(arguments: argparse.Namespace, browser: Any | None) -> int:
    write = sys.stdout.write
    if browser is None:
        write("No Chromium on the PATH nor in CHROMIUM: only the page is timed.\n")
    write(f"{'seconds, min / median':<24}{'page responds':>16}{'first answer':>16}\n")
    with tempfile.TemporaryDirectory() as scratch:
        home = arguments.home or Path(scratch)
        if arguments.home is None:
            write(_line("first start", [measure(home, browser)]))
        starts = [measure(home, browser) for _ in range(arguments.times)]
        write(_line(f"{arguments.times} starts", starts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
