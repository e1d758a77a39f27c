"""Whether a body named as people write it is the one that a document names. Pure.

A name is read as syllables without diacritics, with its abbreviations written out. It must stand
where a body's name begins: «Đảng ủy» is not «Văn phòng Đảng ủy», but «Tuyên giáo» is «Ban Tuyên
giáo». The level (xã, huyện, tỉnh, …) and the place after it are compared apart: «MTTQ xã» is «Ủy
ban MTTQ và các tổ chức chính trị - xã hội xã», and «UBND tỉnh» is not «UBND các xã».
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.register.bodies import COMMUNES, Level, Name, readings_of


def names_match(asked: str, written: str) -> bool:
    """Whether ``written``, a body or list of bodies in a document, is or holds the body ``asked``.

    Either may lack diacritics, differ in case or be abbreviated; ``asked`` may be the beginning of
    the name, or leave out what kind of body it is. Of several bodies asked for one is enough. An
    empty ``asked`` narrows nothing.

    >>> names_match("mttq xa", "Ủy ban MTTQ và các tổ chức chính trị - xã hội xã")
    True
    >>> names_match("UBND tỉnh", "Ủy ban nhân dân các phường, xã, đặc khu")
    False
    """
    if not asked.strip():
        return True
    return any(
        _is_in(body, name)
        for reading in readings_of(asked)
        for body in _asked_bodies(reading)
        for name in readings_of(written)
    )


def _asked_bodies(name: Name) -> Iterator[Name]:
    """Each of the bodies asked for; «cơ quan, đơn vị» and «sở, ban, ngành» are one phrase."""
    ends = [*name.bodies[1:], len(name.core)]
    pairs = list(zip(name.bodies, ends, strict=False))
    if len(pairs) < 2 or all(end - start == name.heads.get(start) for start, end in pairs):
        yield name
        return
    for start, end in pairs:
        yield Name(
            core=name.core[start:end],
            bodies=[0],
            heads={0: name.heads.get(start, 0)},
            levels=[
                Level(level.at - start, level.names, level.place)
                for level in _levels_of(name, start, end)
            ],
        )


def _is_in(asked: Name, written: Name) -> bool:
    if not asked.core:
        return bool(asked.levels) and any(
            _same_levels(asked.levels, [level]) for level in written.levels
        )
    begins = written.begins if asked.heads.get(0) else written.begins | written.bare
    for begin in sorted(begins):
        end = _align(asked, written, begin)
        if end and _same_levels(asked.levels, _levels_of(written, begin, end)):
            return True
    if asked.heads.get(0):
        return False
    return any(_place_holds(level.place, tuple(asked.core)) for level in written.levels)


def _align(asked: Name, written: Name, begin: int) -> int:
    """Where ``asked.core`` ends in ``written`` when it stands at ``begin``; 0 where it doesn't.

    Syllables follow each other, or a gap leads to the next item of a list or to a proper name. No
    other body begins within, unless one does in ``asked`` too.
    """
    reached = {begin}  # where the next syllable may stand
    for i, syllable in enumerate(asked.core):
        ends = set()
        for at in reached:
            if i and at in written.bodies and i not in asked.bodies:
                continue
            gap_ends = range(at + 1, written.end_of_body(at + 1)) if i else ()
            for place in (at, *(jump for jump in gap_ends if jump in written.jumps)):
                if place < len(written.core) and _same(syllable, written.core[place]):
                    ends.add(place + 1)
        reached = ends
    return min(reached, default=0)


def _same(a: str, b: str) -> bool:
    return a == b or ((a[-1] == "*" or b[-1] == "*") and a[0] == b[0])


def _levels_of(name: Name, begin: int, end: int) -> list[Level]:
    """The levels of the body matched from ``begin`` to ``end``, or those that it shares.

    In «Hội Nông dân, Hội Phụ nữ xã» the level stands after the last body.
    """
    start, stop = begin, name.end_of_body(end)
    while True:
        found = [level for level in name.levels if start < level.at <= stop]
        if found or stop == len(name.core):
            return found
        start, stop = stop, name.end_of_body(stop + 1)


def _same_levels(asked: list[Level], written: list[Level]) -> bool:
    """Whether the levels agree: one of each is the same, or one side names none."""
    a, b = _names(asked), _names(written)
    if a and b and not any(_agree(x, y) for x in a for y in b):
        return False
    for level in asked:
        places = [w.place for w in written if w.place and w.names & level.names]
        if level.place and places and not any(_place_holds(p, level.place) for p in places):
            return False
    return True


def _names(levels: list[Level]) -> set[str]:
    """The levels named; «Đảng ủy» says the least, where another is named with it."""
    names = {name for level in levels for name in level.names}
    return names - {"dang uy"} or names


def _agree(a: str, b: str) -> bool:
    """Whether two levels may be one; a Đảng ủy is most often a commune's."""
    return a == b or (a == "dang uy" and b in COMMUNES) or (b == "dang uy" and a in COMMUNES)


def _place_holds(place: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return any(place[i : i + len(asked)] == asked for i in range(len(place)))
