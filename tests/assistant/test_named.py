"""Documents that a question sets side by side, over the real library."""

from __future__ import annotations

import re

import numpy as np
import pytest

from assistant import scores
from assistant.chain import Assistant
from assistant.library_index import LibraryIndex
from assistant.named import documents_named
from assistant.records import Scope
from assistant.retrieve import Hit, search
from assistant.understand import understand
from ingest.records import SourceDocument
from ingest.vietnamese import fold

FRONT = "Mặt trận Tổ quốc Việt Nam xã Bình An Đông"
SIDE_BY_SIDE = [
    ("Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND giao việc gì?", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 128/KH-UBND và kế hoạch 35-KH/ĐU giao việc gì?", "128/KH-UBND 35-KH/ĐU"),
    ("ke hoach 35-kh/du va ke hoach 128/kh-ubnd giao viec gi", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 35 - KH/ĐU với kế hoạch số 128/KH-UBND?", "35-KH/ĐU 128/KH-UBND"),
    ("ke hoach 35 va ket luan 22 giong nhau o dau", "35-KH/ĐU 22-KL/ĐU"),
    ("Chỉ thị 06 và hướng dẫn 9 có thời hạn nào?", "06-CT/HU 09-HD/BTGHU"),
    ("Kế hoạch 35 hay kế hoạch 128 có thời hạn sớm hơn?", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 35 so với kế hoạch 128 thì sao?", "35-KH/ĐU 128/KH-UBND"),
    ("Nội dung của kế hoạch 35 và của kế hoạch 128", "35-KH/ĐU 128/KH-UBND"),
    ("kế hoạch 35, kế hoạch 128 và kết luận 22", "35-KH/ĐU 128/KH-UBND 22-KL/ĐU"),
    (f"Kế hoạch 35-KH/ĐU và kế hoạch {FRONT}, kinh phí từ đâu?", "35-KH/ĐU 17/KH-MTTQ-BTT"),
    # The kind is left out.
    ("Kế hoạch 35-KH/ĐU và 128/KH-UBND giao việc gì?", "35-KH/ĐU 128/KH-UBND"),
    ("ke hoach 35-kh/du, 128/kh-ubnd va 17/kh-mttq-btt", "35-KH/ĐU 128/KH-UBND 17/KH-MTTQ-BTT"),
    ("KH 35-KH/ĐU và số 412/UBND-NC giống gì nhau", "35-KH/ĐU 412/UBND-NC"),
    ("35-KH/ĐU với 128/KH-UBND khác gì nhau?", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 35 và 128 giao việc gì?", "35-KH/ĐU 128/KH-UBND"),
    ("ke hoach so 35, so 128 va ket luan 22", "35-KH/ĐU 128/KH-UBND 22-KL/ĐU"),
    (f"Kế hoạch của Đảng ủy và của {FRONT} giao gì?", "35-KH/ĐU 17/KH-MTTQ-BTT"),
    # The sentence goes on after the name.
    (
        f"Kế hoạch 35-KH/ĐU và kế hoạch của {FRONT} giao Đoàn Thanh niên việc gì?",
        "35-KH/ĐU 17/KH-MTTQ-BTT",
    ),
    (
        f"ke hoach 35 va {fold('kế hoạch của ' + FRONT).lower()} giao doan thanh nien viec gi",
        "35-KH/ĐU 17/KH-MTTQ-BTT",
    ),
    ("Kế hoạch 35 cùng kế hoạch MTTQ xã giao việc cho Công an xã?", "35-KH/ĐU 17/KH-MTTQ-BTT"),
    ("Kế hoạch 35 và kế hoạch của UBND xã Bình An Đông do ai ký?", "35-KH/ĐU 128/KH-UBND"),
    # Named by what it is about.
    (
        "So hạn nộp trong công văn phòng cháy với trong kế hoạch an toàn giao thông học sinh.",
        "412/UBND-NC 83/KH-UBND",
    ),
    ("Kế hoạch 35 hoặc kế hoạch Chủ nhật xanh có nói tới kinh phí?", "35-KH/ĐU 17/KH-MTTQ-BTT"),
]
NOT_SIDE_BY_SIDE = [
    "Kế hoạch 35-KH/ĐU giao việc gì?",
    "Kế hoạch 35-KH/ĐU và nghị quyết giao việc gì?",
    "Kế hoạch 35-KH/ĐU và kế hoạch 999-KH/ĐU giao việc gì?",
    "Kế hoạch 35-KH/ĐU và kế hoạch xã Bình An Đông giao việc gì?",  # several are of that place
    "Kế hoạch 35-KH/ĐU và kế hoạch 35-KH/ĐU",
    "Kế hoạch 35-KH/ĐU có nhắc tới kế hoạch 128/KH-UBND không?",
    "Kế hoạch 83 và kế hoạch 3 giao việc gì?",
    "Kế hoạch 35-KH/ĐU và 999/KH-UBND giao việc gì?",
    "Kế hoạch 35 giao 20 suất quà và 128 giao việc gì?",
    "Kế hoạch 35 và 9 nhóm việc của nó",  # 09 is a hướng dẫn
    "Kế hoạch 35 và 128% kinh phí",
    "Kế hoạch 35 và 22/4 có gì?",
    "Kế hoạch 35-KH/ĐU và kế hoạch của Mặt trận Tổ quốc xã Đại Lạc giao việc gì?",
    "ke hoach 35 va ke hoach cua mat tran to quoc xa dai lac giao viec gi",
    "Kế hoạch 35-KH/ĐU và kế hoạch của ai?",
    "Kế hoạch 35-KH/ĐU và kế hoạch giao việc cho Đoàn Thanh niên",
    "Kế hoạch 35-KH/ĐU và hướng dẫn của Mặt trận Tổ quốc giao việc gì?",  # it has issued a plan
    "Ai phải báo cáo?",
]


def number_of(document: SourceDocument) -> str:
    return document.header.number.value if document.header.number else ""


def numbers_of(hits: list[Hit]) -> list[str]:
    return [number_of(hit.document) for hit in hits]


def named(index: LibraryIndex, typed: str, inside: np.ndarray | None = None) -> list[str]:
    everywhere = np.ones(len(index.documents), dtype=bool)
    rows = documents_named(
        index, understand(typed, index.lexicon), everywhere if inside is None else inside
    )
    return [number_of(index.documents[row]) for row in rows]


@pytest.mark.parametrize(("typed", "numbers"), SIDE_BY_SIDE)
def test_documents_set_side_by_side_come_in_turn(
    assistant: Assistant, typed: str, numbers: str
) -> None:
    index = assistant.index()
    wanted = numbers.split()
    assert named(index, typed) == wanted
    hits = search(index, understand(typed, index.lexicon), limit=3 * len(wanted))
    assert numbers_of(hits) == wanted * 3
    assert len({hit.passage.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("typed", NOT_SIDE_BY_SIDE)
def test_one_document_has_no_turns(assistant: Assistant, typed: str) -> None:
    index = assistant.index()
    assert named(index, typed) == []
    hits = search(index, understand(typed, index.lexicon), limit=100)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(hits) == len(index.passages)


def test_each_documents_passages_come_as_if_it_were_asked_alone(assistant: Assistant) -> None:
    index = assistant.index()
    typed = "Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND: ai báo cáo kết quả?"
    question = understand(typed, index.lexicon)
    turns = search(index, question, limit=10)
    for at, document in enumerate(documents_named(index, question, np.ones(8, dtype=bool))):
        alone = Scope(documents=(index.documents[document].id,))
        expected = search(index, question, alone, limit=5)
        assert [h.passage.id for h in turns[at::2]] == [h.passage.id for h in expected]
    rest = search(index, question, limit=100)
    assert len({hit.passage.id for hit in rest}) == len(rest) == len(index.passages)


def test_a_number_of_something_is_no_documents(assistant: Assistant) -> None:
    index = assistant.index()
    passage = next(p.text for p in index.passages if re.search(r"\b17 \w+", p.text))
    counted = re.search(r"\b17 \w+", passage)
    assert counted
    assert named(index, f"Kế hoạch 35 và {counted.group()} giao gì?") == []
    assert named(index, "Kế hoạch 35 và 17 giao gì?") == ["35-KH/ĐU", "17/KH-MTTQ-BTT"]


def test_what_is_out_of_scope_is_not_set_beside(assistant: Assistant) -> None:
    index = assistant.index()
    typed = "Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND giao việc gì?"
    one = next(i for i, d in enumerate(index.documents) if "35-KH" in d.name)
    inside = np.arange(len(index.documents)) == one
    assert named(index, typed, inside) == []
    hits = search(
        index, understand(typed, index.lexicon), Scope(documents=(index.documents[one].id,)), 9
    )
    assert set(numbers_of(hits)) == {"35-KH/ĐU"}


def test_a_name_is_clear_where_it_is_in_scope(assistant: Assistant) -> None:
    index = assistant.index()
    typed = "Kết luận 22 và kế hoạch xã Bình An Đông giao việc gì?"
    assert named(index, typed) == []  # three plans are of that commune
    numbers = [number_of(document) for document in index.documents]
    inside = np.isin(numbers, ["22-KL/ĐU", "128/KH-UBND", "83/KH-UBND"])
    assert named(index, typed, inside) == ["22-KL/ĐU", "128/KH-UBND"]


def test_a_place_names_a_document_where_it_has_but_one(
    places: LibraryIndex, assistant: Assistant
) -> None:
    typed = "Kế hoạch 5-KH/ĐU và kế hoạch xã Cẩm Khê có gì khác?"
    assert named(places, typed) == ["5-KH/ĐU", "35-KH/ĐU"]
    assert named(places, "Kế hoạch xã Cẩm Khê và kế hoạch xã Liên Hội") == ["35-KH/ĐU", "5-KH/ĐU"]
    assert named(places, "Kế hoạch xã Cẩm Khê và kế hoạch xã Đại Lạc") == []
    assert named(places, "Kế hoạch của xã Cẩm Khê và của xã Liên Hội") == ["35-KH/ĐU", "5-KH/ĐU"]
    assert named(places, "Kế hoạch 5 và kế hoạch phát gạo của xã Cẩm Khê") == [
        "5-KH/ĐU",
        "35-KH/ĐU",
    ]
    assert named(places, "Kế hoạch 5 và kế hoạch tuyên truyền giao gì") == []  # both are
    # One number within another: «5» is no part of «35».
    assert named(places, "Kế hoạch 5 và kế hoạch 35") == ["5-KH/ĐU", "35-KH/ĐU"]
    assert named(places, "kế hoạch 035 và kế hoạch 05") == ["35-KH/ĐU", "5-KH/ĐU"]


def test_documents_set_side_by_side_beyond_the_candidates_have_scores(
    many: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "_CANDIDATE_PASSAGES", 5)
    monkeypatch.setattr(scores, "_CANDIDATE_DOCUMENTS", 2)
    monkeypatch.setattr(scores, "_DENSE_CANDIDATES", 5)
    question = understand("Kế hoạch 3, kế hoạch 9, kế hoạch 1 và kế hoạch 14?", many.lexicon)
    hits = search(many, question, limit=8)
    assert numbers_of(hits) == ["3-KH/ĐU", "9-KH/ĐU", "1-KH/ĐU", "14-KH/ĐU"] * 2
    assert np.isfinite([hit.score for hit in hits]).all()
