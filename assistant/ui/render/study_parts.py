"""The parts of a study pack, as they are read and changed on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TypeVar

from assistant.study.export.keys import letter
from assistant.study.records import (
    AgendaStep,
    Card,
    ChoiceItem,
    Conflict,
    DiscussionQuestion,
    FactRow,
    GlossaryTerm,
    Line,
    MatchingItem,
    OfficeRole,
    OrderingItem,
    OutlinePoint,
    Own,
    Part,
    QuizItem,
    TimelineRow,
    TrueFalseItem,
)
from assistant.ui.render.study_lines import Lines, yours_html
from assistant.ui.render.words import both, name_html

E = TypeVar("E", FactRow, OutlinePoint, OfficeRole)
_DEEPEST = 5  # level of the outline that is still set further in


def entries_html(lines: Lines, part: Part) -> str:
    """What a part holds; "" where it holds nothing."""
    entries = lines.pack.part(part).entries
    return _WRITERS[part](lines, entries) if entries else ""


def _by_document(lines: Lines, entries: Sequence[E]) -> Iterator[tuple[str, list[tuple[int, E]]]]:
    """The entries of each document in turn with their places, under its name where it has one."""
    said = {document.id: document.said for document in lines.pack.documents}
    for document, group in groupby(enumerate(entries), key=lambda entry: entry[1].document):
        named = f'<h4 class="of">{name_html(said[document])}</h4>' if len(said) > 1 else ""
        yield named, list(group)


def _line(lines: Lines, address: str, line: Line, tools: bool = True) -> str:
    """A line of a list: cited, or the pack's or the trainer's own."""
    yours = yours_html(line.taken_from) if isinstance(line, Own) else ""
    return lines.line(address, is_own=isinstance(line, Own), tools=tools) + yours


def _list(lines: Lines, address: str, found: Sequence[Line], kind: str = "points") -> str:
    rows = "".join(f"<li>{_line(lines, f'{address}/{i}', x)}</li>" for i, x in enumerate(found))
    return f'<ul class="{kind}">{rows}</ul>' if rows else ""


def _facts(lines: Lines, rows: Sequence[FactRow]) -> str:
    def row_html(index: int, row: FactRow) -> str:
        label, at = lines.line(f"facts/{index}", cites=False), f"facts/{index}/values"
        if len(row.values) == 1:  # goes with the row
            values = _line(lines, f"{at}/0", row.values[0], tools=False)
        else:
            values = _list(lines, at, row.values)
        return f"<div><dt>{label}</dt><dd>{values}</dd></div>"

    return "".join(
        f'{named}<dl class="pairs">{"".join(row_html(*row) for row in group)}</dl>'
        for named, group in _by_document(lines, rows)
    )


def _conflicts(lines: Lines, conflicts: Sequence[Conflict]) -> str:
    shown = "".join(
        f"<li><p>{lines.line(f'conflicts/{i}')}</p>"
        f"{_list(lines, f'conflicts/{i}/sides', conflict.sides)}</li>"
        for i, conflict in enumerate(conflicts)
    )
    return f'<ul class="conflicts">{shown}</ul>'


def _outline(lines: Lines, points: Sequence[OutlinePoint]) -> str:
    def point_html(index: int, point: OutlinePoint) -> str:
        kind = f"level-{min(point.level, _DEEPEST)}" + (" heading" if point.is_heading else "")
        label = f'<span class="sign">{name_html(_sign(point.label))}</span> '
        own = not point.citations
        yours = yours_html((point.document,)) if own else ""
        return f'<li class="{kind}">{label}{lines.line(f"outline/{index}", is_own=own)}{yours}</li>'

    return "".join(
        f'{named}<ul class="outline">{"".join(point_html(*point) for point in group)}</ul>'
        for named, group in _by_document(lines, points)
    )


def _sign(label: str) -> str:
    """A label as plans write it: «IV.», «a)»; a dash where there is none."""
    if not label or label[-1] in ".):-–":
        return label or "–"
    return f"{label})" if len(label) == 1 and label.islower() else f"{label}."


def _timeline(lines: Lines, rows: Sequence[TimelineRow]) -> str:
    said = {document.id: document.said for document in lines.pack.documents}

    def field(index: int, row: TimelineRow, name: str, absent: str = "") -> str:
        own = not row.citations
        return lines.line(f"timeline/{index}/{name}", is_own=own, absent=absent, cites=False)

    def row_html(index: int, row: TimelineRow) -> str:
        own = not row.citations
        figures = f'<span class="said">{name_html(row.said)}</span>' if row.said else ""
        implied = f'<span class="implied">{both("study_implied")}</span>' if row.is_implied else ""
        report = field(index, row, "report_to")
        report = f'<p class="minor">{both("study_report_to")}: {report}</p>' if report else ""
        of = f'<p class="minor">{name_html(said[row.document])}</p>' if len(said) > 1 else ""
        remarks = "".join(f"<li>{name_html(remark)}</li>" for remark in row.remarks)
        doubts = f'<ul class="doubts">{remarks}</ul>' if remarks else ""
        return (
            f'<li><p class="when">{field(index, row, "when", "study_no_deadline")}{figures}</p>'
            f'<div class="what"><p class="who">{field(index, row, "actor", "study_no_actor")}'
            f"{implied}</p><p>{lines.line(f'timeline/{index}', is_own=own)}"
            f"{yours_html((row.document,)) if own else ''}</p>{report}{of}{doubts}</div></li>"
        )

    return f'<ol class="moments">{"".join(row_html(i, row) for i, row in enumerate(rows))}</ol>'


def _roles(lines: Lines, roles: Sequence[OfficeRole]) -> str:
    def role_html(index: int, role: OfficeRole) -> str:
        office = lines.line(f"roles/{index}")
        tasks = _list(lines, f"roles/{index}/tasks", role.tasks)
        return f"<div><dt>{office}</dt><dd>{tasks}</dd></div>"

    return "".join(
        f'{named}<dl class="pairs wide-names">{"".join(role_html(*role) for role in group)}</dl>'
        for named, group in _by_document(lines, roles)
    )


def _agenda(lines: Lines, steps: Sequence[AgendaStep]) -> str:
    def minutes(index: int, step: AgendaStep) -> str:
        if not lines.is_editing:
            return both("study_minutes_count", count=step.minutes)
        return lines.line(f"agenda/{index}/minutes", cites=False)

    def step_html(index: int, step: AgendaStep) -> str:
        title = lines.line(f"agenda/{index}", is_own=not step.citations)
        asked = f'<span class="implied">{both("study_prescribed")}</span>'
        return (
            f'<li><p class="when">{minutes(index, step)}</p><div class="what"><p class="who">'
            f"{title}{asked if step.is_prescribed else ''}{yours_html(step.taken_from)}</p>"
            f"{_list(lines, f'agenda/{index}/points', step.points)}</div></li>"
        )

    total = sum(step.minutes for step in steps)
    rows = "".join(step_html(i, step) for i, step in enumerate(steps))
    return f'<ol class="moments">{rows}</ol><p class="minor">{both("study_total", count=total)}</p>'


def _discussion(lines: Lines, questions: Sequence[DiscussionQuestion]) -> str:
    shown = "".join(
        f"<li><p>{lines.line(f'discussion/{i}')}{yours_html(question.taken_from)}</p>"
        f"{_list(lines, f'discussion/{i}/basis', question.basis, 'basis')}</li>"
        for i, question in enumerate(questions)
    )
    return f'<ol class="questions">{shown}</ol>'


def _cards(lines: Lines, cards: Sequence[Card]) -> str:
    def card_html(index: int, card: Card) -> str:
        own = not card.citations
        return (
            f'<li><p class="question">{lines.line(f"cards/{index}", cites=False)}</p>'
            f'<p class="answer">{lines.line(f"cards/{index}/answer", is_own=own)}'
            f'{yours_html(card.taken_from)}</p><p class="minor">{name_html(card.topic)} · '
            f"{both(f'difficulty_{card.difficulty}')}</p></li>"
        )

    return f'<ol class="cards">{"".join(card_html(i, card) for i, card in enumerate(cards))}</ol>'


def _glossary(lines: Lines, terms: Sequence[GlossaryTerm]) -> str:
    def term_html(index: int, term: GlossaryTerm) -> str:
        # A customary meaning is the pack's own; its source shows only that the term is used.
        meaning = lines.line(
            f"glossary/{index}/meaning", is_own=not term.is_defined, cites=term.is_defined
        )
        is_customary = not term.is_defined and not term.taken_from
        custom = f'<span class="implied">{both("study_customary")}</span>' if is_customary else ""
        name = lines.line(f"glossary/{index}", cites=not term.is_defined)
        return f"<div><dt>{name}</dt><dd>{meaning}{custom}{yours_html(term.taken_from)}</dd></div>"

    shown = "".join(term_html(i, term) for i, term in enumerate(terms))
    return f'<dl class="pairs">{shown}</dl>'


# --- The quiz, with its key -----------------------------------------------------------------------


def _quiz(lines: Lines, items: Sequence[QuizItem]) -> str:
    shown = "".join(
        f'<li><p class="question">{lines.line(f"quiz/{i}", cites=False)}'
        f"{yours_html(item.taken_from)}</p>{_KEYS[type(item)](lines, f'quiz/{i}', item)}</li>"
        for i, item in enumerate(items)
    )
    return f'<ol class="questions quiz-items">{shown}</ol>'


def _choices(lines: Lines, at: str, item: ChoiceItem) -> str:
    def choice_html(index: int) -> str:
        is_right = index == item.right
        sign = f'<span class="tick">{both("study_right")}</span>' if is_right else ""
        own = is_right and not item.citations
        # In reading, what shows a wrong choice wrong would be more numbers than words.
        line = lines.line(f"{at}/choices/{index}", is_own=own, cites=is_right)
        kind = "right" if is_right else "wrong"
        return (
            f'<li class="{kind}"><span class="sign">{letter(index)}.</span><p>{line}{sign}</p></li>'
        )

    key = ""
    if lines.is_editing:
        answer = lines.line(f"{at}/answer", cites=False)
        key = f'<p class="minor">{both("study_answer")}: {answer}</p>'
    return f'<ul class="choices">{"".join(map(choice_html, range(len(item.choices))))}</ul>{key}'


def _statement(lines: Lines, at: str, item: TrueFalseItem) -> str:
    said = both("quiz_true" if item.is_true else "quiz_false")
    if lines.is_editing:
        said = lines.line(f"{at}/answer", cites=False)
    told = ""
    if item.wrong and item.right:
        told = f": <s>{name_html(item.wrong)}</s> → <strong>{name_html(item.right)}</strong>"
    return (
        f'<p class="key">{both("study_answer")}: <strong>{said}</strong>{told}'
        f"{lines.numbers(item.citations)}</p>"
    )


def _pairs(lines: Lines, at: str, item: MatchingItem) -> str:
    rows = "".join(
        f"<div><dt>{lines.line(f'{at}/left/{i}', is_own=not item.citations, cites=False)}</dt>"
        f"<dd>{lines.line(f'{at}/right/{j}', is_own=not item.citations, cites=False)}"
        f"{lines.numbers(item.citations[i : i + 1])}</dd></div>"
        for i, j in enumerate(item.pairs)
    )
    return f'<dl class="pairs matches">{rows}</dl>'


def _events(lines: Lines, at: str, item: OrderingItem) -> str:
    own = not item.citations
    rows = "".join(
        f"<li>{lines.line(f'{at}/events/{i}', is_own=own)} "
        f'<span class="said">({lines.line(f"{at}/when/{i}", is_own=own, cites=False)})</span></li>'
        for i in item.order
    )
    return f'<ol class="events">{rows}</ol>'


_KEYS: Final[dict[type[QuizItem], Callable[[Lines, str, Any], str]]] = {
    ChoiceItem: _choices,
    TrueFalseItem: _statement,
    MatchingItem: _pairs,
    OrderingItem: _events,
}
_WRITERS: Final[dict[Part, Callable[[Lines, Any], str]]] = {
    Part.FACTS: _facts,
    Part.CONFLICTS: _conflicts,
    Part.OUTLINE: _outline,
    Part.TIMELINE: _timeline,
    Part.ROLES: _roles,
    Part.AGENDA: _agenda,
    Part.DISCUSSION: _discussion,
    Part.CARDS: _cards,
    Part.QUIZ: _quiz,
    Part.GLOSSARY: _glossary,
}
