"""Doubts in words."""

from __future__ import annotations

import pytest

from assistant.register.doubts import doubt_words
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
