"""The timeline as SVG: marks, bars, lines, groups."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.form import Look
from assistant.ui.render.timeline import DUTIES_DRAWN, timeline_html
from assistant.ui.render.timeline_layout import drawn, grouped, lanes, window_of, word_places
from tests.assistant.register.deadlines import deadlines
from tests.ui.duties import document, found, row, shown
from tests.ui.parsed import PICTURE, TABLE, assert_harmless, said

TIMELINE = Look("timeline")


def pictures(html: str) -> list[ElementTree.Element]:
    """Each picture of a group, read as XML."""
    return [
        ElementTree.fromstring(svg)
        for svg in re.findall(r'<svg class="months".*?</svg>', html, re.DOTALL)[1:]
    ]


def signs(picture: ElementTree.Element) -> list[str]:
    return [
        sign.get("class", "").removeprefix("sign ")
        for sign in picture.iter("g")
        if sign.get("class", "").startswith("sign ")
    ]


@pytest.mark.parametrize(
    ("deadline", "drawn_signs", "bars"),
    [
        ("2024-04-20", ["coming"], 0),
        ("2024-04-10", ["today"], 0),
        ("2024-04-01", ["overdue"], 0),
        ("2024-05", ["coming"], 1),
        ("2024-05-02/2024-06-30", ["coming"], 1),
        ("2024-05-02;2024-06-03;2024-07-04", ["coming"] * 3, 0),
        ("2024-05-02/", ["open"], 0),
        ("/2024-05-02", ["coming"], 0),
        ("2024-03/END", ["open"], 0),
    ],
)
def test_a_mark_stands_for_each_due_day_and_a_bar_for_each_period(
    deadline: str, drawn_signs: list[str], bars: int
) -> None:
    (picture,) = pictures(shown(row(deadline), look=TIMELINE))
    assert signs(picture) == drawn_signs
    assert len([r for r in picture.iter("rect") if r.get("class") == "bar"]) == bars
    (button,) = [g for g in picture.iter("g") if g.get("role") == "button"]
    assert button.get("tabindex") == "0"
    assert button.get("data-duty")
    title = button.findtext("title")
    assert title == button.get("aria-label")
    assert "Các chi bộ: báo cáo kết quả học tập" in str(title)


def test_a_rule_is_drawn_on_each_of_its_days_and_a_dense_one_as_a_bar() -> None:
    (picture,) = pictures(shown(row("MONTHLY-15"), look=TIMELINE, period="quarter"))
    assert signs(picture) == ["recurring"] * 3
    (picture,) = pictures(shown(row("DAILY-16:00"), look=TIMELINE, period="quarter"))
    assert signs(picture) == []
    assert [r.get("class") for r in picture.iter("rect")].count("bar") == 1


def test_the_chosen_day_is_a_line_through_every_group() -> None:
    html = shown(row(actor="A"), row(actor="B", action="x"), look=TIMELINE)
    assert [len([n for n in p.iter("line") if n.get("class") == "on"]) for p in pictures(html)] == [
        1,
        1,
    ]
    assert "Hôm nay 10/4/2024" in said(html)
    assert "Ngày 11/4/2024" in said(shown(row(), look=TIMELINE, on="11/4/2024"))


def test_rows_are_grouped_by_who_or_by_document() -> None:
    rows = (
        row(actor="Công an xã", action="a"),
        row(actor="công an  xã", action="b"),
        row("2024-05-01", document("d2", "412/UBND-NC"), actor=""),
    )
    by_actor = said(shown(*rows, look=TIMELINE))
    assert "Công an xã 2" in by_actor
    assert "Không nêu đơn vị 1" in by_actor
    by_document = said(shown(*rows, look=Look("timeline", "document")))
    assert "412/UBND-NC · d2.txt 1" in by_document
    assert "d1.txt 2" in by_document


def test_the_name_of_a_group_says_where_to_look_along_the_months() -> None:
    html = shown(row("2024-02-20"), row("2025-11-03", action="x"), look=TIMELINE)
    assert "Các chi bộ 2 2/2024 – 11/2025" in said(html)
    assert "Các chi bộ 2 Feb 2024 – Nov 2025" in said(html, "en")
    assert "Các chi bộ 1 4/2024 :" in said(shown(row(), look=TIMELINE))


def test_what_is_next_stands_first_and_what_is_long_past_last() -> None:
    days = ["2023-01-31", "2024-03-01", "2024-04-20", "2025-06-30", "MONTHLY-15"]
    result = found(*(row(day, action=day) for day in days))
    items, _, _ = drawn(result, window_of(result))
    assert [item.label for item in items] == [days[4], days[2], days[3], days[1], days[0]]


def test_what_can_not_be_drawn_is_counted() -> None:
    html = said(shown(row("RELATIVE:P1D"), row("--04-20"), row(), look=TIMELINE))
    assert "2 việc không vẽ được" in html
    assert "Không có việc nào có ngày" in said(shown(row("RELATIVE:P1D"), look=TIMELINE))
    far = said(shown(row("1924-04-20"), row(), look=TIMELINE))
    assert "1 việc có ngày nằm ngoài" in far
    many = [row(action=str(i)) for i in range(DUTIES_DRAWN + 1)]
    assert f"Chỉ vẽ {DUTIES_DRAWN} việc gần" in said(shown(*many, look=TIMELINE))


@given(st.lists(deadlines, max_size=8), st.dates(), st.sampled_from(["all", "month", "overdue"]))
def test_every_timeline_is_a_picture_of_bounded_size(
    written: list[str], on: date, period: str
) -> None:
    rows = [row(deadline, action=str(i)) for i, deadline in enumerate(written)]
    result = found(*rows, on=f"{on:%d/%m}/{on.year:04d}", period=period)
    html = timeline_html(result, "actor", "en")
    for picture in pictures(html):
        assert 0 < float(picture.get("width", "0")) < 5000
        assert 0 < float(picture.get("height", "0")) < 800
    assert_harmless(html, TABLE | PICTURE)


@given(st.lists(deadlines, max_size=10), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_words_over_marks_lie_beside_each_other(written: list[str], on: date) -> None:
    rows = [row(deadline, action="x" * (5 * i + 1)) for i, deadline in enumerate(written)]
    result = found(*rows, on=f"{on:%d/%m/%Y}")
    items, _, _ = drawn(result, window_of(result))
    for item in items:
        if item.lines == 1:
            continue
        places = word_places(item)
        assert places[0] >= item.left
        assert places[-1] + item.words <= item.right + 0.01
        assert all(right - left >= item.words - 0.01 for left, right in pairwise(places))


@given(st.lists(deadlines, max_size=10), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_no_duty_lies_over_another(written: list[str], on: date) -> None:
    rows = [row(deadline, action="x" * (3 * i)) for i, deadline in enumerate(written)]
    result = found(*rows, on=f"{on:%d/%m/%Y}")
    items, _, _ = drawn(result, window_of(result))
    for members in grouped(items, "actor").values():
        placed = lanes(members)
        assert len(placed) == len(members)
        for i, (line, item) in enumerate(placed):
            for other_line, other in placed[:i]:
                apart = line >= other_line + other.lines or other_line >= line + item.lines
                assert apart or other.right <= item.left or item.right <= other.left
