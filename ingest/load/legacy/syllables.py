"""Whether letters make a Vietnamese syllable: the evidence by which an encoding is told. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "`", "\u0301": "´", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_STOPS = ("c", "ch", "p", "t")
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyt uyp uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    """.split()
)
_AFTER_Q = frozenset(
    """
    ua uac uach uai uan uang uanh uao uat uay uăc uăm uăn uăng uăp uăt uân uâng uât uâu uây
    ue uen ueo uet uê uên uênh uêt ui uich uinh uit uôc uơ uơi uơn uy uyên uyêt uynh uyt uych
    """.split()
)
_AFTER_GI = frozenset("êc êng êt êm ên iêc iêng iêt iêm iên".split())
_ONSET = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?")
_FRONT = frozenset("eêiy")


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Whether ``word`` obeys the spelling of a Vietnamese syllable, in any case of its letters.

    >>> [is_syllable(word) for word in ("nghị", "QUYẾT", "thuở", "kõ", "bât", "naïve")]
    [True, True, True, False, False, False]
    """
    letters, tone = _without_tone(word.lower())
    onset = _ONSET.match(letters)
    if onset is None or not letters:
        return False
    return any(
        _fits(letters[:end], letters[end:], tone) for end in {onset.end(), min(onset.end(), 1), 0}
    )


def is_written_syllable(word: str) -> bool:
    """As :func:`is_syllable`, in one of the cases that people write: «đảng», «Đảng», «ĐẢNG»."""
    return (word.islower() or word.isupper() or word.istitle()) and is_syllable(word)


def _without_tone(word: str) -> tuple[str, str]:
    """The letters with their shapes, and the tone mark («» for none, «!» for several)."""
    marks = [c for c in unicodedata.normalize("NFD", word) if c in _TONES]
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES)
    return unicodedata.normalize("NFC", bare), marks[0] if len(marks) == 1 else "!" * len(marks)


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if not rhyme or len(tone) > 1:
        return onset == "gi" and not rhyme and len(tone) < 2
    if rhyme.endswith(_STOPS) and tone not in ("\u0301", "\u0323"):
        return False
    if onset == "q":
        return rhyme in _AFTER_Q
    if onset == "gi" and rhyme in _AFTER_GI:
        return True
    if rhyme not in _RHYMES:
        return False
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng", "g"):
        return not front or onset + rhyme[0] == "gi"
    return onset not in ("p", "qu") or rhyme[0] in "aăâeêioôơu"
