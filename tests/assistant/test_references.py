"""References inside documents, read and followed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.library_index import LibraryIndex
from assistant.references import leads_to, sections_referred_to
from assistant.retrieve import search
from assistant.scores import Weights
from assistant.understand import understand
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings

UPPER = """HUYỆN ỦY VẠN KHÊ
*
Số 77-KL/HU
Vạn Khê, ngày 04 tháng 3 năm 2024
KẾT LUẬN
về chấn chỉnh công tác lưu trữ hồ sơ

1. Các chi bộ rà soát tủ hồ sơ đảng viên.
2. Văn phòng Huyện ủy mua sổ theo dõi mới.
"""
LOWER = """ĐẢNG ỦY XÃ TRÀ VONG
*
Số 09-KH/ĐU
Trà Vong, ngày 20 tháng 3 năm 2024
KẾ HOẠCH
thực hiện việc sắp xếp kho lưu trữ

Thực hiện Kết luận số 77-KL/HU ngày 04/3/2024, Đảng ủy xã Trà Vong xây dựng kế hoạch như sau:

I. YÊU CẦU
1. Gọn gàng, dễ tra cứu.
2. Mỗi giá có nhãn màu riêng cho từng năm.

II. PHÂN CÔNG
1. Thủ kho Trà Vong dán nhãn theo mục 2 phần I của Kế hoạch này.
"""


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("theo mục 2 phần II của Kế hoạch này", [("II", "2")]),
        ("nêu tại khoản 3 Điều 5 Quyết định này", [("Điều 5", "3")]),
        ("quy định tại điểm a, khoản 1, Điều 4 Quy định này", [("Điều 4", "1", "a")]),
        ("như phần III của Hướng dẫn này và mục 1.2 của Hướng dẫn này", [("III",), ("1.2",)]),
        ("các mục tiêu, nhiệm vụ của Kế hoạch này", []),
        ("theo mục 2 phần II của Kế hoạch số 12-KH/ĐU", []),
    ],
)
def test_references_are_read(text: str, paths: list[tuple[str, ...]]) -> None:
    assert list(sections_referred_to(text)) == paths


@pytest.mark.parametrize(
    ("reference", "section", "leads"),
    [
        (("II", "2"), ("II", "2"), True),
        (("II", "2"), ("II", "2", "2.1"), True),
        (("II", "2"), ("II", "II.2"), True),
        (("II", "2"), ("I", "2"), False),
        (("II", "2"), ("II",), False),
        (("Điều 5", "3"), ("Chương II", "Điều 5", "3."), True),
    ],
)
def test_where_a_reference_leads(
    reference: tuple[str, ...], section: tuple[str, ...], leads: bool
) -> None:
    assert leads_to(reference, section) is leads


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    home = tmp_path_factory.mktemp("references")
    for name, text in (("ket-luan.txt", UPPER), ("ke-hoach.txt", LOWER)):
        (home / name).write_text(text, "utf-8")
    # Passages so small that a section and what it refers to are two.
    settings = Settings(home=home / "library", max_passage_words=40)
    with Library.open(settings) as library:
        library.add([home / "ket-luan.txt", home / "ke-hoach.txt", *sample_paths()])
        yield LibraryIndex(library)


def _rank(index: LibraryIndex, question: str, words: str, weights: Weights) -> int:
    hits = search(index, understand(question, index.lexicon), limit=30, weights=weights)
    return next((i for i, hit in enumerate(hits) if words in hit.passage.text), len(index.passages))


def test_a_section_of_the_document_is_followed(index: LibraryIndex) -> None:
    question, words = "Thủ kho Trà Vong dán nhãn thế nào?", "nhãn màu riêng"
    assert _rank(index, question, words, Weights()) <= 2


def test_a_cited_document_of_the_library_is_followed(index: LibraryIndex) -> None:
    question = "Đảng ủy xã Trà Vong xây dựng kế hoạch thực hiện kết luận nào?"
    words = "chấn chỉnh công tác lưu trữ"
    assert _rank(index, question, words, Weights()) == 1
    assert _rank(index, question, words, Weights(reference_followed=9.0)) >= 5
