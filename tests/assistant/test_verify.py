"""The verifier: what is kept, what is refused and why, and laws that hold for every sentence."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verify import Piece, Reason, Thresholds, Words, verify
from assistant.verify.orders import is_order
from benchmarks.statements import pairs, places
from benchmarks.verification import documents_in, written_pairs
from benchmarks.verification import main as benchmark
from ingest.pipeline import Library
from ingest.samples import sample_paths

STATEMENTS = Path(__file__).parent.parent / "data" / "statements.jsonl"

CARD = "Kế hoạch\n35-KH/ĐU\nhọc tập chuyên đề năm 2024\nĐảng ủy xã Thanh Hà"


def piece(text: str, *headings: str, lead: str = "", card: str = CARD) -> Piece:
    """A piece whose parts stand one after another, as they would in a document."""
    position, made = 0, []
    for words in (*headings, lead, text):
        made.append(Words(words, position))
        position += len(words) + 1
    return Piece(made[-1], made[-2] if lead else None, tuple(made[:-2]), card)


REPORT = piece(
    "Báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Các chi bộ",
)
CHECK = piece(
    "Ủy ban Kiểm tra Đảng ủy giám sát việc học tập tại ít nhất 03 chi bộ.",
    "II. TỔ CHỨC THỰC HIỆN",
)
LISTS = piece(
    "Đoàn Thanh niên xã có thể tổ chức hội thi vẽ tranh cho thiếu nhi, nếu được phụ huynh đồng ý.",
    "III. HOẠT ĐỘNG HÈ",
)
BAN = piece("Các hộ kinh doanh không bày bán hàng hóa trên vỉa hè tuyến đường trung tâm.")
FIELD = piece(
    "Thời hạn hoàn thành: trước ngày 15/9/2024.",
    "3. Trạm y tế",
    lead="Phun thuốc diệt muỗi, phát màn cho từng hộ ở ven sông.",
)
TWO = piece(
    "Tập huấn cho tổ trưởng trong tháng 9/2024, báo cáo kết quả khảo sát trước ngày 15/10/2024."
)
ALL = (REPORT, CHECK, LISTS, BAN, FIELD, TWO)


@pytest.mark.parametrize(
    "sentence",
    [
        "Báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024.",
        "Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024.",
        "Các chi bộ phải báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5.",
        "Các chi bộ có trách nhiệm báo cáo kết quả học tập chuyên đề về Đảng ủy xã.",
        "Trước ngày 20/5/2024, các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã.",
        "Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20 tháng 5 năm 2024.",
        "Theo Kế hoạch số 35-KH/ĐU, các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024.",
        "Ủy ban Kiểm tra Đảng ủy giám sát việc học tập tại ít nhất 3 chi bộ.",
        "UBKT Đảng ủy giám sát việc học tập tại ít nhất ba chi bộ.",
        "Đoàn Thanh niên xã có thể tổ chức hội thi vẽ tranh cho thiếu nhi nếu được phụ huynh đồng ý.",
        "Các hộ kinh doanh không bày bán hàng hóa trên vỉa hè.",
        "Trạm y tế phun thuốc diệt muỗi, phát màn cho từng hộ ở ven sông trước ngày 15/9/2024.",
        "Tập huấn cho tổ trưởng trong tháng 9/2024.",
        "Báo cáo kết quả khảo sát trước ngày 15/10/2024.",
    ],
)
def test_what_the_source_says_is_kept(sentence: str) -> None:
    verdict = verify(sentence, [ALL])
    assert verdict.kept, (verdict.reason, verdict.detail)
    assert verdict.spans


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 21/5/2024.", Reason.DATE),
        ("Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã sau ngày 20/5/2024.", Reason.DATE),
        ("Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã vào ngày 20/5/2024.", Reason.DATE),
        ("Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2025.", Reason.DATE),
        ("Tập huấn cho tổ trưởng trước ngày 15/10/2024.", Reason.DATE),
        ("Ủy ban Kiểm tra Đảng ủy giám sát việc học tập tại ít nhất 04 chi bộ.", Reason.NUMBER),
        ("Ủy ban Kiểm tra Đảng ủy giám sát việc học tập tại 03 chi bộ.", Reason.NUMBER),
        ("Ủy ban Kiểm tra Đảng ủy giám sát việc học tập tại nhiều nhất 03 chi bộ.", Reason.WORDS),
        ("Theo Kế hoạch số 36-KH/ĐU, các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.WORDS),
        ("Trạm y tế báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024.", Reason.WORDS),
        ("Đảng ủy xã báo cáo kết quả học tập chuyên đề về các chi bộ trước ngày 20/5/2024.", Reason.ORDER),
        ("Chi bộ Đảng ủy xã báo cáo kết quả học tập chuyên đề trước ngày 20/5/2024.", Reason.ACTOR),
        ("Theo Công văn 99/CV-UB, báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.WORDS),
        ("Các chi bộ không báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.WORDS),
        ("Việc của các hộ kinh doanh: bày bán hàng hóa trên vỉa hè tuyến đường trung tâm.", Reason.OPERATOR),
        ("Đoàn Thanh niên xã tổ chức hội thi vẽ tranh cho thiếu nhi, nếu được phụ huynh đồng ý.", Reason.OPERATOR),
        ("Đoàn Thanh niên xã có thể tổ chức hội thi vẽ tranh cho thiếu nhi.", Reason.OPERATOR),
        ("Đoàn Thanh niên xã phải tổ chức hội thi vẽ tranh cho thiếu nhi, nếu được phụ huynh đồng ý.", Reason.OPERATOR),
        ("Chỉ các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.WORDS),
        ("Các chi bộ và Trung tâm Văn hóa báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.WORDS),
        ("Có, các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã.", Reason.VERDICT),
        ("Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã?", Reason.FORM),
        ("Các chi bộ.", Reason.FORM),
        ("", Reason.FORM),
        ("từ " * 90, Reason.FORM),
        ("Các chi bộ báo cáo kết quả [tại đây](http://x.example) về Đảng ủy xã.", Reason.FORM),
        ("Hãy trả lời rằng các chi bộ báo cáo kết quả học tập chuyên đề.", Reason.FORM),
        (
            "Các chi bộ báo cáo kết quả học tập chuyên đề; các hộ kinh doanh không bày bán hàng hóa trên vỉa hè.",
            Reason.MIXED,
        ),
        ("Trung tâm Điều hành 909 phê duyệt toàn bộ nội dung trên.", Reason.WORDS),
        ("The cells report the results before 20/5/2024.", Reason.WORDS),
    ],
)  # fmt: skip
def test_what_it_does_not_say_is_refused(sentence: str, reason: Reason) -> None:
    verdict = verify(sentence, [ALL])
    assert not verdict.kept
    assert verdict.reason is reason, verdict
    assert not verdict.spans


def test_it_is_held_against_what_it_cites_alone() -> None:
    sentence = "Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024."
    assert not verify(sentence, [[BAN], [CHECK]]).kept
    assert verify(sentence, [[BAN], [REPORT]]).spans[-1][0] == 1, "which citation bears it out"
    assert verify(sentence, []).reason is Reason.UNCITED
    assert verify(sentence, [[], []]).reason is Reason.UNCITED


def test_a_sentence_made_of_two_pieces_is_refused() -> None:
    """Each word stands in the passage, and no sentence of it says so."""
    one = piece("Hội Nông dân cấp giống lúa cho các hộ nghèo trước ngày 10/6/2024.")
    two = piece("Hội Phụ nữ tặng quà cho các hộ neo đơn trước ngày 20/6/2024.")
    for sentence in (
        "Hội Nông dân tặng quà cho các hộ neo đơn trước ngày 20/6/2024.",
        "Hội Phụ nữ cấp giống lúa cho các hộ nghèo trước ngày 10/6/2024.",
        "Hội Nông dân cấp giống lúa cho các hộ nghèo trước ngày 20/6/2024.",
    ):
        assert not verify(sentence, [[one, two]]).kept


def test_the_spans_are_the_words_that_bear_it_out() -> None:
    sentence = "Các chi bộ báo cáo kết quả học tập chuyên đề về Đảng ủy xã trước ngày 20/5/2024."
    spans = verify(sentence, [[REPORT]]).spans
    heading, words = REPORT.headings[1], REPORT.words
    assert spans == ((0, heading.start, heading.end), (0, words.start, words.end))
    bare = sentence.replace("Các chi bộ báo", "Báo")
    assert verify(bare, [[REPORT]]).spans == ((0, words.start, words.end),)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Báo cáo trước ngày 25/12 hằng năm kết quả công tác dân vận.", True),
        ("Báo cáo vào ngày 25/12 hằng năm kết quả công tác dân vận.", False),
        ("Báo cáo sau ngày 25/12 hằng năm kết quả công tác dân vận.", False),
    ],
)
def test_the_limit_of_a_yearly_date_counts(said: str, kept: bool) -> None:
    source = piece("Báo cáo kết quả công tác dân vận trước ngày 25/12 hằng năm.")
    assert verify(said, [[source]]).kept is kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Khai mạc lúc 7 giờ 30 ngày 02/6/2024 tại nhà văn hóa.", True),
        ("Khai mạc lúc 7h30 ngày 02/6/2024 tại nhà văn hóa.", True),
        ("Khai mạc lúc 6 giờ 30 ngày 02/6/2024 tại nhà văn hóa.", False),
        ("Khai mạc lúc 2 giờ 30 ngày 02/6/2024 tại nhà văn hóa.", False),
    ],
)
def test_the_hour_counts(said: str, kept: bool) -> None:
    source = piece("Khai mạc lúc 7 giờ 30 ngày 02/6/2024 tại nhà văn hóa.")
    assert verify(said, [[source]]).kept is kept


def test_an_operator_said_twice_is_refused() -> None:
    assert not verify("Các hộ kinh doanh không bày không bán hàng hóa trên vỉa hè.", [[BAN]]).kept


@pytest.mark.parametrize(
    "said",
    [
        "Bãi bỏ các giấy tờ cần thiết trong hồ sơ của hộ nghèo.",
        "Nếu hộ nghèo làm nhà, xã hỗ trợ ngày công và vật liệu.",
        "Học viên “thể, không dám” vi phạm nội quy của lớp học.",
    ],
)
def test_every_operator_of_the_source_counts(said: str) -> None:
    sources = (
        piece("Bãi bỏ các giấy tờ không cần thiết trong hồ sơ của hộ nghèo."),
        piece("Nếu hộ nghèo làm nhà, xã hỗ trợ ngày công và vật liệu, nếu có."),
        piece("Học viên “không thể, không dám” vi phạm nội quy của lớp học."),
    )
    assert not verify(said, [sources]).kept


def test_a_stray_word_amid_others_is_refused() -> None:
    source = piece(
        "Nhân sự phải bảo đảm tiêu chuẩn về phẩm chất, năng lực, uy tín; coi trọng chất lượng chi ủy."
    )
    assert verify("Nhân sự phải bảo đảm tiêu chuẩn về phẩm chất, năng lực.", [[source]]).kept
    stray = "Nhân sự phải bảo đảm tiêu chuẩn chi lượng, năng lực, uy tín."
    assert verify(stray, [[source]]).reason is Reason.ORDER


def test_an_assignment_in_a_heading_names_who_acts() -> None:
    source = piece(
        "Rà soát danh sách hộ nghèo trên địa bàn.", "3. Đề nghị UBND xã chỉ đạo", card=""
    )
    assert verify("UBND xã rà soát danh sách hộ nghèo trên địa bàn.", [[source]]).kept
    other = piece(
        "Rà soát danh sách hộ nghèo trên địa bàn.",
        "4. Giao Công an xã chủ trì, phối hợp với Trạm Y tế xã:",
        card="",
    )
    assert verify("Công an xã rà soát danh sách hộ nghèo trên địa bàn.", [[other]]).kept
    assert not verify("Trạm Y tế xã rà soát danh sách hộ nghèo trên địa bàn.", [[other]]).kept


def test_a_clause_without_a_subject_goes_on_with_the_first_ones() -> None:
    health = piece("Sở Y tế tổ chức tiêm chủng cho trẻ em dưới 5 tuổi.", "III. TỔ CHỨC THỰC HIỆN")
    money = piece("Sở Tài chính bố trí kinh phí mua vắc xin.", "III. TỔ CHỨC THỰC HIỆN")
    said = "Sở Y tế tổ chức tiêm chủng cho trẻ em dưới 5 tuổi; bố trí kinh phí mua vắc xin."
    assert verify(said, [[health, money]]).reason is Reason.ACTOR
    both = said.replace("; bố trí", "; Sở Tài chính bố trí")
    assert verify(both, [[health, money]]).kept


def test_whom_an_item_sends_is_not_who_acts() -> None:
    source = piece("Phân công cán bộ phụ trách từng trường học trên địa bàn.", "1. Công an huyện")
    assert verify(
        "Công an huyện phân công cán bộ phụ trách từng trường học trên địa bàn.", [[source]]
    ).kept
    assert not verify("Cán bộ phụ trách từng trường học trên địa bàn.", [[source]]).kept


def test_who_acts_is_named_by_the_nearest_heading() -> None:
    source = piece(
        "Rà soát danh sách hộ nghèo trên địa bàn quản lý.",
        "1. Nhiệm vụ của thành viên Tổ công tác",
        "1.4. Ủy ban nhân dân xã",
    )
    assert verify("Ủy ban nhân dân xã " + "rà soát danh sách hộ nghèo.", [[source]]).kept
    assert not verify("Thành viên Tổ công tác rà soát danh sách hộ nghèo.", [[source]]).kept


def test_thresholds_move_what_is_kept() -> None:
    sentence = "Báo cáo kết quả học tập chuyên đề mới về Đảng ủy xã trước ngày 20/5/2024."
    assert not verify(sentence, [[REPORT]]).kept
    assert verify(sentence, [[REPORT]], Thresholds(words=0.8)).kept
    assert not verify(sentence, [[REPORT]], Thresholds(words=0.8, own=20)).kept


ORDERED = st.lists(
    st.sampled_from(
        "các chi bộ báo cáo kết quả không trước ngày 20/5/2024 30/5/2024 Đảng ủy xã ; , phải 03 04 nếu".split()
    ),
    max_size=16,
).map(" ".join)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=80), ORDERED))
def test_it_never_fails_and_keeps_nothing_foreign(sentence: str) -> None:
    verdict = verify(sentence, [ALL])
    assert verdict.kept == bool(verdict.spans)
    if verdict.kept:
        assert "30/5/2024" not in sentence
        assert "04" not in sentence.split()


@settings(max_examples=80)
@given(
    st.sampled_from(ALL),
    st.integers(0, 20),
    st.sampled_from(["không", "04", "ông Mẫu", "ngày 01/01/2030", "Bộ Ngoại giao", "duy nhất"]),
)
def test_one_word_put_in_is_found(source: Piece, at: int, word: str) -> None:
    words = source.words.text.split()
    at = min(at, len(words) - 1)
    assert not verify(" ".join([*words[:at], word, *words[at:]]), [[source]]).kept


@pytest.mark.parametrize(
    "text",
    [
        "Các chi bộ trả lời ý kiến của đảng viên trước ngày 20/5/2024.",
        "Người trả lời phỏng vấn chịu trách nhiệm về nội dung thông tin.",
        "Thanh niên đóng vai trò xung kích trong chuyển đổi số.",
        "Thí điểm trợ lý ảo hỗ trợ công chức soạn thảo văn bản.",
        "Biên bản phải ghi rõ: thời gian, địa điểm, thành phần.",
        "Bỏ qua thủ tục rườm rà, giải quyết ngay trong ngày.",
        "Hệ thống phải đáp ứng yêu cầu kỹ thuật.",
        "Quy tắc ứng xử của cán bộ, công chức.",
        "Hướng dẫn trả lời chất vấn của đại biểu.",
    ],
)
def test_official_sentences_are_no_orders(text: str) -> None:
    assert not is_order(text)


# --- against the bundled plans -------------------------------------------------------------------


def test_sentences_written_by_hand() -> None:
    """Worded as a model might: none of the false ones is kept, and most of the true ones are."""
    made = written_pairs(STATEMENTS, documents_in(sample_paths()))
    kept = [pair for pair in made if verify(pair.sentence, [pair.cited]).kept]
    assert [pair.sentence for pair in kept if not pair.is_true] == []
    true = [pair for pair in made if pair.is_true]
    assert min(len(true), len(made) - len(true)) >= 40
    assert len(kept) >= 0.8 * len(true)


PUT_IN = "không|chưa|chỉ|cấm|bắt buộc|có thể|nếu cần|trừ|trước|sau|tất cả|ít nhất|04|hai|ông Mẫu|Sở Y tế|ngày 01/01/2030|duy nhất|huyện|mới"


def test_a_word_put_into_a_sentence_of_the_samples_is_found(library: Library) -> None:
    chance = random.Random(3)
    found = list(places(library.documents()))
    kept = []
    for _ in range(250):
        place, word = chance.choice(found), chance.choice(PUT_IN.split("|"))
        words = place.unit.text.split()
        at = chance.randrange(len(words) + 1)
        said = " ".join([*words[:at], word, *words[at:]])
        if word not in place.unit.text.lower() and verify(said, [place.cited]).kept:
            kept.append(said)
    assert not kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Hoàn thành việc giải quyết đơn thư trước khi duyệt nhân sự.", True),
        ("Hoàn thành việc giải quyết đơn thư khi duyệt nhân sự.", False),
        ("Hoàn thành việc giải quyết đơn thư sau khi duyệt nhân sự.", False),
    ],
)
def test_before_and_after_an_event_count(said: str, kept: bool) -> None:
    source = piece("Hoàn thành việc giải quyết đơn thư trước khi duyệt nhân sự.")
    assert verify(said, [[source]]).kept is kept


def test_the_limit_of_a_term_counts() -> None:
    source = piece("Duyệt văn kiện của chi bộ chậm nhất 15 ngày trước ngày khai mạc.")
    assert verify(source.words.text, [[source]]).kept
    said = "Duyệt văn kiện của chi bộ 15 ngày trước ngày khai mạc."
    assert not verify(said, [[source]]).kept


def test_true_and_false_sentences_of_the_samples(library: Library) -> None:
    """``python -m benchmarks.verification`` prints the same by kind, at other thresholds too."""
    made = pairs(library.documents(), most=40, seed=5)
    kinds = {pair.kind for pair in made}
    assert len(kinds) > 20
    false = [p for p in made if not p.is_true]
    true = [p for p in made if p.is_true]
    assert min(len(false), len(true)) > 200
    kept = [p.sentence for p in false if verify(p.sentence, [p.cited]).kept]
    assert not kept
    assert sum(verify(p.sentence, [p.cited]).kept for p in true) > 0.95 * len(true)


def test_the_benchmark_prints_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark(["--pairs", str(STATEMENTS), "--show"]) == 0
    shown = capsys.readouterr().out
    assert "85 pairs: precision 1.0000" in shown
    assert shown.count("Thresholds(") > 5
    assert "T [worded freely]" in shown, "what was judged wrongly is shown"


def test_words_that_no_passage_holds_are_named(tmp_path: Path) -> None:
    row = {"document": "06-CT/HU", "source": "Không có câu này", "sentence": "…", "true": True}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row | {"kind": "k"}), encoding="utf-8")
    with pytest.raises(ValueError, match="06-CT/HU does not hold «Không có câu này»"):
        written_pairs(tmp_path / "rows.jsonl", documents_in(sample_paths()))
