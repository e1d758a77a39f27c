"""Lines: columns side by side are split, hard wraps are joined, furniture is dropped. Pure.

Only white space is changed here, apart from page numbers, so that page starts can be counted
in other characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.entries import entry_spans
from ingest.normalise.marks import WRAP

_GAP = re.compile(r" {4,}|[ ]*\t[ \t]*")
_SPACES = re.compile(r"[ \t]+")
_OPENING = " “\"‘'([«"

# The parts of an administrative document's head and foot, each on a line of its own
# (Nghị định 30/2020/NĐ-CP, phụ lục I; Hướng dẫn 36-HD/VPTW).
_BULLET = re.compile(r"[-–—+•▪◦●○■□➢❖✓*]\s*(?=\D)")
_NUMBERED = re.compile(
    r"(?:[IVXLC]{1,6}|[A-ZĐ])\s?[.\-–/)](?=\s|\w\D)|\d{1,2}(?:\.\d{1,2}){0,4}(?:\.(?=\s?[^\W\d])"
    r"|\s?\)|[/\-–](?=\s)|\.\s|\s+(?=[A-ZÀ-ỸĐ][^\W\d]))|[a-zđ]{1,2}[.)/](?=\s|[A-ZÀ-ỸĐ])"
)
_NAMED_ITEM = re.compile(
    r"(?:Điều|Bước|Mục|Phần|Chương|Khoản|Phụ lục|ĐIỀU|BƯỚC|MỤC|PHẦN|CHƯƠNG|PHỤ LỤC)"
    r"(?:\s+(?:số\s+)?(?:\d+|[IVXLC]+|[A-ZĐ]|thứ\s\w+))?\s*(?:[.:]|$)"
)
_NUMBER_LINE = re.compile(r"Số\s*(?::|[\d….]+\s*[-–/]|/)")
_PLACE_DATE = re.compile(r"[^\d,;:.]{2,40}(?:\.[^\d,;:]{2,30})?,\s*ngày\b[\s\d….]*(?:tháng\b|$)")
_OPEN_DATE = re.compile(r"[^\d,;:]{2,50},\s*ngày\b(?!.*\bnăm\b)[\s\d….]*(?:tháng\b[\s\d….]*)?$")
_HEAD_LINE = re.compile(
    r"(?:Nơi nhận|NƠI NHẬN|Kính g[ửở]i|KÍNH G[ỬỞ]I|V/[vV]\b|Độc lập|ĐỘC LẬP|CỘNG HÒA XÃ"
    r"|ĐẢNG CỘNG SẢN)"
)
_SIGNATURE = re.compile(
    r"(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|Q\.)|(?:PHÓ|QUYỀN|CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TỔNG GIÁM ĐỐC"
    r"|TRƯỞNG|CHÁNH|HIỆU TRƯỞNG|CHỦ NHIỆM|BỘ TRƯỞNG|CỤC TRƯỞNG)\b[A-ZÀ-ỸĐ ,]*$"
    r"|\((?:[Đđ]ã ký|[Kk]ý)"
)
_KIND = re.compile(
    r"(?:KẾ HOẠCH|HƯỚNG DẪN|CÔNG VĂN|CHỈ THỊ|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG BÁO|BÁO CÁO|KẾT LUẬN"
    r"|CHƯƠNG TRÌNH|TỜ TRÌNH|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|THÔNG TRI|CÔNG ĐIỆN|PHỤ LỤC|ĐỀ CƯƠNG)\s*:?$"
)
_ORGAN = re.compile(
    r"(?:BAN|ỦY BAN|UBND|HĐND|HỘI ĐỒNG|SỞ|BỘ|VĂN PHÒNG|PHÒNG|ĐẢNG ỦY|ĐẢNG BỘ|HUYỆN ỦY|TỈNH ỦY"
    r"|THÀNH ỦY|THỊ ỦY|CHI BỘ|TRƯỜNG|TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|PHƯỜNG|XÃ|LIÊN ĐOÀN"
    r"|CÔNG ĐOÀN|HỘI|ĐOÀN|TRUNG TÂM|MẶT TRẬN|CÔNG TY|CỤC|CHI CỤC|ĐẶC KHU)\b"
)
_FIXED = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐỘC LẬP - TỰ DO - HẠNH PHÚC",
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "BAN CHẤP HÀNH",
    "ỦY BAN MẶT TRẬN TỔ QUỐC",
)
_FIXED_BREAKS = tuple(
    (phrase[: space.start()], phrase[space.end() :])
    for phrase in _FIXED
    for space in re.finditer(" ", phrase)
)
_FIXED_HEADS = tuple({head for head, _ in _FIXED_BREAKS})
_PERSON = re.compile(r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+)(?: [A-ZÀ-ỸĐ][a-zà-ỹđ]*){1,4}$")
_URL = re.compile(r"(?:https?:|www\.|e-?mail\b|tel\b|fax\b)", re.IGNORECASE)
_ENDED = re.compile(r"[.;:!?…][”\"’')\]»]*$")
# «Ngày 23/3: …», «Đội số 2: …», «Tiêm vét: …»: a line that labels what it says begins something.
_LABELLED = re.compile(
    r"[^\W\d_][^\s,.;:]*(?: [^\s,.;:]+){0,3}:\s|\d{1,2}(?:h|g|giờ| giờ)\d{0,2}\b"
)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]$")
_YEAR_SPAN = re.compile(r"[-–]\s*\d{4}\b")
# A line can't end a phrase with these words, so the next line goes on.
_DANGLING = re.compile(
    r"(?:^|\s)(?:của|và|hoặc|với|về|tại|theo|do|từ|trong|trên|cho|các|những|là|bởi|ở|vào|để|cùng"
    r"|giữa|bằng|thuộc|the|of|and|or|to|in|on|at|by|for|with|from|Sở|Bộ)$"
)
_DANGLING_NUMBER = re.compile(r"(?:^|\s)(?:ngày|tháng|năm|số|quý|khoản|điểm|Điều|mục|đến|từ)$")
_INNER_NUMBER = re.compile(
    r"^([^\n]{39,}[^\n\s.;:!?…])[ ]*(?:\n[ \t]*){1,3}[-–—]?[ ]?\d{1,3}[ ]?[-–—]?[ \t]*"
    r"(?=(?:\n[ \t]*){1,3}[a-zà-ỹđ]{2,}[ ,;])",
    re.MULTILINE,
)
_PAGE_NUMBER = re.compile(
    r"[-–—~\s]*(?:[Tt]rang|[Pp]age)?\s*(\d{1,4})\s*(?:/\s*\d{1,4})?[-–—~.\s]*$"
)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped: ``width`` in characters (0: it isn't), and whether blank lines
    stand between its paragraphs."""

    width: int
    spaced: bool

    def is_full(self, line_length: int, next_line: str, share: float) -> bool:
        """Whether the next line's first word did not fit after ``line_length`` characters."""
        word = next_line.split(" ", 1)[0]
        reach = line_length + 1 + len(word)
        return bool(self.width) and line_length <= self.width * 1.15 and reach >= share * self.width


def drop_page_numbers(pages: list[str]) -> list[str]:
    """``pages`` without the page numbers that stand alone at their top or bottom.

    A number counts as one where it is the page's own, or differs from it by the same amount on
    two pages: a cell of a table may also stand alone at the edge of a page.
    """
    if len(pages) < 2:
        return pages
    found: list[tuple[int, int, int]] = []  # page, line, number - page
    split = [page.split("\n") for page in pages]
    for number, lines in enumerate(split, 1):
        inked = [i for i, line in enumerate(lines) if line.strip()]
        for index in dict.fromkeys(inked[:1] + inked[-1:]):
            match = _PAGE_NUMBER.match(lines[index])
            if match:
                found.append((number - 1, index, int(match.group(1)) - number))
    offsets = [offset for _, _, offset in found]
    for page, index, offset in found:
        if offset == 0 or offsets.count(offset) > 1:
            split[page][index] = ""
    return ["\n".join(lines) for lines in split]


def tidy_lines(text: str) -> str:
    """``text`` with one logical line a line and at most one blank line between two."""
    lines: list[str] = []
    soft: set[int] = set()  # lines whose start was a line break inside one emphasis
    for raw in text.split("\n"):
        for number, part in enumerate(raw.split(WRAP)):
            if number and part.strip():
                soft.add(len(lines))
            lines.extend(_columns(part))
    wrap = _measure(lines)
    out: list[list[str]] = []  # logical lines, each in its physical lines
    seen = ""  # the ends of the last logical line: all that is asked of it, however long it grows
    last = blanks = 0  # length of the last physical line; blank lines since
    for index, line in enumerate(lines):
        if not line:
            blanks += 1
            continue
        if out and _continues(seen, last, line, blanks, index in soft, wrap):
            out[-1].append(line)
            seen = f"{seen} {line}"
        else:
            if out and blanks:
                out.append([])
            out.append([line])
            seen = line
        if len(seen) > 2 * _SEEN:
            seen = seen[:_SEEN] + seen[-_SEEN:]
        last, blanks = len(line), 0
    return "\n".join(_entries(" ".join(parts)) for parts in out)


def _entries(line: str) -> str:
    """``line`` with each entry of a schedule that was run together in it on a line of its own."""
    return "\n".join(line[start:end] for start, end in entry_spans(line, 0, len(line))) or line


_SEEN = 200


def _columns(line: str) -> list[str]:
    """The parts of a line that stand side by side as a header's or signature's columns do."""
    line = line.strip()
    if "  " not in line and "\t" not in line:
        return [line]
    parts = [part for part in (_SPACES.sub(" ", p).strip() for p in _GAP.split(line)) if part]
    out = parts[:1]
    for part in parts[1:]:
        if _is_column(part) and (_is_column(out[-1]) or _is_left_column(out[-1])):
            out.append(part)
        else:
            out[-1] += " " + part
    return out


def _is_column(part: str) -> bool:
    if _is_caps(part) or _NUMBER_LINE.match(part) or _PLACE_DATE.match(part):
        return True
    return bool(_HEAD_LINE.match(part) or _SIGNATURE.match(part) or _PERSON.match(part))


def _is_left_column(part: str) -> bool:
    return bool(_BULLET.match(part)) or part.endswith((":", ",", ";", "./."))


def drop_inner_page_numbers(text: str) -> str:
    """``text`` without a lone number that interrupts a sentence: a page number left between
    two pages that are no longer told apart."""
    return _INNER_NUMBER.sub(lambda m: m.group() if _ENDED.search(m.group(1)) else m.group(1), text)


def _measure(lines: list[str]) -> _Wrap:
    """Find the wrap width from the lines that plainly go on in the next one."""
    lengths = sorted(
        len(line)
        for line, after in pairwise(lines)
        if 45 <= len(line) <= 130
        and after
        and _first_letter(after).islower()
        and not _ENDED.search(line)
        and not _starts_part(after)
    )
    if len(lengths) < 3:
        return _Wrap(0, False)
    return _Wrap(lengths[len(lengths) * 9 // 10], lines.count("") * 10 >= len(lines))


def _continues(before: str, last: int, line: str, blanks: int, soft: bool, wrap: _Wrap) -> bool:
    """Whether ``line`` goes on with the sentence or title of ``before``.

    ``last`` is the length of the last physical line of ``before``.
    """
    ended = _ENDED.search(before) is not None
    if _breaks_fixed_phrase(before, line) or (not blanks and _OPEN_DATE.match(before)):
        return blanks == 0 and (line[0].isdigit() or not line[0].islower() or bool(before))
    if before[-1].isdigit() and _YEAR_SPAN.match(line) and not blanks:
        return True
    if _starts_part(line) or _is_header_line(before) or _URL.match(line):
        return False
    first = _first_letter(line)
    caps = _is_caps(before)
    if blanks:
        return blanks == 1 and before[-1] == "," and first.islower() and not caps
    if line[0] == "/" or _FOOTNOTE.match(before):
        return True
    caps_after = _is_caps(line) or (caps and line.isupper())
    if caps != caps_after and (caps or not wrap.is_full(last, line, 0.9)):
        return False
    if caps:
        if _is_complete_head(before) or ended:
            return False
        if soft:
            return not _ORGAN.match(line)
        return 60 <= last <= 120 or (42 <= last < 60 and not _ORGAN.match(line))
    if ended:
        paragraph_goes_on = wrap.spaced and wrap.is_full(last, line, 0.9)
        return paragraph_goes_on and before[-1] != ":"
    if first.islower() or soft:
        return True
    if before.startswith(("V/v", "V/V")) and last <= 60:
        return True
    if line[0].isdigit() and _DANGLING_NUMBER.search(before):
        return True
    if _DANGLING.search(before) or wrap.is_full(last, line, 0.85):
        return True
    if _LABELLED.match(line):
        return False
    # A browser's copy breaks a paragraph's first line early; the rest of it is full.
    return wrap.spaced and last >= 20 and wrap.is_full(len(line), line, 0.8)


def _starts_part(line: str) -> bool:
    """Whether a line begins an item, a heading, or a part of the head or foot."""
    return bool(
        _BULLET.match(line)
        or _NUMBERED.match(line)
        or _NAMED_ITEM.match(line)
        or _NUMBER_LINE.match(line)
        or _PLACE_DATE.match(line)
        or _HEAD_LINE.match(line)
        or _SIGNATURE.match(line)
        or _KIND.match(line)
    )


def _is_header_line(line: str) -> bool:
    """Whether a line is whole by its form: a number, a place with its date, a motto."""
    if len(line) > 100:
        return False
    number = _NUMBER_LINE.match(line) and len(line) < 50
    return bool(number or _PLACE_DATE.match(line) or _is_complete_head(line) or _KIND.match(line))


def _is_complete_head(line: str) -> bool:
    upper = line.upper()
    return upper.startswith(_FIXED[:3]) or upper.endswith(_FIXED[:3])


def _breaks_fixed_phrase(before: str, line: str) -> bool:
    """Whether the break stands inside a fixed phrase, as in «CỘNG HÒA XÃ / HỘI CHỦ NGHĨA …»."""
    if len(before) > 60:
        return False
    upper = before.upper()
    if not upper.endswith(_FIXED_HEADS):
        return False
    after = line.upper()
    return any(
        upper.endswith(head) and after.startswith(tail) and (" " in head or upper == head)
        for head, tail in _FIXED_BREAKS
    )


def _is_caps(text: str) -> bool:
    """Whether a line is written in capitals: two words at least, a stray small letter
    («IoT») at most."""
    if " " not in text or text[:24].islower():
        return False
    head = text[:160]
    capitals = sum(map(str.isupper, head))
    return capitals >= 4 and capitals >= 10 * sum(map(str.islower, head))


def _first_letter(line: str) -> str:
    return line.lstrip(_OPENING)[:1]
