"""Sentence ends of Vietnamese official style, in tables and as laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import item_spans, sentence_spans

# text with «|» at each boundary
SENTENCES = {
    "after a word without capitals": "Họp các chi bộ.| Sau đó báo cáo.",
    "after a date": "Gửi trước ngày 20/4.| Quá hạn thì nhắc.",
    "title before a name": "Giao đ/c. Lê Văn Tám phụ trách.| Đ/c Hoa giúp việc.",
    "town": "Họp tại TP. Hồ Chí Minh.| Đi bằng xe.",
    "two abbreviations joined": "Gửi TT.HĐND xã.| Lưu văn phòng.",
    "and so on, running on": "Có sách, báo, v.v. và tranh ảnh.",
    "and so on, at the end": "Có sách, báo, v.v.| Các chi bộ mượn tại xã.",
    "initial": "Học tư tưởng của C. Mác và V.I. Lênin.| Thảo luận tổ.",
    "a name that ends in a letter": "Mời Trường Bình An Đông A.| Trường cử hai em.",
    "number": "Đọc mục 1.2 và 1.3.| Ghi chép đủ.",
    "thousands": "Mỗi người góp 50.000đ.| Thu xong trước tháng 5.",
    "thousands without unit": "Có 1.500 người dự.| Họ đến sớm.",
    "ellipsis running on": "Các tổ… tự chọn ngày.",
    "ellipsis at the end": "Cờ, hoa, băng rôn…| Thu dọn sau lễ.",
    "three dots running on": "Cờ, hoa... được treo.",
    "closing mark": "Nghiêm túc thực hiện./.| Nơi nhận",
    "quotation": "Chủ đề là “Sạch làng tốt ruộng.”| Tổ chức vào tháng 3.",
    "no. as a word": "Đời sống ấm no.| Xóm làng yên vui.",
    "hour": "Có mặt lúc 7 h.| Mặc đồng phục.",
    "district in capitals": "Họp ở Q. 5 và P. 12.| Đi chung xe.",
    "numbered line": "1. Mục đích.| Nâng cao nhận thức.",
    "lettered line": "a. Mục đích.| Nâng cao nhận thức.",
    "article": "Điều 1. Ban hành quy chế.| Quy chế gồm 3 chương.",
    "step": "Bước 1. Họp chi ủy.| Mời đủ người.",
    "line break": "Kính gửi các chi bộ\n|Đề nghị thực hiện",
    "question and exclamation": "Ai làm?| Mọi người!| Rất tốt.",
    "item": "Treo cờ; quét đường; trồng cây.",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES)
def test_sentences(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [text[a:b] for a, b in sentence_spans(text)] == expected


def test_items_are_cut_at_semicolons_too() -> None:
    text = "Treo cờ; quét đường; trồng cây. Xong báo cáo"
    assert [text[a:b] for a, b in item_spans(text)] == [
        "Treo cờ;", "quét đường;", "trồng cây.", "Xong báo cáo",
    ]  # fmt: skip


def test_a_part_of_a_text_keeps_its_offsets() -> None:
    text = "Một. Hai. Ba."
    assert sentence_spans(text, 5, 9) == [(5, 9)]


TEXTS = st.text(st.sampled_from("aAđĐ1.…;/ \n“”()-!?"), max_size=80) | st.text(max_size=60)


@given(TEXTS)
def test_spans_are_in_order_apart_and_leave_no_word_out(text: str) -> None:
    for spans in (sentence_spans(text), item_spans(text)):
        position = 0
        kept = ""
        for start, end in spans:
            assert position <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert not any(c.isalnum() for c in text[position:start])
            kept += text[start:end]
            position = end
        assert not any(c.isalnum() for c in text[position:])
        assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
