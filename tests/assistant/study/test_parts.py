"""Facts, outline, timeline, roles, discussion and glossary."""

from __future__ import annotations

import pytest

from assistant.register.rules import parts_of
from assistant.study.records import Cited, Own, StudyPack
from tests.assistant.study.plans import NOTICE, RIVER, pack_on


@pytest.fixture(scope="module")
def pack() -> StudyPack:
    return pack_on(RIVER)


def test_facts_of_the_document(pack: StudyPack) -> None:
    rows = {row.label: [v.text for v in row.values] for row in pack.facts.entries}
    assert rows["Số, ký hiệu"] == ["45/KH-UBND"]
    assert rows["Cơ quan ban hành"] == ["Ủy ban nhân dân xã Sông Lạt"]
    assert rows["Ngày ban hành"] == ["10/3/2025"]
    assert rows["Người ký"] == ["Tô Văn Ngàn, Chủ tịch (TM. ỦY BAN NHÂN DÂN)"]
    assert "Trạm Y tế xã" in rows["Đơn vị, cá nhân có trách nhiệm thực hiện"]


def test_what_is_missing_is_said_and_not_cited() -> None:
    rows = {row.label: row.values for row in pack_on(NOTICE).facts.entries}
    for label in ("Số, ký hiệu", "Ngày ban hành", "Người ký"):
        assert isinstance(rows[label][0], Own)


def test_what_is_stated_is_cited(pack: StudyPack) -> None:
    for row in pack.facts.entries:
        for value in row.values:
            assert isinstance(value, Cited) or value.text


def test_the_outline_is_the_documents_own(pack: StudyPack) -> None:
    points = pack.outline.entries
    assert [p.text for p in points if p.level == 0] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "CHỈ TIÊU",
        "HÌNH THỨC TUYÊN TRUYỀN",
        "TỔ CHỨC THỰC HIỆN",
    ]
    starts = [p.citations[0].start for p in points]
    assert starts == sorted(starts)
    for point in points:
        assert point.text.removesuffix("…") in " ".join(point.citations[0].quote.split())


def test_outlines_of_the_samples_quote(packs: list[StudyPack]) -> None:
    for pack in packs:
        assert pack.outline.entries
        for point in pack.outline.entries:
            shown = " ".join(point.text.removesuffix("…").split())
            assert shown in " ".join(point.citations[0].quote.split()), pack.title


def test_the_timeline_is_in_order_of_time(packs: list[StudyPack], pack: StudyPack) -> None:
    assert [row.value for row in pack.timeline.entries] == [
        "2025-03-26",
        "2025-04-20",
        "2025-05",
        "2025-12-05",
    ]
    for sample in packs:
        lasts = [
            str(part.days.last)
            for row in sample.timeline.entries
            for part in parts_of(row.value)[:1]
            if hasattr(part, "days") and part.days.last and ";" not in row.value
        ]
        assert lasts == sorted(lasts), sample.title


def test_the_timeline_names_who(pack: StudyPack) -> None:
    who = {row.value: row.actor for row in pack.timeline.entries}
    assert who["2025-03-26"] == "Đoàn Thanh niên xã"


def test_roles_hold_the_tasks(pack: StudyPack) -> None:
    roles = {role.office: [t.text for t in role.tasks] for role in pack.roles.entries}
    assert len(roles["Hội Nông dân xã"]) == 2
    assert roles["Đoàn Thanh niên xã"][1].startswith("Thành lập đội xung kích")


def test_questions_lead_to_the_trainees_own_place(packs: list[StudyPack]) -> None:
    for pack in packs:
        questions = pack.discussion.entries
        assert len(questions) >= 3
        assert len({q.text for q in questions}) == len(questions)
        for question in questions:
            assert "địa phương" in question.text or "công tác" in question.text
            assert question.basis
            assert "{" not in question.text


def test_abbreviations_in_their_customary_meaning() -> None:
    text = RIVER.replace("Ủy ban nhân dân xã Sông Lạt ban hành", "UBND xã Sông Lạt ban hành")
    terms = {t.term: t for t in pack_on(text).glossary.entries}
    assert not terms["UBND"].is_defined
    assert terms["UBND"].meaning == "Ủy ban nhân dân"
    assert "UBND" in terms["UBND"].citations[0].quote


def test_short_forms_in_brackets() -> None:
    text = RIVER.replace("nguồn nước sinh hoạt của", "nguồn nước sinh hoạt (NSH) của")
    (term,) = [t for t in pack_on(text).glossary.entries if t.is_defined]
    assert term.term == "NSH"
    assert "nước sinh hoạt" in term.citations[0].quote
