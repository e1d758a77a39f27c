"""Whether a choice is wrong, told from the sources alone."""

from __future__ import annotations

import pytest

from assistant.study.quiz.wrong import is_other, is_wrong
from assistant.study.records import Asked, ChoiceItem, Difficulty
from tests.assistant.study.plans import RIVER, source_of

TASK = "hướng dẫn ủ phân hữu cơ tại chuồng trại của từng hộ chăn nuôi"


def _item(asked: Asked, subject: str, right: str) -> ChoiceItem:
    return ChoiceItem("?", (right, "…"), 0, (), ((), ()), asked, subject, "", Difficulty.EASY)


def _judged(item: ChoiceItem, choice: str, text: str = RIVER) -> bool:
    return is_wrong(choice, item, [source_of(text)])


@pytest.mark.parametrize("choice", ["Trạm Y tế xã", "Đoàn Thanh niên xã"])
def test_an_office_with_other_tasks_is_wrong(choice: str) -> None:
    assert _judged(_item(Asked.OFFICE, TASK, "Hội Nông dân xã"), choice)


@pytest.mark.parametrize("choice", ["Hội Nông dân xã", "HND xã", "Các cơ quan, đơn vị của xã"])
def test_the_same_office_or_one_that_holds_it_is_not(choice: str) -> None:
    assert not _judged(_item(Asked.OFFICE, TASK, "Hội Nông dân xã"), choice)


def test_a_bodys_own_office_may_do_its_task() -> None:
    item = _item(Asked.OFFICE, TASK, "Ủy ban nhân dân các xã, phường")
    assert not _judged(item, "Văn phòng UBND xã")
    assert _judged(item, "Trạm Y tế xã")


def test_who_helps_is_not_provably_wrong() -> None:
    text = (
        "KẾ HOẠCH\nGiữ rừng\nI. PHÂN CÔNG\n1. Hạt Kiểm lâm huyện\n"
        "- Phối hợp với Công an xã tuần tra ven rừng đước vào ban đêm.\n"
    )
    item = _item(Asked.OFFICE, "tuần tra ven rừng đước vào ban đêm", "Hạt Kiểm lâm huyện")
    assert not _judged(item, "Công an xã", text)
    assert _judged(item, "Trạm Y tế xã", text)


def test_where_all_have_the_task_none_is_wrong() -> None:
    text = (
        "KẾ HOẠCH\nGiữ rừng\nI. PHÂN CÔNG\n1. Hạt Kiểm lâm huyện\n"
        "- Tuần tra ven rừng đước vào ban đêm.\n2. Các cơ quan, đơn vị, địa phương\n"
        "- Tuần tra ven rừng đước thuộc địa bàn quản lý.\n"
    )
    item = _item(Asked.OFFICE, "tuần tra ven rừng đước vào ban đêm", "Hạt Kiểm lâm huyện")
    assert not _judged(item, "Trạm Y tế xã", text)


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        ("Trước ngày 26/3/2025", True),
        ("Trước ngày 20 tháng 4 năm 2025", False),
        ("Trong tháng 4/2025", False),
        ("Trong tháng 5/2025", True),
        ("Sớm", False),
    ],
)
def test_a_date(choice: str, wrong: bool) -> None:
    item = _item(Asked.DATE, "Lập bản đồ các điểm sạt lở dọc bờ sông", "Trước ngày 20/4/2025")
    assert _judged(item, choice) is wrong


@pytest.mark.parametrize(("choice", "wrong"), [("75%", True), ("90,0%", False), ("90%", False)])
def test_a_number(choice: str, wrong: bool) -> None:
    subject = "Phấn đấu   hộ dân ven sông có hố thu gom rác thải trước mùa mưa"
    assert _judged(_item(Asked.QUANTITY, subject, "90%"), choice) is wrong


def test_what_stands_under_a_heading() -> None:
    right = "Dựng pa nô cỡ lớn tại các bến đò và cầu tàu đông người qua lại"
    item = _item(Asked.MEMBER, "Hình thức tuyên truyền", right)
    assert _judged(item, "Trồng mới 12 km cây chắn sóng dọc theo bờ kênh chính của xã")
    assert not _judged(item, "Phát thanh chuyên mục nước sạch trên hệ thống truyền thanh ba cấp")


def test_in_a_negative_item_the_wrong_ones_are_in_the_list() -> None:
    odd = "Trồng mới 12 km cây chắn sóng dọc theo bờ kênh chính của xã"
    item = _item(Asked.NOT_MEMBER, "Hình thức tuyên truyền", odd)
    assert _judged(item, "Phát thanh chuyên mục nước sạch trên hệ thống truyền thanh ba cấp")
    assert not _judged(item, "Lập bản đồ các điểm sạt lở dọc bờ sông")


def test_a_document_about_the_subject_is_not_wrong() -> None:
    text = (
        "KẾ HOẠCH\nDời chợ\nI. NỘI DUNG\n1. Theo Quyết định số 7/QĐ-UBND ngày 02/3/2025 về di dời "
        "chợ cá; Quyết định số 9/QĐ-UBND ngày 05/3/2025 về sửa cầu tàu.\n"
    )
    item = _item(Asked.DOCUMENT, "di dời chợ cá", "Quyết định số 7/QĐ-UBND")
    assert _judged(item, "Quyết định số 9/QĐ-UBND", text)
    assert not _judged(item, "Quyết định số 7 /QĐ-UBND", text)


def test_texts_that_say_the_same_are_no_other_choice() -> None:
    said = "Vận động hội viên thu gom vỏ chai thuốc bảo vệ thực vật"
    assert not is_other(f"{said} trên đồng", said, Asked.TASK)


@pytest.mark.parametrize(
    ("right", "choice"),
    [
        ("Khoa Dược", "Trung tâm Y tế huyện"),
        ("Trung tâm Y tế huyện", "Phòng Hành chính"),
        ("Trưởng Ban Chỉ đạo dọn kênh", "Ban Chỉ đạo dọn kênh xã"),
    ],
)
def test_a_body_and_a_part_of_it_are_no_other_choice(right: str, choice: str) -> None:
    text = (
        "SỞ Y TẾ\nTRUNG TÂM Y TẾ HUYỆN\nSố: 7/KH-TTYT\nGò Sậy, ngày 10 tháng 3 năm 2025\n"
        "KẾ HOẠCH\nDọn kênh quanh bệnh viện\n"
    )
    item = _item(Asked.OFFICE, "phát găng tay cao su cho người dọn kênh", right)
    assert not _judged(item, choice, text)
    assert _judged(item, "Hội Nông dân xã", text)


def test_a_heading_that_holds_the_words_of_another_is_no_other_choice() -> None:
    assert not is_other("Đối tượng thi đua", "Đối tượng, nội dung thi đua", Asked.SECTION)
    assert is_other("Hình thức khen thưởng", "Đối tượng, nội dung thi đua", Asked.SECTION)


def test_a_number_with_a_slip_of_the_pen_is_the_same() -> None:
    assert not is_other("Chỉ thị số 27/CTTg", "Chỉ thị số 27/CT-TTg", Asked.DOCUMENT)
    assert is_other("Kế hoạch số 53/KH-UBND", "Kế hoạch số 55/KH-UBND", Asked.DOCUMENT)
