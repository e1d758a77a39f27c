"""What a question asks who does, and which sentences say that it is done. Pure.

Who does it is told by the sentence with the same verb, rather than by one in which somebody else
«tổ chức» the same meeting; of money by the one that says who finds it; of a whole plan by the one
that gives it to somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Unit
from assistant.records import Question
from ingest.vietnamese import fold

_VERB_GAIN = 0.3  # of a sentence that has the very verb of the question
_MEETING_GAIN = 0.8  # of one that says who speaks or presides at a meeting, where that is asked
_MEETING = re.compile(
    r"\b(?:chu tri|chu toa|dieu hanh|khai mac|be mac|phat bieu|ket luan)\b[^.;]{0,30}"
    r"\b(?:hoi nghi|cuoc hop|phien hop|buoi|le|dai hoi|hoi thao|toa dam)\b"
)
_NUMBERED = r"(?! (?:so |nay\b|\d))"  # «Kết luận 127», «Hướng dẫn này»: no verb
# What one does before others, folded.
_VERBS = re.compile(
    rf"\b(?:chu tri|chu toa|dong chu tri|tham muu|phat bieu|ket luan{_NUMBERED}|dieu hanh|khai mac|"
    r"be mac|phu trach|don doc|chi dao|tham dinh|cap phat|phan bien|bao cao vien|trinh bay|"
    rf"quan triet|tong hop|giam sat|huong dan{_NUMBERED}|bo tri kinh phi|theo doi|truc tiep|"
    r"thuong truc|giup viec)\b"
)
_MONEY_ASKED = re.compile(
    r"\b(?:tien(?! (?:thuong|luong|giang|phong|do|trinh|hanh|ich))|kinh phi|ngan sach|nguon von)\b"
    r"[^?]*\b(?:lo|bo tri|can doi|cap|chi|tham muu|dam bao|bao dam|chiu|tra|xuat|cho|ganh)\b|"
    r"\b(?:lo|bo tri|can doi|cap|chi|tham muu|dam bao|bao dam|chiu|tra|xuat|cho|ganh)"
    r"(?: \w+){0,3} (?:tien|kinh phi|ngan sach|nguon von)\b"
)
_MONEY = re.compile(r"\b(?:kinh phi|ngan sach|nguon von|du toan)\b")
_MONEY_FOUND = re.compile(r"\b(?:bo tri|can doi|cap|chi|bao dam|dam bao|tham muu|tong hop)\b")
_MONEY_LED = re.compile(r"\b(?:chu tri|tham muu|can doi|tong hop)\b")
_MONEY_BEGGED = re.compile(
    r"\b(?:de xuat|de nghi|kien nghi|xin)\b[^.;]{0,60}\b(?:bo tri|cap|chi)\b"
)
# «Cơ quan nào chủ trì Kế hoạch …?»: the plan as a whole, not one of its tasks.
_WHOLE_ASKED = re.compile(
    r"\b(?:chu tri|dung dau|phu trach) (?:viec )?(?:to chuc |trien khai |thuc hien )*"
    r"(?:ke hoach|chuong trinh|de an|chi thi|nghi quyet)\b"
)
_WHOLE_LED = re.compile(
    r"\bchu tri\b[^.;]{0,120}\b(?:trien khai thuc hien|to chuc thuc hien|thuc hien ke hoach|"
    r"trien khai (?:ke hoach|chuong trinh|de an))"
)
_WHOLE_GAIN = 0.4
_MONEY_GAIN, _LEADS_GAIN = 0.4, 0.3  # of a sentence that says who finds it; who leads in that


@dataclass(frozen=True, slots=True)
class Act:
    """What it is asked who does: by the ``verbs`` of the question, folded; find the money; lead
    the whole plan."""

    verbs: frozenset[str]
    is_money: bool
    is_whole: bool

    @classmethod
    def of(cls, question: Question) -> Act:
        asked = fold(question.text).lower()
        return cls(
            frozenset(_VERBS.findall(asked)),
            _MONEY_ASKED.search(asked) is not None,
            _WHOLE_ASKED.search(asked) is not None,
        )

    @property
    def is_anywhere(self) -> bool:
        """Whether the sentence that says it may share few other words with the question."""
        return self.is_money or self.is_whole

    def gain(self, unit: Unit) -> float:
        """What the score of ``unit`` gains for saying that it is done."""
        text = fold(unit.text).lower()
        gain = self.verb_gain(unit)
        if self.is_whole and _WHOLE_LED.search(text):
            gain += _WHOLE_GAIN
        if self.is_money and _finds_money(text):
            gain += _MONEY_GAIN + (_LEADS_GAIN if _MONEY_LED.search(text) else 0.0)
        return gain

    def verb_gain(self, unit: Unit) -> float:
        """What it gains for the verbs of the question that it has itself."""
        if not self.verbs:
            return 0.0
        text = fold(unit.text).lower()
        share = len(self.verbs & verbs_in(text)) / len(self.verbs)
        return (_MEETING_GAIN if _MEETING.search(text) else _VERB_GAIN) * share


def verbs_in(folded: str) -> frozenset[str]:
    """What one does before others, of all that ``folded`` says."""
    return frozenset(_VERBS.findall(folded))


def _finds_money(folded: str) -> bool:
    return (
        _MONEY.search(folded) is not None
        and _MONEY_FOUND.search(folded) is not None
        and _MONEY_BEGGED.search(folded) is None
    )
