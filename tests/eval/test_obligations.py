"""``python -m eval obligations``: the register against annotated rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.dataset import GoldObligation
from eval.obligations import compare, same_deadline

PLAN = (
    "ĐẢNG ỦY XÃ TÂN LẬP\nSố 12-KH/ĐU\nTân Lập, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\n"
    "Học tập nghị quyết\nI. TỔ CHỨC THỰC HIỆN\n"
    "1. Các chi bộ xóm: Báo cáo kết quả trước ngày 25/11/2024.\n"
    "2. Văn phòng Đảng ủy tổng hợp vào tháng 12 hằng năm.\n"
)


def gold(**fields: str) -> GoldObligation:
    made = {
        "document": "ke-hoach", "actor": "Các chi bộ xóm", "action": "báo cáo kết quả",
        "deadline": "2024-11-25", "span": "Các chi bộ xóm: Báo cáo kết quả trước ngày 25/11/2024",
    }  # fmt: skip
    return GoldObligation(**(made | fields))


def row(**fields: str) -> dict[str, Any]:
    made = {
        "document": "ke-hoach.txt", "actor": "Các chi bộ xóm", "action": "Báo cáo kết quả",
        "deadline": "2024-11-25", "quote": "Báo cáo kết quả trước ngày 25/11/2024.",
    }  # fmt: skip
    return made | fields


@pytest.mark.parametrize(
    ("rows", "matched", "with_actor"),
    [
        pytest.param([row()], 1, 1, id="the-same"),
        pytest.param([row(deadline="2024-11-26")], 0, 0, id="another-day"),
        pytest.param([row(quote="Xây dựng kế hoạch tuần")], 0, 0, id="other-words"),
        pytest.param([row(document="khac.txt")], 0, 0, id="another-document"),
        pytest.param([row(actor="Công an xã")], 1, 0, id="another-actor"),
        pytest.param([row(), row()], 1, 1, id="one-row-counts-once"),
    ],
)
def test_what_counts_as_the_same_duty(
    rows: list[dict[str, Any]], matched: int, with_actor: int
) -> None:
    figures = compare([gold()], rows)
    assert (figures.matched, figures.matched_with_actor) == (matched, with_actor)
    assert figures.precision(matched) == matched / len(rows)
    assert figures.recall(matched) == matched


def test_an_implied_actor_is_not_compared() -> None:
    assert compare([gold(actor="(toàn Đảng bộ)")], [row(actor="")]).matched_with_actor == 1


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("2024-11-25", "2024-11-25", True),
        ("2024-11;MONTHLY", "MONTHLY", True),
        ("2024-11;MONTHLY", "2024-11;YEARLY", True),
        ("2024-11", "2024-11-25", False),
        ("", "", True),
        ("2024", "", False),
    ],
)
def test_values_that_are_one(wanted: str, found: str, same: bool) -> None:
    assert same_deadline(wanted, found) is same


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "ke-hoach.txt").write_text(PLAN, "utf-8")
    (folder / "khac.txt").write_text(PLAN.replace("2024", "2023"), "utf-8")
    return folder


def written_gold(path: Path, **fields: str) -> Path:
    one = gold(**fields)
    value = {
        "doc": one.document, "actor": one.actor, "action": one.action,
        "deadline_norm": one.deadline, "span": one.span,
    }  # fmt: skip
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def test_the_command_writes_the_whole_register_and_scores_what_was_annotated(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = written_gold(tmp_path / "gold.jsonl"), tmp_path / "register.jsonl"
    assert main(["obligations", "--plans", str(plans), "--gold", str(file), "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {(r["document"], r["deadline"]) for r in rows} == {
        ("ke-hoach.txt", "2024-11-25"), ("ke-hoach.txt", "YEARLY-12"),
        ("khac.txt", "2023-11-25"), ("khac.txt", "YEARLY-12"),
    }  # fmt: skip
    printed = capsys.readouterr().out
    assert "2 rows found, 1 annotated" in printed
    assert "0.500" in printed  # precision
    assert "1.000" in printed  # recall


def test_documents_without_duties_are_scored_where_a_file_names_them(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written_gold(tmp_path / "gold.jsonl")
    names = {"annotated_documents": ["ke-hoach.txt", "khac.txt"]}
    (tmp_path / "gold_meta.json").write_text(json.dumps(names), "utf-8")
    out = tmp_path / "register.jsonl"
    main(["obligations", "--plans", str(plans), "--gold", str(file), "--out", str(out)])
    assert "4 rows found, 1 annotated" in capsys.readouterr().out


def test_gold_of_a_document_that_is_not_there(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written_gold(tmp_path / "gold.jsonl", document="mat")
    out = tmp_path / "register.jsonl"
    arguments = ["obligations", "--plans", str(plans), "--gold", str(file), "--out", str(out)]
    assert main(arguments) == 2
    assert '"mat"' in capsys.readouterr().err
