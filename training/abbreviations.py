"""Long forms that officials write short, so that the model learns both as one thing. Pure."""

from __future__ import annotations

import re
import zlib

# In order: a longer form before one that it begins with.
SHORT_FORMS = {
    "ủy ban nhân dân": "UBND",
    "ủy ban mặt trận tổ quốc": "UBMTTQ",
    "mặt trận tổ quốc": "MTTQ",
    "hội đồng nhân dân": "HĐND",
    "ban thường vụ": "BTV",
    "ban chấp hành": "BCH",
    "ban chỉ đạo": "BCĐ",
    "ban tuyên giáo": "BTG",
    "nông thôn mới": "NTM",
    "cán bộ, công chức, viên chức": "CBCCVC",
    "cán bộ, công chức": "CBCC",
    "cán bộ, đảng viên": "CBĐV",
    "xây dựng cơ bản": "XDCB",
    "bảo hiểm y tế": "BHYT",
    "bảo hiểm xã hội": "BHXH",
    "phòng cháy, chữa cháy": "PCCC",
    "phòng cháy và chữa cháy": "PCCC",
    "giáo dục và đào tạo": "GD&ĐT",
    "lao động - thương binh và xã hội": "LĐTBXH",
    "trung học cơ sở": "THCS",
    "trung học phổ thông": "THPT",
    "kinh tế - xã hội": "KT-XH",
    "an ninh, quốc phòng": "ANQP",
    "quốc phòng, an ninh": "QPAN",
    "công nghệ thông tin": "CNTT",
    "thủ tục hành chính": "TTHC",
    "văn bản quy phạm pháp luật": "VBQPPL",
    "nghị quyết": "NQ",
    "kế hoạch": "KH",
    "chỉ thị": "CT",
    "hướng dẫn": "HD",
    "quyết định": "QĐ",
    "nghị định": "NĐ",
    "thông tư": "TT",
}
_LONG_FORM = re.compile("|".join(map(re.escape, SHORT_FORMS)), re.IGNORECASE)


def sometimes_abbreviated(sentence: str, share: int = 8) -> str:
    """``sentence`` with its long forms made short in one sentence of ``share``, always the same.

    >>> sometimes_abbreviated("Ủy ban nhân dân xã gửi kế hoạch", share=1)
    'UBND xã gửi KH'
    """
    if zlib.crc32(sentence.encode()) % share:
        return sentence
    return _LONG_FORM.sub(lambda found: SHORT_FORMS[found.group().lower()], sentence)
