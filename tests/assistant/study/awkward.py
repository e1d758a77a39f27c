"""A pack whose words are signs to every program that reads an export."""

from __future__ import annotations

from assistant.records import Citation
from assistant.study.records import (
    AgendaStep,
    Asked,
    Card,
    ChoiceItem,
    Cited,
    Conflict,
    Difficulty,
    DiscussionQuestion,
    FactRow,
    GlossaryTerm,
    MatchingItem,
    OfficeRole,
    OrderingItem,
    OutlinePoint,
    Own,
    PackDocument,
    PartOf,
    StudyPack,
    StudyRequest,
    TimelineRow,
    TrueFalseItem,
)

SIGNS = r"~ = # { } : \ -> // %50% <b>&amp;"
FORMULA = '=HYPERLINK("http://example.invalid")'


def cite(start: int, quote: str, section: str = "II › 1", page: int = 1) -> Citation:
    return Citation("a.txt", "a" * 64, "9/KH-UBND", section, page, start, start + len(quote), quote)


ONE = cite(0, f"Tổ một {SIGNS}")
TWO = cite(100, "- Tổ hai\n  quét đường", page=2)
THREE = cite(200, "Bắc cầu\x00\x0b")
TOPIC, LEVEL = "Thời hạn: a b", Difficulty.HARD


def awkward() -> StudyPack:
    """One entry or two of each part, all of it full of signs."""
    return StudyPack(
        title=f"Kế hoạch {SIGNS}\x07",
        documents=(PackDocument("a" * 64, "a<b>.txt", "Kế hoạch số 9/KH-UBND"),),
        request=StudyRequest(minutes=30),
        facts=PartOf(
            (
                FactRow("a" * 64, "Nơi nhận", (Cited(SIGNS, (ONE,)), Cited("Lưu", (TWO,)))),
                FactRow("a" * 64, "Ngày ban hành", (Own("Văn bản không ghi."),)),
            )
        ),
        conflicts=PartOf((Conflict("Hai thời hạn", (Cited("a", (ONE,)), Cited("b", (TWO,)))),)),
        outline=PartOf(
            (
                OutlinePoint("a" * 64, 0, "II", "VIỆC", True, (ONE,)),
                OutlinePoint("a" * 64, 1, "a", "quét đường", False, (TWO,)),
            )
        ),
        timeline=PartOf(
            (
                TimelineRow(
                    "a" * 64, "trước 20/4", "20/4/2031", "2031-04-20", "", False, "Bắc cầu",
                    "UBND huyện", ("Văn bản không nêu đơn vị thực hiện.",), (THREE,),
                ),
            )
        ),
        roles=PartOf((OfficeRole("a" * 64, "Tổ một", (Cited("bắc cầu", (THREE,)),), (ONE,)),)),
        agenda=PartOf(
            (
                AgendaStep(10, "Mở đầu", False, (Own("gợi ý"),)),
                AgendaStep(20, "Bước 1", True, (Cited("nghe", (TWO,)),), (ONE,)),
            )
        ),
        discussion=PartOf((DiscussionQuestion("Vì sao?", (Cited("bắc cầu", (THREE,)),)),)),
        cards=PartOf(
            (
                Card(FORMULA, "1) <i>một</i>\n2) hai", (ONE, TWO), TOPIC, LEVEL),
                Card("# Ai?", "Tổ hai", (TWO,), TOPIC, LEVEL),
            )
        ),
        quiz=PartOf(
            (
                ChoiceItem(
                    f"Câu nào {SIGNS}?", (FORMULA, "%50% số hộ", SIGNS), 2, (ONE,),
                    ((TWO,), (THREE,), ()), Asked.TASK, "", TOPIC, LEVEL,
                ),
                TrueFalseItem(
                    "@Tổ một bắc cầu.", False, "Tổ một", "Tổ hai: {đội}", (TWO, THREE),
                    Asked.OFFICE, "", TOPIC, LEVEL,
                ),
                TrueFalseItem("Đúng thế.", True, "", "", (TWO,), Asked.OFFICE, "", TOPIC, LEVEL),
                MatchingItem(
                    "Ghép", ("Tổ -> một", "Tổ hai", "Tổ ba"), ("bắc = cầu", "quét", "{trồng}"),
                    (2, 0, 1), (ONE, TWO, THREE), TOPIC, LEVEL,
                ),
                OrderingItem(
                    "Xếp", ("thu", "xuân", "hạ"), ("9/2031", "1/2031", "5/2031"), (1, 2, 0),
                    (ONE, TWO, THREE), TOPIC, LEVEL,
                ),
            )
        ),
        glossary=PartOf(
            (
                GlossaryTerm("Tổ", "tổ dân cư", True, (ONE,)),
                GlossaryTerm("UBND", "Ủy ban nhân dân", False, (TWO,)),
            ),
            ("Nghĩa theo cách dùng thông thường.",),
        ),
    )  # fmt: skip


def empty() -> StudyPack:
    """A pack that has nothing to say, and says so in one part."""
    return StudyPack(
        title="Kế hoạch",
        documents=(PackDocument("a" * 64, "a.txt", "Kế hoạch"),),
        request=StudyRequest(),
        timeline=PartOf((), ("Văn bản không ghi thời hạn cụ thể nào.",)),
        quiz=PartOf((), ("Văn bản không đủ dữ kiện để đặt câu hỏi.",)),
    )
