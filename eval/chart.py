"""A comparison of ways of retrieval as an SVG picture of grouped bars. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from eval.figures import EVIDENCE_DEPTHS, ComparisonFigures, MethodFigures
from eval.report import METHOD_NAMES

# Okabe and Ito's colours, which people with any kind of colour vision tell apart.
_COLOURS = {"ours": "#0072b2", "bm25": "#e69f00", "dense": "#009e73", "stock": "#9a9a9a"}
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
_INK, _SOFT, _GRID = "#1b2430", "#566273", "#dde3ea"
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
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_LEFT, 34, "Finding the evidence: ways of retrieval side by side", 19, bold=True),
        *_legend(figures.methods),
    ]
    for row, k in enumerate(EVIDENCE_DEPTHS):
        parts.extend(_evidence_panel(figures, k, _TOP + row * _PANEL_HEIGHT, width))
    parts.extend(_cost_panels(figures, _TOP + len(EVIDENCE_DEPTHS) * _PANEL_HEIGHT, width))
    foot = (
        f"{figures.documents:,} documents, {figures.wordings:,} wordings of questions. evidence@k:"
        " share of the answerable ones with all the words looked for in the first k passages."
    )
    parts.append(_text(_LEFT, height - 16, foot, 11, colour=_SOFT))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" font-family="{_FONT}">\n'
        f"<title>Ways of retrieval compared</title>\n{body}\n</svg>\n"
    )


def _legend(methods: Sequence[MethodFigures]) -> list[str]:
    parts = []
    for i, method in enumerate(methods):
        x = _LEFT + 170 * i
        parts.append(_box(x, 52, 13, 13, _COLOURS[method.method]))
        parts.append(_text(x + 20, 63, METHOD_NAMES[method.method], 13))
    return parts


def _evidence_panel(figures: ComparisonFigures, k: int, top: float, width: float) -> list[str]:
    base = top + 36 + _PLOT_HEIGHT
    parts = [_text(_LEFT, top + 12, f"evidence@{k}", 14, bold=True)]
    for tenths in range(0, 11, 2):
        y = base - _PLOT_HEIGHT * tenths / 10
        parts.append(_line(_LEFT, width - _RIGHT, y))
        parts.append(_text(_LEFT - 8, y + 4, f"{tenths / 10:.1f}", 11, "end", _SOFT))
    slot = (width - _LEFT - _RIGHT) / len(figures.answerable)
    for i, (kind, asked) in enumerate(figures.answerable.items()):
        bars = []
        for method in figures.methods:
            share = method.evidence[kind][k]
            about = f"{METHOD_NAMES[method.method]}, {kind}: evidence@{k} {share:.3f}"
            bars.append(_Bar(_short(share), share, _COLOURS[method.method], about))
        middle = _LEFT + slot * (i + 0.5)
        parts.extend(_bars(bars, middle, base, _PLOT_HEIGHT, 1.0))
        parts.append(_text(middle, base + 17, f"{kind} ({asked})", 12, "middle"))
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
        parts.append(_text(left, top + 12, title, 13, bold=True))
        parts.append(_line(left, left + slot - 24, base))
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
        parts.append(_box(x, base - tall, step - 4, tall, bar.colour, bar.about))
        parts.append(_text(x + step / 2 - 2, base - tall - 4, bar.label, 11, "middle"))
    return parts


def _short(share: float) -> str:
    """A share as ``.94``, or ``1``: no room is lost to a nought that says nothing.

    >>> _short(0.943), _short(1.0), _short(0.0)
    ('.94', '1', '0')
    """
    return "1" if share == 1 else "0" if share == 0 else f"{share:.2f}".removeprefix("0")


def _box(x: float, y: float, width: float, height: float, colour: str, about: str = "") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"'
    return f"<rect {where}><title>{_safe(about)}</title></rect>" if about else f"<rect {where}/>"


def _line(left: float, right: float, y: float) -> str:
    return f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{_GRID}"/>'


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
        f'fill="{colour}"{weight}>{_safe(text)}</text>'
    )


def _safe(text: str) -> str:
    """``text``, which may come from a file of questions, fit to stand in XML."""
    return escape("".join(c if c.isprintable() else " " for c in text))
