"""Cutting text into the pieces of the static embedding."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.embed.segment import Segmenter, piece

SCORES = [
    ("unknown", -20.0),
    *((piece(word), -3.0) for word in "abcd"),
    (piece("a", "b"), -4.0),
    (piece("b", "c"), -3.0),
    (piece("c", "d"), -4.0),
]
NAMES = [entry for entry, _ in SCORES]
SEGMENTER = Segmenter(SCORES)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("A", ["<a>"], id="one syllable"),
        pytest.param("b a", ["<b>", "<a>"], id="no pair"),
        pytest.param("a, b", ["<a><b>"], id="pair"),
        pytest.param("a b c", ["<a>", "<b><c>"], id="the better of two pairs"),
        pytest.param("a b c d", ["<a><b>", "<c><d>"], id="two pairs beat the best one"),
        pytest.param("a x b", ["<a>", "<b>"], id="unknown syllable between"),
        pytest.param("unknown", [], id="name of the unknown piece"),
        pytest.param("ab abc", [], id="no piece within a word"),
        pytest.param("b c b c", ["<b><c>", "<b><c>"], id="pair twice"),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert [NAMES[token] for token in SEGMENTER.tokens(text)] == pieces


def _best(words: list[str]) -> float:
    """The best sum of scores by trying every cut."""
    scores = dict(SCORES)
    if not words:
        return 0.0
    best = scores[piece(words[0])] + _best(words[1:])
    if len(words) > 1 and (pair := piece(*words[:2])) in scores:
        best = max(best, scores[pair] + _best(words[2:]))
    return best


@given(st.lists(st.sampled_from("abcd"), max_size=9))
def test_the_cut_has_the_best_score_and_covers_every_word(words: list[str]) -> None:
    tokens = SEGMENTER.tokens_of(words)
    pieces = "".join(NAMES[token] for token in tokens)
    assert pieces == "".join(piece(word) for word in words)
    assert sum(SCORES[token][1] for token in tokens) == pytest.approx(_best(words))


@given(st.lists(st.sampled_from("abcdx"), max_size=9))
def test_pairs_do_not_overlap(words: list[str]) -> None:
    starts = sorted(SEGMENTER.pairs_of(words))
    assert all(later - earlier >= 2 for earlier, later in pairwise(starts))
