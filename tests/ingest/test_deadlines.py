"""Who must do what by when, found in documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.deadlines import find_obligations
from ingest.header import find_header
from ingest.pipeline import document_of
from ingest.records import Doubt, Obligation, SourceDocument
from ingest.samples import sample_paths
from ingest.structure import find_sections, first_section

HEAD = (
    "ỦY BAN NHÂN DÂN XÃ BẾN TRE\nSố: 15/KH-UBND\nBến Tre, ngày 10 tháng 3 năm 2025\nKẾ HOẠCH\n"
    "Thực hiện chuyển đổi số năm 2025\n"
)


def document(body: str, head: str = HEAD) -> SourceDocument:
    text = head + body
    header, roles = find_header(text, first_section(text))
    sections = find_sections(text, roles)
    return SourceDocument("d" * 64, "ke-hoach.txt", text, (0,), header, sections, tuple(roles))


def found(body: str, head: str = HEAD) -> list[Obligation]:
    return [row for row in find_obligations(document(body, head)) if row.is_dated]


def only(body: str, head: str = HEAD) -> Obligation:
    rows = found(body, head)
    assert len(rows) == 1, [(row.actor, row.action, row.deadline) for row in rows]
    return rows[0]


# --- Who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "actor", "deadline"),
    [
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ ấp: Nộp danh sách trước ngày 20/4/2025.",
            "Các chi bộ ấp", "2025-04-20", id="before-a-colon",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Rà soát thiết bị.\n"
            "- Gửi báo cáo về Văn phòng trước ngày 20/4/2025.",
            "Công an xã", "2025-04-20", id="the-heading-above",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Đề nghị Hội Nông dân xã thực hiện các việc sau:\n"
            "a) Vận động hội viên;\nb) Tổng hợp số liệu trước ngày 20/4/2025.",
            "Hội Nông dân xã", "2025-04-20", id="the-lead-in-of-a-list",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Trước ngày 20/4/2025, Phòng Kinh tế hoàn thành khảo sát.",
            "Phòng Kinh tế", "2025-04-20", id="after-the-date",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Giao Trạm Y tế xã chủ trì tập huấn trong tháng 5/2025.",
            "Trạm Y tế xã", "2025-05", id="after-a-verb-of-assigning",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Đảng ủy yêu cầu Đoàn Thanh niên xã ra quân trước ngày "
            "20/4/2025.",
            "Đoàn Thanh niên xã", "2025-04-20", id="whom-the-subject-asks",
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Mở lớp kỹ năng số cho người dân.\n- Đơn vị chủ trì: Trung tâm Văn hóa.\n"
            "- Đơn vị phối hợp: Công an xã.\n- Thời gian hoàn thành: Quý III năm 2025.",
            "Trung tâm Văn hóa", "2025-Q3", id="a-field-of-the-same-task",
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Khám tuyển: từ ngày 01/4/2025 đến ngày 15/4/2025, do Hội đồng khám sức "
            "khỏe xã thực hiện.",
            "Hội đồng khám sức khỏe xã", "2025-04-01/2025-04-15", id="after-do",
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Chấm sơ khảo: Ban Giám khảo chấm bài trước ngày 20/4/2025.",
            "Ban Giám khảo", "2025-04-20", id="after-the-name-of-the-step",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Văn hóa xây dựng chương trình. Nộp dự toán về Phòng Tài "
            "chính trước ngày 20/4/2025.",
            "Phòng Văn hóa", "2025-04-20", id="the-subject-of-the-line",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Trách nhiệm của đối tượng kiểm kê:\n"
            "- Lập hồ sơ tài sản. Thời hạn hoàn thành: Trước ngày 20/4/2025.",
            "đối tượng kiểm kê", "2025-04-20", id="whose-responsibility-the-heading-names",
        ),
    ],
)  # fmt: skip
def test_the_actor_is_found_wherever_it_stands(body: str, actor: str, deadline: str) -> None:
    row = only(body)
    assert (row.actor, row.deadline, row.implied) == (actor, deadline, False)
    assert document(body).text[row.actor_start :].startswith(actor)
    assert Doubt.NO_ACTOR not in row.doubts


def test_who_is_implied_is_marked_so() -> None:
    row = only("I. NHIỆM VỤ\n1. Tổ chức hội nghị triển khai trong tháng 4/2025.")
    assert row.actor == "ỦY BAN NHÂN DÂN XÃ BẾN TRE"
    assert row.implied
    assert Doubt.NO_ACTOR in row.doubts


def test_a_letter_speaks_to_its_addressee() -> None:
    head = (
        "PHÒNG GIÁO DỤC\nSố: 12/PGD\nBến Tre, ngày 10 tháng 3 năm 2025\n"
        "Kính gửi: Hiệu trưởng các trường tiểu học\n"
    )
    row = only("Báo cáo gửi về Phòng Giáo dục chậm nhất ngày 20/4/2025.", head)
    assert (row.actor, row.implied) == ("Hiệu trưởng các trường tiểu học", True)


def test_nobody_named_is_a_doubt_and_not_the_body_that_is_reported_to() -> None:
    row = only("I. NHIỆM VỤ\n1. Danh sách gửi về Ủy ban nhân dân xã trước ngày 20/4/2025.")
    assert row.actor == ""
    assert row.actor_start == -1
    assert row.doubts == (Doubt.NO_ACTOR,)


# --- What, and where it says so ---------------------------------------------------------------


def test_the_action_is_what_is_left_of_actor_and_date() -> None:
    row = only(
        "I. TỔ CHỨC THỰC HIỆN\n1. Công an xã gửi báo cáo kết quả về Đảng ủy (qua Văn phòng) trước "
        "ngày 20/4/2025 để tổng hợp."
    )
    assert row.action == "gửi báo cáo kết quả về Đảng ủy (qua Văn phòng) … để tổng hợp"
    assert row.report_to == "Đảng ủy (qua Văn phòng)"
    assert row.deadline_text == "trước ngày 20/4/2025"
    assert row.section == ("I", "1")


def test_several_deadlines_of_one_sentence_are_rows_of_their_own() -> None:
    rows = found(
        "I. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ: Báo cáo đợt một trước ngày 20/4/2025; báo cáo năm vào "
        "tháng 11 hằng năm; báo cáo giai đoạn 2023-2025 vào tháng 10/2025."
    )
    assert [row.deadline for row in rows] == ["2025-04-20", "YEARLY-11", "2025-10"]
    assert {row.actor for row in rows} == {"Các chi bộ"}
    assert [row.action for row in rows] == [
        "Báo cáo đợt một", "báo cáo năm", "báo cáo giai đoạn 2023-2025",
    ]  # fmt: skip


def test_dates_named_at_once_are_one_duty() -> None:
    row = only(
        "I. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ: Sinh hoạt chuyên đề trong tháng 4/2025 và tháng 9/2025."
    )
    assert row.deadline == "2025-04;2025-09"


def test_each_clause_keeps_its_own_date_when_dates_come_first() -> None:
    rows = found(
        "I. TỔ CHỨC THỰC HIỆN\n1. Trước ngày 20/4/2025, Công an xã nộp báo cáo; trước ngày "
        "30/4/2025, Trạm Y tế xã nộp danh sách."
    )
    assert [(row.actor, row.deadline) for row in rows] == [
        ("Công an xã", "2025-04-20"), ("Trạm Y tế xã", "2025-04-30"),
    ]  # fmt: skip


# --- What is no deadline -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "I. NHIỆM VỤ\n1. Quán triệt Kế hoạch số 10-KH/HU ngày 07/4/2025 của Huyện ủy.",
            id="the-date-of-another-document",
        ),
        pytest.param("I. MỤC TIÊU\n1. Đến năm 2030 đạt 60% hộ dùng dịch vụ số.", id="a-target"),
        pytest.param(
            "I. MỤC TIÊU\n1. Phấn đấu đến ngày 31/12/2025 có 80% hồ sơ trực tuyến.",
            id="a-target-with-a-day",
        ),
        pytest.param("I. NHIỆM VỤ\n1. Triển khai Đề án giai đoạn 2021-2025.", id="a-period"),
        pytest.param(
            "I. NHIỆM VỤ\n1. Tuyên truyền Ngày Quốc khánh 02/9 và Ngày sinh Chủ tịch Hồ Chí Minh "
            "19/5.",
            id="holidays",
        ),
        pytest.param(
            "I. THỰC TRẠNG\n1. Năm 2024, xã đã tổ chức 12 lớp, hoàn thành trước ngày 20/10/2024.",
            id="what-was",
        ),
        pytest.param(
            "I. ĐỐI TƯỢNG\n1. Công dân đủ 18 tuổi tính đến ngày 31/12/2025 được đăng ký.",
            id="as-of-when-something-is-counted",
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Các chi bộ duy trì sinh hoạt chi bộ hằng tháng.", id="a-habit-named"
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Bố trí kinh phí trong dự toán ngân sách hằng năm.", id="a-yearly-budget"
        ),
        pytest.param(
            "I. NHIỆM VỤ\n1. Đại hội Đảng bộ xã diễn ra trong nhiệm kỳ 2025-2030.", id="a-term"
        ),
    ],
)  # fmt: skip
def test_other_dates_are_no_deadlines(body: str) -> None:
    assert found(body) == []


def test_the_period_that_is_reported_is_not_when_the_report_is_due() -> None:
    row = only(
        "I. TỔ CHỨC THỰC HIỆN\n1. Công an xã nộp báo cáo công tác quý III trước ngày 25/9/2025."
    )
    assert row.deadline == "2025-09-25"


def test_a_replaced_date_does_not_bind() -> None:
    row = only(
        "I. NHIỆM VỤ\n1. Các trường nộp bài dự thi theo Thể lệ ban đầu là trước ngày 20/4/2025; nay "
        "lùi thời hạn nộp đến hết ngày 05/5/2025."
    )
    assert row.deadline == "2025-05-05"


def test_a_term_does_not_run_on_into_the_next_paragraph() -> None:
    (row,) = found("1. Văn phòng gửi tài liệu trước 5 ngày\n\nThông báo này thay giấy mời họp.")
    assert (row.deadline_text, row.deadline) == ("trước 5 ngày", "RELATIVE:P5D")


# --- Tables ------------------------------------------------------------------------------------


def test_a_table_whose_rows_are_lines() -> None:
    rows = found(
        "I. PHÂN CÔNG\nTT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian\n"
        "1 | Mở lớp kỹ năng số | Trung tâm Văn hóa | Công an xã | Tháng 5/2025\n"
        "2 | Tổng kết, khen thưởng | Văn phòng Đảng ủy | Các chi bộ | Trước 20/12/2025\n"
    )
    assert [(row.actor, row.action, row.deadline) for row in rows] == [
        ("Trung tâm Văn hóa", "Mở lớp kỹ năng số", "2025-05"),
        ("Văn phòng Đảng ủy", "Tổng kết, khen thưởng", "2025-12-20"),
    ]


def test_a_table_that_came_out_a_cell_a_line() -> None:
    rows = found(
        "I. PHÂN CÔNG\nTT\nNội dung công việc\nĐơn vị chủ trì\nThời gian\n"
        "1\nMở lớp kỹ năng số\nTrung tâm Văn hóa\nTháng 5/2025\n"
        "2\nTổng kết, khen thưởng\nVăn phòng Đảng ủy\nTrước 20/12/2025\n"
    )
    assert [(row.actor, row.action, row.deadline) for row in rows] == [
        ("Trung tâm Văn hóa", "Mở lớp kỹ năng số", "2025-05"),
        ("Văn phòng Đảng ủy", "Tổng kết, khen thưởng", "2025-12-20"),
    ]


def test_a_report_in_a_row_that_has_a_date_is_no_duty_of_its_own() -> None:
    rows = found(
        "I. PHÂN CÔNG\nTT\nNội dung công việc\nĐơn vị chủ trì\nThời gian\n"
        "1\nKiểm tra, báo cáo kết quả về Đảng ủy; trao quà\nTrung tâm Văn hóa\nTháng 5/2025\n"
        "2\nTổng kết; gửi báo cáo về Đảng ủy\nVăn phòng Đảng ủy\nTrước 20/12/2025\n"
    )
    assert [row.deadline for row in rows] == ["2025-05", "2025-12-20"]


@pytest.mark.parametrize("after", ["", "Thông báo này thay giấy mời.\nNơi nhận:\n- Các ban."])
def test_a_table_a_cell_a_line_with_a_header_that_says_nothing_known(after: str) -> None:
    rows = found(
        "I. PHÂN CÔNG\nNgày\nNội dung\nĐơn vị chủ trì\nXe đưa đón\n"
        "05/5/2025\nMở lớp kỹ năng số\nTrung tâm Văn hóa\nXe 16 chỗ\n"
        "12/5/2025\nTổng kết, khen thưởng\nVăn phòng Đảng ủy\nKhông\n"
        "19/5/2025\nThăm gia đình chính sách\nHội Phụ nữ\nXe 7 chỗ\n" + after
    )
    assert [(row.actor, row.action, row.deadline) for row in rows] == [
        ("Trung tâm Văn hóa", "Mở lớp kỹ năng số", "2025-05-05"),
        ("Văn phòng Đảng ủy", "Tổng kết, khen thưởng", "2025-05-12"),
        ("Hội Phụ nữ", "Thăm gia đình chính sách", "2025-05-19"),
    ]


def test_a_table_without_a_header() -> None:
    rows = found(
        "I. PHÂN CÔNG\n1 | Mở lớp kỹ năng số | Trung tâm Văn hóa | Tháng 5/2025\n"
        "2 | Tổng kết, khen thưởng | Văn phòng Đảng ủy | Trước 20/12/2025\n"
    )
    assert [(row.actor, row.action, row.deadline) for row in rows] == [
        ("Trung tâm Văn hóa", "Mở lớp kỹ năng số", "2025-05"),
        ("Văn phòng Đảng ủy", "Tổng kết, khen thưởng", "2025-12-20"),
    ]


# --- Doubts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 20/4.", Doubt.YEAR_SUPPLIED),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 20/02/2025.", Doubt.BEFORE_ISSUE),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 20/4/2065.", Doubt.FAR_YEAR),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 20/4/2205.", Doubt.UNREAD),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 31/2/2025.", Doubt.UNREAD),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày 20/13/2025.", Doubt.UNREAD),
        ("I. VIỆC\n1. Công an xã nộp báo cáo trước ngày l5/4/2O25.", Doubt.UNREAD),
    ],
)
def test_what_is_odd_is_flagged(body: str, doubt: Doubt) -> None:
    row = only(body)
    assert row.doubts == (doubt,)
    if doubt is Doubt.UNREAD:
        assert row.deadline == ""
        assert row.deadline_text in body


def test_the_same_duty_with_two_dates_is_flagged_in_both_rows() -> None:
    rows = found(
        "I. VIỆC\n1. Công an xã nộp báo cáo kết quả tổng rà soát trước ngày 20/4/2025.\n"
        "II. BÁO CÁO\n1. Công an xã nộp báo cáo kết quả tổng rà soát trước ngày 25/4/2025."
    )
    assert [row.deadline for row in rows] == ["2025-04-20", "2025-04-25"]
    assert all(row.doubts == (Doubt.CONTRADICTED,) for row in rows)


def test_a_year_is_never_guessed_where_the_document_has_no_date() -> None:
    row = only("1. Công an xã nộp báo cáo trước ngày 20/4.", head="KẾ HOẠCH\nTuần tra đêm\n")
    assert row.deadline == "--04-20"


def test_a_report_without_a_date_is_a_row_without_one() -> None:
    rows = find_obligations(
        document("I. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ báo cáo kết quả về Đảng ủy xã.")
    )
    assert [(row.actor, row.deadline, row.is_dated, row.report_to) for row in rows] == [
        ("Các chi bộ", "", False, "Đảng ủy xã")
    ]


# --- What always holds -------------------------------------------------------------------------


def assert_sound(source: SourceDocument) -> None:
    rows = find_obligations(source)
    assert rows == find_obligations(source)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert 0 <= row.start < row.end <= len(source.text)
        if row.is_dated:
            stop = row.deadline_start + len(row.deadline_text)
            assert source.text[row.deadline_start : stop] == row.deadline_text
            assert row.start <= row.deadline_start < stop <= row.end
        if row.actor:
            assert row.actor_start >= 0
            words = source.text[row.actor_start :].split()
            assert words[: len(row.actor.split()) - 1] == row.actor.split()[:-1]


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_every_row_of_the_samples_is_sound(path: Path) -> None:
    source = document_of(path.read_bytes(), path.name)
    assert_sound(source)


WORDS = st.sampled_from(
    "1. 2. - a) I. Công an xã các chi bộ báo cáo gửi về trước ngày 20/4/2025 31/2 tháng 11 hằng năm "
    "quý III : ; , . | ( ) \n \n Thời gian: TT Nội dung Đơn vị chủ trì Nơi nhận: 16 giờ từ đến hết "
    "2O/4/2O25 năm 2030 đạt 60% Kính gửi: và trong vòng 10 ngày làm việc kể từ **".split(" ")
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_sound_rows(body: str) -> None:
    assert_sound(document(body))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_characters_give_sound_rows(body: str) -> None:
    assert_sound(document(body))
