"""What the embedding model knows as a word."""

from __future__ import annotations

import pytest

from training.abbreviations import sometimes_abbreviated
from training.vocabulary import Size, choose, first_placement, other_placement, words

PLACEMENTS = [
    ("hòa", "hoà"),
    ("khỏe", "khoẻ"),
    ("ủy", "uỷ"),
    ("thúy", "thuý"),
    ("quý", "qúy"),  # the u belongs to the onset
]


@pytest.mark.parametrize(("first", "other"), PLACEMENTS)
def test_both_placements_of_a_tone_are_one_word(first: str, other: str) -> None:
    assert first_placement(other) == first_placement(first) == first
    assert other_placement(first) == other_placement(other) == other


@pytest.mark.parametrize("word", ["kế", "hoàn", "ngoài", "uyên", "thuyết", "hoa", "quy", "", "7"])
def test_a_word_with_one_spelling_is_left_alone(word: str) -> None:
    assert first_placement(word) == other_placement(word) == word


def test_words_are_lower_case_and_composed() -> None:
    assert words("Uỷ ban, HOÀ BÌNH") == ["ủy", "ban", "hòa", "bình"]


def test_choice_keeps_frequent_words_pairs_and_their_folded_forms() -> None:
    filler = [[f"từ{i}", f"rời{i}"] for i in range(40)]
    sentences = [["kế", "hoạch"], ["kế", "toán"], ["quy", "hoạch"], *filler] * 10
    sentences += [["kế", "hoạch"]] * 200
    entries = choose(sentences, Size(4, 3, 1, 1))
    assert {entry.words for entry in entries} == {
        *{("kế",), ("hoạch",), ("toán",), ("quy",)},
        *{("ke",), ("hoach",), ("toan",)},
        *{("kế", "hoạch"), ("ke", "hoach")},
    }
    score = {entry.words: entry.score for entry in entries}
    assert score[("kế", "hoạch")] > score[("kế",)] + score[("hoạch",)]


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("Uỷ viên và ủy ban nhân dân xã", "Uỷ viên và UBND xã"),
        ("HỘI ĐỒNG NHÂN DÂN", "HĐND"),
        ("không có gì để rút gọn", "không có gì để rút gọn"),
    ],
)
def test_long_forms_become_short(sentence: str, short: str) -> None:
    assert sometimes_abbreviated(sentence, share=1) == short
