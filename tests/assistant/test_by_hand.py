"""Facts of a document's head that a person corrected: searched, filtered and cited by, and quoted
only where words of the document say them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cards import in_scope
from assistant.chain import Ask, Assistant
from assistant.records import Scope
from assistant.study.pack import study_pack
from assistant.study.records import Own
from ingest.pipeline import Library
from ingest.records import Corrections, SourceDocument
from ingest.settings import Settings

PLAN = """ĐẢNG ỦY XÃ AN LẠC
*
Số 3S-KH/ĐU
An Lạc, ngày 12 tháng 3 năm 2023

KẾ HOẠCH
tổ chức ngày hội trồng cây ở các thôn

I. NỘI DUNG
1. Ban Thường vụ Đoàn xã vận động đoàn viên trồng hai trăm cây bóng mát trước ngày 20/4/2023.
2. Chi bộ thôn Hạ báo cáo kết quả trồng cây về Văn phòng Đảng ủy trước ngày 05/5/2023.

T/M ĐẢNG ỦY
BÍ THƯ
Phan Văn Mẫu
"""
OTHER = """ĐẢNG ỦY XÃ TÂN HÒA
*
Số 71-CT/ĐU
Tân Hòa, ngày 02 tháng 5 năm 2022

CHỈ THỊ
về phòng, chống cháy rừng mùa khô

1. Ban Công an xã kiểm tra các chốt bảo vệ rừng hằng tuần.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, text in {"a.txt": PLAN, "b.txt": OTHER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        opened.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        yield opened


def plan(library: Library) -> SourceDocument:
    return next(d for d in library.documents() if d.name == "a.txt")


def exact(library: Library, answer: object) -> bool:
    return all(
        library.document(c.document_id).text[c.start : c.end] == c.quote
        for c in answer.citations  # type: ignore[attr-defined]
    )


def test_a_document_is_found_by_the_number_that_stands_in_it_too(library: Library) -> None:
    library.correct(
        next(d.id for d in library.documents() if d.name == "b.txt"), Corrections(number="17-CT/ĐU")
    )
    assistant = Assistant(library)
    for number in ("17-CT/ĐU", "71-CT/ĐU", "71"):
        answer = assistant.invoke(f"Chỉ thị {number} nói về việc gì?")
        assert [c.quote for c in answer.citations] == ["về phòng, chống cháy rừng mùa khô"], number


def test_a_document_is_found_by_its_corrected_number(library: Library) -> None:
    assistant = Assistant(library)
    question = "Ai ký kế hoạch số 35-KH/ĐU?"
    assert assistant.invoke(question).abstained
    library.correct(plan(library).id, Corrections(number="35-KH/ĐU"))
    answer = assistant.invoke(question)
    assert "Phan Văn Mẫu" in answer.statements[0].text
    assert {c.number for c in answer.citations} == {"35-KH/ĐU"}
    assert exact(library, answer)


def test_a_misread_number_is_marked_and_quoted_as_it_stands(library: Library) -> None:
    document = plan(library)
    library.correct(document.id, Corrections(number="35-KH/ĐU"))
    asked = Ask("Kế hoạch này số bao nhiêu?", Scope(documents=(document.id,)))
    answer = Assistant(library).invoke(asked)
    assert [s.text for s in answer.statements] == ["35-KH/ĐU (sửa tay)"]
    assert "3S-KH/ĐU" in answer.citations[0].quote
    assert exact(library, answer)


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Kế hoạch này số bao nhiêu?", Corrections(number="1207-QĐ/HU")),
        ("Cơ quan nào ban hành kế hoạch này?", Corrections(issuer="Ban Quản lý chợ Đầu Mối")),
    ],
)
def test_what_no_words_say_is_not_quoted(
    library: Library, question: str, corrected: Corrections
) -> None:
    document = plan(library)
    library.correct(document.id, corrected)
    answer = Assistant(library).invoke(Ask(question, Scope(documents=(document.id,))))
    assert answer.abstained
    assert "sửa tay" in answer.statements[0].text
    assert answer.citations == ()


def test_a_date_without_words_is_not_quoted(library: Library) -> None:
    other = next(d for d in library.documents() if d.name == "b.txt")
    library.correct(other.id, Corrections(date="2022-06-01", number="72-CT/ĐU"))
    asked = Ask("Chỉ thị này ban hành ngày nào?", Scope(documents=(other.id,)))
    answer = Assistant(library).invoke(asked)
    assert exact(library, answer)
    assert all("02 tháng 5" in c.quote for c in answer.citations)
    assert all("sửa tay" in s.text for s in answer.statements)


def test_filters_take_the_corrected_values(library: Library) -> None:
    document = plan(library)
    scope = Scope(issuers=("Đảng ủy xã An Lạc",), years=(2024,))
    assert not in_scope(document, scope)
    changed = library.correct(
        document.id, Corrections(issuer="Đảng ủy xã An Lạc", date="2024-03-12")
    )
    assert in_scope(changed, scope)


@pytest.mark.parametrize(
    "corrected",
    [
        Corrections("1207-QĐ/HU", "quyết định", "Ban Quản lý chợ", "1999-10-30", "dịch cúm"),
        Corrections("", "", "", "", ""),
        Corrections(number="35-KH/ĐU"),
    ],
    ids=["without words", "none", "misread"],
)
def test_a_study_pack_quotes_what_is_written_alone(
    library: Library, corrected: Corrections
) -> None:
    document = library.correct(plan(library).id, corrected)
    pack = study_pack([document], library.obligations())
    lines = [line for row in pack.facts.entries for line in row.values]
    by_hand = [line for line in lines if line.text.endswith("(sửa tay)")]
    wanted = [f for f in ("number", "kind", "issuer", "date", "title") if getattr(corrected, f)]
    assert len(by_hand) == len(wanted)
    cited = list(pack.citations())
    assert cited
    assert all(document.text[c.start : c.end] == c.quote for c in cited)
    if len(wanted) > 1:
        assert all(isinstance(line, Own) for line in by_hand)
