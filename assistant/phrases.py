"""The fixed phrases of answers, in Vietnamese and English; the only ones without a citation."""

from __future__ import annotations

_PHRASES = {
    "not_found": (
        "Không tìm thấy trong các văn bản. Các đoạn gần nhất được liệt kê bên dưới để tham khảo.",
        "Not found in the documents. The nearest passages are listed below.",
    ),
    "no_deadline": (
        "Có việc này, nhưng văn bản không ghi thời hạn:",
        "The documents ask for this, but they give no deadline:",
    ),
    "by_hand": (
        "Điều này được sửa tay trong thư viện và không có chữ nào trong văn bản để trích: hãy xem "
        "ở thông tin của văn bản.",
        "This was entered by hand in the library and no words of the document say it: see the "
        "document's details.",
    ),
    "differs": (
        "Văn bản ghi không thống nhất ở các chỗ trên; lời được trích nguyên văn.",
        "The documents disagree with themselves here; their words are quoted as they stand.",
    ),
    "more_due": (
        "Còn {count} việc nữa; thẻ «Thời hạn» liệt kê đủ.",
        "{count} more; the “Deadlines” tab lists them all.",
    ),
    "empty_library": (
        "Thư viện chưa có văn bản nào. Hãy thêm văn bản rồi hỏi lại.",
        "The library has no documents yet. Add some, then ask again.",
    ),
    "empty_scope": (
        "Không có văn bản nào khớp với bộ lọc đang chọn. Hãy bỏ bớt điều kiện lọc.",
        "No document matches the filters. Remove some of them.",
    ),
    "blank": (
        "Hãy nhập câu hỏi bằng chữ, ví dụ: «Ai phải báo cáo trước ngày 20/4?».",
        "Type a question in words, for example: “Who must report by 20/4?”.",
    ),
    # What a language model did: is at it, has done it, or why its words are not shown (the values
    # of ``Setback``).
    "writing": (
        "Mô hình ngôn ngữ đang viết lại; từng câu được đối chiếu với văn bản trước khi hiện ra…",
        "The language model is rewording this; each sentence is checked before it is shown…",
    ),
    "generated": (
        "Mô hình ngôn ngữ viết; từng câu đã được đối chiếu với nguồn.",
        "Worded by the language model; each sentence was checked against its source.",
    ),
    "absent": (
        "Trích nguyên văn: mô hình ngôn ngữ không tìm thấy câu trả lời trong các đoạn được đọc.",
        "Quoted: the language model found no answer in the passages it was given.",
    ),
    "unverified": (
        "Trích nguyên văn: lời của mô hình ngôn ngữ không khớp đủ với văn bản nên đã bị bỏ.",
        "Quoted: too little of what the language model said is borne out by the documents.",
    ),
    "timeout": (
        "Trích nguyên văn: mô hình ngôn ngữ không trả lời kịp.",
        "Quoted: the language model did not answer in time.",
    ),
    "unreachable": (
        "Trích nguyên văn: không kết nối được với mô hình ngôn ngữ.",
        "Quoted: the language model could not be reached.",
    ),
    "failed": (
        "Trích nguyên văn: mô hình ngôn ngữ báo lỗi hoặc bị ngắt giữa chừng.",
        "Quoted: the language model failed or broke off.",
    ),
    "too_long": (
        "Câu hỏi quá dài ({length} ký tự, tối đa {limit}). Hãy rút gọn thành một hai câu.",
        "The question is too long ({length} characters, at most {limit}). Shorten it to a sentence "
        "or two.",
    ),
}


def phrase(key: str, language: str, **values: object) -> str:
    """The phrase ``key`` in ``language`` (``vi`` or ``en``)."""
    vietnamese, english = _PHRASES[key]
    return (english if language == "en" else vietnamese).format(**values)
