"""A program and a browser for each module that tests the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.patience import PATIENCE
from tests.ui.visit import CHROMIUM_FLAGS, DESKTOP, PHONE, Running, Visit, start, window


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    program = start(tmp_path_factory.mktemp("home"))
    yield program
    output = program.stop()
    assert "Traceback" not in output, output
    assert program.process.returncode == 0


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_FLAGS, timeout=PATIENCE * 1000
        )
        yield launched
        launched.close()


# A window is shared by the module's visits, each a tab of its own: Gradio's scripts load once.


@pytest.fixture(scope="module")
def desktop(browser: Any) -> Iterator[Any]:
    with window(browser, DESKTOP) as opened:
        yield opened


@pytest.fixture(scope="module")
def phone(browser: Any) -> Iterator[Any]:
    with window(browser, PHONE) as opened:
        yield opened


@pytest.fixture
def visit(desktop: Any, running: Running) -> Iterator[Visit]:
    opened = Visit(desktop, running.url).ready()
    yield opened
    opened.close()


@pytest.fixture
def phone_visit(phone: Any, running: Running) -> Iterator[Visit]:
    opened = Visit(phone, running.url).ready()
    yield opened
    opened.close()
