"""Words of a document made fit to be read out: tidied, cut where a clause ends, or refused. Pure.

A pack shows the document's words shortened but never changed: what is left out is marked by «…» or
follows the end of a clause. What would not stand alone (a cut sentence, «như trên», scanned noise)
is refused rather than shown.
"""

from __future__ import annotations

import re

from assistant.language.syllable import is_unmarked_syllable, is_vietnamese_syllable
from ingest.actors import DUTY_ANY_CASE
from ingest.markers import marker_of
from ingest.records import SourceDocument
from ingest.vietnamese import mostly_upper

QUESTION_WORDS = 34  # the longest extract that a question may hold: one breath read aloud
_SPACES = re.compile(r"\s+")
_EDGES = " \t\n.;,:*_|-–"
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_POINTS_ELSEWHERE = re.compile(
    r"(?<!\w)(?:như (?:trên|sau|vậy)|(?:nêu|nói|kể|ở|quy định|tại các mục|đã nêu) trên|trên đây|"
    r"(?:sau|dưới) đây|theo đó|do (?:vậy|đó)|vì vậy|từ đó|ngoài ra|đồng thời|riêng|trong đó|"
    r"tuy nhiên|bên cạnh đó|điểm [a-zđ]|khoản \d+|(?:mục|phần|điểm) (?:\d+|[IVX]+)|tại mục|"
    r"kèm theo|gồm có|bao gồm)(?!\w)",
    re.I,
)
_THIS = re.compile(r"(\w+)\s+(?:này|đó|ấy|nói trên|nêu trên)(?!\w)", re.I)
_THIS_DOCUMENT = frozenset("hoạch thị dẫn luận quyết định văn báo trình án".split())
# Where a long clause may end: what follows only adds to it.
_ADDITION = re.compile(
    r",\s+(?=(?:nhất là|trong đó|đặc biệt|gắn với|bảo đảm|đảm bảo|góp phần|qua đó|từ đó|nhằm|"
    r"trước hết|chú trọng|tạo|đồng thời|phù hợp|theo)(?!\w))"
    r"|\s+(?=(?:nhằm|để|theo quy định|góp phần|gắn với|thông qua việc|bằng nhiều|"
    r"trên cơ sở(?! giới)|phù hợp với)(?!\w))|[:;]\s+"
)
_LEAST = 5  # words that a cut clause keeps
_ENDS_OPEN = re.compile(
    r"(?<!\w)(?:và|hoặc|của|về|cho|với|các|những|do|là|để|theo|tại|trong|từ|đến|được|có|số|như|"
    r"gồm|bằng|khi|nhằm|vào|trước|ngày|tháng|năm|việc|sự|cùng|ở|phải|cần|thì|mà|nhất|cả|lần|không|chưa|"
    r"sẽ|đã|đang|rất|gửi|nộp|lên|đạt|tăng|giảm|xuống|lúc|hằng|hàng|thuộc|qua|trên|"
    r"dưới|giữa|một|hai|mỗi|từng|nếu|mức|sau|đảm|bảo|hơn|nhiều|ít|đối|liên|quan|tạo điều kiện)$",
    re.I,
)
_NOISE = re.compile(
    r"\.{3,}|…{2,}|_{2,}|\|"  # blanks to be filled in, cells of a table
    r"|[^\W\d_]\d[^\W\d_]|(?<![\w/-])(?!\d{1,2}[hH]\d{2}|[2-6][Gg]\b)\d+[a-zA-ZđĐ]{2,}(?![\w/-])"
    r"|[a-zà-ỹđ]{2}\d(?!\w)|\d[OolI]\d|[/.-][OolI]+(?=[\d/.-])|\d[OolI]+(?!\w)|(?<!\w)(?:[OolI]\d|l+(?!\w))|[^\w\s,.;:/()\-–“”\"'‘’«»%&+…!?°²³·*=<>≥≤]"
)
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"), ("«", "»"))


def tidy(text: str) -> str:
    """``text`` on one line without the marker before it and the stops after it."""
    line = _SPACES.sub(" ", text).strip()
    if marker := marker_of(line):
        line = line[marker[2] :]
    line = line.strip(_EDGES)
    return re.sub(r"\s*\./?$", "", line).strip(_EDGES)


def flat(text: str) -> str:
    """``text`` on one line without the stops around it; a heading, whose number is off already."""
    return _SPACES.sub(" ", text).strip(_EDGES)


def quoted(text: str) -> str:
    """``text`` in quotes, unless it is a quotation already.

    >>> quoted("Hỏi - đáp"), quoted("“Trên dưới đồng lòng”")
    ('“Hỏi - đáp”', '“Trên dưới đồng lòng”')
    """
    is_quotation = text[:1] == "“" and text[-1:] == "”" and text.count("“") == 1
    return text if is_quotation else f"“{text}”"


def without_brackets(text: str) -> str:
    """``text`` without what stands in round or square brackets.

    >>> without_brackets("Phổ biến tài liệu (gửi kèm) đến chi bộ")
    'Phổ biến tài liệu đến chi bộ'
    """
    return _SPACES.sub(" ", _BRACKETS.sub("", text)).strip()


def clause(text: str, limit: int = QUESTION_WORDS) -> str:
    """The first clause of ``text``, tidied, ``limit`` words at most; "" where it has no such end.

    >>> clause("Treo băng rôn tại trụ sở, nhất là dịp lễ; báo cáo kết quả.", 12)
    'Treo băng rôn tại trụ sở, nhất là dịp lễ'
    >>> clause("Treo băng rôn tại trụ sở, nhất là dịp lễ; báo cáo kết quả.", 8)
    'Treo băng rôn tại trụ sở'
    """
    whole = without_brackets(tidy(text))
    first = re.split(r";\s|(?<=\w[^\W\d_])\.\s+(?=[A-ZĐÀ-Ỹ])", whole)[0].strip(_EDGES)
    if len(first.split()) <= limit:
        return first
    best = ""
    for match in _ADDITION.finditer(first):
        head = first[: match.start()].strip(_EDGES)
        if len(head.split()) > limit:
            break
        if len(head.split()) >= _LEAST and is_whole(head):
            best = head
    return best


def extract(text: str, limit: int) -> str:
    """``text`` tidied, cut at the end of a clause or pause within ``limit`` words, marked «…»."""
    whole = tidy(text)
    words = whole.split()
    if len(words) <= limit:
        return whole
    first = clause(whole, limit)
    if first and whole.startswith(first) and len(first.split()) * 2 >= min(limit, 20):
        return first + "…"
    head = " ".join(words[:limit])
    pauses = [m.start() for m in re.finditer(r"[,;.:](?=\s)", head)]
    good = [p for p in pauses if len(head[:p].split()) * 2 >= limit and is_balanced(head[:p])]
    return (head[: good[-1]] if good else head).rstrip(_EDGES) + "…"


def without_end(text: str) -> str:
    """``text`` without the word that only led to a date: «…, hoàn thành», «…; thời gian».

    >>> without_end("Niêm yết thủ tục, hoàn thành")
    'Niêm yết thủ tục'
    """
    return _LEADS_TO_DATE.sub("", text).rstrip(_EDGES)


_LEADS_TO_DATE = re.compile(
    r"[,;]?\s+(?:(?:phải |cần )?(?:hoàn thành|xong|hoàn tất)|(?:vào )?lúc|(?:trong )?khoảng|"
    r"thời (?:gian|hạn)(?: thực hiện)?)$",
    re.I,
)


def is_balanced(text: str) -> bool:
    """Whether brackets and quotes that open also close."""
    return all(text.count(a) == text.count(b) for a, b in _PAIRS) and text.count('"') % 2 == 0


def is_whole(text: str) -> bool:
    """Whether ``text`` may end where it does: no open bracket, no word that calls for another."""
    return is_balanced(text) and _ENDS_OPEN.search(text) is None and not text.endswith("…")


def stands_alone(text: str) -> bool:
    """Whether ``text`` is understood without its surroundings and free of noise."""
    return (
        len(text) > 1
        and is_whole(text)
        and not _NOISE.search(text)
        and not _POINTS_ELSEWHERE.search(text)
        and all(m.group(1).lower() in _THIS_DOCUMENT for m in _THIS.finditer(text))
        and is_spelt(text)
    )


def is_spelt(text: str) -> bool:
    """Whether nearly all small-letter words of ``text`` are syllables: scans are not."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if w.islower()]
    odd = [w for w in words if not (is_vietnamese_syllable(w) or is_unmarked_syllable(w))]
    return len(odd) * 12 <= len(words)


def is_task(text: str) -> bool:
    """Whether ``text`` says what to do: it begins with a verb of duty, in any case.

    >>> is_task("Đẩy mạnh tuyên truyền"), is_task("Các nội dung tuyên truyền")
    (True, False)
    """
    return bool(DUTY_ANY_CASE.match(text) or _MORE_VERBS.match(text))


# Verbs and adverbs that open a task, beside those that tell a deadline's duty (ingest.actors).
_MORE_VERBS = re.compile(
    r"(?:thường xuyên|tích cực|đẩy mạnh|phát hiện|nắm (?:bắt|tình hình|chắc|sát)|khuyến khích|"
    r"làm (?:tốt|đầu mối|rõ)|tạo (?:điều kiện|sự)|quan tâm|quản lý|giữ (?:gìn|vững)|ngăn chặn|"
    r"đấu tranh|lồng ghép|tổ chức|thống nhất|đôn đốc|kịp thời|phân (?:công|bổ|loại)|ký kết|"
    r"nhân rộng|đối thoại|cụ thể hóa|thể chế hóa|gửi|góp ý|biên (?:soạn|tập)|cho ý kiến|củng cố|"
    r"tuần tra|quảng bá|nâng cao|cung (?:ứng|cấp)|liên hệ|rút kinh nghiệm|xác (?:định|minh|nhận)|"
    r"giao|sắp xếp|giám sát|giúp|đảm bảo|điều (?:tra|phối|chỉnh)|phê (?:duyệt|phán)|khai thác|lấy|"
    r"nhận|in|kẻ vẽ|treo|dựng|sưu tầm|sáng tác|biểu dương|phản (?:ánh|bác|biện)|định hướng|đổi mới|"
    r"hỗ trợ|tranh thủ|chấn chỉnh|xem xét|quyết định|thẩm tra|tích hợp|truyền thông|khảo sát|"
    r"chú trọng|nghiêm túc|trực tiếp|phát (?:huy|triển|sóng|thanh|tờ rơi)|nêu cao|bồi đắp|"
    r"siết chặt|bảo vệ|đưa|mở rộng|thực hành|sử dụng|ưu tiên|cân đối|bố trí|lãnh đạo|tư vấn|"
    r"tháo gỡ|rà|tìm kiếm|thu hút|nhận diện|chia sẻ|kết nối|huy động|đề (?:cao|nghị)|động viên|"
    r"cổ vũ|tổng rà soát|chăm lo|chuẩn hóa|xóa bỏ|loại bỏ|cắt giảm|đơn giản hóa|vận hành)(?!\w)",
    re.I,
)


def lower_first(text: str) -> str:
    """``text`` with a small first letter, unless it begins with an abbreviation or a name.

    >>> lower_first("Tổ chức hội nghị"), lower_first("UBND xã"), lower_first("Đảng ủy xã")
    ('tổ chức hội nghị', 'UBND xã', 'Đảng ủy xã')
    """
    words = text.split()
    if not words or any(c.isupper() for c in words[0][1:]) or words[0] in _NAMES:
        return text
    if len(words) > 1 and words[1][0].isupper() and not is_task(text):
        return text
    return text[0].lower() + text[1:]


_NAMES = frozenset(("Đảng", "Nhân", "Nhà", "Quốc", "Mặt", "Bí", "Việt", "Trung"))


def upper_first(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def name_case(text: str) -> str:
    """A body's name in capitals as it is written in a sentence: its field begins with a capital.

    >>> name_case("SỞ GIÁO DỤC VÀ ĐÀO TẠO"), name_case("ỦY BAN NHÂN DÂN XÃ BÌNH AN")
    ('Sở Giáo dục và Đào tạo', 'Ủy ban nhân dân xã Bình An')
    """
    said = sentence_case(text)
    if field := _FIELD_BODY.match(said):
        parts = re.split(r"(,\s+|\s+và\s+|\s+[-–]\s+)", said[field.end() :])
        parts[::2] = [upper_first(part) for part in parts[::2]]
        said = field.group() + "".join(parts)
    return said


_FIELD_BODY = re.compile(r"(?:Sở|Bộ|Phòng|Cục|Chi cục|Thanh tra|Liên đoàn|Trung tâm|Trường)\s+")


def sentence_case(text: str) -> str:
    """A heading or name in capitals as it is written in a sentence.

    What is no syllable keeps its capitals, a place after its level and the names of well-known
    bodies get theirs; other names can't be told from common words.

    >>> sentence_case("MỤC ĐÍCH, YÊU CẦU"), sentence_case("ỦY BAN NHÂN DÂN XÃ BÌNH AN")
    ('Mục đích, yêu cầu', 'Ủy ban nhân dân xã Bình An')
    >>> sentence_case("BẦU CỬ ĐẠI BIỂU HĐND TỈNH ĐẮK LẮK NHIỆM KỲ XVI")
    'Bầu cử đại biểu HĐND tỉnh Đắk Lắk nhiệm kỳ XVI'
    """
    if not mostly_upper(text):
        return text
    shown: list[str] = []
    place = 0  # words that may still belong to a place
    words = text.split()
    for written, following in zip(words, [*words[1:], ""], strict=True):
        word = written.lower()
        bare = re.sub(r"\W", "", word)
        if bare == "trường" and following.lower() in _SCHOOLS:
            place = 0
        shown.append(word if _is_syllable(bare) else written)
        if place and bare not in _NO_PLACE and (place < _PLACE_WORDS or bare not in _AFTER_LEVEL):
            shown[-1] = "-".join(part[:1].upper() + part[1:] for part in shown[-1].split("-"))
            place -= 1
        else:
            place = 0
        if written[-1] in ",;:.)":
            place = 0
        elif _PLACE_FOLLOWS.search(" ".join(shown[-2:]).lower()):
            place = _PLACE_WORDS
    said = " ".join(shown)
    for plain, proper in _PROPER:
        said = re.sub(rf"(?i)(?<!\w){plain}(?!\w)", proper, said)
    return upper_first(said)


def _is_syllable(word: str) -> bool:
    return is_vietnamese_syllable(word) or is_unmarked_syllable(word)


_PLACE_WORDS = 3
_PLACE_FOLLOWS = re.compile(
    r"(?:^|\s)(?:tỉnh|huyện|xã|phường|quận|thị trấn|thị xã|thành phố|đặc khu)$"
)
_AFTER_LEVEL = frozenset("ủy hội đoàn và phố về nông hội, là có trong thuộc ủy,".split())
_SCHOOLS = frozenset("mầm mẫu tiểu trung thcs thpt đại cao chính".split())
_NO_PLACE = frozenset(
    "năm giai nhiệm về và trong của đến từ ban đảng ủy văn phòng mặt lần là có các".split()
)
_PROPER = (
    ("mặt trận tổ quốc việt nam", "Mặt trận Tổ quốc Việt Nam"),
    ("mặt trận tổ quốc", "Mặt trận Tổ quốc"), ("việt nam", "Việt Nam"), ("đảng", "Đảng"),
    ("đảng ủy", "Đảng ủy"), ("quốc hội", "Quốc hội"), ("chính phủ", "Chính phủ"),
    ("ban thường trực", "Ban Thường trực"), ("ban thường vụ", "Ban Thường vụ"),
    ("ban chấp hành", "Ban Chấp hành"), ("ban tuyên giáo", "Ban Tuyên giáo"),
    ("hội đồng nhân dân", "Hội đồng nhân dân"), ("ủy ban", "Ủy ban"),
    ("ban tổ chức", "Ban Tổ chức"), ("trung ương", "Trung ương"), ("nhà nước", "Nhà nước"),
    ("bộ chính trị", "Bộ Chính trị"), ("ban bí thư", "Ban Bí thư"), ("tổng bí thư", "Tổng Bí thư"),
    ("liên đoàn lao động", "Liên đoàn Lao động"), ("huyện ủy", "Huyện ủy"),
    ("tỉnh ủy", "Tỉnh ủy"), ("thành ủy", "Thành ủy"), ("hồ chí minh", "Hồ Chí Minh"),
    ("hội liên hiệp phụ nữ", "Hội Liên hiệp Phụ nữ"), ("hội nông dân", "Hội Nông dân"),
    ("thủ tướng", "Thủ tướng"),
)  # fmt: skip


def said_document(document: SourceDocument, *, full: bool) -> str:
    """What a pack calls a document: «Kế hoạch», with ``full`` «Kế hoạch số 76-KH/ĐU».

    One whose kind isn't known is «tài liệu»: «văn bản» are the documents that it cites.

    Without a number «Kế hoạch “tổ chức …”», without a kind the file's name.
    """
    head = document.header
    kind = upper_first(head.kind.value) if head.kind else ""
    if not full:
        return kind or "tài liệu"
    if head.number:
        return f"{kind or 'Văn bản'} số {head.number.value}"
    if head.title and kind:
        title = sentence_case(tidy(head.title.value))
        return f"{kind} “{extract(title, 18)}”"
    return f"{kind or 'Văn bản'} «{document.name}»"
