"""Passages as arrays of tokens, and the pairs (query, passage) drawn from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from ingest.embed.segment import Segmenter
from ingest.vietnamese import fold
from training.corpus import TrainingPassage
from training.vocabulary import Entry, words

Ints = npt.NDArray[np.int32]

# Words of questions and of the talk around them: put into queries at random, so that the model
# learns that they say nothing about what a passage is on.
QUESTION_WORDS = (
    *("ai", "là ai", "ai là người", "ai phải", "do ai", "của ai", "cơ quan nào", "đơn vị nào"),
    *("gì", "là gì", "những gì", "cái gì", "làm gì", "cần làm gì", "gồm những gì", "bao gồm"),
    *("khi nào", "ngày nào", "từ khi nào", "đến khi nào", "trước ngày", "năm nào", "vào năm nào"),
    *("bao giờ", "bao lâu", "bao nhiêu", "mấy", "ở đâu", "nơi nào", "vì sao", "tại sao", "nào"),
    *("thế nào", "như thế nào", "được quy định như thế nào", "theo quy định", "cho biết"),
    *("hãy nêu", "trong trường hợp nào", "đúng hay sai", "có phải", "phải không", "hay không"),
    *("có được không", "sau đây", "phương án nào", "khẳng định", "căn cứ vào đâu"),
)

_SHORTEST = 4  # syllables of a sentence that says something by itself


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts as token rows, flat: ``singles[i]`` is a syllable's row or -1; ``pairs[i]`` the row of
    the pair that starts there or -1; the same for the text without diacritics."""

    singles: Ints
    pairs: Ints
    folded_singles: Ints
    folded_pairs: Ints


@dataclass(frozen=True, slots=True)
class Drawn:
    """One side of a batch for an embedding bag: rows and where each text starts."""

    rows: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and their passages, row by row; and the passages' sentences.

    ``owner[i]`` is the row of the passage that sentence i stands in. The sentence that a question
    was made of is not among them, unless it also stayed in the passage.
    """

    queries: Drawn
    passages: Drawn
    sentences: Drawn
    owner: npt.NDArray[np.int64]


class Pairs:
    """Draws batches. Each holds runs of neighbouring passages (of one page, one chapter), so that
    the other passages of a batch are near misses and not only strangers."""

    def __init__(
        self, passages: Sequence[TrainingPassage], entries: Sequence[Entry], seed: int
    ) -> None:
        self._random = np.random.default_rng(seed)
        self._segmenter = Segmenter((entry.piece, entry.score) for entry in entries)
        self._row = {entry.words: row for row, entry in enumerate(entries)}
        texts: list[str] = list(QUESTION_WORDS)
        first: list[int] = []
        last: list[int] = []
        title: list[int] = []
        context: list[int] = []
        heading_of: dict[str, int] = {}
        for passage in passages:
            for heading, column in ((passage.title, title), (passage.context, context)):
                if heading and heading not in heading_of:
                    heading_of[heading] = len(texts)
                    texts.append(heading)
                column.append(heading_of.get(heading, -1))
            first.append(len(texts))
            texts.extend(passage.sentences)
            last.append(len(texts))
        self._first, self._last = np.array(first), np.array(last)
        self._title, self._context = np.array(title), np.array(context)
        self._tokens, self._bounds = self._tokenise(texts)
        groups = [
            [index for index, _ in members]
            for _, members in groupby(enumerate(passages), key=lambda item: item[1].group)
        ]
        self._groups = [np.array(group) for group in groups]

    def _tokenise(self, texts: Iterable[str]) -> tuple[Tokens, npt.NDArray[np.int64]]:
        single: list[int] = []
        pair: list[int] = []
        folded_single: list[int] = []
        folded_pair: list[int] = []
        bounds = [0]
        singles = {words_[0]: row for words_, row in self._row.items() if len(words_) == 1}
        folded_row: dict[str, int] = {}
        folded: dict[str, str] = {}
        for text in texts:
            written = words(text)
            for word in written:
                if word not in folded:
                    folded[word] = fold(word)
                    folded_row[word] = singles.get(folded[word], -1)
            single.extend(singles.get(word, -1) for word in written)
            folded_single.extend(folded_row[word] for word in written)
            for source, target in (
                (written, pair),
                ([folded[word] for word in written], folded_pair),
            ):
                starts = self._segmenter.pairs_of(source)
                base = len(target)
                target.extend([-1] * len(source))
                for position, row in starts.items():
                    target[base + position] = row
            bounds.append(len(single))
        arrays = [np.array(a, np.int32) for a in (single, pair, folded_single, folded_pair)]
        return Tokens(*arrays), np.array(bounds)

    def epoch(self, size: int, run: int) -> Iterable[Batch]:
        """Every passage once, in batches of ``size`` pairs made of runs of ``run`` neighbours."""
        runs: list[npt.NDArray[np.int64]] = []
        for group in self._groups:
            cuts = range(1 + int(self._random.integers(run)), len(group), run)
            runs.extend(np.split(group, cuts))
        order = self._random.permutation(len(runs))
        flat = np.concatenate([runs[index] for index in order])
        for start in range(0, len(flat) - size + 1, size):
            yield self._batch(flat[start : start + size])

    def _batch(self, chosen: npt.NDArray[np.int64]) -> Batch:
        random = self._random
        queries: list[list[tuple[int, int]]] = []
        documents: list[list[tuple[int, int]]] = []
        sentences: list[list[tuple[int, int]]] = []
        owner: list[int] = []
        bounds = self._bounds
        draws = random.random((len(chosen), 8))
        for row, (passage, draw) in enumerate(zip(chosen.tolist(), draws.tolist(), strict=True)):
            first, last = int(self._first[passage]), int(self._last[passage])
            title, context = int(self._title[passage]), int(self._context[passage])
            heading = [(int(bounds[t]), int(bounds[t + 1])) for t in (context, title) if t >= 0]
            body = (int(bounds[first]), int(bounds[last]))
            asked = -1  # the sentence that the question takes out of the passage
            if heading and draw[0] < 0.2:
                query = heading if draw[1] < 0.4 else heading[-1:]
                document = [body]
            else:
                sentence = first + int(draw[2] * (last - first))
                start, end = int(bounds[sentence]), int(bounds[sentence + 1])
                document = [(body[0], start), (end, body[1])]
                asked = sentence
                if last - first == 1 or draw[3] < 0.35:
                    document = [body]  # the words of the sentence stay to be found
                    asked = -1
                if heading and draw[4] < 0.5:
                    document = heading + document
                length = end - start
                if length > 8 and draw[5] < 0.7:
                    kept = 5 + int(draw[6] * min(length - 5, 20))
                    start += int(draw[7] * (length - kept + 1))
                    end = start + kept
                query = [(start, end)]
            queries.append(query)
            documents.append(document)
            kept_sentences = [
                [(int(bounds[i]), int(bounds[i + 1]))]
                for i in range(first, last)
                if i != asked and bounds[i + 1] - bounds[i] >= _SHORTEST
            ]
            if (heading and draw[4] < 0.5) or not kept_sentences:
                kept_sentences.append(heading or [body])
            sentences += kept_sentences
            owner += [row] * len(kept_sentences)
        for query, chance in zip(queries, random.random(len(queries)).tolist(), strict=True):
            if chance < 0.5:
                phrase = int(chance * 2 * len(QUESTION_WORDS))
                query.append((int(bounds[phrase]), int(bounds[phrase + 1])))
        # 0 = as written, 1 = without diacritics, else the share of syllables that lose them
        kind = random.random(len(queries))
        share = np.where(kind < 0.18, 1.0, np.where(kind < 0.26, random.random(len(queries)), 0.0))
        no_folding = np.where(random.random(len(queries)) < 0.03, 1.0, 0.0)
        owners = np.array(owner)
        return Batch(
            self._gather(queries, share, 0.9),
            self._gather(documents, no_folding, 1.0),
            self._gather(sentences, no_folding[owners], 1.0),
            owners,
        )

    def _gather(
        self, texts: list[list[tuple[int, int]]], share: npt.NDArray[np.float64], keep: float
    ) -> Drawn:
        spans = np.array([span for text in texts for span in text])
        owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        lengths = spans[:, 1] - spans[:, 0]
        total = int(lengths.sum())
        # Positions of all spans, one after another.
        at = np.arange(total) + np.repeat(spans[:, 0] - np.cumsum(lengths) + lengths, lengths)
        text = np.repeat(owner, lengths)
        folded = self._random.random(total) < share[text]
        present = self._random.random(total) < keep
        tokens = self._tokens
        single = np.where(folded, tokens.folded_singles[at], tokens.singles[at])
        single = np.where(present, single, -1)
        pair = np.where(folded, tokens.folded_pairs[at], tokens.pairs[at])
        whole = np.zeros(total, bool)
        whole[:-1] = (
            (folded[:-1] == folded[1:]) & present[:-1] & present[1:] & (at[1:] == at[:-1] + 1)
        )
        pair = np.where(whole, pair, -1)
        rows = np.stack([single, pair], axis=1).ravel()
        known = rows >= 0
        rows, texts_of = rows[known], np.repeat(text, 2)[known]
        counts = np.bincount(texts_of, minlength=len(texts))
        return Drawn(rows.astype(np.int64), np.cumsum(counts) - counts)
