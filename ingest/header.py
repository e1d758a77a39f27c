"""Header metadata of an administrative document and the parts that hold it. Pure.

The parts and their order are those of Nghị định 30/2020/NĐ-CP, annex I (State bodies) and Hướng dẫn
36-HD/VPTW (Party bodies): issuer, number and sign, place and date, kind, title, bases, recipients,
authority («T/M», «TM.», «KT.»), position, signer. Real files miss some, repeat some, and put several
on one line, so each is looked for on its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, lines_of
from ingest.records import Header, HeaderField, Role
from ingest.vietnamese import LOWER, UPPER, fold

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
    "QC": "quy chế", "ĐA": "đề án", "CĐ": "công điện", "QĐI": "quy định",
}  # fmt: skip
_KINDS_BY_LENGTH = sorted(KINDS, key=len, reverse=True)
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\W+tu do|^dang cong san viet nam\W*$")
_SIGN_PART = rf"(?:\d{{4}}|[{UPPER}]\w*)"
_SIGN = rf"[-–/]\s*{_SIGN_PART}(?:\s*[-–/&.]\s*{_SIGN_PART})*"
_NUMBER_LINE = re.compile(rf"(?:^|\s)[Ss][Ốốóo]\s*[:.]?\s*(?P<number>\d{{1,5}}[a-zA-Z]?)?\s*(?P<sign>{_SIGN})")
NUMBER = re.compile(rf"(?<!\w)\d{{1,5}}[a-z]?\s*{_SIGN}")
_HEADLINE = re.compile(
    r"(?:toàn văn\s*:?\s*)?(?P<kind>" + "|".join(_KINDS_BY_LENGTH) + r")\s+(?:số\s*:?\s*)?(?P<number>"
    rf"\d{{1,5}}[a-z]?\s*[-–/](?:\s*[-–/&.]?\s*[^\W\d_]\w*)+?)(?=\s|$)",
    re.I,
)
_PLACE_DATE = re.compile(
    r"(?P<place>[A-ZĐ][^,;:|\n]{1,40}?),\s*(?P<date>ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})\s*"
    r"năm\s*(?P<y>\d{4}))"
)
_PLACE_SLASH = re.compile(
    r"^(?P<place>[A-ZĐ][^\d,;:|]{1,40}?),\s*(?P<date>(?:ngày\s*)?(?P<d>\d{1,2})[/\-.](?P<m>\d{1,2})[/\-.]"
    r"(?P<y>\d{4}))\W*$"
)
_SUBJECT = re.compile(r"^(?:V/v|Về việc|v/v)\W*", re.I)
_ADDRESSEE = re.compile(r"^kính g(?:ử|ở)i\s*:?", re.I)
_RECIPIENTS = re.compile(r"^nơi nhận\b\W*", re.I)
_AUTHORITY = re.compile(
    rf"^(?:T/M|TM\b|T\.M\b|KT\b|K/T|TL\b|T/L|TUQ\b|T/UQ|Q\.)\.?\s*(?=[{UPPER}]{{2}})"
)
_ORGANISATION = re.compile(
    r"(?:ỦY BAN|UBND|HĐND|HỘI ĐỒNG|ĐẢNG|HUYỆN ỦY|TỈNH ỦY|THÀNH ỦY|QUẬN ỦY|THỊ ỦY|BAN|SỞ|BỘ|LIÊN ĐOÀN|"
    r"CÔNG ĐOÀN|TỔNG|TRƯỜNG|PHÒNG|HỘI|ĐOÀN|MẶT TRẬN|MTTQ|VĂN PHÒNG|CHI BỘ|CHI CỤC|CỤC|CÔNG TY|TRUNG TÂM|"
    r"VIỆN|BỆNH VIỆN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|XÃ|PHƯỜNG|TỈNH|HUYỆN|QUẬN|THÀNH PHỐ|CÔNG AN|TÒA ÁN|ĐÀI|"
    r"BÁO|NGÂN HÀNG|TẬP ĐOÀN|HỌC VIỆN|ĐẠI HỌC|TIỂU BAN|KHỐI|THANH TRA|QUÂN|BẢO HIỂM|KHO BẠC)\b"
)
_BASIS = re.compile(
    r"(?:^|\n[ ]*|[;.]\s+)(?:[-–+*]\s*)?(?P<lead>Căn cứ|Thực hiện|Theo (?:đề nghị|tinh thần|chỉ đạo|Công văn|Kế hoạch|"
    r"Quyết định|Nghị quyết|Hướng dẫn|Chỉ thị)|Trên cơ sở|Xét (?:đề nghị|Tờ trình)|Tiếp tục thực hiện|"
    r"Triển khai thực hiện)\b"
)
_ISSUES = re.compile(
    r"(?P<issuer>(?:[A-ZĐỦ][\w.&\-]*)(?:[ ,]+(?!xây dựng|ban hành|đề ra)[\w.&\-]+){0,14}?)\s+"
    r"(?:xây dựng|ban hành|triển khai|đề ra|hướng dẫn|yêu cầu|thông báo)\s+(?:thực hiện\s+)?(?:[Kk]ế hoạch|[Hh]ướng dẫn|"
    r"[Cc]hương trình|[Cc]hỉ thị|[Tt]hông báo|[Qq]uyết định|[Pp]hương án)"
)
_ACTS = re.compile(r"[,;.]\s*(?=" + _ISSUES.pattern.replace("?P<issuer>", "?:") + ")")
POSITIONS = (
    "tổng bí thư", "phó bí thư thường trực", "phó bí thư", "bí thư", "phó chủ tịch thường trực",
    "phó chủ tịch", "chủ tịch", "phó giám đốc", "giám đốc", "phó tổng giám đốc", "tổng giám đốc",
    "phó trưởng ban thường trực", "phó trưởng ban", "trưởng ban", "phó chánh văn phòng",
    "chánh văn phòng", "phó hiệu trưởng", "hiệu trưởng", "phó trưởng phòng", "trưởng phòng",
    "thứ trưởng", "bộ trưởng", "phó thủ tướng", "thủ tướng", "ủy viên thường vụ", "ủy viên",
    "thường trực ban bí thư", "phó chủ nhiệm", "chủ nhiệm", "tổng thư ký", "phó cục trưởng",
    "cục trưởng", "phó vụ trưởng", "vụ trưởng", "chi cục trưởng", "phó viện trưởng", "viện trưởng",
    "phó tổng biên tập", "tổng biên tập", "chỉ huy trưởng", "chính trị viên", "trưởng công an",
    "phó trưởng đoàn", "trưởng đoàn", "chánh thanh tra", "chánh án", "kế toán trưởng",
)  # fmt: skip
_POSITION = re.compile(
    "(?:"
    + "|".join(sorted((p.upper().replace(" ", r"\s+") for p in POSITIONS), key=len, reverse=True))
    + rf")(?!\w)(?:\s+(?!PHÓ\b)[{UPPER}]{{2,}})*"
)
_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}]{{0,6}}\s+){{1,4}}[{UPPER}][{LOWER}]{{0,6}}(?!\w)")
_RANKS = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng|úy)|TS\.?|ThS\.?|PGS\.?|GS\.?|BS\.?|Ông|Bà)\s+", re.I
)
_HEAD_LINES = 45
_TITLE_WORDS = 80


def kind_of_line(line: str) -> str | None:
    """The document kind that ``line`` announces («KẾ HOẠCH», «CHỈ THỊ VỀ …» all in capitals)."""
    stripped = line.strip(" .*-–")
    if not stripped or stripped.endswith(":"):
        return None
    for kind in _KINDS_BY_LENGTH:
        upper = kind.upper()
        if stripped.upper() == upper and (stripped.isupper() or stripped.istitle()):
            return kind
        if stripped.startswith(upper) and len(stripped) > len(upper):
            follows = stripped[len(upper)]
            if (follows in " \t" and _mostly_upper(stripped)) or follows in "\n":
                return kind
    return None


def _mostly_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) / len(letters) > 0.85


def find_header(text: str, first_section: int) -> tuple[Header, list[tuple[int, Role]]]:
    """Header of canonical ``text`` and its parts as sorted ``(start, role)``.

    ``first_section`` is the offset of the first numbered section: head and preamble stand before it.
    """
    lines = lines_of(text)
    tail = _find_tail(lines)
    head = [x for x in lines[:_HEAD_LINES] if x.start < first_section and x.start < tail[0]]
    if not head:
        head = lines[:1]
    kind_at = _kind_index(head)
    header = _identity(head, kind_at)
    header, body_from = _title(header, head, kind_at)
    preamble_end = first_section if first_section > body_from else body_from
    header = replace(header, bases=_bases(text, body_from, min(preamble_end, tail[0])))
    header = _issuer_from_preamble(header, text, body_from, min(preamble_end, tail[0]))
    header, tail_roles = _tail(header, lines, tail)
    roles = _roles(header, body_from, preamble_end, tail, tail_roles, lines)
    return header, roles


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
    if before and not (_mostly_upper(before) or fold(before).lower() == "luat"):
        return None  # another document's number, inside a sentence
    start, end = match.start("number"), match.end("sign")
    return HeaderField(tidy_number(line.text[start:end]), line.start + start, line.start + end)


def _identity(head: Sequence[Line], kind_at: int | None) -> Header:
    number = next((f for x in head if (f := _number_in(x))), None)
    place = date = None
    for line in head:
        match = _PLACE_DATE.search(line.text) or _PLACE_SLASH.search(line.text)
        if match and (value := _iso(match)):
            if re.match(r"(?:thứ|chủ nhật)\b", match.group("place"), re.I):
                continue  # a web page's own date
            place = _field(line, match, "place")
            date = replace(_field(line, match, "date"), value=value)
            break
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
    for line in head[:stop]:
        bare = fold(line.text).lower().strip(" *-")
        if number and line.start <= number.start < line.end or re.match(r"s[ốóô]\b", line.text, re.I):
            break
        if _MOTTO.search(bare) or not bare or _PLACE_DATE.search(line.text):
            continue
        if kind_of_line(line.text):
            block = []  # a page heading that repeats the title, above the real head
        elif _mostly_upper(line.text) and (block or _ORGANISATION.match(line.text)):
            block.append(line)
    if not block or (number is None and kind_at is None):
        return None
    block = block[-4:]
    value = re.sub(r"\s+", " ", " ".join(x.text for x in block))
    return HeaderField(value, block[0].start, block[-1].end)


def _title(header: Header, head: Sequence[Line], kind_at: int | None) -> tuple[Header, int]:
    """The title, the addressee, and where the head ends."""
    addressee = None
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
            title.extend([x for x in head[:4] if _is_headline(x.text)][:1])
        elif _HEADLINE.match(head[0].text):
            title.append(head[0])
    if title:
        body_from = max(body_from, title[-1].end)
    for line in head:
        if _ADDRESSEE.match(line.text):
            addressee = HeaderField(_ADDRESSEE.sub("", line.text).strip(), line.start, line.end)
            body_from = max(body_from, line.end)
    for part in (header.number, header.date, header.issuer):
        if part is not None and kind_at is None:
            body_from = max(body_from, part.end)
    value = re.sub(r"\s+", " ", " ".join(x.text for x in title)).strip(" *-–")
    value = _SUBJECT.sub("", value)
    field = HeaderField(value, title[0].start, title[-1].end) if value else None
    return replace(header, title=field, addressee=addressee), body_from


def _is_headline(text: str) -> bool:
    return 4 <= len(text.split()) <= 40 and not re.match(r"[\d/:.,\s\-]+$", text)


def _continues_title(title: Sequence[Line], line: Line) -> bool:
    text = line.text
    if _BASIS.match(text) or _ADDRESSEE.match(text) or _NUMBER_LINE.match(text):
        return False
    if re.match(r"[-–_*=]{2,}|\(?[Bb]an hành kèm theo|\(?Kèm theo", text) or _MOTTO.search(fold(text).lower()):
        return False
    if _PLACE_DATE.search(text) or re.match(r"(?:[IVX]+|\d+)\s*[.\-/]", text):
        return False
    if sum(len(x.text.split()) for x in title) + len(text.split()) > _TITLE_WORDS:
        return False
    if text.endswith((".", ":", ";")):
        return False
    if not title:
        return True
    last = title[-1].text
    if text[0].islower() or last.endswith((",", "-", "–")):
        return True
    both_upper = _mostly_upper(last) and _mostly_upper(text)
    if both_upper:
        return not re.match(r"(?:CHỦ TỊCH|BAN THƯỜNG VỤ|GIÁM ĐỐC|ỦY BAN NHÂN DÂN|BỘ TRƯỞNG)\b", text)
    return len(title) < 3 and not _mostly_upper(text) and len(text.split()) <= 25 and not _mostly_upper(last)


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


def is_signature_line(line: str) -> bool:
    """True for «T/M BAN THƯỜNG VỤ», «KT. CHỦ TỊCH», «PHÓ BÍ THƯ»."""
    text = line.strip(" *")
    return bool(_AUTHORITY.match(text)) or (
        bool(_POSITION.match(text)) and len(text.split()) <= 12 and _starts_upper(text)
    )


def _starts_upper(text: str) -> bool:
    return _mostly_upper(" ".join(text.split()[:2]))


def _find_tail(lines: Sequence[Line]) -> tuple[int, int]:
    """(start of «Nơi nhận» or of the signature, start of an annex after it); ends of text if none."""
    end = lines[-1].end + 1
    start = end
    for index, line in enumerate(lines):
        if _RECIPIENTS.match(line.text) and len(line.text.split()) <= 12:
            start = line.start
            break
        after_head = index > 8 and index > len(lines) * 0.3
        if after_head and _AUTHORITY.match(line.text.strip(" *")) and index >= 3:
            start = line.start
            break
    if start == end:
        for line in lines[-6:]:
            if len(lines) > 10 and is_signature_line(line.text):
                start = line.start
                break
    annex = end
    for line in lines:
        if line.start > start and (
            kind_of_line(line.text) or re.match(r"(?:PHỤ LỤC|Phụ lục)\b", line.text)
        ):
            annex = line.start
            break
    return start, annex


def _tail(
    header: Header, lines: Sequence[Line], tail: tuple[int, int]
) -> tuple[Header, list[tuple[int, Role]]]:
    block = [x for x in lines if tail[0] <= x.start < tail[1]]
    recipients: list[HeaderField] = []
    authority = position = signer = None
    signature_start: int | None = None
    for line in block:
        text = line.text.strip(" *")
        offset = line.start + line.text.index(text) if text else line.start
        if match := _RECIPIENTS.match(text):
            rest = text[match.end() :]
            if rest and is_signature_line(rest):
                offset, text = offset + match.end(), rest
            else:
                continue
        matched_authority = _AUTHORITY.match(text)
        if matched_authority or (position is None and is_signature_line(text)):
            signature_start = offset if signature_start is None else signature_start
            a, p, s = _signature_line(text, offset, bool(matched_authority))
            authority, position, signer = authority or a, p or position, signer or s
            continue
        if position and is_signature_line(text):
            _, p, s = _signature_line(text, offset, False)
            position, signer = p or position, signer or s
            continue
        bullet = re.match(r"[-–+•*]\s*", text)
        if signature_start is not None and signer is None and not bullet:
            bare = _RANKS.sub("", text)
            if _NAME.fullmatch(bare):
                begin = offset + len(text) - len(bare)
                signer = HeaderField(bare, begin, begin + len(bare))
                continue
        if signer is None or bullet and position is None:
            recipients.extend(_recipients(text, offset, recipients, bool(bullet)))
    header = replace(
        header,
        recipients=tuple(recipients),
        authority=authority,
        signer_position=position,
        signer=signer,
    )
    roles: list[tuple[int, Role]] = []
    if block:
        has_list = bool(_RECIPIENTS.match(block[0].text)) or bool(recipients)
        roles.append((block[0].start, Role.RECIPIENTS if has_list else Role.SIGNATURE))
        later = [x for x in block if x.start > block[0].start and signature_start == x.start]
        bullets_after = signature_start is not None and any(
            f.start > signature_start for f in recipients
        )
        if has_list and later and not bullets_after:
            roles.append((later[0].start, Role.SIGNATURE))
    return header, roles


def _recipients(
    text: str, offset: int, before: list[HeaderField], bullet: bool
) -> list[HeaderField]:
    """The recipients on a line; a line without a bullet goes on the recipient before it."""
    stripped = text.rstrip(" ,;.")
    if not stripped:
        return []
    lead = re.match(r"[-–+•*]?\s*", stripped)
    begin = lead.end() if lead else 0
    if not bullet and before and text[:1].islower():
        last = before.pop()
        return [HeaderField(f"{last.value} {stripped}", last.start, offset + len(stripped))]
    if not bullet and not before:
        return []
    return [HeaderField(stripped[begin:], offset + begin, offset + len(stripped))]


def _signature_line(
    text: str, offset: int, has_authority: bool
) -> tuple[HeaderField | None, HeaderField | None, HeaderField | None]:
    """Authority, position and signer on one line, each None when it is not there.

    «TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Tống Văn A» holds all three.
    """
    upper = re.match(rf"(?:[^{LOWER}\s]+(?:\s+|$))+", text)
    capitals = upper.group() if upper else ""
    signer = None
    rest = text[len(capitals) :]
    bare = _RANKS.sub("", rest)
    if match := _NAME.match(bare):
        begin = offset + len(text) - len(bare)
        signer = HeaderField(match.group(), begin, begin + match.end())
    found = list(_POSITION.finditer(capitals))
    # «KT. CHỦ TỊCH» names whose place is taken; the signer's own position comes after it.
    own = [m for m in found if not re.search(r"(?:KT\.?|K/T|TL\.?|TUQ\.?)\s*$", capitals[: m.start()])]
    position = None
    if own:
        m = own[-1]
        position = HeaderField(m.group().strip(), offset + m.start(), offset + m.start() + len(m.group().strip()))
    authority = None
    if has_authority:
        words = capitals[: own[-1].start()] if own else capitals
        words = words.strip()
        if words:
            authority = HeaderField(words, offset, offset + len(words))
    return authority, position, signer


def _roles(
    header: Header,
    body_from: int,
    preamble_end: int,
    tail: tuple[int, int],
    tail_roles: list[tuple[int, Role]],
    lines: Sequence[Line],
) -> list[tuple[int, Role]]:
    roles: list[tuple[int, Role]] = []
    known = header.number or header.kind or header.date
    start = lines[0].start
    if known:
        roles.append((start, Role.HEAD))
        after = next((x.start for x in lines if x.start >= body_from), tail[0])
        if after < min(preamble_end, tail[0]):
            roles.append((after, Role.PREAMBLE))
        body = next((x.start for x in lines if x.start >= max(preamble_end, after)), None)
        if body is not None and body < tail[0]:
            roles.append((body, Role.BODY))
    else:
        roles.append((start, Role.BODY))
    roles.extend(tail_roles)
    if tail[1] <= lines[-1].end:
        roles.append((tail[1], Role.HEAD if kind_of_line_at(lines, tail[1]) else Role.BODY))
        after = [x for x in lines if x.start > tail[1]]
        body = next((x.start for x in after if re.match(r"(?:[IVX]+|\d+|[A-Z])\s*[.\-]", x.text)), None)
        if body is not None:
            roles.append((body, Role.BODY))
    return roles


def kind_of_line_at(lines: Sequence[Line], start: int) -> str | None:
    """The kind announced by the line that starts at ``start``."""
    return next((kind_of_line(x.text) for x in lines if x.start == start), None)


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
