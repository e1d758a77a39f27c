"""The end of an administrative document: «Nơi nhận», authority, position and signer. Pure.

The parts follow Nghị định 30/2020/NĐ-CP, annex I, and Hướng dẫn 36-HD/VPTW. A converter may put the
two columns that the page has side by side one after the other, in either order, line by line in
turn, or on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.lines import Line
from ingest.records import HeaderField, Role
from ingest.vietnamese import LOWER, UPPER, mostly_upper

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
    "chỉ huy phó", "đội trưởng", "tổ trưởng", "trưởng thôn", "trưởng trạm", "phó chánh thanh tra",
)  # fmt: skip
# Family names that open nearly all names (Kinh and the larger minorities), for names in capitals.
FAMILY_NAMES = (
    "NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐINH|ĐOÀN|LÂM|TRỊNH|MAI|"
    "ĐÀO|CAO|TRƯƠNG|HÀ|LƯƠNG|TẠ|TÔ|TỐNG|CHU|CHÂU|QUÁCH|THÁI|LA|LƯU|PHÙNG|VƯƠNG|TỪ|KIỀU|MẠC|TĂNG|ĐÀM|"
    "NÔNG|LÒ|VÀNG|GIÀNG|QUÀNG|CẦM|SÙNG|LƯỜNG|TÒNG|HOÀ|BẠCH|THẠCH|SƠN|KIM|NGHIÊM|KHỔNG|ÔNG|LẠI|DOÃN|VI|"
    "MA|BẾ|TRIỆU|THÂN|CÙ|CỔ|ÂU|BÀN|ĐỒNG|HỨA|LỤC|NINH|PHÍ|QUẢN|THIỀU|TIÊU|TRÀ|VIÊN|KSOR|RƠ|SIU|NIÊ"
)
_RECIPIENTS = re.compile(r"^nơi nhận\b\W*", re.I)
_AUTHORITY = re.compile(
    rf"^(?:T/M|TM\b|T\.M\b|KT\b|K/T|TL\b|T/L|TUQ\b|T/UQ|Q\.)\.?\s*(?=[{UPPER}]{{2}}|[{UPPER}]\w+(?:\s+\w+){{0,7}}$)"
)
_POSITION_WORDS = "|".join(
    sorted((p.upper().replace(" ", r"\s+") for p in POSITIONS), key=len, reverse=True)
)
_POSITION = re.compile(
    rf"(?:{_POSITION_WORDS})(?!\w)(?:\s+(?!PHÓ\b|(?:{FAMILY_NAMES})(?:\s+[{UPPER}]+){{1,4}}\s*$)"
    rf"[{UPPER}]{{2,}}(?!\w))*"
)
_WRITTEN_SMALL = re.compile(rf"(?:{_POSITION_WORDS})(?:\s+\w+){{0,4}}", re.I)
_WORD = rf"[{UPPER}](?:['’][{UPPER}]?)?[{LOWER}]{{0,7}}"
_NAME = re.compile(rf"(?:{_WORD}[\s-]+){{1,4}}{_WORD}(?!\w)")
_NAME_IN_CAPITALS = re.compile(rf"(?:{FAMILY_NAMES})(?:\s+[{UPPER}]{{1,7}}){{1,4}}")
_RANKS = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng|úy)|(?:PGS|GS|TS|ThS|BS|CN|KS)\b[.,]?|Ông|Bà)\s*",
    re.I,
)
_STAMP = re.compile(r"\W*(?:đã\s+k[ýí]|k[ýí] tên|k[ýí] thay)\b.{0,40}$", re.I)
_INSTEAD = re.compile(r"(?:KT\.?|K/T|TL\.?|T/L\.?|TUQ\.?)\s*$")
_BULLET = re.compile(r"[-–+•*]\s*")
_KEPT = re.compile(r"lưu\b", re.I)
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|MẪU|Mẫu|DANH SÁCH|ĐỀ CƯƠNG|BẢNG|LỊCH)\b"
    r"|\[\d{1,2}\]\s*\S|\(\d{1,2}\)\s+\S"
)
_LONG_LINE = 30  # words; more is no part of a signature or of its recipients


@dataclass
class Tail:
    """What the end of a document tells, and the roles of its parts."""

    start: int
    end: int  # where an annex begins, or the text ends
    recipients: list[HeaderField] = field(default_factory=list)
    authority: HeaderField | None = None
    position: HeaderField | None = None
    signer: HeaderField | None = None
    roles: list[tuple[int, Role]] = field(default_factory=list)


def is_signature_line(line: str) -> bool:
    """True for «T/M BAN THƯỜNG VỤ», «KT. CHỦ TỊCH», «PHÓ BÍ THƯ»."""
    text = line.strip(" *")
    if _AUTHORITY.match(text):
        return True
    return (
        bool(_POSITION.match(text))
        and len(text.split()) <= 12
        and mostly_upper(" ".join(text.split()[:2]))
    )


def read_tail(lines: Sequence[Line], opens_document: Sequence[bool]) -> Tail:
    """Recipients and signature of the first document among ``lines``.

    ``opens_document`` says of each line whether it announces a document («KẾ HOẠCH»): one below
    the signature is an annex's.
    """
    start = _tail_start(lines)
    tail = Tail(start, lines[-1].end + 1)
    if start == tail.end:
        return tail
    signature_start = _read(tail, lines, opens_document)
    block = [x for x in lines if start <= x.start < tail.end]
    listed = bool(_RECIPIENTS.match(block[0].text)) or bool(tail.recipients)
    tail.roles.append((start, Role.RECIPIENTS if listed else Role.SIGNATURE))
    # Columns that alternate line by line can't be told apart by where they start.
    apart = all(f.start < (signature_start or 0) for f in tail.recipients)
    if listed and signature_start and apart and any(x.start == signature_start for x in block[1:]):
        tail.roles.append((signature_start, Role.SIGNATURE))
    return tail


def _tail_start(lines: Sequence[Line]) -> int:
    """Offset of «Nơi nhận» or of the signature, whichever is first; the text's end if none."""
    for index, line in enumerate(lines):
        if index > 2 and _RECIPIENTS.match(line.text) and len(line.text.split()) <= 12:
            return line.start
        after_head = index > 8 and index > len(lines) * 0.3
        if after_head and _AUTHORITY.match(line.text.strip(" *")):
            return line.start
    for line in lines[-6:]:
        if len(lines) > 10 and is_signature_line(line.text):
            return line.start
    return lines[-1].end + 1


def _read(tail: Tail, lines: Sequence[Line], opens_document: Sequence[bool]) -> int | None:
    """Fill ``tail`` line by line; the offset of the signature, or None."""
    signature_start: int | None = None
    listing = False  # below «Nơi nhận», or among bullets before the signature is complete
    complete = False  # with «Lưu: VT.», which Nghị định 30/2020/NĐ-CP puts last
    for line, opens in zip(lines, opens_document, strict=True):
        if line.start < tail.start:
            continue
        if line.start > tail.start and (opens or _is_annex(line, tail)):
            tail.end = line.start
            break
        for offset, text in _pieces(line):
            if match := _RECIPIENTS.match(text):
                listing = True
                rest = text[match.end() :]
                if not is_signature_line(rest):
                    continue
                offset, text = offset + match.end(), rest
            if _STAMP.fullmatch(text):
                continue
            if _sign(tail, offset, text):
                signature_start = offset if signature_start is None else signature_start
                continue
            bullet = _BULLET.match(text) is not None
            done = tail.signer is not None and not (listing and signature_start == tail.start)
            goes_on = text[:1].islower() and bool(tail.recipients)
            if (listing or bullet) and not done and (bullet or goes_on or not complete):
                tail.recipients = _with_recipient(tail.recipients, text, offset, bullet)
                kept = tail.recipients and _KEPT.match(tail.recipients[-1].value)
                complete = bool(kept) and not text.endswith(",")
    return signature_start


def _is_annex(line: Line, tail: Tail) -> bool:
    if tail.signer is None:
        return re.match(r"(?:PHỤ LỤC|Phụ lục)\b", line.text) is not None
    return _ANNEX.match(line.text) is not None or len(line.text.split()) > _LONG_LINE


def _pieces(line: Line) -> list[tuple[int, str]]:
    """The line, cut where a signature's words follow a recipient on it."""
    text = line.text.strip(" *")
    offset = line.start + line.text.index(text) if text else line.start
    if _BULLET.match(text):
        for cut in re.finditer(r"[,;.]\s+", text):
            rest = text[cut.end() :]
            if is_signature_line(rest):
                return [(offset, text[: cut.start()]), (offset + cut.end(), rest)]
    return [(offset, text)]


def _sign(tail: Tail, offset: int, text: str) -> bool:
    """Take authority, position or signer from a line; False when it holds none of them."""
    has_authority = _AUTHORITY.match(text) is not None
    if has_authority or (tail.signer is None and is_signature_line(text)):
        authority, position, signer = _parts(text, offset, has_authority)
        tail.authority = tail.authority or authority
        tail.position = position or tail.position
        tail.signer = tail.signer or signer
        return True
    begun = tail.authority is not None or tail.position is not None
    if not begun or tail.signer is not None or _BULLET.match(text):
        return False
    if tail.position is None and _WRITTEN_SMALL.fullmatch(text):
        tail.position = HeaderField(text, offset, offset + len(text))
        return True
    bare = _without_rank(text)
    if _NAME.fullmatch(bare) or _NAME_IN_CAPITALS.fullmatch(bare):
        begin = offset + len(text) - len(bare)
        tail.signer = HeaderField(bare, begin, begin + len(bare))
        return True
    return False


def _without_rank(text: str) -> str:
    """A signer's name without «Đại tá», «TS.», «PGS. TS.»."""
    while (shorter := _RANKS.sub("", text)) != text:
        text = shorter
    return text


def _parts(
    text: str, offset: int, has_authority: bool
) -> tuple[HeaderField | None, HeaderField | None, HeaderField | None]:
    """Authority, position and signer on one line, each None when it is not there.

    «TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Tống Văn A» holds all three.
    """
    upper = re.match(rf"(?:[^{LOWER}\s]+(?:\s+|$))+", text)
    capitals = upper.group() if upper else ""
    if has_authority and len(capitals.split()) < 2:  # «TM. Ban Chấp hành»
        return HeaderField(text, offset, offset + len(text)), None, None
    signer = None
    bare = _without_rank(text[len(capitals) :])
    if match := _NAME.match(bare):
        begin = offset + len(text) - len(bare)
        signer = HeaderField(match.group(), begin, begin + match.end())
    found = list(_POSITION.finditer(capitals))
    if found and signer is None:
        last = capitals[found[-1].end() :]
        if match := _NAME_IN_CAPITALS.fullmatch(last.strip()):
            begin = offset + found[-1].end() + last.index(match.group())
            signer = HeaderField(match.group(), begin, begin + len(match.group()))
    # «KT. CHỦ TỊCH» names whose place is taken; the signer's own position comes after it.
    own = [m for m in found if not _INSTEAD.search(capitals[: m.start()])]
    position = None
    if own:
        words = own[-1].group().strip()
        begin = offset + own[-1].start()
        position = HeaderField(words, begin, begin + len(words))
    authority = None
    if has_authority:
        words = (capitals[: own[-1].start()] if own else capitals).strip()
        if words:
            authority = HeaderField(words, offset, offset + len(words))
    return authority, position, signer


def _with_recipient(
    before: list[HeaderField], text: str, offset: int, bullet: bool
) -> list[HeaderField]:
    """The recipients with that of a line; one without a bullet goes on the recipient before it."""
    stripped = text.rstrip(" ,;.")
    if not any(c.isalnum() for c in stripped):
        return before
    if bullet or not before or not text[:1].islower():
        lead = _BULLET.match(stripped)
        begin = lead.end() if lead else 0
        return [*before, HeaderField(stripped[begin:], offset + begin, offset + len(stripped))]
    last = before[-1]
    return [
        *before[:-1],
        HeaderField(f"{last.value} {stripped}", last.start, offset + len(stripped)),
    ]
