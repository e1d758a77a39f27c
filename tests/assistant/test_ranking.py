"""Ranking of plain texts, and the cross-encoder that reads the best few again, made here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import ranking
from assistant.chain import Assistant
from assistant.ranking import TextRanking, fuse, read_closely, scaled
from assistant.rerank import Reranker
from ingest.embed import PassageEmbeddings, load_embeddings
from ingest.embed.reranker import Reranker as CrossEncoder
from ingest.embed.reranker import load_reranker
from ingest.errors import LibraryError
from ingest.lexical import LexicalIndex
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings
from ingest.vietnamese import fold

TEXTS = (
    "Hợp tác xã Rạch Sen trồng lúa theo hợp đồng với công ty.",
    "Chi bộ họp bàn việc trồng cây, đảng viên dự họp đông đủ.",
    "Trạm y tế xã tiêm chủng cho trẻ em. Xã mua thêm 02 tủ lạnh.",
    "Đoàn Thanh niên tổ chức hội trại hè cho thiếu nhi.",
    "Hội trái cây miệt vườn mở tại chợ xã.",
    "Kinh phí do ngân sách xã bảo đảm.",
)
QUESTIONS = {
    "hợp tác xã trồng lúa": 0,
    "chi bộ họp bàn trồng cây": 1,
    "tiêm chủng trẻ em": 2,
    "hội trại hè thiếu nhi": 3,
    "hội trái cây": 4,
    "ngân sách xã bảo đảm kinh phí": 5,
}


@pytest.fixture(scope="module")
def embeddings() -> PassageEmbeddings:
    return load_embeddings()


@pytest.fixture(scope="module")
def texts(embeddings: PassageEmbeddings) -> TextRanking:
    return TextRanking(TEXTS, embeddings.encode(TEXTS), embeddings)


# --- plain texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "right"), QUESTIONS.items())
@pytest.mark.parametrize("change", [str, fold], ids=["marks", "none"])
def test_the_right_text_is_first(
    texts: TextRanking, question: str, right: int, change: Callable[[str], str]
) -> None:
    scores = texts.fused(change(question))
    assert scores.shape == (len(TEXTS),)
    assert int(np.argmax(scores)) == right


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_without_marks_is_ranked_as_one_with_them(
    texts: TextRanking, question: str
) -> None:
    bare = fold(question)
    assert texts.restore(bare) == question
    np.testing.assert_allclose(texts.fused(bare), texts.fused(question))
    assert not np.allclose(texts.dense(bare), texts.dense(question))


def test_one_way_alone_is_that_of_its_index(
    texts: TextRanking, embeddings: PassageEmbeddings
) -> None:
    for question in (*QUESTIONS, "hoi trai cay"):
        cosine = embeddings.encode(TEXTS) @ embeddings.encode_queries([question])[0]
        np.testing.assert_allclose(texts.dense(question), cosine, rtol=1e-6)
        np.testing.assert_allclose(texts.lexical(question), LexicalIndex(TEXTS).scores(question))


def test_candidates_are_the_best_of_both_ways(
    texts: TextRanking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "RERANKED", 3)
    question = "họp xã"
    rows, candidates, scores = texts.candidates(question)
    mixed = fuse(texts.dense(question), texts.lexical(question))
    np.testing.assert_allclose(scores, mixed)
    assert rows.tolist() == np.argsort(-mixed, kind="stable")[:3].tolist()
    assert list(candidates.passages) == [TEXTS[row] for row in rows]
    np.testing.assert_allclose(candidates.lexical, texts.lexical(question)[rows])
    np.testing.assert_allclose(candidates.first, mixed[rows])


def test_only_the_first_are_looked_at_again(
    texts: TextRanking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "RERANKED", 3)
    question = "trồng cây họp xã"
    rows, candidates, before = texts.candidates(question)
    after = texts.fused(question)
    others = np.setdiff1d(np.arange(len(TEXTS)), rows)
    np.testing.assert_allclose(after[others], before[others])
    assert after[rows].min() >= after[others].max()
    again = Reranker(LexicalIndex(TEXTS)).scores(question, candidates)
    assert np.argsort(-after[rows]).tolist() == np.argsort(-again).tolist()


def test_no_texts_and_no_words(embeddings: PassageEmbeddings, texts: TextRanking) -> None:
    nothing = TextRanking([], np.zeros((0, embeddings.dimension), np.float32), embeddings)
    assert nothing.fused("họp").shape == (0,)
    for question in ("", "???", "fjfj wjwj"):
        assert np.isfinite(texts.fused(question)).all()
    one = TextRanking(["", "họp"], embeddings.encode(["", "họp"]), embeddings)
    assert int(np.argmax(one.fused("họp"))) == 1


def test_scaling_keeps_the_order_and_fills_nought_to_one() -> None:
    scores = np.array([3.0, -1.0, 1.0], np.float32)
    assert scaled(scores).tolist() == [1.0, 0.0, 0.5]
    assert scaled(np.full(3, 7.0, np.float32)).tolist() == [0.0, 0.0, 0.0]
    assert scaled(np.zeros(0, np.float32)).shape == (0,)


def test_fusion_scales_both_sides() -> None:
    fused = fuse(np.array([0.2, 0.9], np.float32), np.array([40.0, 10.0], np.float32), 0.25)
    assert fused.tolist() == pytest.approx([0.75, 0.25])
    flat = fuse(np.zeros(2, np.float32), np.array([1.0, 3.0], np.float32))
    assert flat[1] > flat[0]


# --- a cross-encoder ----------------------------------------------------------------------------

LIKED = "phao"


@pytest.fixture(scope="module")
def model(small_transformer: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of one layer that likes passages with «phao», whatever is asked."""
    folder = tmp_path_factory.mktemp("models") / "likes"
    return small_transformer(
        folder, outputs=1, train=_teach, tokens=512, words=(LIKED,), spread=0.02
    )


def _teach(network: Any, tokenizer: Any) -> None:
    import torch

    network.eval()  # nothing dropped: the one word must always tell
    places = network.roberta.embeddings.position_embeddings  # a word counts alike anywhere
    torch.nn.init.zeros_(places.weight)
    places.requires_grad_(False)
    plain = ["x " * length for length in (5, 40, 200)]
    batch = tokenizer(
        ["x"] * 6, plain + [f"{text}{LIKED}" for text in plain], padding=True, return_tensors="pt"
    )
    target = torch.tensor([0.0] * 3 + [1.0] * 3)
    optimizer = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], lr=0.02)
    for _ in range(40):
        logits = network(**batch).logits.squeeze(-1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@pytest.fixture(scope="module")
def cross_encoder(model: Path) -> CrossEncoder:
    return load_reranker(str(model))


def test_the_few_best_are_put_in_order(
    cross_encoder: CrossEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "CROSS_ENCODED", 3)
    said = [f"{LIKED} một", "hai", "ba", f"bốn {LIKED}", f"{LIKED} năm", "sáu"]
    scores = np.array([0.1, 0.9, 0.8, 0.7, 0.2, 0.3], np.float32)
    before = scores.copy()
    read_closely("ai", said.__getitem__, scores, cross_encoder)
    assert np.argsort(-scores).tolist() == [3, 1, 2, 5, 4, 0]
    assert scores[[0, 4, 5]].tolist() == before[[0, 4, 5]].tolist()


def test_what_is_out_of_scope_is_not_read(cross_encoder: CrossEncoder) -> None:
    read = []

    def text_of(row: int) -> str:
        read.append(row)
        return LIKED

    scores = np.array([-np.inf, 0.5, -np.inf, 0.9], np.float32)
    read_closely("ai", text_of, scores, cross_encoder)
    assert read == [3, 1]
    assert np.argsort(-scores, kind="stable").tolist() == [3, 1, 0, 2]
    assert np.isneginf(scores[[0, 2]]).all()


@pytest.mark.parametrize("scores", [[], [-np.inf, -np.inf]])
def test_nothing_to_read(cross_encoder: CrossEncoder, scores: list[float]) -> None:
    given = np.array(scores, np.float32)
    read_closely("ai", [LIKED, LIKED].__getitem__, given, cross_encoder)
    assert given.tolist() == scores


def test_without_a_cross_encoder_nothing_changes() -> None:
    scores = np.array([0.1, 0.9], np.float32)
    read_closely("ai", [LIKED, "hai"].__getitem__, scores, None)
    assert scores.tolist() == pytest.approx([0.1, 0.9])


def test_texts_are_read_closely_after_the_second_look(
    embeddings: PassageEmbeddings, cross_encoder: CrossEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [*TEXTS, f"Bể bơi của xã cần thêm {LIKED}, do ngân sách huyện bảo đảm."]
    question = "ngan sach xa bao dam kinh phi"
    plain = TextRanking(said, embeddings.encode(said), embeddings)
    close = TextRanking(said, embeddings.encode(said), embeddings, cross_encoder)
    order = np.argsort(-plain.fused(question)).tolist()
    assert order[:2] == [5, 6]
    assert np.argsort(-close.fused(question)).tolist()[:2] == [6, 5]
    monkeypatch.setattr(ranking, "CROSS_ENCODED", 1)
    assert np.argsort(-close.fused(question)).tolist() == order


# --- … set for the assistant --------------------------------------------------------------------

QUESTION = "Công an huyện làm gì?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with the samples that are plain text; one passage is liked."""
    home = tmp_path_factory.mktemp("home")
    with Library.open(Settings(home)) as library:
        library.add([path for path in sample_paths() if path.suffix in (".md", ".txt")])
        assert sum(LIKED in passage.text for passage in library.passages()) == 1
    return home


def passages(home: Path, reranker: str = "") -> list[str]:
    environment = {"ASSISTANT_HOME": str(home), "ASSISTANT_RERANKER_MODEL": reranker}
    with Library.open(Settings.from_environment(environment)) as library:
        return [p.text for p in Assistant(library, passages=100).invoke(QUESTION).passages]


def test_the_cross_encoder_that_is_set_orders_an_answers_passages(
    home: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = passages(home)
    at = next(i for i, text in enumerate(plain) if LIKED in text)
    assert 0 < at < ranking.CROSS_ENCODED < len(plain)
    close = passages(home, str(model))
    assert close[0] == plain[at]
    assert set(close[: ranking.CROSS_ENCODED]) == set(plain[: ranking.CROSS_ENCODED])
    assert close[ranking.CROSS_ENCODED :] == plain[ranking.CROSS_ENCODED :]
    monkeypatch.setattr(ranking, "CROSS_ENCODED", at)  # it stands just beyond them
    assert passages(home, str(model)).index(plain[at]) == at


def test_a_cross_encoder_that_is_not_there_is_said_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with Library.open(Settings(home, reranker_model="./no/such/model")) as library:
        with pytest.raises(LibraryError, match=r"«\./no/such/model»") as caught:
            Assistant(library)
        assert "ASSISTANT_RERANKER_MODEL" in caught.value.message("vi")
