"""What a written Vietnamese syllable can be: onset, rime and tone, by the rules of spelling. Pure.

The rules are those of quốc ngữ spelling: which rimes exist, which onsets stand before which vowels
(k, gh, ngh before i, e, ê, y; c, g, ng before the others; q only as qu), and that a syllable that
ends in a stop (c, ch, p, t) carries sắc or nặng. Whether a syllable that may exist is in use is
not asked.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from ingest.vietnamese import fold

TONES = {
    "": "",
    "sắc": "\u0301",
    "huyền": "\u0300",
    "hỏi": "\u0309",
    "ngã": "\u0303",
    "nặng": "\u0323",
}
_TONE_MARKS = frozenset(mark for mark in TONES.values() if mark)
_MARKED_VOWELS = frozenset("ăâêôơư")
VOWELS = frozenset("aăâeêioôơuưy")

_FRONT = frozenset("ieêy")
# Onsets by what may follow: the same sound is spelt in two ways.
_ONSETS_ANYWHERE = ("", *"b ch d đ h kh l m n nh p ph r s t th tr v x".split())
_ONSETS_BEFORE_FRONT = ("k", "gh", "ngh")
_ONSETS_BEFORE_BACK = ("c", "g", "ng")

_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uên uênh uơ
uy uya uych uyên uyêt uynh uyp uyt uyu
ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
ak ăk âk êk ok ôk uk ưk
""".split()  # the last line: names of the Central Highlands (Đắk Lắk, Krông Pắk)
# y as a whole rime stands for i after few onsets; iê is written yê with no onset.
_Y_ONSETS = ("", *"h k l m s t v".split())
_YE_RIMES = "yêm yên yêng yêt yêu".split()
_QU_RIMES = """
a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eng eo et
ê êch ên ênh êt êu i ich in inh it iu ôc ôi ơ ơi ơn ơt y ych yên yêt ynh yp yt yu
""".split()
_STOPS = ("c", "ch", "p", "t")
_G_BEFORE_I = "i in iêc iêm iên iêng iêt iêu".split()


@cache
def _bases() -> frozenset[str]:
    """Every possible syllable without its tone mark, lower case: «hoach», «đuong» is not one."""
    bases: set[str] = set()
    for rime in _RIMES:
        # Inside a rime that starts with a glide the vowel decides nothing: «khoẻ», «ngoài».
        respelt = _ONSETS_BEFORE_FRONT if rime[0] in _FRONT else _ONSETS_BEFORE_BACK
        bases.update(onset + rime for onset in (*_ONSETS_ANYWHERE, *respelt))
        if rime[0] not in "iy":
            bases.add("gi" + rime)
    bases.update(onset + "y" for onset in _Y_ONSETS)
    bases.update(_YE_RIMES)
    bases.update("qu" + rime for rime in _QU_RIMES)
    bases.update("g" + rime for rime in _G_BEFORE_I)
    return frozenset(bases)


@cache
def _folded_bases() -> frozenset[str]:
    return frozenset(fold(base) for base in _bases())


def split_tone(syllable: str) -> tuple[str, str]:
    """``syllable`` without its tone, and the combining tone mark ("" for ngang).

    >>> split_tone("hoạch") == ("hoach", "\\u0323")
    True
    """
    tone = ""
    kept = []
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONE_MARKS:
            tone += character
        else:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)), tone


@lru_cache(maxsize=16384)
def is_vietnamese_syllable(word: str) -> bool:
    """True when ``word`` is a correctly marked syllable, in any case and either tone style.

    >>> is_vietnamese_syllable("hoạch"), is_vietnamese_syllable("hoach")
    (True, False)
    """
    base, tone = split_tone(word.lower())
    if len(tone) > 1 or base not in _bases():
        return False
    return not base.endswith(_STOPS) or tone in (TONES["sắc"], TONES["nặng"])


@lru_cache(maxsize=16384)
def is_unmarked_syllable(word: str) -> bool:
    """True when ``word``, plain ASCII letters in any case, is some syllable typed without marks.

    >>> is_unmarked_syllable("hoach"), is_unmarked_syllable("plan"), is_unmarked_syllable("hoạch")
    (True, False, False)
    """
    return word.lower() in _folded_bases()


def with_tone(base: str, tone: str) -> str:
    """Lower-case ``base`` with the combining mark ``tone`` where spelling puts it («hòa», «thủy»).

    >>> with_tone("hoach", TONES["nặng"])
    'hoạch'
    """
    if not tone:
        return base
    start = _rime_start(base)
    vowels = [i for i in range(start, len(base)) if base[i] in VOWELS]
    if not vowels:
        return base
    marked = [i for i in vowels if base[i] in _MARKED_VOWELS]
    if marked:
        place = marked[-1]
    elif vowels[-1] != len(base) - 1:
        place = vowels[-1]  # a final consonant follows
    elif len(vowels) >= 3:
        place = vowels[1]
    else:
        place = vowels[0]
    return unicodedata.normalize("NFC", base[: place + 1] + tone + base[place + 1 :])


def _rime_start(base: str) -> int:
    """Where the rime starts: u belongs to the onset in qu, i in gi before another vowel."""
    if base.startswith("qu") or (base.startswith("gi") and base[2:3] and base[2] in VOWELS):
        return 2
    return next((i for i, character in enumerate(base) if character in VOWELS), len(base))
