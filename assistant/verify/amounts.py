"""Whether a source gives the numbers that a sentence gives, of the same things. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verify.reading import Reading, Token

# What is said of a number beside it. One left out («ít nhất 10» → «10») is another number.
_BEFORE = {
    ("ít", "nhất"): "least", ("tối", "thiểu"): "least", ("không", "dưới"): "least",
    ("trên",): "least", ("hơn",): "least", ("từ",): "from", ("đến",): "to", ("tới",): "to",
    ("nhiều", "nhất"): "most", ("tối", "đa"): "most", ("không", "quá"): "most",
    ("không", "vượt", "quá"): "most", ("dưới",): "most", ("chưa", "đến"): "most",
    ("chưa", "tới"): "most", ("khoảng",): "about", ("gần",): "about", ("xấp", "xỉ"): "about",
    ("thứ",): "ordinal", ("lần", "thứ"): "ordinal",
    ("chỉ",): "only", ("tăng",): "rise", ("giảm",): "fall", ("còn",): "left",
}  # fmt: skip
_AFTER = {("trở", "lên"): "least", ("trở", "xuống"): "most"}
_REACH = 4  # words from a number to what is said of it, and to the thing counted


def unsupported_number(stated: Reading, own: Reading, headings: Sequence[Reading]) -> str:
    """A number of ``stated`` that its source gives of no such thing; "" where it gives them all.

    The headings count where the source itself counts no such thing.
    """
    for at, token in enumerate(stated.tokens):
        if token.kind != "number" or _gives(stated, at, own):
            continue
        if _counts_too(own, _counted(stated.tokens, at)) or not any(
            _gives(stated, at, heading) for heading in headings
        ):
            return token.text
    return ""


def _counts_too(source: Reading, counted: Sequence[str]) -> bool:
    return bool(counted) and any(
        token.kind == "number" and counted[0] in _counted(source.tokens, place)[:2]
        for place, token in enumerate(source.tokens)
    )


def _gives(stated: Reading, at: int, source: Reading) -> bool:
    number, said = stated.tokens[at].text, _said_of(stated.tokens, at)
    counted, label = _counted(stated.tokens, at), _label(stated.tokens, at)
    for place, token in enumerate(source.tokens):
        if token.kind != "number" or token.text != number:
            continue
        if _said_of(source.tokens, place) != said:
            continue
        there = _counted(source.tokens, place)
        if label and label == _label(source.tokens, place):
            return True
        if counted and counted[0] in there[:2] and set(counted[1:2]) <= set(there[1:4]):
            return True
        if (
            not counted
            and not there
            and _before(stated.tokens, at) == _before(source.tokens, place)
        ):
            return True
    return False


def _said_of(tokens: Sequence[Token], at: int) -> frozenset[str]:
    before = [t.text for t in tokens[max(0, at - _REACH) : at]]
    found = set()
    for words, meaning in _BEFORE.items():
        for end in (len(before), len(before) - 1, len(before) - 2):
            near = end >= len(words) and tuple(before[end - len(words) : end]) == words
            gap = before[end:]
            if near and not any(g in {",", ";", ".", ":"} or g[0].isdigit() for g in gap):
                if meaning in {"from", "to", "about", "most", "only"} and gap:
                    continue  # «từ các nguồn 3 …»: these stand right before their number
                found.add(meaning)
    after = [t.text for t in tokens[at + 1 : at + 8] if t.kind in ("word", "mark")]
    for words, meaning in _AFTER.items():
        clause = after[: next((i for i, w in enumerate(after) if w in ",;.:"), len(after))]
        if any(tuple(clause[i : i + len(words)]) == words for i in range(len(clause))):
            found.add(meaning)
    previous, following = tokens[at - 1 : at], tokens[at + 1 : at + 3]
    if previous and previous[0].text in "-–" and at > 1 and tokens[at - 2].kind == "number":
        found.add("to")
    if len(following) == 2 and following[1].kind == "number" and following[0].text in (
        "-", "–", "đến",
    ):  # fmt: skip
        found.add("from")
    if "/" in {t.text for t in (*previous, *following[:1])}:
        found.add("fraction")
    return frozenset(found)


def _counted(tokens: Sequence[Token], at: int) -> list[str]:
    """The content words after a number within its clause, other numbers and bounds passed over."""
    found: list[str] = []
    for token in tokens[at + 1 : at + 1 + 2 * _REACH]:
        if token.kind == "mark" and token.text in ",;.:)":
            break
        if token.kind == "word" and (token.is_content or token.text == "ngày"):
            found.append(token.text)
    return found


_LABELS = frozenset(
    "đợt số quyết khoản điểm điều mục lục bước đoạn tổ ấp thôn khóm quận phường lớp quý khóa lần "
    "thứ kỳ biểu mẫu cấp".split()
)


def _label(tokens: Sequence[Token], at: int) -> str:
    """The word that a number right after it names one of: «đợt 2», «Nghị quyết 19»."""
    before = tokens[at - 1] if at else None
    return before.text if before is not None and before.text in _LABELS else ""


def _before(tokens: Sequence[Token], at: int) -> list[str]:
    return [t.text for t in tokens[:at] if t.is_content][-2:]
