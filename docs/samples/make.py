"""Make the bundled sample plans in ``ingest/samples`` from the plain text beside this file.

    python docs/samples/make.py

The places, people and documents are invented. Needs python-docx, reportlab and the Noto Serif
fonts (Debian: fonts-noto-core; its Liberation fonts may lack Vietnamese letters). The same sources
give the same bytes: a document's identity in the library is the hash of its file.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "ingest" / "samples"
FONTS = Path("/usr/share/fonts/truetype/noto")
FONT = "Times New Roman"  # named, not embedded, in .docx

STATE_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_MOTTO = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
LABEL = re.compile(
    r"(?P<roman>[IVX]+[.-])|(?P<sub>\d+\.\d+[.-])|(?P<one>\d+[.-])|(?P<letter>[a-zđ]\))"
    r"|(?P<dash>-)|(?P<plus>\+)"
)
LEVELS = {"roman": 0, "one": 1, "sub": 2, "letter": 3, "dash": 4, "plus": 5}


@dataclass
class Source:
    """A sample as written: one-line fields, and the lines of its body, recipients, addressee."""

    fields: dict[str, str] = field(default_factory=dict)
    authority: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    addressee: list[str] = field(default_factory=list)

    @property
    def motto(self) -> tuple[str, ...]:
        return STATE_MOTTO if self.fields["motto"] == "state" else PARTY_MOTTO

    @property
    def issuer_block(self) -> list[str]:
        star = ["*"] if self.fields["motto"] == "party" else []
        subject = [self.fields["subject"]] if "subject" in self.fields else []
        fields = self.fields
        return [fields["above"], fields["issuer"], *star, fields["number"], *subject]

    @property
    def signature_block(self) -> list[str]:
        return [*self.authority, self.fields["position"], "", "", "", self.fields["signer"]]


def read(path: Path) -> Source:
    source, lines = Source(), None
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"@(\w+): ?(.*)", line):
            name, value = match.groups()
            lines = getattr(source, name) if name in ("body", "recipients", "addressee") else None
            if name == "authority":
                source.authority.append(value)
            elif lines is None:
                source.fields[name] = value
        elif lines is not None and line:
            lines.append(line)
    return source


def label_kind(line: str) -> str:
    match = re.match(rf"(?:{LABEL.pattern})\s", line)
    return (match.lastgroup or "") if match else ""


def is_heading(lines: list[str], index: int) -> bool:
    """A numbered line without a full stop, that others follow under it, is set in bold."""
    line, kind = lines[index], label_kind(lines[index])
    if kind == "roman":
        return True
    return kind in ("one", "sub") and line[-1] not in ".;:" and len(line) < 110


# Word -----------------------------------------------------------------------------------------


def make_docx(source: Source) -> bytes:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)  # Nghị định 30/2020/NĐ-CP
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)

    def write(holder: Any, text: str, *, bold: bool = False, italic: bool = False,
              align: Any = ALIGN.CENTER, size: float = 14, first: bool = False) -> Any:  # fmt: skip
        paragraph = holder.paragraphs[0] if first else holder.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        paragraph.alignment = align
        return paragraph

    def two_columns(left: list[Any], right: list[Any], widths: tuple[float, float]) -> None:
        table = document.add_table(rows=1, cols=2)
        table.autofit = False
        for cell, width, content in zip(table.rows[0].cells, widths, (left, right), strict=True):
            cell.width = Cm(width)
            for index, (text, style) in enumerate(content):
                paragraph = write(cell, text, first=index == 0, **style)
                paragraph.paragraph_format.space_after = Pt(0)

    plain, strong = {"size": 13}, {"size": 13, "bold": True}
    above, issuer, *rest = source.issuer_block
    dated = {"size": 13, "italic": True}
    two_columns(
        [(above, plain), (issuer, strong), *((text, plain) for text in rest)],
        [*((text, strong) for text in source.motto), ("", plain), (source.fields["place"], dated)],
        (7, 9.5),
    )
    write(document, "")
    write(document, source.fields["kind"], bold=True, size=15)
    write(document, source.fields["title"], bold=True)
    write(document, "-----")
    number = _word_lists(document) if source.fields.get("numbering") == "auto" else None
    index = 0
    while index < len(source.body):
        line = source.body[index]
        if line.startswith("|"):
            index = _word_table(document, source.body, index, write)
            continue
        kind = label_kind(line)
        text = line.split(" ", 1)[1] if number and kind else line
        paragraph = write(document, text, bold=is_heading(source.body, index), align=ALIGN.JUSTIFY)
        if number and kind:
            number(paragraph, kind)
        else:
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
        index += 1
    write(document, "")
    small, left = {"size": 11, "align": ALIGN.LEFT}, {"size": 12, "align": ALIGN.LEFT}
    signature = source.signature_block
    two_columns(
        [("Nơi nhận:", left | {"bold": True, "italic": True})]
        + [(text, small) for text in source.recipients],
        [(text, {"bold": True}) for text in signature],
        (8, 8.5),
    )
    document.core_properties.title = source.fields["title"]
    document.core_properties.author = source.fields["issuer"]
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_bytes(buffer.getvalue())


def _word_table(document: Any, lines: list[str], index: int, write: Callable[..., Any]) -> int:
    rows = []
    while index < len(lines) and lines[index].startswith("|"):
        rows.append([cell.strip() for cell in lines[index].strip("|").split("|")])
        index += 1
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            write(cell, text, bold=at == 0, size=12, first=True)
    write(document, "")
    return index


def _word_lists(document: Any) -> Callable[[Any, str], None]:
    """Word's own numbering: the labels of this document are drawn by Word, not typed."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    formats = (
        ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"),
        ("bullet", "-"), ("bullet", "+"),
    )  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff '
        f'w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
        for level, (kind, text) in enumerate(formats)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )

    def number(paragraph: Any, kind: str) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = LEVELS[kind]
        properties.get_or_add_numId().val = 90

    return number


def _same_bytes(package: bytes) -> bytes:
    """The package with one date for all its entries, so that making it again changes nothing."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()


# PDF ------------------------------------------------------------------------------------------


def make_pdf(source: Source) -> bytes:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

    for name, file in (("", "Regular"), ("-Bold", "Bold"), ("-Italic", "Italic"),
                       ("-BoldItalic", "BoldItalic")):  # fmt: skip
        pdfmetrics.registerFont(TTFont(f"Serif{name}", FONTS / f"NotoSerif-{file}.ttf"))
    pdfmetrics.registerFontFamily(
        "Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic"
    )

    def style(size: float, align: int, **more: Any) -> Any:
        return ParagraphStyle(
            "s", fontName="Serif", fontSize=size, leading=size * 1.4, alignment=align, **more
        )

    centred, small = style(10.5, TA_CENTER), style(9.5, TA_LEFT)
    body = style(11.5, TA_JUSTIFY, firstLineIndent=1.27 * cm, spaceAfter=5)

    def text(line: str, look: Any, mark: str = "") -> Any:
        inner = escape(line)
        return Paragraph(f"<{mark}>{inner}</{mark}>" if mark else inner, look)

    above, issuer, *rest = source.issuer_block
    letterhead = Table(
        [[
            [text(above, centred), text(issuer, centred, "b"), *(text(r, centred) for r in rest)],
            [*(text(line, centred, "b") for line in source.motto), Spacer(1, 8),
             text(source.fields["place"], centred, "i")],
        ]],
        colWidths=(7.6 * cm, 8.9 * cm), style=[("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)],
    )  # fmt: skip
    story = [letterhead, Spacer(1, 14)]
    if "kind" in source.fields:
        story += [text(source.fields["kind"], style(13, TA_CENTER, spaceAfter=4), "b")]
        story += [text(source.fields["title"], style(12, TA_CENTER), "b"), Spacer(1, 10)]
    indented = style(11.5, TA_LEFT, leftIndent=3 * cm)
    story += [text(line, indented) for line in source.addressee]
    story += [Spacer(1, 10)] if source.addressee else []
    story += [
        text(line, body, "b" if is_heading(source.body, index) else "")
        for index, line in enumerate(source.body)
    ]
    recipients = [text("Nơi nhận:", style(10, TA_LEFT), "b")]
    recipients += [text(line, small) for line in source.recipients]
    signature = [text(line, centred, "b") if line else Spacer(1, 16)
                 for line in source.signature_block]  # fmt: skip
    foot = Table(
        [[recipients, signature]], colWidths=(8 * cm, 8.5 * cm),
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)],
    )  # fmt: skip
    story += [Spacer(1, 12), KeepTogether([foot])]

    def page_number(canvas: Any, document: Any) -> None:
        if document.page > 1:  # Nghị định 30/2020/NĐ-CP: centred at the top, none on page one
            canvas.setFont("Serif", 11)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(document.page))

    buffer = io.BytesIO()
    SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=3 * cm, rightMargin=1.5 * cm, topMargin=2 * cm,
        bottomMargin=2 * cm, title=source.fields.get("title") or source.fields["subject"],
        author=f"{above} {issuer}", invariant=1,
    ).build(story, onFirstPage=page_number, onLaterPages=page_number)  # fmt: skip
    return buffer.getvalue()


# Text -----------------------------------------------------------------------------------------


def make_text(source: Source) -> bytes:
    lines = [*source.issuer_block, *source.motto, source.fields["place"], ""]
    lines += [source.fields["kind"], source.fields["title"], "-----", *source.addressee]
    lines += [*source.body, "", "Nơi nhận:", *source.recipients, "", *source.signature_block, ""]
    return "\n".join(lines).encode()


def make_markdown(source: Source) -> bytes:
    blocks = [f"{line}  " for line in [*source.issuer_block, *source.motto]]
    blocks += [f"*{source.fields['place']}*", "", f"# {source.fields['kind']}"]
    blocks += ["", f"**{source.fields['title']}**"]
    for index, line in enumerate(source.body):
        if label_kind(line) == "roman":
            blocks += ["", f"## {line}"]
        else:
            blocks += ["", f"**{line}**" if is_heading(source.body, index) else line]
    blocks += ["", "---", "", "**Nơi nhận:**", "", *source.recipients, ""]
    blocks += [f"**{line}**  " for line in source.signature_block if line]
    return "\n".join([*blocks, ""]).encode()


MAKERS = {".docx": make_docx, ".pdf": make_pdf, ".txt": make_text, ".md": make_markdown}


def main() -> int:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for path in sorted(HERE.glob("*.txt")):
        source = read(path)
        target = OUTPUT / source.fields["output"]
        target.write_bytes(MAKERS[target.suffix](source))
        print(f"{target.name}: {target.stat().st_size:,} bytes")  # noqa: T201 (a command prints)
    return 0


if __name__ == "__main__":
    sys.exit(main())
