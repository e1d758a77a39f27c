"""Ways of retrieval side by side: the same documents, the same wordings, the same counting.

Each method runs in a fresh process of its own, so that no method pays for, or profits from, what
another one imported. The methods:

* ``ours``: as the product retrieves: the question understood, words and vectors fused;
* ``bm25``: BM25 alone over the very same passages in their context, the question as typed;
* ``dense``: the library's vectors alone, the question as typed;
* ``stock``: the pipeline of LangChain's tutorials, see :mod:`eval.stock`.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tqdm import tqdm

from eval.dataset import DatasetError, PlanQuestion, same_document
from eval.figures import ComparisonFigures, MethodRun, Wording, method_figures
from ingest.errors import IngestError, UnreadableFile
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress
    from ingest.records import Passage, SourceDocument

METHODS = ("ours", "bm25", "dense", "stock")
DEPTH = 10

Found = list[tuple[str, str]]  # (document, text) of passages, best first
Sources = Sequence[tuple[str, Path]]  # (id, path) of documents


class Method(Protocol):
    """A way of retrieval, its models loaded and its store empty."""

    def add(self, documents: Sources, settings: Settings) -> Sequence[str]:
        """Index the files; gives the passages' texts."""

    def search(self, text: str, selected: Sequence[str], limit: int) -> Found:
        """The best passages, of the documents ``selected`` (ids) where given."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a process needs to measure one method. ``settings.home`` is an empty folder."""

    method: str
    settings: Settings
    documents: tuple[tuple[str, Path], ...]
    wordings: tuple[Wording, ...]
    stock_model: str


def run_comparison(
    settings: Settings,
    plans: Sequence[Path],
    questions: Sequence[PlanQuestion],
    stock_model: str | None = None,
) -> ComparisonFigures:
    """Ask every wording of every method over the files in ``plans``.

    ``stock_model`` is the name or folder of a sentence-transformers model; without one the stock
    pipeline is left out.

    Raises:
        DatasetError: a folder or the gold of the questions is missing.
        IngestError: no file could be read, a model can't be had, or a method's process died.
    """
    documents = read_sources(plans, settings)
    names = {identity: path.name for identity, path in documents}
    wordings = tuple(_wordings(questions, names))
    if not any(wording.spans for wording in wordings):
        raise DatasetError("no question has answer_spans, so there is no evidence to look for")
    methods = METHODS if stock_model else METHODS[:-1]
    # The stock pipeline depends on what the user named: a wrong name is to cost seconds.
    runs = {
        method: measure(method, settings, documents, wordings, stock_model or "")
        for method in reversed(methods)
    }
    kinds = [wording.kind for wording in wordings if wording.spans]
    return ComparisonFigures(
        documents=len(documents),
        wordings=len(wordings),
        answerable={kind: kinds.count(kind) for kind in dict.fromkeys(kinds)},
        methods=tuple(method_figures(method, wordings, runs[method]) for method in methods),
        left_out={} if stock_model else {"stock": "name a model for it with --stock-model"},
    )


def read_sources(plans: Sequence[Path], settings: Settings) -> tuple[tuple[str, Path], ...]:
    """``(id, path)`` of every document under ``plans`` that can be read, each once."""
    from ingest.pipeline import files_under, read_document

    for folder in plans:
        if not folder.exists():
            raise DatasetError(f"{folder}: no such folder")
    found: dict[str, Path] = {}
    for folder in plans:
        try:
            for path in files_under([folder]):
                try:
                    document = read_document(path, settings.max_file_bytes)
                except UnreadableFile as error:
                    tqdm.write(f"left out: {error}", file=sys.stderr)
                else:
                    found.setdefault(document.id, path.resolve())
        except UnreadableFile as error:  # a folder without any
            tqdm.write(f"left out: {error}", file=sys.stderr)
    if not found:
        raise DatasetError(f"no document in {', '.join(map(str, plans))} could be read")
    return tuple(found.items())


def _wordings(questions: Sequence[PlanQuestion], names: dict[str, str]) -> Iterator[Wording]:
    """``names`` of the documents by id."""

    def ids_of(wanted: str) -> list[str]:
        return [identity for identity, name in names.items() if same_document(wanted, name)]

    for question in questions:
        selected: list[str] = []
        for wanted in question.documents if question.scoped else ():
            if not ids_of(wanted):
                raise DatasetError(
                    f'question {question.id} is asked of "{wanted}", not in the plans'
                )
            selected.extend(ids_of(wanted))
        spans = [
            (next((names[i] for i in ids_of(span.document)), span.document), span.text)
            for span in (question.spans if question.answerable else ())
        ]
        for _, kind, text in question.wordings():
            yield Wording(kind, text, tuple(spans), tuple(selected))


def measure(
    method: str,
    settings: Settings,
    documents: Sources,
    wordings: Sequence[Wording],
    stock_model: str = "",
) -> MethodRun:
    """Index ``documents`` and search every wording by ``method``, in a fresh process."""
    with (
        # Ours to delete: the process may still have its store open, which Windows protects.
        tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as home,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh,
    ):
        fixed = settings.apart(Path(home))
        job = Job(method, fixed, tuple(documents), tuple(wordings), stock_model)
        try:
            return fresh.submit(run_job, job).result()
        except BrokenProcessPool:
            raise IngestError(
                f"the process that measured «{method}» ended without a result; "
                "the machine may be short of memory"
            ) from None


def run_job(job: Job) -> MethodRun:
    """Measure one method in this process, which is to be a fresh one."""
    before = peak_memory()
    with _opened(job) as method:
        reading = _reading_seconds(job)
        started = time.perf_counter()
        texts = method.add(job.documents, job.settings)
        indexing = time.perf_counter() - started
        method.search("Ai phải báo cáo?", (), DEPTH)  # what loads once is no query's time
        found: list[tuple[tuple[str, str], ...]] = []
        query_ms: list[float] = []
        title, silent = f"{job.method}: ask", not job.wordings
        for wording in tqdm(job.wordings, desc=title, unit="question", disable=silent):
            started = time.perf_counter()
            passages = method.search(wording.text, wording.selected, DEPTH)
            query_ms.append(1000 * (time.perf_counter() - started))
            found.append(tuple(passages))
        peak = peak_memory()
    return MethodRun(
        found=tuple(found),
        passages=len(texts),
        words=sum(len(text.split()) for text in texts),
        reading=reading,
        indexing=indexing,
        query_ms=tuple(query_ms),
        memory_before=before,
        memory_peak=peak,
    )


def _reading_seconds(job: Job) -> float:
    """Seconds from the files to their text, once what loads once is loaded."""
    from eval.stock import canonical_text

    seconds = 0.0
    for _ in range(2):
        started = time.perf_counter()
        for _, path in job.documents:
            canonical_text(path, job.settings.max_file_bytes)
        seconds = time.perf_counter() - started
    return seconds


def peak_memory() -> int | None:
    """The most memory that this process has held in RAM, in bytes; None where it can't be told."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: on Linux a new program inherits the peak of the one that started it.
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextmanager
def _opened(job: Job) -> Iterator[Method]:
    """The job's method, warm: everything imported and loaded that its first text would load."""
    if job.method == "stock":
        from eval.stock import StockPipeline

        yield StockPipeline(job.stock_model, job.settings.home)
    elif job.method == "bm25":
        import ingest.pipeline  # noqa: F401 (now, and not on the clock)

        yield _Lexical()
    else:
        from ingest.pipeline import Library

        with Library.open(job.settings) as library:
            library.embeddings.embed_query("")
            yield _Ours(library) if job.method == "ours" else _Dense(library)


class _Ours:
    def __init__(self, library: Library) -> None:
        from assistant.chain import Assistant

        self._assistant = Assistant(library)

    def add(self, documents: Sources, settings: Settings) -> Sequence[str]:
        texts = _add(self._assistant.library, documents, "ours")
        self._assistant.index()
        return texts

    def search(self, text: str, selected: Sequence[str], limit: int) -> Found:
        from assistant.records import Scope

        retriever = self._assistant.retriever(Scope(documents=tuple(selected)), limit)
        return [
            (found.metadata["document"], found.page_content) for found in retriever.invoke(text)
        ]


class _Dense:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[str, tuple[str, str]] = {}

    def add(self, documents: Sources, settings: Settings) -> Sequence[str]:
        texts = _add(self._library, documents, "dense")
        names = {document.id: document.name for document in self._library.documents()}
        self._found = {p.id: (names[p.document_id], p.text) for p in self._library.passages()}
        return texts

    def search(self, text: str, selected: Sequence[str], limit: int) -> Found:
        vector = self._library.embeddings.embed_query(text)
        near = self._library.nearest(vector, limit, selected)
        return [self._found[identity] for identity, _ in near]


class _Lexical:
    """In memory: BM25's tables are made of the passages, and nothing is stored."""

    def __init__(self) -> None:
        from ingest.lexical import LexicalIndex

        self._index = LexicalIndex(["a"])
        self._documents: list[str] = []  # id of each passage's document
        self._found: Found = []

    def add(self, documents: Sources, settings: Settings) -> Sequence[str]:
        from ingest.chunk import chunk
        from ingest.lexical import LexicalIndex
        from ingest.pipeline import context_of, read_document

        rows: list[tuple[SourceDocument, Passage]] = []
        for _, path in tqdm(documents, desc="bm25: add", unit="file"):
            document = read_document(path, settings.max_file_bytes)
            passages = chunk(document, settings.max_passage_words)
            rows.extend((document, passage) for passage in passages)
        self._index = LexicalIndex([f"{context_of(d, p)}\n{p.text}" for d, p in rows])
        self._documents = [document.id for document, _ in rows]
        self._found = [(document.name, passage.text) for document, passage in rows]
        return [passage.text for _, passage in rows]

    def search(self, text: str, selected: Sequence[str], limit: int) -> Found:
        import numpy as np

        scores = self._index.scores(text)
        if selected:
            scores = np.where([d in selected for d in self._documents], scores, 0.0)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._found[i] for i in best if scores[i] > 0]  # 0: no word is shared


def _add(library: Library, documents: Sources, method: str) -> Sequence[str]:
    with _progress(f"{method}: add") as progress:
        library.add([path for _, path in documents], progress)
    return [passage.text for passage in library.passages()]


@contextmanager
def _progress(title: str) -> Iterator[Callable[[Progress], None]]:
    with tqdm(desc=title, unit="file") as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.total
            bar.update(progress.done - bar.n)

        yield show


def require_writable(path: Path) -> None:
    """Fail before minutes of work, not after; what stands in the file stays."""
    _failing_to_write(path, lambda: path.open("a").close())


def write_text(text: str, path: Path) -> None:
    """Write ``text`` to ``path`` as UTF-8."""
    _failing_to_write(path, lambda: path.write_text(text, "utf-8"))


def _failing_to_write(path: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror})") from None
