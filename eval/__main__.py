"""``python -m eval``: measure the assistant from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import (
    DatasetError,
    load_feedback,
    load_obligations,
    load_passage_questions,
    load_questions,
    load_retrieval_set,
)
from ingest.errors import IngestError
from ingest.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; 0 when done, 2 with one line on stderr when its input is bad."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (DatasetError, IngestError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


def _answers(options: argparse.Namespace) -> None:
    from eval.figures import answer_figures
    from eval.report import answers_report
    from eval.run import run_answers

    questions = load_questions(options.questions)
    settings = Settings.from_environment()
    outcomes = run_answers(settings, options.plans, questions, options.out)
    print(answers_report(answer_figures(outcomes)))


def _retrieval(options: argparse.Namespace) -> None:
    from eval.report import retrieval_report
    from eval.run import run_retrieval, write_json

    dataset = load_retrieval_set(options.dataset)
    if options.no_diacritics:
        dataset = dataset.without_diacritics()
    figures = run_retrieval(dataset, Settings.from_environment())
    print(retrieval_report(figures))
    if options.out:
        write_json(figures.to_json(), options.out)


def _compare(options: argparse.Namespace) -> None:
    from eval.chart import comparison_chart
    from eval.compare import require_writable, run_comparison, write_text
    from eval.report import comparison_report
    from eval.run import write_json

    for path in (options.out, options.chart):
        if path:
            require_writable(path)
    questions = load_questions(options.questions)
    settings = Settings.from_environment()
    figures = run_comparison(settings, options.plans, questions, options.stock_model)
    print(comparison_report(figures))
    if options.out:
        write_json(figures.to_json(), options.out)
    if options.chart:
        write_text(comparison_chart(figures), options.chart)


def _calibrate(options: argparse.Namespace) -> None:
    from eval.calibration import drafted, fit, write_model
    from eval.report import calibration_report

    settings = Settings.from_environment()
    rows = []
    for questions, *plans in options.set:
        rows += drafted(settings, [Path(p) for p in plans], load_questions(Path(questions)))
    if not rows:
        raise DatasetError("no question of the sets gets an answer: nothing to calibrate on")
    model, curve = fit(rows, {"vi": options.threshold, "en": options.english_threshold})
    print(calibration_report(rows, curve))
    if options.out:
        write_model(model, options.out)


def _obligations(options: argparse.Namespace) -> None:
    from eval.obligations import run_obligations
    from eval.report import obligations_report

    gold, annotated = load_obligations(options.gold)
    settings = Settings.from_environment()
    print(
        obligations_report(run_obligations(settings, options.plans, gold, annotated, options.out))
    )


def _sentences(options: argparse.Namespace) -> None:
    from eval.report import sentences_report
    from eval.run import write_json
    from eval.sentences import run_sentences

    questions = load_passage_questions(options.dataset)
    name = options.dataset.name.removesuffix(".xz").removesuffix(".jsonl")
    figures = run_sentences(name, questions, no_diacritics=options.no_diacritics)
    print(sentences_report(figures))
    if options.out:
        write_json(figures.to_json(), options.out)


def _feedback(options: argparse.Namespace) -> None:
    from eval.report import feedback_report

    print(feedback_report(load_feedback(options.file)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure the assistant.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    answers = commands.add_parser(
        "answers",
        help="ask every question and wording over folders of plans",
        description="Build a fresh index over the folders in a temporary place, ask every question"
        " and every variant, write one row each, print the metrics.",
    )
    _add_plans_and_questions(answers)
    answers.add_argument("--out", type=Path, required=True, metavar="FILE", help="rows, as jsonl")
    answers.set_defaults(run=_answers)

    retrieval = commands.add_parser(
        "retrieval",
        help="search a retrieval set in the BEIR manner",
        description="Measure dense, lexical and fused retrieval over a folder with corpus.jsonl,"
        " queries.jsonl and qrels.tsv (each also as .xz).",
    )
    retrieval.add_argument("--dataset", type=Path, required=True, metavar="DIR")
    retrieval.add_argument("--out", type=Path, metavar="FILE", help="the figures, as JSON")
    retrieval.add_argument(
        "--no-diacritics", action="store_true", help="take the marks off the questions first"
    )
    retrieval.set_defaults(run=_retrieval)

    compare = commands.add_parser(
        "compare",
        help="compare this assistant's retrieval with simpler ways and a stock pipeline",
        description="Search every question and wording over folders of plans in four ways: as the"
        " assistant does, by BM25 alone, by vectors alone, and by LangChain's stock pipeline"
        " (recursive 1000/200 chunks, Chroma). Each way runs in a process of its own.",
    )
    _add_plans_and_questions(compare)
    compare.add_argument(
        "--stock-model",
        metavar="NAME",
        help="sentence-transformers model of the stock pipeline, a name or a folder; without it"
        " the stock pipeline is left out",
    )
    compare.add_argument("--out", type=Path, metavar="FILE", help="the figures, as JSON")
    compare.add_argument("--chart", type=Path, metavar="FILE", help="a picture of them, as SVG")
    compare.set_defaults(run=_compare)

    obligations = commands.add_parser(
        "obligations",
        help="compare the register of obligations with annotated rows",
        description="Read the folders, write the whole register as jsonl rows, and print precision,"
        " recall and F1 over the annotated documents: those named in NAME_meta.json beside the"
        " gold file, or else those that its rows name.",
    )
    _add_plans(obligations)
    obligations.add_argument("--gold", type=Path, required=True, metavar="FILE")
    obligations.add_argument("--out", type=Path, required=True, metavar="FILE", help="the register")
    obligations.set_defaults(run=_obligations)

    calibrate = commands.add_parser(
        "calibrate",
        help="weigh what tells right answers from wrong ones, and print the operating curve",
        description="Ask every question of the sets, and every answerable one again without the"
        " documents that hold its answer; fit how likely an answer is right from its evidence.",
    )
    calibrate.add_argument(
        "--set",
        nargs="+",
        action="append",
        required=True,
        metavar=("QUESTIONS", "DIR"),
        help="questions and the folders of plans they are asked of; may be given several times",
    )
    calibrate.add_argument(
        "--threshold",
        type=float,
        default=0.42,
        help="least probability at which to answer (default: %(default)s)",
    )
    calibrate.add_argument(
        "--english-threshold",
        type=float,
        default=0.22,
        help="the same for questions in English (default: %(default)s)",
    )
    calibrate.add_argument("--out", type=Path, metavar="FILE", help="the weights, as JSON")
    calibrate.set_defaults(run=_calibrate)

    sentences = commands.add_parser(
        "sentences",
        help="choose the sentence of a given passage that answers a question",
        description="Over extractive questions (rows with question, context and answers, as jsonl,"
        " also .xz), print how often the chosen sentence holds an answer, the same of a plain"
        " overlap of rare syllables, and the time a question.",
    )
    sentences.add_argument("--dataset", type=Path, required=True, metavar="FILE")
    sentences.add_argument("--out", type=Path, metavar="FILE", help="the figures, as JSON")
    sentences.add_argument(
        "--no-diacritics", action="store_true", help="take the marks off the questions first"
    )
    sentences.set_defaults(run=_sentences)

    feedback = commands.add_parser(
        "feedback",
        help="count the thumbs given on the page and list the questions rated down",
    )
    feedback.add_argument("file", type=Path, metavar="FILE")
    feedback.set_defaults(run=_feedback)
    return parser


def _add_plans_and_questions(parser: argparse.ArgumentParser) -> None:
    _add_plans(parser)
    parser.add_argument("--questions", type=Path, required=True, metavar="FILE")


def _add_plans(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plans",
        type=Path,
        action="append",
        required=True,
        metavar="DIR",
        help="folder of plans; may be given several times",
    )


if __name__ == "__main__":
    sys.exit(main())
