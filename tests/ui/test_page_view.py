"""A page of a document as it was given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

from assistant.cite import cite
from assistant.ui.page_view import PageView, has_pages, page_view
from assistant.ui.render.evidence import evidence_html, page_html
from ingest.pipeline import Library
from ingest.records import SourceDocument
from ingest.settings import Settings
from tests.ui.parsed import assert_harmless, attacks, said


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, tesseract: str) -> Iterator[Library]:
    """A library with a scan of two pages and a text."""
    folder = tmp_path_factory.mktemp("files")
    pages = []
    for line in ("Bến đò mở cửa lúc sáu giờ sáng", "Bến đò đóng cửa lúc bảy giờ tối"):
        page = Image.new("L", (1000, 700), 255)
        ImageDraw.Draw(page).text((80, 90), line, fill=0, font=ImageFont.load_default(44))
        pages.append(page)
    pages[0].save(folder / "bến đò.pdf", save_all=True, append_images=pages[1:], resolution=150)
    (folder / "sổ.txt").write_text("Sổ trực bến đò.", encoding="utf-8")
    with Library.open(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        summary = opened.add([folder / "bến đò.pdf", folder / "sổ.txt"])
        assert not summary.failed
        yield opened


def named(library: Library, name: str) -> SourceDocument:
    return next(d for d in library.documents() if d.name == name)


def is_marked(view: PageView) -> bool:
    """Whether the picture has the yellow of a mark."""
    colours = Image.open(BytesIO(view.picture)).convert("RGB").getcolors(10**7) or []
    return any(blue < 90 < red for _, (red, _, blue) in colours)


def test_the_page_that_holds_the_words_is_drawn_with_them_marked(library: Library) -> None:
    scan = named(library, "bến đò.pdf")
    second = scan.page_starts[1]
    view = page_view(library, scan, second, len(scan.text), None)
    assert (view.page, view.pages) == (2, 2)
    assert is_marked(view)
    assert view.confidence == dict(scan.scanned)[2]
    other = page_view(library, scan, second, len(scan.text), 1)
    assert other.page == 1
    assert not is_marked(other)


@pytest.mark.parametrize(("page", "shown"), [(0, 1), (-5, 1), (99, 2)])
def test_a_page_that_there_is_not_is_the_nearest(library: Library, page: int, shown: int) -> None:
    scan = named(library, "bến đò.pdf")
    assert page_view(library, scan, -3, 10**9, page).page == shown


def test_what_has_no_pages_or_no_original_says_so(library: Library) -> None:
    text = named(library, "sổ.txt")
    assert not has_pages(text)
    view = page_view(library, text, 0, 3, None)
    assert "Không vẽ được trang gốc" in said(page_html(view))
    assert "could not be drawn" in said(page_html(view), "en")

    scan = named(library, "bến đò.pdf")
    kept = library.settings.originals_path / scan.id
    shutil.move(kept, kept.parent / ".aside")
    try:
        view = page_view(library, scan, 0, 3, None)
    finally:
        shutil.move(kept.parent / ".aside", kept)
    assert "Không còn tệp gốc" in said(page_html(view))


def test_the_panel_offers_the_page_where_there_may_be_one(library: Library) -> None:
    scan = evidence_html(named(library, "bến đò.pdf"), None, 1)
    assert 'data-action="page-picture"' in scan
    assert 'data-action="page-picture"' not in evidence_html(named(library, "sổ.txt"), None, 1)


def test_a_page_says_where_it_is_and_how_sure_its_letters_are() -> None:
    scan = SourceDocument("d", "a.pdf", "xyz", page_starts=(0, 1, 2), scanned=((2, 64),))
    html = page_html(PageView(scan, 2, 0, 0, b"png"))
    assert "Trang 2/3 · chữ nhận dạng từ ảnh, độ tin cậy 64 %" in said(html)
    assert [p in html for p in ('data-page="1"', 'data-page="3"')] == [True, True]
    last = page_html(PageView(scan, 3, 0, 0, b"png"))
    assert "độ tin cậy" not in said(last)
    assert 'data-page="4"' not in last
    assert 'src="data:image/png;base64,' in last


def test_a_citation_of_a_scan_says_how_sure_its_page_is() -> None:
    scan = SourceDocument("d", "a.pdf", "mot hai", page_starts=(0, 4), scanned=((2, 64),))
    for place, sure in ((cite(scan, 0, 3), False), (cite(scan, 4, 7), True)):
        head = said(evidence_html(scan, place, 1))
        assert ("độ tin cậy 64 %" in head) is sure


@attacks
def test_a_name_is_text_over_a_page(attack: str) -> None:
    hostile = SourceDocument(attack, attack, "xyz")
    html = page_html(PageView(hostile, 1, 0, 0, b"png"))
    before, image, after = html.partition("<img ")
    assert image
    attributes, _, rest = after.partition(">")
    assert attributes.startswith('src="data:image/png;base64,')
    assert_harmless(before + rest)
