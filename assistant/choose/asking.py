"""What a question asks for, and whether a sentence has it. Pure.

Patterns are read on the question in lower case and on the sentence as written, both with their
marks: «đâu» asks for a place and «đầu» does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.vietnamese import UPPER

# Words that ask, and words of which a sentence is built: neither says what the question is about.
ASKING = frozenset(
    "ai gì nào đâu bao nhiêu mấy sao khi giờ thế hãy cho biết không phải như vậy".split()
)
COMMON = frozenset(
    "là có của và các những được cho về trong tại ở với theo từ đến này do trên vào ra bằng để thì "
    "mà hay hoặc cũng một đã đang sẽ bị bởi mỗi việc điều đó nó ông bà".split()
)
NUMBER_WORDS = frozenset(
    "một hai ba bốn năm sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ tỉ nửa chục vài rưỡi".split()
)
_NUMBER = rf"(?:\d[\d.,]*|\b(?:{'|'.join(sorted(NUMBER_WORDS))}))"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question and how a sentence that answers it may be known."""

    asked: re.Pattern[str]
    given: re.Pattern[str]


def _kind(asked: str, given: str) -> Kind:
    return Kind(re.compile(rf"\b(?:{asked})\b"), re.compile(given, re.IGNORECASE))


KINDS = (
    _kind(
        "(?:khi|năm|ngày|tháng|lúc|thời gian|thời điểm|thế kỷ|thế kỉ|giai đoạn|thời kỳ|thập niên"
        "|thập kỷ|mùa|thời|hôm|quý|tuần) nào|bao giờ|(?:năm|ngày|tháng) (?:mấy|bao nhiêu)",
        r"\b(?:năm|ngày|tháng|quý|thế kỷ|thế kỉ|thập niên|thập kỷ)\s+(?:\d|[IVX])|\b\d{3,4}\b"
        r"|\b\d+/\d+|\btrước công nguyên|\bTCN\b|\bmùa |\bthời kỳ|\bgiai đoạn|\bthời ",
    ),
    _kind(
        "bao lâu|(?:mấy|bao nhiêu) (?:năm|tháng|ngày|tuần)|thời hạn",
        r"\b\d+\s+(?:năm|tháng|ngày|tuần|giờ|phút)\b|\bhọc kỳ|\bthời hạn",
    ),
    _kind(
        r"ai|(?:người|vua|ông|bà|nhà|tướng|vị|nhân vật|hoàng đế|tổng thống)(?: \w+){0,3} nào",
        r"\b(?:ông|bà|vua|tướng|hoàng đế|tổng thống|chủ tịch|nhà|người|giáo sư|tiến sĩ|đồng chí"
        r"|nữ hoàng)\b",
    ),
    _kind(
        "đâu|(?:nơi|nước|quốc gia|thành phố|tỉnh|vùng|khu vực|châu lục|địa điểm|đảo|bang|thị trấn"
        r"|huyện|xã|chỗ|lãnh thổ)(?: \w+){0,2} nào",
        r"\b(?:ở|tại|trên|phía|vùng|khu vực|tỉnh|thành phố|nước|bang|đảo|thuộc|gần|giữa|địa điểm)"
        r"\b",
    ),
    _kind(
        "vì sao|tại sao|lý do|lí do|nguyên nhân|do đâu|nhờ đâu|vì điều gì|sao",
        r"\b(?:vì|do|bởi|nhờ|nguyên nhân|lý do|khiến|nên|để|nhằm|dẫn đến|gây)\b",
    ),
    _kind("để làm gì|mục đích|nhằm", r"\b(?:để|nhằm|mục đích|mục tiêu)\b"),
    _kind("tên|gọi là|biệt danh|mệnh danh|biết đến", r"\b(?:tên|gọi|mệnh danh|biết đến)\b|[\"“]"),
    _kind(
        "kết quả|hậu quả|hệ quả|ảnh hưởng|tác động|vai trò|ý nghĩa",
        r"\b(?:kết quả|hậu quả|khiến|làm cho|dẫn|gây|trở thành|góp phần|do đó|vì vậy|vì thế)\b",
    ),
    _kind(
        r"những .*(?:nào|gì|ai)|các .*(?:nào|gì|ai)|bao gồm|gồm|kể tên",
        r"\b(?:gồm|như|sau đây)\b|:|,.*,",
    ),
    _kind(r"(?:không|chưa)\W*$|có phải", r"\b(?:không|chưa|phải|được)\b"),
)
ASKS_NUMBER = re.compile(
    r"\b(?:bao nhiêu|mấy|số lượng|tỉ lệ|tỷ lệ|mức nào|bao lâu|thời hạn|bao xa|tối đa|tối thiểu)\b"
)
ASKS_TIME = KINDS[0].asked
_COUNTED = re.compile(r"\b(?:bao nhiêu|mấy) (\w+)")
_FOCUS = re.compile(r"(\w+(?: \w+)?) (?:nào|gì)\b")
# A sentence that goes on from the one before: it names its subject by a pronoun or «… này».
_CONTINUES = re.compile(
    rf"(?:Ông|Bà|Cô|Anh)\b(?! [{UPPER}])"
    r"|(?:Nó|Họ|Chúng|Đây|Đó|Hai người|Cả hai|Trong đó|Sau đó|Khi đó|Lúc này|Lúc đó|Do đó|Vì vậy"
    r"|Vì thế|Cuối cùng|Ngoài ra|Kết quả|Lý do|Mục đích|Mục tiêu|Nguyên nhân|Đặc biệt|Cụ thể"
    r"|Theo đó|Bên cạnh|Hơn nữa|Đồng thời|Ví dụ|Chẳng hạn|Riêng)\b"
    rf"|[{UPPER}]\w*(?: \w+){{0,4}} (?:này|đó|trên|ấy)\b"
)


def counted(question: str) -> re.Pattern[str] | None:
    """A number before what «bao nhiêu …» counts; None where the question counts nothing."""
    found = _COUNTED.search(question)
    if found is None:
        return None
    return re.compile(rf"{_NUMBER}\s+(?:\w+\s)?{re.escape(found.group(1))}\b", re.IGNORECASE)


def focus(question: str) -> list[str]:
    """The words before «nào» or «gì»: what sort of thing is asked for."""
    found = _FOCUS.search(question)
    words = found.group(1).split() if found else []
    return [w for w in words if w not in ASKING and w not in COMMON]


def continues(sentence: str) -> bool:
    """Whether ``sentence`` leans on the one before it."""
    return _CONTINUES.match(sentence) is not None
