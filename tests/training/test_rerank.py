"""The weights of the reranker, fitted on made-up lists and on a small set."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.ranking import TextRanking
from assistant.rerank import FEATURES
from ingest.embed import load_embeddings
from training.measure import Dataset
from training.rerank import Lists, fit, is_for_tuning, main, quality, read

PASSAGES = 8
DECIDES = FEATURES.index("order")


def made_up(count: int, seed: int, decides: float = 1.0, tuned: float = 1.0) -> Lists:
    """Lists whose relevant passage has the highest «order», or the lowest where it is negative."""
    chance = np.random.default_rng(seed)
    measures = chance.random((count, PASSAGES, len(FEATURES))).astype(np.float32)
    best = (decides * measures[:, :, DECIDES]).argmax(axis=1)
    relevant = np.zeros((count, PASSAGES), dtype=np.float32)
    relevant[np.arange(count), best] = 1.0
    return Lists(
        measures,
        relevant,
        [list(range(PASSAGES)) for _ in range(count)],
        chance.random(count) < tuned,
        Dataset([""] * PASSAGES, [""] * count, [{int(b)} for b in best]),
    )


def test_the_measure_that_decides_gets_the_weight() -> None:
    lists = made_up(300, seed=1)
    weights = fit([lists])
    assert weights.shape == (len(FEATURES),)
    assert weights.dtype == np.float32
    others = np.delete(np.abs(weights), DECIDES)
    assert weights[DECIDES] > 5 * others.max()
    assert quality(lists, lists.measures @ weights, tuned=True) > 0.95
    unseen = made_up(100, seed=2)
    assert quality(unseen, unseen.measures @ weights, tuned=True) > 0.95


def test_a_measure_that_speaks_against_gets_a_negative_weight() -> None:
    assert fit([made_up(300, seed=1, decides=-1.0)])[DECIDES] < -1.0


def test_the_scale_of_a_measure_does_not_matter() -> None:
    lists = made_up(100, seed=1)
    stretched = lists.measures.copy()
    stretched[:, :, DECIDES] *= 100.0
    again = fit([Lists(stretched, lists.relevant, lists.rows, lists.tuned, lists.dataset)])
    weights = fit([lists])
    assert 100 * again[DECIDES] == pytest.approx(weights[DECIDES], rel=1e-3)


def test_the_same_lists_give_the_same_weights() -> None:
    lists = made_up(200, seed=3)
    assert fit([lists]).tolist() == fit([lists]).tolist()


def test_what_is_not_for_tuning_is_not_fitted_on() -> None:
    lists = made_up(300, seed=4, tuned=0.5)
    relevant = lists.relevant.copy()
    relevant[~lists.tuned] = np.roll(relevant[~lists.tuned], 1, axis=1)
    spoilt = Lists(lists.measures, relevant, lists.rows, lists.tuned, lists.dataset)
    assert fit([spoilt]).tolist() == fit([lists]).tolist()
    assert quality(lists, -lists.measures @ fit([lists]), tuned=False) < 0.5


def test_a_question_without_its_passage_among_the_first_teaches_nothing() -> None:
    lists = made_up(300, seed=5)
    relevant = lists.relevant.copy()
    relevant[::2] = 0.0
    half = Lists(lists.measures, relevant, lists.rows, lists.tuned, lists.dataset)
    weights = fit([half])
    assert np.isfinite(weights).all()
    assert weights[DECIDES] > 5 * np.delete(np.abs(weights), DECIDES).max()


@pytest.mark.parametrize("tuned", [1.0, 0.0], ids=["no passage found", "no question for fitting"])
def test_a_set_that_teaches_nothing_is_an_error(tuned: float) -> None:
    lists = made_up(30, seed=5, tuned=tuned)
    lost = np.zeros_like(lists.relevant) if tuned else lists.relevant
    empty = Lists(lists.measures, lost, lists.rows, lists.tuned, lists.dataset)
    said = f"set 2 of 2 teaches nothing: of its 30 questions {int(30 * tuned)} are for fitting"
    with pytest.raises(ValueError, match=said):
        fit([made_up(30, seed=6), empty])


def test_sets_count_alike_whatever_their_size() -> None:
    small, large = made_up(60, seed=6), made_up(600, seed=7, decides=-1.0)
    weight = fit([small, large])[DECIDES]
    alone = fit([large])[DECIDES]
    assert abs(weight) < 0.15 * abs(alone)


def test_quality_is_that_of_the_ranking() -> None:
    lists = made_up(50, seed=8, tuned=0.5)
    right = lists.relevant
    assert quality(lists, right, tuned=True) == quality(lists, right, tuned=False) == 1.0
    second = lists.relevant.copy()
    second[np.arange(50), (lists.relevant.argmax(axis=1) + 1) % PASSAGES] = 2.0
    assert quality(lists, second, tuned=True) == pytest.approx(1 / np.log2(3))
    only_tuned = np.where(lists.tuned[:, None], right, -right)
    assert quality(lists, only_tuned, tuned=True) == 1.0
    assert quality(lists, only_tuned, tuned=False) < 0.5


def test_one_question_in_three_is_for_tuning() -> None:
    queries = [f"Chi bộ {i} báo cáo khi nào?" for i in range(3000)]
    chosen = [is_for_tuning(query) for query in queries]
    assert 0.3 < np.mean(chosen) < 0.37
    assert [is_for_tuning(query) for query in reversed(queries)] == chosen[::-1]


# --- on a set -----------------------------------------------------------------------------------

TASKS = (
    "thu gom rác", "dọn kênh", "trồng hoa", "sửa đường", "cấp giống lúa", "tiêm chủng", "mở lớp bơi",
    "thăm hộ nghèo", "quét vôi nhà văn hóa", "kiểm tra bếp ăn", "phát sách", "tập chữa cháy",
)  # fmt: skip
ACTORS = ("Hội Nông dân", "Đoàn Thanh niên", "Công an xã", "Trạm Y tế", "Hội Phụ nữ")


def said(actor: int, task: int) -> str:
    return (
        f"{ACTORS[actor]} {TASKS[task]} trong tháng {task + 1}. Các chi bộ góp công, {ACTORS[actor - 1]}"
        f" lo kinh phí. Ai chậm thì nhắc, ai {TASKS[task - 1]} tốt thì khen."
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    pairs = [(a, t) for a in range(len(ACTORS)) for t in range(len(TASKS))]
    write(folder / "corpus.jsonl", [{"id": f"{a}-{t}", "text": said(a, t)} for a, t in pairs])
    questions = [  # in other words, so that the right passage isn't always the first
        {"id": f"{a}-{t}", "text": f"{ACTORS[a].split()[-1]} {TASKS[t].split()[-1]} tháng nào?"}
        for a, t in pairs
    ]
    write(folder / "queries.jsonl", questions)
    lines = [f"{a}-{t}\t{a}-{t}\t1" for a, t in pairs]
    (folder / "qrels.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def write(path: Path, rows: list[dict[str, str]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def lists(folder: Path) -> Lists:
    return read(folder)


def test_a_set_is_read_with_its_first_passages(lists: Lists) -> None:
    count = len(ACTORS) * len(TASKS)
    assert lists.measures.shape == (count, 50, len(FEATURES))
    assert lists.relevant.shape == (count, 50)
    assert lists.tuned.tolist() == [is_for_tuning(query) for query in lists.dataset.queries]
    for question in range(count):
        held = [float(row in lists.dataset.relevant[question]) for row in lists.rows[question]]
        assert lists.relevant[question].tolist() == held
    assert lists.relevant.sum() > count / 2


def test_the_measures_are_those_that_retrieval_takes(lists: Lists) -> None:
    embeddings = load_embeddings()
    documents = lists.dataset.documents
    ranking = TextRanking(documents, embeddings.encode(documents), embeddings)
    query = ranking.restore(lists.dataset.queries[7])
    rows, candidates, _ = ranking.candidates(query)
    assert lists.rows[7] == rows.tolist()
    np.testing.assert_allclose(
        lists.measures[7], ranking.reranker.features(query, candidates), atol=1e-6
    )


def test_the_command_writes_a_weight_for_every_measure(
    folder: Path,
    lists: Lists,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    out = tmp_path / "weights.json"
    arguments = ["--dataset", str(folder), "--dataset", str(folder), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["training.rerank", *arguments])
    with caplog.at_level(logging.INFO, logger="training.rerank"):
        main()
    table = json.loads(out.read_text(encoding="utf-8"))
    assert list(table) == list(FEATURES)
    weights = np.array([table[name] for name in FEATURES])
    np.testing.assert_allclose(weights, fit([lists, lists]), atol=1e-4)
    figures = [
        quality(lists, lists.measures @ fit([lists, lists]), tuned) for tuned in (True, False)
    ]
    first = lists.measures[:, :, FEATURES.index("first")]
    before = [quality(lists, first, tuned) for tuned in (True, False)]
    assert min(figures) > max(before) + 0.1
    assert caplog.messages[:2] == [
        "{} {}: tuned {:.4f}, others {:.4f}".format(folder.name, name, *values)
        for name, values in (("before", before), ("reranked", figures))
    ]
    assert len(caplog.messages) == 4


def test_the_command_says_which_set_teaches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "corpus.jsonl", [{"id": "1", "text": "Chi bộ họp."}])
    query = next(q for q in map("Chi bộ họp lần {}?".format, range(9)) if not is_for_tuning(q))
    write(tmp_path / "queries.jsonl", [{"id": "1", "text": query}])
    (tmp_path / "qrels.tsv").write_text("1\t1\t1", encoding="utf-8")
    out = tmp_path / "weights.json"
    arguments = ["--dataset", str(tmp_path), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["training.rerank", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert "set 1 of 1 teaches nothing" in capsys.readouterr().err
    assert not out.exists()


def test_the_shipped_weights_name_every_measure() -> None:
    shipped = Path(__file__).parents[2] / "assistant" / "rerank" / "weights.json"
    assert tuple(json.loads(shipped.read_text("utf-8"))) == FEATURES
