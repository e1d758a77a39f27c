"""Long work, told as it goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistant.ui.working import Ended, Stops, at_work
from tests.patience import PATIENCE


def test_the_end_comes_last_with_its_result() -> None:
    def work(tell: Callable[[int], None]) -> str:
        tell(1)
        return "done"

    assert list(at_work("test", work)) == [1, Ended("done")]


def test_an_error_is_handed_on() -> None:
    def work(tell: Callable[[int], None]) -> None:
        raise ValueError("why")

    (end,) = at_work("test", work)
    assert isinstance(end, Ended)
    assert isinstance(end.error, ValueError)


def test_of_what_is_told_too_fast_the_latest_is_shown() -> None:
    def work(tell: Callable[[int], None]) -> int:
        for number in range(10_000):
            tell(number)
        return 10_000

    shown = list(at_work("test", work))
    assert len(shown) < 200
    assert shown[-1] == Ended(10_000)


def test_what_was_told_last_is_shown_though_nothing_follows_it_for_long() -> None:
    go_on = threading.Event()

    def work(tell: Callable[[str], None]) -> None:
        tell("first")
        tell("long file")
        go_on.wait(PATIENCE)

    news = at_work("test", work)
    assert next(news) == "first"
    began = time.monotonic()
    assert next(news) == "long file"
    assert time.monotonic() - began < PATIENCE / 2, "it came with what followed"
    go_on.set()
    assert next(news) == Ended(None)


def test_only_what_runs_under_its_token_is_stopped() -> None:
    stops = Stops()
    one, other = stops.begin("one"), stops.begin("other")
    for token in ("no such", None, 7, "other"):
        stops.stop(token)
    assert other.is_set()
    assert not one.is_set()
    stops.end("one")
    stops.stop("one")
    assert not one.is_set()
