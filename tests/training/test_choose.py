"""What the chooser of sentences ships: its words and its weights, made of little."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.choose import MEASURES
from assistant.choose.words import WordTable
from ingest.embed.static import default_encoder
from training.choose import Asked, Part, accuracy, fit, main, part_of, read
from training.corpus import TrainingPassage
from training.words import TableSize, tokens_of, vectors, write

DECIDES = MEASURES.index("pairs")
SIZE = TableSize(words=40, contexts=40, dimension=4, least=2)


def made_up(count: int, seed: int, decides: float = 1.0, part: Part = Part.FITTED) -> list[Asked]:
    """Questions whose right sentence has the most «pairs», or the fewest where it is negative."""
    chance = np.random.default_rng(seed)
    asked = []
    for _ in range(count):
        measures = chance.random((int(chance.integers(2, 7)), len(MEASURES))).astype(np.float32)
        right = np.zeros(len(measures), dtype=bool)
        right[(decides * measures[:, DECIDES]).argmax()] = True
        asked.append(Asked(measures, right, part))
    return asked


@pytest.mark.parametrize("decides", [1.0, -1.0], ids=["speaks for", "speaks against"])
def test_the_measure_that_decides_gets_the_weight(decides: float) -> None:
    weights = fit([made_up(300, seed=1, decides=decides)])
    assert weights.shape == (len(MEASURES),)
    assert weights.dtype == np.float32
    others = np.delete(np.abs(weights), DECIDES)
    assert decides * weights[DECIDES] > 5 * others.max()
    assert accuracy(made_up(200, seed=2, decides=decides), weights, Part.FITTED) > 0.9


def test_only_the_third_for_fitting_is_fitted_on() -> None:
    fitted = made_up(200, seed=1)
    others = made_up(200, 2, -1.0, Part.LOOKED_AT) + made_up(200, 3, -1.0, Part.FINAL)
    assert (fit([fitted]) == fit([fitted + others])).all()


def test_a_set_without_a_question_for_fitting() -> None:
    with pytest.raises(ValueError, match="set 2 of 2"):
        fit([made_up(5, seed=1), made_up(5, 2, 1.0, Part.FINAL)])


def test_accuracy_of_a_part_without_questions() -> None:
    assert np.isnan(accuracy([], np.zeros(len(MEASURES), np.float32), Part.FINAL))


def test_the_parts_are_of_like_size() -> None:
    parts = [part_of(f"Xóm {number} có một nhà văn hóa.") for number in range(900)]
    assert all(250 < parts.count(part) < 350 for part in Part)


def rows() -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for number in range(12):
        passage = (
            f"Xóm {number} nằm bên sông. Nhà văn hóa xóm xây năm {1990 + number}. "
            f"Trưởng xóm là bà Lê Thị {'Mận' if number % 2 else 'Đào'}."
        )
        for question, answer in (
            ("Nhà văn hóa xóm xây năm nào?", f"năm {1990 + number}"),
            ("Ai là trưởng xóm?", " bà Lê Thị"),
        ):
            answers = [{"text": answer, "start": passage.index(answer)}]
            made.append({"question": question, "context": passage, "answers": answers})
    return made


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_reading_a_set(questions: Path) -> None:
    asked = read(questions)
    assert len(asked) == 24
    assert all(a.measures.shape == (3, len(MEASURES)) for a in asked)
    assert [a.right.tolist() for a in asked[:2]] == [[False, True, False], [False, False, True]]
    assert asked[0].part is asked[1].part  # of one passage


def test_the_command_fits_and_writes(
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["choose", "--dataset", str(questions), "--out", str(tmp_path)]
    )
    with caplog.at_level(logging.INFO):
        main()
    table = json.loads((tmp_path / "weights.json").read_text("utf-8"))
    assert set(table) == set(MEASURES)
    assert "fitted 1.0000" in caplog.text
    assert "final" not in caplog.text
    assert not (tmp_path / "words.npz").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [([], "nothing to make"), (["--dataset", "none.jsonl"], "none.jsonl is missing")],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["choose", *arguments, "--out", str(tmp_path)])
    with pytest.raises(SystemExit):
        main()
    assert message in capsys.readouterr().err


def corpus() -> list[TrainingPassage]:
    """«xã» and «huyện» stand beside the same words, «sông» beside others."""
    sentences = [
        f"{place} {what} báo cáo kết quả {when}"
        for place in ("xã", "huyện")
        for what in ("này", "kia")
        for when in ("hôm qua", "hôm nay")
    ]
    sentences += [f"sông {what} chảy ra biển" for what in ("dài", "rộng", "sâu", "trong")]
    return [TrainingPassage("", "", "", tuple(sentences))]


def test_words_beside_the_same_words_are_near() -> None:
    encoder = default_encoder()
    tokens = tokens_of(corpus(), encoder)
    assert (tokens == -1).sum() == 12
    chosen, rows_ = vectors(tokens, SIZE)
    assert (np.diff(chosen) > 0).all()
    assert np.allclose(np.linalg.norm(rows_, axis=1), 1.0, atol=1e-3)
    at = {int(token): row for token, row in zip(chosen, rows_, strict=True)}
    commune, district, river = (at[encoder.tokens_of([w])[0]] for w in ("xã", "huyện", "sông"))
    assert commune @ district > commune @ river + 0.3


def test_the_same_texts_give_the_same_words() -> None:
    tokens = tokens_of(corpus(), default_encoder())
    assert (vectors(tokens, SIZE)[1] == vectors(tokens, SIZE)[1]).all()


def test_neighbours_across_chunks_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = tokens_of(corpus(), default_encoder())
    whole = vectors(tokens, SIZE)[1]
    monkeypatch.setattr("training.words._CHUNK", 7)
    assert np.allclose(whole, vectors(tokens, SIZE)[1], atol=1e-4)


def test_too_little_text() -> None:
    with pytest.raises(ValueError, match="too little text"):
        vectors(tokens_of(corpus(), default_encoder()), TableSize(least=1000))


def test_the_written_table_reads_back(tmp_path: Path) -> None:
    chosen, rows_ = vectors(tokens_of(corpus(), default_encoder()), SIZE)
    write(chosen, rows_, tmp_path / "words.npz")
    table = WordTable.load(tmp_path / "words.npz")
    assert np.allclose(table.vectors(chosen), rows_, atol=0.02)
    assert not table.vectors(chosen.max(keepdims=True) + 1).any()
