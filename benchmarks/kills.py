"""What a kill costs: ``python -m benchmarks.kills [--times N] [--seed N] [--operations NAME …]``.

Fills a library, then again and again takes a copy of it, starts an operation on that in a process
of its own, kills this (SIGKILL) somewhere between its start and its end, opens the library again
and looks: is every document there that was told of as added, is each whole (text, passages, duties,
vectors, original), is nothing half there, are the words of what was removed in no file, and does
it go on? Every fourth time the reopening is killed as well. Prints a table, and exits with 1 where
anything was not as it must be. Needs ``fork``.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import json
import logging
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np

from benchmarks.plans import made_up_plans
from ingest.records import SourceDocument
from ingest.settings import Settings
from ingest.vietnamese import fold

OPERATIONS = ("add", "remove", "set_aside", "replace", "rebuild")
_STRETCH = 5  # words
_TRACES = 60  # stretches of a document that are looked for
_DEADLINE = 300.0  # seconds after which a process counts as hanging

Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every trial begins with: a library, files that are not in it, what is to be found."""

    home: Path
    files: tuple[Path, ...]  # to be added
    base: dict[str, str]  # text by document id
    new: dict[str, str]  # of ``files``
    traces: dict[str, tuple[str, ...]]  # words of a document that stand in no other, by its id

    @property
    def texts(self) -> dict[str, str]:
        return self.base | self.new


@dataclass(slots=True)
class Trial:
    """One kill: where, what had been told by then, and what was found afterwards."""

    operation: str
    point: float  # share of the operation's time
    seconds: float
    told: list[list[str]] = field(default_factory=list)
    finished: bool = False
    twice: bool = False
    goes_on: bool = True
    wrong: str = ""
    found: str = ""


def make_ground(folder: Path, documents: int, added: int) -> Ground:
    """A library of made-up plans, and more of them to be added."""
    plans = list(islice(made_up_plans(documents + added), documents + added))
    paths: list[Path] = []
    for part, some in (("base", plans[:documents]), ("new", plans[documents:])):
        (folder / part).mkdir()
        for name, text in some:
            path = folder / part / name
            path.write_text(text, "utf-8")
            paths.append(path)
    home = folder / "home"

    def fill() -> dict[str, str]:
        from ingest.pipeline import Library
        from ingest.reading import identity, read_document

        with Library.open(Settings(home=home)) as library:
            library.add(paths[:documents])
        return {identity(p.read_bytes()): read_document(p).text for p in paths}

    texts = in_fork(fill)
    base = dict(islice(texts.items(), documents))
    new = dict(islice(texts.items(), documents, None))
    return Ground(home, tuple(paths[documents:]), base, new, _traces(texts))


def _traces(texts: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Some stretches of five words on one line, and words, that stand in one text alone."""
    pieces: dict[str, set[str]] = {}
    for identity, text in texts.items():
        found = {word for word in text.split() if len(word) >= _STRETCH}
        for line in text.splitlines():
            words = line.split(" ")
            found |= {" ".join(words[i : i + _STRETCH]) for i in range(len(words) - _STRETCH + 1)}
        pieces[identity] = found
    counts = Counter(piece for found in pieces.values() for piece in found)
    chance = random.Random(1)  # noqa: S311 (no secret)
    traces: dict[str, tuple[str, ...]] = {}
    for identity, found in pieces.items():
        own = [piece for piece in sorted(found) if counts[piece] == 1]
        others = "\n".join(text for other, text in texts.items() if other != identity)
        some = chance.sample(own, min(_TRACES, len(own)))
        traces[identity] = tuple(piece for piece in some if piece not in others)
    return traces


def left_of(home: Path, traces: Sequence[str]) -> list[str]:
    """Which of ``traces`` stand in files under ``home``, as UTF-8, UTF-16 or without marks."""
    folded = [fold(trace) for trace in traces]
    wanted = {
        *(t.encode() for t in traces),
        *(t.encode("utf-16-le") for t in traces),
        *(t.encode() for t, trace in zip(folded, traces, strict=True) if " " in trace),
    }
    found = []
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found += [f"{path.relative_to(home)}: {w!r}" for w in wanted if w in data]
    return found


# --- operations, each in a process that is to be killed ------------------------------------------


def operate(ground: Ground, home: Path, operation: str, chance: int, tell: Tell) -> None:
    """Do ``operation`` on the library at ``home`` and tell what is done for good as it is done."""
    from ingest.pipeline import Library, Progress, rebuild

    settings = Settings(home=home)
    if operation == "rebuild":
        rebuild(settings)
        tell("done")
        return

    def show(progress: Progress) -> None:
        for document in progress.committed:
            tell("added", document.id)

    with Library.open(settings) as library:
        ids = sorted(ground.base)
        some = random.Random(chance).sample(ids, 3)  # noqa: S311 (no secret)
        if operation == "add":
            for document in library.add(ground.files[:-1], show).added:
                tell("added", document.id)
        elif operation == "remove":
            tell("removing", *some)
            library.remove(*some)
            tell("removed", *some)
        elif operation == "set_aside":
            tell("removing", *some)
            library.set_aside(*some)
            tell("removed", *some)
            library.restore(some[0])
            tell("restored", some[0])
        elif operation == "replace":
            file = ground.files[chance % (len(ground.files) - 1)]
            tell("replacing", some[0], _identity(file))
            library.replace(some[0], file)
            tell("replaced", some[0], _identity(file))
    tell("done")


def _identity(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- what must hold afterwards -------------------------------------------------------------------


def check(ground: Ground, home: Path, told: Sequence[Sequence[str]], goes_on: bool = True) -> str:
    """Open the library at ``home`` and see that it is as it must be, and with ``goes_on`` that it
    can be added to and opened again; what was found, in words.

    Raises:
        AssertionError: it is not.
    """
    from ingest.pipeline import Library
    from ingest.reading import found_in

    heard = _Heard()
    logging.getLogger().addHandler(heard)
    settings = Settings(home=home)
    may, must = _expected(ground, told)
    with Library.open(settings) as library:
        documents = {d.id: d for d in library.documents()}
        lacking, too_many = must - documents.keys(), documents.keys() - may
        assert not lacking, f"lost: {sorted(lacking)}"
        assert not too_many, f"came back: {sorted(too_many)}"
        _check_either(told, documents)
        _check_whole(ground, library, documents, found_in)
        _check_traces(ground, home, documents)
        left = {p.name for p in home.iterdir()} - {
            ".lock",
            ".owner",
            "chroma",
            "originals",
            "index",
        }
        assert not {n for n in left if not n.startswith(".reading-")} - {".present"}, (
            f"left: {left}"
        )
        if goes_on:
            spare = ground.files[-1]
            assert len(library.add([spare]).added) == 1, "can't go on"
            library.remove(_identity(spare))
            _check_traces(ground, home, documents)
    if goes_on:
        with Library.open(settings) as library:
            assert {d.id for d in library.documents()} == documents.keys(), "not the same again"
    return f"{len(documents)} documents" + (", index made anew" if heard.lines else "")


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "made anew" in record.getMessage():
            self.lines.append(record.getMessage())


def _expected(ground: Ground, told: Sequence[Sequence[str]]) -> tuple[set[str], set[str]]:
    """The ids of the documents that may be there, and of those that must."""
    may, must = set(ground.base), set(ground.base)
    for what, *ids in told:
        if what == "adding":
            may |= set(ids)
        elif what in ("added", "restored"):
            may |= set(ids)
            must |= set(ids)
        elif what in ("removing", "removed"):
            must -= set(ids)
            may -= set(ids) if what == "removed" else set()
        elif what == "replacing":
            must.discard(ids[0])
            may.add(ids[1])
        elif what == "replaced":
            may.discard(ids[0])
            must.add(ids[1])
    return may, must


def _check_either(told: Sequence[Sequence[str]], documents: dict[str, SourceDocument]) -> None:
    for what, *ids in told:
        if what == "replacing":
            assert documents.keys() & set(ids), "neither the old version nor the new one is there"


def _check_whole(
    ground: Ground, library: Any, documents: dict[str, SourceDocument], found_in: Callable[..., Any]
) -> None:
    passages: dict[str, list[Any]] = {}
    duties: Counter[str] = Counter(duty.document_id for duty in library.obligations())
    for passage in library.passages():
        passages.setdefault(passage.document_id, []).append(passage)
    assert passages.keys() <= documents.keys(), "passages without a document"
    assert duties.keys() <= documents.keys(), "duties without a document"
    for identity, document in documents.items():
        assert document.text == ground.texts[identity], f"{document.name}: another text"
        text = "".join(passage.text for passage in passages.get(identity, ()))
        assert text == document.text, f"{document.name}: its passages are not its text"
        if document.name.endswith("7.txt"):  # some: finding duties takes its time
            expected = len(found_in(document, library.settings.max_passage_words).obligations)
            assert duties[identity] == expected, f"{document.name}: {duties[identity]} duties"
        _, data = library.original(identity) or ("", b"")
        assert hashlib.sha256(data).hexdigest() == identity, f"{document.name}: no original"
    originals = {p.parent.name for p in library.settings.originals_path.glob("*/*")}
    assert originals == documents.keys(), f"originals: {originals ^ documents.keys()}"
    held = library._store.vectors_of(sorted(documents))  # fails where the index lacks one
    for identity, (found, vectors) in held.items():
        assert len(found) == len(passages.get(identity, ())), "passages that are not read"
        assert (np.linalg.norm(vectors, axis=1) > 0).all(), "a passage has no vector"
    count = len(library.passages())
    some = library.passages()[:: max(1, count // 8)]
    missed = 0
    for passage, vector in zip(
        some, library.embeddings.encode([p.text for p in some]), strict=True
    ):
        nearest = library.nearest(vector.tolist(), 50)
        assert len(nearest) == min(50, count), f"search gives {len(nearest)} passages"
        missed += passage.document_id not in {i.split(":")[0] for i, _ in nearest}
    # The search is approximate: of a library that nobody has killed it misses one in a thousand.
    assert missed <= 1, f"{missed} of {len(some)} passages aren't found"


def _check_traces(ground: Ground, home: Path, documents: dict[str, SourceDocument]) -> None:
    gone = [trace for i in ground.texts if i not in documents for trace in ground.traces[i]]
    left = left_of(home, gone[:: max(1, len(gone) // 20)])  # each is looked for in every file
    assert not left, f"words of removed documents are left: {left[:3]} ({len(left)})"


# --- trials --------------------------------------------------------------------------------------


def run(ground: Ground, home: Path, operation: str, chance: int, kill_at: float | None) -> Trial:
    """Do an operation in a process that is killed so many seconds after it is ready."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _become(writing, lambda tell: operate(ground, home, operation, chance, tell))
    os.close(writing)
    trial = Trial(operation, 0.0, 0.0)
    began = time.monotonic()
    with os.fdopen(reading, encoding="utf-8") as told:
        if kill_at is not None:
            _wait(child, kill_at)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        trial.told = [json.loads(line) for line in told if line.endswith("\n")]
    os.waitpid(child, 0)
    trial.seconds = time.monotonic() - began
    trial.finished = any(line[0] == "done" for line in trial.told)
    for line in trial.told:
        if line[0] == "failed":
            trial.wrong = line[1]
    if operation == "add":
        trial.told.insert(0, ["adding", *ground.new])
    return trial


def _become(writing: int, work: Callable[[Tell], None]) -> None:
    """Do ``work`` in this process, a fork, and end it."""
    out: IO[str] = os.fdopen(writing, "w", encoding="utf-8")

    def tell(*words: str) -> None:
        out.write(json.dumps(words) + "\n")
        out.flush()

    try:
        work(tell)
    except BaseException:  # noqa: BLE001 (the parent is told)
        with contextlib.suppress(BrokenPipeError):
            tell("failed", traceback.format_exc())
    finally:
        os._exit(0)


def _wait(child: int, seconds: float) -> None:
    """Wait so long, or until the child has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.002)


def in_fork(work: Callable[[], Any], seconds: float = _DEADLINE) -> Any:
    """What ``work`` gives, in a process of its own.

    Raises:
        AssertionError: it failed, crashed, or hung.
    """
    outcome = _in_killed_fork(work, seconds)
    assert outcome is not None, f"the process crashed, or hung for {seconds:.0f} s"
    what, said = outcome
    assert what == "gave", said
    return said


def _in_killed_fork(work: Callable[[], Any], seconds: float) -> list[Any] | None:
    """What became of ``work`` in a process that is killed after so many seconds at the latest."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _become(writing, lambda tell: tell("gave", work()))
    os.close(writing)
    said = _read_until(reading, time.monotonic() + seconds)
    os.close(reading)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(said) if said.endswith(b"\n") else None


def _read_until(pipe: int, until: float) -> bytes:
    """What comes from a pipe until its end, or that time."""
    said = b""
    while select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        part = os.read(pipe, 1 << 16)
        if not part:
            break
        said += part
    return said


def trials(
    ground: Ground, scratch: Path, operations: Sequence[str], times: int, seed: int
) -> Iterator[Trial]:
    """So many kills, the same for one seed but for what the machine does between them."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    seconds = {}
    for operation in operations:
        with _copy(ground, scratch) as home:
            whole = run(ground, home, operation, 0, None)
            assert whole.finished, whole.wrong
            seconds[operation] = whole.seconds
            in_fork(lambda home=home, whole=whole: check(ground, home, whole.told))  # type: ignore[misc]
    for number in range(times):
        operation = operations[number % len(operations)]
        rounds = -(-times // len(operations))
        point = (number // len(operations) + chance.random()) / rounds
        with _copy(ground, scratch) as home:
            trial = run(ground, home, operation, number, point * seconds[operation])
            trial.point, trial.twice, trial.goes_on = point, number % 4 == 3, number % 3 == 0
            try:
                assert not trial.wrong, trial.wrong
                if trial.twice:
                    _in_killed_fork(lambda home=home: _open(home), chance.random() * 1.5)  # type: ignore[misc]
                trial.found = in_fork(
                    lambda home=home, trial=trial: check(  # type: ignore[misc]
                        ground, home, trial.told, trial.goes_on
                    )
                )
            except AssertionError as error:
                trial.wrong = str(error)
            if trial.wrong:
                kept = scratch / f"wrong-{number}"
                shutil.copytree(home, kept)
                trial.wrong += f"\nkept: {kept}"
        yield trial


def _open(home: Path) -> None:
    from ingest.pipeline import Library

    Library.open(Settings(home=home)).close()


@contextlib.contextmanager
def _copy(ground: Ground, scratch: Path) -> Iterator[Path]:
    home = scratch / "trial"
    shutil.copytree(ground.home, home)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def warm_up() -> None:
    """Import and load what every process would, before it is forked; nothing that has threads."""
    for name in (
        "chromadb.api.client",
        "chromadb.api.rust",
        "chromadb.telemetry.product.posthog",
        "ingest.pipeline.rebuilding",
        "ingest.store.store",
        "ingest.deadlines",
    ):
        importlib.import_module(name)
    from ingest.embed import embeddings_of

    embeddings_of(Settings(home=Path()))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--times", type=int, default=100, metavar="N", help="kills (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--operations", nargs="+", default=OPERATIONS, choices=OPERATIONS)
    parser.add_argument("--documents", type=int, default=80, metavar="N", help="in the library")
    parser.add_argument("--added", type=int, default=40, metavar="N", help="files that are added")
    parser.add_argument("--keep", type=Path, help="folder for what went wrong")
    arguments = parser.parse_args(argv)
    warm_up()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder), arguments.documents, arguments.added)
        scratch = arguments.keep or Path(folder)
        scratch.mkdir(exist_ok=True)
        print(f"{'':>4}{'point':>7}{'seconds':>9}  operation  outcome", flush=True)
        every = trials(ground, scratch, arguments.operations, arguments.times, arguments.seed)
        for number, trial in enumerate(every, 1):
            done = "done before the kill" if trial.finished else "cut short"
            told = sum(len(ids) for what, *ids in trial.told if what == "added")
            outcome = f"{done}; {told} told as added; {trial.found}"
            outcome += "; the reopening was killed too" if trial.twice else ""
            print(
                f"{number:4}{trial.point:7.1%}{trial.seconds:9.2f}  {trial.operation:<9}  "
                f"{f'WRONG: {trial.wrong}' if trial.wrong else outcome}",
                flush=True,
            )
            wrong += bool(trial.wrong)
    print(f"{arguments.times} kills, {wrong} went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
