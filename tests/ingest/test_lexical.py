"""BM25 of syllables and pairs: the same scores as bm25s, and what folding is for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plans import made_up_plans
from ingest import lexical
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
    assert LexicalIndex([]).rows_with("gì").tolist() == []
    assert LexicalIndex(["…"]).rarity(["gi"]).shape == (1,)


# --- which texts hold a term --------------------------------------------------------------------


def assert_rows_are_those_of_terms(texts: list[str]) -> None:
    index = LexicalIndex(texts)
    held = [set(terms(text)) for text in texts]
    folded = [{fold(term) for term in own} for own in held]
    for term in set[str]().union(*held):
        rows = index.rows_with(term)
        assert rows.tolist() == [row for row, own in enumerate(held) if term in own]
        bare = index.rows_with(fold(term), folded=True)
        assert bare.tolist() == [row for row, own in enumerate(folded) if fold(term) in own]


def test_rows_with_a_term_are_those_that_give_it() -> None:
    assert_rows_are_those_of_terms([*TEXTS, "bao cáo kết quá", "UBND xã: 007 vụ; Đoàn xã"])


@given(st.lists(WORDS, max_size=8))
def test_rows_with_any_term(texts: list[str]) -> None:
    assert_rows_are_those_of_terms(texts)


@pytest.mark.parametrize("term", ["xyzzy", "báo_xyzzy", "cáo_báo_", "chi_cáo", "07", "BÁO", ""])
def test_no_row_holds_what_no_text_gives(term: str) -> None:
    assert LexicalIndex(TEXTS[:4]).rows_with(term).tolist() == []
    assert LexicalIndex(TEXTS[:4]).rows_with(fold(term), folded=True).tolist() == []


def test_a_written_form_is_not_a_folded_one() -> None:
    index = LexicalIndex(["họp dân", "hợp tác", "hop mat"])
    assert index.rows_with("họp").tolist() == [0]
    assert index.rows_with("hop").tolist() == [2]
    assert index.rows_with("hop", folded=True).tolist() == [0, 1, 2]
    assert index.rows_with("họp", folded=True).tolist() == []


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_rarity_is_the_logarithm_of_what_few_texts_hold(texts: list[str]) -> None:
    asked = ["xa", "hop", "dan", "7", "uy", "xyzzy"]
    held = [{fold(term) for term in terms(text)} for text in texts]
    found = LexicalIndex(texts).rarity(asked)
    assert found.dtype == np.float32
    for unit, rarity in zip(asked, found.tolist(), strict=True):
        count = sum(unit in own for own in held)
        expected = math.log(1 + (len(texts) - count + 0.5) / (count + 0.5))
        assert rarity == pytest.approx(expected, rel=1e-5)


# --- many texts ---------------------------------------------------------------------------------

MANY_ASKED = [
    "Công an xã hoàn thành danh sách hộ gia đình trước ngày nào?",
    "cong an xa hoan thanh danh sach ho gia dinh",
    "Trạm Y tế có bao nhiêu người tham gia đội tuyên truyền lưu động?",
    "Ai ký kế hoạch 7-KH/ĐU?",
    "Đài Truyền thanh đăng tin, bài",
    "người tham gia tổng hợp hồ sơ",
]


@pytest.fixture(scope="module")
def many() -> LexicalIndex:
    """An index of the lines of plans: about 1,500."""
    return LexicalIndex(
        [line for _, text in made_up_plans(20) for line in text.split("\n") if line]
    )


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes an index of a few hundred texts a large one."""
    monkeypatch.setattr(lexical, "_LARGE", 100)
    monkeypatch.setattr(lexical, "_FIRST", 250)


@pytest.mark.parametrize("query", MANY_ASKED)
def test_frequent_terms_leave_the_first_as_they_are(
    many: LexicalIndex, query: str, request: pytest.FixtureRequest
) -> None:
    exact = many.scores(query, [("số liệu", 0.5)])
    request.getfixturevalue("large")
    found = many.scores(query, [("số liệu", 0.5)])
    best = np.argsort(-exact, kind="stable")[:10]
    assert np.argsort(-found, kind="stable")[:10].tolist() == best.tolist()
    np.testing.assert_allclose(found[best], exact[best], rtol=1e-5)
    assert (found <= exact + 1e-5).all()
    assert (found < exact - 1e-3).any(), "the frequent terms were added everywhere"


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("query", ["báo cáo", "bao cao", "báo cáo gì"])
def test_frequent_terms_alone_choose_the_first(query: str) -> None:
    often = ["chi bộ họp", "chi bộ báo cáo kết quả học tập nghị quyết của cấp trên giao xuống"]
    texts = often * 200
    texts[333] = "báo cáo báo cáo"
    assert int(np.argmax(LexicalIndex(texts).scores(query))) == 333


@pytest.mark.usefixtures("large")
def test_a_frequent_term_beside_a_rare_one_reaches_beyond_it() -> None:
    texts = ["chi bộ họp", "chi bộ báo cáo kết quả học tập nghị quyết của cấp trên"] * 200
    texts[10] = "mít tinh"
    texts[333] = "báo cáo báo cáo"
    order = np.argsort(-LexicalIndex(texts).scores("mít tinh báo cáo"), kind="stable")
    assert order[:2].tolist() == [10, 333]


@pytest.mark.usefixtures("large")
def test_of_frequent_terms_the_rarest_chooses() -> None:
    texts = ["xã họp", "xã họp", "xã họp", "xã chống lũ ở các ấp ven sông và trên cù lao"] * 100
    texts[333] = "lũ lũ"
    assert int(np.argmax(LexicalIndex(texts).scores("xã lũ"))) == 333
