"""Pictures of pages, made here as a scanner makes them, read by a real Tesseract."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.load import load_bytes, scan
from ingest.pipeline import Library
from ingest.records import SourceDocument
from ingest.settings import Settings

DPI = 200
LETTERHEAD = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("XÃ BÌNH MINH", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 45/KH-UBND", "Bình Minh, ngày 12 tháng 4 năm 2031"),
)
BODY = """KẾ HOẠCH
Tuyên truyền phòng, chống đuối nước năm 2031
Thực hiện Chỉ thị số 12-CT/HU ngày 03 tháng 4 năm 2031 của Huyện ủy về
tăng cường công tác bảo vệ trẻ em, Ủy ban nhân dân xã ban hành kế hoạch
như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cha mẹ, học sinh về nguy cơ đuối nước trên địa
bàn; huy động các tổ chức, đoàn thể cùng tham gia.
2. Các trường học, thôn, xóm báo cáo kết quả trước ngày 20/6/2031.
II. NHIỆM VỤ, GIẢI PHÁP
- Trạm y tế tập huấn kỹ năng sơ cứu cho giáo viên trong tháng 5;
- Đoàn Thanh niên mở lớp dạy bơi miễn phí cho thiếu niên, nhi đồng;
- Ban Văn hóa treo băng rôn, khẩu hiệu tại các ao, hồ, đập nguy hiểm.
III. TỔ CHỨC THỰC HIỆN
Giao Văn phòng theo dõi, đôn đốc, tổng hợp báo cáo Ủy ban nhân dân huyện
định kỳ hằng quý; khó khăn, vướng mắc phản ánh kịp thời để giải quyết.""".split("\n")


def font(points: float) -> ImageFont.FreeTypeFont:
    """A font with Vietnamese letters, of which every machine that shows the page has one."""
    names = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "times.ttf", "Arial.ttf", "NotoSerif-Regular.ttf")
    for name in names:
        try:
            return ImageFont.truetype(name, round(points / 72 * DPI))
        except OSError:
            continue
    pytest.skip("no font with Vietnamese letters")


def page(lines: Sequence[str], letterhead: Sequence[tuple[str, str]] = ()) -> Image.Image:
    """A clean scan at 200 dpi of an A4 page: grey, a little soft, with the scanner's noise."""
    sheet = Image.new("L", (round(8.27 * DPI), round(11.69 * DPI)), 252)
    draw = ImageDraw.Draw(sheet)
    at = 130
    for left, right in letterhead:
        draw.text((170, at), left, font=font(11), fill=20)
        draw.text((740, at), right, font=font(11), fill=20)
        at += 44
    at += 40
    for line in lines:
        draw.text((170, at), line, font=font(12), fill=20)
        at += 50
    noise = Image.effect_noise(sheet.size, 12).point(lambda value: value - 128 + 252)
    return Image.blend(sheet.filter(ImageFilter.GaussianBlur(0.6)), noise, 0.05)


def png(*pages: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, dpi=(DPI, DPI), **more)
    return buffer.getvalue()


def pdf_of(*pages: Image.Image | str) -> bytes:
    """A PDF with scanned pages, and pages of text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for content in pages:
        if isinstance(content, str):
            canvas.drawString(80, 700, content)
        else:
            canvas.drawImage(ImageReader(content), 0, 0, 595, 842)
            canvas.drawString(400, 40, "Ky so: 12/4/2031")  # a stamp is text on a scanned page
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.fixture(scope="module")
def plan() -> Image.Image:
    return page(BODY, LETTERHEAD)


def test_a_clean_scan_of_a_plan(tesseract: str, plan: Image.Image) -> None:
    loaded = load_bytes(png(plan), "kế hoạch.png")
    wanted = [word for side in (0, 1) for row in LETTERHEAD for word in syllables(row[side])]
    wanted += syllables(" ".join(BODY))
    read = syllables(loaded.pages[0])
    right = _in_common(wanted, read)
    assert right >= 0.97 * len(wanted), set(wanted) - set(read)
    ((number, confidence),) = loaded.scanned
    assert number == 1
    assert confidence > 85
    assert loaded.warnings == ()
    # The letterhead is read column by column, as that of every other kind of file.
    assert loaded.pages[0].index("XÃ BÌNH MINH") < loaded.pages[0].index("CỘNG HÒA")


def _in_common(wanted: Sequence[str], read: Sequence[str]) -> int:
    """The length of the longest common run of syllables in order."""
    row = [0] * (len(read) + 1)
    for word in wanted:
        before = 0
        for at, other in enumerate(read, 1):
            before, row[at] = row[at], before + 1 if word == other else max(row[at], row[at - 1])
    return row[-1]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_other_kinds_of_pictures(tesseract: str, kind: str) -> None:
    short = page(["Thôn Sậy trồng cây trước ngày 20/4/2031."])
    assert "Thôn Sậy trồng cây" in load_bytes(png(short, kind=kind), "a.png").pages[0]


def test_each_page_of_a_tif_is_a_page(tesseract: str) -> None:
    pages = [page([f"Thôn số {n} trồng cây ven đường làng."]) for n in (1, 2)]
    loaded = load_bytes(png(*pages, kind="TIFF"), "a.tif")
    assert [f"số {n}" in text for n, text in enumerate(loaded.pages, 1)] == [True, True]
    assert [number for number, _ in loaded.scanned] == [1, 2]


def test_of_a_pdf_only_the_scanned_pages_are_read_from_pictures(tesseract: str) -> None:
    scanned = page(["Thôn Sậy trồng cây", "Thôn Mận đắp đường"])
    loaded = load_bytes(pdf_of("trang mot co chu", scanned, "trang ba co chu"), "a.pdf")
    assert loaded.pages[0] == "trang mot co chu"
    assert loaded.pages[1].split("\n")[:2] == ["Thôn Sậy trồng cây", "Thôn Mận đắp đường"]
    assert loaded.pages[2] == "trang ba co chu"
    assert [number for number, _ in loaded.scanned] == [2]


def test_a_text_layer_of_a_scanner_without_vietnamese_is_given_up(tesseract: str) -> None:
    sheet = page(BODY)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawImage(ImageReader(sheet), 0, 0, 595, 842)
    hidden = canvas.beginText(60, 780)
    hidden.setTextRenderMode(3)
    for line in BODY:
        hidden.textLine(re.sub(r"[^ -~]", "", line))  # «K HOCH»
    canvas.drawText(hidden)
    canvas.save()
    loaded = load_bytes(buffer.getvalue(), "a.pdf")
    assert "phòng, chống đuối nước" in loaded.pages[0]
    assert len(loaded.scanned) == 1


def test_a_poor_scan_is_told(tesseract: str) -> None:
    small = page(BODY[:8]).resize((250, 353)).resize((1654, 2338))
    loaded = load_bytes(png(small.filter(ImageFilter.GaussianBlur(1))), "a.png")
    assert loaded.scanned[0][1] < scan.LOW_CONFIDENCE
    assert "little confidence" in loaded.warnings[0]


@pytest.mark.parametrize("picture", ["blank", "stains"])
def test_pictures_without_text(tesseract: str, picture: str) -> None:
    sheet = Image.new("L", (800, 600), 255)
    if picture == "stains":
        chance = random.Random(1)
        draw = ImageDraw.Draw(sheet)
        for _ in range(60):
            x, y = chance.randrange(800), chance.randrange(600)
            draw.ellipse((x, y, x + chance.randrange(60), y + chance.randrange(60)), fill=90)
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(png(sheet), "a.png")
    assert caught.value.reason == "no_text"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data[:16] + b"\xff\xff\xff\x00" * 2 + data[24:], "damaged"),
    ],
)
def test_damaged_pictures(tesseract: str, plan: Image.Image, change: object, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(change(png(plan)), "a.png")  # type: ignore[operator]
    assert caught.value.reason in (reason, "too_large")


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", "")
    scan.tesseract.cache_clear()
    yield
    scan.tesseract.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_what_to_install_is_said() -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(png(Image.new("L", (90, 90))), "a.jpg")
    assert caught.value.reason == "needs_tesseract"
    for language in ("vi", "en"):
        assert "Tesseract" in caught.value.message(language)
        assert "tesseract-ocr-vie" in caught.value.message(language)


def test_confidence_is_kept_by_the_library(tesseract: str, tmp_path: Path) -> None:
    scanned = page(["Thôn Sậy báo cáo kết quả trước ngày 20/4/2031."])
    (tmp_path / "quét.pdf").write_bytes(pdf_of("trang mot co chu", scanned))
    settings = Settings(home=tmp_path / "home")
    with Library.open(settings) as library:
        (document,) = library.add([tmp_path / "quét.pdf"]).added
        _told(document)
        (duty,) = library.obligations()
        assert (duty.deadline, duty.page) == ("2031-04-20", 2)
        shown = library.cited_page(document.id, duty.start, duty.end)
    assert shown is not None
    assert Image.open(io.BytesIO(shown)).format == "PNG"
    with Library.open(settings) as library:
        _told(library.documents()[0])


def _told(document: SourceDocument) -> None:
    ((number, confidence),) = document.scanned
    assert number == 2
    assert confidence > 80
    assert document.confidence_at(document.text.index("Sậy")) == confidence
    assert document.confidence_at(0) is None
