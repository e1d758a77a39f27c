"""What a library's own words tell about a question, and the abbreviations behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.language.abbreviations import meant_in, short_forms, written_out
from assistant.language.tables import rows_of
from assistant.lexicon import Lexicon
from assistant.understand import understand
from ingest.lexical import LexicalIndex
from ingest.pipeline import Library
from ingest.settings import Settings
from ingest.vietnamese import fold

RULES = """ỦY BAN NHÂN DÂN
XÃ SUỐI TRẮM
Số: 21/KH-UBND
Suối Trắm, ngày 12 tháng 3 năm 2024
KẾ HOẠCH
Tổ chức hội thi đọc sách hè
I. NỘI DUNG
1. Rà soát thủ tục hành chính (TTHC) về cấp thẻ đọc, niêm yết tại ấp Gò Lẫm.
2. Quỹ Đọc sách Hoa Gạo (QĐSHG) nhận sách cũ trước ngày 20/4/2024.
3. Mỗi em gửi một tác phẩm dự thi viết tay (sau đây viết tắt là Tác phẩm) về thư viện xã.
4. Tổ hợp đan nón (THĐN) dựng gian hàng, ấp Gò Lẫm lo điện nước.
"""
OTHER_RULES = [
    "Tổ hợp đan nón (THĐN) họp hằng quý.",
    "Trạm Hạ Điền Nam (THĐN) mở cửa hằng ngày.",
    "Một tổ hợp điện nước (THĐN) mới lập.",
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lexicon]:
    """The lexicon of a real library of one plan that defines words of its own."""
    folder = tmp_path_factory.mktemp("own")
    plan = folder / "hoi-thi.txt"
    plan.write_text(RULES, encoding="utf-8")
    with Library.open(Settings(home=folder / "home")) as library:
        assert not library.add([plan]).failed
        yield Assistant(library).index().lexicon


# --- Abbreviations that documents define ---


def test_definitions_of_the_documents_are_known(own: Lexicon) -> None:
    assert own.own == {
        "TTHC": ("thủ tục hành chính",),
        "QĐSHG": ("Quỹ Đọc sách Hoa Gạo",),
        "Tác phẩm": ("tác phẩm dự thi viết tay",),
        "THĐN": ("Tổ hợp đan nón",),
    }


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("QĐSHG nhận sách đến khi nào?", "Quỹ Đọc sách Hoa Gạo"),
        ("qđshg nhận gì", "Quỹ Đọc sách Hoa Gạo"),
        ("THĐN dựng gì?", "Tổ hợp đan nón"),
        ("TTHC niêm yết ở đâu?", "thủ tục hành chính"),
        ("tthc niem yet o dau", "thủ tục hành chính"),
    ],
)
def test_their_meanings_widen_the_search(own: Lexicon, typed: str, meaning: str) -> None:
    assert meaning in understand(typed, own).expansions


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("Tác phẩm gửi về đâu?", "tác phẩm dự thi viết tay"),
        ("tac pham gui ve dau", "tác phẩm dự thi viết tay"),
        ("qdshg nhan sach den khi nao", "Quỹ Đọc sách Hoa Gạo"),
    ],
)
def test_so_do_meanings_of_names_and_of_unmarked_ones(
    own: Lexicon, typed: str, meaning: str
) -> None:
    assert meaning in understand(typed, own).expansions


def test_a_meaning_stands_once(own: Lexicon) -> None:
    expansions = understand("QĐSHG và qđshg nhận gì?", own).expansions
    assert expansions.count("Quỹ Đọc sách Hoa Gạo") == 1


@pytest.mark.parametrize("typed", ["QĐSHG nhận sách đến khi nào?", "THĐN dựng gì?"])
def test_other_libraries_do_not_know_them(typed: str) -> None:
    assert not any("Quỹ" in e or "Tổ" in e for e in understand(typed).expansions)


def test_meanings_are_those_of_the_names_in_the_text(own: Lexicon) -> None:
    assert own.meanings("Gửi Tác phẩm, rồi TÁC PHẨM khác về QĐSHG") == [
        "tác phẩm dự thi viết tay",
        "Quỹ Đọc sách Hoa Gạo",
    ]
    assert (
        own.meanings("tác giả, phẩm chất") == own.meanings("") == Lexicon().meanings("QĐSHG") == []
    )


def test_a_name_of_one_word_needs_its_capital_and_marks() -> None:
    fund = "Xã lập Quỹ Khuyến học Suối Trắm (sau đây gọi tắt là Quỹ)."
    board = "Ban Chỉ đạo hội đọc sách (sau đây gọi tắt là Ban) họp."
    lexicon = Lexicon(texts=[fund, board])
    assert lexicon.meanings("Quỹ, theo Ban?") == [
        "Quỹ Khuyến học Suối Trắm",
        "Ban Chỉ đạo hội đọc sách",
    ]
    for typed in ("Văn bản nào quy định?", "Ai ban hành quỹ?", "QUY CHẾ BAN HÀNH", "Quy chế, Bản"):
        assert lexicon.meanings(typed) == []


def test_a_kind_of_document_is_no_name() -> None:
    text = "Kế hoạch tổ chức hội thi đọc sách hè (sau đây gọi tắt là Kế hoạch)."
    lexicon = Lexicon(texts=[text])
    assert list(lexicon.own) == ["Kế hoạch"]
    assert lexicon.meanings("Kế hoạch này do ai ký?") == []


def test_a_long_meaning_is_cut() -> None:
    text = "Quỹ vì trẻ em học giỏi vượt khó của mười xã vùng cao (QVTEHGVKMXVC) họp."
    lexicon = Lexicon(texts=[text])
    assert lexicon.meanings("qvtehgvkmxvc o dau") == ["Quỹ vì trẻ em học giỏi vượt khó"]


def test_a_short_form_with_two_meanings_keeps_both_in_order() -> None:
    lexicon = Lexicon(texts=[*OTHER_RULES, RULES])
    assert lexicon.own["THĐN"] == ("Tổ hợp đan nón", "Trạm Hạ Điền Nam", "tổ hợp điện nước")


def test_without_documents_nothing_is_defined() -> None:
    assert Lexicon().own == {}
    assert Lexicon(texts=["", "Không có gì (ở đây)."]).own == {}


# --- Restoring with a library's words ---


def test_names_and_slips_need_the_library(own: Lexicon) -> None:
    typed, meant = "ap go lamm xa suoi tram lo gi", "ấp gò lẫm xã suối trắm lo gì"
    assert own.restore(typed) == meant
    assert Lexicon().restore(typed) != meant


@pytest.mark.parametrize("short", ["thđn", "thdn", "THDN", "Thdn", "qdshg", "tthc"])
def test_own_abbreviations_are_no_slips(own: Lexicon, short: str) -> None:
    assert own.restore(f"{short} nop o dau") == f"{short} nộp ở đâu"


def test_what_is_no_abbreviation_here_is_a_slip() -> None:
    assert Lexicon().restore("thdn nop o dau") == "thân nộp ở đâu"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ubnd xa bao cao khi nao", "ubnd xã báo cáo khi nào"),
        ("hdnd xa bao cao khi nao", "hdnd xã báo cáo khi nào"),
        ("bch cong doan gom nhung ai", "bch công đoàn gồm những ai"),
        ("nop bc cho btg", "nộp bc cho btg"),
        ("khum nop bao cao", "khum nộp báo cáo"),
        ("hem nop", "hem nộp"),
        ("to chuc hoi nghi ntn", "tổ chức hội nghị ntn"),
    ],
)
def test_abbreviations_and_shorthand_stay(typed: str, restored: str) -> None:
    assert Lexicon().restore(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("tu ngay 20/4 den ngay 30/4", "từ ngày 20/4 đến ngày 30/4"),
        ("noi dung cu the", "nội dung cụ thể"),
        ("du thao ke hoach", "dự thảo kế hoạch"),
        ("da nop bao cao", "đã nộp báo cáo"),
    ],
)
def test_words_that_are_abbreviations_only_in_capitals(typed: str, restored: str) -> None:
    # TU is a Tỉnh ủy, CU, DU, DA …; in small letters these are words.
    assert Lexicon().restore(typed) == restored
    first = typed.split()[0]
    assert Lexicon().restore(f"ke hoach cua {first.upper()}") == f"kế hoạch của {first.upper()}"


def test_a_defined_name_that_is_a_word_may_get_marks() -> None:
    lexicon = Lexicon(texts=["Ban Chỉ đạo hội đọc sách (sau đây gọi tắt là Ban) họp."])
    assert list(lexicon.own) == ["Ban"]
    assert lexicon.restore("ban hanh van ban") == "ban hành văn bản"


def test_counts_without_texts_and_texts_without_counts() -> None:
    counted = Lexicon(LexicalIndex([RULES]).counts())
    assert counted.own == {}
    assert counted.restore("ap go lam") == "ấp gò lẫm"
    assert Lexicon(texts=[RULES]).restore("ap go lam") == Lexicon().restore("ap go lam")


# --- Abbreviations in full, for reading and for the index ---


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("UBND xã gửi b/c", "Ủy ban nhân dân xã gửi báo cáo"),
        ("BTV và BCH họp", "Ban Thường vụ và Ban Chấp hành họp"),
        ("KH TT năm 2022", "kế hoạch tuyên truyền năm 2022"),
        ("KH 12 do ai ký", "kế hoạch 12 do ai ký"),
        ("UBND-HĐND", "Ủy ban nhân dân-Hội đồng nhân dân"),
        ("TU giao HU", "Tỉnh ủy giao Huyện ủy"),
        ("tu ngay den ngay", "tu ngay den ngay"),
        ("theo 76-KH/ĐU, mục III", "theo 76-KH/ĐU, mục III"),
        ("Ai ký?", "Ai ký?"),
        ("", ""),
    ],
)
def test_abbreviations_are_written_out(text: str, full: str) -> None:
    assert written_out(text) == full
    assert written_out(full) == full


def test_own_abbreviations_are_written_out_first() -> None:
    assert written_out("BTV và qđshg", {"BTV": ("Ban Tư vấn",), "QĐSHG": ("Quỹ", "Quê")}) == (
        "Ban Tư vấn và Quỹ"
    )


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("UBND xã gửi MTTQ; UBND huyện", ["Ủy ban nhân dân", "Mặt trận Tổ quốc"]),
        ("TW và TƯ", ["Trung ương"]),
        ("HĐND-UBND xã", ["Hội đồng nhân dân", "Ủy ban nhân dân"]),
        ("MTTQ&UBND, HĐND-XYZQ", ["Mặt trận Tổ quốc", "Ủy ban nhân dân", "Hội đồng nhân dân"]),
        ("Phòng GD&ĐT, CNVC-LĐ", ["giáo dục và đào tạo", "công nhân, viên chức, lao động"]),
        ("UBND/TTr, xUBND", []),
        ("ubnd xã, b/c, đ/c", []),
        ("Số 76-KH/ĐU, 05/2023/TT-BGDĐT", []),
        ("KẾ HOẠCH CHUNG, mục III, XYZQ", []),
        ("KH", ["kế hoạch"]),
        ("", []),
    ],
)
def test_what_capitals_mean_in_a_document(text: str, meanings: list[str]) -> None:
    assert meant_in(text) == meanings


def test_the_index_finds_what_documents_write_short(tmp_path: Path) -> None:
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(RULES.replace("thư viện xã", "HĐND xã"), encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as library:
        library.add([plan])
        index = Assistant(library).index()
        holding = {index.passages[row].text for row in index.rows_with("hội_đồng")}
    assert any("HĐND" in text for text in holding)
    assert not any("Hội đồng" in text for text in holding)


def test_short_forms_are_those_of_the_tables_in_small_letters() -> None:
    known = short_forms()
    for name in ("abbreviations.tsv", "chat.tsv"):
        keys = {key.lower() for key, _ in rows_of(name)}
        assert len(keys) > 50
        assert keys | {fold(key) for key in keys} <= known
    assert all(short == short.lower() for short in known)
    assert not {"hoạch", "hoach", "phai", ""} & known
