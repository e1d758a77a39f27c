"""The library in a real browser, served by the real program over its bundled samples."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from assistant.ui.backend import Backend, open_library
from assistant.ui.catalogue import natural
from ingest.pipeline import Library
from ingest.samples import mark_given, sample_paths
from ingest.settings import Settings
from tests.patience import PATIENCE
from tests.ui.visit import PHONE, Visit, has_attribute, has_texts, served

pytestmark = [
    pytest.mark.page,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),  # of its own use of pandas
]

SAMPLES = len(sample_paths())
SHEET = "".join(f"{n}. Tổ số {n} quét ngõ, ghi sổ và nộp cho trưởng ấp.\n" for n in range(1, 30))


def count(visit: Visit) -> int:
    return int(re.sub(r"\D", "", visit.page.locator("#catalogue h2 b").inner_text()))


def wait_for_count(visit: Visit, wanted: int) -> None:
    visit.page.wait_for_function(
        "wanted => document.querySelector('#catalogue h2 b .t')?.textContent.match(/\\d+/)[0]"
        " === String(wanted)",
        arg=wanted,
    )


def add(visit: Visit, *files: tuple[str, bytes]) -> Any:
    """Add files in the library's own tab."""
    outcome = visit.upload(*files, side="library-main")
    for name, _ in files:
        row(visit, name).first.wait_for()
    return outcome


def row(visit: Visit, name: str) -> Any:
    return visit.page.locator("#catalogue .entry", has=visit.page.get_by_text(name, exact=True))


def open_details(visit: Visit, name: str) -> Any:
    row(visit, name).locator(".open").click()
    visit.page.locator("#library-evidence .sheet", has_text=name).wait_for()
    visit.page.locator("#library-evidence [data-action=details-open]").click()
    form = visit.page.locator("#library-details form")
    form.wait_for()
    return form


def remove(visit: Visit, *names: str) -> None:
    """Delete what a test has added, for good: the next ones count anew."""
    for name in names:
        row(visit, name).locator(".pick input").check()
    visit.page.locator("[data-action=delete-chosen]").click()
    visit.page.locator("#library-removed [data-ask=purge]").click()
    visit.page.locator("#library-removed .removed").wait_for(state="detached")
    for name in names:
        row(visit, name).first.wait_for(state="detached")


def test_every_document_is_listed_and_found_without_diacritics(visit: Visit) -> None:
    page = visit.open_library().page
    listed = set(page.locator("#catalogue .open").all_inner_texts())
    assert listed == {path.name for path in sample_paths()}
    assert count(visit) == SAMPLES
    assert "35-KH/ĐU" in page.locator("#catalogue td.number").all_inner_texts()
    page.fill("#library_words textarea, #library_words input", "phong chay")
    wait_for_count(visit, 1)
    has_texts(page.locator("#catalogue td.number"), "412/UBND-NC")
    page.locator("#catalogue [data-ask=clear]").click()
    wait_for_count(visit, SAMPLES)
    page.click("#library_kinds input")
    page.locator("[role=option]", has_text="Chỉ thị").click()
    page.keyboard.press("Escape")
    page.locator("#catalogue .narrowed", has_text="Chỉ thị").wait_for()
    assert set(page.locator("#catalogue td.kind").all_inner_texts()) == {"Chỉ thị"}


def test_a_filter_goes_with_the_last_document_that_it_finds(visit: Visit) -> None:
    page = visit.open_library().page
    before = count(visit)
    page.click("#library_kinds input")
    page.locator("[role=option]", has_text="Chỉ thị").click()
    page.keyboard.press("Escape")
    wait_for_count(visit, 1)
    page.locator("#catalogue .entry .pick input").check()
    page.locator("[data-action=delete-chosen]").click()
    wait_for_count(visit, before - 1)
    page.locator("#library_kinds .token").wait_for(state="detached")
    page.fill("#library_words :is(input, textarea)", "phong chay")
    wait_for_count(visit, 1)
    page.locator("#library-removed [data-ask=restore]").click()
    page.locator("#catalogue [data-ask=clear]").click()
    wait_for_count(visit, before)


def test_a_head_sorts_and_says_so(visit: Visit) -> None:
    page = visit.open_library().page
    head = page.locator("#catalogue th.name")
    for order in ("ascending", "descending"):
        head.locator("button").focus()
        page.keyboard.press("Enter")
        page.locator(f"#catalogue th.name[aria-sort={order}]").wait_for()
        names = page.locator("#catalogue .open").all_inner_texts()
        assert names == sorted(names, key=natural, reverse=order == "descending")
        visit.focused("#catalogue th.name button")


def test_a_document_is_opened_and_leads_to_questions_about_it(visit: Visit) -> None:
    page = visit.open_library().page
    entry = page.locator("#catalogue .entry", has_text="412/UBND-NC")
    entry.locator("td.issuer").click()
    head = page.locator("#library-evidence .sheet-head", has_text="412/UBND-NC")
    head.wait_for()
    assert entry.get_attribute("aria-current") == "true"
    page.keyboard.press("Escape")
    page.locator("#library-evidence .sheet").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.entry .open')")
    assert entry.get_attribute("aria-current") is None

    entry.locator(".open").click()
    head.locator("[data-action=pick]").click()
    page.locator("#scope .chip", has_text="412/UBND-NC").wait_for()


def test_a_citation_shows_its_page_as_it_was_given(visit: Visit) -> None:
    page = visit.page
    turn = visit.ask("Ai ký Công văn 412/UBND-NC?")
    turn.locator("button.cite").first.click()
    visit.marked()
    page.locator("#evidence [data-action=page-picture]").click()
    picture = page.locator("#evidence-page img")
    picture.wait_for()
    assert page.wait_for_function("document.querySelector('#evidence-page img').naturalWidth > 500")
    assert re.search(r"Trang \d+/\d+", page.locator("#evidence-page .facts").inner_text())
    page.keyboard.press("Escape")
    picture.wait_for(state="hidden")
    assert page.locator("#evidence mark").first.is_visible(), "back at the text, still open"
    assert page.evaluate("document.activeElement.dataset.action") == "page-picture"
    page.keyboard.press("Enter")
    picture.wait_for()


def test_a_scan_tells_how_sure_its_letters_are(visit: Visit, tesseract: str) -> None:
    paper = Image.new("L", (1000, 600), 255)
    font = ImageFont.load_default(44)
    ImageDraw.Draw(paper).text((80, 90), "Ben do mo cua luc sau gio sang", fill=0, font=font)
    data = io.BytesIO()
    paper.save(data, "PDF", resolution=150)
    page = visit.open_library().page
    files = add(visit, ("bến đò.pdf", data.getvalue()))
    assert "độ tin cậy" in files.inner_text()
    row(visit, "bến đò.pdf").locator(".open").click()
    page.locator("#library-evidence [data-action=page-picture]").click()
    page.locator("#library-evidence-page img").wait_for()
    assert "độ tin cậy" in page.locator("#library-evidence-page .facts").inner_text()
    page.locator("#library-evidence-page [data-action=close-evidence]").click()
    remove(visit, "bến đò.pdf")


def test_what_was_read_is_corrected_and_given_back(visit: Visit) -> None:
    page = visit.open_library().page
    text = "XÃ ĐỒI MÂY\nSố: 5/KH-UBND\nKẾ HOẠCH\nVớt bèo kênh Cây Sao\nI. VIỆC\n1. Tổ Sen vớt bèo."
    add(visit, ("vớt bèo.txt", text.encode()))
    form = open_details(visit, "vớt bèo.txt")
    form.locator("[name=number]").fill("6/KH-UBND")
    form.locator("[name=date]").fill("31/2/2031")
    form.locator("button[type=submit]").click()
    form.locator(".problem", has_text="31/2/2031").wait_for()
    assert form.locator("[name=number]").input_value() == "6/KH-UBND", "nothing is lost"
    form.locator("[name=date]").fill("3/2/2031")
    form.locator("[name=name]").fill("Kế hoạch vớt bèo.txt")
    form.locator("button[type=submit]").click()
    form.locator(".thanks").wait_for()
    changed = row(visit, "Kế hoạch vớt bèo.txt")
    changed.wait_for()
    assert changed.locator("td.number").inner_text() == "6/KH-UBND"
    assert changed.locator("td.date").inner_text() == "3/2/2031"

    back = form.locator("[data-field=number]")
    back.click()
    assert form.locator("[name=number]").input_value() == "5/KH-UBND"
    form.locator("button[type=submit]").click()
    changed.locator("td.number", has_text="5/KH-UBND").wait_for()
    with page.expect_download() as download:
        page.locator("#library-details [data-action=original]").click()
    assert download.value.suggested_filename == "Kế hoạch vớt bèo.txt"
    assert Path(download.value.path()).read_text(encoding="utf-8") == text
    page.keyboard.press("Escape")
    page.locator("#library-details form").wait_for(state="hidden")
    page.keyboard.press("Escape")
    remove(visit, "Kế hoạch vớt bèo.txt")


def test_documents_are_deleted_and_brought_back_or_deleted_for_good(visit: Visit) -> None:
    page = visit.open_library().page
    before = count(visit)
    add(visit, *((f"ngõ {n}.txt", f"Ngõ {n} của xóm Bưởi.".encode()) for n in (1, 2, 3)))
    wait_for_count(visit, before + 3)
    for n in (1, 2):
        row(visit, f"ngõ {n}.txt").locator(".pick input").check()
    page.locator(".chosen", has_text="2 văn bản được chọn").wait_for()
    page.locator("[data-action=delete-chosen]").click()
    page.locator("#library-removed", has_text="Đã xóa 2 văn bản").wait_for()
    wait_for_count(visit, before + 1)
    page.locator(".chosen").wait_for(state="hidden")
    page.wait_for_function("document.activeElement.dataset.ask === 'restore'")
    page.keyboard.press("Enter")
    wait_for_count(visit, before + 3)

    open_details(visit, "ngõ 3.txt")
    page.locator("[data-action=delete-open]").click()
    page.locator("#library-removed", has_text="Đã xóa «ngõ 3.txt»").wait_for()
    page.locator("#library-evidence .sheet").wait_for(state="detached")
    page.locator("#library-removed [data-ask=close]").click()
    page.locator("#library-aside summary", has_text="(1)").click()
    page.locator("#library-aside [data-ask=restore]").click()
    wait_for_count(visit, before + 3)
    remove(visit, "ngõ 1.txt", "ngõ 2.txt", "ngõ 3.txt")
    wait_for_count(visit, before)
    page.locator("#library-aside details").wait_for(state="detached")
    page.locator("#tab_chat-button").click()
    page.locator(".documents button", has_text="ngõ").first.wait_for(state="detached")


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_older(visit: Visit) -> None:
    page = visit.open_library().page
    before = count(visit)
    add(visit, ("phân công.txt", f"{SHEET}Bản đầu.".encode()))
    page.locator("#library-uploads [data-ask=close]").click()
    page.locator("#library-uploads .files").wait_for(state="detached")
    files = add(visit, ("phân công.txt", f"{SHEET}Bản sau.".encode()))
    assert "gần giống «phân công.txt»" in files.inner_text()
    wait_for_count(visit, before + 2)
    files.locator("[data-ask=replace]").click()
    files.locator(".replaced").wait_for()
    wait_for_count(visit, before + 1)

    open_details(visit, "phân công.txt")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-action=new-version]").click()
    chooser.value.set_files({"name": "r.txt", "mimeType": "text/plain", "buffer": b""})
    page.locator("#library-details .problem", has_text="tệp rỗng").wait_for()
    with page.expect_file_chooser() as chooser:
        page.locator("[data-action=new-version]").click()
    third = f"{SHEET}Bản ba.".encode()
    chooser.value.set_files({"name": "b3.txt", "mimeType": "text/plain", "buffer": third})
    page.locator("#library-details .thanks").wait_for()
    page.locator("#library-evidence .paper", has_text="Bản ba.").wait_for(state="attached")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    wait_for_count(visit, before + 1)
    remove(visit, "b3.txt")


def test_a_folder_gives_only_what_can_be_a_document(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "hồ sơ"
    (folder / "con").mkdir(parents=True)
    (folder / "một.txt").write_text("Lịch trực ấp Dừa.", encoding="utf-8")
    (folder / "con" / "hai.txt").write_text("Lịch trực ấp Mía.", encoding="utf-8")
    (folder / "~$một.docx").write_bytes(b"x")
    (folder / "phim.mp4").write_bytes(b"x")
    page = visit.open_library().page
    page.set_input_files("#library-main input.folder", str(folder))
    visit.outcome("hai.txt")
    row(visit, "hai.txt").wait_for()
    assert page.locator("#library-uploads .files li").count() == 2
    page.locator("#library-uploads [data-ask=close]").click()
    page.locator("#library-uploads .files").wait_for(state="detached")
    remove(visit, "một.txt", "hai.txt")


def test_the_library_is_given_out_and_taken_in_again(visit: Visit) -> None:
    page = visit.open_library().page
    add(visit, ("bến.txt", "Nội quy bến Lội, ban hành ngày 1/2/2031.".encode()))
    with page.expect_download() as download:
        page.locator("[data-action=export]").click()
    assert re.fullmatch(r"thu-vien-[\d-]+\.zip", download.value.suggested_filename)
    exported = Path(download.value.path()).read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(exported))
    page.locator("#library-transfer .done").wait_for()
    remove(visit, "bến.txt")
    page.set_input_files(
        "#library-side input[type=file]",
        [{"name": "tv.zip", "mimeType": "application/zip", "buffer": exported}],
    )
    page.locator("#library-transfer", has_text="Đã nhập 1 văn bản").wait_for()
    row(visit, "bến.txt").wait_for()
    page.set_input_files(
        "#library-side input[type=file]",
        [{"name": "khác.zip", "mimeType": "application/zip", "buffer": b"no zip at all"}],
    )
    page.locator("#library-transfer .failed").wait_for()
    remove(visit, "bến.txt")


def test_the_language_switch_reaches_the_library(visit: Visit) -> None:
    page = visit.open_library().page
    page.click("button[data-language=en]")
    page.get_by_role("tab", name="Library").wait_for()
    assert re.match(r"Documents: \d+", page.locator("#catalogue h2").inner_text())
    page.locator("#library_kinds", has_text="Kind").wait_for()
    page.locator("#library-import", has_text="Import").wait_for()
    box = page.locator("#library_words :is(input, textarea)")
    has_attribute(box, "placeholder", re.compile("Find by name"))


def test_the_library_is_reached_by_keyboard_and_announced(visit: Visit) -> None:
    page = visit.open_library().page
    page.locator(".to-content").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#library_words') !== null")
    page.keyboard.type("phong chay")
    wait_for_count(visit, 1)
    page.wait_for_function("document.querySelector('.announcer').textContent.includes('1 văn bản')")
    box = page.locator("#catalogue .entry .pick input")
    assert "Chọn " in (box.evaluate("box => box.labels[0].textContent"))
    box.focus()
    page.keyboard.press("Space")
    page.locator(".chosen").wait_for()


def test_an_emptied_library_offers_the_samples_again(desktop: Any, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with Library.open(settings) as library:
        mark_given(settings)  # it was filled before, and emptied
        assert not library.documents()
    backend = Backend(lambda: open_library(settings))
    with served(backend, tmp_path) as url:
        backend.start()
        visit = Visit(desktop, url)
        visit.page.locator(".status.ready", has_text="chưa có văn bản").wait_for(
            timeout=PATIENCE * 1000
        )
        page = visit.open_library().page
        page.locator("#catalogue [data-action=add-samples]").click()
        page.locator("#catalogue .entry").first.wait_for()
        wait_for_count(visit, SAMPLES)
        page.locator(".status.ready", has_text=f"{SAMPLES} văn bản").wait_for()
        page.get_by_role("tab").first.click()
        page.locator(".documents button").nth(SAMPLES - 1).wait_for()
        visit.settle()
        visit.close()


ATTACK = '<img src=x onerror="window.harmed=1">'


def test_nothing_that_was_written_by_others_is_executed(visit: Visit) -> None:
    page = visit.open_library().page
    name = "\"><img src=x onerror='window.harmed=1'>&lt;b&gt;.txt"
    text = f"XÃ {ATTACK}\nSố: 5/KH\nKẾ HOẠCH\n{ATTACK}\nI. VIỆC\n1. Tổ Sen {ATTACK}."
    page.set_input_files(
        "#library-main input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()}],
    )
    page.locator("#library-uploads .added").wait_for()
    hostile = page.locator("#catalogue .entry", has_text="onerror")
    hostile.locator(".open").click()
    page.locator("#library-evidence [data-action=details-open]").click()
    page.locator("#library-details form").wait_for()
    page.locator("[data-action=delete-open]").click()
    page.locator("#library-removed", has_text="onerror").wait_for()
    assert page.evaluate("window.harmed") is None
    assert page.locator("#library-workspace :is(img, script, a)").count() == 0
    page.locator("#library-removed [data-ask=purge]").click()
    hostile.wait_for(state="detached")


def test_nothing_of_the_library_scrolls_sideways_on_a_phone(phone_visit: Visit) -> None:
    page = phone_visit.page
    page.set_viewport_size({"width": 360, "height": PHONE["height"]})
    phone_visit.open_library()
    assert phone_visit.sideways() <= 0
    assert page.locator("#library-upload").is_visible(), "adding needs no drawer"
    page.click(".side-toggle")
    page.locator("#library_doubtful").wait_for()
    assert phone_visit.sideways() <= 0
    page.locator("#library-close button").click()
    page.locator("#library_doubtful").wait_for(state="hidden")
    page.locator("#catalogue .open").first.click()
    page.locator("#library-evidence .sheet").wait_for()
    page.locator("#library-evidence [data-action=details-open]").click()
    page.locator("#library-details form").wait_for()
    assert phone_visit.sideways() <= 0
    for _ in range(2):
        page.locator("#library-details [data-action=show-text]").click()
        page.locator("#library-details form").wait_for(state="hidden")
        page.locator("#library-evidence [data-action=details-open]").click()
        page.locator("#library-details form").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#tab_board-button").click()
    page.locator("#board h2").wait_for()
    page.click(".side-toggle")
    page.locator("#board_words").wait_for()
    assert page.locator("#board-upload").is_hidden(), "the drawer is for filters"
