"""Study packs in a real browser, served by the real program over its bundled samples."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import Assistant
from assistant.generate.model import chat_model
from assistant.settings import ModelSettings
from assistant.study.records import Part
from assistant.ui.backend import Backend
from ingest.pipeline import Library
from ingest.settings import Settings
from tests.assistant.study.plans import RIVER
from tests.assistant.wire import scripted_server
from tests.ui.test_study_making import politely
from tests.ui.visit import (
    PHONE,
    Running,
    Visit,
    has_attribute,
    has_other_texts,
    has_texts,
    served,
)

pytestmark = [
    pytest.mark.page,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),  # of its own use of pandas
]


@pytest.fixture
def study(visit: Visit) -> Visit:
    return visit.open_study()


@pytest.fixture
def pack(study: Visit) -> Any:
    """The page with a pack on a plan, to be read."""
    return study.make_pack("35-KH/ĐU").page


def edit(page: Any) -> None:
    page.locator("#study [data-ask=mode][data-value=edit]").click()
    page.locator("#study .pack.edit").wait_for()


def line(page: Any, address: str) -> Any:
    return page.locator(f"#study .editable[data-at='{address}']")


def tool(page: Any, address: str, ask: str) -> Any:
    return page.locator(f"#study .line-tools[data-at='{address}'] > .{ask}")


def toast(page: Any, words: str) -> Any:
    found = page.locator("#study-notice .toast", has_text=words)
    found.wait_for()
    return found


def focused(page: Any, address: str) -> None:
    """Wait until the focus is at the line."""
    script = "at => document.activeElement?.closest('[data-at]')?.dataset.at === at"
    page.wait_for_function(script, arg=address)


def write(page: Any, address: str, words: str) -> None:
    """Open a line and type into it."""
    line(page, address).click()
    page.locator(f"#study .line-form[data-at='{address}'] textarea").fill(words)


def test_a_pack_has_its_parts_and_every_number_opens_exactly_its_words(study: Visit) -> None:
    page = study.make_pack("35-KH/ĐU").page
    study.focused("#study h2")
    parts = page.locator("#study .part").evaluate_all("found => found.map(part => part.id)")
    assert parts == [f"study-part-{part}" for part in Part]
    numbers = page.locator("#study [data-action=study-cite]")
    opened = 0
    for index in range(0, numbers.count(), 23):
        number = numbers.nth(index)
        number.click()
        opened += 1
        page.locator(f"#study-evidence .sheet[data-view='{opened}']").wait_for()
        marked = " ".join(study.marked("study-evidence").split())
        told = " ".join((number.get_attribute("title") or "").split())
        assert told.split("«")[1].rstrip("»…") in f"{marked}»"
        assert number.get_attribute("aria-current") == "true"
    assert opened > 5
    assert study.mark_in_view("study-evidence")
    page.keyboard.press("Escape")
    page.locator("#study-evidence .sheet").wait_for(state="detached")
    study.focused("#study .cite")


def test_the_contents_lead_to_the_parts(pack: Any) -> None:
    for part in ("quiz", "outline", "agenda"):
        pack.locator(f"#study [data-action=study-to][data-part={part}]").click()
        pack.wait_for_function(
            """part => {
                const heading = document.querySelector(`#study-part-${part} h3`);
                const column = document.querySelector("#study").getBoundingClientRect();
                const down = heading.getBoundingClientRect().top - column.top;
                return document.activeElement === heading && 0 <= down && down < 140;
            }""",
            arg=part,
        )


def test_lines_are_edited_moved_dropped_and_put_back(pack: Any) -> None:
    edit(pack)
    before = line(pack, "roles/0/tasks/0").text_content()
    write(pack, "roles/0/tasks/0", "Mua mười chiếc xuồng máy tuần tra ban đêm")
    pack.keyboard.press("Enter")
    toast(pack, "không còn dẫn nguồn")
    has_texts(line(pack, "roles/0/tasks/0"), "Mua mười chiếc xuồng máy tuần tra ban đêm")
    focused(pack, "roles/0/tasks/0")
    pack.locator("#study .yours").first.wait_for()

    first, second = (line(pack, f"cards/{n}").text_content() for n in (0, 1))
    tool(pack, "cards/0", "down").focus()
    pack.keyboard.press("Enter")
    toast(pack, "Đã chuyển chỗ")
    has_texts(line(pack, "cards/0"), second)
    has_texts(line(pack, "cards/1"), first)
    focused(pack, "cards/1")

    tool(pack, "cards/1", "drop").click()
    toast(pack, "Đã bỏ dòng").get_by_text("Hoàn tác").click()
    toast(pack, "Đã hoàn tác")
    has_texts(line(pack, "cards/1"), first)
    pack.locator("#study .history [data-ask=undo]").click()
    has_texts(line(pack, "cards/0"), first)
    pack.locator("#study .history [data-ask=undo]").click()
    has_texts(line(pack, "roles/0/tasks/0"), before)
    pack.locator("#study [data-ask=undo][disabled]").wait_for()
    pack.locator("#study [data-ask=redo]").click()
    pack.locator("#study .words", has_text="Mua mười chiếc").wait_for()


def test_a_line_that_can_not_stand_is_said_and_nothing_typed_is_lost(pack: Any) -> None:
    edit(pack)
    line(pack, "agenda/0/minutes").click()
    box = pack.locator("#study .line-form textarea")
    box.fill("lâu lắm")
    pack.keyboard.press("Enter")
    pack.locator("#study-notice .toast").wait_for()
    assert box.input_value() == "lâu lắm"
    pack.keyboard.press("Escape")
    box.wait_for(state="detached")
    focused(pack, "agenda/0/minutes")


def test_what_is_being_typed_is_kept_whatever_else_is_asked(visit: Visit, pack: Any) -> None:
    edit(pack)
    write(pack, "cards/0", "Ai giữ chìa khóa tủ sách?")
    write(pack, "cards/1", "Ai mở cửa buổi tối?")
    pack.locator("#study .pack-head [data-ask=rename]").click()
    pack.keyboard.type("Lớp buổi tối")
    tool(pack, "cards/2", "drop").click()
    toast(pack, "Đã bỏ dòng")
    has_texts(line(pack, "cards/0"), "Ai giữ chìa khóa tủ sách?")
    has_texts(line(pack, "cards/1"), "Ai mở cửa buổi tối?")
    has_texts(pack.locator("#study h2"), "Lớp buổi tối")

    write(pack, "cards/0", "Ai khóa cửa?")
    pack.locator("#study-part-quiz [data-action=study-again]").click()
    toast(pack, "Đã soạn lại phần")
    has_texts(line(pack, "cards/0"), "Ai khóa cửa?")

    write(pack, "agenda/0/minutes", "lâu lắm")
    pack.locator("#study .back").click()
    toast(pack, "lâu lắm")
    box = pack.locator("#study .line-form textarea")
    assert box.input_value() == "lâu lắm", "what can't stand keeps the page as it is"
    visit.focused("#study .line-form textarea")
    pack.keyboard.press("Escape")

    write(pack, "cards/0", "Ai tắt đèn?")
    pack.click("#study-make")
    pack.locator("#study .pack.read").wait_for()
    pack.locator("#study .back").click()
    pack.locator("#study .shelf .open", has_text="Lớp buổi tối").click()
    pack.locator("#study-part-cards .question", has_text="Ai tắt đèn?").wait_for(state="attached")


def test_a_pack_open_in_two_windows_loses_nothing(
    visit: Visit, desktop: Any, running: Running
) -> None:
    here = visit.open_study().make_pack("17/KH-MTTQ-BTT").page
    here.locator("#study .pack-head [data-ask=rename]").click()
    here.keyboard.type("Chung")
    here.keyboard.press("Enter")
    toast(here, "Đã đổi tên")
    other = Visit(desktop, running.url).ready().open_study()
    there = other.page
    there.locator("#study .shelf .open", has_text="Chung").click()
    there.locator("#study .pack").wait_for()
    for page in (here, there):
        edit(page)
    write(here, "cards/0", "Ai quét sân?")
    here.keyboard.press("Enter")
    has_texts(line(here, "cards/0"), "Ai quét sân?")
    write(there, "cards/0", "Ai tưới cây?")
    tool(there, "cards/2", "drop").click()
    toast(there, "«Chung (2)»")
    has_texts(line(there, "cards/0"), "Ai tưới cây?")
    has_texts(there.locator("#study h2"), "Chung (2)")
    has_texts(line(here, "cards/0"), "Ai quét sân?")
    there.locator("#study .back").click()
    there.locator("#study .shelf .open", has_text="Chung (2)").wait_for()
    names = there.locator("#study .shelf .pack-name .name")
    assert {"Chung", "Chung (2)"} <= set(names.all_inner_texts())
    other.close()


def test_a_part_is_made_anew_left_out_and_added_again(pack: Any) -> None:
    cards, quiz = (pack.locator(f"#study-part-{part} .question") for part in ("cards", "quiz"))
    asked, before = cards.all_text_contents(), quiz.all_text_contents()
    pack.locator("#study-part-quiz [data-action=study-again]").click()
    toast(pack, "Đã soạn lại phần «Câu hỏi kiểm tra»")
    has_other_texts(quiz, before)
    has_texts(cards, asked)
    edit(pack)
    pack.locator("#study-part-cards [data-ask=drop_part]").click()
    toast(pack, "Đã bỏ phần")
    pack.locator("#study-part-cards").wait_for(state="detached")
    pack.locator("#study .adding [data-part=cards]").click()
    pack.locator("#study-part-cards .question").first.wait_for(state="attached")


def test_a_quiz_is_taken_to_its_score_and_what_was_missed_again(study: Visit) -> None:
    page = study.make_pack("35-KH/ĐU").page
    page.locator("#study [data-ask=take]").click()
    page.locator("#study .answer-form").wait_for()
    total = int(re.findall(r"/(\d+)", page.locator("#study .progress b").inner_text())[0])
    wrong = 0
    for number in range(1, total + 1):
        page.locator("#study .progress b", has_text=f"Câu {number}/").wait_for()
        study.focused("#study h2")
        if number == 2:  # nothing is chosen: that is no answer
            page.locator("#study .answer-form .do").click()
            page.locator("#study .incomplete:visible").wait_for()
        answer(page)
        page.locator("#study .answer-form .do").click()
        page.locator("#study .worth").wait_for()
        wrong += page.locator("#study .worth:not(.right)").count()
        if number == 1:
            page.locator("#study .quoted").first.click()
            assert study.marked("study-evidence")
            page.keyboard.press("Escape")
            page.locator("#study-evidence .sheet").wait_for(state="detached")
        page.locator("#study .quiz-buttons .do").click()
    page.locator("#study .score").wait_for()
    page.locator("#study .score h2", has_text=f"Đúng {total - wrong}/{total} câu").wait_for()
    assert wrong
    assert page.locator("#study .review > li").count() == wrong
    page.locator("#study [data-ask=again_missed]").click()
    page.locator("#study .progress b", has_text=f"Câu 1/{wrong}").wait_for()
    page.locator("#study [data-ask=leave_quiz]").click()
    page.locator("#study .pack").wait_for()


def test_what_was_chosen_is_not_carried_to_the_next_question(study: Visit) -> None:
    page = study.make_pack("35-KH/ĐU").page
    page.locator("#study [data-ask=take]").click()
    page.locator("#study .choice-row input").first.check()
    page.locator("#study .answer-form [data-ask=next]").click()
    page.locator("#study .progress b", has_text="Câu 2/").wait_for()
    page.wait_for_function("!document.querySelector('#study .choice-row input:checked')")


def answer(page: Any) -> None:
    """Answer the question in hand by keyboard, rightly or not."""
    selects = page.locator("#study .match-row select")
    for index in range(selects.count()):
        selects.nth(index).select_option(index=1 + index % 2)
    if page.locator("#study .choice-row").count():
        page.locator("#study .choice-row input").first.focus()
        page.keyboard.press("Space")


def test_events_are_put_in_order_by_buttons(study: Visit) -> None:
    page = study.make_pack("128/KH-UBND").page
    page.locator("#study [data-ask=take]").click()
    page.locator("#study .progress b").wait_for()
    while page.locator("#study .to-order").count() == 0:
        before = page.locator("#study .progress b").inner_text()
        page.locator("#study .answer-form [data-ask=next]").click()
        page.locator("#study .progress b").filter(has_not_text=before).wait_for()
        assert page.locator("#study .score").count() == 0, "a quiz on dates has an order to make"
    rows = page.locator("#study .to-order .event")
    first, second, *_ = rows.all_text_contents()
    page.locator("#study .to-order li").nth(1).locator("[data-way=up]").focus()
    page.keyboard.press("Enter")
    assert rows.all_text_contents()[:2] == [second, first]
    assert page.evaluate("document.activeElement.dataset.way") == "down", "it can't go further up"
    assert second in page.locator(".announcer").text_content()


def test_packs_are_kept_renamed_opened_again_and_deleted_with_a_way_back(study: Visit) -> None:
    page = study.make_pack("22-KL/ĐU").page
    page.locator("#study [data-ask=rename]").click()
    page.keyboard.type("Lớp đọc sách")
    page.keyboard.press("Enter")
    toast(page, "Đã đổi tên")
    has_texts(page.locator("#study h2"), "Lớp đọc sách")
    study.settle()  # what is cut off by leaving the page would be an error of it
    page.reload()
    page.locator("#question textarea").wait_for()
    study.ready().open_study()
    page.locator("#study .shelf .open", has_text="Lớp đọc sách").click()
    page.locator("#study .pack h2", has_text="Lớp đọc sách").wait_for()
    page.locator("#study .back").click()
    row = page.locator("#study .shelf li", has_text="Lớp đọc sách")
    row.locator("[data-ask=delete]").click()
    row.wait_for(state="detached")
    toast(page, "Đã xóa «Lớp đọc sách»").get_by_text("Hoàn tác").click()
    row.wait_for()
    row.locator("[data-ask=rename]").click()
    row.locator("input").fill("Lớp tối thứ ba")
    page.keyboard.press("Enter")
    page.locator("#study .shelf li", has_text="Lớp tối thứ ba").wait_for()


def test_a_pack_is_downloaded_in_every_form(pack: Any) -> None:
    made: dict[str, bytes] = {}
    for form in ("docx", "pptx", "anki", "csv", "gift", "json"):
        button = pack.locator(f"#study [data-action=study-download][data-value={form}]")
        if not button.is_visible():
            pack.locator("#study .menu summary").click()
        with pack.expect_download() as download:
            button.click()
        name = download.value.suggested_filename
        assert name.startswith("ke-hoach-so-35-kh-du"), name
        made[form] = Path(download.value.path()).read_bytes()
    title = json.loads(made["json"])["title"]
    assert title == pack.locator("#study h2").inner_text()
    cards = pack.locator("#study .part-cards .cards > li").count()
    assert len(json.loads(made["json"])["cards"]["entries"]) == cards
    for form in ("docx", "pptx"):
        assert zipfile.ZipFile(io.BytesIO(made[form])).testzip() is None
    assert made["anki"] != made["csv"]
    assert b"::" in made["gift"]


def test_what_is_wrong_with_the_form_is_said_and_loses_nothing(study: Visit) -> None:
    page = study.page
    page.fill("#study_minutes input", "7")
    page.click("#study-make")
    problems = page.locator("#study-problems .problem")
    problems.nth(1).wait_for()
    assert "7" in " ".join(problems.all_inner_texts())
    has_attribute(page.locator("#study_minutes input"), "aria-invalid", "true")
    page.fill("#study_minutes input", "60")
    page.fill("#study_topic input", "du hành vũ trụ")
    page.click("#study-make")
    toast(page, "du hành vũ trụ")
    assert page.input_value("#study_topic input") == "du hành vũ trụ"
    has_attribute(page.locator("#study_minutes input"), "aria-invalid", "false")
    page.fill("#study_topic input", "an toàn giao thông")
    page.click("#study-make")
    page.locator("#study .pack h2", has_text="an toàn giao thông").wait_for()


def test_the_language_switch_reaches_the_packs(study: Visit) -> None:
    page = study.make_pack("35-KH/ĐU").page
    page.click("button[data-language=en]")
    page.get_by_role("tab", name="Study packs").wait_for()
    page.locator("#study [data-action=study-to][data-part=roles]").click()
    assert page.locator("#study-part-roles h3").inner_text() == "Who does what"
    page.locator("#study-make", has_text="Make the pack").wait_for()
    has_texts(page.locator("#study_difficulty label.selected"), "Medium")  # it stays chosen
    page.click("button[data-language=vi]")
    page.locator("#study_difficulty", has_text="Vừa").wait_for()


def test_what_happens_is_announced(pack: Any) -> None:
    edit(pack)
    tool(pack, "glossary/0", "drop").or_(tool(pack, "cards/0", "drop")).first.click()
    pack.wait_for_function(
        "document.querySelector('.announcer').textContent.includes('Đã bỏ dòng')"
    )
    pack.locator(".to-content").focus()
    pack.keyboard.press("Enter")
    pack.wait_for_function("document.activeElement.matches('#study h2')")


def test_an_upload_can_be_chosen_at_once(study: Visit) -> None:
    plan = RIVER.replace("SÔNG LẠT", "CÂY GÁO").replace("Sông Lạt", "Cây Gáo").encode()
    study.upload(("kế hoạch Cây Gáo.txt", plan), side="study-side")
    page = study.make_pack("Cây Gáo").page
    assert "Công chức Địa chính" in page.locator("#study-part-roles").text_content()


def test_nothing_of_the_packs_scrolls_sideways_on_a_phone(phone_visit: Visit) -> None:
    page = phone_visit.page
    page.set_viewport_size({"width": 360, "height": PHONE["height"]})
    phone_visit.open_study()
    assert phone_visit.sideways() <= 0
    page.locator(".side-toggle", has_text="Soạn mới").click()
    assert phone_visit.sideways() <= 0
    phone_visit.make_pack("09-HD/BTGHU")
    page.locator("#study-side #study-make").wait_for(state="hidden")
    assert phone_visit.sideways() <= 0
    page.locator("#study .cite").nth(8).click()
    assert phone_visit.marked("study-evidence")
    assert phone_visit.mark_in_view("study-evidence")
    page.keyboard.press("Escape")
    page.locator("#study-evidence .sheet").wait_for(state="detached")
    edit(page)
    assert phone_visit.sideways() <= 0
    line(page, "roles/0").click()
    assert phone_visit.sideways() <= 0
    page.keyboard.press("Escape")
    page.locator("#study [data-ask=take]").click()
    page.locator("#study .answer-form").wait_for()
    assert phone_visit.sideways() <= 0


# --- Over a library of the test's own -------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, desktop: Any) -> Iterator[tuple[Visit, Backend]]:
    """A page over a library of one plan, with a language model that a script speaks for."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "sông.txt").write_text(RIVER, encoding="utf-8")
    with scripted_server(politely) as server:
        model = chat_model(ModelSettings("openai:scripted", server.url, seconds=20))
        backend = Backend(
            lambda: Library.open(Settings(home=tmp_path / "home")),
            lambda library: Assistant(library, model=model, seconds=20),
            lambda: [],
            [plans],
        )
        with served(backend, tmp_path) as url:
            backend.start()
            visit = Visit(desktop, url).ready().open_study()
            yield visit, backend
            visit.close()


def test_a_language_model_words_the_pack_and_it_can_be_undone(own: tuple[Visit, Backend]) -> None:
    page = own[0].make_pack("sông.txt").page
    before = page.locator("#study-part-cards .question").all_text_contents()
    page.locator("#study [data-action=study-reword]").click()
    toast(page, "Đã diễn đạt lại")
    questions = page.locator("#study-part-cards .question")
    questions.filter(has_text=re.compile("^Xin cho biết")).first.wait_for(state="attached")
    page.locator("#study-notice [data-ask=undo]").click()
    toast(page, "Đã hoàn tác")
    has_texts(questions, before)


def test_a_pack_whose_document_has_gone_says_so_and_still_opens(
    own: tuple[Visit, Backend],
) -> None:
    visit, backend = own
    page = visit.make_pack("sông.txt").page
    page.locator("#study .back").click()
    page.locator("#study .shelf li").wait_for()
    assert page.locator("#study .gone").count() == 0
    assert backend.library is not None
    document = backend.documents()[0].id
    backend.library.set_aside(document)
    page.get_by_role("tab").first.click()
    visit.open_study()
    page.locator("#study .shelf .gone").wait_for()
    page.locator("#study .shelf .open").click()
    page.locator("#study .pack-head .gone").wait_for()
    page.locator("#study .cite").first.click()
    toast(page, "không còn trong thư viện")
    page.locator("#study-part-cards [data-action=study-again]").click()
    toast(page, "không còn đủ trong thư viện")
    backend.library.restore(document)
    page.get_by_role("tab").first.click()
    visit.open_study()
    page.locator("#study-part-cards [data-action=study-again]").click()
    toast(page, "Đã soạn lại")


def test_a_chosen_document_that_is_deleted_is_chosen_no_longer_in_any_tab(
    own: tuple[Visit, Backend],
) -> None:
    visit, backend = own
    # The list of the tab before, where the same document is chosen by now, may still be there.
    page, pick = visit.page, "[role=option][aria-selected=false]"
    for tab, field in ((0, "filter_documents"), (1, "board_documents"), (2, "study_documents")):
        page.get_by_role("tab").nth(tab).click()
        page.click(f"#{field} input")
        page.locator(pick, has_text="sông.txt").click()
        page.keyboard.press("Escape")
        page.locator(f"#{field} .token").wait_for()
    assert backend.library is not None
    backend.library.set_aside(backend.documents()[0].id)
    page.locator("#study_documents .token").wait_for(state="detached")
    page.click("#study-make")
    page.locator("#study-problems .problem", has_text="Hãy chọn ít nhất một văn bản").wait_for()
    page.get_by_role("tab").nth(1).click()
    page.locator("#board_documents .token").wait_for(state="detached")
    page.locator("#periods [data-value=month]").click()
    page.locator("#periods [data-value=month][aria-pressed=true]").wait_for()
    page.get_by_role("tab").nth(0).click()
    page.locator("#scope .chip").wait_for(state="detached")
    assert visit.ask("Ai phải báo cáo?")
