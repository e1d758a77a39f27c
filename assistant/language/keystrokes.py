"""Raw Telex and VNI keys, typed with the input method off, back to Vietnamese. Pure.

``ke61 hoa5ch`` and ``kees hoachj`` are «kế hoạch». Whether a text is raw keys is decided for the
text as a whole: a single word («test», «list», «5G») proves nothing.
Sources of the rules: the Telex and VNI conventions as Vietnamese input methods implement them,
with the mark keys allowed at the end of the syllable as well as after their letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from assistant.language.syllable import (
    TONES,
    VOWELS,
    is_unmarked_syllable,
    is_vietnamese_syllable,
    with_tone,
)

Method = Literal["telex", "vni"]

_TELEX_TONES = {
    "s": TONES["sắc"],
    "f": TONES["huyền"],
    "r": TONES["hỏi"],
    "x": TONES["ngã"],
    "j": TONES["nặng"],
    "z": "",
}
_VNI_TONES = {
    "1": TONES["sắc"],
    "2": TONES["huyền"],
    "3": TONES["hỏi"],
    "4": TONES["ngã"],
    "5": TONES["nặng"],
    "0": "",
}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}

# A chunk is what stands between spaces; inside it, words are runs of letters (and, in VNI, digits).
_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_VNI_WORD = re.compile(r"[^\W\d_]+[0-9](?:[^\W_]*)")
_WORDLIKE = re.compile(r"[^\W_]+")
# A number with letters after - or /: 76-KH/ĐU, 1121/SGDĐT-TVTBNG. Its letters are no syllables.
_CODE = re.compile(r"\d[\w.]*[-/]|[-/].*\d|\d.*@|@|://|www\.")

_MIN_PROOFS = 2
_MIN_SHARE = 0.4


def looks_like_keystrokes(text: str) -> Method | None:
    """``telex`` or ``vni`` when ``text`` as a whole is raw keys of that method, else ``None``.

    A word is a proof when its keys give a correct syllable that it does not already spell, and it
    is neither a syllable typed without marks nor a common English word. Two proofs are needed, and
    they must be at least 40 % of the words and outnumber the words that speak against.

    >>> looks_like_keystrokes("kees hoachj xax"), looks_like_keystrokes("ke61 hoa5ch xa4")
    ('telex', 'vni')
    >>> looks_like_keystrokes("ke hoach xa") is None
    True
    """
    for method, proves in _PROOFS.items():
        proofs = against = total = 0
        for word in _words(text, method):
            verdict = proves(word)
            total += 1
            proofs += verdict > 0
            against += verdict < 0
        if proofs >= _MIN_PROOFS and proofs > against and proofs >= _MIN_SHARE * total:
            return method
    return None


def decode(text: str) -> str:
    """``text`` decoded by the method that it looks typed in; unchanged when it looks typed in none.

    >>> decode("baos caos truwowcs 20/4")
    'báo cáo trước 20/4'
    """
    method = looks_like_keystrokes(text)
    if method is None:
        return text
    return decode_telex(text) if method == "telex" else decode_vni(text)


def decode_telex(text: str) -> str:
    """``text`` with every word that is Telex keys for a correct syllable decoded, others kept.

    For text known to be raw keys (:func:`looks_like_keystrokes`): «test» becomes «tét».
    In document numbers only dd becomes đ.

    >>> decode_telex("Keef hoachj soos 76-KH/DDU")
    'Kề hoạch số 76-KH/ĐU'
    """

    def chunk(match: re.Match[str]) -> str:
        if _CODE.search(match.group()):
            if "@" in match.group() or "//" in match.group():
                return match.group()
            return re.sub(r"(?i)dd(?!d)", lambda m: "Đ" if m[0][0] == "D" else "đ", match.group())
        return _LETTERS.sub(lambda m: _decoded(m.group(), _telex), match.group())

    return _CHUNK.sub(chunk, text)


def decode_vni(text: str) -> str:
    """``text`` with every word that is VNI keys for a correct syllable decoded, others kept.

    >>> decode_vni("Ke61 hoa5ch so61 76-KH/D9U ngày 20/4")
    'Kế hoạch số 76-KH/ĐU ngày 20/4'
    """

    def chunk(match: re.Match[str]) -> str:
        if _CODE.search(match.group()):
            if "@" in match.group() or "//" in match.group():
                return match.group()
            return match.group().replace("d9", "đ").replace("D9", "Đ")
        return _VNI_WORD.sub(lambda m: _decoded(m.group(), _vni), match.group())

    return _CHUNK.sub(chunk, text)


def _words(text: str, method: Method) -> list[str]:
    """The words that can bear witness: no document numbers, addresses, or plain numbers."""
    words: list[str] = []
    for chunk in _CHUNK.findall(text):
        if not _CODE.search(chunk):
            pattern = _WORDLIKE if method == "vni" else _LETTERS
            words.extend(w for w in pattern.findall(chunk) if not w.isdigit())
    return words


def _telex_proof(word: str) -> int:
    """+1 for Telex keys, -1 for what nobody types with raw keys, 0 for what says nothing."""
    from assistant.language.english import is_english_word

    lower = word.lower()
    if not lower.isascii():
        return -1
    if is_unmarked_syllable(lower) or not any(c in VOWELS for c in lower):
        return 0
    if is_english_word(lower):
        return -1
    return 1 if _telex(lower) else 0


def _vni_proof(word: str) -> int:
    lower = word.lower()
    if not lower.isascii():
        return -1
    if lower.isalpha():
        return 0
    return 1 if _VNI_WORD.fullmatch(lower) and _vni(lower) else 0


_PROOFS: dict[Method, Callable[[str], int]] = {"telex": _telex_proof, "vni": _vni_proof}


def _decoded(word: str, keys: Callable[[str], str]) -> str:
    """``word`` decoded in its case, or as it is when its keys give no correct syllable."""
    syllable = keys(word.lower()) if word.isascii() else ""
    if not syllable:
        return word
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


@lru_cache(maxsize=8192)
def _telex(word: str) -> str:
    """The syllable that the lower-case keys ``word`` type, "" when they type none."""
    built: list[str] = []
    tone, voiced = "", False
    for key in word:
        if voiced and key in _TELEX_TONES:
            if tone:
                return ""  # a second tone is a word of another language: «Paris»
            tone = _TELEX_TONES[key]
        elif key == "w":
            _add_horn(built)
        elif key == "d" and built and built[0] == "d":
            built[0] = "đ"
        elif key in _CIRCUMFLEX and key in built[_vowel_start(built) :]:
            built[len(built) - 1 - built[::-1].index(key)] = _CIRCUMFLEX[key]
        else:
            built.append(key)
        voiced = voiced or (bool(built) and built[-1] in VOWELS)
    return _finish("".join(built), tone)


@lru_cache(maxsize=8192)
def _vni(word: str) -> str:
    built: list[str] = []
    tone = ""
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "6":
            _mark_last(built, _CIRCUMFLEX)
        elif key == "7":
            _mark_last(built, {"u": "ư", "o": "ơ"})
        elif key == "8":
            _mark_last(built, {"a": "ă"})
        elif key == "9":
            if built[:1] == ["d"]:
                built[0] = "đ"
        else:
            built.append(key)
    return _finish("".join(built), tone)


def _mark_last(built: list[str], marks: dict[str, str]) -> None:
    for i in range(len(built) - 1, -1, -1):
        if built[i] in marks:
            built[i] = marks[built[i]]
            return


def _vowel_start(built: list[str]) -> int:
    return next((i for i, c in enumerate(built) if c in VOWELS), len(built))


def _add_horn(built: list[str]) -> None:
    """The w key: ă, ơ or ư from what stands, «ươ» from «uo», ư by itself."""
    joined = "".join(built)
    vowels = joined[_vowel_start(built) :]
    if vowels.startswith("uo") and not joined.startswith("q"):
        at = joined.index("uo")
        built[at], built[at + 1] = "ư", "ơ"
    elif "u" in vowels and not joined.startswith("q") and not vowels.startswith("oa"):
        built[joined.index("u", _vowel_start(built))] = "ư"
    elif "o" in vowels and "oa" not in vowels:
        built[joined.index("o", _vowel_start(built))] = "ơ"
    elif "a" in vowels:
        built[joined.index("a", _vowel_start(built))] = "ă"
    else:
        built.append("ư")


def _finish(base: str, tone: str) -> str:
    """``base`` with ``tone`` when that is a correct syllable, else "".

    One horn is enough for ươ with a final («thuowng», «thu7ong»), and «thuở», «huơ» have none on u.
    """
    candidates = [base]
    if "uơ" in base or "ưo" in base:
        candidates.append(base.replace("uơ", "ươ").replace("ưo", "ươ"))
    if base.endswith("ươ"):
        candidates.append(base[:-2] + "uơ")
    for candidate in candidates:
        syllable = with_tone(candidate, tone)
        if is_vietnamese_syllable(syllable):
            return syllable
    return ""
