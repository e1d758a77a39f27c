"""The second look at passages: every measure against the same one worked out slowly, and the order
that they give together."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.rerank import FEATURES, Candidates, Reranker
from assistant.rerank.cut import Cutter
from assistant.rerank.features import features
from ingest.embed.static import StaticEncoder, default_encoder
from ingest.lexical import LexicalIndex
from ingest.vietnamese import fold

PASSAGES = (
    "Hội Nông dân xã thu gom vỏ bao bì thuốc bảo vệ thực vật; xây thêm 14 bể chứa trong quý III.",
    "1. Đoàn Thanh niên xã\n- Tổ chức 02 đợt ra quân. Thu gom rác vào ngày 22/9/2024!\n- Báo cáo.",
    "Các chi bộ báo cáo kết quả học tập về Đảng ủy xã trước ngày 20/4/2024. Văn phòng tổng hợp.",
    "Bí thư Nguyễn Văn An chủ trì hội nghị.\nKinh phí: 186.500.000 đồng, từ ngân sách xã 2025.",
    "Ủy ban nhân dân xã bố trí kinh phí, không dưới 60 triệu đồng… Công an xã hướng dẫn người dân",
    "Qwxz: zxqj. Hội Nông dân thu gom rác mỗi quý.",
)
QUESTIONS = (
    "Hội Nông dân thu gom vỏ bao bì ở đâu?",
    "Đoàn Thanh niên tổ chức bao nhiêu đợt ra quân thu gom rác?",
    "Các chi bộ báo cáo kết quả trước ngày nào trong năm 2024?",
    "Ai chủ trì hội nghị ngày 022/9 của Đảng ủy xã?",
    "bo tri kinh phi bao nhieu trieu dong",
    "xã",
    "xã xã xã xã",
)
WINDOW = 25


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return default_encoder()


def measured(
    question: str,
    texts: Sequence[str],
    cutter: Cutter | None = None,
    rarity: Callable[[Sequence[str]], np.ndarray] | None = None,
) -> dict[str, np.ndarray]:
    """The measures of ``texts`` by name; BM25 and the first score are made up."""
    count = len(texts)
    candidates = Candidates(
        texts, np.arange(count, dtype=np.float32), np.linspace(1, 0, count, dtype=np.float32)
    )
    cutter = cutter or Cutter(default_encoder())
    table = features(question, candidates, cutter, rarity or LexicalIndex(texts).rarity)
    assert table.shape == (count, len(FEATURES))
    assert table.dtype == np.float32
    assert np.isfinite(table).all()
    return dict(zip(FEATURES, table.T, strict=True))


# --- the same, slowly ---------------------------------------------------------------------------


def written_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def unit(word: str) -> str:
    folded = fold(word.lower())
    return (folded.lstrip("0") or "0") if folded.isdigit() else folded


def units(text: str) -> list[str]:
    return [unit(word) for word in written_words(text)]


def sentences(text: str) -> list[str]:
    """The sentences and lines of ``text`` that hold a word."""
    parts = [""]
    for i, character in enumerate(text):
        after_stop = i > 0 and text[i - 1] in ".;:!?…" and character.isspace()
        if character == "\n" or after_stop:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if written_words(part)]


def vector(text: str) -> np.ndarray:
    """The sum of the vectors of the pieces of ``text``."""
    total = np.zeros(default_encoder().dimension)
    for token in default_encoder().tokens_of([word.lower() for word in written_words(text)]):
        total += default_encoder().vectors_of(np.array([token]))[0]
    return total


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / lengths) if lengths > 1e-6 else 0.0


class Slow:
    """A question and one passage, measured without arrays."""

    def __init__(self, question: str, text: str, rarity: dict[str, float]) -> None:
        self.question, self.text, self._rarity = question, text, rarity
        self.asked = set(units(question))
        self.parts = sentences(text)

    def share(self, held: Sequence[str], of: set[str] | None = None) -> float:
        of = self.asked if of is None else of
        total = sum(self._rarity[u] for u in of)
        return sum(self._rarity[u] for u in of & set(held)) / total if total else 0.0

    def window(self) -> float:
        said = units(self.text)
        starts = range(max(1, len(said) - WINDOW + 1))
        return max(self.share(said[i : i + WINDOW]) for i in starts)

    def order(self) -> float:
        wanted = triples(units(self.question))
        said = {triple for part in self.parts for triple in triples(units(part))}
        return len(wanted & said) / len(wanted) if wanted else 0.0

    def late(self) -> float:
        total = weight = 0.0
        for piece in pieces(self.question):
            best = max((cosine(piece, other) for p in self.parts for other in pieces(p)), default=0)
            total += float(np.linalg.norm(piece)) * best
            weight += float(np.linalg.norm(piece))
        return total / weight if weight else 0.0

    def similarity(self) -> list[float]:
        return [cosine(vector(self.question), vector(part)) for part in self.parts] or [0.0]

    def pairs_similarity(self) -> list[float]:
        vectors = [vector(part) for part in self.parts]
        together = [a + b for a, b in pairwise(vectors)] + vectors[-1:]
        return [cosine(vector(self.question), v) for v in together] or [0.0]

    def best(self) -> list[float]:
        shares = [self.share(units(part)) for part in self.parts] or [0.0]
        return [a + b for a, b in zip(shares, self.similarity(), strict=True)]

    def held(self, kind: Callable[[str], bool]) -> float:
        of = {
            unit(w)
            for i, w in enumerate(written_words(self.question))
            if kind(w) and (i or w.isdigit())
        }
        return self.share(units(self.text), of) if of else 1.0

    def table(self) -> dict[str, float]:
        return {
            "dense": cosine(vector(self.question), sum((vector(p) for p in self.parts), np.zeros(1))),
            "window": self.window(),
            "order": self.order(),
            "late": self.late(),
            "segment": max(self.similarity()),
            "segments": max(self.pairs_similarity()),
            "best": max(self.best()),
            "length": math.log(1 + len(units(self.text))),
            "head": self.share(units(self.text)[:WINDOW]),
            "digits": self.held(str.isdigit),
            "capitals": self.held(lambda word: word[0].isupper()),
        }  # fmt: skip

    def own(self, kind: Callable[[str], bool], first: bool) -> set[float]:
        """1 where the best sentence has a word of the kind that is not asked; of all that tie."""
        found = set()
        for part, value in zip(self.parts, self.best(), strict=False):
            if value > max(self.best()) - 1e-5:
                words = written_words(part)[0 if first else 1 :]
                found.add(float(any(kind(w) and unit(w) not in self.asked for w in words)))
        return found or {0.0}


def triples(said: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}


def pieces(text: str) -> Iterator[np.ndarray]:
    for token in default_encoder().tokens_of([word.lower() for word in written_words(text)]):
        yield default_encoder().vectors_of(np.array([token]))[0]


def assert_measures_are_right(question: str, texts: Sequence[str]) -> None:
    index = LexicalIndex(texts)
    asked = sorted(set(units(question)))
    rarity = dict(zip(asked, index.rarity(asked).tolist(), strict=True))
    found = measured(question, texts, rarity=index.rarity)
    for row, text in enumerate(texts):
        slow = Slow(question, text, rarity)
        for name, value in slow.table().items():
            assert found[name][row] == pytest.approx(value, abs=2e-5), (name, text)
        assert found["number"][row] in slow.own(str.isdigit, first=True) | {0.0}
        assert found["name"][row] in slow.own(lambda w: w[0].isupper(), first=False) | {0.0}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_measure_is_what_slow_counting_gives(question: str) -> None:
    assert_measures_are_right(question, PASSAGES)
    assert_measures_are_right(question, ["\n".join(PASSAGES), PASSAGES[2], *PASSAGES])


ANY_WORDS = "xã Xã hội Hội nghị họp hợp dân 7 07 2024 báo cáo Báo kết quả An nông qwxz".split()
SAID = st.lists(st.sampled_from([*ANY_WORDS, *". ; : ! … - /".split(), "\n"]), max_size=70).map(
    lambda words: re.sub(r" (?=[.;:!…])", "", " ".join(words))
)


@settings(max_examples=60)
@given(SAID, st.lists(SAID, min_size=1, max_size=4))
def test_every_measure_of_any_text(question: str, texts: list[str]) -> None:
    assert_measures_are_right(question, texts)


@pytest.mark.parametrize(
    ("question", "text", "flags"),
    [
        ("Xây thêm bao nhiêu bể chứa?", "Xây thêm 14 bể chứa.", "number"),
        ("xay them bao nhieu be chua", "Xây thêm 14 bể chứa.", "number"),
        ("Xây thêm bao nhiêu bể chứa?", "Xây thêm bể chứa.", ""),
        ("Năm 2025 xây bao nhiêu bể chứa?", "Xây bể chứa năm 2025.", ""),
        ("Ngày 05 xây bao nhiêu bể?", "Ngày 5 xây bể.", ""),
        ("Xây thêm bao nhiêu bể chứa?", "Xây thêm bể chứa. Họp ngày 14.", ""),
        ("Xây thêm bao nhiêu bể chứa?", "Xây thêm bể chứa. Xây thêm 80808 bể chứa.", ""),
        ("Xây thêm bao nhiêu bể chứa?", "Xây thêm 80808 bể chứa. Xây thêm bể chứa.", "number"),
        ("Xây thêm bể chứa ở xóm", "Xây thêm 14 bể chứa.", ""),
        ("Báo cáo kết quả khi nào?", "Báo cáo kết quả ngày 20/4.", "time"),
        ("bao cao ket qua thang nao", "Báo cáo kết quả tháng 4.", "time"),
        ("Báo cáo kết quả ngày mấy?", "Báo cáo kết quả ngày 20.", "number time"),
        ("Báo cáo kết quả khi nào?", "Báo cáo kết quả hằng năm.", ""),
        ("Ai chủ trì hội nghị?", "Bí thư Nguyễn Văn An chủ trì hội nghị.", "name"),
        ("Hội nghị mở ở đâu?", "Hội nghị mở tại Rạch Sen.", "name"),
        ("Ai chủ trì hội nghị?", "Ban chủ trì hội nghị.", ""),
        ("Ai cùng Bí thư chủ trì hội nghị?", "hội nghị do Bí thư chủ trì.", ""),
        ("Bí thư chủ trì hai hội nghị", "Bí thư Nguyễn Văn An chủ trì hội nghị.", ""),
        ("Xây thêm mấy bể chứa?", "Xây thêm 14 bể chứa.", "number"),
        ("xay them may be chua", "Xây thêm 14 bể chứa.", "number"),
        ("Lắp máy bơm ở bể chứa", "Lắp máy bơm ở 14 bể chứa.", ""),
        ("Nhà máy may xây bể chứa", "Nhà máy may xây 14 bể chứa.", ""),
        ("Hội nghị mở đầu năm", "Hội nghị mở đầu năm ở Rạch Sen.", ""),
        ("hoi nghi mo tai dau", "Hội nghị mở tại Rạch Sen.", "name"),
        ("Đầu tháng nào họp?", "Đầu tháng 4 họp.", "time"),
    ],
)
def test_what_is_asked_for_stands_in_the_best_sentence(
    question: str, text: str, flags: str
) -> None:
    found = measured(question, [text, "Đoàn xã trồng cây."])
    assert {name: found[name][0] for name in ("number", "time", "name")} == {
        name: float(name in flags.split()) for name in ("number", "time", "name")
    }


@pytest.mark.parametrize(
    ("question", "text", "digits", "capitals"),
    [
        ("Ngày 20 tháng 4 họp gì?", "Họp ngày 20 tháng 04.", 1.0, 1.0),
        ("Ngày 20 tháng 4 họp gì?", "Họp ngày 21 tháng 5.", 0.0, 1.0),
        ("Họp ngày 007", "ngày 7", 1.0, 1.0),
        ("Xã Rạch Sen họp gì?", "Xã RẠCH SEN họp.", 1.0, 1.0),
        ("xa Rach Sen hop gi", "Xã Rạch Sen họp.", 1.0, 1.0),
        ("Xã Rạch Sen họp gì?", "Xã Cồn Nhạn họp.", 1.0, 0.0),
    ],
)
def test_the_questions_numbers_and_names(
    question: str, text: str, digits: float, capitals: float
) -> None:
    found = measured(question, [text, "Đoàn xã trồng cây."])
    assert found["digits"][0] == pytest.approx(digits)
    assert found["capitals"][0] == pytest.approx(capitals)


def test_what_the_candidates_bring_is_passed_on() -> None:
    lexical = np.array([3.0, 6.0, 0.0], np.float32)
    first = np.array([0.25, 1.0, 0.5], np.float32)
    candidates = Candidates(PASSAGES[:3], lexical, first)
    index = LexicalIndex(PASSAGES)
    table = Reranker(index).features("báo cáo", candidates)
    assert table[:, FEATURES.index("lexical")].tolist() == [0.5, 1.0, 0.0]
    assert table[:, FEATURES.index("first")].tolist() == first.tolist()
    nothing = Candidates(PASSAGES[:3], np.zeros(3, np.float32), first)
    assert not Reranker(index).features("báo cáo", nothing)[:, FEATURES.index("lexical")].any()


LEXICAL = ("window", "order", "head", "digits", "length")


@pytest.mark.parametrize("question", QUESTIONS)
def test_marks_do_not_change_what_is_counted(question: str) -> None:
    found = measured(question, PASSAGES)
    bare = measured(fold(question), PASSAGES)
    both = measured(fold(question), [fold(passage) for passage in PASSAGES])
    for name in (*LEXICAL, "capitals"):
        np.testing.assert_allclose(found[name], bare[name], atol=1e-6, err_msg=name)
        np.testing.assert_allclose(found[name], both[name], atol=1e-6, err_msg=name)
    assert found["order"].max() > 0 or len(set(units(question))) < 3


WORDLESS = ("", "…", "\n\n", "— /. !")


@pytest.mark.parametrize("text", WORDLESS)
def test_a_passage_without_a_word_has_nothing(text: str) -> None:
    question = "Đoàn xã có bao nhiêu Tổ họp ngày 7?"
    found = measured(question, [text, PASSAGES[1], text])
    for name in set(FEATURES) - {"lexical", "first"}:
        assert found[name][0] == found[name][2] == 0.0, name
    alone = measured(question, [PASSAGES[1]], rarity=LexicalIndex([text, PASSAGES[1], text]).rarity)
    for name in set(FEATURES) - {"lexical", "first"}:
        assert found[name][1] == pytest.approx(alone[name][0], abs=1e-6), name
    only = measured(question, [text])
    assert all(only[name][0] == 0.0 for name in set(FEATURES) - {"lexical", "first"})


@pytest.mark.parametrize("question", [*WORDLESS, "fjfj wjwj", "fjfj"])
def test_a_question_without_a_known_syllable(question: str) -> None:
    found = measured(question, PASSAGES)
    for name in ("dense", "window", "order", "late", "segment", "segments", "best", "head"):
        assert not found[name].any(), name
    reranker = Reranker(LexicalIndex(PASSAGES))
    zeros = np.zeros(len(PASSAGES), np.float32)
    assert np.isfinite(reranker.scores(question, Candidates(PASSAGES, zeros, zeros))).all()


def test_a_candidate_is_measured_alike_alone_and_among_others() -> None:
    rarity = LexicalIndex(PASSAGES).rarity
    together = measured(QUESTIONS[1], PASSAGES, rarity=rarity)
    for row, passage in enumerate(PASSAGES):
        alone = measured(QUESTIONS[1], [passage], rarity=rarity)
        for name in set(FEATURES) - {"lexical", "first"}:
            assert alone[name][0] == pytest.approx(together[name][row], abs=1e-6), name


# --- cuts ---------------------------------------------------------------------------------------


def test_cuts_are_kept_and_give_the_same(encoder: StaticEncoder) -> None:
    cutter = Cutter(encoder)
    fresh = measured(QUESTIONS[1], PASSAGES)
    for question in reversed(QUESTIONS):  # numbers its syllables in another order
        measured(question, PASSAGES[::-1], cutter)
    first = cutter.cut(PASSAGES[0])
    again = measured(QUESTIONS[1], PASSAGES, cutter)
    assert cutter.cut(PASSAGES[0]) is first
    for name in FEATURES:
        np.testing.assert_allclose(again[name], fresh[name], atol=1e-6, err_msg=name)


def test_old_cuts_are_let_go(encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.rerank.cut._KEPT", 2)
    cutter = Cutter(encoder)
    first = cutter.cut(PASSAGES[0])
    kept = measured(QUESTIONS[1], PASSAGES, cutter)  # more passages than are kept
    assert cutter.cut(PASSAGES[0]) is not first
    fresh = measured(QUESTIONS[1], PASSAGES)
    for name in FEATURES:
        np.testing.assert_allclose(kept[name], fresh[name], atol=1e-6, err_msg=name)


def test_a_cut_knows_its_segments(encoder: StaticEncoder) -> None:
    cutter = Cutter(encoder)
    text = "1. Hội xã họp. Ngày 07/5!\n\n- Đoàn An; …\nbáo cáo"
    cut = cutter.cut(text)
    assert cut.segments == 5
    assert cut.segment.tolist() == [0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4]
    words = ["1", "hoi", "xa", "hop", "ngay", "7", "5", "doan", "an", "bao", "cao"]
    assert cut.syllables.tolist() == cutter.numbers(words).tolist()
    assert np.flatnonzero(cut.number).tolist() == [0, 5, 6]
    assert np.flatnonzero(cut.capital).tolist() == [8]  # «An»; the others begin a segment
    assert cutter.cut("…").segments == 1


# --- the encoder that it reads with -------------------------------------------------------------


@pytest.mark.parametrize("text", [*PASSAGES, *QUESTIONS])
def test_a_text_is_the_sum_of_its_pieces(encoder: StaticEncoder, text: str) -> None:
    words = [word.lower() for word in written_words(text)]
    tokens = encoder.tokens_of(words)
    vectors = encoder.vectors_of(np.array(tokens))
    assert vectors.shape == (len(tokens), encoder.dimension)
    assert vectors.dtype == np.float32
    summed = vectors.sum(axis=0)
    np.testing.assert_allclose(
        encoder.encode([text])[0], summed / np.linalg.norm(summed), atol=1e-5
    )


def test_pieces_of_nothing_known(encoder: StaticEncoder) -> None:
    assert encoder.tokens_of([]) == []
    assert encoder.tokens_of(["qwxz"]) == []
    assert encoder.vectors_of(np.zeros(0, np.int64)).shape == (0, encoder.dimension)


def test_the_default_encoder_is_loaded_once() -> None:
    assert default_encoder() is default_encoder()


def test_another_encoder_is_used_where_one_is_given(encoder: StaticEncoder) -> None:
    class Deaf(StaticEncoder):
        def __init__(self) -> None:
            pass

        @property
        def dimension(self) -> int:
            return 3

        def tokens_of(self, words: Sequence[str]) -> list[int]:
            return [0] * len(words)

        def vectors_of(self, tokens: np.ndarray) -> np.ndarray:
            return np.ones((len(tokens), 3), np.float32)

    zeros = np.zeros(len(PASSAGES), np.float32)
    table = Reranker(LexicalIndex(PASSAGES), Deaf()).features(
        "họp", Candidates(PASSAGES, zeros, zeros)
    )
    np.testing.assert_allclose(table[:, FEATURES.index("dense")], 1.0, rtol=1e-5)


# --- the order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "together", "apart"),
    [
        pytest.param(
            "Hội Nông dân thu gom vỏ bao bì",
            "Mỗi vụ, Hội Nông dân thu gom vỏ bao bì. Đoàn xã họp bàn. Dân quân thi đấu.",
            "Hội xã họp bàn. Nông trại mở cửa. Dân quân thi đấu. Thu chi gom về một mối. Vỏ xe. Bao"
            " nhiêu bì thư.",
            id="one sentence",
        ),
        pytest.param(
            "chi bộ báo cáo đảng ủy",
            "Hằng tháng chi bộ báo cáo đảng ủy về việc đã giao cho ban.",
            "Hằng tháng đảng ủy báo cáo về việc đã giao cho chi bộ ban.",
            id="order",
        ),
    ],
)
@pytest.mark.parametrize("change", [str, fold], ids=["marks", "none"])
def test_words_together_beat_words_apart(
    question: str, together: str, apart: str, change: Callable[[str], str]
) -> None:
    texts = [apart, together, "Trạm y tế tiêm chủng cho trẻ.", "Trường khai giảng năm học mới."]
    even = np.ones(len(texts), np.float32)
    scores = Reranker(LexicalIndex(texts)).scores(change(question), Candidates(texts, even, even))
    assert scores.shape == (len(texts),)
    assert scores[1] > scores[0] > scores[2:].max()


def test_scores_are_the_weighted_sum_of_the_measures() -> None:
    candidates = Candidates(PASSAGES, np.arange(6, dtype=np.float32), np.zeros(6, np.float32))
    reranker = Reranker(LexicalIndex(PASSAGES))
    table = reranker.features(QUESTIONS[2], candidates)
    weights = json.loads((resources.files("assistant.rerank") / "weights.json").read_text("utf-8"))
    assert set(weights) == set(FEATURES)
    expected = sum(weights[name] * table[:, i] for i, name in enumerate(FEATURES))
    np.testing.assert_allclose(reranker.scores(QUESTIONS[2], candidates), expected, rtol=1e-5)
    assert int(np.argmax(reranker.scores(QUESTIONS[2], candidates))) == 2


def test_rarer_words_count_for_more() -> None:
    texts = ["xã họp", "xã bầu", "xã lo", "xã thu", "đoàn họp"]
    found = measured("xã đoàn", texts)
    assert found["window"][4] > found["window"][0] > 0
    assert found["window"][4] + found["window"][0] == pytest.approx(1.0)
