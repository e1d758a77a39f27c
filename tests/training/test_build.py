"""The whole way from training files to a model, on a few lines of data."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from ingest.embed.static import StaticEncoder
from training.__main__ import build
from training.measure import Dataset, load, measure, ndcg
from training.train import Recipe
from training.vocabulary import Size

RECIPE = Recipe(dimension=16, epochs=30, batch=8, run=2, threads=1)
SIZE = Size(400, 200, 100, 50)
SUBJECTS = {
    "Trồng lúa": "nông dân gieo cấy lúa xuân đúng lịch thời vụ",
    "Tiêm chủng": "trạm y tế tiêm vắc xin cho trẻ em trong xã",
    "Thư viện": "học sinh mượn sách đọc tại thư viện nhà trường",
    "Cứu hỏa": "đội dân phòng tập chữa cháy và thoát nạn mỗi quý",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("train")
    articles = [
        {
            "topic": f"Đề mục {number} - {subject}",
            "chapter": "Chương I",
            "title": f"Điều {number}.{part}. {subject} đợt {part}",
            "text": f"1. {text}; lần thứ {part}.\n2. Việc này do {text} cùng lo.\n3. {text}.",
        }
        for number, (subject, text) in enumerate(SUBJECTS.items())
        for part in range(8)
    ]
    _write(folder / "phapdien.jsonl.xz", articles)
    page = {"title": "cây lúa", "text": "Cây lúa mọc trên ruộng nước. " * 40}
    stub = {"title": "sao", "text": "Một tiểu hành tinh vành đai chính. " * 9}
    _write(folder / "viwiki.jsonl.xz", [page, stub])
    _write(folder / "laws.jsonl.xz", [{"id": "a", "text": "Điều 1. Tên\n" + "Nội dung luật. " * 9}])
    _write(folder / "official_plans.jsonl.xz", [{"id": "b", "text": "Mục tiêu chung. " * 9}])
    return folder


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    build(data, out, RECIPE, SIZE)
    return out


@pytest.mark.parametrize("question", ["gieo cấy vụ xuân", "gieo cay vu xuan"])
def test_a_trained_model_finds_the_subject(model: Path, question: str) -> None:
    encoder = StaticEncoder.load(model)
    similarity = encoder.encode(list(SUBJECTS.values())) @ encoder.encode([question])[0]
    assert int(similarity.argmax()) == 0


def test_the_same_seed_gives_the_same_model(model: Path, data: Path, tmp_path: Path) -> None:
    build(data, tmp_path, RECIPE, SIZE)
    again, once = StaticEncoder.load(tmp_path), StaticEncoder.load(model)
    assert again.version == once.version


def test_templated_stubs_are_not_learned(model: Path) -> None:
    encoder = StaticEncoder.load(model)
    assert encoder.encode(["ruộng"]).any()
    assert not encoder.encode(["tiểu"]).any()


def test_missing_data_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"phapdien\.jsonl\.xz"):
        build(tmp_path, tmp_path / "out", RECIPE, SIZE)


@pytest.mark.parametrize(
    ("ranking", "relevant", "score"),
    [
        ([3, 1, 2], {3}, 1.0),
        ([1, 3, 2], {3}, 1 / np.log2(3)),
        ([1, 2], {3}, 0.0),
        ([3, 1, 4], {3, 4}, (1 + 1 / 2) / (1 + 1 / np.log2(3))),
        ([*range(10), 99], {99}, 0.0),
    ],
)
def test_ndcg(ranking: list[int], relevant: set[int], score: float) -> None:
    assert ndcg(ranking, relevant) == pytest.approx(score)


def test_measuring_reads_a_beir_folder(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"id":"d0","text":"x"}\n{"id":"d1","text":"y"}\n')
    (tmp_path / "queries.jsonl").write_text('{"id":"q","text":"Ý"}\n{"id":"r","text":"no"}\n')
    (tmp_path / "qrels.tsv").write_text("q\td1\t1\nr\td0\t0\n")
    dataset = load(tmp_path)
    assert dataset == Dataset(["x", "y"], ["Ý"], [{1}])
    letters = "xyÝY"
    scores = measure(
        dataset, lambda texts: np.eye(4, dtype=np.float32)[list(map(letters.index, texts))]
    )
    assert list(scores) == ["as written", "no diacritics"]
