"""Slides of 16:9 with a title, text or a table that fits, and the sources below and in the notes.

Letters are Arial: it has every Vietnamese letter and is on every computer that shows slides; what
a room must read is 18 points or larger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.records import Citation
from assistant.register.plain import one_line, plain
from assistant.study.export.fit import GAP, groups_of, largest_size, shortened, text_height
from assistant.study.export.sources import Sources, quoted

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_FONT = "Arial"
_SIZES = (26, 24, 22, 20, 18)  # points
_TITLES = (32, 28, 24, 20)
_CELL = 18
_SOURCE = 12
_BULLETS, _ROWS = 6, 10  # a slide
_WIDTH, _HEIGHT = 960, 540  # points: 16:9
_LEFT, _INNER = 44, 872
_TITLE = (22, 78)  # top and height
_BODY = (108, 380)
_FOOT = (500, 28)
_STEP = 24  # points that a level goes in
_NAVY, _GREY, _GREEN, _PALE = "1F3864", "595959", "1E6B2E", "E8ECF4"
_TITLE_ONLY = 5  # of the layouts of python-pptx's template
_MORE = " (tiếp theo)"
_SHOWN_PLACES = 4  # sections named below a slide


@dataclass(frozen=True, slots=True)
class Bullet:
    """A paragraph of a slide; without a sign it is no item of a list.

    What ``leads`` stays on a slide with the next.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    level: int = 0
    sign: str = "•"
    bold: bool = False
    italic: bool = False
    colour: str = ""
    leads: bool = False

    @property
    def shown(self) -> str:
        """The text behind its sign."""
        return f"{self.sign} {self.text}" if self.sign else self.text


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: a text for each column."""

    cells: tuple[str, ...]
    citations: tuple[Citation, ...] = field(default=())


class Deck:
    """A presentation in work."""

    def __init__(self, sources: Sources, title: str) -> None:
        from pptx import Presentation
        from pptx.util import Pt

        self.sources = sources
        self.presentation: Presentation = Presentation()
        _widen(self.presentation, Pt(_WIDTH), Pt(_HEIGHT))
        properties = self.presentation.core_properties
        properties.title, properties.author = title, ""

    def title_slide(self, title: str, above: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._slide(plain(title), top=150, height=170, sizes=(40, 36, 32, 28, 24))
        self._text(slide, [Bullet(above, sign="", bold=True, colour=_GREY)], 100, 40, 22)
        shown = [Bullet(line, sign="", colour=_GREY) for line in lines]
        size = largest_size([b.text for b in shown], _INNER, 150, (22, 20, 18, 16, 14)) or 14
        self._text(slide, shown, 335, 150, size)

    def bullets(self, title: str, bullets: Sequence[Bullet]) -> None:
        """Slides of at most six paragraphs each, as many as it takes."""
        size = 24

        def height(bullet: Bullet) -> float:
            return text_height([bullet.shown], _width(bullet), size)

        groups = groups_of(bullets, height, _BODY[1], _BULLETS, lambda bullet: bullet.leads)
        for number, group in enumerate(groups):
            self.page(title + (_MORE if number else ""), group, largest=size)

    def page(self, title: str, bullets: Sequence[Bullet], *, largest: int = _SIZES[0]) -> None:
        """One slide with these paragraphs in the largest letters that fit."""
        slide = self._slide(plain(title))
        for size in (s for s in _SIZES if s <= largest):
            if sum(text_height([b.shown], _width(b), size) for b in bullets) <= _BODY[1]:
                break
        else:
            size, each = _SIZES[-1], _BODY[1] / len(bullets)
            bullets = [_cut(bullet, each, size) for bullet in bullets]
        self._text(slide, bullets, *_BODY, size)
        self._tell(slide, [c for bullet in bullets for c in bullet.citations])

    def table(
        self, title: str, heads: Sequence[str], shares: Sequence[int], rows: Sequence[TableRow]
    ) -> None:
        """Slides with a table each, as many as the rows take; ``shares`` are the columns' widths
        in parts of 100. Rows that begin alike share their first cell."""
        widths = [_INNER * share / 100 for share in shares]
        head = _row_height(heads, widths)
        room = _BODY[1] - head

        def height(row: TableRow) -> float:
            return min(_row_height(row.cells, widths), room)

        for number, group in enumerate(groups_of(rows, height, room, _ROWS)):
            slide = self._slide(plain(title + (_MORE if number else "")))
            shown = [
                tuple(
                    shortened(plain(text), width - 16, room - 8, _CELL)
                    for text, width in zip(row.cells, widths, strict=True)
                )
                for row in group
            ]
            _put_table(slide, [tuple(heads), *shown], widths)
            self._tell(slide, [c for row in group for c in row.citations])

    def _slide(
        self,
        title: str,
        top: int = _TITLE[0],
        height: int = _TITLE[1],
        sizes: Sequence[int] = _TITLES,
    ) -> Slide:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        slides = self.presentation.slides
        slide = slides.add_slide(self.presentation.slide_layouts[_TITLE_ONLY])
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = Pt(_LEFT), Pt(top), Pt(_INNER), Pt(height)
        size = largest_size([title], _INNER, height, sizes) or sizes[-1]
        frame = box.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _no_margins(frame)
        text = shortened(title, _INNER, height, size)
        _put(frame.paragraphs[0], text, size, bold=True, colour=_NAVY)
        if len(slides) > 1:
            self._line(slide, str(len(slides)), left=_WIDTH - _LEFT - 40, width=40, right=True)
        return slide

    def _text(
        self, slide: Slide, bullets: Sequence[Bullet], top: int, height: int, size: int
    ) -> None:
        from pptx.util import Pt

        box = slide.shapes.add_textbox(Pt(_LEFT), Pt(top), Pt(_INNER), Pt(height))
        frame = box.text_frame
        frame.word_wrap = True
        _no_margins(frame)
        for number, bullet in enumerate(bullets):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(GAP)
            hanging = round(size * (0.5 + 0.5 * len(bullet.sign))) if bullet.sign else 0
            left = bullet.level * _STEP + hanging
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(Pt(left)))
            properties.set("indent", str(Pt(-hanging)))
            shown = f"{bullet.sign}\t{bullet.text}" if bullet.sign else bullet.text
            _put(
                paragraph,
                plain(shown),
                size,
                bold=bullet.bold,
                italic=bullet.italic,
                colour=bullet.colour,
            )

    def _tell(self, slide: Slide, citations: Iterable[Citation]) -> None:
        """Name the sources below the slide, and give their exact words in the notes."""
        cited = list(dict.fromkeys(citations))
        if not cited:
            return
        told = shortened(f"Nguồn: {self._places(cited)}", _INNER - 60, _FOOT[1] + 8, _SOURCE)
        self._line(slide, told, left=_LEFT, width=_INNER - 60)
        words = [f"– {quoted(c)} ({self.sources.said(c)})" for c in cited]
        slide.notes_slide.notes_text_frame.text = "\n".join(["Trích nguyên văn:", *words])

    def _places(self, citations: Sequence[Citation]) -> str:
        """Each document with its sections: «Kế hoạch số 5/KH-UBND, mục I; II › 2»."""
        places: dict[str, dict[str, None]] = {}
        for citation in citations:
            of_document = places.setdefault(self.sources.document(citation), {})
            if citation.section:
                of_document[citation.section] = None
        said = []
        for document, sections in places.items():
            shown = [*sections][:_SHOWN_PLACES] + ["…"] * (len(sections) > _SHOWN_PLACES)
            said.append(f"{document}, mục {'; '.join(shown)}" if shown else document)
        return ". ".join(said)

    def _line(self, slide: Slide, text: str, *, left: int, width: int, right: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        box = slide.shapes.add_textbox(Pt(left), Pt(_FOOT[0]), Pt(width), Pt(_FOOT[1]))
        frame = box.text_frame
        frame.word_wrap = True
        _no_margins(frame)
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        _put(frame.paragraphs[0], one_line(text), _SOURCE, colour=_GREY)


def _width(bullet: Bullet) -> float:
    return _INNER - bullet.level * _STEP - (18 if bullet.sign else 0)


def _cut(bullet: Bullet, height: float, size: int) -> Bullet:
    return replace(bullet, text=shortened(bullet.text, _width(bullet) - 10, height, size))


def _row_height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points of a table's row, with the room around its text."""
    return max(
        text_height([text], width - 16, _CELL) for text, width in zip(cells, widths, strict=True)
    )


def _put_table(slide: Slide, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    heights = [_row_height(row, widths) for row in rows]
    frame = slide.shapes.add_table(
        len(rows), len(widths), Pt(_LEFT), Pt(_BODY[0]), Pt(_INNER), Pt(sum(heights))
    )
    table = frame.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for index, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[index].height = Pt(height)
        first, *others = table.rows[index].cells
        for cell, text in zip((first, *others), row, strict=True):
            cell.margin_left = cell.margin_right = Pt(8)
            cell.margin_top = cell.margin_bottom = Pt(3)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE if index == 0 else MSO_ANCHOR.TOP
            cell.fill.solid()
            shade = _NAVY if index == 0 else (_PALE if index % 2 else "FFFFFF")
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)
            colour = "FFFFFF" if index == 0 else "000000"
            if index and cell is first and text == rows[index - 1][0]:
                continue  # of the cell above
            for number, line in enumerate(text.split("\n")):
                paragraphs = cell.text_frame.paragraphs
                paragraph = paragraphs[0] if number == 0 else cell.text_frame.add_paragraph()
                _put(paragraph, line, _CELL, bold=index == 0, colour=colour)

    begin = 1
    for index in range(2, len(rows) + 1):
        if index == len(rows) or rows[index][0] != rows[begin][0]:
            if index - begin > 1:
                table.cell(begin, 0).merge(table.cell(index - 1, 0))
            begin = index


def _put(
    paragraph: Any,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = "",
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run.font.name, run.font.size = _FONT, Pt(size)
    run.font.bold, run.font.italic = bold, italic
    run.font.color.rgb = RGBColor.from_string(colour or "000000")


def _no_margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _widen(presentation: Presentation, width: int, height: int) -> None:
    """Make the template's 4:3 slides 16:9, with what stands on its layouts."""
    across = width / presentation.slide_width
    down = height / presentation.slide_height
    presentation.slide_width, presentation.slide_height = width, height
    master = presentation.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in master.slide_layouts)):
        for shape in shapes:
            shape.left, shape.width = round(shape.left * across), round(shape.width * across)
            shape.top, shape.height = round(shape.top * down), round(shape.height * down)
