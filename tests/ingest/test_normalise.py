"""The canonical text: what is put right, what is left alone, and laws that hold for any text."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import normalise, normalise_pages

LETTERS = [
    pytest.param("hoà thuận, khoẻ mạnh", "hòa thuận, khỏe mạnh", id="oa-oe-open"),
    pytest.param("Đảng uỷ, thuỷ lợi, tuỳ, Thuý", "Đảng ủy, thủy lợi, tùy, Thúy", id="uy-open"),
    pytest.param("ĐẢNG UỶ XÃ HOÀ AN", "ĐẢNG ỦY XÃ HÒA AN", id="capitals"),
    pytest.param("quý III, quỷ, Quỳnh, quà, quả", "quý III, quỷ, Quỳnh, quà, quả", id="q-onset"),
    pytest.param("già, giá, giả, gìn giữ", "già, giá, giả, gìn giữ", id="gi-onset"),
    pytest.param("toàn, loại, huỳnh, thuyền", "toàn, loại, huỳnh, thuyền", id="closed-kept"),
    pytest.param("tòan dân, lọai, hùynh, qúy", "toàn dân, loại, huỳnh, quý", id="closed-misplaced"),
    pytest.param("voilà, Cooà, XYZuỷ", "voilà, Cooà, XYZuỷ", id="not-vietnamese"),
    pytest.param(
        unicodedata.normalize("NFD", "Kế hoạch của Đảng ủy"), "Kế hoạch của Đảng ủy", id="nfd"
    ),
    pytest.param("ch\u00e1\u0302t l\u01b0o\u0323\u031bng", "chất lượng", id="tone-before-shape"),
    pytest.param("Ðảng ủy, ðịa bàn", "Đảng ủy, địa bàn", id="eth"),
    pytest.param("Kế hоạch số 5, ΒАN", "Kế hoạch số 5, BAN", id="cyrillic-greek-in-latin"),
    pytest.param("Россия и Москва", "Россия и Москва", id="wholly-cyrillic-kept"),
    pytest.param("２０２６ ＵＢＮＤ", "2026 UBND", id="full-width"),
    pytest.param("ﬁle ﬂow", "file flow", id="ligatures"),
    pytest.param("\ufeffBáo\u200b cáo\u00ad \u202atuần\u202c", "Báo cáo tuần", id="invisible"),
    pytest.param("ngày\u00a020\u2003tháng 4", "ngày 20 tháng 4", id="spaces"),
    pytest.param("“ngoặc” – gạch — dài", "“ngoặc” – gạch — dài", id="quotes-dashes-kept"),
    pytest.param("a\x00b\x07 c", "ab c", id="control"),
]

MARKS = [
    pytest.param("Nộp **trước ngày 5/6** nhé", "Nộp trước ngày 5/6 nhé", id="bold"),
    pytest.param("(*từ nay*) và *mai*", "(từ nay) và mai", id="italic"),
    pytest.param("** 2.1. **Tập trung", "2.1. Tập trung", id="bold-with-spaces"),
    pytest.param("kế h**oạch** năm", "kế hoạch năm", id="bold-in-word"),
    pytest.param("**Suối Mơ**Nghị quyết", "Suối Mơ Nghị quyết", id="bold-against-word"),
    pytest.param("**KẾ HOẠCH****về việc họp**", "KẾ HOẠCH\nvề việc họp", id="two-bolds"),
    pytest.param("**mở mà không đóng", "mở mà không đóng", id="unpaired"),
    pytest.param("* Lưu ý: nộp sớm", "* Lưu ý: nộp sớm", id="star-bullet-kept"),
    pytest.param("3*4 và (*)", "3*4 và (*)", id="product-footnote-kept"),
    pytest.param("__Nơi nhận__: tệp a_b_c", "Nơi nhận: tệp a_b_c", id="underscores"),
    pytest.param("## I. MỤC ĐÍCH", "I. MỤC ĐÍCH", id="heading"),
    pytest.param("> trích dẫn", "trích dẫn", id="quotation"),
    pytest.param("> 30% hộ nghèo", "> 30% hộ nghèo", id="greater-than-kept"),
    pytest.param("1\\. Họp \\- bàn", "1. Họp - bàn", id="escapes"),
    pytest.param("GD&amp;ĐT&nbsp;huyện", "GD&ĐT huyện", id="entities"),
    pytest.param("GD&ĐT &lạ;", "GD&ĐT &lạ;", id="no-entity"),
    pytest.param("KẾ HOẠCH<br>Về <b>họp</b></div>", "KẾ HOẠCH\nVề họp", id="tags"),
    pytest.param("a < b <xã Suối Mơ> c", "a < b <xã Suối Mơ> c", id="unknown-angle-kept"),
    pytest.param("[bookmark: _Ref1]I. MỤC TIÊU", "I. MỤC TIÊU", id="bookmark"),
    pytest.param("PAGE  \n2\n\nĐảng ủy", "Đảng ủy", id="page-field"),
    pytest.param("Số 5\n-----\n___\n***\nHọp", "Số 5\n\nHọp", id="rules"),
    pytest.param("| TT | Việc |\n|---|---|\n| 1 | Họp |", "TT\n\nViệc\n\n1\n\nHọp", id="table"),
    pytest.param("a\n\n\n\nb  c \t d ", "a\n\nb c d", id="white-space"),
]

LINES = [
    pytest.param(
        "Các chi bộ tổ chức sinh hoạt chuyên đề và gửi\nbáo cáo về Đảng ủy.",
        "Các chi bộ tổ chức sinh hoạt chuyên đề và gửi báo cáo về Đảng ủy.",
        id="goes-on-in-small-letter",
    ),
    pytest.param(
        "1. Mục đích\n- Nâng cao nhận thức", "1. Mục đích\n- Nâng cao nhận thức", id="item"
    ),
    pytest.param("Nội dung\na) họp chi bộ", "Nội dung\na) họp chi bộ", id="lettered-item"),
    pytest.param("Gồm:\nbáo cáo quý", "Gồm:\nbáo cáo quý", id="after-colon"),
    pytest.param("ĐẢNG BỘ HUYỆN X\nĐẢNG ỦY XÃ Y", "ĐẢNG BỘ HUYỆN X\nĐẢNG ỦY XÃ Y", id="issuers"),
    pytest.param("KẾ HOẠCH\nvề tuyên truyền", "KẾ HOẠCH\nvề tuyên truyền", id="kind-and-title"),
    pytest.param("Số: 12-KH/ĐU\nvề việc họp", "Số: 12-KH/ĐU\nvề việc họp", id="number-line"),
    pytest.param(
        "CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        id="fixed-phrase",
    ),
    pytest.param(
        "Suối Mơ, ngày\n21 tháng 3 năm 2026\nKẾ HOẠCH",
        "Suối Mơ, ngày 21 tháng 3 năm 2026\nKẾ HOẠCH",
        id="place-date",
    ),
    pytest.param("**II. MỤC\nTIÊU**\n\nĐạt", "II. MỤC TIÊU\n\nĐạt", id="wrap-in-bold"),
    pytest.param("giai đoạn 2024\n- 2026 đạt", "giai đoạn 2024 - 2026 đạt", id="year-span"),
    pytest.param(
        "ĐẢNG BỘ HUYỆN ĐÔNG HẢI      ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG BỘ HUYỆN ĐÔNG HẢI\nĐẢNG CỘNG SẢN VIỆT NAM",
        id="two-columns",
    ),
    pytest.param(
        "Nơi nhận:\t\tT/M ĐẢNG ỦY\n- Các chi bộ,       BÍ THƯ\n- Lưu VP.        Lê Thị Mây",
        "Nơi nhận:\nT/M ĐẢNG ỦY\n- Các chi bộ,\nBÍ THƯ\n- Lưu VP.\nLê Thị Mây",
        id="signature-columns",
    ),
    pytest.param("Họp     chi bộ", "Họp chi bộ", id="gap-in-prose"),
    pytest.param(
        "T/M ĐẢNG ỦY\nBÍ THƯ\nLê Văn Núi", "T/M ĐẢNG ỦY\nBÍ THƯ\nLê Văn Núi", id="signature"
    ),
    pytest.param(
        "V/v tăng cường công tác phòng cháy\nrừng trong dịp\nLễ Quốc khánh\n\nKính gửi: Các xóm",
        "V/v tăng cường công tác phòng cháy rừng trong dịp Lễ Quốc khánh\n\nKính gửi: Các xóm",
        id="subject-line",
    ),
    pytest.param(
        "Các xóm, bản phối hợp với công an xã tuần tra\n2\nvà canh gác ban đêm.",
        "Các xóm, bản phối hợp với công an xã tuần tra và canh gác ban đêm.",
        id="page-number-in-sentence",
    ),
]


@pytest.mark.parametrize(("raw", "canonical"), LETTERS + MARKS + LINES)
def test_canonical_form(raw: str, canonical: str) -> None:
    assert normalise(raw) == canonical
    assert normalise(canonical) == canonical


WRAPPED = """Đảng ủy xã Suối Mơ yêu cầu các chi bộ trực thuộc, Mặt trận Tổ quốc và các
đoàn thể chính trị - xã hội phối hợp với Ban Chỉ huy quân sự xã, Công an xã,
Trạm Y tế xã tổ chức tuyên truyền đến từng hộ dân; rà soát danh sách các hộ
nghèo; đề xuất hỗ trợ theo quy định. Giao Văn phòng Đảng ủy tổng hợp, báo cáo
Ban Thường vụ.

1. Các chi bộ triển khai xong trước ngày 5 tháng 6 năm 2026, gửi báo cáo bằng
văn bản về Đảng ủy.
2. Công an xã bảo đảm an ninh."""


def test_wrapped_paragraphs_become_lines() -> None:
    lines = normalise(WRAPPED).split("\n")
    assert len(lines) == 4
    assert lines[0].endswith("báo cáo Ban Thường vụ.")
    assert "Công an xã, Trạm Y tế" in lines[0]
    assert lines[2].endswith("gửi báo cáo bằng văn bản về Đảng ủy.")


def test_pages_are_joined_and_counted() -> None:
    text, starts = normalise_pages(
        ["Các chi bộ gửi\n1", "", "báo cáo về Đảng ủy.\n3", "**II.** Họp\n\n4"]
    )
    assert text == "Các chi bộ gửi báo cáo về Đảng ủy.\nII. Họp"
    assert starts == (0, 15, 15, 35)


def test_no_sentence_runs_on_from_a_table_over_a_page_break() -> None:
    table = ["Ngày | Việc\n06/7 | Gửi tài liệu trước 2 ngày", "07/7 | Họp chi bộ", "hết ngày đó"]
    text, _ = normalise_pages(table)
    lines = [line for line in text.split("\n") if line]
    assert lines[3:] == ["Gửi tài liệu trước 2 ngày", "07/7", "Họp chi bộ", "hết ngày đó"]


def test_number_at_page_edge_that_is_no_page_number_stays() -> None:
    text, _ = normalise_pages(["Số hộ:\n120", "Số người:\n480"])
    assert "120" in text
    assert "480" in text


def test_empty_pages() -> None:
    assert normalise_pages([]) == ("", ())
    assert normalise_pages(["", " \n"]) == ("", (0, 0))
    assert normalise_pages(["a", ""]) == ("a", (0, 1))


PIECES = st.sampled_from(
    "Đảng uỷ|hoà|quý|**|*|__|_|#|> |- |\n|\n\n| |     |\t|\f|\\-|\\*|&amp;|&lt;b&gt;|<br>|<b>|</b>|"
    "||---|.|;|,|:|1.|a) |I. |2|PAGE 2|Số: 1/KH|KẾ HOẠCH|Nơi nhận:|T/M ĐẢNG ỦY|, ngày 5|tháng 6"
    "|năm 2026|báo cáo về|Sở|của|[bookmark: x]|-----|"
    "\u200b|\u0301|\u0302|ﬁ|а|Lê Văn Núi|\\|"
    "|các chi bộ, đơn vị triển khai thực hiện nghiêm túc nội dung trên".split("|")
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_normalising_twice_is_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_pages_give_a_canonical_text_with_ordered_starts(pages: list[str]) -> None:
    text, starts = normalise_pages(pages)
    assert normalise(text) == text
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


PLAIN = st.lists(
    st.sampled_from(
        "báo|cáo|Đảng|ủy|2026|trước|ngày|5/6|**|\n|\n\n|    |, |. |; |- |(|)|“|”|KH|-|/".split("|")
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(PLAIN)
def test_no_word_is_lost_or_invented(text: str) -> None:
    def words(value: str) -> list[str]:
        return re.findall(r"\w+", value)

    assert words(normalise(text)) == words(text)


REAL = Path(os.environ.get("PLANS_DIR", Path(__file__).parents[3] / "shared" / "plans"))


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real plans")
def test_laws_hold_on_real_plans() -> None:
    for path in sorted(REAL.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        once = normalise(text)
        assert normalise(once) == once, path.name
        assert not re.search(r"\*\*|\||\t| {2}", once), path.name


def test_time_grows_with_length_only() -> None:
    import time

    def seconds(text: str) -> float:
        start = time.process_time()
        normalise(text)
        return time.process_time() - start

    for piece in (
        WRAPPED + "\n\n",
        "**a ",
        "<a " * 3,
        "__x ",
        "- " * 9 + "\n",
        "| a ",
        "  \n",
        "một dòng chưa hết câu\n",
    ):
        short, long = seconds(piece * 400), seconds(piece * 1600)
        assert long < 12 * max(short, 0.1), piece
