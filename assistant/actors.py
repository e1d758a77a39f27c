"""Whose tasks a question asks about. Pure."""

from __future__ import annotations

import re

from ingest.actors import body_at
from ingest.vietnamese import fold, has_diacritics

# Folded: a question may be typed without diacritics. How documents name bodies: ingest.actors.
_BODY = (
    r"(?:uy ban|ubnd|ubmttq|hdnd|hoi dong|dang uy|dang bo|dang doan|chi bo|chi uy|cap uy|huyen uy|"
    r"tinh uy|thanh uy|quan uy|"
    r"thi uy|thuong truc|ban (?:thuong|chap|chi dao|tuyen|to chuc|dan|noi|kiem|quan|giam|bi thu|"
    r"van hoa|bien|lien|cong tac|"
    r"dai dien|nhan dan|bau|phong|tri su|lanh dao|tong)|so|bo (?!phan\b)|bo phan|phong|van phong|"
    r"hoc vien|vien|truong|lien doan|"
    r"cong doan|hoi|doan|mat tran|mttq|to (?:chuc|cong|giup|kiem|dan)|cac|trung tam|cong an|"
    r"quan su|bi thu|chu tich|"
    r"pho chu tich|giam doc|pho giam doc|hieu truong|thu truong|truong ban|truong phong|nguoi|"
    r"dong chi|"
    r"dai|bao|hat|doi|tram|ban|dien luc|buu dien|hop tac xa|nha|ke toan|van thu|thu quy|chi hoi|"
    r"chi doan|lien|quy|benh vien|co quan|don vi|doanh nghiep|chi cuc|cuc|tong|thanh tra|toa an|"
    r"vien kiem sat|cong chuc|can bo|dang vien|"
    r"giao vien|hoc sinh|ap|thon|xom|khom|khu|xa|phuong|to dan pho|huyen|tinh|thanh pho|ngan hang|"
    r"kho bac|bao hiem|tieu ban|dang uy vien|bien tap)"
)
_SIDE = re.compile(r"(?:ben|phia|nganh) ")
_IS_BODY = re.compile(_BODY + r"\b")
_ASKED = (
    re.compile(
        r"\b(?:nhiem vu|trach nhiem)(?: cu the)? cua (?P<x>[^,?]+?)(?= trong | theo | la | o |"
        r" doi voi |\s*[?,.]|$)"
    ),
    re.compile(
        r"(?<!tuyen )\b(?:giao|phan cong) (?:cho )?(?P<x>[^,?]+?) "
        r"(?:lam|thuc hien|nhiem vu|viec|nhung|gi|phu trach)\b"
    ),
    re.compile(
        r"^(?P<x>[^,?]+?) (?:phai|duoc (?:giao|phan cong)|phan cong|"
        r"chu tri (?:nhiem vu|viec|nhung|noi dung|cuoc|cong viec)|phu trach|co nhiem vu|"
        r"co trach nhiem|can lam|se lam|lam gi|dam (?:nhan|nhiem|trach)|"
        r"lo (?:gi|cai gi|(?:nhung |cac |phan )?(?:viec|phan|khau|mang|nhiem vu))|"
        r"co (?:nhung |cac )?(?:viec|nhiem vu|cong viec) (?:gi|nao)|"
        r"lam nhung|lam viec gi)\b"
    ),
)


_ACTS = re.compile(
    r"^(?P<x>[^,?]+?) (?:phai |se |can |duoc )?(?:bao cao|gui|nop|hoan thanh|hoan thien|to chuc|"
    r"trinh|xay dung|lap|ban hanh|trien khai|thuc hien|tong hop|ra soat|dang ky|rut kinh nghiem|"
    r"thanh lap|so ket|tong ket)\b"
)


_NO_BODY = re.compile(  # folded, they begin like a body
    r"(?:bao cao|hoi (?:nghi|thi|thao|dien|trai)|so (?:ket|lieu|luong|hieu)|bo sung|ban hanh|"
    r"doan ket|to chuc (?!dang|chinh tri)|tong (?:ket|hop|so)|phong (?:chong|ngua|trao)|truong hop|"
    r"quy (?:[ivx]+|\d)\b|cac (?:viec|noi dung|nhiem vu|bao cao|buoc|muc)|hat giong|dai hoi|"
    r"khu vuc)\b"
)


def names_a_body(text: str) -> bool:
    """Whether ``text``, with diacritics or without, begins with the name of a body."""
    if has_diacritics(text):
        return body_at(text, 0) is not None
    folded = fold(text).lower()
    return _IS_BODY.match(folded) is not None and _NO_BODY.match(folded) is None


def actor_that_acts(folded: str) -> tuple[int, int] | None:
    """Where a question begins with the body that acts: «Hội Nông dân xã nộp báo cáo khi nào?».

    ``folded`` as for :func:`actor_asked_about`; None when it begins with no body.
    """
    match = _ACTS.match(folded)
    if match is None or _NO_BODY.match(match["x"]) or not _IS_BODY.match(match["x"]):
        return None
    return match.span("x") if len(match["x"].split()) <= 14 else None


def actor_asked_about(folded: str) -> tuple[int, int] | None:
    """Where a question about someone's tasks names them: «Nhiệm vụ của Hội Nông dân xã là gì?».

    ``folded`` is the question without diacritics, lower case; None when no body is named so.
    """
    for pattern in _ASKED:
        match = pattern.search(folded)
        if match is None:
            continue
        start, end = match.span("x")
        side = _SIDE.match(folded, start, end)  # «bên điện lực» is «điện lực»
        start = side.end() if side else start
        named = _IS_BODY.match(folded, start, end) and not _NO_BODY.match(folded, start, end)
        if named and len(folded[start:end].split()) <= 14:
            return start, end
    return None
