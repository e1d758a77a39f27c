"""Doubts in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.records import RegisterRow
from assistant.register.doubts import doubt_words, notes_of
from ingest.records import Doubt


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_doubt_has_a_sentence_of_its_own(language: str) -> None:
    sentences = [doubt_words(doubt, language) for doubt in Doubt]
    assert len(set(sentences)) == len(Doubt)
    for sentence in sentences:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert len(sentence) < 90
    assert ("Năm" in " ".join(sentences)) == (language == "vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_does_it_is_spoken_of_once(language: str, dated: Callable[..., RegisterRow]) -> None:
    nobody, other = doubt_words(Doubt.NO_ACTOR, language), doubt_words(Doubt.UNREAD, language)
    doubts = (Doubt.NO_ACTOR, Doubt.UNREAD)
    unnamed = dated(actor="", doubts=doubts).obligation
    assert notes_of(unnamed, language) == (nobody, other)
    by_issuer = replace(unnamed, actor="Đảng ủy xã", implied=True)
    by_addressee = replace(by_issuer, doubts=(Doubt.UNREAD,))
    for implied in (by_issuer, by_addressee):
        first, second = notes_of(implied, language)
        assert (first != nobody, second) == (True, other)
    assert notes_of(by_issuer, language)[0] != notes_of(by_addressee, language)[0]
