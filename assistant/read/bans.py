"""What must not be done, and what follows where a duty is not met. Pure.

«Không được để xảy ra tình trạng gì?» is answered by «không để tình trạng …», «Nộp trễ thì mất gì?»
by «Những đơn vị gửi chậm sẽ không được …»: the sentence is found by its form, since its words are
seldom those of the question. Marked, lower-case text is read: «cấm» is not «cam», nor «muộn»
«muốn».
"""

from __future__ import annotations

import re

from assistant.draft import Draft
from assistant.evidence import Evidence, Unit
from assistant.read.lines import MAX_LINES, distinct, from_clause
from assistant.read.sections import headed_by
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from ingest.records import Role

_OF_BANS = (Intent.LIST, Intent.WHAT, Intent.HOW, Intent.WHEN, Intent.DEADLINE)
_BAN_ASKED = re.compile(
    r"\b(?:không (?:được|nên|cho phép|để)|(?:nghiêm )?cấm|tránh|kiêng)\b(?! không).*"
    r"\b(?:gì|những gì|(?:tình trạng|việc|điều|hành vi|trường hợp|hoạt động|thứ|cái) nào)\b"
    r"|\b(?:gì|(?:việc|điều|hành vi|thứ|cái) nào) (?:thì )?(?:bị (?:nghiêm )?cấm|không được)\b"
)
_BAN_ASKED_ENGLISH = re.compile(
    r"^(?=.*\bwh(?:at|ich)\b).*(?:\b(?:must|may|can|should|shall)(?:n't| not\b)|\bcannot\b|"
    r"\b(?:forbid\w*|prohibit\w*|banned|avoid\w*|not (?:be )?(?:allowed|permitted))\b)"
)
_BAN = re.compile(
    r"\b(?:nghiêm cấm|cấm|tuyệt đối không|không (?:được|để|cho phép|nên)|tránh)\b"
    r"(?! (?:xét|xem xét|tính|xếp|công nhận|giải quyết|thanh toán|hưởng)\b)"
)
_MILD_BAN = re.compile(
    r"(?<!có )\bkhông (?:tổ chức|sử dụng|dùng|lợi dụng|mang|uống|ăn|đưa|gửi|thu|nhận|làm|yêu cầu|"
    r"bố trí|lấy|vượt|lạm dụng|phô trương|gây)\b|\b(?:chấm dứt|hạn chế|khắc phục|loại bỏ)\b"
)
_FAULTS = (
    (  # late
        r"trễ|muộn|chậm(?! nhất)|quá (?:hạn|thời hạn|thời gian|ngày|giờ|\d+ (?:phút|ngày|giờ))|"
        r"sau (?:ngày|hạn|thời hạn|thời điểm|\d+)|"
        r"(?:không|chưa) (?:\w+ ){0,5}?(?:đúng|kịp|trong) (?:hạn|thời hạn|thời gian|tiến độ)",
        r"late|overdue|after (?:the )?(?:deadline|date)|miss\w* the deadline|behind schedule",
    ),
    (  # absent
        r"vắng|bỏ (?:họp|thi|buổi|học|tiết)|nghỉ (?:quá|không phép)|"
        r"không (?:tham gia|tham dự|dự|có mặt|đến)",
        r"absent|absence|(?:fail\w*|not|n't) (?:to )?(?:attend|take part|come|participate)|"
        r"miss\w* (?!the deadline)",
    ),
    (  # not done
        r"(?:không|chưa|thiếu) (?:\w+ )?(?:nộp|gửi|báo cáo|đăng ký|hoàn thành|thực hiện|làm|đạt)",
        r"(?:fail\w* to|not|n't|without) (?:submit|send|report|register|finish|complete|do)\w*",
    ),
    (  # breach
        r"vi phạm|sai (?:phạm|quy|đối)|không chấp hành|gian lận|làm trái|trái quy định|khai man",
        r"violat\w*|breach\w*|break\w* the rules?|cheat\w*|offend\w*",
    ),
)  # fmt: skip
_VI_FAULTS = tuple(re.compile(rf"\b(?:{vi})\b") for vi, _ in _FAULTS)
_EN_FAULTS = tuple(re.compile(rf"\b(?:{en})(?:\b|$)") for _, en in _FAULTS)
_SEQUEL_ASKED = re.compile(
    r"\b(?:mất|bị|chịu|nhận) (?:những |cái |hình thức |mức )?(?:gì|sao|xử lý|phạt|kỷ luật|trừ)\b"
    r"|\b(?:thì|sẽ) (?:sẽ )?(?:sao|thế nào|ra sao|như thế nào|làm sao|bị|mất)\b|\bhậu quả\b"
    r"|\bxử lý (?:thế nào|ra sao|như thế nào|sao)\b|\bcó sao không\b"
)
_PENALTY_ASKED = re.compile(
    r"\b(?:mất|bị|chịu) (?:những |cái |hình thức )?(?:gì|xử lý|phạt|kỷ luật|trừ)\b"
)
_PENALTY_ASKED_ENGLISH = re.compile(r"\b(?:penalt\w+|sanctions?|punish\w*)\b")
_SEQUEL_ASKED_ENGLISH = re.compile(
    r"\bwhat (?:happens|will happen|would happen)\b|\b(?:penalt\w+|consequences?|sanctions?)\b"
    r"|\bwhat\b.*\b(?:lose|risk|face|suffer)\b"
)
_SEQUEL = re.compile(
    r"\bkhông (?:được|xét|tính|giải quyết|tiếp nhận|chấp nhận|nhận|xem xét|công nhận|xếp|cấp|chi|"
    r"thanh toán|có giá trị|còn)\b|\b(?:bị|sẽ bị)\b|\b(?:coi|xem) (?:như|là)\b|\btrừ (?:điểm|"
    r"\d)|\bhạ (?:bậc|một bậc|loại|thi đua)\b|\bxử lý (?:kỷ luật|nghiêm|theo)\b|"
    r"\b(?:phê bình|kiểm điểm|xử phạt|nhắc nhở|loại|"
    r"hủy|huỷ|thu hồi|mất quyền|chịu trách nhiệm|tước|truy thu|xóa tên|xoá tên|khai trừ|cảnh cáo|"
    r"khiển trách|đình chỉ|cắt (?:thi đua|thưởng|hỗ trợ)|chuyển (?:sang|xét)|dời sang|để sang)\b"
)
# Syllables by which a fault and what follows from it are asked for, marked and folded.
_OF_FAULTS = frozenset(
    "nộp gửi trễ muộn chậm quá hạn sau mất bị thì sao vắng phạt xử lý "
    "nop gui tre muon cham qua han mat bi thi vang phat xu ly".split()
)
_BAN_GAIN, _MILD_GAIN = 0.45, 0.2
_ON_THE_MATTER = 0.3  # of what is asked beside the fault, that the sentence must say
_ON_THIS_VERY_MATTER = 0.5  # where no fault is known, so that the matter alone tells them apart
_NEAR = 0.6  # below the best score: further off, a ban is one of something else
_ALIKE = 0.85  # of the best ban's score, for another one beside it


def asks_sequel(question: Question) -> bool:
    """«Nộp trễ thì mất gì?»: what follows from one of the faults known here."""
    return bool(_faults_asked(question)) and _asks(question, _SEQUEL_ASKED, _SEQUEL_ASKED_ENGLISH)


def asks_penalty(question: Question) -> bool:
    """«Để xảy ra cháy rừng thì bị gì?»: what follows from whatever is named."""
    return question.intent in _OF_BANS and _asks(question, _PENALTY_ASKED, _PENALTY_ASKED_ENGLISH)


def asks_ban(question: Question) -> bool:
    """«Không được để xảy ra tình trạng gì?»: what must not be done, not who must not."""
    return question.intent in _OF_BANS and _asks(question, _BAN_ASKED, _BAN_ASKED_ENGLISH)


def _asks(question: Question, vietnamese: re.Pattern[str], english: re.Pattern[str]) -> bool:
    if question.language == "en":
        return english.search(question.typed.lower()) is not None
    return vietnamese.search(question.text.lower()) is not None


def _faults_asked(question: Question) -> list[int]:
    english = question.language == "en"
    text = (question.typed if english else question.text).lower()
    faults = _EN_FAULTS if english else _VI_FAULTS
    return [i for i, fault in enumerate(faults) if fault.search(text)]


def read_sequel(question: Question, evidence: Evidence) -> Draft:
    """What follows from the fault asked about, by a sentence that names both; else none.

    Of several that do, the one that says most of what else is asked: which report is late.
    """
    if not is_known(question, evidence):
        return Draft()
    faults = [_VI_FAULTS[i] for i in _faults_asked(question)]

    def names_both(unit: Unit) -> bool:
        said = unit.text.lower()
        named = not faults or any(f.search(said) for f in faults)
        return named and _SEQUEL.search(said) is not None

    weights = evidence.terms.weights
    rest = evidence.terms.only(
        frozenset(t for t in weights if not _OF_FAULTS & set(t.strip("~").split("_")))
    )

    def says_of_rest(unit: Unit) -> float:
        source = unit.source
        matter = rest.outside(evidence.cards[unit.document.id])
        return matter.share_in(frozenset().union(source.said, source.before, source.around))

    told = [
        u
        for u in evidence.units
        if u.source.role is Role.BODY
        and u.coverage >= min_coverage(question)
        and names_both(u)
        and says_of_rest(u) >= (_ON_THE_MATTER if faults else _ON_THIS_VERY_MATTER)
    ]
    if not told:
        return Draft()
    best = max(told, key=lambda unit: (round(says_of_rest(unit), 2), unit.score))
    return Draft((from_clause(best, _SEQUEL),))


def read_ban(question: Question, evidence: Evidence) -> Draft:
    """What must not be done, by the sentence that forbids it and those beside it; else none."""
    if not is_known(question, evidence) or not evidence.units:
        return Draft()
    saying = [u for u in evidence.units if headed_by(u) is None and not u.text.endswith(":")]
    floor, top = min_coverage(question), max((u.score for u in saying), default=0.0)
    found = [
        (unit.score + gain, unit)
        for unit in saying
        if unit.coverage >= floor and unit.score >= top - _NEAR and (gain := _forbids(unit))
    ]
    if not found:
        return Draft()
    score, best = max(found, key=lambda pair: pair[0])
    document = best.document
    section = document.section_at(best.start)
    beside = [
        unit
        for gained, unit in found
        if unit.document.id == document.id
        and document.section_at(unit.start) == section
        and gained >= _ALIKE * score
    ]
    lines = [from_clause(u, _either(u)) for u in sorted(beside, key=lambda u: u.start)]
    return Draft(distinct(lines[:MAX_LINES]))


def _forbids(unit: Unit) -> float:
    said = unit.text.lower()
    return _BAN_GAIN if _BAN.search(said) else _MILD_GAIN if _MILD_BAN.search(said) else 0.0


def _either(unit: Unit) -> re.Pattern[str]:
    return _BAN if _BAN.search(unit.text.lower()) else _MILD_BAN
