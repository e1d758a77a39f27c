"""The documents of the library: add, list, correct and remove them, carry them elsewhere, or make
the index anew.

The data folder is the one that ASSISTANT_HOME names. Exit status: 0 all went well, 1 some file
could not be read, 2 the call or the library is at fault, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import IngestError, LibraryError, UnreadableFile
from ingest.settings import MAX_JOBS, Settings

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress, Summary
    from ingest.records import SourceDocument
    from ingest.watch import Change

_ID_SHOWN = 12  # characters of a document's id that are shown
_LIKE_SHOWN = 3  # documents that are like one, the nearest first
_ID_LEAST = 6  # characters of it that name a document
_NAME_HELP = "a file name as listed, or the start of an id"
_EXAMPLES = {
    "number": "as «35-KH/ĐU»; «» says that it has none, here as below",
    "kind": "as «kế hoạch»",
    "issuer": "the body that issued it",
    "date": "as 2023-04-20 or 20/4/2023",
    "title": "what it is about",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks Vietnamese letters
    try:
        return arguments.run(arguments, Settings.from_environment())
    except LibraryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "interrupted: the library is whole, with the documents that were done; "
            "run the command again for the rest",
            file=sys.stderr,
        )
        return 130


def _parser() -> argparse.ArgumentParser:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="python -m ingest", description=summary, epilog=rest)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, what: str, run: Callable[[argparse.Namespace, Settings], int]
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        sub.set_defaults(run=run)
        return sub

    add = command("add", "add files (.docx, .doc, .pdf, scans, .zip …) and folders of them", _add)
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    add.add_argument(
        "--replace",
        action="store_true",
        help="a file takes the place of the one document that has its name, as its new version; "
        "what was corrected by hand stays where the new text does not contradict it",
    )
    _takes_jobs(add)
    watch = command(
        "watch",
        "keep the library in step with a folder, as files come, change and go there, until Ctrl-C",
        _watch,
    )
    watch.add_argument("folder", type=Path, metavar="DIR", help="the folder to follow")
    _takes_jobs(watch)
    command(
        "list", "list the documents of the library, with what to look at and what is alike", _list
    )
    rename = command("rename", "call a document otherwise in the library", _rename)
    rename.add_argument("name", metavar="NAME", help=_NAME_HELP)
    rename.add_argument("new", metavar="NEW", help="its new name; its file's own undoes it")
    correct = command("correct", "correct by hand what was read from a document's head", _correct)
    correct.add_argument("name", metavar="NAME", help=_NAME_HELP)
    for field, example in _EXAMPLES.items():
        correct.add_argument(f"--{field}", metavar=field.upper(), help=example)
    correct.add_argument(
        "--as-read", action="store_true", help="first undo all that was corrected before"
    )
    remove = command("remove", "remove documents and the copies kept of their files", _remove)
    remove.add_argument("names", nargs="+", metavar="NAME", help=_NAME_HELP)
    export = command(
        "export", "write the whole library to one .zip: files, corrections, study packs", _export
    )
    export.add_argument("file", type=Path, metavar="FILE.zip", help="the file to write")
    import_ = command("import", "add what another library has exported", _import)
    import_.add_argument("file", type=Path, metavar="FILE.zip", help="the exported file")
    rebuild = command(
        "rebuild",
        "make the index anew from the kept files, as for another embedding model "
        "(ASSISTANT_EMBEDDING_MODEL) or after damage",
        _rebuild,
    )
    _takes_jobs(rebuild)
    purge = command(
        "purge",
        "take the words of removed documents out of the files of a Chroma server that is stopped",
        _purge,
    )
    purge.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder that `chroma run --path` names"
    )
    return parser


def _takes_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_count_of_jobs,
        metavar="N",
        help="files to read at once (default: ASSISTANT_JOBS, or as many as the machine has "
        "processors, and 2 GB of memory, for)",
    )


def _count_of_jobs(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1 to {MAX_JOBS}")
    return int(given)


def _with_jobs(arguments: argparse.Namespace, settings: Settings) -> Settings:
    return settings if arguments.jobs is None else replace(settings, jobs=arguments.jobs)


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library, add_replacing

    committed: list[SourceDocument] = []
    with Library.open(_with_jobs(arguments, settings)) as library, _progress_bar() as show:

        def tell(progress: Progress) -> None:
            if progress.done < progress.total:  # of the last ones the report tells at once
                for document in progress.committed:
                    print(f"stored: {document.name}", flush=True)
            else:
                committed.extend(progress.committed)
            show(progress)

        try:
            if arguments.replace:
                before = {document.id for document in library.documents()}
                try:
                    summary = add_replacing(library, arguments.paths, tell)
                finally:  # an interruption leaves what was replaced before it
                    _delete_packs(settings, before - {d.id for d in library.documents()})
            else:
                summary = library.add(arguments.paths, tell)
        except BaseException:  # what is safe is told, whatever ends this
            for document in committed:
                print(f"added: {document.name}")
            raise
        return _report(summary, library, "added")


def _watch(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library
    from ingest.watch import Watch, follow

    folder: Path = arguments.folder
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder")
    with Library.open(_with_jobs(arguments, settings)) as library, _progress_bar() as show:
        stopped = threading.Event()
        # In a thread: the one that is interrupted then does nothing that may swallow it.
        with ThreadPoolExecutor(1) as pool:
            following = pool.submit(
                follow, Watch(library, folder), stopped, _Told(folder).tell, show
            )
            try:
                following.result()
            except KeyboardInterrupt:  # which is how it ends
                stopped.set()
        following.result()
    return 0


class _Told:
    """Prints what following a folder has changed; the same trouble once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._trouble = folder, ""
        print(f"following {folder}  (Ctrl-C to stop)", flush=True)

    def tell(self, change: Change | IngestError) -> None:
        trouble = f"error: {change}" if isinstance(change, IngestError) else ""
        if not isinstance(change, IngestError):
            if change.away:
                trouble = f"{self._folder} is away or bare: its documents are kept"
            for done, names in (("added", change.added), ("removed", change.removed)):
                for name in names:
                    print(f"{done}: {name}", flush=True)
            for error in change.failed:
                print(f"failed: {error}", file=sys.stderr)
        if trouble and trouble != self._trouble:
            print(trouble, file=sys.stderr)
        self._trouble = trouble


def _rebuild(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import DAMAGED, Library, rebuild

    before = set(settings.home.glob(DAMAGED))
    with _progress_bar() as show:
        summary = rebuild(_with_jobs(arguments, settings), show)
    for path in sorted(set(settings.home.glob(DAMAGED)) - before):
        print(f"the old index was damaged; it is kept at {path} and may be deleted")
    with Library.open(settings) as library:
        return _report(summary, library, "rebuilt")


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library
    from ingest.remarks import remarks_of

    with Library.open(settings) as library:
        counts = Counter(p.document_id for p in library.passages())
        duties = defaultdict(list)
        for duty in library.obligations():
            duties[duty.document_id].append(duty)
        like = _like(library)
        for document in library.documents():
            print(f"{document.id[:_ID_SHOWN]}  {_line(document, counts[document.id])}")
            if remarks := remarks_of(document, duties[document.id]):
                print(f"  note: {'; '.join(remark.message('en') for remark in remarks)}")
            for line in like[document.id][:_LIKE_SHOWN]:
                print(f"  like: {line}")
            if (more := len(like[document.id]) - _LIKE_SHOWN) > 0:
                print(f"  like: {more} more")
        if not library.documents():
            print("the library is empty; add documents with `python -m ingest add PATH`")
    return 0


def _like(library: Library) -> dict[str, list[str]]:
    """What is to be said of documents that are nearly the same, by id."""
    from ingest.alike import differing

    said = defaultdict(list)
    for pair in library.alike():
        both = library.document(pair.first), library.document(pair.second)
        differ = differing(*both)
        other = f"; another {', '.join(differ)}" if differ else ""
        for one, there in (both, both[::-1]):
            said[one.id].append(
                f"{there.name} ({there.id[:_ID_SHOWN]}), {_percent(pair.share)} in common{other}"
            )
    return said


def _percent(share: float) -> str:
    """Rounded down: only what is all the same is 100 %."""
    return f"{int(share * 100)}%"


def _rename(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library

    with Library.open(settings) as library:
        document = _named(library, arguments.name)
        renamed = library.rename(document.id, arguments.new)
        print(f"renamed: {document.name} is called {renamed.name}")
    return 0


def _correct(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library
    from ingest.records import Corrections

    given = {
        field: value for field in _EXAMPLES if (value := getattr(arguments, field)) is not None
    }
    if not given and not arguments.as_read:
        raise LibraryError(f"nothing to correct: give --{', --'.join(_EXAMPLES)} or --as-read")
    with Library.open(settings) as library:
        document = _named(library, arguments.name)
        before = Corrections() if arguments.as_read else library.corrections(document.id)
        corrected = library.correct(document.id, replace(before, **given))
        print(f"corrected: {corrected.name}")
        for field in _EXAMPLES:
            value = getattr(corrected.header, field)
            hand = "" if getattr(corrected.notes.corrections, field) is None else " (by hand)"
            print(f"  {field}: {value.value if value else '—'}{hand}")
    return 0


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.bundle import export_library
    from ingest.pipeline import Library

    with Library.open(settings) as library, _progress_bar() as show:
        export_library(library, arguments.file, show)
        print(f"exported: {len(library.documents())} documents to {arguments.file}")
    return 0


def _import(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.bundle import import_library
    from ingest.pipeline import Library

    with Library.open(settings) as library, _progress_bar() as show:
        try:
            summary = import_library(library, arguments.file, show)
        except UnreadableFile as error:
            print(f"failed: {error}", file=sys.stderr)
            return 1
        return _report(summary, library, "added")


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library

    with Library.open(settings) as library:
        found = [_named(library, name) for name in dict.fromkeys(arguments.names)]
        gone = list(dict.fromkeys(d.id for d in found))
        library.remove(*gone)
        _delete_packs(settings, gone)
    for document in dict.fromkeys(found):
        print(f"removed: {document.name}")
    if library.is_shared:
        print(
            "their words stay in the files of the server until it is stopped and `python -m ingest "
            "purge DIR` is run on its folder"
        )
    return 0


def _delete_packs(settings: Settings, document_ids: Collection[str]) -> None:
    """Delete the kept study packs that quote documents which are gone, and say so."""
    from ingest.pipeline.packs import delete_packs

    if count := delete_packs(settings, document_ids):
        print(f"study packs that quoted them, deleted too: {count}")


def _purge(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.store.server_files import purge_stopped

    purge_stopped(arguments.folder, settings.chroma_url)
    print(f"purged: {arguments.folder}")
    return 0


def _named(library: Library, name: str) -> SourceDocument:
    """The one document that ``name`` names."""
    wanted = unicodedata.normalize("NFC", name)  # macOS gives names decomposed
    documents = library.documents()
    found = [d for d in documents if unicodedata.normalize("NFC", d.name) == wanted]
    if not found:
        found = [d for d in documents if unicodedata.normalize("NFC", d.given_name) == wanted]
    if not found and len(name) >= _ID_LEAST:
        found = [d for d in documents if d.id.startswith(name.lower())]
    if not found:
        raise LibraryError(
            f"no document is called {name!r}: `python -m ingest list` shows their names and ids"
        )
    if len(found) > 1:
        ids = ", ".join(d.id[:_ID_SHOWN] for d in found)
        raise LibraryError(f"{len(found)} documents are called {name!r}; give an id: {ids}")
    return found[0]


@contextmanager
def _progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A function that shows progress on a terminal, and nothing elsewhere."""
    from tqdm import tqdm

    # disable=None: only where standard error is a terminal
    with tqdm(total=0, unit=" files", disable=None, file=sys.stderr, leave=False) as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.total
            page = f" {progress.page}/{progress.pages}" if progress.pages else ""
            bar.set_postfix_str(progress.name + page, refresh=False)
            bar.update(progress.done + progress.ahead - bar.n)
            bar.refresh()

        yield show


def _report(summary: Summary, library: Library, done: str) -> int:
    """Print what became of the files, and give the exit status."""
    counts = Counter(p.document_id for p in library.passages())
    for name in summary.replaced:
        print(f"replaced: {name}")
    for document in summary.added:
        print(f"{done}: {_line(document, counts[document.id])}")
        for warning in document.warnings:
            print(f"  note: {warning}")
    for name, there, share in summary.alike:
        print(f"alike: {name} has {_percent(share)} of its text in common with {there}")
    for name, known in summary.duplicates:
        print(f"already there: {name}" + (f" (as {known})" if known != name else ""))
    for error in summary.failed:
        print(f"failed: {error}", file=sys.stderr)
    parts = [(len(summary.added), done), (len(summary.duplicates), "already there")]
    parts += [(len(summary.failed), "failed")]
    print(", ".join(f"{count} {what}" for count, what in parts))
    return 1 if summary.failed else 0


def _line(document: SourceDocument, passages: int) -> str:
    head = document.header
    known = [f.value for f in (head.number, head.kind, head.title) if f]
    counts = f"{len(document.sections)} sections, {passages} passages"
    return " | ".join([document.name, *known, counts])


if __name__ == "__main__":
    raise SystemExit(main())
