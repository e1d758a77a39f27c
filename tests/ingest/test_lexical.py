"""BM25 of syllables and pairs: the same scores as bm25s, and what folding is for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import LexicalIndex, Syllables, terms
from ingest.vietnamese import fold

TEXTS = [
    "Các chi bộ báo cáo kết quả về Ban Tuyên giáo trước ngày 20/4",
    "Ủy ban nhân dân xã tổ chức tổng vệ sinh môi trường vào sáng thứ Bảy",
    "Đoàn Thanh niên vận động đoàn viên tham gia hiến máu",
    "",
    "báo cáo báo cáo báo cáo",
    "Văn phòng lưu 07 bản, gửi 7 nơi",
]


def bm25s_scores(texts: list[str], query: list[str]) -> np.ndarray:
    bm25s = pytest.importorskip("bm25s")
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(texts_of(texts), show_progress=False)
    total = np.zeros(len(texts), np.float32)
    for term in query:
        if term in index.vocab_dict:
            total += index.get_scores([term])
    return total


def texts_of(texts: list[str]) -> list[list[str]]:
    return [terms(text) for text in texts]


@pytest.mark.parametrize(
    "query", ["bao cao ket qua", "ve sinh moi truong", "07", "hien mau bao", "khong co tu nay"]
)
def test_folded_scores_are_those_of_bm25s(query: str) -> None:
    expected = bm25s_scores([fold(text) for text in TEXTS], terms(query))
    np.testing.assert_allclose(LexicalIndex(TEXTS).scores(query), expected, rtol=1e-5, atol=1e-6)


def test_accented_scores_are_a_mean_of_both_tables() -> None:
    query = "báo cáo kết quả"
    written = bm25s_scores(TEXTS, terms(query))
    folded = bm25s_scores([fold(text) for text in TEXTS], terms(fold(query)))
    np.testing.assert_allclose(
        LexicalIndex(TEXTS).scores(query), 0.65 * written + 0.35 * folded, rtol=1e-5, atol=1e-6
    )


WORDS = st.lists(
    st.sampled_from(["xã", "xa", "họp", "hợp", "dân", "7", "07", "Ủy", "ban"]), max_size=12
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_any_folded_scores_are_those_of_bm25s(texts: list[str], query: str) -> None:
    if not any(terms(text) for text in texts):
        assert not LexicalIndex(texts).scores(query).any()
        return
    folded = fold(query)
    expected = bm25s_scores([fold(text) for text in texts], terms(folded))
    np.testing.assert_allclose(LexicalIndex(texts).scores(folded), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("báo cáo trước 20/4", 0),
        ("bao cao truoc 20/4", 0),
        ("vệ sinh môi trường", 1),
        ("ve sinh moi truong", 1),
        ("vệ sinh moi truong", 1),
        ("doan thanh nien hien mau", 2),
        ("7 nơi", 5),
    ],
)
def test_finds_with_and_without_marks(query: str, best: int) -> None:
    assert int(np.argmax(LexicalIndex(TEXTS).scores(query))) == best


def test_marks_tell_apart_what_folding_joins() -> None:
    index = LexicalIndex(["họp chi bộ", "hợp tác xã"])
    accented = index.scores("hợp")
    assert accented[1] > accented[0] > 0
    bare = index.scores("hop")
    assert bare[0] == pytest.approx(bare[1])


def test_added_phrases_count_by_their_weight() -> None:
    index = LexicalIndex(TEXTS)
    half = index.scores("", [("hiến máu", 0.5)])
    np.testing.assert_allclose(half, 0.5 * index.scores("hiến máu"), rtol=1e-6)


@given(
    st.lists(WORDS, min_size=4, max_size=8), WORDS, st.sets(st.sampled_from(["xa", "hop", "dan"]))
)
def test_scores_without_known_terms(texts: list[str], query: str, known: set[str]) -> None:
    index = LexicalIndex(texts)
    blocks = [(slice(0, 2), frozenset(known)), (slice(3, len(texts)), frozenset[str]())]
    found = index.scores_without(query, [], blocks, 0.25)
    plain = index.scores(query)
    np.testing.assert_allclose(found[3:], plain[3:], rtol=1e-5, atol=1e-6)
    assert found[2] == 0.0
    assert (found[:2] <= plain[:2] + 1e-6).all()
    if not known & {fold(t) for t in terms(query)}:
        np.testing.assert_allclose(found[:2], plain[:2], rtol=1e-5, atol=1e-6)


def test_a_known_term_counts_its_share() -> None:
    index = LexicalIndex(["cây xanh", "đường làng"])
    found = index.scores_without("cây", [], [(slice(0, 2), frozenset({"cay"}))], 0.25)
    np.testing.assert_allclose(found, 0.25 * index.scores("cây"), rtol=1e-6)


def test_parts_are_indexed_as_one_text() -> None:
    cutter = Syllables()
    parts = LexicalIndex([("kế hoạch", "tuyên truyền"), ("họp dân",)], cutter)
    whole = LexicalIndex(["kế hoạch\ntuyên truyền", "họp dân"])
    for query in ("kế hoạch", "hoạch tuyên", "họp", "hop dan"):
        np.testing.assert_allclose(parts.scores(query), whole.scores(query))
    again = LexicalIndex(["tuyên truyền", "họp dân"], cutter)  # a cutter that knows more words
    assert int(np.argmax(again.scores("tuyen"))) == 0


def test_an_index_of_nothing() -> None:
    assert LexicalIndex([]).scores("gì").shape == (0,)
    assert LexicalIndex(["", "…"]).scores("gì").tolist() == [0.0, 0.0]
