"""Questions that ask several things of one matter, or one thing of two years."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asks import asks, of_years
from assistant.chain import Assistant
from assistant.records import Answer
from tests.assistant.own_plan import assistant_on

PLAN = """ỦY BAN NHÂN DÂN XÃ ĐỒNG CÓI
Số: {number}/KH-UBND
Đồng Cói, ngày 12 tháng 01 năm {year}

KẾ HOẠCH
Tổ chức Hội đua thuyền nan năm {year}

I. CÁCH THỨC
1. Mỗi thôn đăng ký {crews} đội, gửi danh sách về Văn phòng Đảng ủy trước ngày 20/02/{year}.
2. Thuyền đua chia thành hai hạng. Thuyền hạng nhỏ dài không quá 06 mét.
3. Khai mạc lúc 7 giờ 30 phút ngày 05/3/{year} tại bến đò Cửa Lạch.

II. KINH PHÍ
Tổng kinh phí: {sum} triệu đồng, lấy từ ngân sách xã.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(đã ký)
{signer}
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Danh sách đội đua gửi cho ai, trước ngày nào?",
            ["Danh sách đội đua gửi cho ai", "Danh sách đội đua gửi, trước ngày nào?"],
        ),
        (
            "Danh sach doi dua gui cho ai, truoc ngay nao?",
            ["Danh sach doi dua gui cho ai", "Danh sach doi dua gui, truoc ngay nao?"],
        ),
        (
            "Hội đua thuyền trao mấy giải Nhất, mấy giải Nhì và tiền từ đâu ra?",
            [
                "Hội đua thuyền trao mấy giải Nhất",
                "Hội đua thuyền trao, mấy giải Nhì",
                "Hội đua thuyền trao, tiền từ đâu ra?",
            ],
        ),
        (
            "Khi nào và ở đâu khai mạc hội đua thuyền?",
            ["Khi nào khai mạc hội đua thuyền", "ở đâu khai mạc hội đua thuyền?"],
        ),
        (
            "Where is the boat race opened, and on what date?",
            ["Where is the boat race opened", "is the boat race opened, on what date?"],
        ),
        (
            "Hội đua thuyền nan bắt đầu hôm nào, máy bơm để đâu?",  # «đầu», «máy» ask nothing
            [
                "Hội đua thuyền nan bắt đầu hôm nào",
                "Hội đua thuyền nan bắt đầu hôm, máy bơm để đâu?",
            ],
        ),
        (
            "Thôn đăng ký đội đua đến ngày nào theo Kế hoạch 8, và được lùi đến ngày nào?",
            [
                "Thôn đăng ký đội đua đến ngày nào theo Kế hoạch 8",
                "Thôn đăng ký đội đua, được lùi đến ngày nào?",
            ],
        ),
    ],
)
def test_each_thing_is_asked_with_the_words_that_say_of_what(
    question: str, expected: list[str]
) -> None:
    assert asks(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Thôn Đông và thôn Đoài gửi danh sách cho ai?",
        "Trong tháng 3, ai trực bến đò?",
        "Ai, khi nào?",
        "Ai trông thuyền ở bến đò, phối hợp với ai?",
        "Bao nhiêu đội và bao nhiêu thuyền dự hội?",  # whose, is said after both alone
        "",
        ",",
    ],
)
def test_one_thing_stays_one_question(question: str) -> None:
    assert asks(question) == [question]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Kinh phí năm 2031 và 2032 mỗi năm bao nhiêu?",
            ["Kinh phí năm 2031 bao nhiêu?", "Kinh phí năm 2032 bao nhiêu?"],
        ),
        (
            "Hai kế hoạch đua thuyền 2031 và 2032 do ai ký?",
            ["kế hoạch đua thuyền 2031 do ai ký?", "kế hoạch đua thuyền 2032 do ai ký?"],
        ),
        (
            "What was the budget in 2031 and in 2032?",
            ["What was the budget in 2031?", "What was the budget in 2032?"],
        ),
    ],
)
def test_each_year_is_asked_for(question: str, expected: list[str]) -> None:
    assert of_years(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Kinh phí năm 2031 và 2032 khác nhau thế nào?",
        "Tổng cộng năm 2031 và 2032 chi bao nhiêu?",
        "Từ ngày 01/3/2031 và 2/3 ai trực?",
        "Giai đoạn 2031 và 2032 làm gì?",
    ],
)
def test_years_that_belong_together_are_not_parted(question: str) -> None:
    assert of_years(question) == [question]


@pytest.fixture(scope="module")
def races(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    of_year = {
        2031: {"number": 8, "crews": "02", "sum": 64, "signer": "Phạm Văn Triều"},
        2032: {"number": 11, "crews": "03", "sum": 79, "signer": "Vũ Thị Sóng"},
    }
    texts = {
        f"dua-thuyen-{year}.txt": PLAN.format(year=year, **values)
        for year, values in of_year.items()
    }
    with assistant_on(tmp_path_factory.mktemp("races"), texts) as opened:
        yield opened


def said(answer: Answer) -> str:
    return " ".join([answer.answer, *(citation.quote for citation in answer.citations)])


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        (
            "Tổng kinh phí hội đua thuyền nan năm 2031 và năm 2032 là bao nhiêu?",
            ("64 triệu đồng", "79 triệu đồng"),
        ),
        (
            "Năm 2032 khai mạc hội đua thuyền nan lúc mấy giờ, ở đâu?",
            ("7 giờ 30 phút", "05/3/2032", "bến đò Cửa Lạch"),
        ),
        (
            "Hội đua thuyền năm 2031 chia thành mấy hạng, thuyền hạng nhỏ dài bao nhiêu mét?",
            ("hai hạng", "06 mét"),
        ),
    ],
)
def test_all_that_is_asked_is_answered(
    races: Assistant, question: str, holds: tuple[str, ...]
) -> None:
    answer = races.invoke(question)
    assert not answer.abstained
    for words in holds:
        assert words in said(answer)


def test_each_year_has_its_signer_quoted_as_one_block(races: Assistant) -> None:
    answer = races.invoke("Hai kế hoạch đua thuyền nan 2031 và 2032 do ai ký?")
    assert [c.number for c in answer.citations] == ["8/KH-UBND", "11/KH-UBND"]
    for citation, name in zip(answer.citations, ("Phạm Văn Triều", "Vũ Thị Sóng"), strict=True):
        assert citation.quote == f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(đã ký)\n{name}"
    assert "8/KH-UBND: Phạm Văn Triều" in answer.answer


def test_where_one_has_no_answer_the_whole_is_read_as_before(races: Assistant) -> None:
    whole = races.invoke("Năm 2031 khai mạc hội đua thuyền nan lúc mấy giờ, vé xem giá bao nhiêu?")
    assert "vé" not in said(whole)
    assert {c.number for c in whole.citations} <= {"8/KH-UBND"}
