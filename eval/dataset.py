"""The files an evaluation reads: questions over plans, retrieval sets, the page's feedback.

Every reader takes a path and gives frozen records or raises :class:`DatasetError`, whose text names
the file, the line and what was expected there.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO, TypeVar

from assistant.feedback import Feedback, read
from ingest.vietnamese import fold

AS_WRITTEN = "as written"
UNANSWERABLE = "unanswerable"

_Value = TypeVar("_Value")


class DatasetError(Exception):
    """A file of an evaluation is missing or malformed. ``str(error)`` is one line, fit to show."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Words that must be found, and the name of the document in which they stand."""

    text: str
    document: str


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """A question over plans, with the other ways in which people type it.

    ``variants[i]`` is of kind ``variant_kinds[i]``. ``scoped`` is true when it is asked with its
    ``documents`` already selected. A question that is neither ``answerable`` (it has gold spans)
    nor ``unanswerable`` (its type says so) is asked and not scored.
    """

    id: str
    question: str
    type: str
    documents: tuple[str, ...] = ()
    spans: tuple[GoldSpan, ...] = ()
    variants: tuple[str, ...] = ()
    variant_kinds: tuple[str, ...] = ()
    scoped: bool = False

    @property
    def answerable(self) -> bool:
        return bool(self.spans) and not self.unanswerable

    @property
    def unanswerable(self) -> bool:
        return self.type == UNANSWERABLE

    def wordings(self) -> tuple[tuple[int, str, str], ...]:
        """``(variant, kind, text)`` of each wording; variant 0 is the question as written."""
        kinds = (AS_WRITTEN, *self.variant_kinds)
        texts = (self.question, *self.variants)
        return tuple(
            (i, kind, text) for i, (kind, text) in enumerate(zip(kinds, texts, strict=True))
        )


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A retrieval set in the BEIR manner: what to search, what to ask, what is relevant.

    ``judgements[query id][passage id]`` is the graded relevance, above 0 where relevant; only
    queries with at least one relevant passage are kept.
    """

    name: str
    passages: Mapping[str, str]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]

    def without_diacritics(self) -> RetrievalSet:
        """The same set, its questions typed without marks."""
        return replace(self, queries={k: fold(q) for k, q in self.queries.items()})


@dataclass(frozen=True, slots=True)
class PassageQuestion:
    """A question over one passage; ``starts`` are offsets into it at which its answers begin."""

    id: str
    question: str
    passage: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldObligation:
    """An annotated obligation; an ``actor`` in (parentheses) is implied, not written."""

    document: str
    actor: str
    action: str
    deadline: str
    span: str


def load_questions(path: Path) -> tuple[PlanQuestion, ...]:
    """Read a questions file: one JSON object a line, also as ``.xz``."""
    questions = tuple(_plan_question(row, where) for row, where in _json_lines(path))
    if not questions:
        raise DatasetError(f"{path}: no questions in it")
    _refuse_duplicates([q.id for q in questions], path)
    return questions


def load_retrieval_set(folder: Path) -> RetrievalSet:
    """Read ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv`` of ``folder``, each also as .xz.

    A passage's text is its title and its text. ``qrels.tsv`` has three columns (query, passage,
    relevance), or the four of TREC, with or without BEIR's heading line.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: no such folder")
    corpus = _find(folder, "corpus.jsonl")
    passages = _texts(corpus)
    queries = _texts(_find(folder, "queries.jsonl"))
    qrels = _find(folder, "qrels.tsv")
    judgements = _judgements(qrels, passages, queries)
    asked = {query: queries[query] for query in queries if query in judgements}
    if not asked:
        raise DatasetError(f"{qrels}: no query has a relevant passage")
    return RetrievalSet(folder.resolve().name, passages, asked, judgements)


def load_passage_questions(path: Path) -> tuple[PassageQuestion, ...]:
    """Read extractive questions: one JSON object a line, also as ``.xz``.

    A row has ``id``, ``question``, ``context`` and ``answers``, each with its ``text`` and its
    ``start`` in the context; a row marked ``is_impossible`` is left out. Spaces before an answer
    are no part of it.

    Raises:
        DatasetError: a row lacks a field, or an answer does not stand where it says.
    """
    found = tuple(
        _passage_question(row, where)
        for row, where in _json_lines(path)
        if not _field(row, "is_impossible", bool, where, False)
    )
    if not found:
        raise DatasetError(f"{path}: no answerable questions in it")
    _refuse_duplicates([q.id for q in found], path)
    return found


def load_obligations(path: Path) -> tuple[tuple[GoldObligation, ...], tuple[str, ...]]:
    """The annotated obligations, and the names of the documents that were annotated.

    The names stand in a file beside it (``NAME_meta.json``, ``annotated_documents``); they are
    empty where there is none.

    Raises:
        DatasetError: a file is missing or a row lacks a field.
    """
    rows = tuple(
        GoldObligation(
            document=_field(row, "doc", str, where),
            actor=_field(row, "actor", str, where),
            action=_field(row, "action", str, where),
            deadline=_field(row, "deadline_norm", str, where),
            span=_field(row, "span", str, where),
        )
        for row, where in _json_lines(path)
    )
    meta = path.with_name(f"{path.stem}_meta.json")
    if not meta.exists():
        return rows, ()
    try:
        value = json.loads(meta.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{meta}: {error}") from None
    if not isinstance(value, dict):
        raise DatasetError(f"{meta}: expected a JSON object, found {type(value).__name__}")
    return rows, _strings(value, "annotated_documents", str(meta))


def load_feedback(path: Path) -> tuple[Feedback, ...]:
    """Read the page's feedback file: the last judgement of each answer."""
    if not path.is_file():
        raise DatasetError(f"{path}: no such file")
    try:
        return tuple(read(path))
    except ValueError as error:
        raise DatasetError(str(error)) from None


def same_document(wanted: str, name: str) -> bool:
    """True when ``wanted``, a file name that may lack its ending, names the file ``name``."""
    return wanted in (name, Path(name).stem)


def _plan_question(row: dict[str, Any], where: str) -> PlanQuestion:
    # A question over several documents names them in a list.
    about = (row["doc"],) if isinstance(row.get("doc"), str) else _strings(row, "doc", where)
    texts = _strings(row, "answer_spans", where)
    documents = _strings(row, "span_docs", where) or about[:1] * len(texts)
    variants = _strings(row, "variants", where)
    kinds = _strings(row, "variant_kinds", where) or ("variant",) * len(variants)
    for field, values, expected in (
        ("span_docs", documents, texts),
        ("variant_kinds", kinds, variants),
    ):
        if len(values) != len(expected):
            raise DatasetError(f'{where}: "{field}" has {len(values)} items for {len(expected)}')
    return PlanQuestion(
        id=_identifier(row, where),
        question=_field(row, "question", str, where),
        type=_field(row, "type", str, where, ""),
        documents=about,
        spans=tuple(GoldSpan(t, d) for t, d in zip(texts, documents, strict=True)),
        variants=variants,
        variant_kinds=kinds,
        scoped=row.get("scope") == "document",
    )


def _passage_question(row: dict[str, Any], where: str) -> PassageQuestion:
    passage = _field(row, "context", str, where)
    starts: list[int] = []
    for answer in _field(row, "answers", list, where):
        if not isinstance(answer, dict):
            raise DatasetError(
                f'{where}: "answers" holds a {type(answer).__name__}, expected objects'
            )
        text, start = _field(answer, "text", str, where), _field(answer, "start", int, where)
        if not text.strip() or start < 0 or passage[start : start + len(text)] != text:
            raise DatasetError(f'{where}: the answer "{text}" does not stand at {start}')
        starts.append(start + len(text) - len(text.lstrip()))
    if not starts:
        raise DatasetError(f"{where}: no answer in it")
    return PassageQuestion(
        _identifier(row, where), _field(row, "question", str, where), passage, tuple(starts)
    )


def _texts(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for row, where in _json_lines(path):
        title = _field(row, "title", str, where, "")
        identifier = _identifier(row, where)
        if identifier in texts:
            raise DatasetError(f'{where}: the id "{identifier}" stands twice')
        text = _field(row, "text", str, where)
        texts[identifier] = f"{title}\n{text}" if title else text
    if not texts:
        raise DatasetError(f"{path}: no rows in it")
    return texts


def _judgements(
    path: Path, passages: Mapping[str, str], queries: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        cells = line.split("\t")
        if len(cells) == 4:
            del cells[1]  # TREC's iteration column
        if len(cells) != 3:
            raise DatasetError(f"{path}:{number}: {len(cells)} columns, expected 3 split by tabs")
        query, passage, relevance = cells
        if number == 1 and not _is_integer(relevance):
            continue  # BEIR's heading: query-id, corpus-id, score
        if not _is_integer(relevance):
            raise DatasetError(f'{path}:{number}: relevance "{relevance}" is not a whole number')
        for kind, identifier, known in (("query", query, queries), ("passage", passage, passages)):
            if identifier not in known:
                raise DatasetError(f'{path}:{number}: no {kind} has the id "{identifier}"')
        if int(relevance) > 0:
            judgements.setdefault(query, {})[passage] = int(relevance)
    return judgements


def _is_integer(cell: str) -> bool:
    return cell.strip().removeprefix("-").isdecimal()


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.xz"):
        if path.is_file():
            return path
    raise DatasetError(f"{folder}: neither {name} nor {name}.xz is in it")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """``(number, line)`` of each line that is not blank, numbered from 1."""
    try:
        with (
            lzma.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8-sig") as file
        ):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file") from None
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: not UTF-8 text ({error.reason})") from None
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise DatasetError(f"{path}: cannot be read ({error})") from None


def _open(path: Path) -> TextIO:
    # utf-8-sig: files saved on Windows may start with a byte order mark.
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _json_lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """``(row, "file:line")`` of each row."""
    for number, line in _lines(path):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{where}: not JSON ({error.msg})") from None
        if not isinstance(row, dict):
            raise DatasetError(f"{where}: expected a JSON object, found {type(row).__name__}")
        yield row, where


def _identifier(row: dict[str, Any], where: str) -> str:
    """The row's ``id``, or BEIR's ``_id``."""
    return _field(row, "_id" if "_id" in row else "id", str, where)


def _field(
    row: dict[str, Any], name: str, kind: type[_Value], where: str, default: _Value | None = None
) -> _Value:
    value = row.get(name)
    if value is None:
        if default is None:
            raise DatasetError(f'{where}: "{name}" is missing')
        return default
    if not isinstance(value, kind):
        raise DatasetError(f'{where}: "{name}" is {type(value).__name__}, expected {kind.__name__}')
    return value


def _strings(row: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = _field(row, name, list, where, [])
    for value in values:
        if not isinstance(value, str):
            raise DatasetError(f'{where}: "{name}" holds a {type(value).__name__}, expected str')
    return tuple(values)


def _refuse_duplicates(identifiers: list[str], path: Path) -> None:
    seen: set[str] = set()
    for identifier in identifiers:
        if identifier in seen:
            raise DatasetError(f'{path}: the id "{identifier}" stands twice')
        seen.add(identifier)
