"""Who has which task: offices and what a document gives them to do. Pure.

In the genre an office's tasks stand below a heading that names it («1. Ban Tuyên giáo»), after its
colon («Sở Y tế: …»), after it as the subject of a sentence, or above a field («Cơ quan chủ trì:
…») that completes them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.study.material import Source, Span
from assistant.study.wording import is_task, tidy
from assistant.units import completed_line
from ingest.actors import (
    DUTY,
    MAX_WORDS,
    body_at,
    is_body,
    is_lead_field,
    is_lead_head,
    of_heading,
    subject_of,
    trim,
)
from ingest.sentences import item_spans, sentence_spans

_HAS = re.compile(
    r"(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm(?! (?:trước|về))|được giao(?: nhiệm vụ)?|"
    r"cần|phải|sẽ)\s*:?\s+",
    re.I,
)
_ASKED = re.compile(r"(?:đề nghị|giao|yêu cầu|phân công)\s+", re.I)
_NO_TASKS = re.compile(  # sections that tell what is and was
    r"đánh giá (?:chung|tình hình|kết quả|công tác)|kết quả (?:đạt được|đã đạt)|"
    r"tình hình (?:chung|hoạt)|tồn tại|hạn chế|thực trạng|nguyên nhân|bài học kinh nghiệm",
    re.I,
)
_PAST = re.compile(r"(?:đã|đang|tổ chức (?:được|đã|có|nào|bộ máy|,))(?!\w)", re.I)
_SHOWN = 3  # words: a shorter task says nothing


@dataclass(frozen=True, slots=True)
class Task:
    """``office`` as written at ``named``; ``text`` is what it has to do, at ``span``.

    ``is_lead`` where a field names who answers for a task that stands elsewhere. ``section`` is
    the index of the section that holds the task.
    """

    source: Source
    office: str
    named: Span
    text: str
    span: Span
    section: int
    is_lead: bool = False


@lru_cache(maxsize=16)
def tasks_of(source: Source) -> tuple[Task, ...]:
    """The tasks of ``source`` in order, each once."""
    found: dict[Span, Task] = {}
    for task in (*_by_sections(source), *_by_fields(source)):
        found.setdefault(task.span, task)
    return tuple(sorted(found.values(), key=lambda task: task.span))


def _by_sections(source: Source) -> Iterator[Task]:
    document = source.document
    office_of: dict[int, Span] = {}
    for index, section in source.sections():
        if any(_NO_TASKS.search(s.heading) for s in document.ancestry(index)):
            continue
        inherited = office_of.get(section.parent)
        own = None
        if section.heading and not is_lead_head(section.heading):
            own = of_heading(document, section.start, section.heading, section.end)
        start, end = source.own_span(index)
        if own is not None and _is_office(source, own):
            own = _with_whom_it_directs(source, own)
            office_of[index] = own
            rest = max(own[1], section.body_start) if section.body_start > own[1] else own[1]
            yield from _said(source, rest, end, own, index)
        else:
            named = yield from _said(source, start, end, inherited, index)
            if named is not None:
                office_of[index] = named


def _with_whom_it_directs(source: Source, named: Span) -> Span:
    """«UBND xã *chỉ đạo công chức văn hóa*»: those who act belong to the name in a heading."""
    line_end = source.text.find("\n", named[1])
    line_end = len(source.text) if line_end < 0 else line_end
    match = _DIRECTS.match(source.text, named[1], line_end)
    whom = match is not None and is_body(source.text[match.end() : line_end])
    if not whom or len(source.text[named[0] : line_end].split()) > 16:
        return named
    end = named[0] + len(source.text[named[0] : line_end].rstrip(" :.;,"))
    return (named[0], end) if ":" not in source.text[named[0] : end] else named


_DIRECTS = re.compile(r"\s+chỉ đạo\s+")


def is_office(words: str) -> bool:
    """Whether ``words`` name an office, and no more: a verb in them was taken for a name's."""
    if not is_body(words) or len(words.split()) > MAX_WORDS:
        return False
    return not (_NO_NAME.search(words) or _ACTS.search(words))


def _is_office(source: Source, named: Span) -> bool:
    """As :func:`is_office` of words in their place, where a compound may be cut in two."""
    words = source.text[named[0] : named[1]]
    last = words.split()[-1] if words.split() else ""
    following = re.match(r"\s+(\w+)", source.text[named[1] : named[1] + 20])
    compound = f"{last} {following.group(1)}".lower() if following else ""
    return is_office(words) and compound not in _COMPOUNDS


# A compound cut in two: its second half was taken for the verb of a duty.
_COMPOUNDS = frozenset(
    ("bầu cử", "tái cử", "đề cử", "ứng cử", "quá trình", "chương trình", "công trình",
     "tiến trình", "lộ trình", "quy trình", "thanh quyết", "nhà cung", "nhà đầu", "trung tâm tích",
     "hồ sơ", "đào tạo", "phòng chống", "hiệp phụ", "đoàn kiểm", "đoàn giám", "tâm tích",
     "đoàn xét", "tạo trình")
)  # fmt: skip
_NO_NAME = re.compile(
    r"(?<!\w)(?:kêu gọi|coi(?! thi)|thi đua|đã|đang|được|trong quá|liên quan đến việc|có hoàn cảnh|"
    r"mỗi tuần|đến tận|chọn|nên|không|trên cơ sở|lần đầu|tùy|quyết định|nói (?:trên|chung)|này|"
    r"nhằm|để|nếu|khi|vì|sẽ|phải|cần|trong (?:việc|phạm vi|công tác)|thì|là|giúp|đẩy mạnh|mà)(?!\w)"
    r"|(?<!\w)(?:công tác|việc|lãnh đạo|trực tiếp|theo|và|của|tái|bầu)$"
    r"|^(?:lớp|nhóm (?:hộ|đối|nội)|công trình|hội (?:thao|thi|thảo|nghị|diễn|chợ|trại))(?!\w)"
    r"|^(?:các )?(?:ban|phòng|sở|đoàn|hội|bộ|viện|trường)$"
    r"|^(?:đơn vị|cơ quan|các đoàn|mỗi đoàn|trung tâm|địa phương|trong)$",
    re.I,
)


_ACTS = re.compile(  # in small letters: «Văn phòng Đăng ký đất đai» is a name
    r"(?<!\w)(?:dự trữ|ghi nhận|đăng ký|nộp|cử(?! tri)|mua|niêm yết|họp|biểu dương|diễn ra|"
    r"phát động|đề xuất|đăng tải|cấp phát|tự (?:bố trí|chọn)|nhận (?!và trả)|đối chiếu|đón)(?!\w)"
    r"|\s(?:thu|đợt|chi|tổng hợp|thống nhất|chủ trì|đôn đốc|tham mưu)$"
)


def _said(
    source: Source, start: int, end: int, office: Span | None, section: int
) -> Generator[Task, None, Span | None]:
    """The tasks of the items in a stretch; the result is the office that its last line names."""
    text, named, unsure = source.text, None, False
    line_end = start
    for begin, finish in item_spans(text, start, end):
        if begin >= line_end:  # a new line: the last one's subject is over
            line_end = text.find("\n", begin)
            line_end = len(text) if line_end < 0 else line_end
            named, unsure = None, False
        if is_lead_field(text[begin:finish]):
            continue
        own = subject_of(text, begin, finish)
        if own is not None and _opens(text, begin, own) and not _is_office(source, own):
            unsure = True  # someone acts, who is not sure
        elif own is not None and _opens(text, begin, own):
            # «Sở Nội vụ: hướng dẫn các sở; các xã thực hiện; thẩm định»: who does the rest?
            unsure = (named or office) is not None and _goes_on(text, begin, own[0])
            named = None if unsure else own
            begin = _after(text, own[1], finish)
        who = named or office
        if who is None or unsure:
            continue
        for a, b in sentence_spans(text, begin, finish):
            words = tidy(text[a:b])
            if words.count(")") > words.count("("):
                continue  # the end of a list in brackets
            if is_task(words) and len(words.split()) >= _SHOWN and not _PAST.match(words):
                at = text.find(words[:12], a, b)
                at = a if at < 0 else at
                yield Task(source, _office(text, who), who, words, (at, b), section)
    return named


def _goes_on(text: str, begin: int, at: int) -> bool:
    """Whether the name at ``at`` may be one more of those whom the part before «;» directs."""
    before = text[text.rfind("\n", 0, begin) + 1 : begin].rstrip()
    return before.endswith(";") and text[at].islower() and _DIRECTING.search(before) is not None


_DIRECTING = re.compile(
    r"(?<!\w)(?:hướng dẫn|chỉ đạo|đôn đốc|phối hợp|theo dõi|kiểm tra|giám sát|với|cho|đề nghị|"
    r"giao|yêu cầu|vận động)(?!\w)",
    re.I,
)


def _opens(text: str, start: int, named: Span) -> bool:
    """Whether the office opens its sentence, after «Đề nghị» at most."""
    before = tidy(text[start : named[0]] + "x")[:-1].strip()
    return not before or _ASKED.fullmatch(before + " ") is not None


def _after(text: str, at: int, end: int) -> int:
    """Where the task begins after its office: «: », «có trách nhiệm» and the like passed over."""
    lead = re.compile(r"[\s:,]*").match(text, at, end)
    at = lead.end() if lead else at
    has = _HAS.match(text, at, end)
    return has.end() if has else at


def _office(text: str, named: Span) -> str:
    return " ".join(text[named[0] : named[1]].split())


def _by_fields(source: Source) -> Iterator[Task]:
    """«Cơ quan chủ trì: X» below a task, or in the row of a table."""
    text, document = source.text, source.document
    for start, end in source.items:
        if not source.holds(start):
            continue
        line = text[start:end]
        if not is_lead_field(line):
            continue
        colon = text.index(":", start, end)
        content = colon + 1 + len(text[colon + 1 : end]) - len(text[colon + 1 : end].lstrip())
        duty = DUTY.search(text, content + 2, end)
        office = trim(text, content, duty.start() if duty else end)
        above = completed_line(document, start)
        if office is None or above is None or body_at(text, office[0]) is None:
            continue
        if not _is_office(source, office) or is_body(text[above[0] : above[1]]):
            continue
        words = tidy(re.sub(r"^\W*Nội dung\s*:\s*", "", text[above[0] : above[1]]))
        if is_task(words) and len(words.split()) >= _SHOWN:
            at = text.find(words[:12], above[0], above[1])
            section = document.section_at(above[0])
            span = (at if at >= 0 else above[0], above[1])
            yield Task(source, _office(text, office), office, words, span, section, True)
