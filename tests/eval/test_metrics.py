"""The metrics against values worked out by hand and against formulas written another way."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    accuracy_at,
    answer_hit,
    citation_exact,
    comparable,
    contains,
    evidence_at,
    mean,
    ndcg_at,
    percentile,
    recall_at,
    reciprocal_rank_at,
)

RANKED = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("relevant", "k", "accuracy", "reciprocal", "recall", "ndcg"),
    [
        pytest.param({"a": 1}, 1, 1, 1, 1, 1, id="first"),
        pytest.param({"b": 1}, 1, 0, 0, 0, 0, id="second-of-one"),
        pytest.param({"c": 1}, 5, 1, 1 / 3, 1, 1 / 2, id="third"),
        pytest.param({"a": 1, "z": 1}, 5, 1, 1, 1 / 2, 1 / (1 + 1 / math.log2(3)), id="one-lost"),
        pytest.param({"z": 1}, 5, 0, 0, 0, 0, id="not-retrieved"),
        pytest.param({"a": 0, "b": 1}, 5, 1, 1 / 2, 1, 1 / math.log2(3), id="grade-0-is-not"),
        pytest.param(
            {"a": 1, "b": 3},
            2,
            1,
            1,
            1,
            (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)),
            id="graded",
        ),
        pytest.param({"a": 1, "b": 1}, 1, 1, 1, 1 / 2, 1, id="more-relevant-than-k"),
    ],
)
def test_ranking(
    relevant: dict[str, int],
    k: int,
    accuracy: float,
    reciprocal: float,
    recall: float,
    ndcg: float,
) -> None:
    assert accuracy_at(RANKED, relevant, k) == accuracy
    assert reciprocal_rank_at(RANKED, relevant, k) == pytest.approx(reciprocal)
    assert recall_at(RANKED, relevant, k) == pytest.approx(recall)
    assert ndcg_at(RANKED, relevant, k) == pytest.approx(ndcg)


@given(
    ranked=st.permutations(["a", "b", "c", "d", "e"]),
    relevant=st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4), min_size=1),
    k=st.integers(1, 5),
)
def test_ranking_agrees_with_other_formulas(
    ranked: list[str], relevant: dict[str, int], k: int
) -> None:
    def gain(order: tuple[str, ...] | list[str]) -> float:
        return sum(relevant.get(x, 0) / math.log(i + 2, 2) for i, x in enumerate(order[:k]))

    # The ideal is the best of all orders, tried one by one.
    ideal = max(gain(order) for order in itertools.permutations(ranked))
    assert ndcg_at(ranked, relevant, k) == pytest.approx(gain(ranked) / ideal)

    ranks = [ranked.index(x) + 1 for x in relevant]
    assert reciprocal_rank_at(ranked, relevant, k) == (1 / min(ranks) if min(ranks) <= k else 0)
    assert accuracy_at(ranked, relevant, k) == (min(ranks) <= k)
    assert recall_at(ranked, relevant, k) == sum(r <= k for r in ranks) / len(ranks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  Kế HOẠCH,\nsố 12-KH/ĐU. ", "kế họach số 12 kh đu", id="case-marks-spaces"),
        pytest.param("uỷ ban, hoà, khoẻ", "ủy ban hòa khỏe", id="tone-new-style"),
        pytest.param("ủy ban, hòa, khỏe", "ủy ban hòa khỏe", id="tone-old-style"),
        pytest.param("Ke\u0302\u0301", "kế", id="decomposed"),
        pytest.param("toàn quý", "tòan qúy", id="same-letters-fold-alike-everywhere"),
        pytest.param("… – •", "", id="marks-alone"),
    ],
)
def test_comparable(text: str, expected: str) -> None:
    assert comparable(text) == expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        pytest.param("a b c d e", "b c", True, id="exact"),
        pytest.param("a b x c d", "a b c", False, id="three-words-are-exact-or-nothing"),
        # One word put in breaks two of the trigrams of the span: 6 of 8 are left, then 8 of 10.
        pytest.param("1 2 3 4 5 x 6 7 8 9 10", "1 2 3 4 5 6 7 8 9 10", False, id="six-of-eight"),
        pytest.param(
            "1 2 3 4 5 6 x 7 8 9 10 11 12", "1 2 3 4 5 6 7 8 9 10 11 12", True, id="eight-of-ten"
        ),
        pytest.param("", "a", False, id="empty-text"),
        pytest.param("a", "", True, id="empty-span"),
    ],
)
def test_contains(text: str, span: str, expected: bool) -> None:
    assert contains(text, span) is expected


FILLER = "từ " * 219

EVIDENCE = [
    pytest.param([("x", "Báo cáo trước ngày 20/4")], [("x", "ngày 20/4")], 1, True, id="first"),
    pytest.param([("y", "ngày 20/4")], [("x", "ngày 20/4")], 1, False, id="other-document"),
    pytest.param([("x", "một"), ("x", "hai")], [("x", "hai")], 1, False, id="beyond-k"),
    pytest.param([("x", "một"), ("x", "hai")], [("x", "một hai")], 2, True, id="across-passages"),
    pytest.param(
        [("x", "một"), ("y", "hai")], [("x", "một"), ("y", "hai")], 2, True, id="two-documents"
    ),
    pytest.param(
        [("x", "một"), ("y", "hai")], [("x", "một"), ("y", "ba")], 2, False, id="one-span-lost"
    ),
    pytest.param([("x", FILLER + "đích")], [("x", "đích")], 1, True, id="word-220"),
    pytest.param([("x", FILLER + "từ đích")], [("x", "đích")], 1, False, id="word-221-is-cut"),
    pytest.param(
        [("x", FILLER * 2), ("y", "đích")], [("y", "đích")], 2, True, id="two-words-are-left"
    ),
    pytest.param(
        [("x", FILLER * 3), ("y", "đích")], [("y", "đích")], 2, False, id="a-long-one-eats-the-rest"
    ),
    pytest.param([], [("x", "đích")], 5, False, id="nothing-retrieved"),
]


@pytest.mark.parametrize(("passages", "spans", "k", "expected"), EVIDENCE)
def test_evidence(
    passages: list[tuple[str, str]], spans: list[tuple[str, str]], k: int, expected: bool
) -> None:
    assert evidence_at(passages, spans, k) is expected


@given(
    texts=st.lists(st.tuples(st.sampled_from("xy"), st.text("ab ", max_size=20)), max_size=6),
    spans=st.lists(st.tuples(st.sampled_from("xy"), st.text("ab", min_size=1)), min_size=1),
    k=st.integers(1, 5),
)
def test_evidence_is_not_lost_with_more_passages(
    texts: list[tuple[str, str]], spans: list[tuple[str, str]], k: int
) -> None:
    assert evidence_at(texts, spans, k) <= evidence_at(texts, spans, k + 1)


@pytest.mark.parametrize(
    ("answer", "quotes", "spans", "abstained", "expected"),
    [
        pytest.param("Các chi bộ.", [], ["Các chi bộ"], False, True, id="in-the-answer"),
        pytest.param("Xem:", ["các chi bộ"], ["Các chi bộ"], False, True, id="in-a-quote"),
        pytest.param("Các chi bộ.", [], ["Các chi bộ"], True, False, id="abstained"),
        pytest.param("Các chi bộ.", [], ["Các chi bộ", "xóm"], False, False, id="half-of-it"),
        pytest.param("từ " * 117 + "các chi bộ", [], ["các chi bộ"], False, True, id="120-words"),
        pytest.param("từ " * 126 + "các chi bộ", [], ["các chi bộ"], False, True, id="129-words"),
        pytest.param("từ " * 127 + "các chi bộ", [], ["các chi bộ"], False, False, id="130-a-dump"),
        pytest.param(
            "các chi bộ", ["từ " * 127], ["các chi bộ"], False, False, id="quotes-count-too"
        ),
    ],
)
def test_answer_hit(
    answer: str, quotes: list[str], spans: list[str], abstained: bool, expected: bool
) -> None:
    assert answer_hit(answer, quotes, spans, abstained) is expected


@pytest.mark.parametrize(
    ("start", "end", "quote", "expected"),
    [
        pytest.param(3, 10, "hoạch s", True, id="exact"),
        pytest.param(3, 10, "hoach s", False, id="without-marks"),
        pytest.param(2, 10, "hoạch s", False, id="one-off"),
        pytest.param(3, 3, "", False, id="empty"),
        pytest.param(2, 3, " ", False, id="blank"),
        pytest.param(-4, -1, "số ", False, id="negative"),
        pytest.param(90, 95, "", False, id="past-the-end"),
    ],
)
def test_citation_exact(start: int, end: int, quote: str, expected: bool) -> None:
    assert citation_exact("Kế hoạch số 12", start, end, quote) is expected


def test_mean_of_nothing_is_none() -> None:
    assert mean([]) is None
    assert mean([True, False, False, True]) == 0.5


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        pytest.param([], 0.95, None, id="nothing"),
        pytest.param([7.0], 0.95, 7.0, id="one"),
        pytest.param([float(i) for i in range(100, 0, -1)], 0.95, 95.0, id="hundred"),
        pytest.param([1.0, 2.0, 3.0], 0.0, 1.0, id="lowest"),
        pytest.param([1.0, 2.0, 3.0], 1.0, 3.0, id="highest"),
    ],
)
def test_percentile(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected
