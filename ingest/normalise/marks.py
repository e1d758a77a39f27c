"""Mark-up and other things that are in a file but not in the document. Pure.

Words are never dropped: a mark goes, what it marks stays.
"""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|figcaption|figure|footer|form"
    r"|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr"
    r"|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|col|colgroup|del|em|font|i|img|ins|link|mark|meta|o:p|s|small"
    r"|span|strike|strong|sub|sup|u)(?:\s[^<>]{0,2000})?/?>|<!--.{0,2000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,200}\]", re.IGNORECASE)
# Word's page field as converters leave it: «PAGE», perhaps a switch, and the number.
_PAGE_FIELD = re.compile(
    r"^[ \t]*(?:NUM)?PAGES?[ \t]*(?:\\\*[ \t]*(?:MERGEFORMAT|Arabic)[ \t]*\n?[ \t]*\d*"
    r"|\n?[ \t]*\d{1,4})[ \t]*$",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_HEADING = re.compile(r"^[ \t]*#{1,6}(?:[ \t]+|$)", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]*)+(?![\s>\d=])", re.MULTILINE)  # «> 30 %» is no quotation
_DOUBLE_LOW = re.compile(r"(?<!_)__(?!_)([^\n]{1,400}?)(?<!_)__(?!_)")
_SINGLE_LOW = re.compile(r"(?<![\w])_(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])_(?!\w)")
_KEPT_STAR = re.compile(r"(?<=[(\[])\*{1,3}(?=[)\]])|(?<=\d) ?\* ?(?=\d)")
_SPAN = re.compile(r"(\*{1,3})((?:[^*\n]|\n(?![ \t]*\n)){1,400})\1")
_STAR_RUN = re.compile(r"\*+")
_BULLET_STAR = re.compile(r"^[ \t]*\*[ \t]+(?=[^\s*])", re.MULTILINE)
_RULE_LINE = re.compile(r"^[ \t]*[-–—_*=~#](?:[ \t]*[-–—_*=~#])*[ \t]*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$", re.MULTILINE)
# Private characters of this stage: a line break inside one emphasis, and a star to keep.
WRAP, _STAR = "\ue0ff", "\ue0fe"


def strip_marks(text: str) -> str:
    """``text`` without mark-up. A line break inside one emphasis is given as :data:`WRAP`."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if "[" in text:
        text = _BOOKMARK.sub("", text)
    text = _PAGE_FIELD.sub("", text)
    if "|" in text:
        text = _split_cells(text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "#" in text:
        text = _HEADING.sub("", text)
    if ">" in text:
        text = _QUOTE.sub("", text)
    if "_" in text:
        text = _SINGLE_LOW.sub(r"\1", _DOUBLE_LOW.sub(r"\1", text))
    text = _RULE_LINE.sub("", text)
    return _strip_stars(text) if "*" in text else text


def _split_cells(text: str) -> str:
    """A cell a line; a blank line where a row ends, so that cells are never joined again."""
    lines: list[str] = []
    for line in _TABLE_RULE.sub("", text).split("\n"):
        if "|" not in line:
            lines.append(line)
            continue
        cells = [cell for cell in line.split("|") if cell.strip()]
        for cell in cells:
            lines += ["", cell]
        lines.append("")
    return "\n".join(lines)


def _strip_stars(text: str) -> str:
    """Remove emphasis, also unpaired, but keep a bullet, a footnote mark and a product."""
    text = _KEPT_STAR.sub(lambda match: match.group().replace("*", _STAR), text)
    text = _SPAN.sub(lambda match: match.group().replace("\n", WRAP), text)
    bullets = {
        match.start()
        for match in _BULLET_STAR.finditer(text)
        if "*" not in text[match.end() : _line_end(text, match.end())]
    }
    if bullets:
        text = _BULLET_STAR.sub(
            lambda match: match.group().replace("*", _STAR) if match.start() in bullets else "",
            text,
        )
    return _STAR_RUN.sub(_star_gap, text).replace(_STAR, "*")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _star_gap(match: re.Match[str]) -> str:
    """What stands for a run of stars: nothing, or a gap where two words would grow together."""
    text, before, after = match.string, match.start() - 1, match.end()
    if before < 0 or after >= len(text) or text[before].isspace() or text[after].isspace():
        return ""
    if len(match.group()) >= 4:  # «**KẾ HOẠCH****về …»: two emphasised paragraphs
        return "\n"
    return " " if text[before].islower() and text[after].isupper() else ""
