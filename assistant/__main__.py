"""Ask the library one question from a terminal or a script: python -m assistant ask "…"."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from ingest.errors import LibraryError
from ingest.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit 0 answered, 1 not in the documents, 2 library or call at fault."""
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="answer one question about the library")
    ask.add_argument("question", help="in Vietnamese, with or without diacritics, or in English")
    ask.add_argument("--json", action="store_true", help="print the answer as one line of JSON")
    ask.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="NAME",
        help="ask this document only (repeatable)",
    )
    arguments = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks Vietnamese letters
    try:
        return _ask(arguments.question, arguments.document, arguments.json)
    except LibraryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _ask(question: str, names: Sequence[str], as_json: bool) -> int:
    from assistant.chain import Ask, Assistant
    from assistant.records import Scope
    from ingest.pipeline import Library

    with Library.open(Settings.from_environment()) as library:
        documents = library.documents()
        if missing := [n for n in names if n not in {d.name for d in documents}]:
            raise LibraryError(
                f"no document named {', '.join(missing)}; see `python -m ingest list`"
            )
        scope = Scope(documents=tuple(d.id for d in documents if d.name in names))
        answer = Assistant(library).invoke(Ask(question, scope))
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        print(answer.answer)
        for number, citation in enumerate(answer.citations, 1):
            place = ", ".join(x for x in (citation.number, citation.section) if x)
            print(f"[{number}] {citation.document} ({place or 'p. ' + str(citation.page)}):")
            print(f"    «{' '.join(citation.quote.split())}»")
        if answer.abstained:
            for passage in answer.passages[:3]:
                print(f"  ~ {passage.document}: {' '.join(passage.text.split())[:160]}…")
    return 1 if answer.abstained else 0


if __name__ == "__main__":
    raise SystemExit(main())
