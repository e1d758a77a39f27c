"""True and false sentences made from the sentences of real documents, by rule. Pure.

A true one says what its source says in another form; a false one differs in one thing that matters.
"""

from __future__ import annotations

import datetime
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.dated import mentions_of
from assistant.pieces import pieces_of
from assistant.units import SourceUnit, source_units
from assistant.verify import Piece, states
from assistant.verify.operators import operators
from assistant.verify.reading import read
from ingest.actors import in_headings, subject_of
from ingest.chunk import chunk
from ingest.records import Role, SourceDocument

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_NUMBER = re.compile(r"(?<![\d/.,-])\d{1,3}(?![\d/.,%-])")
_LIMIT = re.compile(r"\btrước ngày\b|\bchậm nhất (?:là )?ngày\b", re.I)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the pieces of the passage it cites; ``kind`` tells how it was made."""

    kind: str
    is_true: bool
    sentence: str
    cited: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with the pieces of its passage, and what else its document and the others hold."""

    unit: SourceUnit
    cited: tuple[Piece, ...]
    actor: str  # of the heading it stands under
    other_actors: tuple[str, ...]
    other_dates: tuple[str, ...]
    other_phrases: tuple[str, ...]
    elsewhere: tuple[Piece, ...]  # the passage of another document that is most like it


def pairs(documents: Sequence[SourceDocument], most: int, seed: int = 1) -> list[Pair]:
    """At most ``most`` pairs of each kind, from all the sentences fit for it.

    They are the same for the same ``seed``.
    """
    chance = random.Random(seed)  # noqa: S311  (sampling, not cryptography)
    kinds: dict[tuple[bool, str], dict[str, Pair]] = defaultdict(dict)
    for place in places(documents):
        for pair in pairs_of(place, chance):
            kinds[pair.is_true, pair.kind].setdefault(pair.sentence, pair)
    return [
        pair
        for made in kinds.values()
        for pair in chance.sample(list(made.values()), min(most, len(made)))
    ]


def places(documents: Sequence[SourceDocument]) -> Iterator[Place]:
    """The sentences and items that state something, in order."""
    passages = []
    for document in documents:
        dates = mentions_of(document)
        for passage in chunk(document):
            units = tuple(source_units(document, passage.start, passage.end, passage.role, dates))
            words = frozenset(w for u in units for w in read(u.text).content)
            passages.append((document, passage, units, pieces_of(units), words))
    for document, passage, units, cited, _ in passages:
        if passage.role is not Role.BODY:
            continue
        actors = _actors_of(document)
        days = ["/".join(day) for day in dict.fromkeys(_DAY.findall(document.text))]
        for unit in units:
            said = read(unit.text).content
            if not 6 <= len(said) <= 50 or unit.text.endswith(":") or not states(unit.text):
                continue
            span = in_headings(document, unit.start)
            actor = document.text[span[0] : span[1]] if span else ""
            own = unit.text.lower()
            line = document.text[: unit.end].rpartition("\n")[2]
            line += document.text[unit.end :].partition("\n")[0]
            others = [p for d, _, _, p, _ in passages if d.id != document.id]
            shared = [len(set(said) & w) for d, _, _, _, w in passages if d.id != document.id]
            yield Place(
                unit=unit,
                cited=cited,
                actor=" ".join(actor.split()),
                other_actors=tuple(
                    a
                    for a in actors
                    if a.lower() not in f"{own} {actor.lower()}" and actor.lower() not in a.lower()
                ),
                other_dates=tuple(day for day in days if day not in line),
                other_phrases=tuple(" ".join(u.text.split()[1:3]) for u in units if u is not unit),
                elsewhere=others[max(range(len(others)), key=shared.__getitem__)] if others else (),
            )


def _actors_of(document: SourceDocument) -> list[str]:
    found = []
    for section in document.sections:
        if span := in_headings(document, section.start):
            found.append(" ".join(document.text[span[0] : span[1]].split()))
    return list(dict.fromkeys(a for a in found if len(a.split()) <= 8))


def pairs_of(place: Place, chance: random.Random) -> Iterator[Pair]:
    """What can be said truly and falsely of one sentence or item."""
    said = " ".join(place.unit.text.split()).rstrip(" ;,.:") + "."
    for kind, make in _TRUE.items():
        if (sentence := make(said, place)) and (sentence != said or kind == "verbatim"):
            yield Pair(kind, True, sentence, place.cited)
    for kind, spoil in _FALSE.items():
        sentence = spoil(said, place, chance)
        if sentence and sentence != said:
            yield Pair(kind, False, sentence, place.cited)
    content = read(said).content
    if place.elsewhere and not any(
        set(content) <= set(read(p.own).content) for p in place.elsewhere
    ):
        yield Pair("sibling document", False, said, place.elsewhere)


# --- true ----------------------------------------------------------------------------------------


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _with_actor(said: str, place: Place, actor: str, verb: str = "phải ") -> str:
    """«Các chi bộ phải …»: an item whose actor stands in its heading, said in full."""
    if not actor or subject_of(said, 0, len(said)) or not said[:1].isupper():
        return ""
    if operators(read(said)) or re.match(r"(?:\w+ ){0,5}?\w+:", said):
        return ""  # «Có thể …» takes no «phải»; «Nội dung: …» no subject
    return f"{_upper_first(actor)} {verb}{_lower_first(said)}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _other_date_form(said: str, place: Place) -> str:
    if _DAY.search(said):
        return _DAY.sub(lambda m: f"{int(m[1])} tháng {int(m[2])} năm {m[3]}", said, count=1)
    return _LONG_DAY.sub(lambda m: f"ngày {int(m[1])}/{int(m[2])}/{m[3]}", said, count=1)


def _without_year(said: str, place: Place) -> str:
    return _DAY.sub(lambda m: f"{m[1]}/{m[2]}", said, count=1)


def _date_first(said: str, place: Place) -> str:
    match = re.search(r",? (?P<date>(?:trước|chậm nhất)(?: là)? ngày [\d/]+)\.$", said)
    if not match or said.count("/") > 2:
        return ""
    return f"{_upper_first(match['date'])}, {_lower_first(said[: match.start()])}."


def _named(said: str, place: Place) -> str:
    number = place.unit.document.header.number
    kind = place.unit.document.header.kind
    if number is None or kind is None:
        return ""
    return f"Theo {kind.value.capitalize()} số {number.value}, {_lower_first(said)}"


def _shorter(said: str, place: Place) -> str:
    """Without its last clause, where nothing there limits it."""
    head, comma, _ = said.rpartition(", ")
    if not comma or len(head.split()) < 8 or head.count("(") != head.count(")"):
        return ""
    return "" if operators(read(said)) or read(said).dates or head.count(":") else f"{head}."


_SHORT = {
    "Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND", "Mặt trận Tổ quốc": "MTTQ",
    "Ủy ban Mặt trận Tổ quốc": "UBMTTQ", "Liên đoàn Lao động": "LĐLĐ",
}  # fmt: skip


def _abbreviated(said: str, place: Place) -> str:
    for long, short in _SHORT.items():
        if long in said:
            return said.replace(long, short)
        if re.search(rf"\b{short}\b", said):
            return re.sub(rf"\b{short}\b", long, said)
    return ""


_TRUE: dict[str, Callable[[str, Place], str]] = {
    "verbatim": lambda said, place: said,
    "actor of the heading": lambda said, place: _with_actor(said, place, place.actor),
    "actor has the task": lambda said, place: _with_actor(
        said, place, place.actor, "có trách nhiệm "
    ),
    "other form of a date": _other_date_form,
    "date without its year": _without_year,
    "date first": _date_first,
    "document named": _named,
    "last clause left out": _shorter,
    "abbreviation": _abbreviated,
}

# --- false ---------------------------------------------------------------------------------------


def _swapped_actor(said: str, place: Place, chance: random.Random) -> str:
    if not place.other_actors:
        return ""
    actor = chance.choice(place.other_actors)
    if span := subject_of(said, 0, len(said)):
        return said[: span[0]] + actor + said[span[1] :]
    return _with_actor(said, place, actor) if place.actor else ""


def _changed_day(said: str, place: Place, chance: random.Random) -> str:
    def change(match: re.Match[str]) -> str:
        try:
            day = datetime.date(*(int(x) for x in reversed(match.groups())))
        except ValueError:
            return match.group()
        day += datetime.timedelta(days=chance.choice((-1, 1, 30, 365)))
        return f"{day.day}/{day.month}/{day.year}"

    return _DAY.sub(change, said, count=1)


def _date_of_another(said: str, place: Place, chance: random.Random) -> str:
    if not place.other_dates or not _DAY.search(said):
        return ""
    return _DAY.sub(chance.choice(place.other_dates), said, count=1)


def _date_added(said: str, place: Place, chance: random.Random) -> str:
    if not place.other_dates or read(said).dates:
        return ""
    return f"{said[:-1]} trước ngày {chance.choice(place.other_dates)}."


def _other_sense(said: str, place: Place, chance: random.Random) -> str:
    return _LIMIT.sub(
        chance.choice(("sau ngày", "từ ngày", "vào ngày", "đến hết ngày")), said, count=1
    )


def _negated(said: str, place: Place, chance: random.Random) -> str:
    if re.search(r"\b(?:không|chưa|cấm)\b", said):
        return ""
    word = chance.choice(("không", "chưa", "không được", "không phải"))
    if span := subject_of(said, 0, len(said)):
        return f"{said[: span[1]]} {word}{said[span[1] :]}"
    return f"{word.capitalize()} {_lower_first(said)}"


def _affirmed(said: str, place: Place, chance: random.Random) -> str:
    return re.sub(
        r"\b(?:không được|nghiêm cấm|không|chưa|cấm) (?!quá|dưới|những|chỉ|gian|khí|ngừng)",
        "",
        said,
        count=1,
    )


def _other_number(said: str, place: Place, chance: random.Random) -> str:
    def change(match: re.Match[str]) -> str:
        number = int(match.group())
        return f"{number + chance.choice((-1, 1)) if number > 1 else number + 1:02d}"

    return _NUMBER.sub(change, said, count=1)


def _bound_dropped(said: str, place: Place, chance: random.Random) -> str:
    return re.sub(
        r"\b(?:ít nhất|tối thiểu|không quá|tối đa|khoảng|trên|dưới) (?=\d)", "", said, count=1
    )


def _strengthened(said: str, place: Place, chance: random.Random) -> str:
    weak = r"\b(?:có thể|khuyến khích|nên|phấn đấu|dự kiến|xem xét)(?! (?:có )?điều)\b"
    return re.sub(weak, chance.choice(("phải", "bắt buộc")), said, count=1)


def _widened(said: str, place: Place, chance: random.Random) -> str:
    said = re.sub(r"\b[Mm]ột số\b", "tất cả", said, count=1)
    return re.sub(r"(?<!tất cả )\b([Cc])ác (?=\w+ \w+)", "tất cả các ", said, count=1)


def _narrowed(said: str, place: Place, chance: random.Random) -> str:
    if "chỉ" in said.lower():
        return ""
    return re.sub(
        r" (?=(?:tổ chức|báo cáo|xây dựng|tuyên truyền|hướng dẫn) )", " chỉ ", said, count=1
    )


def _condition_dropped(said: str, place: Place, chance: random.Random) -> str:
    shorter = re.sub(r"^(?:Khi|Nếu|Trường hợp) [^,]{5,80}, ", "", said)
    shorter = re.sub(r",? (?:trừ|nếu|ngoại trừ) [^,.;]{4,80}", "", shorter)
    return _upper_first(shorter) if shorter != said else ""


def _other_words(said: str, place: Place, chance: random.Random) -> str:
    words = said[:-1].split()
    if not place.other_phrases or len(words) < 9:
        return ""
    phrase = chance.choice(place.other_phrases)
    if set(read(phrase).content) <= set(read(said).content) or not read(phrase).content:
        return ""
    at = chance.randrange(3, len(words) - 3)
    return " ".join([*words[:at], phrase, *words[at + 2 :]]) + "."


def _other_document(said: str, place: Place, chance: random.Random) -> str:
    named = _named(said, place)
    return re.sub(r"số (\d+)", lambda m: f"số {int(m[1]) + chance.choice((1, 10))}", named, count=1)


def _roles_swapped(said: str, place: Place, chance: random.Random) -> str:
    """«A báo cáo B» → «B báo cáo A»."""
    match = re.search(
        r"^(?P<a>[^,:;]{6,60}?) (?P<verb>báo cáo|gửi|tham mưu|phối hợp với|trình) "
        r"(?P<b>(?:UBND|Ủy ban|Ban|Sở|Phòng|Đảng ủy|Huyện ủy)[^,:;.()]{3,40})", said
    )  # fmt: skip
    if not match or not subject_of(said, 0, len(said)):
        return ""
    return f"{match['b']} {match['verb']} {match['a']}{said[match.end() :]}"


_FALSE: dict[str, Callable[[str, Place, random.Random], str]] = {
    "actor of another task": _swapped_actor,
    "day changed": _changed_day,
    "date of another task": _date_of_another,
    "date added": _date_added,
    "before turned into after": _other_sense,
    "negation added": _negated,
    "negation left out": _affirmed,
    "number off by one": _other_number,
    "bound left out": _bound_dropped,
    "may turned into must": _strengthened,
    "some turned into all": _widened,
    "only added": _narrowed,
    "condition left out": _condition_dropped,
    "words of another task": _other_words,
    "number of another document": _other_document,
    "roles swapped": _roles_swapped,
}
