"""``python -m eval compare``: each method on real parts, in its own process and in this one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.__main__ import main
from eval.compare import METHODS, Job, measure, peak_memory, read_sources, run_job
from eval.figures import MethodRun, Wording, method_figures
from ingest.settings import Settings

OTHER_PLAN = """ỦY BAN NHÂN DÂN XÃ BÌNH HÒA
Số 16/KH-UBND
Bình Hòa, ngày 5 tháng 5 năm 2024

KẾ HOẠCH
phòng, chống cháy rừng mùa khô năm 2024

I. MỤC ĐÍCH
Bảo vệ rừng, giữ an toàn cho nhân dân trong mùa khô.

II. TỔ CHỨC THỰC HIỆN
1. Hạt Kiểm lâm trực cháy 24/24 giờ và báo cáo trước ngày 30/6/2024.
2. Đoàn Thanh niên xã thành lập tổ xung kích chữa cháy.
"""
QUESTIONS = [
    {
        "id": "deadline",
        "doc": "ke-hoach-15.txt",
        "question": "Các chi bộ xóm báo cáo kết quả về Đảng ủy trước ngày nào?",
        "variants": ["Cac chi bo xom bao cao ket qua ve Dang uy truoc ngay nao?"],
        "variant_kinds": ["no-diacritics"],
        "type": "deadline",
        "answer_spans": ["trước ngày 25/11/2024"],
    },
    {
        "id": "scoped",
        "doc": "ke-hoach-16",
        "question": "Đoàn Thanh niên xã thành lập tổ gì?",
        "type": "what",
        "answer_spans": ["tổ xung kích chữa cháy"],
        "scope": "document",
    },
    {"id": "nothing", "question": "Ai mua máy bay trực thăng?", "type": "unanswerable"},
]


@pytest.fixture(scope="module")
def texts(plan: str) -> dict[str, str]:
    return {"ke-hoach-15.txt": plan, "ke-hoach-16.txt": OTHER_PLAN}


@pytest.fixture
def plans(texts: dict[str, str], tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in QUESTIONS), "utf-8")
    return path


@pytest.fixture(scope="module")
def small_model(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sentence-transformers model with a vector for each of a few words."""
    pytest.importorskip("langchain_text_splitters", reason="of the stock pipeline")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    known = sorted({word for text in texts.values() for word in text.split()})
    tokenizer = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(["?", *known])}, unk_token="?")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    weights = np.random.default_rng(1).normal(size=(len(known) + 1, 64)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "small"
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save(str(folder))
    return str(folder)


def run_here(
    method: str, plans: Path, home: Path, wordings: tuple[Wording, ...], model: str = ""
) -> MethodRun:
    settings = Settings(home=home)
    return run_job(Job(method, settings, read_sources([plans], settings), wordings, model))


def test_without_a_stock_model_three_methods_are_compared(
    plans: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (plans / "rong.txt").touch()
    out, chart = tmp_path / "figures.json", tmp_path / "chart.svg"
    options = ["--plans", str(plans), "--questions", str(questions)]
    assert main(["compare", *options, "--out", str(out), "--chart", str(chart)]) == 0

    figures = json.loads(out.read_text("utf-8"))
    assert (figures["documents"], figures["wordings"]) == (2, 4)
    assert figures["answerable"] == {"as written": 2, "no-diacritics": 1}
    assert list(figures["methods"]) == ["ours", "bm25", "dense"]
    assert "--stock-model" in figures["left_out"]["stock"]
    passages = {method["passages"] for method in figures["methods"].values()}
    assert len(passages) == 1, "the methods are compared over the very same passages"
    for name, method in figures["methods"].items():
        assert method["evidence"]["as written"]["evidence@10"] == 1, name
        assert method["ms_per_query"] > 0
        assert method["passages_per_second_with_reading"] > 0
        assert method["peak_mb"] is None or method["peak_mb"] > method["added_mb"] > 0

    printed = capsys.readouterr()
    assert "2 documents, 4 wordings" in printed.out
    assert "stock LangChain: left out; name a model" in printed.out
    assert printed.err.count("left out: rong.txt") == 1
    texts = [node.text for node in ET.parse(chart).iter("{http://www.w3.org/2000/svg}text")]
    assert "BM25 alone" in texts
    assert "no-diacritics (1)" in texts
    assert "stock LangChain" not in texts


def test_the_stock_pipeline_stands_beside_them(
    plans: Path,
    questions: Path,
    small_model: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "figures.json"
    options = ["--plans", str(plans), "--questions", str(questions), "--out", str(out)]
    assert main(["compare", *options, "--stock-model", small_model]) == 0
    figures = json.loads(out.read_text("utf-8"))
    assert tuple(figures["methods"]) == METHODS
    assert figures["left_out"] == {}
    assert figures["methods"]["stock"]["evidence"]["as written"]["evidence@10"] == 1
    assert "stock LangChain" in capsys.readouterr().out


@pytest.mark.parametrize("method", METHODS)
def test_a_question_about_one_document_finds_no_other(
    method: str, plans: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    model = request.getfixturevalue("small_model") if method == "stock" else ""
    identities = dict(read_sources([plans], Settings(home=tmp_path)))
    wanted = next(i for i, path in identities.items() if path.name == "ke-hoach-16.txt")
    text = "Đoàn Thanh niên xã thành lập tổ"
    wordings = (Wording("as written", text), Wording("as written", text, selected=(wanted,)))
    run = run_here(method, plans, tmp_path / "home", wordings, model)
    everywhere, inside = ({document for document, _ in found} for found in run.found)
    assert everywhere == {"ke-hoach-15.txt", "ke-hoach-16.txt"}
    assert inside == {"ke-hoach-16.txt"}
    assert run.reading > 0
    assert run.indexing > 0
    assert len(run.query_ms) == 2


def test_bm25_finds_nothing_where_no_word_is_shared(plans: Path, tmp_path: Path) -> None:
    run = run_here("bm25", plans, tmp_path, (Wording("as written", "xyzzy"),))
    assert run.found == ((),)


def test_our_method_reads_the_question_and_the_others_take_it_as_typed(
    plans: Path, tmp_path: Path
) -> None:
    # Telex keystrokes of «Hạt Kiểm lâm trực cháy mấy giờ?»: no document has a word of them.
    wordings = (Wording("telex-raw", "Hajt Kieerm laam truwjc chasy maasy giowf?"),)
    ours = run_here("ours", plans, tmp_path / "ours", wordings)
    assert "Hạt Kiểm lâm trực cháy" in ours.found[0][0][1]
    typed = run_here("bm25", plans, tmp_path / "bm25", wordings)
    assert typed.found == ((),)


def test_stock_chunks_are_of_a_thousand_characters(
    small_model: str, plan: str, tmp_path: Path
) -> None:
    from eval.stock import StockPipeline

    path = tmp_path / "dai.txt"
    path.write_text("\n\n".join(plan for _ in range(9)), "utf-8")
    pipeline = StockPipeline(small_model, tmp_path / "chroma")
    chunks = pipeline.add([("id", path)], Settings(home=tmp_path))
    assert len(chunks) > 4
    assert 500 < max(map(len, chunks)) <= 1000
    assert pipeline.search("chi bộ", ("another id",), 10) == []


def test_memory_of_this_process_is_not_counted(plans: Path, tmp_path: Path) -> None:
    here = peak_memory()
    if here is None:
        pytest.skip("this system does not tell the peak of a process")
    ballast = bytearray(b"x" * 400_000_000)
    settings = Settings(home=tmp_path)
    run = measure("bm25", settings, read_sources([plans], settings), (Wording("", "chi bộ"),))
    assert run.memory_before is not None
    assert run.memory_peak is not None
    assert run.memory_before < run.memory_peak < len(ballast)


def test_figures_of_a_run() -> None:
    gold = (("x.txt", "các chi bộ"),)
    wordings = (
        Wording("as written", "?", gold),
        Wording("english", "?", gold),
        Wording("as written", "?", gold),
        Wording("as written", "?"),  # asked, not scored
    )
    right, wrong, elsewhere = ("x.txt", "Các chi bộ,"), ("x.txt", "khác"), ("y.txt", "các chi bộ")
    run = MethodRun(
        found=((right,), (), (elsewhere, wrong, right), (right,)),
        passages=30,
        words=600,
        reading=1.0,
        indexing=3.0,
        query_ms=(1.0, 2.0, 9.0, 4.0),
        memory_before=20_000_000,
        memory_peak=150_000_000,
    )
    figures = method_figures("ours", wordings, run)
    assert figures.evidence == {
        "as written": {1: 0.5, 3: 1.0, 5: 1.0, 10: 1.0},
        "english": {1: 0.0, 3: 0.0, 5: 0.0, 10: 0.0},
    }
    assert (figures.passages_per_second, figures.passages_per_second_with_reading) == (15, 10)
    assert (figures.ms_per_query, figures.words_per_passage) == (3, 20)
    assert (figures.peak_mb, figures.added_mb) == (150, 130)


def test_what_cannot_be_told_is_no_number() -> None:
    run = MethodRun(((),), 1, 10, 2.0, 1.5, (1.0,), None, None)
    figures = method_figures("bm25", (Wording("as written", "?", (("x", "y"),)),), run)
    assert figures.passages_per_second is None
    assert figures.to_json()["peak_mb"] is None


def as_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param("--plans {t}/plans --questions {t}/none", "none: no such file", id="rows"),
        pytest.param("--plans {t}/none --questions {t}/q", "none: no such folder", id="plans"),
        pytest.param("--plans {t}/empty --questions {t}/q", "no document in", id="no-plan"),
        pytest.param(
            "--plans {t}/plans --questions {t}/q --out {t}/no/o", "no/o: cannot", id="out"
        ),
        pytest.param("--plans {t}/plans --questions {t}/q --chart {t}", "be written", id="chart"),
        pytest.param("--plans {t}/plans --questions {t}/lost", '"khac.txt", not in', id="scope"),
        pytest.param("--plans {t}/plans --questions {t}/bare", "no question has answer", id="gold"),
    ],
)
def test_bad_input_is_one_line(
    arguments: str,
    message: str,
    plans: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "q").write_text(as_line(QUESTIONS[0]), "utf-8")
    (tmp_path / "lost").write_text(as_line(QUESTIONS[1] | {"doc": "khac.txt"}), "utf-8")
    (tmp_path / "bare").write_text(as_line(QUESTIONS[2]), "utf-8")
    assert main(["compare", *arguments.format(t=tmp_path).split()]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: ")
    assert message in last


@pytest.mark.usefixtures("small_model")  # skipped where the splitter's package is missing
def test_a_stock_model_that_is_not_there_is_named(
    plans: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "no-model")
    options = ["--plans", str(plans), "--questions", str(questions), "--stock-model", missing]
    assert main(["compare", *options]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: --stock-model: ")
    assert missing in last
    assert "ASSISTANT_EMBEDDING_MODEL" not in last, "that is another setting"
