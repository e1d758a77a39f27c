"""Words that turn or limit a statement: not, only, all, may, if, except, before, after. Pure.

What a source limits a sentence must limit; what a source does not turn or limit a sentence must
not. An operator acts on the few words after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.reading import Reading, Token

_SCOPE = 3  # content words that an operator acts on
_PHRASES = {
    "not": "không, chưa, chẳng, cấm, nghiêm cấm, tránh, miễn, thôi, ngừng, dừng, hủy, bãi bỏ",
    "except": "trừ, ngoại trừ, loại trừ",
    "if": "nếu, trường hợp, với điều kiện, miễn là, khi cần, đối với, riêng, tùy, tùy theo",
    "may": "có thể, khuyến khích, nên, phấn đấu, cố gắng, dự kiến, ưu tiên, xem xét, nghiên cứu, "
    "vận động, mong muốn, tùy",
    "only": "chỉ, duy nhất, riêng",
    "all": "tất cả, toàn bộ, toàn thể, mọi, hoàn toàn, luôn, luôn luôn, tuyệt đối, mỗi, từng",
    "some": "một số, một vài, một phần, phần lớn, đa số, hầu hết, nhiều",
    "done": "đã, đang, vừa, xong",
    "before": "trước khi, trước",  # an event or place; a date is a date
    "after": "sau khi, sau",
    "must": "bắt buộc, buộc, nghiêm cấm",
}
_STRONG = ("phải", "cần", "bắt")
_WEAK = frozenset({"may"})
# Where the words go on so, they are no operator: «chỉ đạo», «trở nên», «không quá 20».
_NOT_BEFORE = {
    "chỉ": set("đạo thị tiêu số huy định dẫn rõ".split()),
    "không": set("quá dưới vượt gian khí".split()),
    "chưa": {"đến", "tới"},
    "trường": set(),
    "dừng": {"chân"},
    "hủy": {"hoại"},
    "miễn": {"phí", "dịch"},
    "nghiên": set(),
    "riêng": {"lẻ", "tư"},
    "nhiều": {"nhất"},
    "từng": {"bước"},
    "vừa": {"qua", "và"},
    "cấm": set(),
    "trước": {"mắt", "hết", "đó", "đây", "tiên"},
    "sau": {"đây", "đó", "cùng"},
}
_NOT_AFTER = {
    "chỉ": {"địa"}, "nên": {"trở", "làm", "tạo"}, "thể": {"cụ"}, "khi": set(), "mọi": set(),
    "xong": set(), "động": set(), "vận": set(), "buộc": {"ràng"}, "đang": set(), "trừ": {"khấu"},
}  # fmt: skip
_KEPT = (
    "not",
    "may",
    "only",
    "some",
    "before",
    "after",
)  # left out, they make a statement say more than its source
_OUTER = ("except", "if")  # they limit the whole statement, wherever they stand in it


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: its kind, its words, the content words that it acts on."""

    kind: str
    words: tuple[str, ...]
    scope: frozenset[str]


_TABLE = sorted(
    (
        (tuple(words.split()), kind)
        for kind, listed in _PHRASES.items()
        for words in listed.split(", ")
    ),
    key=lambda pair: -len(pair[0]),
)


def operators(reading: Reading) -> list[Operator]:
    """The operators of a text in order; the longest phrase counts («một số», not «một»)."""
    tokens = reading.tokens
    written = [reading.text[t.start : t.end].lower() for t in tokens]
    found: list[Operator] = []
    taken = -1
    for at in range(len(tokens)):
        if at <= taken:
            continue
        for words, kind in _TABLE:
            size = len(words)
            if tuple(written[at : at + size]) != words or _is_other(written, at, size):
                continue
            found.append(Operator(kind, words, _scope(tokens, at + size)))
            taken = at + size - 1
            break
        else:
            if _opens_condition(tokens, at):
                found.append(Operator("if", ("khi",), _scope(tokens, at + 1)))
    return found


def _is_other(written: Sequence[str], at: int, size: int) -> bool:
    after = written[at + size : at + size + 1]
    before = written[at - 1 : at] if at else []
    return bool(
        (after and after[0] in _NOT_BEFORE.get(written[at + size - 1], ()))
        or (before and before[0] in _NOT_AFTER.get(written[at], ()))
    )


def _opens_condition(tokens: Sequence[Token], at: int) -> bool:
    """«Khi xảy ra cháy, …»: at the start or after a mark; «trước khi» and «sau khi» are times."""
    return tokens[at].text == "khi" and (at == 0 or tokens[at - 1].kind == "mark")


def _scope(tokens: Sequence[Token], start: int) -> frozenset[str]:
    scope: list[str] = []
    for token in tokens[start:]:
        if token.kind == "mark" and token.text in ",;.:":
            break
        if token.is_content or token.kind == "number":
            scope.append(token.text)
        if len(scope) == _SCOPE:
            break
    # «không thể, không dám»: words that elsewhere only bind are all there is to act on.
    return frozenset(scope or [t.text for t in tokens[start : start + 1] if t.kind == "word"])


def misused_operator(stated: Reading, source: Reading, headings: Sequence[Reading]) -> str:
    """The words that turn or limit one of the two and not the other; "" where they agree."""
    said, has = operators(stated), operators(source)
    given = [*has, *(o for heading in headings for o in operators(heading))]
    for operator in said:
        alike = [other for other in given if _alike(operator, other)]
        again = [other for other in said if _alike(operator, other)]
        # «không phải không …», «không bày không bán»: every one counts.
        if len(alike) < len(again) or _of_kind(said, operator) > _of_kind(given, operator):
            return " ".join(operator.words)
    spoken = set(stated.words)
    matter = [o for o in has if o.kind in _KEPT and _acts_on(o, spoken)]
    for operator in matter:
        alike = [other for other in said if _alike(operator, other)]
        again = [other for other in matter if _alike(operator, other)]
        if len(alike) < len(again):
            return " ".join(operator.words)
    for operator in has:
        if operator.kind in _OUTER and _of_kind(said, operator) < _of_kind(has, operator):
            return " ".join(operator.words)
    return _strengthened(stated, source, has)


def _of_kind(operators: Sequence[Operator], operator: Operator) -> int:
    return sum(other.kind == operator.kind for other in operators)


def _alike(a: Operator, b: Operator) -> bool:
    """Whether two operators of one kind act on the same: on two words, or all that one has."""
    shared = len(a.scope & b.scope)
    return a.kind == b.kind and shared >= min(2, len(a.scope), len(b.scope))


def _acts_on(operator: Operator, content: set[str]) -> bool:
    shared = len(operator.scope & content)
    return shared >= min(2, len(operator.scope)) > 0


def _strengthened(stated: Reading, source: Reading, has: Sequence[Operator]) -> str:
    """«phải» of what the source lets or encourages; "" where it is said there too."""
    for word in _STRONG:
        lets = "được" in source.words or any(o.kind in _WEAK for o in has)
        if word in stated.words and word not in source.words and lets:
            return word
    return ""
