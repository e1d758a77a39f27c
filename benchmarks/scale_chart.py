"""The figures of ``benchmarks.scale`` as an SVG picture of bars beside their limits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
_INK, _SOFT, _BAR, _LIMIT = "#1b2430", "#566273", "#0072b2", "#d55e00"
# Key, title, what it should stay below for 100,000 passages on an office PC.
PANELS = (
    ("answer_median_ms", "an answer, ms (median)", 60.0),
    ("start_s", "start to first answer, s", 15.0),
    ("rss_mb", "resident memory, MB", 1500.0),
    ("add_to_found_s", "added to found, s", None),
)
_WIDTH, _HEIGHT, _TOP, _PLOT = 250, 270, 70, 140


def scale_chart(rows: Sequence[dict[str, Any]]) -> str:
    """An SVG document: a panel for each measure, a bar for each size of library."""
    width = 20 + _WIDTH * len(PANELS)
    parts = [
        f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>',
        _text(20, 30, "What a library costs by its number of passages", 17, bold=True),
    ]
    for at, (key, title, limit) in enumerate(PANELS):
        parts += _panel(rows, key, title, limit, 20 + _WIDTH * at)
    foot = "The line is the limit set for 100,000 passages on an office PC."
    parts.append(_text(20, _HEIGHT - 10, foot, 11, colour=_SOFT))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" '
        f'height="{_HEIGHT}" role="img" font-family="{_FONT}">\n'
        f"<title>Costs of large libraries</title>\n{body}\n</svg>\n"
    )


def _panel(
    rows: Sequence[dict[str, Any]], key: str, title: str, limit: float | None, left: float
) -> list[str]:
    values = [float(row[key]) for row in rows]
    full = max([*values, limit or 0.0]) or 1.0
    base = _TOP + _PLOT
    parts = [_text(left, _TOP - 14, title, 13, bold=True)]
    step = (_WIDTH - 30) / max(len(rows), 1)
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        x, tall = left + at * step, _PLOT * value / full
        parts.append(
            f'<rect x="{x + 6:.1f}" y="{base - tall:.1f}" width="{step - 12:.1f}" '
            f'height="{tall:.1f}" fill="{_BAR}"/>'
        )
        middle = x + step / 2
        label = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
        parts.append(_text(middle, base - tall - 5, label, 11, "middle"))
        parts.append(_text(middle, base + 16, f"{row['passages']:,}", 11, "middle", _SOFT))
    if limit is not None:
        y = base - _PLOT * limit / full
        end = left + _WIDTH - 30
        parts.append(f'<path d="M{left:.1f} {y:.1f}H{end:.1f}" stroke="{_LIMIT}"/>')
    return parts


def _text(
    x: float,
    y: float,
    text: str,
    size: int,
    anchor: str = "start",
    colour: str = _INK,
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{colour}"{weight}>{text}</text>'
    )
