"""A quiz being taken: one question, what its answer is worth, the score at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.records import Citation
from assistant.register.plain import one_line
from assistant.study.attempt import Judged, Response
from assistant.study.export.keys import letter, question_of
from assistant.study.export.sources import Sources
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    StudyPack,
    TrueFalseItem,
)
from assistant.ui.render.study_said import ask_button
from assistant.ui.render.words import both, hidden, name_html, place_html
from assistant.ui.study_desk import numbered
from assistant.ui.study_sitting import Sitting

_OPTION = 70  # characters of a task in a list that drops down


def quiz_html(pack: StudyPack, name: str, sitting: Sitting) -> str:
    """The question in hand, or the score when all are done."""
    content = _score(pack, sitting) if sitting.is_over else _asked(pack, sitting)
    back = ask_button(
        "leave_quiz", f'<span aria-hidden="true">‹ </span>{both("quiz_back")}', "link back"
    )
    return (
        f'<section class="quiz" data-view="quiz-{sitting.at}-{sitting.judged is not None}">'
        f'<div class="quiz-head">{back}<p class="quiet">{name_html(name)}</p></div>'
        f"{content}</section>"
    )


def _asked(pack: StudyPack, sitting: Sitting) -> str:
    item, judged = sitting.item, sitting.judged
    progress = both("quiz_progress", at=sitting.at + 1, total=sitting.count)
    right = both("quiz_right_so_far", count=sitting.attempt.score.right)
    steps = "".join(_step(sitting, index) for index in range(sitting.count))
    content = _form(item) if judged is None else _judged(pack, sitting, judged)
    return (
        f'<div class="progress"><p><b>{progress}</b> · {right}</p>'
        f'<ol class="steps" aria-hidden="true">{steps}</ol></div>'
        f'<h2 tabindex="-1" class="asked">{name_html(question_of(item))}</h2>{content}'
    )


def _step(sitting: Sitting, index: int) -> str:
    judged = sitting.attempt.judged(index)
    state = "at" if index == sitting.at and judged is None else "ahead"
    if judged is not None:
        state = "right" if judged.right else "wrong"
    elif index < sitting.at:
        state = "skipped"
    return f'<li class="{state}"></li>'


# --- The forms ------------------------------------------------------------------------------------


def _form(item: QuizItem) -> str:
    if isinstance(item, MatchingItem):
        body = _matching(item)
    elif isinstance(item, OrderingItem):
        body = _ordering(item)
    elif isinstance(item, TrueFalseItem):
        sides = (("1", both("quiz_true")), ("0", both("quiz_false")))
        body = _radios("quiz_true_false", sides)
    else:
        choices = ((str(i), _lettered(i, said)) for i, said in enumerate(item.choices))
        body = _radios("quiz_choice", choices)
    return (
        f'<form class="answer-form" data-action="study-answer">{body}'
        f'<p class="incomplete" role="alert" hidden>{both("quiz_incomplete")}</p>'
        f'<div class="quiz-buttons"><button type="submit" class="do">{both("quiz_answer")}</button>'
        f"{ask_button('next', both('quiz_skip'))}</div></form>"
    )


def _lettered(index: int, said: str) -> str:
    return f'<span class="sign">{letter(index)}.</span> <span class="option">{escape(said)}</span>'


def _radios(key: str, choices: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<label class="choice-row"><input type="radio" name="answer" value="{value}">'
        f"<span>{said}</span></label>"
        for value, said in choices
    )
    return f"<fieldset><legend>{both(key)}</legend>{rows}</fieldset>"


def _matching(item: MatchingItem) -> str:
    # Browsers cut a long option, so the tasks also stand beside it, whole.
    options = "".join(
        f'<option value="{i}">{letter(i)}. {escape(_cut(said))}</option>'
        for i, said in enumerate(item.right)
    )
    rows = "".join(
        f'<label class="match-row"><span>{escape(said)}</span>'
        f'<select name="answer"><option value="">–</option>{options}</select></label>'
        for said in item.left
    )
    tasks = "".join(f"<li>{_lettered(i, said)}</li>" for i, said in enumerate(item.right))
    return (
        f'<fieldset><legend>{both("quiz_match")}</legend><div class="match">'
        f'<ul class="choices">{tasks}</ul><div>{rows}</div></div></fieldset>'
    )


def _cut(said: str) -> str:
    return said if len(said) <= _OPTION else f"{said[:_OPTION].rstrip()}…"


def _ordering(item: OrderingItem) -> str:
    rows = "".join(
        f'<li data-value="{i}"><span class="event">{escape(event)}</span><span class="line-tools">'
        f"{_step_button('up', event)}{_step_button('down', event)}</span></li>"
        for i, event in enumerate(item.events)
    )
    legend = f"<legend>{both('quiz_order')}</legend>"
    return f'<fieldset>{legend}<ol class="to-order">{rows}</ol></fieldset>'


def _step_button(way: str, event: str) -> str:
    sign = "↑" if way == "up" else "↓"
    return (
        f'<button type="button" class="line-tool" data-action="study-order" data-way="{way}">'
        f'<span aria-hidden="true">{sign}</span>{hidden(f"quiz_{way}", event=event)}</button>'
    )


# --- Answered -------------------------------------------------------------------------------------


def _judged(pack: StudyPack, sitting: Sitting, judged: Judged) -> str:
    last = sitting.at + 1 == sitting.count
    go_on = ask_button("next", both("quiz_finish" if last else "quiz_next"), "do")
    return (
        f"{_worth(judged)}{_outcome(sitting.item, sitting.attempt.response(sitting.at))}"
        f"{_quotes(pack, sitting.item, judged.quotes)}"
        f'<div class="quiz-buttons">{go_on}</div>'
    )


def _worth(judged: Judged) -> str:
    if judged.right:
        return f'<p class="worth right">{both("quiz_is_right")}</p>'
    if judged.points:
        return f'<p class="worth partly">{both("quiz_is_partly")}</p>'
    return f'<p class="worth wrong">{both("quiz_is_wrong")}</p>'


def _outcome(item: QuizItem, given: Response | None) -> str:
    """What was answered beside what is right."""
    if isinstance(item, ChoiceItem):
        return _marked(item.choices, item.right, given, lettered=True)
    if isinstance(item, TrueFalseItem):
        return _statement(item, given)
    if isinstance(item, MatchingItem):
        return _pairs(item, given)
    return _order(item, given)


def _marked(choices: Sequence[str], right: int, given: Response | None, *, lettered: bool) -> str:
    def row(index: int, said: str) -> str:
        kind = "right" if index == right else "wrong" if index == given else "other"
        notes = [both("quiz_key")] if index == right else []
        notes += [both("quiz_given")] if given is not None and index == given else []
        note = f'<span class="tick">{" · ".join(notes)}</span>' if notes else ""
        return f'<li class="{kind}">{_lettered(index, said)}{note}</li>'

    rows = "".join(row(index, said) for index, said in enumerate(choices))
    return f'<ul class="choices outcome">{rows}</ul>'


def _statement(item: TrueFalseItem, given: Response | None) -> str:
    def said(is_true: bool) -> str:
        return both("quiz_true" if is_true else "quiz_false")

    told = ""
    if item.wrong and item.right:
        told = f": <s>{escape(item.wrong)}</s> → <strong>{escape(item.right)}</strong>"
    answer = "" if given is None else f"<p>{both('quiz_given')}: {said(given is True)}</p>"
    return (
        f'<div class="outcome">{answer}<p>{both("quiz_key")}: <strong>{said(item.is_true)}</strong>'
        f"{told}</p></div>"
    )


def _pairs(item: MatchingItem, given: Response | None) -> str:
    chosen = given if isinstance(given, tuple) else (None,) * len(item.left)

    def row(index: int, right: int, answer: int | None) -> str:
        is_right = answer == right
        theirs = both("quiz_skipped") if answer is None else escape(item.right[answer])
        wrong = f'<p class="theirs">{both("quiz_given")}: {theirs}</p>'
        return (
            f'<div class="{"right" if is_right else "wrong"}"><dt>{escape(item.left[index])}</dt>'
            f"<dd>{escape(item.right[right])}{'' if is_right else wrong}</dd></div>"
        )

    rows = "".join(
        row(i, right, answer)
        for i, (right, answer) in enumerate(zip(item.pairs, chosen, strict=True))
    )
    return f'<dl class="pairs outcome">{rows}</dl>'


def _order(item: OrderingItem, given: Response | None) -> str:
    chosen = given if isinstance(given, tuple) else ()
    rows = "".join(
        f'<li class="{"right" if chosen[n : n + 1] == (i,) else "wrong"}">'
        f"{escape(item.events[i])} <b>({escape(item.when[i])})</b></li>"
        for n, i in enumerate(item.order)
    )
    theirs = ""
    if chosen and chosen != item.order:
        listed = "".join(f"<li>{escape(item.events[i])}</li>" for i in chosen if i is not None)
        theirs = f"<details><summary>{both('quiz_given')}</summary><ol>{listed}</ol></details>"
    key = f"<p>{both('quiz_key')}</p>"
    return f'<div class="outcome">{key}<ol class="events">{rows}</ol>{theirs}</div>'


def _quotes(pack: StudyPack, item: QuizItem, quotes: Sequence[Citation]) -> str:
    """The words that bear the answer out, each opening its place."""
    if not quotes:
        return f'<p class="quiet">{both("quiz_no_source")}</p>'
    sources = numbered(pack)
    shown = "".join(_quote(citation, sources.number(citation)) for citation in quotes)
    proofs = _proofs(item, sources)
    return f'<div class="proof"><ul>{shown}</ul>{proofs}</div>'


def _quote(citation: Citation, number: int, before: str = "") -> str:
    return (
        f'<li>{before}<button type="button" class="quoted" data-action="study-cite"'
        f' data-number="{number}"><span class="place">{place_html(citation)}</span>'
        f'<span class="quote">«{escape(one_line(citation.quote))}»</span>'
        f'<span class="more-said">{both("quiz_open")}</span></button></li>'
    )


def _proofs(item: QuizItem, sources: Sources) -> str:
    """What shows the wrong choices to be wrong, where that is other words than the right one's."""
    if not isinstance(item, ChoiceItem):
        return ""
    right = set(item.citations)
    rows = "".join(
        _quote(citation, sources.number(citation), f'<span class="sign">{letter(i)}.</span>')
        for i, proof in enumerate(item.proofs)
        for citation in proof[:1]
        if i != item.right and citation not in right
    )
    if not rows:
        return ""
    return f"<details><summary>{both('quiz_why_wrong')}</summary><ul>{rows}</ul></details>"


# --- The score ------------------------------------------------------------------------------------


def _score(pack: StudyPack, sitting: Sitting) -> str:
    score, missed = sitting.attempt.score, sitting.missed
    again = ""
    if missed:
        again = ask_button("again_missed", both("quiz_again_missed", count=len(missed)), "do")
    share = round(100 * score.right / sitting.count)
    head = (
        f'<h2 tabindex="-1">{both("quiz_score", right=score.right, total=sitting.count)}</h2>'
        f'<p class="share">{share} %</p>'
    )
    praise = "" if missed else f'<p class="quiet">{both("quiz_all_right")}</p>'
    whole = ask_button("again", both("quiz_again"), "tool" if again else "do")
    buttons = f'<div class="quiz-buttons">{again}{whole}</div>'
    review = "".join(_missed(pack, sitting, index) for index in missed)
    listed = f'<h3>{both("quiz_missed")}</h3><ol class="review">{review}</ol>' if missed else ""
    return f'<div class="score">{head}{praise}{buttons}</div>{listed}'


def _missed(pack: StudyPack, sitting: Sitting, index: int) -> str:
    item, given = sitting.attempt.item(index), sitting.attempt.response(index)
    skipped = "" if given is not None else f'<p class="quiet">{both("quiz_skipped")}</p>'
    return (
        f'<li><p class="question">{escape(question_of(item))}</p>{skipped}{_outcome(item, given)}'
        f"{_quotes(pack, item, tuple(dict.fromkeys(item.citations)))}</li>"
    )
