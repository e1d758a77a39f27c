"""``python -m eval`` from its arguments to its output, on real parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import append, judge
from assistant.records import Answer, Intent, Statement
from eval.__main__ import main

QUESTIONS = [
    {
        "id": "deadline",
        "doc": "ke-hoach.txt",
        "question": "Các chi bộ xóm phải báo cáo kết quả trước ngày nào?",
        "variants": ["Cac chi bo xom phai bao cao ket qua truoc ngay nao?"],
        "variant_kinds": ["no-diacritics"],
        "type": "deadline",
        "answer_spans": ["trước ngày 25/11/2024"],
    },
    {
        "id": "scoped",
        "doc": "ke-hoach",
        "question": "Ai thành lập tổ công nghệ số cộng đồng?",
        "type": "who",
        "answer_spans": ["Đoàn Thanh niên xã"],
        "scope": "document",
    },
    {
        "id": "nothing",
        "doc": "ke-hoach.txt",
        "question": "Kinh phí mua máy bay trực thăng là bao nhiêu?",
        "type": "unanswerable",
    },
]

CORPUS = {
    "bao-cao": ("Báo cáo", "Các chi bộ báo cáo kết quả trước ngày 20 tháng 4."),
    "kinh-phi": ("Kinh phí", "Kinh phí thực hiện do ngân sách xã bảo đảm."),
    "tuyen-truyen": ("Tuyên truyền", "Tuyên truyền trên hệ thống truyền thanh của xã."),
}


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    write_rows(
        folder / "corpus.jsonl",
        [{"id": i, "title": title, "text": text} for i, (title, text) in CORPUS.items()],
    )
    queries = [{"id": i, "text": text} for i, (_, text) in CORPUS.items()]
    # No word of this one stands anywhere: BM25 must find nothing, and not the first passage.
    queries.append({"id": "lost", "text": "xyzzy"})
    write_rows(folder / "queries.jsonl", queries)
    judged = [f"{i}\t{i}\t1" for i in CORPUS] + ["lost\tbao-cao\t1"]
    (folder / "qrels.tsv").write_text("\n".join(judged), "utf-8")
    return folder


def test_retrieval(beir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"
    assert main(["retrieval", "--dataset", str(beir), "--out", str(out)]) == 0
    figures = json.loads(out.read_text("utf-8"))
    assert figures["dataset"] == "tiny"
    for method in ("dense", "lexical", "fused"):
        assert set(figures[method]) == {
            "acc@1", "acc@10", "mrr@10", "ndcg@10", "recall@10", "ms_per_query"
        }  # fmt: skip
        assert figures[method]["acc@1"] >= 0.75, f"{method} misses a passage asked in its own words"
    assert figures["lexical"]["acc@10"] == figures["lexical"]["recall@10"] == 0.75
    printed = capsys.readouterr().out
    assert "tiny: 4 queries over 3 passages" in printed
    assert "passages a second" in printed


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A set of two passages that only their marks tell apart."""
    folder = tmp_path / "marks"
    folder.mkdir()
    texts = {"hop-ban": "Chi bộ họp bàn.", "hop-ban-2": "Chi bộ hợp bản."}
    write_rows(folder / "corpus.jsonl", [{"id": i, "text": text} for i, text in texts.items()])
    write_rows(folder / "queries.jsonl", [{"id": i, "text": text} for i, text in texts.items()])
    (folder / "qrels.tsv").write_text("\n".join(f"{i}\t{i}\t1" for i in texts), "utf-8")
    return folder


def test_retrieval_without_diacritics(
    marks: Path, beir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    arguments = ["retrieval", "--dataset", str(marks), "--out", str(out)]
    assert main(arguments) == 0
    assert json.loads(out.read_text("utf-8"))["lexical"]["acc@1"] == 1.0
    assert main([*arguments, "--no-diacritics"]) == 0
    figures = json.loads(out.read_text("utf-8"))
    # Typed without marks both questions are the same, and one passage stands first for both.
    assert figures["dataset"] == "marks"
    assert figures["lexical"]["acc@1"] == figures["fused"]["acc@1"] == 0.5
    assert figures["lexical"]["mrr@10"] == 0.75
    # Where the words differ, the marks are restored and nothing is lost.
    assert main(["retrieval", "--dataset", str(beir), "--no-diacritics", "--out", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["fused"]["acc@1"] >= 0.75
    assert "tiny: 4 queries over 3 passages" in capsys.readouterr().out


def test_both_ways_together_find_what_the_vectors_do_not_know(tmp_path: Path) -> None:
    texts = {"one": "Phiếu zqxj của xã.", "two": "Phiếu wvwv của xã."}
    write_rows(tmp_path / "corpus.jsonl", [{"id": i, "text": text} for i, text in texts.items()])
    queries = [{"id": "one", "text": "zqxj"}, {"id": "two", "text": "wvwv"}]
    write_rows(tmp_path / "queries.jsonl", queries)
    (tmp_path / "qrels.tsv").write_text("one\tone\t1\ntwo\ttwo\t1", "utf-8")
    out = tmp_path / "figures.json"
    assert main(["retrieval", "--dataset", str(tmp_path), "--out", str(out)]) == 0
    figures = json.loads(out.read_text("utf-8"))
    assert figures["dense"]["acc@1"] == 0.5
    assert figures["lexical"]["acc@1"] == figures["fused"]["acc@1"] == 1.0


def test_retrieval_says_that_its_cross_encoder_is_not_there(
    beir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_RERANKER_MODEL", "./no/such/model")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert main(["retrieval", "--dataset", str(beir)]) == 2
    assert "ASSISTANT_RERANKER_MODEL" in capsys.readouterr().err


def test_answers(plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "ke-hoach.txt").write_text(plan, "utf-8")
    (plans / "rong.txt").touch()
    questions = write_rows(tmp_path / "questions.jsonl", QUESTIONS)
    out = tmp_path / "answers.jsonl"
    arguments = ["--plans", str(plans), "--questions", str(questions), "--out", str(out)]
    assert main(["answers", *arguments]) == 0

    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["id"], row["variant"]) for row in rows] == [
        ("deadline", 0),
        ("deadline", 1),
        ("scoped", 0),
        ("nothing", 0),
    ]
    for row in rows:
        assert row.keys() >= {
            "question", "answer", "abstained", "citations", "passages", "latency_ms"
        }  # fmt: skip
    assert "25/11/2024" in rows[0]["answer"]
    assert rows[0]["passages"][0]["document"] == "ke-hoach.txt"

    printed = capsys.readouterr()
    assert "rong.txt" in printed.err, "a file that was left out is named"
    heading, written, *_ = (line.split() for line in printed.out.splitlines())
    assert heading[0] == "wording"
    assert written[:4] == ["as", "written", "2", "1"]
    cited = sum(len(row["citations"]) for row in rows)
    assert f"citations exact: {cited} of {cited}" in printed.out
    assert cited > 0


def test_feedback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feedback.jsonl"
    for question, rating in (("Ai báo cáo?", "up"), ("Khi nào?", "down")):
        answer = Answer(question, (Statement("Các chi bộ"),), False, Intent.WHO, "vi")
        append(path, judge(answer, rating, id=question))
    assert main(["feedback", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "1 up, 1 down" in printed
    assert "Khi nào?" in printed
    assert "Ai báo cáo?" not in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            "answers --plans {t} --questions {t}/none --out {t}/o", "none: no such file", id="rows"
        ),
        pytest.param(
            "answers --plans {t}/none --questions {t}/q --out {t}/o", "none: no such", id="plans"
        ),
        pytest.param(
            "answers --plans {t}/empty --questions {t}/q --out {t}/o", "no document", id="no-plan"
        ),
        pytest.param(
            "answers --plans {t} --questions {t}/q --out {t}/no/o", "cannot be written", id="out"
        ),
        pytest.param("retrieval --dataset {t}/none", "none: no such folder", id="dataset"),
        pytest.param("retrieval --dataset {t}/empty", "neither corpus.jsonl", id="empty-dataset"),
        pytest.param("feedback {t}/none", "none: no such file", id="feedback"),
    ],
)
def test_bad_input_is_one_line(
    arguments: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    write_rows(tmp_path / "q", QUESTIONS)
    assert main(arguments.format(t=tmp_path).split()) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: ")
    assert message in last


def test_a_scoped_question_needs_its_document(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ke-hoach.txt").write_text(plan, "utf-8")
    row = QUESTIONS[1] | {"doc": "khac.txt"}
    questions = write_rows(tmp_path / "questions.jsonl", [row])
    out = tmp_path / "answers.jsonl"
    arguments = ["--plans", str(tmp_path), "--questions", str(questions), "--out", str(out)]
    assert main(["answers", *arguments]) == 2
    assert 'scoped is asked of "khac.txt", not in the plans' in capsys.readouterr().err
