"""Questions as typed, towards Vietnamese that the index understands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import keystrokes
from assistant.language.abbreviations import defined_in, expand, find, normalise_chat
from assistant.language.english import is_english, to_vietnamese
from assistant.language.english_dates import numeric_dates
from assistant.language.english_stem import stem
from assistant.language.keystrokes import decode, decode_telex, decode_vni, looks_like_keystrokes
from assistant.language.syllable import (
    TONES,
    is_unmarked_syllable,
    is_vietnamese_syllable,
    split_tone,
    with_tone,
)
from assistant.language.tables import lines_of, rows_of
from ingest.vietnamese import fold, has_diacritics, syllables

# Of our own making: invented places, the genre's words.
VIETNAMESE = [
    "Kế hoạch của Đảng ủy xã Bình Sơn Thượng ban hành ngày nào?",
    "Ai phải gửi báo cáo về Ban Tuyên giáo Huyện ủy trước ngày 15/10?",
    "Các chi bộ nộp danh sách đoàn viên cho Liên đoàn Lao động huyện khi nào?",
    "Trường Tiểu học Hoa Gạo tổ chức ngày hội đọc sách ở đâu?",
    "Kinh phí tuyên truyền phòng cháy, chữa cháy lấy từ nguồn nào?",
    "Đơn vị nào chủ trì rà soát thủ tục hành chính quý III?",
    "Uỷ ban nhân dân phường Suối Trong có nhiệm vụ gì theo Quyết định số 12/QĐ-UBND?",
]
ENGLISH = [
    "When was the Bình Sơn Thượng plan issued?",
    "Who must report by 20/4?",
    "report deadline",
    "Who signed decision 12/QĐ-UBND?",
    "what must hoi nong dan do",
    "WHO SIGNED THE PLAN?",
    "Is a propaganda outline attached to the Suoi Trong plan?",
    "How many communes took part in the contest?",
]


# --- Syllables ---


@pytest.mark.parametrize(
    "word",
    "hoạch nghiệp giữa gì quyết quốc khuya nguyễn huỳnh thuở oẳn yêu ghế kỷ hoà hòa uỷ ủy ươm "
    "Đắk Lắk giếng xoong NGHIÊNG a ở".split(),
)
def test_syllables_that_exist(word: str) -> None:
    assert is_vietnamese_syllable(word)
    assert is_unmarked_syllable(fold(word))


@pytest.mark.parametrize(
    "word", "hoach cế ngế ghà plan việct học̀ bàc strá fải ká được1 tôt q đđ".split()
)
def test_syllables_that_do_not(word: str) -> None:
    assert not is_vietnamese_syllable(word)


@pytest.mark.parametrize(
    ("base", "tone", "syllable"),
    [
        ("hoa", "huyền", "hòa"),
        ("hoan", "huyền", "hoàn"),
        ("thuy", "hỏi", "thủy"),
        ("quy", "sắc", "quý"),
        ("gia", "hỏi", "giả"),
        ("giêng", "sắc", "giếng"),
        ("ngươi", "huyền", "người"),
        ("khuyu", "nặng", "khuỵu"),
        ("mua", "huyền", "mùa"),
        ("ngoai", "huyền", "ngoài"),
    ],
)
def test_the_tone_stands_where_spelling_puts_it(base: str, tone: str, syllable: str) -> None:
    assert with_tone(base, TONES[tone]) == syllable


# --- Keystrokes ---


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("kees hoachj xax", "kế hoạch xã"),
        ("Uyr ban nhaan daan phuwowngf", "Ủy ban nhân dân phường"),
        ("ai phair baos caos truwowcs 15/10?", "ai phải báo cáo trước 15/10?"),
        ("quyeets ddinhj soos 12/QDD-UBND", "quyết định số 12/QĐ-UBND"),
        ("thuwr tujc hanhf chisnh", "thử tục hành chính"),
        ("nguoiwf dduocwj giao nhieemj vuj", "người được giao nhiệm vụ"),
        ("HUYEENJ UYR BAO GIOWF HOPJ", "HUYỆN ỦY BAO GIỜ HỌP"),
        ("gieesng quawjng khuyur", "giếng quặng khuỷu"),
        ("chuwowng trinhf cuar mttq", "chương trình của mttq"),
    ],
)
def test_telex_keys(keys: str, text: str) -> None:
    assert looks_like_keystrokes(keys) == "telex"
    assert decode(keys) == decode_telex(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ke61 hoa5ch xa4", "kế hoạch xã"),
        ("d9a3ng u3y ba1o ca1o tru7o7c1 20/4", "đảng ủy báo cáo trước 20/4"),
        ("quye6t1 d9inh5 so61 12/QD9-UBND", "quyết định số 12/QĐ-UBND"),
        ("Thu7o7ng2 tru75c hop5 nga2y na2o", "Thường trực họp ngày nào"),
        ("ha8ng2 na8m", "hằng năm"),
    ],
)
def test_vni_keys(keys: str, text: str) -> None:
    assert looks_like_keystrokes(keys) == "vni"
    assert decode(keys) == decode_vni(keys) == text


@pytest.mark.parametrize(
    "text",
    [
        *VIETNAMESE,
        *(fold(v) for v in VIETNAMESE),
        *(fold(v).lower() for v in VIETNAMESE),
        *ENGLISH,
        "test email website list",
        "lớp 5A1, 6A2 và 7B3 nộp bài",
        "lop 5A1 6A2 7B3",
        "5G IoT C06 T78",
        "gửi về hop.thu@xa-binhson.example trước 17h30",
        "phase one runs",
        "12/KH-UBND 40-KH/ĐU",
        "covid19 d9",
        "",
        "?!",
        "😀",
    ],
)
def test_what_is_not_raw_keys_is_left_alone(text: str) -> None:
    assert looks_like_keystrokes(text) is None
    assert decode(text) == text


def _typed(text: str, method: keystrokes.Method) -> str:
    """The keys that type lower-case ``text``: marks after their letter, the tone last."""
    marks = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
    tones = {TONES[t]: k for t, k in zip(TONES, ("", "s", "f", "r", "x", "j"), strict=True)}
    if method == "vni":
        marks = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}
        tones = {TONES[t]: k for t, k in zip(TONES, ("", "1", "2", "3", "4", "5"), strict=True)}
    words = []
    for word in text.split():
        base, tone = split_tone(word)
        words.append("".join(marks.get(c, c) for c in base) + tones[tone])
    return " ".join(words)


_SYLLABLES = sorted({s for v in VIETNAMESE for s in syllables(v) if is_vietnamese_syllable(s)})


@given(st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=12))
def test_typing_and_decoding_gives_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for method, decoded in (
        ("telex", decode_telex(_typed(text, "telex"))),
        ("vni", decode_vni(_typed(text, "vni"))),
    ):
        assert [split_tone(w) for w in decoded.split()] == [split_tone(w) for w in words], method


@given(st.text(max_size=80))
def test_decoding_never_fails(text: str) -> None:
    for function in (decode, decode_telex, decode_vni, normalise_chat, to_vietnamese):
        assert isinstance(function(text), str)
    expand(text)
    defined_in(text)
    is_english(text)


@given(st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=12))
def test_accented_text_is_left_alone(words: list[str]) -> None:
    text = " ".join(words)
    if has_diacritics(text):
        assert decode(text) == text
    assert normalise_chat(text) == text
    assert not is_english(text)


# --- English ---


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_known(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        *VIETNAMESE,
        *(fold(v) for v in VIETNAMESE),
        *(fold(v).lower() for v in VIETNAMESE),
        "gui email cho ai",
        "deadline bao cao la khi nao",
        "hạn nộp report là ngày nào",
        "kees hoachj xax",
        "the nao la do",
        "",
        "20/4/2023",
        "😀",
    ],
)
def test_vietnamese_is_not_english(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    ("english", "expected", "absent"),
    [
        ("Who must report by 20/4?", ["ai", "phải báo cáo", "trước ngày 20/4"], ["quyết"]),
        ("Who signed Plan 40-KH/ĐU?", ["ai ký", "kế hoạch", "40-KH/ĐU"], ["quy hoạch"]),
        ("By when must the Party cells report?", ["trước ngày nào", "chi bộ"], ["tế bào"]),
        ("the district Party Committee's Propaganda Board", ["Huyện ủy", "Ban Tuyên giáo"], []),
        ("Department of Home Affairs", ["Sở Nội vụ"], ["Phòng"]),
        ("the Labor Federation organized it", ["Liên đoàn Lao động", "tổ chức"], []),
        ("the Labour Federation organises it", ["Liên đoàn Lao động", "tổ chức"], []),
        ("policies on law-making", ["chính sách", "xây dựng pháp luật"], ["on"]),
        ("Which schools in Son La won?", ["trường", "Sơn La"], ["Son La"]),
        ("plan of Suoi Trong ward", ["kế hoạch", "Suoi Trong", "phường"], ["of"]),
        ("When is it due?", ["trước ngày nào"], ["công nghệ"]),
        ("the IT plan", ["công nghệ thông tin"], []),
        ("Is an essay mandatory?", ["có", "bắt buộc", "không"], []),
        ("between April 5th, 2024 and May 2024", ["5/4/2024", "tháng 5/2024"], ["April"]),
        ("Which wards may join?", ["phường"], ["tháng 5"]),
        ("the Q3/2024 report of District 7", ["quý 3/2024", "quận 7"], ["huyện", "tháng"]),
        ("the 3rd contest", ["3", "cuộc thi"], ["3rd"]),
        ("How many communes?", ["bao nhiêu", "xã"], []),
        ("Who pays for the taxi and sets the menu?", ["taxi", "thực đơn"], ["menu"]),
    ],
)
def test_english_becomes_the_words_of_documents(
    english: str, expected: list[str], absent: list[str]
) -> None:
    vietnamese = to_vietnamese(english)
    for words in expected:
        assert words in vietnamese
    for words in absent:
        assert words not in vietnamese.split() if " " not in words else words not in vietnamese


def test_numeric_dates_leave_the_verb_may() -> None:
    assert numeric_dates("Who may sign 3 plans in May 2025?") == "Who may sign 3 plans in 5/2025?"


@pytest.mark.parametrize(
    "forms",
    [
        ("organise", "organize", "organised", "organizing", "organises"),
        ("committee", "committees"),
        ("policy", "policies"),
        ("programme", "program", "programmes"),
        ("plan", "planned", "planning", "plans"),
        ("issue", "issued", "issuing", "issues"),
        ("centre", "center", "centres"),
        ("labour", "labor"),
        ("send", "sent", "sends", "sending"),
    ],
)
def test_inflections_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


# --- Abbreviations ---


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("UBND xã họp", "Ủy ban nhân dân"),
        ("ubnd xa hop", "Ủy ban nhân dân"),
        ("bch lđlđ", "Ban Chấp hành"),
        ("nộp b/c", "báo cáo"),
        ("đ/c nào ký", "đồng chí"),
        ("KT-XH quý I", "kinh tế - xã hội"),
        ("CT 45 yêu cầu gì", "chỉ thị"),
        ("TT số 08", "thông tư"),
        ("CT hành động", "chỉ thị"),
        ("DU xa Binh Son", "Đảng ủy"),
        ("HU giao ai", "Huyện ủy"),
        ("TP.HCM", "thành phố"),
    ],
)
def test_abbreviations_are_read(text: str, first: str) -> None:
    assert expand(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "76-KH/ĐU",
        "số 05/2023/TT-BGDĐT",
        "1121/SGDĐT-VP",
        "28 - NQ/TW",
        "40-kh/du",
        "tư liệu của hư không",
        "tu lieu hu",
        "HẠN NỘP CỦA CU CẬU",
        "viet.kh@btg.example",
        "Ai ký",
    ],
)
def test_no_abbreviation_is_seen(text: str) -> None:
    assert expand(text) == []


def test_ambiguous_ones_give_alternatives() -> None:
    assert expand("TT năm 2022")[:2] == ["tuyên truyền", "thông tư"]
    assert expand("KH năm 2022") == ["kế hoạch"]  # beside documents it is no «khoa học»
    assert expand("KH 12")[:1] == ["kế hoạch"] == expand("KH 12")


def test_where_an_abbreviation_stands() -> None:
    text = "Họp HĐND-UBND xã"
    found = find(text)
    assert [a.written for a in found] == ["HĐND", "UBND"]
    assert all(text[a.start : a.end] == a.written for a in found)


def test_the_documents_own_come_first() -> None:
    own = {"BPMC": ["bộ phận một cửa"], "BTV": ["Ban Tư vấn"]}
    assert expand("bpmc và BTV", own)[:3] == ["bộ phận một cửa", "Ban Tư vấn", "Ban Thường vụ"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("có phải nộp ko?", "có phải nộp không?"),
        ("Đc gửi trc ngày mấy", "Được gửi trước ngày mấy"),
        ("ng ký là ai", "người ký là ai"),
        ("có bắt buộc k", "có bắt buộc không"),
        ("bao h họp", "bao giờ họp"),
        ("dc giao j", "được giao gì"),
        ("tổ chức ntn vs bn ng", "tổ chức như thế nào với bao nhiêu người"),
    ],
)
def test_chat_is_written_out(typed: str, meant: str) -> None:
    assert normalise_chat(typed) == meant
    assert normalise_chat(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        *VIETNAMESE,
        *ENGLISH,
        "điểm k khoản 2 Điều 5",
        "Ông Ng. Văn Tám",
        "h) Công tác khác",
        "vitamin k, lúc 8 h",
        "DC và K, VS",
        "40-kh/ko",
    ],
)
def test_correct_text_is_no_chat(text: str) -> None:
    assert normalise_chat(text) == text


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        ("rà soát thủ tục hành chính (TTHC) cấp xã", {"TTHC": "thủ tục hành chính"}),
        ("BPMC (bộ phận một cửa) mở cửa", {"BPMC": "bộ phận một cửa"}),
        (
            "công tác phổ biến, giáo dục pháp luật (sau đây viết tắt là PBGDPL)",
            {"PBGDPL": "phổ biến, giáo dục pháp luật"},
        ),
        (
            "Phòng Giáo dục và Đào tạo (GDĐT) chủ trì",
            {"GDĐT": "Giáo dục và Đào tạo"},
        ),
        (
            "lập Ban Chỉ đạo hội đọc sách huyện (sau đây gọi tắt là Ban Chỉ đạo).",
            {"Ban Chỉ đạo": "Ban Chỉ đạo hội đọc sách huyện"},
        ),
        ("Quỹ Đọc sách Hoa Gạo (gọi tắt là “QĐSHG”)", {"QĐSHG": "Quỹ Đọc sách Hoa Gạo"}),
        ("họp tại hội trường (tầng 2) (ĐT)", {}),
        ("Căn cứ Luật (XYZ) và Nghị định", {}),
        ("", {}),
    ],
)
def test_a_document_defines_its_own(text: str, definitions: dict[str, str]) -> None:
    assert defined_in(text) == definitions


# --- The tables, which people edit ---


@pytest.mark.parametrize(
    ("name", "least"), [("glossary.tsv", 500), ("abbreviations.tsv", 250), ("chat.tsv", 50)]
)
def test_tables_are_sound(name: str, least: int) -> None:
    rows = rows_of(name)
    assert len(rows) >= least
    assert all(unicodedata.is_normalized("NFC", line) for line in lines_of(name))
    if name != "glossary.tsv":  # there a Vietnamese word may have several lines
        assert len({key for key, _ in rows}) == len(rows)


def test_the_import_reads_no_table() -> None:
    code = (
        "import sys, assistant.language.english, assistant.language.abbreviations\n"
        "from assistant.language.tables import lines_of\n"
        "print(lines_of.cache_info().currsize, 'torch' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert printed.split() == ["0", "False"]


# --- Real questions, where they are at hand ---

_QUESTIONS = Path(os.environ.get("PLANS", "../shared/plans")) / "questions.jsonl"


@pytest.mark.skipif(not _QUESTIONS.exists(), reason="the real questions are not here")
def test_real_questions_are_told_apart() -> None:
    syllables_seen = folded_right = right = 0
    for line in _QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        variants = [("as written", row["question"])]
        variants += zip(row["variant_kinds"], row["variants"], strict=True)
        for kind, variant in variants:
            text = unicodedata.normalize("NFC", variant)
            assert is_english(text) == (kind == "english"), text
            if kind != "telex-raw":
                assert decode(text) == text
                continue
            assert looks_like_keystrokes(text) == "telex", text
            meant, decoded = syllables(row["question"]), syllables(decode(text))
            assert len(meant) == len(decoded)
            syllables_seen += len(meant)
            folded_right += sum(fold(a) == fold(b) for a, b in zip(meant, decoded, strict=True))
            right += sum(
                split_tone(a) == split_tone(b) for a, b in zip(meant, decoded, strict=True)
            )
    assert folded_right >= 0.99 * syllables_seen
    assert right >= 0.97 * syllables_seen
