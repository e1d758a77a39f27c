"""Deadlines of every kind, made up: values of the grammar, and strings that are none."""

from __future__ import annotations

import calendar

from hypothesis import strategies as st

_months = st.integers(1, 12)


@st.composite
def _days_of_year(draw: st.DrawFn) -> str:
    month = draw(_months)
    day = draw(st.integers(1, calendar.monthrange(2024, month)[1]))
    return f"{month:02d}-{day:02d}"


_two = "{:02d}".format
_bare_rules = st.one_of(
    st.sampled_from(
        "YEARLY MONTHLY QUARTERLY QUARTERLY-LAST-WEEK QUARTERLY-M1 QUARTERLY-M2 QUARTERLY-M3"
        " WEEKLY DAILY YEARLY-Q1 YEARLY-Q2 YEARLY-Q3 YEARLY-Q4".split()
    ),
    _months.map(lambda m: f"YEARLY-{m:02d}"),
    _days_of_year().map("YEARLY-{}".format),
    st.integers(1, 31).map(lambda d: f"MONTHLY-{d:02d}"),
    st.builds(lambda m, d: f"QUARTERLY-M{m}-{d:02d}", st.integers(1, 3), st.integers(1, 31)),
    st.integers(1, 7).map("WEEKLY-{}".format),
    st.builds(lambda h, m: f"DAILY-{h:02d}:{m:02d}", st.integers(0, 23), st.integers(0, 59)),
)
_years = st.tuples(st.integers(2015, 2035), st.integers(0, 4)).map(
    lambda y: f"({y[0]}..{y[0] + y[1]})"
)
rules = st.builds(str.__add__, _bare_rules, st.one_of(st.just(""), _years))

_points = st.one_of(
    st.dates().map(str),
    st.builds("{:04d}-{:02d}".format, st.integers(1, 9999), _months),
    st.builds("{:04d}-Q{}".format, st.integers(1, 9999), st.integers(1, 4)),
    st.integers(1, 9999).map("{:04d}".format),
)
_spans = st.one_of(
    _points,
    st.builds("{}/{}".format, _points, _points),
    _points.map("{}/".format),
    _points.map("/{}".format),
    _points.map("{}/END".format),
)
# Without control characters: the tests read pictures of them as XML, which can't hold any.
_printable = st.characters(exclude_categories=("Cc", "Cn", "Cs"))
_others = st.one_of(
    st.builds("RELATIVE:P{}{}".format, st.integers(0, 99), st.sampled_from("D W M Y BD".split())),
    st.just("RELATIVE:PT24H"),
    _days_of_year().map("--{}".format),
    st.text(_printable, max_size=20),
    st.text("0123456789-/;Q().:YEARLMONTHDI", max_size=24),
)
deadlines = st.lists(st.one_of(rules, _spans, _others), max_size=3).map(";".join)
