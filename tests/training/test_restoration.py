"""The table of syllables and pairs, from training files to what the restorer reads."""

from __future__ import annotations

import json
import lzma
import shutil
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.language.restore import GeneralCounts
from assistant.language.syllable import is_vietnamese_syllable
from training.questions import QUESTIONS
from training.restoration import build, count, main, write
from training.vocabulary import words

PAGE = "Bưởi ven sông. " * 20 + "Lá bưởi sông. " * 19 + "Cây lúa mọc trên ruộng nước. " * 20
ARTICLES = [f"Điều {n}. Cành khế\n" + "Bảo vệ website xanh. " * 3 for n in range(1, 21)]
ROWS = {
    "phapdien": {
        "topic": "Đề mục 1 - Trồng cây",
        "chapter": "Chương I",
        "title": "Điều 1. Cành khế",
        "text": "Vườn bưởi xanh. " * 30,
    },
    "viwiki": {"title": "cây lúa", "text": PAGE},
    "laws": {"id": "a", "text": "\n".join(ARTICLES)},
    "official_plans": {
        "id": "b",
        "text": "Hòa thuận, hoà bình. " * 24 + "Cùng xanh vườn. " * 3 + "Cùng xanh hòa. " * 4,
    },
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name, row in ROWS.items():
        with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as lines:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


@pytest.fixture(scope="module")
def table(data: Path, tmp_path_factory: pytest.TempPathFactory) -> GeneralCounts:
    out = tmp_path_factory.mktemp("table") / "table.npz"
    build(data, out)
    return GeneralCounts(out)


def _count(table: GeneralCounts, *syllables: str) -> float:
    """What ``table`` says of a syllable or a pair."""
    numbers = table.numbers(syllables)
    if len(syllables) == 1:
        return float(table.of(numbers)[0])
    return float(table.of_pairs(numbers[:1], numbers[1:])[0])


@pytest.mark.parametrize(
    ("syllable", "times"),
    [
        ("bưởi", 30 + 20 + 19),
        ("vườn", 30 + 3),
        ("xanh", 30 + 20 * 3 + 3 + 4),
        ("sông", 20 + 19),
        ("hòa", 24 + 24 + 4),  # both placements of its tone are one
        ("ven", 20),
        ("khế", 20 + 1),  # headings count as sentences do
    ],
)
def test_syllables_are_counted(table: GeneralCounts, syllable: str, times: int) -> None:
    assert _count(table, syllable) == pytest.approx(times, rel=0.005)


@pytest.mark.parametrize(
    ("pair", "times"),
    [
        (("vườn", "bưởi"), 30),
        (("bưởi", "xanh"), 30),
        (("bưởi", "ven"), 20),
        (("bưởi", "sông"), 19),
        (("thuận", "hòa"), 24),
        (("cành", "khế"), 20 + 1),
        (("xanh", "hòa"), 4),
        (("xanh", "vườn"), 0),  # three times: too rare
        (("sông", "bưởi"), 0),  # sentences are counted apart
        (("bưởi", "vườn"), 0),
    ],
)
def test_pairs_are_counted_to_a_sixteenth(
    table: GeneralCounts, pair: tuple[str, str], times: int
) -> None:
    assert _count(table, *pair) == pytest.approx(times, rel=1 / 32 + 0.001)


@pytest.mark.parametrize(
    "word",
    ["lá", "website", "cùng"],
    ids=["19-times", "no-syllable", "7-times"],
)
def test_what_is_rare_or_no_syllable_is_left_out(table: GeneralCounts, word: str) -> None:
    assert table.numbers([word]).tolist() == [-1]
    assert list(table.forms_of(word)) == []
    assert _count(table, word) == _count(table, word, "bưởi") == 0


def test_the_table_knows_the_forms_of_folded_syllables(table: GeneralCounts) -> None:
    assert list(table.forms_of("buoi")) == ["bưởi"]
    assert set(table.forms_of("nao")) == {"nào"}
    assert list(table.forms_of("bưởi")) == []


def test_questions_weigh_as_much_as_said(table: GeneralCounts) -> None:
    asked = [phrase.split() for phrase in QUESTIONS]
    mostly = Counter(word for phrase in asked for word in phrase)
    pairs = Counter(pair for phrase in asked for pair in pairwise(phrase))
    assert min(mostly["ai"], mostly["gì"], pairs["là", "gì"]) > 1
    for word in ("ai", "gì", "mấy"):
        assert _count(table, word) == pytest.approx(2_000 * mostly[word], rel=0.01)
    for pair in (("là", "gì"), ("khi", "nào"), ("bao", "nhiêu")):
        assert _count(table, *pair) == pytest.approx(2_000 * pairs[pair], rel=0.04)


def test_the_total_is_that_of_what_is_kept(table: GeneralCounts) -> None:
    asked = 2_000 * sum(len(phrase.split()) for phrase in QUESTIONS)
    corpus = sum(len(words(row["text"])) for row in ROWS.values())
    assert table.total == pytest.approx(asked + corpus, rel=0.01)


def test_counting_by_hand() -> None:
    single, pair = count([["kế", "hoạch", "kế"], ["kế", "hoạch"], ["kế"], []])
    assert single == {"kế": 4, "hoạch": 2}
    assert pair == {("kế", "hoạch"): 2, ("hoạch", "kế"): 1}


def test_large_counts_end_at_the_largest_byte(tmp_path: Path) -> None:
    often = 10**8
    write(
        Counter({"kế": often, "hoạch": often}),
        Counter({("kế", "hoạch"): often, ("hoạch", "kế"): 4}),
        tmp_path / "table.npz",
    )
    table = GeneralCounts(tmp_path / "table.npz")
    assert _count(table, "kế", "hoạch") == pytest.approx(np.exp(255 / 16))
    assert _count(table, "hoạch", "kế") == pytest.approx(4, rel=1 / 32)


def test_the_same_data_gives_the_same_table(data: Path, tmp_path: Path) -> None:
    build(data, tmp_path / "one.npz")
    build(data, tmp_path / "two.npz")
    with np.load(tmp_path / "one.npz") as one, np.load(tmp_path / "two.npz") as two:
        assert set(one) == set(two) == {"syllables", "counts", "first", "second", "pair_counts"}
        assert all(np.array_equal(one[key], two[key]) for key in one)


# --- The command ---


def _run(monkeypatch: pytest.MonkeyPatch, data: Path, out: Path) -> None:
    arguments = ["restoration", "--data", str(data), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", arguments)
    main()


def test_the_command_writes_the_table(
    monkeypatch: pytest.MonkeyPatch, data: Path, tmp_path: Path
) -> None:
    _run(monkeypatch, data, tmp_path / "table.npz")
    assert _count(GeneralCounts(tmp_path / "table.npz"), "vườn", "bưởi") > 0


@pytest.mark.parametrize("name", ROWS)
def test_a_missing_file_is_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: Path,
    tmp_path: Path,
    name: str,
) -> None:
    partial = tmp_path / "partial"
    shutil.copytree(data, partial)
    missing = partial / f"{name}.jsonl.xz"
    missing.unlink()
    out = tmp_path / "table.npz"
    with pytest.raises(SystemExit) as stopped:
        _run(monkeypatch, partial, out)
    assert stopped.value.code == 2
    assert f"{missing} is missing" in capsys.readouterr().err
    assert not out.exists()
    with pytest.raises(FileNotFoundError):
        build(partial, out)


# --- What is shipped ---


def test_questions_are_words_that_the_table_can_hold() -> None:
    asked = [word for phrase in QUESTIONS for word in phrase.split()]
    assert [word for word in asked if not is_vietnamese_syllable(word)] == []
    assert len(set(QUESTIONS)) == len(QUESTIONS)
    assert all(phrase == " ".join(words(phrase)) for phrase in QUESTIONS)
    assert all(unicodedata.is_normalized("NFC", phrase) for phrase in QUESTIONS)


def test_the_shipped_table_is_one_that_the_command_writes() -> None:
    shipped = GeneralCounts()
    asked = {word for phrase in QUESTIONS for word in phrase.split()}
    assert (shipped.of(shipped.numbers(sorted(asked))) >= 2_000).all()
    pairs = sorted({pair for phrase in QUESTIONS for pair in pairwise(phrase.split())})
    first, second = (shipped.numbers(side) for side in zip(*pairs, strict=True))
    assert (shipped.of_pairs(first, second) >= 2_000 * (1 - 1 / 31)).all()
