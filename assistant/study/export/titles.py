"""The words that printed packs, slides and tables share, Vietnamese as the packs are."""

from __future__ import annotations

from typing import Final

from assistant.study.records import (
    ChoiceItem,
    Difficulty,
    MatchingItem,
    OrderingItem,
    Part,
    QuizItem,
    StudyPack,
    TrueFalseItem,
)

TITLES: Final[dict[Part, str]] = {
    Part.FACTS: "Thông tin chung về văn bản",
    Part.CONFLICTS: "Những điểm chưa thống nhất",
    Part.OUTLINE: "Dàn ý nội dung",
    Part.TIMELINE: "Các mốc thời gian",
    Part.ROLES: "Nhiệm vụ của từng đơn vị",
    Part.AGENDA: "Chương trình buổi học",
    Part.DISCUSSION: "Câu hỏi thảo luận",
    Part.CARDS: "Thẻ hỏi – đáp",
    Part.QUIZ: "Câu hỏi kiểm tra",
    Part.GLOSSARY: "Giải thích từ ngữ",
}
KEY: Final = "Đáp án câu hỏi kiểm tra"
SOURCES: Final = "Nguồn trích dẫn"
PACK: Final = "Tài liệu học tập"
NOTHING: Final = "Không có nội dung cho phần này."

DIFFICULTIES: Final[dict[Difficulty, str]] = {
    Difficulty.EASY: "dễ",
    Difficulty.MEDIUM: "trung bình",
    Difficulty.HARD: "khó",
}

KINDS: Final[dict[type[QuizItem], str]] = {
    ChoiceItem: "Chọn phương án đúng",
    TrueFalseItem: "Đúng hay sai",
    MatchingItem: "Ghép đôi",
    OrderingItem: "Sắp xếp thứ tự",
}


def said_request(pack: StudyPack) -> str:
    """What the pack was asked for: «Thời lượng 90 phút; câu hỏi ở mức trung bình»."""
    level = DIFFICULTIES[pack.request.difficulty]
    return f"Thời lượng {pack.request.minutes} phút; câu hỏi ở mức {level}"


def roman(number: int) -> str:
    """A part's number as plans write it: 4 is «IV». For 1 to 39."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
