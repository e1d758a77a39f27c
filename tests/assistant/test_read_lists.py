"""Answers that are lists: in one sentence, nested, as conditions; bans, sequels, leave, fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from assistant.read.asked_kinds import asks_contents, names_kind_asked
from assistant.read.bans import asks_ban, asks_sequel
from assistant.read.conditions import asks_conditions
from assistant.read.leave import asks_duty, asks_leave
from assistant.read.sectors import field_asked_about
from assistant.understand import understand
from tests.assistant.own_plan import assistant_on

FORMS = (
    "Công đoàn cơ sở các xã tùy điều kiện cụ thể của đơn vị, địa bàn và khả năng kinh phí của mình "
    "chủ động lựa chọn các hình thức tuyên truyền phù hợp với đoàn viên như: Treo băng rôn tại cổng"
    " cơ quan; phát thanh vào các buổi sáng trong tuần; đăng tin, bài trên trang thông tin điện tử;"
    " tổ chức giao lưu văn nghệ giữa các công đoàn cơ sở; lồng ghép trong sinh hoạt tổ công đoàn."
)
PLAN = f"""LIÊN ĐOÀN LAO ĐỘNG HUYỆN SƠN KIM
*
Số 44/KH-LĐLĐ
Sơn Kim, ngày 10 tháng 3 năm 2024

KẾ HOẠCH
tổ chức Tháng Công nhân năm 2024

Ban Thường vụ Liên đoàn Lao động huyện Sơn Kim xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
Chăm lo đời sống đoàn viên, người lao động trên địa bàn huyện.

II. NỘI DUNG
1. Tuyên truyền
{FORMS}
2. Chương trình Tết sum vầy
Mỗi suất quà trị giá 500.000 đồng, gồm: gạo, dầu ăn, bánh kẹo và một phong bì 200.000 đồng. \
Đối tượng nhận quà là đoàn viên có hoàn cảnh khó khăn.
3. Hiến máu tình nguyện
Công đoàn huyện phối hợp Trung tâm Y tế tổ chức ngày hội hiến máu vào 15/5/2024 tại Nhà Văn hóa \
huyện. Người hiến máu phải từ đủ 18 tuổi đến 55 tuổi, cân nặng từ 45 kg trở lên. Khi đến hiến máu \
mang theo căn cước công dân, ăn nhẹ trước đó. Không uống rượu bia trong ngày trước khi hiến máu. \
Ban Tổ chức bố trí xe đưa đón từ các xã.
4. Hội thi nấu ăn
a) Mỗi đội dự thi gồm 05 người. Thành viên Ban Tổ chức, Ban Giám khảo không được dự thi.
b) Các đội nộp trễ danh sách đăng ký sẽ không được xếp lịch bốc thăm.
c) Chủ bếp trả tiền thuê bàn 50.000 đồng; đoàn viên nghèo được miễn tiền thuê bàn.

III. TỔ CHỨC THỰC HIỆN
1. Hồ sơ đề nghị hỗ trợ nhà ở
1.1. Công đoàn cơ sở gửi hồ sơ về Liên đoàn Lao động huyện trước ngày 20/4/2024. Hồ sơ gồm:
a) Đơn đề nghị của đoàn viên;

Đơn ghi rõ diện tích nhà ở.

b) Bản sao sổ hộ nghèo;
c) Ảnh chụp hiện trạng nhà ở.
1.2. Liên đoàn Lao động huyện thẩm định hồ sơ trong 10 ngày làm việc.
1.3. Mức hỗ trợ là 40 triệu đồng cho nhà xây mới.
2. Phòng Văn hóa và Thông tin huyện
Trang trí cổ động trực quan trên các trục đường chính.
3. Trạm Y tế các xã: chuẩn bị thuốc, vật tư cho ngày hội hiến máu.
4. Tổ thẩm định gồm: Chủ tịch Liên đoàn Lao động huyện, Trưởng ban Tài chính và một ủy viên Ban \
Kiểm tra.
5. Các công đoàn cơ sở không để xảy ra tình trạng phô trương, lãng phí; không thu tiền của người \
lao động. Công đoàn cơ sở báo cáo kết quả về Liên đoàn Lao động huyện trước ngày 10/6/2024. Đơn vị \
nào gửi báo cáo chậm sẽ không được xét thi đua cuối năm.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH
Phan Thị Hồng Vân
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("lists"), {"ke-hoach-44.txt": PLAN}) as opened:
        yield opened


def lines(asked: Assistant, question: str) -> list[str]:
    return [statement.text for statement in asked.invoke(question).statements]


@pytest.mark.parametrize(
    "question",
    [
        "Công đoàn cơ sở Sơn Kim có thể tuyên truyền bằng cách nào?",
        "Công đoàn cơ sở tuyên truyền bằng những hình thức nào?",
        "cong doan co so son kim tuyen truyen bang cach nao",
        "In what forms can grassroots unions in Sơn Kim carry out publicity?",
    ],
)
def test_a_long_sentence_that_lists_is_answered_by_its_items(
    asked: Assistant, question: str
) -> None:
    answer = asked.invoke(question)
    said = [statement.text for statement in answer.statements]
    assert said[0] == "Treo băng rôn tại cổng cơ quan"
    assert said[-1] == "Lồng ghép trong sinh hoạt tổ công đoàn."
    assert [c.quote for c in answer.citations] == [FORMS]


def test_an_item_that_says_what_is_asked_is_the_answer_alone(asked: Assistant) -> None:
    said = lines(asked, "Treo gì tại cổng cơ quan?")
    assert len(said) == 1
    assert "băng rôn" in said[0]


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        pytest.param(
            "Hồ sơ đề nghị hỗ trợ nhà ở gồm những gì?",
            "Đơn đề nghị của đoàn viên; Đơn ghi rõ diện tích nhà ở.",
            "Ảnh chụp hiện trạng nhà ở.",
            id="not the numbered items around it",
        ),
        pytest.param(
            "hỗ trợ nhà ở Sơn Kim cần giấy tờ gì",
            "Đơn đề nghị của đoàn viên; Đơn ghi rõ diện tích nhà ở.",
            "Ảnh chụp hiện trạng nhà ở.",
            id="papers are a file",
        ),
    ],
)
def test_a_list_within_a_list(asked: Assistant, question: str, first: str, last: str) -> None:
    said = lines(asked, question)
    assert (said[0], said[-1]) == (first, last)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("Quà tết của công đoàn Sơn Kim có gì?", "gạo, dầu ăn", id="what is in it"),
        pytest.param(
            "Tổ thẩm định hỗ trợ nhà ở gồm những ai?", "Trưởng ban Tài chính", id="members"
        ),
        pytest.param("Đi hiến máu ở Sơn Kim phải mang theo gì?", "căn cước công dân", id="bring"),
        pytest.param(
            "Công đoàn cơ sở không được để xảy ra tình trạng gì?",
            "không thu tiền của người lao động",
            id="a ban, to its end",
        ),
        pytest.param(
            "What must not happen when unions organise Workers' Month?",
            "không để xảy ra tình trạng phô trương",
            id="a ban, in English",
        ),
        pytest.param(
            "Công đoàn cơ sở nộp trễ báo cáo thì mất gì?",
            "không được xét thi đua cuối năm",
            id="a late report",
        ),
        pytest.param(
            "What happens to unions that report late?",
            "không được xét thi đua cuối năm",
            id="a late report, in English",
        ),
        pytest.param(
            "Đội đăng ký thi nấu ăn muộn thì sao?",
            "không được xếp lịch bốc thăm",
            id="a late list",
        ),
        pytest.param(
            "Ngành văn hóa Sơn Kim lo phần việc gì?", "Trang trí cổ động", id="a field of work"
        ),
        pytest.param("Trạm y tế các xã lo gì?", "Trạm Y tế các xã: chuẩn bị thuốc", id="a body"),
    ],
)
def test_one_line_says_it(asked: Assistant, question: str, said: str) -> None:
    found = lines(asked, question)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    "question",
    [
        "Điều kiện hiến máu ngày 15/5/2024 ở Sơn Kim là gì?",
        "Người hiến máu ở Sơn Kim cần đáp ứng yêu cầu gì?",
        "What are the requirements for blood donors in Sơn Kim?",
    ],
)
def test_conditions_are_the_sentences_that_require(asked: Assistant, question: str) -> None:
    said = lines(asked, question)
    assert [line.split()[0] for line in said] == ["Người", "Khi", "Không"]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param(
            "Thành viên Ban Giám khảo có được dự thi nấu ăn không?", "Không: Thành viên", id="ban"
        ),
        pytest.param(
            "Người trong Ban Tổ chức hội thi nấu ăn có được thi không?",
            "Thành viên Ban Tổ chức",
            id="no verdict on others",
        ),
        pytest.param(
            "Đoàn viên nghèo có phải trả tiền thuê bàn không?", "Không: Chủ bếp", id="exempt"
        ),
        pytest.param(
            "Chủ quán có phải trả tiền thuê bàn không?", "Chủ bếp trả", id="somebody else is exempt"
        ),
    ],
)
def test_whether_it_is_allowed_or_asked(asked: Assistant, question: str, begins: str) -> None:
    assert lines(asked, question)[0].startswith(begins)


def test_what_follows_is_not_taken_from_another_fault(asked: Assistant) -> None:
    assert asked.invoke("Nộp trễ hồ sơ hỗ trợ nhà ở thì sao?").abstained


@pytest.mark.parametrize(
    ("question", "lead", "named"),
    [
        ("Cần giấy tờ gì?", "Hồ sơ gồm:", True),
        ("What documents are needed?", "Hồ sơ gồm:", True),
        ("Tuyên truyền bằng cách nào?", "lựa chọn các hình thức như:", True),
        ("Tuyên truyền bằng cách nào?", "Hồ sơ gồm:", False),
        ("Có những giải thưởng nào?", "Cơ cấu giải thưởng gồm:", True),
        ("Nội dung gồm những gì?", "với các nội dung sau:", False),
    ],
)
def test_a_lead_in_names_the_kind_asked_for(question: str, lead: str, named: bool) -> None:
    assert names_kind_asked(understand(question), lead) is named


@pytest.mark.parametrize(
    ("question", "ban", "sequel", "conditions"),
    [
        ("Khi tổ chức nghiêm cấm những gì?", True, False, False),
        ("Không được làm việc gì trong hội trường?", True, False, False),
        ("Hộ nào không được hỗ trợ?", False, False, False),
        ("On what dates do Hoa Ban pupils return?", False, False, False),
        ("Vắng ba buổi thì bị gì?", False, True, False),
        ("Chậm nhất ngày nào thì phải nộp?", False, False, False),
        ("Muốn nộp hồ sơ thì làm gì?", False, False, False),
        ("Dự lễ cần mang theo những gì?", False, False, True),
        ("Kế hoạch yêu cầu các chi bộ làm gì?", False, False, False),
        ("By what means may they carry out publicity?", False, False, False),
    ],
)
def test_which_questions_are_of_bans_sequels_and_conditions(
    question: str, ban: bool, sequel: bool, conditions: bool
) -> None:
    read = understand(question)
    assert (asks_ban(read), asks_sequel(read), asks_conditions(read)) == (ban, sequel, conditions)


@pytest.mark.parametrize(
    ("question", "leave", "duty"),
    [
        ("Trẻ em có được xuống hồ không?", True, False),
        ("May visitors take photographs?", True, False),
        ("Có phải mang thẻ không?", False, True),
        ("Kế hoạch có đề cương kèm theo không?", False, False),
    ],
)
def test_which_questions_are_of_leave_and_duty(question: str, leave: bool, duty: bool) -> None:
    read = understand(question)
    assert (asks_leave(read), asks_duty(read)) == (leave, duty)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Ngành y tế làm gì trong hội trại?", "y tế"),
        ("Việc của ngành giáo dục là gì?", "giáo dục"),
        ("Sở Y tế làm gì?", ""),
        ("Ngành nào làm đầu mối?", ""),
    ],
)
def test_the_field_asked_about(question: str, field: str) -> None:
    assert field_asked_about(understand(question)) == field


def test_the_section_headed_by_the_noun_asked_for(asked: Assistant) -> None:
    said = lines(asked, "Nội dung của kế hoạch Sơn Kim gồm những gì?")
    assert said == [
        "1. Tuyên truyền",
        "2. Chương trình Tết sum vầy",
        "3. Hiến máu tình nguyện",
        "4. Hội thi nấu ăn",
    ]


def test_contents() -> None:
    assert asks_contents(understand("Suất quà có gì?"))
    assert not asks_contents(understand("Có gì mới trong kế hoạch năm nay?"))
