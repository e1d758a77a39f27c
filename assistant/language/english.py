"""English questions: knowing them, and turning them into Vietnamese words to search with. Pure.

The glossary (``glossary.tsv``) is the only dictionary. What comes out is not a sentence for people:
it is the Vietnamese words that the documents would use, in the order of the question, good for
BM25. Names, numbers and document numbers stay as typed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.language.english_dates import numeric_dates
from assistant.language.english_stem import spelling, words_of
from assistant.language.keystrokes import looks_like_keystrokes
from assistant.language.syllable import is_unmarked_syllable
from assistant.language.tables import lines_of, rows_of
from ingest.vietnamese import fold, has_diacritics

_MAX_RENDERINGS = 3
_TOKEN = re.compile(r"[^\W_]+(?:[-/.'’&][^\W_]+)*%?")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?")
_MONTH_OF_YEAR = re.compile(r"\d{1,2}/\d{4}")
_QUARTER = re.compile(r"[Qq]([1-4](?:/\d{4})?)")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)

# Words that only hold an English sentence together. Question words are in the glossary.
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those it its they them their he she his her him we our us you your i
    my me
    is are was were be been being am do does did done has have had having will would shall should
    can could may might of to in on at for from by with into onto upon as than then so such there
    here and or but if whether not no any some also just only very too please tell s t re ve ll d m
    get got let give given want know say said says come go out up off own per via vs etc eg ie about
    under over within among between regarding concerning according following based
    """.split()
)
_YES_NO_STARTS = frozenset(
    "is are was were do does did has have had can could must should will would".split()
)
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
_GRAMMAR = _FUNCTION_WORDS | _YES_NO_STARTS | _QUESTION_WORDS


def is_english(text: str) -> bool:
    """True when ``text`` reads as English, whatever names it holds.

    Only words that cannot be unmarked Vietnamese syllables prove English («to», «can», «the» can be
    both), words of grammar twice as much as others; capitalised words in a text that also has
    small ones may be names and prove nothing.

    >>> is_english("When was the Thanh Liên plan issued?"), is_english("Bao cao truoc 20/4?")
    (True, False)
    """
    words = _LETTERS.findall(text)
    shouting = text.isupper()
    english = vietnamese = 0
    for position, word in enumerate(words):
        lower = word.lower()
        is_name = word[0].isupper() and not shouting and (position > 0 or len(word) == 1)
        if has_diacritics(word):
            vietnamese += 0 if is_name else 1
        elif is_english_word(lower):
            if not is_unmarked_syllable(lower):
                english += 2 if lower in _GRAMMAR else 1
        elif is_unmarked_syllable(lower):
            vietnamese += 0 if is_name else 1
    return english > vietnamese and looks_like_keystrokes(text) is None


@lru_cache(maxsize=8192)
def is_english_word(word: str) -> bool:
    """True for a common English word or a word of the glossary, in any inflection.

    >>> is_english_word("reported"), is_english_word("hoach")
    (True, False)
    """
    lower = word.lower()
    return lower in _common_words() or any(s in _glossary_words() for s in words_of(lower))


def to_vietnamese(text: str) -> str:
    """The Vietnamese words for an English ``text``: a bag of words in its order, not a sentence.

    The longest phrase of the glossary wins; a word with several renderings gives up to three. A
    question for yes or no comes out as «có … không».

    >>> to_vietnamese("Who must report by 20/4?")
    'ai phải báo cáo trước ngày 20/4'
    """
    words = [word for renderings in translated(text) for word in renderings]
    first = _TOKEN.search(text)
    if first and first.group().lower() in _YES_NO_STARTS and text.rstrip().endswith("?"):
        words = ["có", *words, "không"]
    return " ".join(words)


def translated(text: str) -> list[list[str]]:
    """For each phrase of an English ``text`` its renderings, likeliest first; none for glue.

    >>> translated("the commune plan")
    [['xã'], ['kế hoạch']]
    """
    if text.isupper():
        text = text.lower()
    tokens = [part for t in _TOKEN.findall(numeric_dates(text)) for part in _parts(t)]
    names = _name_positions(tokens)
    rendered: list[list[str]] = []
    i = 0
    while i < len(tokens):
        used, words = _longest_phrase(tokens, i, names)
        if used:
            rendered.append(words)
        else:
            rendered += [[word] for word in _kept(tokens, i, i in names)]
        i += used or 1
    return rendered


def _parts(token: str) -> list[str]:
    """«commune/ward» is two words; «20/4» and «40-KH/ĐU» are one token."""
    quarter = _QUARTER.fullmatch(token)
    if quarter:
        return ["quý", quarter[1]]
    return [token] if any(c.isdigit() for c in token) else token.split("/")


def _longest_phrase(tokens: list[str], start: int, names: set[int]) -> tuple[int, list[str]]:
    """How many tokens from ``start`` the longest glossary phrase covers, and its renderings."""
    entries, longest = _glossary()
    if _is_modal_may(tokens, start):
        return 0, []
    following = tokens[start + 1] if start + 1 < len(tokens) else ""
    if tokens[start].lower() == "district" and following.isdigit():
        return 1, ["quận"]  # only the districts of cities have numbers
    acronym = entries.get((tokens[start].upper(),)) if _may_be_acronym(tokens[start]) else None
    if acronym:
        return 1, list(acronym)[:_MAX_RENDERINGS]
    stems: tuple[str, ...] = ()
    best: tuple[int, list[str]] = (0, [])
    for end in range(start, min(len(tokens), start + longest)):
        parts = words_of(tokens[end])
        stems += parts
        found = entries.get(stems)
        # Inside a name only a longer name counts: «Son La» is a province, «son» no son.
        if found and not (end == start and start in names):
            renderings = _renderings(found, tokens[start : end + 1])
            best = (end - start + 1, renderings) if renderings else best
    return best if best[0] else _hyphenated(tokens[start])


def _renderings(found: dict[str, set[str]], tokens: list[str]) -> list[str]:
    """Of the renderings of a stem those whose English has the very form that stands; else all."""
    form = _form(" ".join(tokens))
    exact = [vietnamese for vietnamese, forms in found.items() if form in forms]
    if not exact and form in _FUNCTION_WORDS:
        return []  # «them» has the stem of «theme», «even» that of «evening»
    return (exact or list(found))[:_MAX_RENDERINGS]


def _hyphenated(token: str) -> tuple[int, list[str]]:
    """«after-school»: its parts, where the glossary knows each and does not know the whole."""
    entries, _ = _glossary()
    parts = token.split("-")
    known = [entries.get(words_of(part)) for part in parts]
    if len(parts) < 2 or not all(known):
        return 0, []
    return 1, [w for k, p in zip(known, parts, strict=True) if k for w in _renderings(k, [p])]


def _may_be_acronym(token: str) -> bool:
    """«IT», «MOST», «hcmc», but not the words «it», «most» nor «ai»."""
    lower = token.lower()
    return token.isupper() or not (lower in _common_words() or is_unmarked_syllable(lower))


def _is_modal_may(tokens: list[str], i: int) -> bool:
    """«may» is the month only beside a number."""
    beside = [*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2]]
    in_month = tokens[i] == "May" and i > 0
    return tokens[i].lower() == "may" and not in_month and not any(t[0].isdigit() for t in beside)


def _kept(tokens: list[str], i: int, is_name: bool) -> list[str]:
    """A token that the glossary does not know, as it goes into the search; nothing for glue."""
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else ""
    ordinal = _ORDINAL.fullmatch(token)
    if ordinal:
        return [ordinal[1]]
    if _NUMBER.match(token):
        # A bare «by 20/4» is a deadline, as «báo cáo trước ngày 20/4» is.
        after_by = i > 0 and tokens[i - 1].lower() == "by"
        if _MONTH_OF_YEAR.fullmatch(token) and (i == 0 or tokens[i - 1] != "quý"):
            return ["tháng", token]
        return ["trước ngày", token] if after_by and _DATE.fullmatch(token) else [token]
    bare = re.sub(r"['’]s?$", "", token)
    if is_name or (i > 0 and len(token) == 1 and token.isupper() and token != "I"):  # noqa: S105
        return [bare]  # «My An Hung A»
    if token.lower() == "to" and _NUMBER.match(following):
        return ["đến"]
    is_glue = bare.lower() in _FUNCTION_WORDS or (
        bare.lower() in _common_words() and not is_unmarked_syllable(bare)
    )
    return [] if is_glue else [bare]


def _name_positions(tokens: list[str]) -> set[int]:
    """Tokens that are syllables of Vietnamese names: runs of two or more capitalised syllables."""
    capital = [
        t[:1].isupper() and (has_diacritics(t) or (is_unmarked_syllable(t) and not t.isupper()))
        for t in tokens
    ]
    positions: set[int] = set()
    i = 0
    while i < len(tokens):
        end = i
        while end < len(tokens) and capital[end]:
            end += 1
        # «In Son La …»: the sentence's first word has a capital anyway.
        begin = i + 1 if i == 0 and end > 2 and tokens[0].lower() in _FUNCTION_WORDS else i
        if end - begin >= 2:
            positions.update(range(begin, end))
        i = max(end, i + 1)
    return positions


def _form(text: str) -> str:
    """``text`` with its words in the singular and one spelling, -ed and -ing kept."""
    bare = re.sub(r"['’]s?(?= |$)", "", text.lower())
    return " ".join(spelling(word) for word in _WORD.findall(bare))


@cache
def _glossary() -> tuple[dict[tuple[str, ...], dict[str, set[str]]], int]:
    """Stems of an English phrase → its Vietnamese renderings in the order of the file, each with
    the forms of the phrase that it stands for; and the length of the longest phrase."""
    entries: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for vietnamese, variants in rows_of("glossary.tsv"):
        # A name is also known without its marks.
        is_name = vietnamese[:1].isupper() and " " in vietnamese
        for variant in (*variants, fold(vietnamese)) if is_name else variants:
            # Acronyms keep their capitals, so that «it» is not IT.
            key = (
                (variant,)
                if _ACRONYM.fullmatch(variant)
                else tuple(s for token in variant.split() for s in words_of(token))
            )
            entries.setdefault(key, {}).setdefault(vietnamese, set()).add(_form(variant))
    return entries, max(map(len, entries))


@cache
def _glossary_words() -> frozenset[str]:
    """Stems of the glossary's English words, less names and Vietnamese syllables' look-alikes."""
    return frozenset(
        s
        for _, variants in rows_of("glossary.tsv")
        for variant in variants
        for token in variant.split()
        if token.islower() and fold(token) == token
        for s in words_of(token)
    )


@cache
def _common_words() -> frozenset[str]:
    return frozenset(w for line in lines_of("english_words.txt") for w in line.split())
