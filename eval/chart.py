"""A comparison of ways of retrieval as an SVG picture of grouped bars. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval import svg
from eval.figures import EVIDENCE_DEPTHS, ComparisonFigures, MethodFigures
from eval.report import METHOD_NAMES

# Okabe and Ito's colours, which people with any kind of colour vision tell apart.
_COLOURS = {"ours": "#0072b2", "bm25": "#e69f00", "dense": "#009e73", "stock": "#9a9a9a"}
_LEFT, _RIGHT, _TOP = 64, 24, 92
_BAR, _GROUP_GAP, _LEAST_WIDTH = 34, 36, 960
_PLOT_HEIGHT, _PANEL_HEIGHT = 132, 212
_COST_HEIGHT = 186


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    value: float | None  # None: not known, shown as a dash
    colour: str
    about: str  # said when the pointer rests on it


def comparison_chart(figures: ComparisonFigures) -> str:
    """An SVG document: evidence@k by wording for each k, then what each method costs."""
    count = max(1, len(figures.methods))
    group = count * _BAR + _GROUP_GAP
    width = max(_LEAST_WIDTH, _LEFT + group * len(figures.answerable) + _RIGHT)
    height = _TOP + _PANEL_HEIGHT * len(EVIDENCE_DEPTHS) + _COST_HEIGHT + 40
    parts = [
        svg.text(_LEFT, 34, "Finding the evidence: ways of retrieval side by side", 19, bold=True),
        *_legend(figures.methods),
    ]
    for row, k in enumerate(EVIDENCE_DEPTHS):
        parts.extend(_evidence_panel(figures, k, _TOP + row * _PANEL_HEIGHT, width))
    parts.extend(_cost_panels(figures, _TOP + len(EVIDENCE_DEPTHS) * _PANEL_HEIGHT, width))
    foot = (
        f"{figures.documents:,} documents, {figures.wordings:,} wordings of questions. evidence@k:"
        " share of the answerable ones with all the words looked for in the first k passages."
    )
    parts.append(svg.text(_LEFT, height - 16, foot, 11, colour=svg.SOFT))
    return svg.document(width, height, "Ways of retrieval compared", parts)


def _legend(methods: Sequence[MethodFigures]) -> list[str]:
    parts = []
    for i, method in enumerate(methods):
        x = _LEFT + 170 * i
        parts.append(svg.box(x, 52, 13, 13, _COLOURS[method.method]))
        parts.append(svg.text(x + 20, 63, METHOD_NAMES[method.method], 13))
    return parts


def _evidence_panel(figures: ComparisonFigures, k: int, top: float, width: float) -> list[str]:
    base = top + 36 + _PLOT_HEIGHT
    parts = [svg.text(_LEFT, top + 12, f"evidence@{k}", 14, bold=True)]
    for tenths in range(0, 11, 2):
        y = base - _PLOT_HEIGHT * tenths / 10
        parts.append(svg.line(_LEFT, width - _RIGHT, y))
        parts.append(svg.text(_LEFT - 8, y + 4, f"{tenths / 10:.1f}", 11, "end", svg.SOFT))
    slot = (width - _LEFT - _RIGHT) / len(figures.answerable)
    for i, (kind, asked) in enumerate(figures.answerable.items()):
        bars = []
        for method in figures.methods:
            share = method.evidence[kind][k]
            about = f"{METHOD_NAMES[method.method]}, {kind}: evidence@{k} {share:.3f}"
            bars.append(_Bar(_short(share), share, _COLOURS[method.method], about))
        middle = _LEFT + slot * (i + 0.5)
        parts.extend(_bars(bars, middle, base, _PLOT_HEIGHT, 1.0))
        parts.append(svg.text(middle, base + 17, f"{kind} ({asked})", 12, "middle"))
    return parts


def _cost_panels(figures: ComparisonFigures, top: float, width: float) -> list[str]:
    methods = figures.methods
    panels: tuple[tuple[str, list[float | None], int], ...] = (
        ("milliseconds a query (less is better)", [m.ms_per_query for m in methods], 2),
        ("passages indexed a second (more is better)", [m.passages_per_second for m in methods], 0),
        ("memory added, MB (less is better)", [m.added_mb for m in methods], 0),
    )
    slot = (width - _LEFT - _RIGHT) / len(panels)
    height = _PLOT_HEIGHT - 30
    parts = []
    for i, (title, values, digits) in enumerate(panels):
        left, base = _LEFT + slot * i, top + 46 + height
        highest = max((v for v in values if v is not None), default=0) or 1.0
        bars = []
        for method, value in zip(methods, values, strict=True):
            label = "–" if value is None else f"{value:,.{digits}f}"
            about = f"{METHOD_NAMES[method.method]}, {title}: {label}"
            bars.append(_Bar(label, value, _COLOURS[method.method], about))
        parts.append(svg.text(left, top + 12, title, 13, bold=True))
        parts.append(svg.line(left, left + slot - 24, base))
        parts.extend(_bars(bars, left + (slot - 24) / 2, base, height, highest, 58))
    return parts


def _bars(
    bars: Sequence[_Bar], middle: float, base: float, height: float, full: float, step: float = _BAR
) -> list[str]:
    """Bars around ``middle``, each ``step`` wide with its space; ``full`` reaches ``height``."""
    parts = []
    left = middle - step * len(bars) / 2
    for i, bar in enumerate(bars):
        x, tall = left + i * step + 2, height * (bar.value or 0.0) / full
        parts.append(svg.box(x, base - tall, step - 4, tall, bar.colour, bar.about))
        parts.append(svg.text(x + step / 2 - 2, base - tall - 4, bar.label, 11, "middle"))
    return parts


def _short(share: float) -> str:
    """A share as ``.94``, or ``1``: no room is lost to a nought that says nothing.

    >>> _short(0.943), _short(1.0), _short(0.0)
    ('.94', '1', '0')
    """
    return "1" if share == 1 else "0" if share == 0 else f"{share:.2f}".removeprefix("0")
