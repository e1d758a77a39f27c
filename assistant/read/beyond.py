"""Questions that a plan cannot answer, however much it says of their subject. Pure.

A plan says what is to be done. Whether it was done well, who is to blame and what somebody earns
are no part of it; the sentences nearest to such a question only look like answers.
"""

from __future__ import annotations

import re

# Folded. A judgement on how something went or is, yes or no.
_JUDGED = (
    r"(?:hieu qua|tot(?! nghiep)|thanh cong|that bai|kha thi|hop ly|xung dang|thuc chat|hinh thuc|"
    r"lang phi|thiet thuc|chat luong)"
)
_JUDGEMENT_ASKED = re.compile(
    rf"\b(?:co|da)\b(?:[^?,]*\s)?{_JUDGED}(?: \w+){{0,2}} (?:khong|chua|hay khong)\s*\??\s*$"
    r"|\b(?:danh gia|nhan xet) (?:the nao|ra sao) ve\b"
    r"|\b(?:is|was|are|were|did)\b[^?]*\b(?:effective|successful|worthwhile|any good|well done|a "
    r"success|a failure|work(?:ed)? well)\b"
)
# Where a document does judge, it says so: «chưa đạt hiệu quả», «hiệu quả còn thấp».
_JUDGED_SAID = re.compile(
    r"\b(?:dat|mang lai|dem lai|phat huy|chua|con|bi)\s(?:\w+ ){0,3}(?:hieu qua|tot|thap|"
    r"chat luong|hinh thuc|lang phi|han che|thanh cong)\b"
    r"|\b(?:hieu qua|chat luong) (?:\w+ ){0,2}(?:tot|thap|kem|ro ret|han che)\b"
    r"|\bthanh cong (?:tot dep|ruc ro)\b"
)
_FAULT_ASKED = re.compile(
    r"\bai (?:la nguoi )?(?:da )?(?:lam sai|sai pham|co loi|gay loi|vi pham|bi ky luat|bi phe binh"
    r"|tham o|tham nhung)\b(?![^?]*\b(?:thi|se|xu ly|xu phat)\b)"
    r"|\bloi (?:cua|do|tai) ai\b"
    r"|\bwho (?:is to blame|is at fault|was at fault|did wrong|was to blame|was disciplined)\b"
)
_FAULT_SAID = re.compile(r"\b(?:vi pham|sai pham|ky luat|phe binh|de xay ra|thieu trach nhiem)\b")
# What is private of a person, and who counts as one. Where words say both, they are of use.
_PERSON = (
    r"(?:dong chi|d/c|ong|ba|thay|co giao|anh|chi|bi thu|pho bi thu|chu tich|pho chu tich|"
    r"giam doc|pho giam doc|hieu truong|pho hieu truong|truong (?:ban|phong|thon|ap|cong an))"
)
_PRIVATE = (
    r"(?:thu nhap|tien luong|luong|nha rieng|dia chi nha|tai san rieng|ngay sinh|nam sinh|que quan|"
    r"so can cuoc|so cccd|so cmnd|vo|chong|con cai|benh an|tinh trang hon nhan)"
)
_PRIVATE_ASKED = (
    re.compile(rf"\b(?P<matter>{_PRIVATE}) (?:thang |rieng )?(?:cua )?(?P<person>{_PERSON})\b"),
    re.compile(
        rf"\b(?P<person>{_PERSON})\b[^?,]*\b(?P<matter>sinh (?:nam|ngay)|que|nha|luong|thu nhap)"
        r" (?:nao|may|o dau|bao nhieu)\b"
    ),
    re.compile(
        r"\b(?P<matter>salary|income|home address|date of birth|wife|husband|children) of (?:the )?"
        r"(?:\w+ )?(?P<person>chair\w*|secretary|director|principal|head)\b"
    ),
)


def is_beyond_plans(folded: str, own: str) -> bool:
    """Whether a judgement, a fault or somebody's private matter is asked for, and none is told.

    ``folded``: the question without diacritics, and an English one as typed; ``own``: the words
    found, folded too.
    """
    for pattern in _PRIVATE_ASKED:
        asked = pattern.search(folded)
        if asked and not (asked["matter"] in own and asked["person"] in own):
            return True
    if _JUDGEMENT_ASKED.search(folded) and not _JUDGED_SAID.search(own):
        return True
    return _FAULT_ASKED.search(folded) is not None and not _FAULT_SAID.search(own)
