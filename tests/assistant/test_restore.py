"""Marks and slips of the keyboard put right, and the counts that decide."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.language.restore import Restorer, general
from assistant.lexicon import Lexicon
from eval.dataset import load_questions
from ingest.lexical import LexicalIndex, SyllableCounts
from ingest.pipeline import Library
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold, syllables

QUESTIONS = Path(__file__).parent.parent / "data" / "sample_questions.jsonl"
ALONE = Restorer()  # general Vietnamese and nothing else
ACCENTED = [question.question for question in load_questions(QUESTIONS)]

# What general Vietnamese can't know: invented places, people and offices.
OWN_SENTENCES = [
    "Xã Suối Trắm họp dân tại ấp Gò Lẫm.",
    "Bà Sầm Thị Thỏa làm trưởng ấp Gò Lẫm, xã Suối Trắm.",
    "Tổ Bưởi sạch ấp Gò Lẫm gây quỹ sách cho học sinh.",
]


def _right(restored: Iterable[tuple[str, str]]) -> float:
    """Share of the syllables that are those of the text meant; pairs are (meant, restored)."""
    seen = right = 0
    for meant, made in restored:
        wanted, got = syllables(meant), syllables(made)
        assert len(wanted) == len(got), made
        seen += len(wanted)
        right += sum(a == b for a, b in zip(wanted, got, strict=True))
    return right / seen


@cache
def _known(word: str) -> bool:
    """Whether general Vietnamese knows ``word``, however marked."""
    return bool(general().forms_of(fold(word.lower())))


@pytest.fixture(scope="module")
def of_samples(assistant: Assistant) -> Lexicon:
    return assistant.index().lexicon


# --- No marks at all ---


@pytest.mark.parametrize(
    "meant",
    [
        "Ai phải báo cáo trước ngày 20/4?",
        "Đơn vị nào chủ trì tổ chức hội nghị?",
        "Kinh phí thực hiện lấy từ nguồn nào?",
        "Ủy ban nhân dân xã có trách nhiệm gì?",
        "Hạn nộp báo cáo kết quả là ngày nào?",
        "Hồ sơ gồm những gì?",
        "Bao nhiêu đảng viên được học tập nghị quyết?",
        "Mục đích, yêu cầu của kế hoạch là gì?",
        "Ban Thường vụ Huyện ủy chỉ đạo những nội dung nào?",
        "Văn bản này có hiệu lực từ khi nào?",
        "Mặt trận Tổ quốc phối hợp với ai?",
        "Có được kéo dài thời hạn không?",
    ],
)
def test_questions_about_plans_need_no_library(meant: str) -> None:
    assert ALONE(fold(meant)) == meant


@pytest.mark.parametrize(
    "meant",
    [
        "Hội đồng họp khi nào?",
        "mấy giờ họp",
        "ai được dự hội thi",
        "Hội thi tổ chức mấy đợt?",
        "mấy trường tham gia",
        "báo cáo muộn có bị phê bình không",
        "đăng ký vào đâu để tham gia",
        "tôi cần nộp gì",
        "chi bộ có họp không",
        # What sounds alike elsewhere stays what it was.
        "tổ nào phụ trách máy bơm",
        "đầu năm phải làm gì",
        "phù hợp với ai",
        "vắng mặt thì sao",
        "muốn tham gia thì nộp gì",
    ],
)
def test_what_people_say_when_they_ask_needs_no_library(meant: str) -> None:
    assert ALONE(fold(meant)) == meant


def test_neighbours_decide_between_readings() -> None:
    assert ALONE("ban hanh van ban") == "ban hành văn bản"
    assert ALONE("giao vien duoc giao viec") == "giáo viên được giao việc"


@pytest.mark.parametrize(
    "meant",
    [
        "ai là trưởng ấp Gò Lẫm",
        "xã Suối Trắm họp ở đâu",
        "bà Sầm Thị Thỏa làm gì",
        "tổ bưởi sạch gây quỹ sách cho ai",
    ],
)
def test_a_library_knows_its_names(meant: str) -> None:
    restore = Restorer(LexicalIndex(OWN_SENTENCES).counts())
    assert restore(fold(meant)) == meant
    assert ALONE(fold(meant)) != meant


@pytest.mark.parametrize(
    "meant",
    [
        "tỉnh Lam Giang",
        "ấp Cồn Nhạn",
        "ấp Bến Dừa",
        "ngày hội đọc sách cù lao",
        "quỹ Tiếp bước đến trường",
        "bao nhiêu trụ đèn",
        "tổ hợp tác trồng bưởi",
        "tổ tự quản tuyến đường",
        "nhà văn hóa ấp",
        "Lương Thế Khải An ký văn bản nào",
        "Trịnh Vũ Hoài Sa là ai",
    ],
)
def test_the_samples_know_their_places_offices_and_people(of_samples: Lexicon, meant: str) -> None:
    assert of_samples.restore(fold(meant)) == meant
    assert Lexicon().restore(fold(meant)) != meant


@pytest.mark.parametrize("texts", [[], [""], ["?!", "…"]], ids=["none", "empty", "no-words"])
def test_a_library_without_words_changes_nothing(texts: list[str]) -> None:
    restore = Restorer(LexicalIndex(texts).counts())
    assert [restore(fold(q)) for q in ACCENTED] == [ALONE(fold(q)) for q in ACCENTED]


def test_most_syllables_of_unaccented_questions_are_right(of_samples: Lexicon) -> None:
    # Measured: 95.4 % with the library, 93.1 % without.
    assert _right((q, of_samples.restore(fold(q))) for q in ACCENTED) >= 0.93
    assert _right((q, Lexicon().restore(fold(q))) for q in ACCENTED) >= 0.909


# --- All marks, or some ---


def test_accented_questions_stay(of_samples: Lexicon) -> None:
    assert len(ACCENTED) == 80
    assert [of_samples.restore(q) for q in ACCENTED] == ACCENTED
    assert [Lexicon().restore(q) for q in ACCENTED] == ACCENTED


def test_sentences_of_documents_stay(library: Library, of_samples: Lexicon) -> None:
    sentences = [
        document.text[start:end]
        for document in library.documents()
        for start, end in sentence_spans(document.text)
    ]
    assert len(sentences) > 400
    assert [of_samples.restore(s) for s in sentences] == sentences
    changed = [s for s in sentences if Lexicon().restore(s) != s]
    # Only a province that general Vietnamese does not know: Lam Giang.
    assert all("LAM GIANG" in s.upper() for s in changed)


@pytest.mark.parametrize("lost", [0, 1], ids=["even-words", "odd-words"])
def test_most_syllables_of_half_accented_questions_are_right(
    of_samples: Lexicon, lost: int
) -> None:
    def half(text: str) -> str:
        words = re.split(r"(\W+)", text)
        return "".join(fold(w) if i // 2 % 2 == lost else w for i, w in enumerate(words))

    assert _right((q, half(q)) for q in ACCENTED) < 0.65
    # Measured: 97.0 % and 97.7 % with the library, 94.8 % and 95.3 % without.
    assert _right((q, of_samples.restore(half(q))) for q in ACCENTED) >= 0.95
    assert _right((q, Lexicon().restore(half(q))) for q in ACCENTED) >= 0.928


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("báo cáo ket qua", "báo cáo kết quả"),
        ("ngay nộp báo cáo", "ngày nộp báo cáo"),
        ("đảng viên phải lam gi", "đảng viên phải làm gì"),
        ("Kế hoạch này do ai ky?", "Kế hoạch này do ai ký?"),
        ("quý III va quý IV", "quý III và quý IV"),
    ],
)
def test_the_missing_marks_are_added(typed: str, meant: str) -> None:
    assert ALONE(typed) == meant


@pytest.mark.parametrize(
    "typed", ["Báo cảo kết quà của đằng ủy", "qaủ baó caó", "uỷ ban, hoà bình", "Ủy viên, quý, quí"]
)
def test_what_was_typed_with_marks_stays_right_or_wrong(typed: str) -> None:
    assert ALONE(typed) == typed


def test_more_marks_make_a_bare_word_mean_itself() -> None:
    # «ta» may be «tá», «tả», «tạ» …: among words with marks it is more likely what was meant.
    assert ALONE("tinh lam giang") == "tỉnh lâm giang"
    assert ALONE("chúng ta phải bảo vệ môi trường") == "chúng ta phải bảo vệ môi trường"
    assert ALONE("người dân ở tỉnh Hoa Lan được hưởng những chế độ gì") == (
        "người dân ở tỉnh Hoa Lan được hưởng những chế độ gì"
    )


# --- Slips ---


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("thự hin ke hoach", "thự hin kế hoạch", id="three-letters-stay"),
        pytest.param("to chuc hoi nghi truyn thong", "tổ chức hội nghị truyền thông", id="out"),
        pytest.param("cac don vi truc thuoc bao caao", "các đơn vị trực thuộc báo cáo", id="in"),
        pytest.param("ai la truonh phong", "ai là trưởng phòng", id="exchanged"),
        pytest.param("ke hoahc nay do ai ky", "kế hoạch này do ai ký", id="swapped"),
        pytest.param("thuc hein nghi quyet", "thực hiện nghị quyết", id="swapped-inside"),
        pytest.param("ai phai baocao", "ai phải báo cáo", id="space"),
        pytest.param("tochuc hoinghi o dau", "tổ chức hội nghị ở đâu", id="two-spaces"),
        pytest.param("cac co quan line quan", "các cơ quan liên quan", id="an-english-word"),
        pytest.param("thực hiện kế hoahc", "thực hiện kế hoạch", id="amid-marks"),
        pytest.param("Kehoach nao", "Kế hoạch nào", id="space-after-a-capital"),
        pytest.param("KEHOACH NAO", "KẾ HOẠCH NÀO", id="space-in-capitals"),
    ],
)
def test_slips_are_put_right(typed: str, meant: str) -> None:
    assert ALONE(typed) == meant


def test_slips_in_names_need_the_library() -> None:
    restore = Restorer(LexicalIndex(OWN_SENTENCES).counts())
    assert restore("ap go lamm") == "ấp gò lẫm"
    assert restore("suoitram o dau") == "suối trắm ở đâu"


def _slips(word: str, chance: random.Random) -> tuple[str, ...]:
    """``word`` with an inner letter left out, one put in, exchanged, swapped with the next."""
    i = chance.randrange(1, len(word) - 1)
    other = chance.choice("abceghilmnoptuy".replace(word[i], ""))
    before, letter, after = word[:i], word[i], word[i + 1 :]
    return (
        before + after,
        before + other + letter + after,
        before + other + after,
        before + after[0] + letter + after[1:],
    )


def test_most_slips_are_put_right(assistant: Assistant) -> None:
    lexicon, counts = assistant.index().lexicon, assistant.index().context.counts()
    chance = random.Random(7)
    outcomes = [0, 0, 0]  # as meant, as typed, something else
    for meant in (fold(q).lower() for q in ACCENTED):
        for word in re.finditer(r"\b[a-z]{5,}\b", meant):
            for slip in _slips(word.group(), chance):
                if _known(slip) or counts.forms_of(slip):
                    continue  # then it is read as what it spells
                typed = meant[: word.start()] + slip + meant[word.end() :]
                restored = fold(lexicon.restore(typed))
                outcomes[0 if restored == meant else 1 if restored == typed else 2] += 1
    right, _, wrong = (n / sum(outcomes) for n in outcomes)
    assert sum(outcomes) > 400
    # Measured: 95.1 %, 1.1 %, 3.8 %.
    assert right >= 0.93
    assert wrong <= 0.06


def test_most_missing_spaces_are_put_in(assistant: Assistant) -> None:
    lexicon, counts = assistant.index().lexicon, assistant.index().context.counts()
    outcomes = [0, 0, 0]  # as meant, as typed, something else
    for meant in (fold(q).lower() for q in ACCENTED):
        for pair in re.finditer(r"\b(?=([a-z]+) ([a-z]+)\b)", meant):
            joined = pair[1] + pair[2]
            if _known(joined) or counts.forms_of(joined) or len(joined) < 4:
                continue
            typed = meant[: pair.start(1)] + joined + meant[pair.end(2) :]
            restored = fold(lexicon.restore(typed))
            outcomes[0 if restored == meant else 1 if restored == typed else 2] += 1
    right, _, wrong = (n / sum(outcomes) for n in outcomes)
    # Measured: 84.0 %, 15.1 %, 0.9 %.
    assert right >= 0.82
    assert wrong <= 0.03


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("thuc hien ke hoac", "thực hiện kế hoặc", id="a-known-word"),
        pytest.param("nop bco o dau", "nộp bco ở đâu", id="three-letters"),
        pytest.param("gui UBNX xa", "gửi UBNX xã", id="capitals"),
        pytest.param("kinh phi HOAHC", "kinh phí HOAHC", id="capitals-near-a-word"),
        pytest.param("nop hoach1 cho ai", "nộp hoach1 cho ai", id="with-a-digit"),
        pytest.param("báo cáo của budu xã", "báo cáo của budu xã", id="not-likely-enough"),
        pytest.param("theo 76-hoahc/ĐU", "theo 76-hoahc/ĐU", id="sign"),
        pytest.param("gui ve hoahc@xa.example", "gửi về hoahc@xa.example", id="mail"),
        pytest.param("xem www.hoahc.example", "xem www.hoahc.example", id="site"),
        pytest.param(
            "xem https://hoahc.example/baocao", "xem https://hoahc.example/baocao", id="link"
        ),
        pytest.param("gửi scan cho ai", "gửi scan cho ai", id="english"),
        pytest.param("gui link cho ai", "gửi link cho ai", id="english-without-marks"),
        pytest.param("goi taxi o dau", "gọi taxi ở đâu", id="a-loan-word"),
        pytest.param("gui menu cho ai", "gửi menu cho ai", id="another-loan-word"),
        pytest.param("hoahọc", "hoahọc", id="with-a-mark"),
        pytest.param("nghiengnghiengg", "nghiengnghiengg", id="two-words-and-more"),
        pytest.param("zwjfq", "zwjfq", id="nothing-near"),
    ],
)
def test_what_is_no_slip(typed: str, meant: str) -> None:
    assert ALONE(typed) == meant


def test_kept_words_are_no_slips() -> None:
    assert ALONE("thdn nop o dau") == "thân nộp ở đâu"
    assert ALONE("thdn nop o dau", {"thdn"}) == "thdn nộp ở đâu"
    assert ALONE("THDN hay Thdn nop o dau", {"thdn"}) == "THDN hay Thdn nộp ở đâu"
    assert ALONE("Bao cao o dau", {"bao", "cao"}) == "Bao cao ở đâu"


# --- What stays in form ---


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ai Phai Bao Cao", "Ai Phải Báo Cáo"),
        ("Don vi nao", "Đơn vị nào"),
        ("AI PHAI BAO CAO", "AI PHẢI BÁO CÁO"),
        ("DANG UY XA", "ĐẢNG ỦY XÃ"),
        ("KHONG bao cao duoc khong", "KHÔNG báo cáo được không"),
        ("ai PHAI nop", "ai PHẢI nộp"),
        ("anh Y phải nộp gì cho chị A", "anh Y phải nộp gì cho chị A"),
        ("chi tieu Y la gi", "chỉ tiêu Y là gì"),
        ("Y kien cua ai", "Ý kiến của ai"),
        ("O dau to chuc", "Ở đâu tổ chức"),
        ("UBND xa, DU xa va HU", "UBND xã, DU xã và HU"),
        ("mo tai khoan VNeID o dau", "mở tại khoản VNeID ở đâu"),
        ("dang nhap eOffice the nao", "đăng nhập eOffice thế nào"),
        ("kE hOACH", "kẾ hOẠCH"),
        ("KeHoach, KeHOACH", "Kế hoạch, Kế hoạch"),
    ],
)
def test_capitals_are_kept(typed: str, meant: str) -> None:
    assert ALONE(typed) == meant


@pytest.mark.parametrize(
    "kept",
    [
        "76-KH/ĐU",
        "05/2023/TT-BGDDT",
        "12/QD-UBND",
        "40-kh/du",
        "20/4/2024",
        "15-10-2024",
        "2024-2026",
        "1.200.000",
        "95%",
        "17h30",
        "III",
        "hop.thu@xa-binh.example",
        "https://bao.cao.example/ke-hoach",
        "www.bao-cao.example",
        "(so 76-KH/DU)",
        "«76-KH/DU»",
    ],
)
def test_numbers_signs_dates_and_addresses_stay(kept: str) -> None:
    if " " in kept:
        assert ALONE(f"bao cao {kept} o dau") == f"báo cáo {kept} ở đâu".replace("(so", "(số")
        return
    assert ALONE(f"bao cao {kept} o dau") == f"báo cáo {kept} ở đâu"


def test_spaces_and_punctuation_stay() -> None:
    assert ALONE("  ai phai  bao cao?\n- to chuc; (hoi nghi)…🙂 ") == (
        "  ai phải  báo cáo?\n- tổ chức; (hội nghị)…🙂 "
    )


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "?", "🙂🙂", "20/4", "_", "- -", "\x00", "ẞß"])
def test_text_without_a_word_stays(typed: str) -> None:
    assert ALONE(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"), [("hoach", "hoạch"), ("Huyen", "Huyện"), ("bco", "bco")]
)
def test_a_single_word(typed: str, meant: str) -> None:
    assert ALONE(typed) == meant


def test_the_docstring_is_true() -> None:
    assert Restorer()("ai phai bao cao truoc ngay 20/4?") == "ai phải báo cáo trước ngày 20/4?"


# --- Always, and fast ---


@pytest.mark.parametrize(
    "junk",
    ["-", "w/", "1-", "ab1", "@", "x", "abcd", "http", "a b c ", "qwrt ", "baocao ", "(", "🙂"],
)
def test_junk_takes_no_time(junk: str) -> None:
    text = (junk * 2000)[:2000]
    general()
    started = time.process_time()
    restored = Restorer()(text)
    assert time.process_time() - started < 5
    if junk != "baocao ":
        assert restored == text


def test_a_very_long_word_takes_no_memory() -> None:
    restore = Restorer()
    restore("bao cao")
    tracemalloc.start()
    try:
        assert restore("hoach" * 400) == "hoach" * 400
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_many_different_slips_take_no_time() -> None:
    words = [f"{a}{b}ong{c}" for a in "bcdlmnt" for b in "sfrxz" for c in "hkgs"]
    started = time.process_time()
    restored = Restorer()(" ".join(words * 3)[:2000])
    assert time.process_time() - started < 5
    assert restored != " ".join(words * 3)[:2000]


def test_the_same_input_gives_the_same_output() -> None:
    typed = [fold(q) for q in ACCENTED]
    restore = Restorer()
    once = [restore(t) for t in typed]
    assert [restore(t) for t in reversed(typed)] == once[::-1]
    assert [Restorer()(t) for t in typed] == once


def test_every_process_gives_the_same_output() -> None:
    code = (
        "from assistant.language.restore import Restorer\n"
        "print(ascii(Restorer()('thsng ngaay kehoahc baocoa thuchein phia dnag hopj')))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


_TYPED = st.lists(
    st.one_of(
        st.sampled_from(sorted({s for q in ACCENTED for s in syllables(q)})),
        st.sampled_from(sorted({fold(s) for q in ACCENTED for s in syllables(q)})),
        st.sampled_from(["KHONG", "Ai", "Y", "UBND", "76-KH/ĐU", "a@b.vn", "VNeID", "hoahc", "ẞ"]),
        st.text(max_size=6),
    ),
    max_size=14,
).map(" ".join)


@given(_TYPED)
@example("aM hOAHC KHONG VNeID 76-kh/du")
def test_only_unmarked_letters_change(text: str) -> None:
    """Without slips a letter is what it was, or the same with marks."""
    no_slips = {w.lower() for w in re.findall(r"\w+", text) if not _known(w)}
    restored = ALONE(text, no_slips)
    assert fold(restored) == fold(text)
    assert all(a in (b, fold(b)) for a, b in zip(text, restored, strict=True))
    for word in re.finditer(r"\w+", text):
        if word.group() != fold(word.group()) or not word.group().isalpha():
            assert restored[slice(*word.span())] == word.group()


@given(_TYPED)
def test_slips_leave_what_is_known_or_marked(text: str) -> None:
    restored = ALONE(text)
    words = iter(re.findall(r"\w+", restored))
    for word in re.findall(r"\w+", text):
        # What is no slip is still there, in its order, with or without marks.
        if _known(word) or word != fold(word) or len(word) < 4:
            assert any(fold(other) == fold(word) for other in words), word
    typed = {w.lower() for w in re.findall(r"\w+", text)}
    assert all(w.lower() in typed or _known(w) for w in re.findall(r"\w+", restored))
    assert re.sub(r"[\w ]", "", restored) == re.sub(r"[\w ]", "", text)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(ALONE(text), str)


# --- Counts ---


@pytest.fixture(scope="module")
def counted() -> SyllableCounts:
    return LexicalIndex(["Xã họp, xã nộp 24 bản", "xã Hợp Nhất họp xã", "hop 24"]).counts()


def test_a_library_counts_texts(counted: SyllableCounts) -> None:
    words = ["xã", "họp", "hợp", "hop", "24", "bản", "nộp", "huyện"]
    assert list(counted.of(counted.numbers(words))) == [2, 2, 1, 1, 2, 1, 1, 0]
    assert counted.total == 2 + 2 + 1 + 1 + 2 + 1 + 1 + 1  # the last is «nhất»


def test_a_library_counts_adjacent_pairs_as_written(counted: SyllableCounts) -> None:
    pairs = [
        ("xã", "họp"),
        ("họp", "xã"),
        ("xã", "nộp"),
        ("nộp", "xã"),
        ("hop", "24"),
        ("họp", "24"),
    ]
    first, second = (counted.numbers(side) for side in zip(*pairs, strict=True))
    assert list(counted.of_pairs(first, second)) == [1, 2, 1, 0, 1, 0]


def test_an_unknown_syllable_is_in_no_pair(counted: SyllableCounts) -> None:
    for counts in (counted, general()):
        numbers = counts.numbers(["huyệnn", "xã"])
        assert numbers[0] == -1
        assert counts.of(numbers)[0] == 0
        assert list(counts.of_pairs(numbers, numbers[::-1])) == [0, 0]


def test_a_library_knows_the_forms_of_words_not_numbers(counted: SyllableCounts) -> None:
    assert set(counted.forms_of("hop")) == {"họp", "hợp", "hop"}
    assert list(counted.forms_of("24")) == list(counted.forms_of("huyen")) == []


def test_general_vietnamese_is_counted() -> None:
    counts = general()
    assert {"bản", "bàn", "bán", "ban", "bạn"} <= set(counts.forms_of("ban"))
    first, second = counts.numbers(["kế", "kẻ"]), counts.numbers(["hoạch", "hoạch"])
    likely, unlikely = counts.of_pairs(first, second)
    assert likely > 1000 > unlikely
    assert counts.of(first)[0] >= likely
    assert counts.total > 1e7
