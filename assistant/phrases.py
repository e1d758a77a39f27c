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
