"""The chooser of sentences, with its shipped weights and words, on made-up passages."""

from __future__ import annotations

import time

import numpy as np
import pytest

from assistant.choose import MEASURES, choose, measured, scores
from assistant.choose.asking import continues, counted, focus
from assistant.choose.words import word_table
from ingest.embed.static import default_encoder
from ingest.vietnamese import fold

PASSAGE = (
    "Thư viện xã Tân Hòa mở cửa từ năm 1998 trên nền một kho thóc cũ.",
    "Thư viện có 4.200 cuốn sách, phần lớn do người dân tặng.",
    "Bà Lê Thị Sen phụ trách thư viện từ ngày đầu.",
    "Ủy ban nhân dân xã dự định dời thư viện về nhà văn hóa vào mùa hè tới.",
    "Việc này là để có thêm chỗ cho phòng đọc của thiếu nhi.",
    "Bạn đọc không phải trả tiền khi mượn sách.",
)
ASKED = (
    ("Thư viện xã Tân Hòa mở cửa năm nào?", 0),
    ("Thư viện có bao nhiêu cuốn sách?", 1),
    ("Ai phụ trách thư viện?", 2),
    ("Thư viện sẽ được dời về đâu?", 3),
    ("Người mượn sách có phải trả tiền không?", 5),
)


@pytest.mark.parametrize(("question", "place"), ASKED, ids=["when", "count", "who", "where", "yes"])
def test_chooses_the_sentence_that_answers(question: str, place: int) -> None:
    assert choose(question, PASSAGE) == place


@pytest.mark.parametrize(("question", "place"), ASKED, ids=["when", "count", "who", "where", "yes"])
def test_a_question_typed_without_marks_gets_the_same_sentence(question: str, place: int) -> None:
    assert choose(fold(question), PASSAGE) == place


def test_where_two_say_the_same_words_the_number_counts() -> None:
    sentences = (
        "Lớp tập huấn dành cho cán bộ các xóm trong xã được tổ chức ở hội trường.",
        "Lớp tập huấn dành cho cán bộ các xóm trong xã có 35 người dự.",
    )
    assert choose("Lớp tập huấn cho cán bộ các xóm có bao nhiêu người dự?", sentences) == 1
    assert choose("Lớp tập huấn cho cán bộ các xóm được tổ chức ở đâu?", sentences) == 0


def test_another_word_for_the_same() -> None:
    sentences = (
        "Ngôi chùa nhìn ra cánh đồng và dòng sông.",
        "Ngôi chùa bị tàn phá trong một trận hỏa hoạn.",
    )
    assert choose("Vì sao ngôi chùa bị phá hủy?", sentences) == 1
    unsaid = measured("Vì sao ngôi chùa bị phá hủy?", sentences)[:, MEASURES.index("unsaid")]
    assert unsaid[1] > unsaid[0]


def test_a_sentence_that_goes_on_borrows_from_the_one_before() -> None:
    leans = measured("Thư viện dời về nhà văn hóa để làm gì?", PASSAGE)[:, MEASURES.index("leans")]
    assert leans.argmax() == 4
    assert not leans[[0, 1, 2, 3, 5]].any()


def test_what_all_sentences_say_tells_none_from_another() -> None:
    sentences = ("Đội bóng thắng trận đầu.", "Đội bóng thua trận cuối.")
    shared = measured("Đội bóng đội bóng đội bóng thua?", sentences)[:, MEASURES.index("shared")]
    assert shared[1] > 2 * shared[0]


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("", ("Một câu.", "Câu khác.")),
        ("???", ("Một câu.", "Câu khác.")),
        ("Ai?", ("…", "Bà Sen.")),
        ("🙂 xyzzy", ("123", "---")),
        ("Bao nhiêu (người)?", ("",)),
        ("Ai ký " * 400, ("Ông Hà ký. " * 200, "Bà Sen.")),
    ],
    ids=["empty", "signs", "no words", "strange", "empty sentence", "long"],
)
def test_any_text_gets_finite_scores(question: str, sentences: tuple[str, ...]) -> None:
    found = scores(question, sentences)
    assert found.shape == (len(sentences),)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()


def test_no_sentences() -> None:
    assert scores("Ai ký?", ()).shape == (0,)
    with pytest.raises(ValueError, match="no sentences"):
        choose("Ai ký?", ())


def test_the_same_every_time() -> None:
    question = ASKED[3][0]
    assert (scores(question, PASSAGE) == scores(question, list(PASSAGE))).all()


def test_ten_sentences_in_milliseconds() -> None:
    sentences = (PASSAGE * 2)[:10]
    choose(ASKED[0][0], sentences)  # loads the tables
    taken = []
    for question, _ in ASKED:
        started = time.process_time()
        choose(question, sentences)
        taken.append(time.process_time() - started)
    assert min(taken) < 0.02


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("có bao nhiêu người dự", "Có 35 người dự.", True),
        ("có mấy xóm tham gia", "Cả bảy xóm đều tham gia.", True),
        ("có bao nhiêu người dự", "Có 35 xóm dự.", False),
    ],
    ids=["digits", "in words", "of something else"],
)
def test_a_number_of_what_is_counted(question: str, sentence: str, found: bool) -> None:
    pattern = counted(question)
    assert pattern is not None
    assert (pattern.search(sentence) is not None) == found


def test_a_question_that_counts_nothing() -> None:
    assert counted("ai ký kế hoạch") is None


def test_the_focus_of_a_question() -> None:
    assert focus("cơ quan nào chủ trì") == ["cơ", "quan"]
    assert focus("ai chủ trì") == []


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Bà được khen thưởng.", True),
        ("Bà Sen được khen thưởng.", False),
        ("Công việc này kết thúc sớm.", True),
        ("Trong đó có hai xã vùng cao.", True),
        ("Hội phụ nữ xã họp hằng quý.", False),
        ("Bàn ghế do trường cấp.", False),
    ],
)
def test_sentences_that_go_on_from_the_one_before(sentence: str, leans: bool) -> None:
    assert continues(sentence) is leans


def test_words_used_alike_are_near_in_the_table() -> None:
    encoder = default_encoder()

    def near(first: str, second: str) -> float:
        tokens = [encoder.tokens_of(words.split()) for words in (first, second)]
        assert [len(t) for t in tokens] == [1, 1]
        one, other = word_table().vectors(np.array([t[0] for t in tokens]))
        return float(one @ other)

    assert near("phá hủy", "tàn phá") > near("phá hủy", "thành lập")
    assert near("đa số", "phần lớn") > near("đa số", "nguyên nhân")


def test_an_unknown_token_is_similar_to_nothing() -> None:
    assert not word_table().vectors(np.array([-1, 10**7])).any()
