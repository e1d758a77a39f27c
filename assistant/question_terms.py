"""The terms of a question, each weighed by how rare it is in the library. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.records import Question
from assistant.units import folded_term
from ingest.header import NUMBER
from ingest.lexical import terms
from ingest.vietnamese import has_diacritics

# Words too common in questions and in the genre to tell one sentence from another. A question
# typed without marks gets the shorter list: «bao», «chi», «minh» are often content words there.
_COMMON = frozenset(
    "của và các những cho về trong tại ở với là được phải theo từ đến khi này do có không một trên "
    "dưới vào ra "
    "bằng như để thì mà hay hoặc cũng nào gì ai đâu bao nhiêu mấy thế cần sẽ đã đang bị bởi mỗi "
    "ngày tháng năm "
    "trước sau lúc giờ thời gian hạn lấy mình tôi em anh chị xin hỏi biết giúp nhé vậy việc diễn "
    "bắt kết thúc xong lâu hôm chót lượt tiếng lỡ".split()
)
_COMMON_FOLDED = frozenset(
    "cua va cac nhung cho ve trong tai o voi la duoc phai theo tu den khi nay do khong mot tren "
    "duoi vao ra nhu de "
    "thi ma hay hoac cung nao gi ai dau nhieu may the can se da bi boi moi ngay thang nam truoc "
    "sau luc gio lay "
    "toi xin hoi biet nhe vay viec dien".split()
)
_KNOWN_SHARE = 0.3  # of a term that names the document
_FOLDED_SHARE, _UNMARKED_SHARE = 0.35, 0.7


@dataclass(frozen=True)  # without slots: it keeps what it has found
class QuestionTerms:
    """Terms of a question with their weights, which sum to 1 where there are any.

    A question typed with its marks has terms as written: «hỏa» is not «hóa», and agrees with it
    only in part. One typed without has folded keys alone.

    ``choices`` are terms of which not all are meant: an English phrase has renderings, and what
    says one of them says the phrase. Each choice has the terms of every rendering.
    """

    weights: dict[str, float]
    choices: tuple[tuple[frozenset[str], ...], ...] = ()

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The terms and their folded keys: all that a text is searched for."""
        folded = (folded_share(term)[0] for term in self.weights)
        return frozenset(chain(self.weights, filter(None, folded)))

    @classmethod
    def of(cls, question: Question, index: LibraryIndex) -> QuestionTerms:
        """A term weighs the more, the rarer it is in the library."""
        asked = NUMBER.sub(" ", question.search) if question.references else question.search
        marked = has_diacritics(asked)
        common = _COMMON if marked else _COMMON_FOLDED

        def weighed(words: str) -> dict[str, float]:
            weights: dict[str, float] = {}
            for written in terms(words):
                if all(part in common for part in written.split("_")):
                    continue
                term = written if marked else folded_term(written)
                if "_" in term and not index.holds(term):
                    continue  # two words that only this question puts side by side
                share = index.association(term) if "_" in term else 0.6
                weights[term] = share * index.rarity(term)
            return weights

        weights = weighed(written_out(asked))
        choices: list[tuple[frozenset[str], ...]] = []
        for typed, *others in question.renderings:
            if typed.lower() not in asked.lower():
                continue  # of a part of the question that is left aside
            options = [weighed(typed)]
            options += [weighed(words) for words in others if _is_held(words, marked, index)]
            apart = tuple(dict.fromkeys(frozenset(option) for option in options if option))
            if len(apart) > 1:
                weights = {**dict(chain.from_iterable(o.items() for o in options)), **weights}
                choices.append(apart)
        return cls(weights, tuple(choices))._scaled()

    def within(self, card: frozenset[str]) -> QuestionTerms:
        """The terms as they weigh inside a document whose card has ``card``."""
        return QuestionTerms(
            {
                t: w * (_KNOWN_SHARE if agreement(t, card) == 1.0 else 1.0)
                for t, w in self.weights.items()
            },
            self.choices,
        )._scaled()

    def only(self, said: frozenset[str]) -> QuestionTerms:
        """The terms that are in ``said``, alone."""
        return QuestionTerms({t: w for t, w in self.weights.items() if t in said})._scaled()

    def outside(self, card: frozenset[str]) -> QuestionTerms:
        """The terms that a document's card does not say, alone; all where it says every one."""
        apart = {t: w for t, w in self.weights.items() if agreement(t, card) < 1.0}
        return QuestionTerms(apart)._scaled() if apart else self

    def share_in(self, said: frozenset[str]) -> float:
        """The weight of the terms that are in ``said``."""
        meant = self.meant(lambda t: agreement(t, said))
        return sum(w * agreement(t, said) for t, w in meant.items())

    def syllable_share_in(self, said: Container[str]) -> float:
        """As :meth:`share_in` over single syllables only, scaled to sum to 1."""
        meant = self.meant(lambda t: agreement(t, said))
        single = {t: w for t, w in meant.items() if "_" not in t}
        total = sum(single.values())
        return sum(w * agreement(t, said) for t, w in single.items()) / total if total else 1.0

    def meant(self, share: Callable[[str], float]) -> dict[str, float]:
        """The weights with the best said rendering of each choice; ``share`` (0…1) is of a term.

        A choice weighs as much as its lightest rendering: the rarer ones are rare for their words,
        not for what they mean.
        """
        if not self.choices:
            return self.weights
        chosen = dict(self.weights)
        for options, sums, every in self._weighed_choices:
            said = [
                sum(self.weights[t] * share(t) for t in option) / (total or 1.0)
                for option, total in zip(options, sums, strict=True)
            ]
            best = max(range(len(options)), key=lambda i: (said[i], -i))
            for term in every:
                chosen.pop(term, None)
            for term in options[best]:
                chosen[term] = self.weights[term] * min(sums) / (sums[best] or 1.0)
        return chosen

    @cached_property
    def _weighed_choices(
        self,
    ) -> list[tuple[tuple[frozenset[str], ...], list[float], frozenset[str]]]:
        """Each choice with the weights of its renderings, and all terms of any of them."""
        return [
            (
                options,
                [sum(self.weights[t] for t in option) for option in options],
                frozenset().union(*options),
            )
            for options in self.choices
        ]

    def _scaled(self) -> QuestionTerms:
        total = sum(self.meant(lambda _: 0.0).values())
        scaled = {t: w / total for t, w in self.weights.items()} if total else {}
        return QuestionTerms(scaled, self.choices if total else ())


def _is_held(words: str, marked: bool, index: LibraryIndex) -> bool:
    """Whether the library has the words side by side, as far as pairs tell."""
    return all(index.holds(t if marked else folded_term(t)) for t in terms(words))


def agreement(term: str, said: Container[str]) -> float:
    """1 when ``term`` is in ``said``, a part when only its folded key is, else 0.

    A term without marks in a question that has some is likely a name typed in haste.
    """
    if term in said:
        return 1.0
    folded, share = folded_share(term)
    return share if folded in said else 0.0


@lru_cache(1 << 14)
def folded_share(term: str) -> tuple[str, float]:
    """The folded key of a term, "" for one that is folded, and what agreeing by it is worth."""
    if term[0] == "~":
        return "", 0.0
    return folded_term(term), _FOLDED_SHARE if has_diacritics(term) else _UNMARKED_SHARE
