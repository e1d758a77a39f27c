"""HTML as a browser would read it, and words that would do harm if they were read as HTML."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest


class Parsed(HTMLParser):
    """The elements and text of a piece of HTML, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("input", "br", "img"):
            return
        self._open.append(tag)
        if dict(attrs).get("class") in ("t", "page-mark"):  # no text of a document
            self._open[-1] = "note"

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "note" in self._open:
            return
        self.text += data
        if "mark" in self._open:
            self.marked += data


ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "close-attribute": "\"><b onmouseover='alert(1)'>",
    "single-quotes": "' onclick='alert(1)",
    "entity": "&lt;script&gt; &amp; &quot;",
    "markdown": "**đậm** [x](javascript:alert(1)) ![](http://a/b) `mã` # đề",
    "template": "${alert(1)} {{alert(1)}} {alert} {0}",
    "close-mark": "</mark></div></section>",
    "comment": "<!-- x --> <![CDATA[ x ]]>",
}
attacks = pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())

ALLOWED = set(
    "article b bdi button div form h1 h2 h3 header input label li mark p section span ul".split()
)
TABLE = frozenset("ol strong table tbody td th thead tr".split())
PICTURE = frozenset("circle g line path rect svg text title tspan".split())


def assert_harmless(html: str, more: frozenset[str] = frozenset()) -> Parsed:
    """``more`` are elements that are harmless besides."""
    parsed = Parsed(html)
    for tag, attributes in parsed.tags:
        assert tag in ALLOWED | more
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"href", "src", "style", "srcdoc"} & set(attributes)
    return parsed


def said(html: str, language: str = "vi") -> str:
    """What the page says in a language, with the documents' own words."""
    other = "en" if language == "vi" else "vi"
    html = re.sub(rf'<(\w+) class="t[^"]*" lang="{other}"[^>]*>.*?</\1>', "", html)
    html = re.sub(r"<title>.*?</title>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
