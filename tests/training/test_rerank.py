"""The weights of the reranker, fitted on small sets made here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.rerank import FEATURES
from training.measure import Dataset
from training.rerank import Lists, fit, is_for_tuning, main, quality

DECIDING = FEATURES.index("order")


def made_up(questions: int = 300, passages: int = 6) -> Lists:
    """Lists in which one measure alone tells the right passage from the others."""
    chance = np.random.default_rng(3)
    measures = chance.random((questions, passages, len(FEATURES)), dtype=np.float32)
    right = chance.integers(passages, size=questions)
    measures[np.arange(questions), right, DECIDING] += 1.0
    relevant = np.zeros((questions, passages), dtype=np.float32)
    relevant[np.arange(questions), right] = 1.0
    names = [f"câu hỏi {i}" for i in range(questions)]
    return Lists(
        measures,
        relevant,
        [list(range(passages))] * questions,
        np.array([is_for_tuning(name) for name in names]),
        Dataset(["đoạn"] * passages, names, [{int(row)} for row in right]),
    )


def test_the_measure_that_decides_gets_the_greatest_weight() -> None:
    lists = made_up()
    weights = fit([lists])
    assert int(np.argmax(weights)) == DECIDING
    ranked = lists.measures @ weights
    assert quality(lists, ranked, tuned=False) > 0.95
    assert quality(lists, ranked, tuned=False) > quality(
        lists, lists.measures[:, :, 0], tuned=False
    )


def test_the_same_lists_give_the_same_weights() -> None:
    assert np.array_equal(fit([made_up()]), fit([made_up()]))


def test_a_third_of_the_questions_is_for_tuning() -> None:
    share = np.mean([is_for_tuning(f"câu hỏi số {i}") for i in range(3000)])
    assert 0.3 < share < 0.37


def test_the_command_writes_a_weight_for_each_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Thôn {i} nộp báo cáo số {i} trước ngày {i % 28 + 1}/5." for i in range(60)]
    passages = [{"id": f"p{i}", "title": "", "text": text} for i, text in enumerate(texts)]
    queries = [{"id": f"q{i}", "text": f"Thôn {i} nộp báo cáo khi nào?"} for i in range(60)]
    for name, rows in (("corpus.jsonl", passages), ("queries.jsonl", queries)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    pairs = "\n".join(f"q{i}\tp{i}\t1" for i in range(60))
    (tmp_path / "qrels.tsv").write_text(pairs, "utf-8")
    out = tmp_path / "weights.json"
    monkeypatch.setattr(sys, "argv", ["rerank", "--dataset", str(tmp_path), "--out", str(out)])
    main()
    weights = json.loads(out.read_text("utf-8"))
    assert tuple(weights) == FEATURES
    assert any(weights.values())


def test_the_shipped_weights_name_every_measure() -> None:
    shipped = Path(__file__).parents[2] / "assistant" / "rerank" / "weights.json"
    assert tuple(json.loads(shipped.read_text("utf-8"))) == FEATURES
