"""Who has which task."""

from __future__ import annotations

import pytest

from assistant.study.tasks import is_office, tasks_of
from tests.assistant.study.plans import RIVER, source_of

HEAD = "KẾ HOẠCH\nDọn kênh\n"


def _found(body: str) -> list[tuple[str, str]]:
    return [(t.office, t.text) for t in tasks_of(source_of(HEAD + body))]


def test_tasks_below_a_heading_that_names_an_office() -> None:
    offices = {t.office for t in tasks_of(source_of(RIVER))}
    assert offices >= {
        "Công chức Địa chính - Môi trường",
        "Hội Nông dân xã",
        "Đoàn Thanh niên xã",
        "Trạm Y tế xã",
    }


def test_every_task_is_at_its_place() -> None:
    source = source_of(RIVER)
    for task in tasks_of(source):
        assert task.text[:15] in " ".join(source.text[slice(*task.span)].split())
        assert source.text[slice(*task.named)].split() == task.office.split()


@pytest.mark.parametrize(
    "body",
    [
        "I. PHÂN CÔNG\n1. Trạm Y tế xã: Tổ chức khám sức khỏe cho người cao tuổi.\n",
        "I. PHÂN CÔNG\n1. Trạm Y tế xã có trách nhiệm tổ chức khám sức khỏe cho người cao tuổi.\n",
        "I. PHÂN CÔNG\n1. Trạm Y tế xã\nTổ chức khám sức khỏe cho người cao tuổi.\n",
        "I. PHÂN CÔNG\n1. Đề nghị Trạm Y tế xã\n- Tổ chức khám sức khỏe cho người cao tuổi.\n",
    ],
)
def test_an_office_is_named_in_many_ways(body: str) -> None:
    found = _found(body)
    assert [(office, text.lower()) for office, text in found] == [
        ("Trạm Y tế xã", "tổ chức khám sức khỏe cho người cao tuổi")
    ]


def test_a_field_below_a_task_names_who_leads_it() -> None:
    body = (
        "I. NHIỆM VỤ\n1. Rà soát các hộ nuôi cá lồng trên sông\n"
        "- Cơ quan chủ trì: Phòng Kinh tế.\n- Cơ quan phối hợp: Công an xã.\n"
    )
    leads = [t for t in tasks_of(source_of(HEAD + body)) if t.is_lead]
    assert [(t.office, t.text) for t in leads] == [
        ("Phòng Kinh tế", "Rà soát các hộ nuôi cá lồng trên sông")
    ]


def test_a_sentence_with_its_own_subject_is_not_the_headings() -> None:
    body = (
        "I. PHÂN CÔNG\n1. Văn phòng Đảng ủy, Văn phòng UBND xã\n"
        "Văn phòng UBND xã chuẩn bị hội trường và âm thanh.\n"
    )
    assert _found(body)[0][0] == "Văn phòng UBND xã"


@pytest.mark.parametrize(
    "body",
    [
        "I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Hội Nông dân xã tổ chức 05 buổi nói chuyện về cây lúa.\n",
        "I. NỘI DUNG\n1. Ủy ban bầu cử các cấp niêm yết danh sách.\n2. Bảo vệ môi trường sống.\n",
    ],
)
def test_what_was_done_and_what_no_one_does_is_no_task(body: str) -> None:
    assert not [t for t in _found(body) if t[0] in ("Hội Nông dân xã", "Ủy ban bầu")]


def test_who_does_what_follows_those_directed_is_not_guessed() -> None:
    body = (
        "I. PHÂN CÔNG\n1. Hội Nông dân xã: Hướng dẫn các chi hội vớt bèo trên kênh; các ấp, khu phố "
        "tổ chức vớt bèo trên rạch; tổng hợp kết quả vớt bèo của toàn xã.\n"
    )
    assert [office for office, _ in _found(body)] == ["Hội Nông dân xã"]


def test_the_end_of_a_list_in_brackets_is_no_task() -> None:
    body = (
        "I. PHÂN CÔNG\n1. Các tổ quản lý (tổ nước;\nxây dựng, cây xanh, chiếu sáng công cộng)\n"
        "- Tổ chức vớt bèo trên kênh chính vào chủ nhật.\n"
    )
    assert all(")" not in text for _, text in _found(body))


@pytest.mark.parametrize(
    "name",
    [
        "Trạm Y tế xã dự trữ đủ cơ số thuốc",
        "Ban Thường vụ ghi nhận kết quả đợt",
        "Ban Thường trực Ủy ban MTTQ xã tổng hợp",
        "Hội thao dân quân cơ động cấp huyện",
        "Phòng",
    ],
)
def test_a_name_with_a_verb_in_it_is_none(name: str) -> None:
    assert not is_office(name)


@pytest.mark.parametrize(
    "name", ["Văn phòng Đăng ký đất đai", "Bộ phận tiếp nhận và trả kết quả", "Phòng Y tế"]
)
def test_a_name_that_only_looks_like_a_verb(name: str) -> None:
    assert is_office(name)
