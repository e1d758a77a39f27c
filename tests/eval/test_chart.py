"""The chart of a comparison: well-formed, to scale, and safe with any text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from eval.chart import comparison_chart
from eval.figures import EVIDENCE_DEPTHS, ComparisonFigures, MethodFigures

SVG = "{http://www.w3.org/2000/svg}"
KIND = "thiếu dấu <b>&\x00 «gõ tắt»"


def method(name: str, share: float, memory: float | None = 100.0) -> MethodFigures:
    evidence = {kind: dict.fromkeys(EVIDENCE_DEPTHS, share) for kind in ("as written", KIND)}
    return MethodFigures(name, evidence, 9, 120.0, share * 10, 1500.0, 900.0, memory, memory)


def chart(*methods: MethodFigures) -> ET.Element:
    answerable = {"as written": 3, KIND: 2}
    return ET.fromstring(comparison_chart(ComparisonFigures(1, 5, answerable, methods, {})))


def bars(picture: ET.Element) -> dict[str, float]:
    """Height of each bar by what it says of itself."""
    return {
        about.text or "": float(box.attrib["height"])
        for box in picture.iter(f"{SVG}rect")
        if (about := box.find(f"{SVG}title")) is not None
    }


def test_a_bar_for_each_figure_and_to_scale() -> None:
    drawn = bars(chart(method("ours", 0.8), method("stock", 0.2)))
    kinds, methods, costs = 2, 2, 3
    assert len(drawn) == kinds * methods * len(EVIDENCE_DEPTHS) + costs * methods
    for k in EVIDENCE_DEPTHS:
        ours = drawn[f"this assistant, as written: evidence@{k} 0.800"]
        assert ours == pytest.approx(4 * drawn[f"stock LangChain, as written: evidence@{k} 0.200"])


def test_text_of_a_file_cannot_break_the_picture() -> None:
    texts = [node.text for node in chart(method("ours", 0.5)).iter(f"{SVG}text")]
    assert "thiếu dấu <b>&  «gõ tắt» (2)" in texts


def test_what_is_not_known_is_a_dash_and_no_bar() -> None:
    picture = chart(method("bm25", 1.0, memory=None))
    assert bars(picture)["BM25 alone, memory added, MB (less is better): –"] == 0
    assert "–" in [node.text for node in picture.iter(f"{SVG}text")]


def test_everything_lies_inside_the_picture() -> None:
    picture = chart(*(method(name, 1.0) for name in ("ours", "bm25", "dense", "stock")))
    width, height = (float(picture.attrib[side]) for side in ("width", "height"))
    for box in picture.iter(f"{SVG}rect"):
        at = box.attrib
        assert float(at.get("x", 0)) + float(at["width"]) <= width
        assert 0 <= float(at.get("y", 0)) <= float(at.get("y", 0)) + float(at["height"]) <= height
    for text in picture.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < width
        assert 0 < float(text.attrib["y"]) < height
