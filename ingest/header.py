"""Header metadata of an administrative document and the parts that hold it. Pure.

The parts and their order are those of Nghị định 30/2020/NĐ-CP, annex I (State bodies) and Hướng dẫn
36-HD/VPTW (Party bodies): issuer, number and sign, place and date, kind, title, bases; the end of
the document is read in ``signature``. Real files miss some, repeat some, and put several on one
line, so each is looked for on its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, lines_of
from ingest.records import Header, HeaderField, Role
from ingest.signature import Tail, read_tail
from ingest.tables import tables_of
from ingest.vietnamese import LOWER, UPPER, fold, mostly_upper

KINDS = (
    "kế hoạch", "hướng dẫn", "công văn", "công điện", "chỉ thị", "nghị quyết", "quyết định",
    "kết luận", "thông báo", "thông tri", "thông tư", "nghị định", "chương trình hành động",
    "chương trình", "báo cáo", "tờ trình", "đề án", "đề cương", "quy định", "quy chế",
    "phương án", "giấy mời", "biên bản", "lời kêu gọi", "điều lệ", "lịch", "luật",
)  # fmt: skip
_SIGN_KINDS = {
    "KH": "kế hoạch", "HD": "hướng dẫn", "CV": "công văn", "CT": "chỉ thị", "NQ": "nghị quyết",
    "QĐ": "quyết định", "QD": "quyết định", "KL": "kết luận", "TB": "thông báo", "TT": "thông tri",
    "CTR": "chương trình", "CTHĐ": "chương trình hành động", "BC": "báo cáo", "TTR": "tờ trình",
    "QC": "quy chế", "ĐA": "đề án", "CĐ": "công điện", "QĐI": "quy định", "PA": "phương án",
    "KHLT": "kế hoạch", "KHPH": "kế hoạch", "HDLT": "hướng dẫn", "NQLT": "nghị quyết",
}  # fmt: skip
_KINDS_BY_LENGTH = sorted(KINDS, key=len, reverse=True)
_KINDS_IN_CAPITALS = [(kind, kind.upper()) for kind in _KINDS_BY_LENGTH]
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\W+tu do|^dang cong san viet nam\W*$")
_STATE = re.compile(r"(?<=\w)[\s|]+CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA\b")
_SIGN_PART = rf"(?:\d{{4}}|[{UPPER}]\w*)"
_SIGN = rf"[-–/]\s*{_SIGN_PART}(?:\s*[-–/&.]\s*{_SIGN_PART})*"
_NUMBER_LINE = re.compile(
    rf"(?:^|\s)[Ss][Ốốóo]\s*[:.]?\s*(?P<number>\d{{1,5}}[a-zA-Z]?)?\s*(?P<sign>{_SIGN})"
)
NUMBER = re.compile(rf"(?<!\w)\d{{1,5}}[a-z]?\s*{_SIGN}")
_HEADLINE = re.compile(
    rf"(?:toàn văn\s*:?\s*)?(?P<kind>{'|'.join(_KINDS_BY_LENGTH)})\s+(?:số\s*:?\s*)?"
    r"(?P<number>\d{1,5}[a-z]?\s*[-–/](?:\s*[-–/&.]?\s*[^\W\d_]\w*)+?)(?=\s|$)",
    re.I,
)
# A place is words with capital initials, so that what a converter put before it on the line, such
# as «Độc lập - Tự do - Hạnh phúc» or a number, is no part of it.
_PLACE = (
    r"(?i:(?:thành phố|tỉnh|huyện|quận|thị xã|thị trấn|xã|phường)\s+)?"
    rf"(?:TP|Tp|tp|TX|[{UPPER}](?:['’][{UPPER}])?[{LOWER}]*|(?<=[Qq]uận )\d{{1,2}})\.?"
    rf"(?:[ -]+(?:HCM|[{UPPER}][{LOWER}]*|\d{{1,2}})(?!\w)){{0,6}}"
)
_PLACE_DATE = re.compile(
    rf"(?<![\w/])(?P<place>{_PLACE})\s*,\s*(?P<date>ngày\s*(?P<d>\d{{1,2}})\s*tháng\s*(?P<m>\d{{1,2}})\s*"
    r"năm\s*(?P<y>\d{4}))"
)
_PLACE_SLASH = re.compile(
    rf"^(?P<place>{_PLACE})\s*,\s*(?P<date>(?:ngày\s*)?(?P<d>\d{{1,2}})[/\-.](?P<m>\d{{1,2}})[/\-.]"
    r"(?P<y>\d{4}))\W*$"
)
_PLACE_BLANK = re.compile(
    rf"(?<![\w/])(?P<place>{_PLACE})\s*,\s*ngày\W*(?:\d{{1,2}}\W*)?tháng\W*(?:\d{{1,2}}\W*)?năm\b"
)
_SUBJECT = re.compile(r"^(?:V/v|Về việc|v/v|Subject:)\W*", re.I)  # the last in a message
_ADDRESSEE = re.compile(r"^kính g(?:ử|ở)i\s*:?", re.I)
_ORGANISATION = re.compile(
    r"(?:ỦY BAN|UBND|HĐND|HỘI ĐỒNG|ĐẢNG|HUYỆN ỦY|TỈNH ỦY|THÀNH ỦY|QUẬN ỦY|THỊ ỦY|BAN|SỞ|BỘ|"
    r"LIÊN ĐOÀN|CÔNG ĐOÀN|TỔNG|TRƯỜNG|PHÒNG|HỘI|ĐOÀN|MẶT TRẬN|MTTQ|VĂN PHÒNG|CHI BỘ|CHI CỤC|CỤC|"
    r"CÔNG TY|TRUNG TÂM|VIỆN|BỆNH VIỆN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|XÃ|PHƯỜNG|TỈNH|HUYỆN|QUẬN|"
    r"THÀNH PHỐ|CÔNG AN|TÒA ÁN|ĐÀI|BÁO|NGÂN HÀNG|TẬP ĐOÀN|HỌC VIỆN|ĐẠI HỌC|TIỂU BAN|KHỐI|"
    r"THANH TRA|QUÂN|BẢO HIỂM|KHO BẠC|CHI HỘI|CHI ĐOÀN|LIÊN HIỆP|CÂU LẠC BỘ|HỢP TÁC XÃ)\b"
)
_BASIS = re.compile(
    r"(?:^|\n[ ]*|[;.]\s+)(?:[-–+*]\s*)?"
    r"(?P<lead>Căn cứ|Thực hiện|Theo (?:đề nghị|tinh thần|chỉ đạo|"
    r"Công văn|Kế hoạch|Quyết định|Nghị quyết|Hướng dẫn|Chỉ thị)|Trên cơ sở|"
    r"Xét (?:đề nghị|Tờ trình)|Tiếp tục thực hiện|Triển khai thực hiện)\b"
)
_ISSUES = re.compile(
    rf"(?P<issuer>(?:[{UPPER}][\w.&\-]*)(?:[ ,]+(?!xây dựng|ban hành|đề ra)[\w.&\-]+){{0,14}}?)\s+"
    r"(?:xây dựng|ban hành|triển khai|đề ra|hướng dẫn|yêu cầu|thông báo)\s+(?:thực hiện\s+)?"
    r"(?:[Kk]ế hoạch|[Hh]ướng dẫn|[Cc]hương trình|[Cc]hỉ thị|[Tt]hông báo|[Qq]uyết định|"
    r"[Pp]hương án)"
)
_KIND_OF_BODY = re.compile(
    rf"(?:CỦA|của)\s+(?P<issuer>(?!ĐỒNG CHÍ|ÔNG |BÀ )[{UPPER}]{{2,}}"
    rf"(?:,?\s+(?!VỀ\b|TẠI\b)[{UPPER}]{{2,}})*)"
)
_ACTS = re.compile(r"[,;.]\s*(?=" + _ISSUES.pattern.replace("?P<issuer>", "?:") + ")")
_STAMP = re.compile(r"(?:CÔNG VĂN|VĂN BẢN) (?:ĐẾN|ĐI)\b")  # of an office's register
_ITEM = re.compile(r"^[-–+•*]\s*")
_NO_TITLE = re.compile(
    r"[-–_*=]{2,}|\(?[Bb]an hành kèm theo|\(?Kèm theo|\((?:dự thảo|sao)|(?:[IVX]+|\d+)\s*[.\-/]",
    re.I,
)
_DECIDES = re.compile(r"(?:CHỦ TỊCH|BAN THƯỜNG VỤ|GIÁM ĐỐC|ỦY BAN NHÂN DÂN|BỘ TRƯỞNG)\b")
_HEAD_LINES = 45
_TITLE_WORDS = 80
_TITLE_LINE_WORDS = 25


def kind_of_line(line: str) -> str | None:
    """The document kind that ``line`` announces («KẾ HOẠCH», «CHỈ THỊ VỀ …» all in capitals)."""
    stripped = line.strip(" .*-–")
    if not stripped or stripped.endswith(":") or _STAMP.match(stripped):
        return None
    upper = stripped.upper()
    for kind, kind_upper in _KINDS_IN_CAPITALS:
        if upper == kind_upper and (stripped.isupper() or stripped.istitle()):
            return kind
        if stripped.startswith(f"{kind_upper} ") and mostly_upper(stripped):
            return kind
    return None


def find_header(text: str, first_section: int) -> tuple[Header, list[tuple[int, Role]]]:
    """Header of canonical ``text`` and its parts as sorted ``(start, role)``.

    ``first_section`` is the offset of the first numbered section: head and preamble stand before
    it.
    """
    lines = lines_of(text)
    tail = read_tail(lines, [kind_of_line(line.text) is not None for line in lines])
    stop = min(first_section, tail.start, *(t.start for t in tables_of(text) if t.columns))
    head = [x for x in lines[:_HEAD_LINES] if x.start < stop]
    if not head:
        head = lines[:1]
    kind_at = _kind_index(head)
    header = _identity(head, kind_at)
    header, body_from = _title(header, head, kind_at)
    preamble_end = first_section if first_section > body_from else body_from
    header = replace(
        header,
        bases=_bases(text, body_from, min(preamble_end, tail.start)),
        recipients=tuple(tail.recipients),
        authority=tail.authority,
        signer_position=tail.position,
        signer=tail.signer,
    )
    header = _issuer_from_preamble(header, text, body_from, min(preamble_end, tail.start))
    return header, _roles(header, body_from, preamble_end, tail, lines)


def tidy_number(written: str) -> str:
    """A number and sign without stray spaces: «76 -KH/ĐU» and «40 - KH/ĐU» → «76-KH/ĐU»."""
    return re.sub(r"\s*([-–/.&])\s*", lambda m: m.group(1).replace("–", "-"), written).strip()


def number_key(number: str) -> str:
    """A number for comparison: folded, without separators and leading zeros.

    >>> number_key("07-KL/ĐU") == number_key("7 - kl/du")
    True
    """
    return re.sub(r"[\W_]+", "", fold(number).lower()).lstrip("0")


def kind_of_number(number: str) -> str | None:
    """The document kind that a sign names: «244/KH-MTTQ-BTT» → «kế hoạch»."""
    for part in re.split(r"[-–/.&\d\s]+", number):
        if kind := _SIGN_KINDS.get(part.upper()):
            return kind
    return None


def _kind_index(head: Sequence[Line]) -> int | None:
    """The kind's line: the last one, since a page's own heading may repeat it before the head."""
    found = [i for i, line in enumerate(head) if kind_of_line(line.text)]
    if len(found) > 1:
        # After the first complete head another kind line belongs to an annex.
        numbered = [i for i in found if any(_number_in(x) for x in head[:i])]
        return numbered[0] if numbered else found[-1]
    return found[0] if found else None


def _number_in(line: Line) -> HeaderField | None:
    match = _NUMBER_LINE.search(line.text)
    if not match or not match.group("number"):
        return None
    before = line.text[: match.start()].strip()
    if before and not (mostly_upper(before) or fold(before).lower() == "luat"):
        return None  # another document's number, inside a sentence
    start, end = match.start("number"), match.end("sign")
    return HeaderField(tidy_number(line.text[start:end]), line.start + start, line.start + end)


def _identity(head: Sequence[Line], kind_at: int | None) -> Header:
    number = next((f for x in head if (f := _number_in(x))), None)
    place, date = _place_and_date(head)
    kind = None
    if kind_at is not None:
        line = head[kind_at]
        value = kind_of_line(line.text) or ""
        kind = HeaderField(value, line.start, line.start + len(value))
        if number is None and (match := NUMBER.search(line.text)):
            number = HeaderField(
                tidy_number(match.group()), line.start + match.start(), line.start + match.end()
            )
    elif number is not None and (value := kind_of_number(number.value) or "công văn"):
        kind = HeaderField(value, number.start, number.end)
    if number is None and (named := _named_in_headline(head)):
        number, kind = named[0], kind or named[1]
    return Header(
        number=number, kind=kind, place=place, date=date, issuer=_issuer(head, kind_at, number)
    )


def _place_and_date(head: Sequence[Line]) -> tuple[HeaderField | None, HeaderField | None]:
    """«Sơn La, ngày 17 tháng 6 năm 2022»; the date is None where the day was left blank."""
    blank = None
    for line in head:
        match = _PLACE_DATE.search(line.text) or _PLACE_SLASH.search(line.text)
        if match and (value := _iso(match)):
            if re.match(r"(?:thứ|chủ nhật)\b", match.group("place"), re.I):
                continue  # a web page's own date
            return _field(line, match, "place"), replace(_field(line, match, "date"), value=value)
        if blank is None and (match := _PLACE_BLANK.search(line.text)):
            blank = _field(line, match, "place")
    return blank, None


def _named_in_headline(head: Sequence[Line]) -> tuple[HeaderField, HeaderField] | None:
    """(number, kind) of a headline such as «Toàn văn: Chỉ thị số 9-CT/TW về …», near the top."""
    for line in head[:3]:
        match = _HEADLINE.match(line.text)
        if match and not line.text.endswith((".", ";", ",")) and len(line.text.split()) <= 45:
            number = _field(line, match, "number")
            kind = _field(line, match, "kind")
            return replace(number, value=tidy_number(number.value)), replace(
                kind, value=kind.value.lower()
            )
    return None


def _issuer(
    head: Sequence[Line], kind_at: int | None, number: HeaderField | None
) -> HeaderField | None:
    """The capital lines above the number: the issuing body last, its parent before it."""
    stop = len(head) if kind_at is None else kind_at
    block: list[Line] = []
    for line in map(_before_motto, head[:stop]):
        bare = fold(line.text).lower().strip(" *-")
        if number and line.start <= number.start < line.end:
            break
        if re.match(r"s[ốóô]\b", line.text, re.I):
            break
        if _MOTTO.search(bare) or not bare or _PLACE_DATE.search(line.text):
            continue
        if kind_of_line(line.text):
            block = []  # a page heading that repeats the title, above the real head
        elif mostly_upper(line.text) and (block or _ORGANISATION.match(line.text)):
            block.append(line)
    if not block:
        return _issuer_after_kind(head, kind_at)
    if number is None and kind_at is None:
        return None
    block = block[-4:]
    value = re.sub(r"\s+", " ", " ".join(x.text for x in block))
    return HeaderField(value, block[0].start, block[-1].end)


def _before_motto(line: Line) -> Line:
    """The left part of a line on which a converter put both columns of a letterhead, all else as
    it is."""
    motto = _STATE.search(line.text)
    left = line.text[: motto.start()].rstrip() if motto else ""
    return Line(left, line.start, line.start + len(left)) if mostly_upper(left) else line


def _issuer_after_kind(head: Sequence[Line], kind_at: int | None) -> HeaderField | None:
    """«KẾT LUẬN CỦA BỘ CHÍNH TRỊ»: the issuer of a text that was printed without its head."""
    for line in head[kind_at : kind_at + 2] if kind_at is not None else head[:1]:
        if (kind_at is not None or _HEADLINE.match(line.text)) and (
            match := _KIND_OF_BODY.search(line.text)
        ):
            return _field(line, match, "issuer")
    return None


def _title(header: Header, head: Sequence[Line], kind_at: int | None) -> tuple[Header, int]:
    """The title, the addressee, and where the head ends."""
    body_from = head[0].start
    title: list[Line] = []
    if kind_at is not None:
        body_from = head[kind_at].end
        own = head[kind_at].text
        if header.kind and len(own) > len(header.kind.value) + 2:
            title.append(head[kind_at])
        for line in head[kind_at + 1 :]:
            if not _continues_title(title, line):
                break
            title.append(line)
    else:
        subject = next((i for i, x in enumerate(head) if _SUBJECT.match(x.text)), None)
        if subject is not None:
            title.append(head[subject])
            for line in head[subject + 1 :]:
                if not _continues_title(title, line):
                    break
                title.append(line)
        elif header.number is None:
            # News and notices without a head: their first line that says something.
            title.extend(_headline(head))
        elif _HEADLINE.match(head[0].text):
            title.append(head[0])
    if title:
        body_from = max(body_from, title[-1].end)
    addressee = _addressee(head)
    if addressee is not None:
        body_from = max(body_from, addressee.end)
    for part in (header.number, header.date, header.issuer):
        if part is not None and kind_at is None:
            body_from = max(body_from, part.end)
    value = re.sub(r"\s+", " ", " ".join(x.text for x in title)).strip(" *-–")
    value = _SUBJECT.sub("", value)
    field = HeaderField(value, title[0].start, title[-1].end) if value else None
    return replace(header, title=field, addressee=addressee), body_from


def _addressee(head: Sequence[Line]) -> HeaderField | None:
    """What follows «Kính gửi:», on its line or as a list below it; items are joined by «; »."""
    for index, line in enumerate(head):
        if (match := _ADDRESSEE.match(line.text)) is None:
            continue
        own = line.text[match.end() :].strip()
        items, end = [own] if own else [], line.end
        if not own or _ITEM.match(own):
            for below in head[index + 1 :]:
                if not (_ITEM.match(below.text) or not items):
                    break
                items.append(below.text)
                end = below.end
        value = "; ".join(_ITEM.sub("", item).rstrip(" ;,.") for item in items)
        return HeaderField(value, line.start, end) if value else None
    return None


def _headline(head: Sequence[Line]) -> list[Line]:
    """The headline of a text without a head: its longest line above its first paragraph.

    A line that stands there twice is a web site's banner.
    """
    texts = [x.text for x in head]
    above: list[Line] = []
    for line in head[:6]:
        words = line.text.split()
        if len(words) > 40 or line.text.endswith((".", ":")) or _ADDRESSEE.match(line.text):
            break
        dated = re.search(r"\d{1,2}/\d{1,2}/\d{4}", line.text) and len(words) <= 8
        if len(words) >= 4 and not dated and texts.count(line.text) == 1:
            above.append(line)
    return [max(above, key=lambda x: len(x.text.split()))] if above else []


def _continues_title(title: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` is a line of the title, after the lines in ``title``."""
    text = line.text
    if _BASIS.match(text) or _ADDRESSEE.match(text) or _NUMBER_LINE.match(text):
        return False
    if _NO_TITLE.match(text) or _MOTTO.search(fold(text).lower()) or _PLACE_DATE.search(text):
        return False
    if sum(len(x.text.split()) for x in title) + len(text.split()) > _TITLE_WORDS:
        return False
    if text.endswith((":", ";")):
        return False
    if text.endswith("."):  # a title may trail off: «năm 20....»; a sentence is none
        opens = not title and (text[0].islower() or mostly_upper(text))
        return opens and len(text.split()) <= _TITLE_LINE_WORDS
    if not title:
        return True
    last = title[-1].text
    if text[0].islower() or last.endswith((",", "-", "–")):
        return True
    if mostly_upper(last):
        return mostly_upper(text) and not _DECIDES.match(text)
    return len(title) < 3 and not mostly_upper(text) and len(text.split()) <= _TITLE_LINE_WORDS


def _bases(text: str, start: int, end: int) -> tuple[HeaderField, ...]:
    """Each «Căn cứ …», «Thực hiện …» clause of the preamble, up to where the issuer acts."""
    region = text[start:end]
    fields = []
    for match in _BASIS.finditer(region):
        line_end = region.find("\n", match.start("lead"))
        clause = region[match.start("lead") : len(region) if line_end < 0 else line_end]
        action = _ACTS.search(clause)
        clause = clause[: action.start()] if action else clause
        begin = start + match.start("lead")
        for item in re.finditer(rf"(?:[^;]|;(?!\s*[{UPPER}]))+", clause):
            words = item.group().strip(" ,;.\n")
            if len(words.split()) >= 4:
                at = begin + item.start() + item.group().index(words)
                fields.append(HeaderField(words, at, at + len(words)))
    return tuple(fields)


def _issuer_from_preamble(header: Header, text: str, start: int, end: int) -> Header:
    """«… Ban Thường vụ Đảng ủy xây dựng Kế hoạch …» names the issuer of a head that does not."""
    if header.issuer is not None or header.kind is None:
        return header
    region = text[start:end]
    found = None
    for match in _ISSUES.finditer(region):
        found = match
    if found is None:
        return header
    issuer = found.group("issuer").strip(" ,")
    begin = start + found.start("issuer") + found.group("issuer").index(issuer)
    return replace(header, issuer=HeaderField(issuer, begin, begin + len(issuer)))


def _roles(
    header: Header, body_from: int, preamble_end: int, tail: Tail, lines: Sequence[Line]
) -> list[tuple[int, Role]]:
    roles: list[tuple[int, Role]] = []
    start = lines[0].start
    if header.number or header.kind or header.date:
        roles.append((start, Role.HEAD))
        after = next((x.start for x in lines if x.start >= body_from), tail.start)
        if after < min(preamble_end, tail.start):
            roles.append((after, Role.PREAMBLE))
        body = next((x.start for x in lines if x.start >= max(preamble_end, after)), None)
        if body is not None and body < tail.start:
            roles.append((body, Role.BODY))
    elif start < tail.start:
        roles.append((start, Role.BODY))
    roles.extend(tail.roles)
    roles.extend(_annex_roles(tail.end, lines))
    return roles


def _annex_roles(start: int, lines: Sequence[Line]) -> list[tuple[int, Role]]:
    """What stands below the signature: a second document with a head of its own, or an annex."""
    below = [x for x in lines if x.start >= start]
    if not below:
        return []
    if kind_of_line(below[0].text) is None:
        return [(start, Role.BODY)]
    numbered = re.compile(r"(?:[IVX]+|\d+|[A-Z]|Điều \d+|Chương [IVX\d]+)\s*[.\-–:)]")
    body = next((x.start for x in below[1:] if numbered.match(x.text)), None)
    if body is None:
        return [(start, Role.BODY)]
    return [(start, Role.HEAD), (body, Role.BODY)]


def _field(line: Line, match: re.Match[str], group: str) -> HeaderField:
    return HeaderField(
        match.group(group).strip(), line.start + match.start(group), line.start + match.end(group)
    )


def _iso(match: re.Match[str]) -> str | None:
    try:
        day = datetime.date(int(match.group("y")), int(match.group("m")), int(match.group("d")))
    except ValueError:
        return None
    return day.isoformat()
