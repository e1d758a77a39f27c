"""Facts of who does what: an office's task, the office of a task, all that an office has to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.cite import cite
from assistant.records import Citation
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import alike, content, coverage, is_generic, key_of
from assistant.study.tasks import Task
from assistant.study.word_index import WordIndex
from assistant.study.wording import (
    clause,
    extract,
    is_task,
    lower_first,
    stands_alone,
    tidy,
    upper_first,
    without_brackets,
    without_end,
)

_OFFICE_WORDS = 16  # of an office in a question
_LISTED = 4  # tasks on one card
# Words of a task, of one that first says in what manner, of one whose aim or object is cut off.
_LEAST, _LEAST_MANNER, _LEAST_CUT = 6, 9, 9
_MANNER = re.compile(
    r"(?:thường xuyên|tiếp tục|tích cực|chủ động|kịp thời|nghiêm túc|tăng cường|đẩy mạnh|phối hợp)"
    r"(?!\w)",
    re.I,
)
_SHARED = 0.75  # of the words of two tasks: both offices have it
_VAGUE = re.compile(  # says nothing that tells one office from another
    r"(?:theo (?:chức năng|thẩm quyền|quy định)|chức năng,? nhiệm vụ|kế hoạch này|chỉ thị này|"
    r"hướng dẫn này|nghiêm túc (?:thực hiện|triển khai)|các nội dung của|văn bản này|"
    r"quyết định này|kết luận này|nhiệm vụ được (?:[^;.]{0,40} )?(?:giao|phân công)|"
    r"biết,? (?:và )?thực hiện|"
    r"các nhiệm vụ(?:(?:,| và) giải pháp)?$)(?!\w)",
    re.I,
)
_AT_LARGE = re.compile(  # whoever is asked about, these are they
    r"(?:(?:các|những|mọi|tất cả|cơ quan|đơn vị|địa phương|tổ chức|cá nhân|ban|ngành|cấp|liên quan|"
    r"có|và|trực thuộc)[\s,;]*)+",
    re.I,
)
_LEANS = re.compile(  # leans on a task before it
    r"(?:hoàn thành (?:trước|trong|xong|vào|chậm)|"
    r"chú trọng|phối hợp (?!với|tổ chức|các|cùng)|kịp thời(?! \w+ \w+ \w+ \w+ \w+)|ưu tiên|"
    r"trong|để|cần|căn cứ|trên cơ sở|theo (?!dõi)|sau khi|khi|nếu|thông qua|qua đó|"
    r"tiếp tục(?! \w+ \w+ \w+ \w+ \w+))",
    re.I,
)


def said_task(task: Task) -> str:
    """The task as it may stand in a question, without its date; "" where it can't."""
    whole = _undated(task)
    words = clause(whole)
    is_cut = len(words.split()) < len(re.split(r"[;.]\s", without_brackets(whole))[0].split())
    least = _LEAST_CUT if is_cut else _LEAST_MANNER if _MANNER.match(words) else _LEAST
    if ":" in words or len(words.split()) < least:
        return ""
    if not stands_alone(words) or not is_task(words):
        return ""
    return lower_first(words)


def _undated(task: Task) -> str:
    """The words of the task without its deadline, where the register has them so."""
    for duty in task.source.dated_within(*task.span):
        if "…" not in duty.action and alike(duty.action, task.text) >= 0.9:
            action = without_end(tidy(duty.action))
            if len(content(action)) * 2 >= len(content(task.text)) and is_task(action):
                return action
    return task.text


def is_asked(task: Task) -> bool:
    """Whether an office's name and its task make a fair question."""
    return (
        len(task.office.split()) <= _OFFICE_WORDS
        and not is_vague(task.text)
        and not _LEANS.match(task.text)
        and stands_alone(task.office)
        and " chỉ đạo " not in task.office
    )


def is_vague(text: str) -> bool:
    """Whether a task may be anyone's: «… theo chức năng, nhiệm vụ được giao»."""
    return _VAGUE.search(text) is not None


def citations_of(task: Task) -> tuple[Citation, ...]:
    """The words of the task, and, where it stands apart, those that name its office."""
    document = task.source.document
    own = cite(document, *task.span)
    if task.span[0] <= task.named[0] < task.span[1]:
        return (own,)
    return (own, cite(document, *task.named))


def duty_facts(tasks: Sequence[Task]) -> Iterator[Fact]:
    """Facts of the tasks of one document."""
    yield from _of_offices(tasks)
    shared = _shared(tasks)
    for number, task in enumerate(tasks):
        words = said_task(task)
        if not words or not is_asked(task) or is_vague(words) or _AT_LARGE.fullmatch(task.office):
            continue
        if _names(task.office, words) or number in shared:
            continue
        said, office = task.source.said, task.office
        leads = task.is_lead
        clear = not is_generic(office)
        verb = "chủ trì" if leads else "có nhiệm vụ"
        whom = f"Theo {said}, cơ quan, đơn vị, cá nhân nào {'chịu trách nhiệm ' if leads else ''}"
        citations = citations_of(task)
        key = f"task {task.source.document.id} {task.span[0]}"
        weight = (1.0 if clear else 0.55) * (1.0 if 7 <= len(words.split()) <= 26 else 0.8)
        yield Fact(
            source=task.source,
            topic="Trách nhiệm",
            question=f"{whom}{'' if leads else 'có nhiệm vụ '}{words}?",
            answer=upper_first(office),
            citations=citations,
            key=key,
            weight=weight,
            asked=Asked.OFFICE,
            choice=upper_first(office),
            value=key_of(office),
            subject=words,
            statement="" if leads else f"Theo {said}, {SLOT} {verb} {words}.",
        )
        if clear and not leads:
            yield Fact(
                source=task.source,
                topic="Trách nhiệm",
                question=f"Theo {said}, nhiệm vụ nào sau đây được giao cho {lower_office(office)}?",
                answer=upper_first(words),
                citations=citations,
                key=key,
                weight=weight * 0.95,
                asked=Asked.TASK,
                choice=upper_first(words),
                value=key_of(words),
                subject=office,
            )


def _shared(tasks: Sequence[Task]) -> set[int]:
    """The numbers of tasks that another office has too, so that a question has two answers."""
    index = WordIndex(content(t.text) for t in tasks)
    found = set()
    for number, task in enumerate(tasks):
        said = content(said_task(task))
        for other, count in index.shared(said).items():
            shorter = min(len(said), len(content(tasks[other].text)))
            if shorter < _LEAST or count < _SHARED * shorter:
                continue
            if key_of(tasks[other].office) != key_of(task.office):
                found.add(number)
                break
    return found


def _names(office: str, words: str) -> bool:
    """Whether the task gives its office away."""
    return key_of(office) in key_of(words) or coverage(content(office), content(words)) >= 0.75


_COMMON_NOUN = re.compile(
    r"(?:Các|Những|Mỗi|Từng|Toàn thể|Thủ trưởng|Người|Thôn|Khu|Ấp|Xóm|Tổ (?:dân|chức)|Công chức|"
    r"Cán bộ|Đảng viên|Nhà trường|Thí sinh|Giáo viên|Học sinh|Đơn vị|Cơ quan|Doanh nghiệp|"
    r"Công dân|Lực lượng|Đại diện|Cấp ủy|Chi bộ|Chính quyền|Nhân viên|"
    r"Kế toán|Công đoàn cơ sở|Khối|Phụ huynh|Hội viên|Đoàn viên|Ông|Bà|Cô|Thầy)(?!\w)"
)


def lower_office(office: str) -> str:
    """An office within a sentence: «các chi bộ», «Ban Tuyên giáo»."""
    lower = _COMMON_NOUN.match(office)
    return office[0].lower() + office[1:] if lower else office


def _of_offices(tasks: Sequence[Task]) -> Iterator[Fact]:
    """One open question for each office with its tasks in short."""
    groups: dict[tuple[int, int], list[Task]] = {}
    for task in tasks:
        if not task.is_lead:
            groups.setdefault(task.named, []).append(task)
    named = Counter(key_of(group[0].office) for group in groups.values())
    for group in groups.values():
        office, source = group[0].office, group[0].source
        if len(office.split()) > _OFFICE_WORDS or not stands_alone(office):
            continue
        if " chỉ đạo " in office or named[key_of(office)] > 1:
            continue  # the same office elsewhere: the list would not be whole
        main = _main_tasks(group)
        if len(main) < 2:
            continue
        lines = [f"{n}) {extract(t.text, 30)}" for n, t in enumerate(main, 1)]
        rest = len(_main_tasks(group, 99)) - len(main)
        if rest > 0:
            lines.append(f"(và {rest} nhiệm vụ khác)")
        yield Fact(
            source=source,
            topic="Trách nhiệm",
            question=f"Theo {source.said}, {lower_office(office)} có những nhiệm vụ chính nào?",
            answer="\n".join(upper_first(line) for line in lines),
            citations=tuple(cite(source.document, *t.span) for t in main),
            key=f"office {source.document.id} {group[0].named[0]}",
            weight=0.9 if not is_generic(office) else 0.7,
        )


def _main_tasks(group: Sequence[Task], limit: int = _LISTED) -> list[Task]:
    main: list[Task] = []
    for task in group:
        leans = _LEANS.match(task.text) or task.text[:1].islower()
        if leans and main:
            continue  # what follows a «;» adds to the task before it
        if all(alike(task.text, other.text) < 0.9 for other in main):
            main.append(task)
    return main[:limit]


__all__ = ["Source", "citations_of", "duty_facts", "is_asked", "lower_office", "said_task"]
