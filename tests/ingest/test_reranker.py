"""Rerankers, on small cross-encoders made here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.embed.reranker import Reranker, load_reranker
from ingest.errors import LibraryError

QUERY = "kế hoạch"
PASSAGES = ["chào đúng", "xin sai chào", "báo cáo báo cáo đúng xin", "sai"]
RIGHT = [True, False, True, False]


def _learn_right_from_wrong(model: Any, tokenizer: Any) -> None:
    """Teach ``model`` that a passage with «đúng» is relevant and one with «sai» is not."""
    import torch

    batch = tokenizer([QUERY] * len(PASSAGES), PASSAGES, padding=True, return_tensors="pt")
    target = torch.tensor(RIGHT, dtype=torch.float32)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    model.train()
    for _ in range(60):
        logits = model(**batch).logits.squeeze(-1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@pytest.fixture(scope="module")
def folder(small_transformer, tmp_path_factory) -> Path:  # type: ignore[no-untyped-def]
    return small_transformer(
        tmp_path_factory.mktemp("models") / "reranker", outputs=1, train=_learn_right_from_wrong
    )


@pytest.fixture(scope="module")
def reranker(folder: Path) -> Reranker:
    return load_reranker(str(folder))


def test_a_right_passage_scores_high_and_a_wrong_one_low(reranker: Reranker) -> None:
    scores = reranker.scores(QUERY, PASSAGES)
    assert scores.dtype == np.float32
    assert scores.shape == (len(PASSAGES),)
    assert scores[RIGHT].min() > 0.9
    assert scores[np.logical_not(RIGHT)].max() < 0.1


def test_scores_stand_in_the_order_of_the_passages(reranker: Reranker) -> None:
    # Passages of many lengths, which the library sorts before it reads them.
    passages = [f"{'xin chào ' * (n * 7 % 5)}{'đúng' if n % 3 else 'sai'}" for n in range(40)]
    together = reranker.scores(QUERY, passages)
    alone = [reranker.scores(QUERY, [passage])[0] for passage in passages]
    assert np.allclose(together, alone, atol=1e-5)
    assert together.std() > 0.1


def test_no_passages_give_no_scores(reranker: Reranker) -> None:
    scores = reranker.scores(QUERY, [])
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


@pytest.mark.parametrize("text", ["", "\x00", "qzxqzx 😀"])
def test_odd_text_scores_within_bounds(reranker: Reranker, text: str) -> None:
    scores = reranker.scores(text, [text, PASSAGES[0]])
    assert ((scores >= 0) & (scores <= 1)).all()


def test_the_batch_size_does_not_change_the_scores(folder: Path, reranker: Reranker) -> None:
    one_by_one = load_reranker(str(folder), batch_size=1)
    assert np.allclose(
        one_by_one.scores(QUERY, PASSAGES), reranker.scores(QUERY, PASSAGES), atol=1e-6
    )


def test_a_model_saved_to_give_logits_gives_the_same_scores(
    folder: Path, reranker: Reranker, tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    raw = CrossEncoder(str(folder), activation_fn=Identity())
    logits = raw.predict([(QUERY, passage) for passage in PASSAGES])
    assert logits.max() > 1  # by itself it would leave 0…1
    raw.save(str(tmp_path / "raw"))
    scores = load_reranker(str(tmp_path / "raw")).scores(QUERY, PASSAGES)
    assert np.allclose(scores, reranker.scores(QUERY, PASSAGES), atol=1e-6)


def test_what_is_longer_than_the_model_reads_is_cut(reranker: Reranker) -> None:
    # The model has 32 positions, which its tokenizer does not say.
    long = "đúng " + "xin chào " * 300
    scores = reranker.scores(QUERY, [long, f"{long} sai sai sai", "đúng xin chào"])
    assert scores[0] == scores[1] != scores[2]


def test_a_model_in_half_precision_scores_the_same(
    folder: Path, reranker: Reranker, tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(folder)).half().save(str(tmp_path / "half"))
    half = load_reranker(str(tmp_path / "half"))
    assert np.allclose(half.scores(QUERY, PASSAGES), reranker.scores(QUERY, PASSAGES), atol=1e-2)


@pytest.mark.parametrize("saved_by_library", [False, True], ids=["transformers", "library"])
def test_a_bi_encoder_is_refused(
    small_transformer,
    tmp_path: Path,
    saved_by_library: bool,  # type: ignore[no-untyped-def]
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = small_transformer(tmp_path / "bi-encoder")
    if saved_by_library:
        SentenceTransformer(str(folder)).save(str(folder))
    with pytest.raises(LibraryError, match="bi-encoder» can't be loaded: it is no cross-encoder"):
        load_reranker(str(folder))


def test_the_shipped_embedding_is_no_reranker() -> None:
    from ingest.embed import DEFAULT_FOLDER

    with pytest.raises(LibraryError, match="ASSISTANT_RERANKER_MODEL"):
        load_reranker(str(DEFAULT_FOLDER))


def test_a_language_model_is_a_reranker_only_where_it_was_saved_as_one(
    small_language_model, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    from sentence_transformers import CrossEncoder

    folder = small_language_model(tmp_path / "language-model")
    with pytest.raises(LibraryError, match="it is no cross-encoder"):
        load_reranker(str(folder))
    CrossEncoder(str(folder)).save(str(tmp_path / "saved"))
    scores = load_reranker(str(tmp_path / "saved")).scores(QUERY, PASSAGES)
    assert ((scores > 0) & (scores < 1)).all()
    assert scores.std() > 0.01


def test_a_model_with_several_outputs_is_refused(small_transformer, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = small_transformer(tmp_path / "classifier", outputs=3)
    with pytest.raises(LibraryError, match="gives 3 numbers") as caught:
        load_reranker(str(folder))
    assert "cho 3 số" in caught.value.message("vi")


@pytest.mark.parametrize(
    ("name", "download"),
    [
        pytest.param("./no/such/folder", "hf download NAME", id="folder that is not there"),
        pytest.param(
            "nobody-at-all/no-such-model",
            "hf download nobody-at-all/no-such-model",
            id="hub name, offline",
        ),
    ],
)
def test_a_missing_model_is_an_error_that_says_what_to_do(
    name: str, download: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(LibraryError) as caught:
        load_reranker(name)
    for language in ("en", "vi"):
        message = caught.value.message(language)
        assert f"«{name}»" in message
        assert "ASSISTANT_RERANKER_MODEL" in message
        assert download in message
    assert caught.value.message("vi").startswith("không dùng được mô hình xếp hạng lại")


def test_a_damaged_model_is_an_error_that_names_it(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    with pytest.raises(LibraryError, match="broken"):
        load_reranker(str(broken))


def test_code_that_comes_with_a_model_is_not_run(folder: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    for file in folder.iterdir():
        (foreign / file.name).write_bytes(file.read_bytes())
    (foreign / "config.json").write_text(
        '{"model_type": "foreign", "architectures": ["ForeignForSequenceClassification"],'
        ' "auto_map": {"AutoConfig": "foreign.ForeignConfig"}}'
    )
    ran = tmp_path / "ran"
    (foreign / "foreign.py").write_text(f"open({str(ran)!r}, 'w')")
    with pytest.raises(LibraryError, match="foreign"):
        load_reranker(str(foreign))
    assert not ran.exists()


def test_nothing_heavy_is_imported_before_a_model_is_asked_for() -> None:
    program = (
        "import sys; import ingest.embed.reranker; "
        "print(*{'torch', 'sentence_transformers', 'transformers'}.intersection(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
