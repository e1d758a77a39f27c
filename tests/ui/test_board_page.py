"""The board in a real browser, served by the real program over its bundled samples."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from assistant.ui.download import FORMATS
from tests.ui.files import in_files
from tests.ui.visit import PHONE, Visit, becomes, has_attribute, has_value

pytestmark = [
    pytest.mark.page,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),  # of its own use of pandas
]


def count(visit: Visit) -> int:
    heading = visit.page.locator("#board h2 b").inner_text()
    return int(re.sub(r"\D", "", heading))


def wait_for_count(visit: Visit, wanted: str) -> None:
    visit.page.locator("#board h2 b").get_by_text(re.compile(wanted)).wait_for()


def test_a_row_opens_its_words_in_the_source(visit: Visit) -> None:
    visit.open_board("10/4/2024")
    duty = visit.page.locator("#board tr.duty", has_text="danh sách đảng viên chưa tham gia")
    duty.locator("button.open").click()
    quote = visit.marked("board-evidence")
    assert "trước ngày 20/4/2024" in quote
    assert visit.mark_in_view("board-evidence")
    head = visit.page.locator("#board-evidence .sheet-head").inner_text()
    assert "35-KH/ĐU" in head
    assert duty.get_attribute("aria-current") == "true"
    visit.page.keyboard.press("Escape")
    visit.page.locator("#board-evidence .sheet").wait_for(state="detached")
    assert visit.page.evaluate("document.activeElement.matches('tr.duty button.open')")
    assert duty.get_attribute("aria-current") is None


def test_every_row_that_is_shown_opens_exactly_its_quote(visit: Visit) -> None:
    visit.open_board("10/4/2024")
    rows = visit.page.locator("#board tr.duty")
    for opened, index in enumerate(range(0, rows.count(), 9), start=1):
        rows.nth(index).locator("button.open").click()
        visit.page.locator(f"#board-evidence .sheet[data-view='{opened}']").wait_for()
        marked = " ".join(visit.marked("board-evidence").split())
        copied = visit.page.locator("#board-evidence .copy").get_attribute("data-copy") or ""
        assert f"«{marked}»" in " ".join(copied.split())


def test_the_periods_fill_in_their_days_and_narrow_the_rows(visit: Visit) -> None:
    visit.open_board("10/4/2024")
    everything = count(visit)
    visit.page.locator("#periods [data-value=month]").click()
    visit.page.locator("#periods [data-value=month][aria-pressed=true]").wait_for()
    has_value(visit.page.locator("#board_since input"), "01/04/2024")
    has_value(visit.page.locator("#board_until input"), "30/04/2024")
    visit.page.locator("#board .narrowed", has_text="Tháng này").wait_for()
    in_month = count(visit)
    assert 0 < in_month < everything
    visit.focused("#periods [data-value=month]")

    visit.page.locator("#periods [data-value=overdue]").click()
    visit.page.locator("#periods [data-value=overdue][aria-pressed=true]").wait_for()
    visit.page.wait_for_function(
        """() => {
            const seen = [...document.querySelectorAll("#board .state")]
                .filter(state => state.checkVisibility());
            return seen.length && seen.every(state => state.innerText.startsWith("Quá hạn"));
        }"""
    )

    visit.page.locator("#board [data-ask=clear]").click()
    wait_for_count(visit, f"^{everything} ")
    has_value(visit.page.locator("#board_since input"), "")
    assert visit.page.input_value("#board_on input") == "10/4/2024"


def test_what_is_typed_before_the_answer_to_a_button_stays(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    visit.settle()
    held: list[Any] = []
    may_go = threading.Event()
    page.route(
        "**/queue/join*",
        lambda asked: asked.continue_() if may_go.is_set() else held.append(asked),
    )
    page.locator("#periods [data-value=month]").click()
    page.fill("#board_words input", "báo cáo")
    while not any("báo cáo" in (asked.request.post_data or "") for asked in held):
        page.wait_for_timeout(50)
    may_go.set()
    typed = [asked for asked in held if "báo cáo" in (asked.request.post_data or "")]
    for asked in held:
        if asked not in typed:
            asked.continue_()
    page.locator("#periods [data-value=month][aria-pressed=true]").wait_for()
    assert page.input_value("#board_words input") == "báo cáo"
    for asked in typed:
        asked.continue_()
    page.locator("#board .narrowed", has_text="«báo cáo»").wait_for()
    visit.settle()
    assert page.input_value("#board_words input") == "báo cáo"
    assert "«báo cáo»" in page.locator("#board .narrowed").inner_text()


def test_what_is_asked_before_an_answer_arrives_is_not_undone_by_it(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    visit.settle()
    for period in ("month", "next"):
        with page.expect_response("**/queue/join*"):
            page.locator(f"#periods [data-value={period}]").click()
    page.fill("#board_words input", "báo cáo")
    visit.settle()
    narrowed = page.locator("#board .narrowed", has_text="30 ngày tới")
    narrowed.filter(has_text="«báo cáo»").wait_for()
    has_attribute(page.locator("#periods [aria-pressed=true]"), "data-value", "next")
    has_value(page.locator("#board_since input"), "10/04/2024")
    has_value(page.locator("#board_until input"), "10/05/2024")


def test_who_where_and_words_narrow_the_rows(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    page.fill("#board_actor input", "mttq xa")
    page.keyboard.press("Enter")
    page.locator("#board .narrowed", has_text="mttq xa").wait_for()
    assert {
        "Mặt trận" in name or "MẶT TRẬN" in name
        for name in page.locator("#board td.actor .body").all_inner_texts()
    } == {True}
    page.locator("#board [data-ask=clear]").click()
    page.locator("#board .narrowed").wait_for(state="detached")
    has_value(page.locator("#board_actor input"), "")

    page.click("#board_documents input")
    page.locator("[role=option]", has_text="412/UBND-NC").click()
    page.keyboard.press("Escape")
    page.locator("#board .narrowed", has_text="412/UBND-NC").wait_for()
    assert set(page.locator("#board td.document .number").all_inner_texts()) == {"412/UBND-NC"}
    dated = count(visit)
    page.locator("#board_undated input").check()
    page.locator("#board .narrowed", has_text="không ghi thời hạn").wait_for()
    assert count(visit) >= dated

    page.fill("#board_words input", "hoàn toàn không có")
    page.locator("#board .said", has_text="Không có việc nào khớp").wait_for()
    page.fill("#board_words input", "đường băng")
    wait_for_count(visit, "^1 ")


def test_a_bad_day_is_said_and_loses_nothing(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    before = page.locator("#board").inner_text()
    page.fill("#board_since input", "31/2/2024")
    page.keyboard.press("Tab")
    page.locator("#problems .problem", has_text="31/2/2024").wait_for()
    has_attribute(page.locator("#board_since input"), "aria-invalid", "true")
    assert page.locator("#board").inner_text() == before
    assert page.input_value("#board_since input") == "31/2/2024"
    page.fill("#board_since input", "1/5/2024")
    page.keyboard.press("Enter")
    page.locator("#problems .problem").wait_for(state="detached")
    page.locator("#board .narrowed", has_text="1/5/2024").wait_for()
    has_attribute(page.locator("#board_since input"), "aria-invalid", "false")


def test_a_mark_of_the_timeline_opens_the_source_by_click_and_by_key(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    page.locator("#board [data-value=timeline]").click()
    mark = page.locator(".timeline g.duty", has_text="danh sách đảng viên").first
    mark.wait_for()
    in_view = """box => {
        const line = box.querySelector('line.on').getBoundingClientRect().left;
        const left = line - box.getBoundingClientRect().left;
        return 0 < left && left < box.clientWidth;
    }"""
    becomes(page.locator(".timeline"), in_view)  # the chosen day
    mark.locator(".sign").click()
    assert "20/4/2024" in visit.marked("board-evidence")
    page.keyboard.press("Escape")
    page.locator("#board-evidence .sheet").wait_for(state="detached")
    mark.focus()
    page.keyboard.press("Enter")
    assert "20/4/2024" in visit.marked("board-evidence")
    page.locator("#board [data-ask=grouping][data-value=document]").click()
    page.locator(".lane", has_text="35-KH/ĐU").wait_for()
    page.locator("#board [data-value=table]").click()
    page.locator("#board table").wait_for()


def test_the_months_of_a_group_lead_to_its_first_mark(visit: Visit) -> None:
    page = visit.open_board("10/4/2026").page
    page.locator("#board [data-value=timeline]").click()
    group = page.locator(".lanes > li", has_text="danh sách đảng viên").first
    in_view = """mark => {
        const [at, box] = [mark, mark.closest('.timeline')].map(e => e.getBoundingClientRect());
        return at.left >= box.left && at.right <= box.right;
    }"""
    mark = group.locator(".sign, .bar").first
    becomes(page.locator(".timeline"), "box => box.scrollLeft > 0")  # at the chosen day
    assert not mark.evaluate(in_view)
    group.locator("[data-action=to-marks]").click()
    becomes(mark, in_view)

    page.fill("#board_on input", "10/4/2024")
    page.keyboard.press("Enter")
    page.locator(".timeline .axis:visible", has_text="10/4/2024").wait_for()
    becomes(page.locator(".timeline"), "box => box.scrollLeft === 0")  # read from the first


def test_what_is_shown_is_downloaded_in_three_forms(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    page.fill("#board_words input", "báo cáo")
    page.locator("#board .narrowed", has_text="báo cáo").wait_for()
    made = {}
    for kind in FORMATS:
        with page.expect_download() as download:
            page.locator(f"[data-action=download][data-value={kind}]").click()
        assert download.value.suggested_filename == f"thoi-han-2024-04-10.{kind}"
        made[kind] = Path(download.value.path()).read_bytes()
    events, in_workbook, in_document = in_files(made)
    assert in_workbook == in_document == count(visit)
    left_out = page.locator("#board .left-out").all_inner_texts()
    missing = int(re.sub(r"\D", "", left_out[0])) if left_out else 0
    assert events > 0
    assert events >= count(visit) - missing


def test_an_upload_on_the_board_adds_its_deadlines_to_both_tabs(visit: Visit) -> None:
    page = visit.open_board("1/7/2033").page
    plan = (
        "KẾ HOẠCH\nRa quân dọn kênh Cây Sao\nI. TỔ CHỨC THỰC HIỆN\n"
        "1. Hội Phụ nữ xã báo cáo kết quả dọn kênh Cây Sao trước ngày 12/7/2033.\n"
    ).encode()
    visit.upload(("dọn kênh.txt", plan), side="board-side")
    page.fill("#board_words input", "Cây Sao")
    duty = page.locator("#board tr.duty", has_text="Hội Phụ nữ xã")
    duty.wait_for()
    duty.filter(has_text="Còn 11 ngày").wait_for()
    page.get_by_role("tab").first.click()
    page.locator(".documents button", has_text="dọn kênh.txt").wait_for()


def test_an_opened_document_leads_to_questions_about_it(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    page.locator("#board tr.duty", has_text="412/UBND-NC").first.locator("button.open").click()
    page.locator("#board-evidence [data-action=pick]").click()
    page.locator("#scope .chip", has_text="412/UBND-NC").wait_for()
    visit.focused("#question textarea")


def test_the_language_switch_reaches_the_board(visit: Visit) -> None:
    page = visit.open_board("10/4/2024").page
    page.click("button[data-language=en]")
    page.get_by_role("tab", name="Deadlines").wait_for()
    page.locator("#board h2", has_text="counted from 10 April 2024").wait_for()
    page.locator("#board_actor", has_text="Who is to do it").wait_for()
    page.locator("#board .state", has_text="Overdue by").first.wait_for()
    page.locator("#board .implied[title^='The body is']").first.wait_for()
    page.click("button[data-language=vi]")
    page.locator("#board .implied[title^='Đơn vị là']").first.wait_for()


def test_the_board_is_reached_by_keyboard_and_announced(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    page.locator("#board h2").wait_for()
    has_attribute(page.get_by_role("tab").nth(1), "aria-selected", "true")
    page.locator("#periods [data-value=next]").focus()
    page.keyboard.press("Enter")
    page.locator("#periods [data-value=next][aria-pressed=true]").wait_for()
    page.wait_for_function("document.querySelector('.announcer').textContent.includes('việc')")
    visit.focused("#periods [data-value=next]")
    page.locator(".to-content").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#board') !== null")


def test_nothing_of_the_board_scrolls_sideways_on_a_phone(phone_visit: Visit) -> None:
    page = phone_visit.page
    page.set_viewport_size({"width": 360, "height": PHONE["height"]})
    phone_visit.open_board()
    assert phone_visit.sideways() <= 0
    page.click(".side-toggle")
    page.locator("#board-side #board_words").wait_for()
    page.fill("#board_on input", "10/4/2024")
    page.locator("#board-close button").click()
    page.locator("#board-side #board_words").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.side-toggle')")
    page.locator("#board h2", has_text="10/4/2024").wait_for()
    assert phone_visit.sideways() <= 0
    page.locator("#board tr.duty button.open").nth(3).click()
    assert phone_visit.marked("board-evidence")
    assert phone_visit.mark_in_view("board-evidence")
    page.keyboard.press("Escape")
    page.locator("#board-evidence .sheet").wait_for(state="detached")
    page.locator("#board [data-value=timeline]").click()
    page.locator(".timeline").wait_for()
    assert phone_visit.sideways() <= 0
    scrolls = "t => t.scrollWidth > t.clientWidth"
    assert page.locator(".timeline").evaluate(scrolls), "the picture itself is scrolled"
