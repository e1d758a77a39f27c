"""English words brought to a common form, so that one glossary entry meets all inflections. Pure.

Both sides of the glossary go through it, so the form need not be a word: «issue», «issued» and
«issuing» all become «issu»; «labour» and «labor», «organise» and «organize» meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_IRREGULAR = {
    "sent": "send", "held": "hold", "led": "lead", "paid": "pay", "chose": "choose",
    "chosen": "choose", "made": "make", "gave": "give", "took": "take", "taken": "take",
    "wrote": "write", "written": "write", "met": "meet", "began": "begin", "begun": "begin",
    "built": "build", "spent": "spend", "children": "child", "women": "woman", "men": "man",
    "drawn": "draw", "drew": "draw", "taught": "teach", "kept": "keep", "said": "say",
    "bases": "basis", "criteria": "criterion", "lying": "lie", "dying": "die", "tying": "tie",
    "oversaw": "oversee", "overseen": "oversee", "undertook": "undertake", "fought": "fight",
    "undertaken": "undertake", "hung": "hang", "media": "media", "news": "news",
    "won": "win", "went": "go", "born": "birth", "gone": "go", "bought": "buy",
}  # fmt: skip
_SPELLINGS = (
    (re.compile(r"isation$"), "ization"),
    (re.compile(r"(?<=[a-z]{3})ise$"), "ize"),
    (re.compile(r"yse$"), "yze"),
    (re.compile(r"(?<=[a-z]{2})our$"), "or"),
    (re.compile(r"tre$"), "ter"),
    (re.compile(r"amme?$"), "am"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"(?<=[a-z]{2})ence$"), "ense"),
)
_DOUBLED = re.compile(r"([bdglmnprt])\1$")


def words_of(token: str) -> tuple[str, ...]:
    """The stems in ``token``: hyphens part words, a possessive 's falls away.

    >>> words_of("law-making"), words_of("Committee's")
    (('law', 'mak'), ('committe',))
    """
    bare = re.sub(r"['’]s?$", "", token.lower())
    return tuple(stem(word) for word in _WORD.findall(bare))


@lru_cache(maxsize=16384)
def spelling(word: str) -> str:
    """One lower-case English word in the singular and in one spelling, its -ed and -ing kept.

    >>> spelling("programmes"), spelling("planning")
    ('program', 'planning')
    """
    return _respelt(_singular(word)) if word.isascii() and len(word) > 3 else word


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The common form of one lower-case English word.

    >>> stem("organised") == stem("organizing"), stem("committees") == stem("committee")
    (True, True)
    """
    word = _IRREGULAR.get(word, word)
    if not word.isascii() or len(word) <= 3:
        return word
    word = _DOUBLED.sub(r"\1", _respelt(_without_ending(_singular(word))))
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _respelt(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        if pattern.search(word):
            return pattern.sub(replacement, word)
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_ending(word: str) -> str:
    """Without -ed and -ing; «e» comes back where a spelling rule needs it."""
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and re.search(r"[aeiouy]", rest):
            needs_e = rest.endswith(("is", "iz", "ys", "yz", "amm", "enc"))
            return rest + "e" if needs_e else rest
    return word
