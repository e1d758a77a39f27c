"""The made-up plans that the benchmarks index."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.plans import made_up_plans
from ingest.pipeline import read_document


def test_made_up_plans_are_the_same_each_time_and_no_two_alike() -> None:
    plans = list(made_up_plans(30))
    assert plans == list(islice(made_up_plans(1000), 30))
    assert len({text for _, text in plans}) == len({name for name, _ in plans}) == 30


def test_made_up_plans_read_as_plans(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(made_up_plans(5), 1):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        header = read_document(path).header
        assert header.number is not None
        assert header.number.value == f"{number}-KH/ĐU"
        assert header.signer is not None
        assert header.signer.value in text.splitlines()
        assert header.date is not None
        assert 800 < len(text.split()) < 2500
