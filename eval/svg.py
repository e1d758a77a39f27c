"""The pieces of SVG that charts are made of. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
INK, SOFT, GRID = "#1b2430", "#566273", "#dde3ea"


def document(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    """An SVG document of ``parts`` on white."""
    body = "\n".join((f'<rect width="{width}" height="{height}" fill="#ffffff"/>', *parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" font-family="{FONT}">\n'
        f"<title>{safe(title)}</title>\n{body}\n</svg>\n"
    )


def box(x: float, y: float, width: float, height: float, colour: str, about: str = "") -> str:
    """A filled rectangle; ``about`` is said when the pointer rests on it."""
    where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"'
    return f"<rect {where}><title>{safe(about)}</title></rect>" if about else f"<rect {where}/>"


def line(left: float, right: float, y: float, colour: str = GRID) -> str:
    """A level line."""
    return f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{colour}"/>'


def text(
    x: float,
    y: float,
    said: str,
    size: int,
    anchor: str = "start",
    colour: str = INK,
    bold: bool = False,
) -> str:
    """A line of text; ``y`` is its baseline."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{colour}"{weight}>{safe(said)}</text>'
    )


def safe(said: str) -> str:
    """``said``, which may come from a file of questions, fit to stand in XML."""
    return escape("".join(c if c.isprintable() else " " for c in said))
