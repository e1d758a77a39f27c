"""Questions for the room that tie what the document says to the trainees' own place. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from assistant.cite import cite
from assistant.study.asking.duties import lower_office
from assistant.study.material import Material, Source
from assistant.study.records import (
    Cited,
    DiscussionQuestion,
    Length,
    PartOf,
    StudyRequest,
)
from assistant.study.sameness import is_generic
from assistant.study.tasks import Task
from assistant.study.wording import (
    clause,
    extract,
    flat,
    lower_first,
    sentence_case,
    stands_alone,
    tidy,
    upper_first,
    without_brackets,
)
from ingest.actors import is_body
from ingest.records import Section
from ingest.sentences import sentence_spans

_QUESTIONS = {Length.SHORT: 4, Length.STANDARD: 7, Length.FULL: 12}
_HEADING_WORDS = 18
_LEAST_HEADING = 3
_OFFICE_WORDS = 14
_TITLE_WORDS = range(1, 5)
# What a section's heading is about → questions, each with its heading in «{}».
_ASKS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"^(?:đánh giá|tình hình|kết quả|thực trạng|tồn tại|hạn chế)", re.I),
        (
            "Từ phần “{}”: ở địa phương, đơn vị đồng chí có ưu điểm, hạn chế nào tương tự? Nguyên "
            "nhân và cách khắc phục.",
        ),
    ),
    (
        re.compile(r"mục đích|yêu cầu|quan điểm|nguyên tắc", re.I),
        (
            "Đối chiếu phần “{}” với thực tiễn địa phương, đơn vị: yêu cầu nào khó thực hiện nhất, "
            "vì sao? Đề xuất cách khắc phục.",
            "Từ phần “{}”, hãy liên hệ trách nhiệm của bản thân và của tập thể nơi đồng chí công "
            "tác: việc gì cần thay đổi trước tiên?",
        ),
    ),
    (
        re.compile(r"chỉ tiêu|mục tiêu", re.I),
        (
            "So với “{}”, địa phương, đơn vị đồng chí đang ở mức nào? Chỉ tiêu nào có nguy cơ "
            "không đạt và cần giải pháp gì?",
            "Để đạt “{}” tại địa phương, đơn vị đồng chí, cần chuẩn bị những điều kiện gì và ai "
            "chịu trách nhiệm?",
        ),
    ),
    (
        re.compile(r"hình thức|phương thức|cách (?:thức|tổ chức)", re.I),
        (
            "Trong phần “{}”, cách làm nào phù hợp nhất với điều kiện của địa phương, đơn vị đồng "
            "chí? Nêu một ví dụ đã làm hiệu quả.",
            "Theo phần “{}”, địa phương, đơn vị đồng chí còn thiếu điều kiện nào để thực hiện và "
            "khắc phục ra sao?",
        ),
    ),
    (
        re.compile(r"kinh phí|nguồn lực|điều kiện bảo đảm", re.I),
        (
            "Về “{}”: địa phương, đơn vị đồng chí bố trí nguồn lực thế nào để thực hiện, có vướng "
            "mắc gì?",
        ),
    ),
    (
        re.compile(r"tổ chức thực hiện|phân công|trách nhiệm", re.I),
        (
            "Từ phần “{}”, xác định những việc địa phương, đơn vị đồng chí phải làm; việc nào làm "
            "ngay, ai chủ trì, cần phối hợp với ai?",
        ),
    ),
    (
        re.compile(r"tài liệu|văn bản", re.I),
        (
            "Trong phần “{}”, địa phương, đơn vị đồng chí đã có những tài liệu nào, cần chuẩn bị "
            "thêm gì để học tập, tuyên truyền cho sát đối tượng?",
        ),
    ),
    (
        re.compile(
            r"thời gian|tiến độ|lộ trình|kế hoạch|lịch (?:công tác|học|làm việc|tuần)", re.I
        ),
        (
            "Đối chiếu phần “{}” với lịch công tác của địa phương, đơn vị: mốc nào dễ chậm, vì sao "
            "và chuẩn bị trước việc gì?",
        ),
    ),
    (
        re.compile(r"", re.I),
        (
            "Liên hệ thực tiễn địa phương, đơn vị: trong phần “{}”, nội dung nào đã làm tốt, nội "
            "dung nào còn hạn chế? Nguyên nhân và cách khắc phục.",
            "Vận dụng phần “{}” vào địa phương, đơn vị đồng chí: nên bắt đầu từ việc gì, ai làm, "
            "khi nào xong?",
            "Nêu một tình huống ở địa phương, đơn vị đồng chí cho thấy sự cần thiết của phần "
            "“{}”; đã xử lý thế nào và rút ra bài học gì?",
        ),
    ),
)
_OFFICE = (
    "{said} giao {office}: {task}. Ở địa phương, đơn vị đồng chí, việc này đang do ai làm, kết "
    "quả đến đâu, cần phối hợp thế nào cho tốt hơn?",
    "Nếu được phân công giúp {office} thực hiện nhiệm vụ {task}, đồng chí sẽ bắt đầu từ đâu và gặp "
    "khó khăn gì tại địa phương, đơn vị?",
)
_OWN_QUESTION = re.compile(r"[^.?!\n]{15,220}\?")
_ASKED_OF_ALL = (
    "Sau khi nghiên cứu {said}, đồng chí hãy nêu một việc cụ thể sẽ làm ngay tại địa phương, đơn "
    "vị mình và thời gian hoàn thành."
)


def discussion_of(
    material: Material,
    tasks: dict[str, tuple[Task, ...]],
    request: StudyRequest,
    rng: random.Random,
) -> PartOf[DiscussionQuestion]:
    """Questions in the order of the text: the document's own, by sections, by offices."""
    limit = _QUESTIONS[request.length]
    each = max(1, limit // len(material.sources))
    found: list[DiscussionQuestion] = []
    for source in material.sources:
        own = list(_of_the_document(source))[: max(1, each // 2)]
        sections = _by_sections(source, rng)
        offices = _by_offices(tasks[source.document.id], rng)
        share = max(0, each - len(own))
        by_office = offices[: max(1, share // 3)] if share > 1 else []
        chosen = _spread(sections, share - len(by_office))
        found += [*own, *chosen, *by_office]
    notes: tuple[str, ...] = ()
    if not found:
        said = material.sources[0].said
        found = [DiscussionQuestion(_ASKED_OF_ALL.format(said=said), ())]
        notes = ("Văn bản không chia mục, không giao việc cụ thể; câu hỏi chỉ nêu chung.",)
    return PartOf(tuple(found[: max(limit, len(material.sources))]), notes)


def _of_the_document(source: Source) -> Iterator[DiscussionQuestion]:
    """The questions that the document itself puts."""
    for start, end in source.bodies:
        for match in _OWN_QUESTION.finditer(source.text, start, end):
            said = tidy(match.group() + " ").rstrip("? ")
            if source.holds(match.start()) and stands_alone(said):
                at = match.start() + len(match.group()) - len(match.group().lstrip())
                citation = cite(source.document, at, match.end())
                yield DiscussionQuestion(
                    f"{upper_first(said)}? Liên hệ thực tiễn địa phương, đơn vị.",
                    (Cited(citation.quote, (citation,)),),
                )


def _by_sections(source: Source, rng: random.Random) -> list[DiscussionQuestion]:
    """A question for each chapter, or for its parts where these have headings of their own."""
    questions = []
    unused: dict[tuple[str, ...], list[str]] = {}
    for index, heading in _topics(source):
        templates = next(t for pattern, t in _ASKS if pattern.search(heading))
        left = unused.setdefault(templates, [])
        if not left:  # each wording once before any comes again
            left += rng.sample(templates, len(templates))
        section = source.document.sections[index]
        questions.append(
            DiscussionQuestion(left.pop().format(heading), _basis(source, index, section))
        )
    return questions


def _topics(source: Source) -> Iterator[tuple[int, str]]:
    """(section, its heading) to ask about: no section together with one inside it."""
    asked: set[str] = set()
    parted: set[int] = set()
    top = min((s.level for _, s in source.sections()), default=0)
    for index, section in source.sections():
        heading = sentence_case(without_brackets(flat(section.heading)))
        inside = section.parent in parted
        if section.level > top + (1 if inside else 0) or heading in asked:
            continue
        if not 2 <= len(heading.split()) <= _HEADING_WORDS or is_body(section.heading):
            continue
        if len(heading.split()) < _LEAST_HEADING and not _SAYS_WHAT.search(heading):
            continue
        if not stands_alone(heading) or section.end - section.body_start < 40:
            continue
        below = [source.document.sections[c].heading for c in source.children.get(index, [])]
        headed = [h for h in below if 2 <= len(h.split()) <= _HEADING_WORDS and not is_body(h)]
        if len(headed) >= 2 and len(headed) == len(below) and not _WHOLE.search(heading):
            parted.add(index)
            continue
        asked.add(heading)
        yield index, heading


# A short heading that says what stands under it.
_SAYS_WHAT = re.compile(r"kinh phí|mục đích|yêu cầu|chỉ tiêu|mục tiêu|tài liệu|giải pháp", re.I)
# A chapter asked about as a whole, however it is divided.
_WHOLE = re.compile(r"mục đích|yêu cầu|quan điểm|tổ chức thực hiện|phân công", re.I)


def _basis(source: Source, index: int, section: Section) -> tuple[Cited, ...]:
    """The first words of a section and of up to three of its items."""
    text, document = source.text, source.document
    spans = []
    for child in source.children.get(index, [])[:3]:
        section = document.sections[child]
        at = section.start
        if len(section.heading.split()) in _TITLE_WORDS and not is_body(section.heading):
            at = section.body_start  # «1. Mục đích» alone says little
        spans += sentence_spans(text, at, section.end)[:1]
    if not spans:
        spans = sentence_spans(text, section.body_start, section.end)[:2]
    spans = [s for s in spans if len(tidy(text[s[0] : s[1]]).split()) >= 3]
    if not spans:
        end = text.find("\n", section.start, section.end)
        spans = [(section.start, section.end if end < 0 else end)]
    return tuple(Cited(extract(text[a:b], 24), (cite(document, a, b),)) for a, b in spans)


def _by_offices(tasks: Sequence[Task], rng: random.Random) -> list[DiscussionQuestion]:
    offered = []
    for task in tasks:
        words = clause(task.text, 24)
        if (
            is_generic(task.office)
            or " chỉ đạo " in task.office
            or task.is_lead
            or len(task.office.split()) > 14
        ):
            continue
        if len(words.split()) >= 6 and stands_alone(words) and stands_alone(task.office):
            offered.append((task, words))
    offices: dict[str, list[tuple[Task, str]]] = {}
    for task, words in offered:
        offices.setdefault(task.office, []).append((task, words))
    questions = []
    turn = rng.randrange(len(_OFFICE))
    for number, group in enumerate(offices.values()):
        task, words = rng.choice(group)
        quoted = f"“{lower_first(words)}”"
        questions.append(
            DiscussionQuestion(
                _OFFICE[(turn + number) % len(_OFFICE)].format(
                    said=upper_first(task.source.said),
                    office=lower_office(task.office),
                    task=quoted,
                ),
                (Cited(upper_first(words), (cite(task.source.document, *task.span),)),),
            )
        )
    rng.shuffle(questions)
    return questions


def _spread(questions: Sequence[DiscussionQuestion], count: int) -> list[DiscussionQuestion]:
    """``count`` of ``questions`` at even distances, in order."""
    if count <= 0 or not questions:
        return []
    if len(questions) <= count:
        return list(questions)
    step = len(questions) / count
    return [questions[int(i * step)] for i in range(count)]
