"""One question typed in four ways asks for one thing: with marks, without, in chat, in English."""

from __future__ import annotations

import unicodedata

import pytest

from assistant.records import Intent
from assistant.understand import understand

# intent, with marks, without, chat, English
ASKED = [
    (
        Intent.SIGNER,
        "Ai ký quyết định này?",
        "ai ky quyet dinh nay",
        "qđ này ai ký z",
        "Who signed the decision?",
    ),
    (
        Intent.RECIPIENT,
        "Nơi nhận của thông báo gồm những đơn vị nào?",
        "noi nhan cua thong bao gom nhung don vi nao",
        "vb này gửi cho ai vậy",
        "Who are the recipients of the notice?",
    ),
    (
        Intent.NUMBER,
        "Số hiệu của nghị quyết là gì?",
        "so hieu cua nghi quyet la gi",
        "kh này số mấy",
        "What is the number of the resolution?",
    ),
    (
        Intent.BASIS,
        "Kế hoạch được xây dựng căn cứ vào đâu?",
        "ke hoach duoc xay dung can cu vao dau",
        "kh căn cứ vb nào v",
        "On what basis was the plan made?",
    ),
    (
        Intent.COUNT,
        "Có bao nhiêu xã tham gia hội thao?",
        "co bao nhieu xa tham gia hoi thao",
        "có bn xã tham gia hội thao",
        "How many communes take part in the games?",
    ),
    (
        Intent.DEADLINE,
        "Các trường phải nộp hồ sơ trước ngày nào?",
        "cac truong phai nop ho so truoc ngay nao",
        "hạn nộp hs bh",
        "By when must the files be submitted?",
    ),
    (
        Intent.WHEN,
        "Hội thao diễn ra vào ngày nào?",
        "hoi thao dien ra vao ngay nao",
        "hội thao hôm nào z",
        "When do the games take place?",
    ),
    (
        Intent.WHERE,
        "Lớp tập huấn mở ở đâu?",
        "lop tap huan mo o dau",
        "lớp tập huấn ở đâu v",
        "Where is the training held?",
    ),
    (
        Intent.HOW,
        "Hồ sơ được nộp như thế nào?",
        "ho so duoc nop nhu the nao",
        "nộp hs ntn",
        "How are the files submitted?",
    ),
    (
        Intent.WHO,
        "Đơn vị nào phụ trách âm thanh?",
        "don vi nao phu trach am thanh",
        "ai phụ trách âm thanh v",
        "Which unit is in charge of the sound?",
    ),
    (
        Intent.LIST,
        "Hội thao gồm những môn gì?",
        "hoi thao gom nhung mon gi",
        "hội thao gồm những môn j",
        "What are the events of the games?",
    ),
    (
        Intent.YES_NO,
        "Học sinh có phải mặc đồng phục không?",
        "hoc sinh co phai mac dong phuc khong",
        "hs có phải mặc đồng phục ko",
        "Must pupils wear uniforms?",
    ),
    (
        Intent.WHAT,
        "Nhiệm vụ của ban tổ chức là gì?",
        "nhiem vu cua ban to chuc la gi",
        "btc lm gì",
        "What does the plan say about uniforms?",
    ),
]
REGISTERS = ("marked", "unmarked", "chat", "english")


def test_every_intent_is_asked_for() -> None:
    assert {row[0] for row in ASKED} == set(Intent)


@pytest.mark.parametrize(
    ("intent", "typed", "language"),
    [
        pytest.param(
            row[0], typed, "en" if register == "english" else "vi", id=f"{row[0]}-{register}"
        )
        for row in ASKED
        for register, typed in zip(REGISTERS, row[1:], strict=True)
    ],
)
def test_the_same_intent_in_every_register(intent: Intent, typed: str, language: str) -> None:
    question = understand(typed)
    assert (question.intent, question.language) == (intent, language)


@pytest.mark.parametrize("typed", [row[1] for row in ASKED])
def test_decomposed_letters_ask_the_same(typed: str) -> None:
    decomposed = unicodedata.normalize("NFD", typed)
    assert decomposed != typed
    whole, read = understand(typed), understand(decomposed)
    assert (read.text, read.intents, read.search) == (whole.text, whole.intents, whole.search)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        pytest.param("Việc gì phải xong trước ngày 5/9/2024?", ["2024-09-05"], id="slashes"),
        pytest.param("Việc gì phải xong trước 05-09-2024?", ["2024-09-05"], id="hyphens"),
        pytest.param("Việc gì xong trước ngày 5 tháng 9 năm 2024?", ["2024-09-05"], id="words"),
        pytest.param("viec gi xong truoc ngay 5 thang 9 nam 2024", ["2024-09-05"], id="unmarked"),
        pytest.param("What is due by 5 September 2024?", ["2024-09-05"], id="english"),
        pytest.param("Việc gì phải xong trước 5/9?", ["--09-05"], id="no-year"),
        pytest.param("Quý III/2024 làm gì?", ["2024-Q3"], id="quarter"),
        pytest.param("Kế hoạch số 12/KH-UBND nói gì?", [], id="a-number-is-no-date"),
    ],
)
def test_dates_in_the_question(typed: str, values: list[str]) -> None:
    assert [m.value for m in understand(typed).dates] == values


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        ("Kết luận 22 nói gì?", "22", "kết luận"),
        ("cv 7 gửi ai", "7", "công văn"),
        ("KH 007 nói gì?", "7", "kế hoạch"),
        ("What does Directive No. 6 require?", "6", "chỉ thị"),
        ("Hướng dẫn số 9 có mấy mục?", "9", "hướng dẫn"),
        ("Chương trình 14-CTr/HU nêu gì?", "14-CTR/HU", None),
    ],
)
def test_the_kind_of_a_document_named_by_number(typed: str, number: str, kind: str | None) -> None:
    found = {r.number: r.kind for r in understand(typed).references}
    assert list(found) == [number]
    assert kind is None or found[number] == kind


def test_two_documents_named() -> None:
    asked = understand("Kế hoạch 35-KH/ĐU và Công văn 412/UBND-NC khác nhau thế nào?")
    assert [r.number for r in asked.references] == ["35-KH/ĐU", "412/UBND-NC"]
    assert asked.across
