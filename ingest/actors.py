"""Who has to do what a sentence says: bodies and offices as official documents name them. Pure.

In the genre the actor stands, in this order of nearness: before a colon («Các chi bộ, đơn vị:
Báo cáo…»), after a field name («Cơ quan chủ trì: Sở…»), after a verb of assigning («Giao Sở… chủ
trì»), as the subject before the first verb of duty, or in the heading above.
"""

from __future__ import annotations

import itertools
import re

from ingest.markers import BULLET_RANK, marker_of
from ingest.records import SourceDocument
from ingest.vietnamese import UPPER

_U = f"[{UPPER}]"
# What a body's name begins with. Words that also begin other things («hội nghị», «phòng, chống»,
# «bộ tài liệu») count only where what follows makes a body of them.
_BODY = (
    r"(?i:ủy ban|ubnd|ubmttq|ubkt|hđnd|hội đồng|đảng ủy|đảng bộ|đảng đoàn|chi bộ|chi ủy|cấp ủy|"
    r"huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị ủy|quân ủy|ban cán sự|thường trực|"
    r"thường vụ|bí thư|phó bí thư|chủ tịch|"
    r"phó chủ tịch|tổ chức (?:đảng|chính trị|cơ sở đảng|công đoàn)|chính quyền|"
    r"văn phòng|viện(?: kiểm sát)?|tòa án|trung tâm|trạm y tế|bệnh viện|nhà trường|nhà văn hóa|"
    r"(?:tỉnh|thành|huyện|quận|thị|xã|phường|trung ương) đoàn(?! (?:kết|kiểm|giám|thể|viên))|"
    r"liên đoàn|công đoàn|cđcs|lđlđ|mặt trận|mttq|công an|quân sự|bộ đội|biên phòng|cơ quan|"
    r"đơn vị|địa phương|doanh nghiệp|chi cục|cục|tổng cục|thanh tra|ngân hàng|kho bạc|bảo hiểm|"
    r"tiểu ban|hợp tác xã|bưu điện|điện lực|giám đốc|phó giám đốc|hiệu trưởng|phó hiệu trưởng|"
    r"thủ trưởng|người đứng đầu|trưởng (?:ban|phòng|khoa|thôn|ấp|khóm|xóm|tiểu ban|đoàn|công an)|"
    r"chánh văn phòng|giáo viên|tổng phụ trách|tổ trưởng|tổ phó|kế toán|văn thư|thủ quỹ|"
    r"chi hội|chi đoàn|liên đội|chi đội|ban quản lý|ban giám hiệu|ban tổ chức|ban chỉ đạo|"
    r"ban thường vụ|ban chấp hành|ban tuyên giáo|ban dân vận|ban nội chính|ban kiểm tra|"
    r"ban tuyên truyền|ban thư ký|ban giám khảo|ban công tác|ban vận động|ban nhân dân|ban bầu cử|"
    r"ban đại diện|ban lãnh đạo|ban giám sát|ban thanh tra|ban quân sự|ban an ninh|"
    r"công chức|cán bộ|đảng viên|đoàn viên|hội viên|viên chức|học sinh|sinh viên|thí sinh|tác giả|"
    r"công dân|nhân viên|thư viện|học viện|tạp chí|cổng thông tin|bảo vệ(?=:)|y tế(?= (?:xã|phường|"
    r"trường|thôn))|"
    r"phụ huynh|hộ (?:gia đình|dân|kinh doanh)|đồng chí|đ/c|ông|bà|thầy(?= )|cô(?= (?:giáo|"
    r"[A-ZĐ]))|"
    r"bộ phận|phòng (?:giáo dục|gd|nội vụ|tài chính|tư pháp|văn hóa|vh|lao động|tài nguyên|y tế|"
    r"kinh tế|nông nghiệp|thanh tra|xây dựng|chuyên môn|ban)|các phòng|các ban|các sở|các hội|"
    r"các đoàn thể|đoàn thể|ban ngành|sở[, ]+ban|sở[, ]+ngành|"
    r"đoàn (?:thanh niên|tncs|phường|xã|thị trấn|trường|khối|công tác|kiểm tra|giám sát)|"
    r"hội (?:nông dân|phụ nữ|liên hiệp|lhpn|cựu|ccb|chữ thập|khuyến|người|luật|nhà báo|sinh viên|"
    r"đồng|làm vườn|nạn nhân|doanh)|đội (?:thiếu niên|ngũ|tuyên truyền|thuế|quản lý|cảnh sát|"
    r"thanh niên|dân phòng|xung kích)|trường (?:học|mầm non|mẫu giáo|tiểu học|thcs|thpt|trung học|"
    r"đại học|cao đẳng|chính trị|th\b|mn\b|dạy)|các trường|đài (?:truyền|phát|pt)|"
    r"tổ (?:dân phố|nhân dân|công tác|công đoàn|chuyên môn|giúp việc|kiểm|biên tập|công nghệ|"
    r"khuyến|hòa giải|thư ký|văn phòng|tự quản|tiết kiệm|truyền thông|bảo vệ|y tế|trưởng)|"
    r"khu phố|khu dân cư|thôn(?! tin)|ấp|khóm|xóm|buôn|bản(?= [^\W\d_]+,)|"
    r"(?:xã|phường|huyện|tỉnh|quận)(?=, (?:phường|xã|thị trấn|đặc khu|huyện|thành phố))|"
    r"đại biểu|nhân dân|báo cáo viên|tuyên truyền viên|cộng tác viên|lực lượng|"
    r"nhóm|lớp|khoa|khối|công ty|tổng công ty|tập đoàn|nhà (?:xuất bản|thầu|đầu tư|thiếu nhi))"
    rf"|(?:Bộ|Sở|Ban|Phòng|Hội|Đoàn|Đội|Đài|Báo|Tổ|Trường|Viện|Khoa|Cụm|Kho|Hạt|Trạm)(?= {_U})"
    r"|(?:Bộ|Sở|Ban|Phòng|Hội|Đoàn|BTG|BTV|BCH|BCĐ|BTC|BGH|ĐTN|HND|HPN|CCB|LHPN|UBMT|VP|CQ)\b"
)
_MANY = r"(?i:(?:tất cả |toàn bộ |toàn thể )?(?:các|những|mỗi|từng|toàn thể|toàn bộ)\s+)?"
_NOT_BODY = (
    r"(?!(?i:hội nghị|hội thảo|hội thi|hội trường|hội diễn|ban hành|bộ tài liệu|đoàn kết|"
    r"nhóm nhiệm vụ|lớp tập huấn|khối lượng|ông nghệ|"
    r"đơn vị tính|lực lượng sản xuất|phòng,? (?:chống|ngừa|cháy|bệnh|dịch)|báo cáo|ấp ủ))"
)
_IS_BODY = re.compile(rf"{_NOT_BODY}{_MANY}(?:{_BODY})(?!\w)")
_PLAIN_MANY = re.compile(  # «các», «mỗi» and a noun: a body only as the subject of a duty
    r"(?i:(?:các|mỗi|từng|toàn thể)\s+)(?i:đối tượng|tổ chức|ngành|cấp|bên|thành viên|đội|tổ|"
    r"ủy viên|đại lý|cơ sở|"
    r"chủ đầu tư|hộ|gia đình|cá nhân|tập thể|đồng chí|đoàn|em|thầy|bộ|chủ|phường|xã|huyện|tỉnh|"
    r"thị trấn|thị xã|quận|thành phố|chợ|bản|địa bàn)(?!\w)"
)

DUTY_WORDS = (
    r"chủ trì|phối hợp|tham mưu|báo cáo(?! viên)|gửi|nộp|tổ chức(?! (?:đảng|chính trị|đoàn|cơ sở|"
    r"hội(?! (?:nghị|thảo|thi|diễn|trại))|xã hội|công đoàn|trực thuộc|liên quan|thành viên)|,)|"
    r"xây dựng|triển khai|thực hiện|chỉ đạo|hướng dẫn|theo dõi|đôn đốc|kiểm tra|tổng hợp|ban hành|"
    r"hoàn thành|hoàn thiện|hoàn tất|tiến hành|bảo đảm|đảm bảo|tăng cường|chủ động|phân công|"
    r"chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|rà soát|cử|(?<!công )lập|dự trù|làm đầu mối|"
    r"là đầu mối|làm cơ quan|là cơ quan|là đơn vị|trình|phê duyệt|công bố|cập nhật|"
    r"đăng ký|tham gia|được giao|sẽ|phải|cần|tiếp tục|tập trung|căn cứ|tổng kết|sơ kết|đánh giá|"
    r"nghiên cứu|quán triệt|tuyên truyền(?! viên)|phổ biến|phát động|ra quân|ra mắt|thành lập|"
    r"kiện toàn|bố trí|cấp phát|chuẩn bị|chuyển(?! đổi)|tiếp nhận|thẩm định|giám sát|khảo sát|"
    r"lựa chọn|"
    r"đề xuất|giải quyết|xử lý|khắc phục|hưởng ứng|vận động|treo|viết|phát hành|thông báo|mời|"
    r"thống kê|kê khai|rút kinh nghiệm|duyệt|chốt|khen thưởng|trao|tập huấn|bồi dưỡng|mở|"
    r"nhận (?:hồ sơ|bài|đăng ký|kinh phí)|tựu trường|khai giảng|có mặt|hoạt động(?= (?:từ|đến|theo|"
    r"trong|ổn định))|phát thanh|"
    r"giải ngân|quyết toán|bàn giao|khởi công|khánh thành|nghiệm thu|vận hành|kết thúc|bắt đầu|"
    r"chấm|bình xét|niêm yết|đăng tải|phát sóng|giới thiệu|tuyển chọn|họp|(?<!ngày )làm việc|đưa|"
    r"in ấn|"
    r"biên soạn|soạn thảo|dự thảo|góp ý|có ý kiến|cho ý kiến|xét|lấy ý kiến|khám|tiêm|phun|"
    r"thu (?:gom|nộp|hồi|phí)|"
    r"dọn|trồng|nạo vét|sửa chữa|lắp đặt|trang bị|cung cấp|phản ánh|phản hồi|tích hợp|số hóa|nhập|"
    r"thí điểm|áp dụng|duy trì|phát huy|phấn đấu|quy hoạch|bổ sung|điều chỉnh|công khai|thanh toán|"
    r"chi trả|hỗ trợ|thăm|tặng|viếng|dâng|khai mạc|bế mạc|diễn ra|tập hợp|lồng ghép|nhân rộng|"
    r"huy động|ký kết|ký cam kết|giao ban|đón|tuyển|xác minh|xác nhận|gia hạn|hoàn trả"
)
# A verb within a name has a capital («Ủy ban Kiểm tra», «Ban Chỉ đạo»); a verb of duty has none.
DUTY = re.compile(rf"(?<![\w])(?:{DUTY_WORDS})(?!\w)")
DUTY_ANY_CASE = re.compile(rf"(?<![\w])(?:{DUTY_WORDS})(?!\w)", re.I)

_ASSIGN = re.compile(
    r"(?<!\w)(?:(?i:giao nhiệm vụ cho|giao cho|giao|phân công|yêu cầu|đề nghị|kính đề nghị|"
    rf"ủy quyền cho|ủy quyền|đối với))\s+(?={_NOT_BODY}(?:{_MANY}(?:{_BODY})(?!\w)|"
    rf"{_PLAIN_MANY.pattern}))"
)
_FIELD = re.compile(
    r"(?i:(?:(?:cơ quan|đơn vị|bộ phận|cá nhân|tổ chức|người|đầu mối|lãnh đạo)\s*)?"
    r"(?:(?:chủ trì|thực hiện|phụ trách|phối hợp|chịu trách nhiệm|đầu mối|triển khai|tham mưu|"
    r"chỉ đạo|tổ chức|tổng hợp|thường trực|được giao|báo cáo|nộp|gửi|chính|và|/)\s*,?\s*)+"
    r"|phân công|chủ thể|trách nhiệm(?: thực hiện)?)$"
)
_LEAD = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-zđA-ZĐ]|[IVX]{1,5})(?:\.\d+)*[.)/]|[-–+*•○])?\s*")
_LEADS_TO_ACTOR = re.compile(  # what may stand before the subject: a time, a basis, a condition
    r"(?i:trước|sau|trong|căn cứ|hàng|hằng|định kỳ|khi|từ|đến|trên cơ sở|chậm nhất|muộn nhất|vào|"
    r"ngày|đồng thời|theo(?! dõi)|để|nhằm|tháng|quý|năm|riêng|sáng|chiều|lúc|\d{1,2}\s*(?:giờ|h)|"
    r"mỗi|"
    r"ngoài ra|cuối|đầu|nếu|trường hợp|thứ|xong|trước mắt)(?!\w)"
)
_WITHOUT_VERB = re.compile(
    r"(?i:đề nghị|giao|yêu cầu|đối với|(?:trách nhiệm|nhiệm vụ|phần việc) của|trách nhiệm|"
    r"phân công)\s+"
)
_JOINED = re.compile(r"(?i:phối hợp|cùng)\s+(?:với|cùng)\s[^:;.]*$")
_OF = re.compile(r"(?i:(?:trách nhiệm|nhiệm vụ) của)\s+(?=\w)")
_NAMED_FOR = re.compile(
    r"khám|kiểm tra|giám sát|xét|thẩm định|tuyển|tuyển chọn|chấm|khen thưởng|biên soạn|soạn thảo|"
    r"nghiệm thu|đánh giá|rà soát|tuyên truyền|vận động|tiêm|khảo sát|bình xét|thu (?:gom|hồi)"
)
MAX_WORDS = 32  # of an actor's name
_NAME_WORDS = 16  # of a name that stands alone on its line
_UNMARKED_LINES = 40  # from a bullet up to the line that heads it


def is_body(heading: str) -> bool:
    """Whether a heading names a body or office: «Ban Tuyên giáo», «Đề nghị Sở Y tế»."""
    bare = heading[_verb_length(heading) :]
    return bool(_IS_BODY.match(bare) or _PLAIN_MANY.match(bare) or _OF.match(heading))


def _verb_length(heading: str) -> int:
    match = _WITHOUT_VERB.match(heading)
    return match.end() if match else 0


def is_lead_field(line: str) -> bool:
    """«Cơ quan chủ trì: …», «Đơn vị thực hiện: …»: a line that names who answers for a task."""
    head, colon, tail = line.partition(":")
    return bool(colon and tail.strip()) and is_lead_head(head)


def is_lead_head(head: str) -> bool:
    """Whether ``head`` names the field or column of who answers for a task, not who helps."""
    lead = _LEAD.match(head)
    bare = head[lead.end() if lead else 0 :].strip(" .*")
    return _FIELD.match(bare) is not None and not re.match(
        r"(?i:(?:cơ quan|đơn vị|bộ phận|cá nhân)?\s*phối hợp(?!.*(?:chủ trì|thực hiện và)))", bare
    )


def actor_span(document: SourceDocument, start: int, end: int) -> tuple[int, int] | None:
    """Where the actor of ``document.text[start:end]`` stands, or None when no one is named."""
    text = document.text
    if "\n" in text[start:end].strip():
        return _in_cells(text, start, end)
    return subject_of(text, start, end) or of_line(text, start) or in_headings(document, start)


def _in_cells(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The cell of a table row that names a body; the first cells say what is to be done."""
    cells = [m for m in re.finditer(r"[^\n]+", text[start:end]) if m.group().strip()]
    for cell in cells[2:]:
        if _IS_BODY.match(cell.group().strip()):
            return trim(text, start + cell.start(), start + cell.end())
    return None


def of_line(text: str, start: int) -> tuple[int, int] | None:
    """The body before the colon of the line in which a later item stands: «X: làm A; làm B»."""
    begin = text.rfind("\n", 0, start) + 1
    lead = _LEAD.match(text, begin)
    begin = lead.end() if lead else begin
    head, colon, _ = text[begin:start].partition(":")
    if colon and len(head.split()) <= MAX_WORDS and is_body(head):
        return trim(text, begin + _verb_length(head), begin + len(head))
    return None


def subject_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The actor named in the clause ``text[start:end]`` itself, or None."""
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    clause = text[begin:end]
    head, colon, tail = clause.partition(":")
    if colon and len(head.split()) <= MAX_WORDS:
        if is_lead_head(head) and tail.strip():
            return trim(text, begin + len(head) + 1, begin + _clause_end(clause, len(head) + 1))
        if is_body(head):
            # «Công an xã chủ trì: …»: the verb is no part of the name.
            name = head[: verb.start()] if (verb := DUTY.search(head, 1)) else head
            return trim(text, begin + _verb_length(head), begin + len(name))
    for at in _clause_starts(clause):
        if at and _JOINED.search(clause, 0, at):
            continue  # «phối hợp với các cơ quan, *đơn vị có liên quan* tham mưu …»
        if span := _subject_at(clause, at):
            return trim(text, begin + span[0], begin + span[1])
    if span := assigned_in(text, begin, end):
        return span
    return done_by(text, begin, end)


def done_by(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The body after «, do»: «…từ ngày 01/11, do Hội đồng khám sức khỏe thực hiện», or None."""
    for match in re.compile(r",\s+do\s+").finditer(text, start, end):
        clause = text[match.end() : end]
        if (span := _subject_at(clause, 0)) and span[1] < 120:
            return trim(text, match.end(), match.end() + span[1])
    return None


def assigned_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The body that ``text[start:end]`` gives a task to: «giao Sở Y tế chủ trì…», or None."""
    if match := _ASSIGN.search(text, start, end):
        duty = DUTY.search(text, match.end() + 2, end)
        stop = min(
            duty.start() if duty else end, match.end() + _clause_end(text[match.end() : end], 0)
        )
        if 0 < len(text[match.end() : stop].split()) <= MAX_WORDS:
            return trim(text, match.end(), stop)
    return None


def body_at(text: str, at: int) -> int | None:
    """Where the first words of a body's name that begins at ``at`` end, or None."""
    match = _IS_BODY.match(text, at) or _PLAIN_MANY.match(text, at)
    return match.end() if match else None


def _subject_at(clause: str, at: int) -> tuple[int, int] | None:
    """The body that begins at ``at`` and does something, or None."""
    name = _IS_BODY.match(clause, at) or _PLAIN_MANY.match(clause, at)
    if name is None:
        return None
    assigns = _ASSIGN.search(clause, name.end())
    duty = _duty_after(clause, name)
    if assigns and duty and assigns.start() < duty.start():
        between = clause[at : assigns.start()]
        names_a_body = len(between.split()) <= MAX_WORDS and not re.search(r"[;:]|\.\s", between)
        if names_a_body and not duty.group().startswith(("là", "làm")):
            return assigned_in(clause, assigns.start(), len(clause))
    if duty is None or not 0 < len(clause[at : duty.start()].split()) <= MAX_WORDS:
        return None
    if re.search(r"[;:]|\.\s", clause[at : duty.start()]):
        return None
    return at, duty.start()


def _duty_after(clause: str, name: re.Match[str]) -> re.Match[str] | None:
    """The verb that the body does; «Hội đồng *khám*…», «Tổ *kiểm tra*» have one in the name."""
    verbs = list(itertools.islice(DUTY.finditer(clause, name.end()), 2))
    if not verbs:
        return None
    in_name = verbs[0].start() <= name.end() + 1 and _NAMED_FOR.fullmatch(verbs[0].group())
    heads = re.search(r"(?i:hội đồng|tổ|đoàn|đội|ban|nhóm|tiểu ban)$", name.group())
    return verbs[1] if in_name and heads and len(verbs) > 1 else verbs[0]


def _clause_starts(clause: str) -> list[int]:
    """The start of the clause, and what follows a lead such as «Trước ngày 10/4/2025, »."""
    starts = [0]
    if colon := re.match(r"[^:;.\n]{3,80}:\s+", clause):
        starts.append(colon.end())  # «Chấm sơ khảo: Ban Giám khảo chấm từ ngày…»
    if _LEADS_TO_ACTOR.match(clause, starts[-1]) or _LEADS_TO_ACTOR.match(clause):
        starts += [m.end() for m in re.finditer(r"[,:]\s+", clause)][:5]
    return starts


def _clause_end(sentence: str, start: int) -> int:
    match = re.search(r"[;\n]|\.(?=\s|$)", sentence[start:])
    return start + match.start() if match else len(sentence)


def in_headings(document: SourceDocument, offset: int) -> tuple[int, int] | None:
    """The nearest heading around ``offset`` that names a body, as (start, end) of its name.

    A line without a number, a body's name alone, heads the bullets below it as well.
    """
    unmarked = _unmarked_heading(document.text, offset)
    for section in reversed(document.ancestry(document.section_at(offset))):
        if unmarked and section.start < unmarked[0]:
            return unmarked
        if span := of_heading(document, section.start, section.heading, section.end):
            return span
    return unmarked


def _unmarked_heading(text: str, offset: int) -> tuple[int, int] | None:
    """The line above the bullets around ``offset`` that is a body's name and nothing else."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    is_bullet = False
    for _ in range(_UNMARKED_LINES):
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].strip()
        marker = marker_of(line) if line else None
        if marker is not None:
            if marker[0] < BULLET_RANK:
                return None
            is_bullet = True
        elif line and not line[0].islower():  # what begins small goes on from the line above
            if not is_bullet or not _is_name_alone(line):
                return None
            at = text.index(line, begin)
            return trim(text, at, at + len(line))
        if begin == 0:
            return None
        end = begin - 1
    return None


def _is_name_alone(line: str) -> bool:
    bare = line.rstrip(":*_ ")
    return (
        len(bare.split()) <= _NAME_WORDS
        and not bare.endswith((".", ";", ",", ":"))
        and not bare.isupper()
        and body_at(bare, 0) is not None
        and DUTY.search(bare) is None
    )


def of_heading(
    document: SourceDocument, start: int, heading: str, end: int
) -> tuple[int, int] | None:
    """The body that ``heading`` (which stands after ``start``) names, or None."""
    if not heading or not is_body(heading):
        return None
    bare = heading[_verb_length(heading) :]
    at = document.text.find(bare, start, end)
    if at < 0:
        return None
    duty = _HEADS_DUTY.search(bare, 3)
    if duty and not _OF.match(heading):  # «Sở Y tế chủ trì, phối hợp…»
        bare = bare[: duty.start()]
    return trim(document.text, at, at + len(bare))


# In a heading, where a name may hold other verbs («Các cơ quan tham mưu quản lý ngành»).
_HEADS_DUTY = re.compile(
    r"(?<!\w)(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|căn cứ|tổ chức (?:thực|triển)|"
    r"triển khai|chỉ đạo|hướng dẫn|báo cáo|thực hiện (?:các|tốt|những|một|nghiêm|đầy)|"
    r"xây dựng)(?!\w)"
)
_BY_NUMBER = re.compile(r"\s+(?:theo|tại|được)\s[^,;]{0,80}?số\s*:?\s*\d.*$")
_BRACKET = re.compile(r"\s*\((?i:sau đây|gọi|viết|gồm|bao gồm|thông qua|mời|nếu|theo)[^()]*\)?$")


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """``text[start:end]`` without the spaces, stops and open brackets at its edges."""
    words = text[start:end]
    stripped = words.strip(" ,;:.\n\t|*_-–")
    stripped = _BY_NUMBER.sub("", _BRACKET.sub("", stripped))
    stripped = re.sub(
        r"[\s,]+(?i:và|hoặc|do|thì|để|đã|chưa|khẩn trương|nghiêm túc|trực tiếp|kịp thời|"
        r"thường xuyên|tích cực|cùng|định kỳ|nhanh chóng|trong|có|đồng thời|được|làm|"
        r"hằng (?:năm|tháng|quý)|hàng (?:năm|tháng|quý)|tiến hành|khi)$",
        "",
        stripped,
    )
    if stripped.count("(") > stripped.count(")"):
        stripped = stripped[: stripped.rindex("(")].rstrip(" ,")
    if not stripped:
        return None
    at = start + words.index(stripped)
    return at, at + len(stripped)
