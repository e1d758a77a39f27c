"""Everyday words for official ones."""

from __future__ import annotations

import unicodedata

from assistant.chain import Assistant
from assistant.language.synonyms import renderings
from assistant.language.tables import lines_of
from ingest.normalise import normalise
from ingest.vietnamese import syllables


def test_a_phrase_stands_with_its_others_itself_first() -> None:
    [phrase] = renderings("hạn chót ở đâu")
    assert phrase[0] == "hạn chót"
    assert "thời hạn" in phrase


def test_the_longest_phrase_wins() -> None:
    assert [p[0] for p in renderings("hạn chót nộp ở đâu")] == ["hạn chót nộp"]


def test_words_without_others_are_left_alone() -> None:
    assert renderings("Kế hoạch 35-KH/ĐU") == []
    assert renderings("") == []


def test_the_table_is_in_the_form_of_canonical_text() -> None:
    seen: dict[tuple[str, ...], int] = {}
    for line in lines_of("synonyms.tsv"):
        assert line == unicodedata.normalize("NFC", line)
        phrases = line.split("\t")
        assert len(phrases) > 1, line
        for phrase in phrases:
            assert phrase == normalise(phrase).strip(), phrase
            key = tuple(syllables(phrase))
            seen[key] = seen.get(key, 0) + 1
    assert max(seen.values()) <= 2


def test_a_question_in_everyday_words_finds_the_official_ones(assistant: Assistant) -> None:
    answer = assistant.invoke("Phân loại rác làm thử ở những ấp nào trước?")
    assert "Cồn Nhạn" in answer.citations[0].quote
