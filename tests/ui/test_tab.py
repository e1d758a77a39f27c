"""What the tabs have in common."""

from __future__ import annotations

from assistant.ui.conversation import Note
from assistant.ui.tab import error_toast, offer
from ingest.errors import LibraryError

OPTIONS = (("Kế hoạch 9", "a"), ("Công văn 4", "b"))


def test_what_is_gone_is_chosen_no_longer_and_what_stays_is_left_alone() -> None:
    assert offer(OPTIONS, ["b", "c"])["value"] == ["b"]
    for chosen in (["b"], [], None):
        update = offer(OPTIONS, chosen, visible=True)
        assert update["choices"] == list(OPTIONS)
        assert update["visible"] is True
        assert "value" not in update


def test_an_error_over_the_page_speaks_both_languages_and_is_text() -> None:
    error = LibraryError("no room in <b>x</b>", "hết chỗ trong <b>x</b>")
    said = error_toast(Note("reason", (("reason", error),))).message
    assert said == "hết chỗ trong &lt;b&gt;x&lt;/b&gt; / no room in &lt;b&gt;x&lt;/b&gt;"
