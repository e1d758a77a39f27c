"""What the tests of dates share: a date within a sentence."""

from __future__ import annotations

from ingest.dates import find_dates


def assert_reads(words: str, value: str, cue: str) -> None:
    """``words`` are, all of them, the one date of a sentence."""
    mentions = find_dates(f"Gửi báo cáo {words}.")
    assert [(m.value, m.cue) for m in mentions] == [(value, cue)]
    assert mentions[0].text.rstrip(")") == words.strip("*").rstrip(")")
    assert not mentions[0].reference
