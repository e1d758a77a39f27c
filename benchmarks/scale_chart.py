"""The figures of ``benchmarks.scale`` as an SVG picture of bars beside their limits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval import svg

_BAR, _LIMIT = "#0072b2", "#d55e00"
# Key, title, what it should stay below for 100,000 passages on an office PC. Time is the
# processor's where it can be: other work on the machine does not show in it.
PANELS = (
    ("answer_median_cpu_ms", "an answer, processor ms (median)", 60.0),
    ("start_cpu_s", "start to first answer, processor s", 15.0),
    ("rss_mb", "resident memory, MB", 1500.0),
    ("add_to_found_s", "added to found, s", None),
)
_WIDTH, _HEIGHT, _TOP, _PLOT = 250, 270, 70, 140


def scale_chart(rows: Sequence[dict[str, Any]]) -> str:
    """An SVG document: a panel for each measure, a bar for each size of library."""
    width = 20 + _WIDTH * len(PANELS)
    parts = [
        svg.text(20, 30, "What a library costs by its number of passages", 17, bold=True),
    ]
    for at, (key, title, limit) in enumerate(PANELS):
        parts += _panel(rows, key, title, limit, 20 + _WIDTH * at)
    foot = "The line is the limit set for 100,000 passages on an office PC."
    parts.append(svg.text(20, _HEIGHT - 10, foot, 11, colour=svg.SOFT))
    return svg.document(width, _HEIGHT, "Costs of large libraries", parts)


def _panel(
    rows: Sequence[dict[str, Any]], key: str, title: str, limit: float | None, left: float
) -> list[str]:
    values = [float(row[key]) for row in rows]
    full = max([*values, limit or 0.0]) or 1.0
    base = _TOP + _PLOT
    parts = [svg.text(left, _TOP - 14, title, 13, bold=True)]
    step = (_WIDTH - 30) / max(len(rows), 1)
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        x, tall = left + at * step, _PLOT * value / full
        parts.append(svg.box(x + 6, base - tall, step - 12, tall, _BAR))
        middle = x + step / 2
        label = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
        parts.append(svg.text(middle, base - tall - 5, label, 11, "middle"))
        parts.append(svg.text(middle, base + 16, f"{row['passages']:,}", 11, "middle", svg.SOFT))
    if limit is not None:
        y = base - _PLOT * limit / full
        parts.append(svg.line(left, left + _WIDTH - 30, y, _LIMIT))
    return parts
