"""The documents of the library: add, list and remove them, or make its index anew.

The data folder is the one that ASSISTANT_HOME names. Exit status: 0 all went well, 1 some file
could not be read, 2 the call or the library is at fault, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress, Summary
    from ingest.records import Passage, SourceDocument

_ID_SHOWN = 12  # characters of a document's id that are shown
_ID_LEAST = 6  # characters of it that name a document


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
    command("list", "list the documents of the library", _list)
    remove = command("remove", "remove documents and the copies kept of their files", _remove)
    remove.add_argument(
        "names", nargs="+", metavar="NAME", help="a file name as listed, or the start of an id"
    )
    command(
        "rebuild",
        "make the index anew from the kept files, as for another embedding model "
        "(ASSISTANT_EMBEDDING_MODEL) or after damage",
        _rebuild,
    )
    return parser


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library

    with Library.open(settings) as library, _progress_bar() as show:
        summary = library.add(arguments.paths, show)
        passages = library.passages()
    return _report(summary, passages, "added")


def _rebuild(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import DAMAGED, Library, rebuild

    before = set(settings.home.glob(DAMAGED))
    with _progress_bar() as show:
        summary = rebuild(settings, show)
    for path in sorted(set(settings.home.glob(DAMAGED)) - before):
        print(f"the old index was damaged; it is kept at {path} and may be deleted")
    with Library.open(settings) as library:
        passages = library.passages()
    return _report(summary, passages, "rebuilt")


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library

    with Library.open(settings) as library:
        counts = Counter(p.document_id for p in library.passages())
        for document in library.documents():
            print(f"{document.id[:_ID_SHOWN]}  {_line(document, counts[document.id])}")
        if not library.documents():
            print("the library is empty; add documents with `python -m ingest add PATH`")
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.pipeline import Library

    with Library.open(settings) as library:
        found = [_named(library, name) for name in dict.fromkeys(arguments.names)]
        library.remove(*dict.fromkeys(d.id for d in found))
    for document in dict.fromkeys(found):
        print(f"removed: {document.name}")
    return 0


def _named(library: Library, name: str) -> SourceDocument:
    """The one document that ``name`` names."""
    wanted = unicodedata.normalize("NFC", name)  # macOS gives names decomposed
    documents = library.documents()
    found = [d for d in documents if unicodedata.normalize("NFC", d.name) == wanted]
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
            bar.update(progress.done - bar.n)
            bar.refresh()

        yield show


def _report(summary: Summary, passages: Sequence[Passage], done: str) -> int:
    """Print what became of the files, and give the exit status."""
    counts = Counter(p.document_id for p in passages)
    for document in summary.added:
        print(f"{done}: {_line(document, counts[document.id])}")
        for warning in document.warnings:
            print(f"  note: {warning}")
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
