"""The agenda of the session: the document's own steps where it prescribes some, else a default.

Pure. The minutes add up to the length asked for, to the minute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cite import cite
from assistant.study.errors import StudyError
from assistant.study.material import Material, Source, Span
from assistant.study.records import AgendaStep, Cited, Line, Own, PartOf, StudyRequest
from assistant.study.wording import extract, sentence_case, tidy, upper_first, without_brackets
from ingest.actors import is_body

SHORTEST, LONGEST = 10, 960  # minutes: from a talk to two working days
_MOST_STEPS = 9
_LEAST = 5  # minutes of a step
_CHAPTERS = 4  # steps that go through the document

_KINDS = (
    ("open", re.compile(r"(?:khai mạc|chào cờ|ổn định|tuyên bố lý do)", re.I)),
    ("discuss", re.compile(r"(?:thảo luận|trao đổi|đối thoại|hỏi\s*[-–]?\s*đáp|giải đáp|"
                           r"tọa đàm|tham luận|đóng góp ý kiến)", re.I)),
    ("write", re.compile(r"(?:viết (?:bài )?thu hoạch|làm bài|viết cam kết|kiểm tra nhận thức)",
                         re.I)),
    ("conclude", re.compile(r"(?:kết luận|bế mạc|tóm lược|kết thúc (?:buổi|hội nghị))", re.I)),
    ("present", re.compile(r"(?:giới thiệu|trình bày|truyền đạt|quán triệt|báo cáo đề dẫn|phổ biến|"
                           r"học tập|xem phim|chiếu)", re.I)),
)  # fmt: skip
_SHARES = {"open": 5, "present": 35, "discuss": 35, "conclude": 10, "write": 10, "other": 15}
_STEP_HEAD = 15  # words from the beginning of a step in which its kind is looked for
_NO_SESSION = re.compile(
    r"(?:đại hội(?! chi đoàn)|bầu cử|thi đua|cuộc thi|hội thi|tuyển|xét duyệt)", re.I
)
_STATED = re.compile(
    r"(?:từ\s+)?(?P<low>\d{1,3})\s*(?:(?:đến|-|–)\s*(?P<high>\d{1,3})\s*)?phút", re.I
)


@dataclass(frozen=True, slots=True)
class _Step:
    kind: str
    title: str
    span: Span
    stated: tuple[int, int] | None  # minutes that the document gives, at least and at most


def agenda_of(
    material: Material, request: StudyRequest, *, assigns: bool = True
) -> PartOf[AgendaStep]:
    """The steps with their minutes; ``assigns``: the documents give someone something to do.

    Raises:
        StudyError: the length asked for is no length of a session.
    """
    if not SHORTEST <= request.minutes <= LONGEST:
        raise StudyError(
            f"{request.minutes} minutes is no length of a session: ask for {SHORTEST} to {LONGEST}",
            f"Buổi học không thể dài {request.minutes} phút; "
            f"hãy chọn từ {SHORTEST} đến {LONGEST} phút.",
        )
    for source in material.sources:
        if steps := _prescribed(source):
            return _as_prescribed(source, steps, request.minutes)
    note = (
        "Văn bản không quy định trình tự buổi học; đây là trình tự gợi ý, "
        "người chủ trì điều chỉnh theo thực tế."
    )
    return PartOf(_default(material, request.minutes, assigns), (note,))


# --- What the document prescribes ----------------------------------------------------------------


def _prescribed(source: Source) -> list[_Step]:
    """The steps of a session that one section of ``source`` lists, in order; [] for none."""
    best: tuple[float, list[_Step]] = (0.0, [])
    for index in (-1, *(i for i, _ in source.sections())):
        children = [c for c in source.children.get(index, []) if source.holds(_start(source, c))]
        heading = source.document.sections[index].heading if index >= 0 else ""
        if _NO_SESSION.search(heading) or is_body(heading):
            continue
        steps = [step for child in children if (step := _step(source, child))]
        if len(steps) != len(children) or not 2 <= len(steps) <= _MOST_STEPS:
            continue
        worth = _worth(steps, heading)
        if worth > best[0]:
            best = (worth, steps)
    return best[1]


def _worth(steps: Sequence[_Step], heading: str) -> float:
    """How surely ``steps`` are those of a session; 0 where they are not.

    Something is presented or discussed, and something else is done before or after it; most steps
    are such, and the heading, a label («Bước 1») or stated minutes bear it out.
    """
    kinds = {s.kind for s in steps} - {"other", "open"}
    known = sum(s.kind != "other" for s in steps)
    if len(kinds) < 2 or "discuss" not in kinds or known * 3 < len(steps) * 2:
        return 0.0
    signs = (
        bool(kinds & {"conclude", "write"}),
        _SESSION.search(heading) is not None,
        any(s.title.startswith("Bước") for s in steps),
        any(s.stated for s in steps),
    )
    return len(kinds) + sum(signs) if any(signs) else 0.0


_SESSION = re.compile(
    r"(?:bước|trình tự|tiến hành|chương trình|quy trình|cách (?:thức )?tổ chức|hội nghị|sinh hoạt|"
    r"buổi|học tập)",
    re.I,
)


def _start(source: Source, index: int) -> int:
    return source.document.sections[index].start


def _step(source: Source, index: int) -> _Step | None:
    section = source.document.sections[index]
    start, end = source.own_span(index)
    line = source.text.find("\n", start, end)
    first = (start, line if line >= 0 else end)
    label = section.label if re.search(r"[^\W\d_]{3}", section.label) else ""
    said = tidy(source.text[first[0] : first[1]])
    if label:
        said = re.sub(rf"^{re.escape(label)}\s*[:.\-–]?\s*", "", said, flags=re.I)
    if not said or _NO_SESSION.search(said[:80]) or source.children.get(index):
        return None
    head = " ".join(said.split()[:_STEP_HEAD])
    found = [(m.start(), kind) for kind, pattern in _KINDS if (m := pattern.search(head))]
    stated = _STATED.search(source.text, start, end)
    low = int(stated["low"]) if stated else 0
    return _Step(
        kind=min(found)[1] if found else "other",
        title=(f"{upper_first(label)}: " if label else "") + upper_first(extract(said, 24)),
        span=(start, end),
        stated=_limits(source.text, stated, low) if stated else None,
    )


def _limits(text: str, stated: re.Match[str], low: int) -> tuple[int, int]:
    if stated["high"]:
        return low, int(stated["high"])
    is_limit = re.search(r"(?:không quá|tối đa)\s*$", text[: stated.start()], re.I)
    return (max(_LEAST, low // 2), low) if is_limit else (low, low)


def _as_prescribed(source: Source, steps: Sequence[_Step], minutes: int) -> PartOf[AgendaStep]:
    """The document's steps, between an opening and a quick test of the pack's own where time is."""
    shown = [
        AgendaStep(
            minutes=0,
            title=step.title,
            is_prescribed=True,
            citations=(cite(source.document, *step.span),),
        )
        for step in steps
    ]
    wanted = [s.stated[1] if s.stated else float(_SHARES[s.kind]) for s in steps]
    notes = [f"Các bước ghi nguồn là do {source.said} quy định; số phút của mỗi bước là gợi ý."]
    if any(s.stated for s in steps):
        notes = [
            f"Các bước ghi nguồn là do {source.said} quy định; bước nào văn bản có ghi thời lượng "
            "thì số phút chia theo đó, trong tổng thời gian được chọn."
        ]
    most = sum(s.stated[1] if s.stated else _LEAST for s in steps)
    extra: list[tuple[int, AgendaStep, float]] = []
    if steps[0].kind != "open" and minutes >= 30:
        opening = AgendaStep(0, "Mở đầu: nêu mục đích, yêu cầu của buổi học", False)
        extra.append((0, opening, 5.0))
    if minutes >= 60 and (not any(s.stated for s in steps) or most + 15 <= minutes):
        closing = next(
            (i for i, s in enumerate(steps) if s.kind in ("conclude", "write")), len(steps)
        )
        test = AgendaStep(
            0,
            "Kiểm tra nhanh",
            False,
            (Own("Dùng phần câu hỏi kiểm tra và thẻ hỏi - đáp của tài liệu này."),),
        )
        extra.append((closing, test, 10.0))
    for at, step, weight in reversed(extra):
        shown.insert(at, step)
        wanted.insert(at, weight)
    fixed = _stated_minutes(steps, minutes - _LEAST * len(extra))
    for at, _, _ in reversed(extra):
        fixed.insert(at, None)
    return PartOf(_timed(shown, wanted, minutes, fixed), tuple(notes))


def _stated_minutes(steps: Sequence[_Step], minutes: int) -> list[int | None]:
    """The minutes that the document states: what it asks at least, and what is left up to most.

    None for each step where even the least would leave the others too little.
    """
    left = minutes - sum(s.stated[0] if s.stated else _LEAST for s in steps)
    if left < 0 or not any(s.stated for s in steps):
        return [None for _ in steps]
    given: list[int | None] = []
    for step in steps:
        if step.stated is None:
            given.append(None)
            continue
        more = min(left, step.stated[1] - step.stated[0])
        given.append(step.stated[0] + more)
        left -= more
    return given


# --- The default ---------------------------------------------------------------------------------


def _default(material: Material, minutes: int, assigns: bool) -> tuple[AgendaStep, ...]:
    steps: list[tuple[AgendaStep, float]] = [
        (
            AgendaStep(
                0,
                "Mở đầu: giới thiệu văn bản, mục đích và cách làm việc của buổi học",
                False,
                (Own("Phát tài liệu; dùng bảng thông tin văn bản."),),
            ),
            7.0,
        )
    ]
    chapters = _chapters(material)
    total = sum(size for _, size in chapters) or 1
    titles = _chapter_titles([points for points, _ in chapters])
    for title, (points, size) in zip(titles, chapters, strict=True):
        steps.append((AgendaStep(0, title, False, points), 40.0 * size / total))
    if not chapters:
        steps.append((AgendaStep(0, "Truyền đạt nội dung văn bản", False), 40.0))
    if assigns:
        hint = Own("Dùng bảng phân công và bảng thời hạn: ai làm gì, đến ngày nào.")
        steps.append((AgendaStep(0, "Làm rõ trách nhiệm và thời hạn", False, (hint,)), 12.0))
    steps += [
        (
            AgendaStep(
                0,
                "Thảo luận, liên hệ thực tiễn địa phương, đơn vị",
                False,
                (Own("Chia nhóm theo câu hỏi thảo luận; mỗi nhóm cử người trình bày."),),
            ),
            25.0,
        ),
        (
            AgendaStep(
                0,
                "Kiểm tra nhanh",
                False,
                (Own("Dùng phần câu hỏi kiểm tra và thẻ hỏi - đáp."),),
            ),
            9.0,
        ),
        (
            AgendaStep(0, "Kết luận: việc cần làm ngay, người làm, thời gian hoàn thành", False),
            7.0,
        ),
    ]
    return _timed([s for s, _ in steps], [w for _, w in steps], minutes)


def _chapter_titles(chapters: Sequence[tuple[Line, ...]]) -> list[str]:
    """What tells the steps that go through the document from each other: their sections' labels,
    where all have some of one kind, else their place."""
    title = "Truyền đạt nội dung"
    if len(chapters) < 2:
        return [title for _ in chapters]
    found = [[_LABEL.match(point.text) for point in points] for points in chapters]
    labels = [[match[1] for match in row if match] for row in found]
    firsts = [row[0] for row in labels if row]
    kinds = {label.isdigit() for row in labels for label in row}
    if not all(map(all, found)) or len(kinds) > 1 or len(set(firsts)) < len(chapters):
        return [f"{title} (phần {number})" for number in range(1, len(chapters) + 1)]
    return [f"{title} {_said_labels(row)}" for row in labels]


def _said_labels(labels: Sequence[str]) -> str:
    """
    >>> _said_labels("I"), _said_labels(["3", "4"]), _said_labels(["V", "VI", "VII"])
    ('mục I', 'mục 3 và 4', 'các mục từ V đến VII')
    """
    first, last = labels[0], labels[-1]
    if len(labels) > 2:
        return f"các mục từ {first} đến {last}"
    return f"mục {first}" if len(labels) == 1 else f"mục {first} và {last}"


_LABEL = re.compile(r"([IVXLC]+|\d{1,2})\. ")


def _chapters(material: Material) -> list[tuple[tuple[Line, ...], int]]:
    """What to go through: the outermost sections, neighbours together where there are many."""
    found: list[tuple[Line, int]] = []
    for source in material.sources:
        levels = [s.level for _, s in source.sections()]
        least = min(levels, default=0)
        for _, section in source.sections():
            if section.level == least:
                end = source.text.find("\n", section.start, section.end)
                span = (section.start, section.end if end < 0 else end)
                said = without_brackets(section.heading or tidy(source.text[span[0] : span[1]]))
                said = sentence_case(extract(said, 20))
                label = f"{section.label}. " if any(c.isalnum() for c in section.label) else ""
                if len(material.sources) > 1:
                    label = f"{source.said}, mục {label}" if label else f"{source.said}: "
                line: Line = Cited(f"{label}{said}", (cite(source.document, *span),))
                found.append((line, section.end - section.start))
    groups = min(_CHAPTERS, len(found))
    if not groups:
        return []
    total = sum(size for _, size in found)
    steps: list[list[tuple[Line, int]]] = [[]]
    done = 0
    for position, (line, size) in enumerate(found):
        left = len(found) - position
        full = done >= total * len(steps) / groups
        if steps[-1] and (full or left == groups - len(steps)) and len(steps) < groups:
            steps.append([])
        steps[-1].append((line, size))
        done += size
    return [(tuple(line for line, _ in s), sum(size for _, size in s)) for s in steps]


# --- Minutes -------------------------------------------------------------------------------------


def _timed(
    steps: Sequence[AgendaStep],
    wanted: Sequence[float],
    minutes: int,
    fixed: Sequence[int | None] = (),
) -> tuple[AgendaStep, ...]:
    """``steps`` with minutes that add up; the least important own steps give way to time."""
    kept = list(zip(steps, wanted, fixed or [None] * len(steps), strict=True))
    while len(kept) * 2 > minutes and any(not s.is_prescribed for s, _, _ in kept):
        own = [k for k in kept if not k[0].is_prescribed]
        kept.remove(min(own, key=lambda k: k[1]))
    set_aside = sum(f or 0 for _, _, f in kept)
    free = [w for _, w, f in kept if f is None]
    if not free or minutes - set_aside < len(free):
        given = apportion([w for _, w, _ in kept], minutes)
    else:
        shares = iter(apportion(free, minutes - set_aside))
        given = [f if f is not None else next(shares) for _, _, f in kept]
    return tuple(
        AgendaStep(m, s.title, s.is_prescribed, s.points, s.citations)
        for (s, _, _), m in zip(kept, given, strict=True)
    )


def apportion(weights: Sequence[float], total: int) -> list[int]:
    """``total`` minutes shared by weight, one at least for each; in fives where there is room.

    >>> apportion([7, 40, 12, 25, 9, 7], 90)
    [10, 30, 10, 20, 10, 10]
    >>> sum(apportion([1, 1, 1], 50)), sum(apportion([3, 1], 7))
    (50, 7)
    """
    unit = 5 if total >= 5 * len(weights) and total % 5 == 0 else 1
    units = total // unit
    scale = (units - len(weights)) / (sum(weights) or 1)
    exact = [1 + w * scale for w in weights]
    given = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (given[i] - exact[i], i))
    for i in order[: units - sum(given)]:
        given[i] += 1
    shared = [g * unit for g in given]
    shared[max(range(len(weights)), key=lambda i: shared[i])] += total - sum(shared)
    return shared
