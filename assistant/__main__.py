"""The assistant from a terminal or a script: ask one question, list who must do what by when, or
make a study pack."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingError
from assistant.study.errors import StudyError
from assistant.study.export import Format, export, format_of
from assistant.study.records import Difficulty, Length, Part, StudyPack, StudyRequest
from ingest.errors import LibraryError
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.records import RegisterRow
    from ingest.pipeline import Library

FORMATS = ("jsonl", "ics", "xlsx", "docx")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit 0 answered, 1 nothing found, 2 library or call at fault."""
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _add_ask(commands.add_parser("ask", help="answer one question about the library"))
    _add_obligations(
        commands.add_parser(
            "obligations",
            help="list who must do what by when",
            description="The register of obligations: every duty with a deadline that the "
            "library's documents state, in their words.",
        )
    )
    _add_study(
        commands.add_parser(
            "study",
            help="make a study pack of documents or on a topic",
            description="A study session made ready: what the documents say, agenda, questions, "
            "cards and a quiz, every line with the exact words that bear it out.",
        )
    )
    arguments = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks Vietnamese letters
    try:
        if arguments.command == "ask":
            return _ask(arguments.question, arguments.document, arguments.json)
        if arguments.command == "study":
            return _study(arguments)
        return _obligations(arguments)
    except (LibraryError, SettingError, StudyError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", help="in Vietnamese, with or without diacritics, or in English")
    ask.add_argument("--json", action="store_true", help="print the answer as one line of JSON")
    _add_document(ask, "ask this document only (repeatable)")


def _add_document(parser: argparse.ArgumentParser, help_text: str) -> None:
    parser.add_argument("--document", action="append", default=[], metavar="NAME", help=help_text)


def _add_obligations(parser: argparse.ArgumentParser) -> None:
    for name, meaning in (
        ("--by", "due on or before this day (2025-04-20 or 20/4/2025)"),
        ("--since", "due on or after this day"),
        ("--overdue-at", "due before this day, once and for all"),
    ):
        parser.add_argument(name, type=_day, metavar="DATE", help=meaning)
    parser.add_argument("--actor", default="", metavar="NAME", help="as people write it: MTTQ xã")
    parser.add_argument("--words", default="", help="words that the row must hold")
    _add_document(parser, "rows of this document only (repeatable)")
    parser.add_argument(
        "--undated", action="store_true", help="also reports asked for without a date"
    )
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="(default: %(default)s)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="without it, jsonl is printed")
    parser.add_argument(
        "--language", choices=("vi", "en"), default="vi", help="of headings (default: %(default)s)"
    )


def _day(written: str) -> datetime.date:
    """A day as 2025-04-20 or 20/4/2025.

    Raises:
        argparse.ArgumentTypeError: it is neither, or there is no such day.
    """
    try:
        if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", written.strip()):
            day, month, year = map(int, match.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(written.strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{written!r} is no day: write 2025-04-20 or 20/4/2025"
        ) from error


def _obligations(options: argparse.Namespace) -> int:
    from assistant.register import Query, Register
    from ingest.pipeline import Library

    if options.format != "jsonl" and options.out is None:
        raise LibraryError(f"--format {options.format} needs --out FILE")
    with Library.open(Settings.from_environment()) as library:
        documents = {d.id: d for d in library.documents()}
        query = Query(
            since=options.since,
            until=options.by,
            overdue_at=options.overdue_at,
            actor=options.actor,
            documents=_ids(library, options.document),
            words=options.words,
            undated=options.undated,
        )
        rows = Register(library.obligations(), documents).find(query)
    written = _exported(rows, options.format, options.language, options.overdue_at)
    if options.out is None:
        sys.stdout.write(written.decode("utf-8"))
    else:
        _write(options.out, written)
        print(f"{len(rows)} rows → {options.out}", file=sys.stderr)
    return 0 if rows else 1


def _write(path: Path, written: bytes) -> None:
    """Write a file.

    Raises:
        LibraryError: it can't be written.
    """
    try:
        path.write_bytes(written)
    except OSError as error:
        raise LibraryError(f"{path} can't be written: {error}") from error


def _ids(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the documents of these names.

    Raises:
        LibraryError: the library has no document of one of the names.
    """
    documents = library.documents()
    if missing := [n for n in names if n not in {d.name for d in documents}]:
        raise LibraryError(f"no document named {', '.join(missing)}; see `python -m ingest list`")
    return tuple(d.id for d in documents if d.name in names)


def _exported(
    rows: Sequence[RegisterRow], form: str, language: str, on: datetime.date | None
) -> bytes:
    if form == "jsonl":
        lines = (json.dumps(row.to_json(), ensure_ascii=False) for row in rows)
        return "".join(f"{line}\n" for line in lines).encode("utf-8")
    if form == "ics":
        from assistant.register.calendar import to_ics

        return to_ics(rows, language=language)
    if form == "xlsx":
        from assistant.register.spreadsheet import to_xlsx

        return to_xlsx(rows, language=language, on=on)
    from assistant.register.printout import to_docx

    return to_docx(rows, language=language, on=on)


def _add_study(study: argparse.ArgumentParser) -> None:
    standard = StudyRequest()
    study.add_argument(
        "--document",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME",
        help="file name, number («35-KH/ĐU»), title or the start of an id (repeatable)",
    )
    study.add_argument(
        "--topic", default="", metavar="WORDS", help="what the documents named, or all, say of this"
    )
    study.add_argument("--minutes", type=int, default=standard.minutes, help=_DEFAULT)
    study.add_argument("--length", choices=[*Length], default=standard.length, help=_DEFAULT)
    study.add_argument(
        "--difficulty", choices=[*Difficulty], default=standard.difficulty, help=_DEFAULT
    )
    study.add_argument(
        "--seed", type=int, default=standard.seed, help="another number, other questions"
    )
    study.add_argument(
        "--parts",
        nargs="+",
        choices=[*Part],
        metavar="PART",
        help=f"make these parts alone, of {', '.join(Part)} (default: all)",
    )
    study.add_argument(
        "--format",
        choices=[*Format],
        help="without it, by FILE's suffix: .docx, .pptx, .gift, .json; a .csv holds the cards "
        "(anki) or the quiz (csv)",
    )
    study.add_argument("--out", type=Path, metavar="FILE", required=True)


_DEFAULT = "(default: %(default)s)"


def _study(options: argparse.Namespace) -> int:
    form = Format(options.format) if options.format else format_of(options.out.name)
    if not options.document and not options.topic.strip():
        raise StudyError("a study pack needs --document NAME or --topic WORDS")
    pack = _reworded(_pack(options))
    _write(options.out, export(pack, form))
    print(
        f"{pack.title}: {len(pack.cards.entries)} cards, {len(pack.quiz.entries)} questions "
        f"→ {options.out}",
        file=sys.stderr,
    )
    return 0


def _reworded(pack: StudyPack) -> StudyPack:
    """The pack as the language model words it, where one is set."""
    from assistant.generate.model import chat_model
    from assistant.settings import ModelSettings

    chosen = ModelSettings.from_environment()
    model = chat_model(chosen)
    if model is None:
        return pack
    from assistant.study.reword import reworded

    return reworded(pack, model, chosen.seconds)


def _pack(options: argparse.Namespace) -> StudyPack:
    from assistant.library_index import LibraryIndex
    from assistant.records import Scope
    from assistant.study.named import documents_named
    from assistant.study.pack import study_pack
    from assistant.study.topic import study_topic
    from ingest.pipeline import Library

    request = StudyRequest(
        minutes=options.minutes,
        difficulty=Difficulty(options.difficulty),
        length=Length(options.length),
        seed=options.seed,
        parts=tuple(Part(part) for part in options.parts) if options.parts else None,
    )
    with Library.open(Settings.from_environment()) as library:
        documents = library.documents()
        chosen = documents_named(documents, options.document)
        if options.topic.strip():
            scope = Scope(documents=tuple(d.id for d in chosen))
            return study_topic(LibraryIndex(library), options.topic, request, scope)
        beside = [d for d in documents if d not in chosen]
        return study_pack(chosen, library.obligations(), request, beside=beside)


def _ask(question: str, names: Sequence[str], as_json: bool) -> int:
    from assistant.chain import Ask, Assistant
    from assistant.generate.model import chat_model
    from assistant.phrases import phrase
    from assistant.records import Scope
    from assistant.settings import ModelSettings
    from ingest.pipeline import Library

    chosen = ModelSettings.from_environment()
    model = chat_model(chosen)
    with Library.open(Settings.from_environment()) as library:
        scope = Scope(documents=_ids(library, names))
        assistant = Assistant(library, model=model, seconds=chosen.seconds)
        answer = assistant.invoke(Ask(question, scope))
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        print(answer.answer)
        for number, citation in enumerate(answer.citations, 1):
            place = ", ".join(x for x in (citation.number, citation.section) if x)
            print(f"[{number}] {citation.document} ({place or 'p. ' + str(citation.page)}):")
            print(f"    «{' '.join(citation.quote.split())}»")
        if answer.setback:
            print(f"({phrase(answer.setback, answer.language)})")
        if answer.abstained:
            for passage in answer.passages[:3]:
                print(f"  ~ {passage.document}: {' '.join(passage.text.split())[:160]}…")
    return 1 if answer.abstained else 0


if __name__ == "__main__":
    raise SystemExit(main())
