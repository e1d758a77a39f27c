"""A real library of the bundled samples, and an assistant on it, for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chain import Ask, Assistant
from assistant.library_index import LibraryIndex
from assistant.records import Answer, Scope
from benchmarks.plans import made_up_plans
from eval.dataset import PlanQuestion, load_questions
from eval.figures import Outcome
from eval.metrics import citation_exact
from ingest.pipeline import Library
from ingest.records import SourceDocument
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.assistant.own_plan import assistant_on

QUESTIONS = Path(__file__).parent.parent / "data" / "sample_questions.jsonl"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("home")
    with Library.open(Settings(home=home)) as opened:
        summary = opened.add(sample_paths())
        assert not summary.failed
        yield opened


@pytest.fixture(scope="session")
def by_number(library: Library) -> dict[str, SourceDocument]:
    return {d.header.number.value: d for d in library.documents() if d.header.number}


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.fixture(scope="session")
def outcomes(assistant: Assistant, library: Library) -> list[Outcome]:
    """Every wording of every sample question, asked once."""
    ids = {d.name: d.id for d in library.documents()}
    return [
        _outcome(question, kind, assistant.invoke(Ask(text, _scope(question, ids))), library)
        for question in load_questions(QUESTIONS)
        for _, kind, text in question.wordings()
    ]


def _scope(question: PlanQuestion, ids: dict[str, str]) -> Scope:
    return Scope(documents=tuple(ids[d] for d in question.documents) if question.scoped else ())


def _outcome(question: PlanQuestion, kind: str, answer: Answer, library: Library) -> Outcome:
    exact = [
        citation_exact(library.document(c.document_id).text, c.start, c.end, c.quote)
        for c in answer.citations
    ]
    spans = tuple((span.document, span.text) for span in question.spans)
    return Outcome(question, kind, spans, answer, sum(exact))


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        yield opened


PLACE = """ĐẢNG ỦY XÃ {upper}
*
Số {number}-KH/ĐU
{place}, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
tuyên truyền trên địa bàn xã {place}

I. TRỒNG TRỌT
{first}

II. Y TẾ
Trạm y tế phun thuốc diệt muỗi, phát màn cho từng hộ ở các xóm ven sông.

III. DỌN KÊNH
{second}

IV. THĂM HỎI
{third}
"""
PLACES = {
    "cam-khe.txt": PLACE.format(
        upper="CẨM KHÊ",
        place="Cẩm Khê",
        number="35",
        first="UBND xã cấp giống lúa cho từng hộ, cử người đi xem ruộng ở các xóm.",
        second="Đoàn Thanh niên dọn kênh, vớt lục bình, trồng hoa ở hai bên bờ.",
        third="Hội Chữ thập đỏ đi thăm hộ nghèo, tặng gạo và thuốc cho các cụ.",
    ),
    "lien-hoi.txt": PLACE.format(
        upper="LIÊN HỘI",
        place="Liên Hội",
        number="5",
        first="Hội Nông dân cấp giống ngô cho từng hộ, cử người đi xem ruộng ở các xóm.",
        second="Dân quân dọn kênh, vớt lục bình, trồng hoa ở hai bên bờ.",
        third="Ban Thường vụ đi thăm các cụ cao tuổi, tặng gạo và thuốc cho từng hộ.",
    ),
}


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of two plans of two communes, with a passage a section."""
    folder = tmp_path_factory.mktemp("places")
    for name, text in PLACES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(folder / "home", max_passage_words=8)) as library:
        assert not library.add([folder / name for name in PLACES]).failed
        assert len(library.passages()) >= 8
        yield Assistant(library).index()


MANY = 24  # documents: twice as many as a search looks into


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of more documents than a search looks into."""
    with assistant_on(tmp_path_factory.mktemp("many"), dict(made_up_plans(MANY))) as opened:
        yield opened.index()
