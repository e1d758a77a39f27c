"""The page in a real browser, served by the real program over its bundled samples."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from assistant import feedback
from assistant.ui.backend import Backend, open_assistant, open_library, sample_plans
from assistant.ui.examples import SHOWN
from ingest.errors import LibraryError
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.patience import PATIENCE
from tests.ui.visit import DESKTOP, PHONE, Running, Visit, has_texts, served

pytestmark = [
    pytest.mark.page,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),  # of its own use of pandas
]

FLAGSHIP = "Ai phải báo cáo trước ngày 20/4?"


# Starting


def test_a_question_put_while_loading_waits_and_is_answered(desktop: Any, tmp_path: Path) -> None:
    may_open = threading.Event()

    def open_late() -> Any:
        assert may_open.wait(PATIENCE)
        return open_library(Settings(home=tmp_path))

    backend = Backend(open_late, open_assistant, sample_plans)
    backend.start()
    with served(backend, tmp_path) as url:
        visit = Visit(desktop, url)
        status = visit.page.locator(".status.busy")
        assert "Đang mở thư viện" in status.inner_text()
        visit.page.fill("#question textarea", FLAGSHIP)
        visit.page.press("#question textarea", "Enter")
        turn = visit.page.locator(".turn")
        turn.locator(".pending", has_text="ngay khi nạp xong").wait_for()
        may_open.set()
        turn.and_(visit.page.locator("[data-state=done]")).wait_for()
        assert "20/4/2024" in visit_quote(visit, turn)
        visit.ready()
        assert visit.page.locator(".status").inner_text() == (
            f"Sẵn sàng · {len(sample_paths())} văn bản"
        )
        visit.close()


def test_a_library_that_can_not_be_opened_is_said_at_once(desktop: Any, tmp_path: Path) -> None:
    def refuse() -> Any:
        raise LibraryError("it is in use", "thư viện đang được dùng")

    backend = Backend(refuse, open_assistant, sample_plans)
    backend.start()
    with served(backend, tmp_path) as url:
        visit = Visit(desktop, url)
        visit.page.locator(".status.failed", has_text="thư viện đang được dùng").wait_for()
        welcome = visit.page.locator("#conversation .welcome")
        welcome.locator(".refusal", has_text="thư viện đang được dùng").wait_for()
        assert welcome.locator("h2").count() == 0, "no question is invited"
        visit.page.locator("#documents .quiet").wait_for(state="detached")
        visit.page.fill("#question textarea", FLAGSHIP)
        visit.page.press("#question textarea", "Enter")
        visit.page.locator("[data-state=failed]", has_text="thư viện đang được dùng").wait_for()
        visit.close()


# The word that a stream of answers is closed reaches the page late, as on a busy machine.
CLOSE_LATE = """{
    const ask = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await ask(...asked);
        if (!String(asked[0].url ?? asked[0]).includes("/queue/data")) return answer;
        const late = new TransformStream({
            async transform(part, out) {
                const text = new TextDecoder().decode(part);
                const at = text.lastIndexOf("data:", text.indexOf('"close_stream"'));
                if (at < 0) { out.enqueue(part); return; }
                out.enqueue(new TextEncoder().encode(text.slice(0, at)));
                await new Promise((done) => setTimeout(done, 1000));
                out.enqueue(new TextEncoder().encode(text.slice(at)));
            },
        });
        return new Response(answer.body.pipeThrough(late), answer);
    };
}"""


def test_no_answer_is_lost_where_a_stream_is_closed_late(desktop: Any, running: Running) -> None:
    visit = Visit(desktop, running.url, CLOSE_LATE).ready()
    page = visit.open_board("10/4/2024").page
    page.locator("#periods [data-value=month]").click()
    page.locator("#board .narrowed", has_text="Tháng này").wait_for()
    page.fill("#board_words input", "báo cáo")
    page.locator("#board .narrowed", has_text="«báo cáo»").wait_for()
    visit.close()


def visit_quote(visit: Visit, turn: Any) -> str:
    """Open the first citation of ``turn``; gives the marked words."""
    turn.locator("button.cite").first.click()
    return visit.marked()


# Asking


def test_an_answer_opens_its_source_at_the_quoted_words(visit: Visit) -> None:
    turn = visit.ask(FLAGSHIP)
    assert "chi bộ" in (turn.locator(".statements").text_content() or "")
    assert "20/4/2024" in (turn.locator(".sources .quote").first.text_content() or "")

    quote = visit_quote(visit, turn)

    assert "20/4/2024" in quote
    assert visit.mark_in_view()
    paper = visit.page.locator("#evidence .paper").text_content() or ""
    assert paper.count(quote) >= 1
    assert "Nơi nhận" in paper, "the whole document, not only the passage"
    head = visit.page.locator("#evidence .sheet-head").text_content() or ""
    assert "35-KH/ĐU" in head
    assert "IV › 1" in head
    assert "Trang" not in head, "a .docx has no pages"


def test_the_words_are_scrolled_to_again_when_opened_twice(visit: Visit) -> None:
    turn = visit.ask(FLAGSHIP)
    visit_quote(visit, turn)
    assert visit.mark_in_view()
    visit.page.evaluate("document.querySelector('#evidence .paper').scrollTop = 0")
    turn.locator("button.cite").first.click()
    assert visit.mark_in_view()


def test_long_quoted_words_are_shown_whole_on_demand(visit: Visit) -> None:
    turn = visit.ask("Kế hoạch 35-KH/ĐU căn cứ văn bản nào?")
    source = turn.locator("li", has=visit.page.locator("button.more:not([hidden])")).first
    more, quote = source.locator("button.more"), source.locator(".quote")
    cut = quote.bounding_box()
    more.click()
    whole = quote.bounding_box()
    assert whole["height"] > cut["height"]
    assert quote.evaluate("q => q.scrollHeight <= q.clientHeight + 1")
    assert visit.page.locator("#evidence mark").count() == 0, "reading on opens nothing"
    more.click()
    assert quote.bounding_box()["height"] == cut["height"]


def test_a_question_that_was_decoded_says_how_it_was_read(visit: Visit) -> None:
    turn = visit.ask("Ai phari baos caos truwowcs ngayf 20/4?")
    assert FLAGSHIP in turn.locator(".understood").inner_text()
    assert visit.ask("who must report by 20/4?").locator(".understood").count() == 0


def test_a_follow_up_is_shown_as_it_was_read_and_can_be_changed(visit: Visit) -> None:
    visit.ask(FLAGSHIP)
    turn = visit.ask("còn báo cáo sơ kết thì ai?")
    read = turn.locator(".understood [data-action=reword]")
    understood = read.get_attribute("data-question")
    assert understood
    assert understood != "còn báo cáo sơ kết thì ai?"
    assert understood in turn.locator(".understood").inner_text()
    assert turn.locator("button.cite").count() >= 1

    read.click()
    box = visit.page.locator("#question textarea")
    assert box.input_value() == understood
    assert box.evaluate("box => document.activeElement === box")
    visit.page.keyboard.type(" Trong văn bản nào?")
    visit.page.keyboard.press("Enter")
    asked = visit.page.locator(".turn").nth(2).locator(".question > span").last
    asked.wait_for()
    assert asked.text_content() == f"{understood} Trong văn bản nào?"
    visit.page.locator(".turn[data-state=done]").nth(2).wait_for()


def test_an_answer_is_announced_once_in_words_alone(visit: Visit) -> None:
    announced = visit.page.locator(".announcer")
    visit.ask(FLAGSHIP)
    has_texts(announced, "Các chi bộ trực thuộc")
    visit.page.locator(".turn .thumb.up").click()
    visit.page.locator(".turn form.comment").wait_for()
    assert announced.text_content().strip() == "Các chi bộ trực thuộc"
    visit.ask("Giá vàng hôm nay bao nhiêu?")
    has_texts(announced, re.compile("^Không tìm thấy"))
    assert "Not found" not in announced.text_content()


def test_the_keyboard_reaches_the_question_first(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.matches('#question textarea')")
    visit.page.keyboard.type(FLAGSHIP)
    visit.page.keyboard.press("Enter")
    visit.page.locator(".turn[data-state=done]").wait_for()
    assert visit.page.evaluate("document.activeElement.matches('#question textarea')")


def test_an_example_is_asked_by_a_click(visit: Visit) -> None:
    visit.page.locator(".example:visible", has_text="20/4").click()
    visit.page.locator(".turn .tools").wait_for()
    assert FLAGSHIP in (visit.page.locator(".turn .question").text_content() or "")
    assert visit.page.locator("button.cite").count() >= 1


def test_every_example_has_an_answer(visit: Visit) -> None:
    offered = visit.page.locator(".example")
    questions = [e.get_attribute("data-question") for e in offered.all()]
    assert len(questions) == 2 * SHOWN
    for question in questions:
        turn = visit.ask(question)
        assert turn.locator("button.cite").count() >= 1, question


def test_nothing_found_offers_the_nearest_passages(visit: Visit) -> None:
    turn = visit.ask("Giá vàng hôm nay bao nhiêu?")
    assert turn.locator(".refusal").count() == 1
    assert turn.locator("button.cite").count() == 0
    turn.locator(".near button.source").first.click()
    assert visit.marked().strip()
    assert visit.mark_in_view()


ODD_QUESTIONS = {
    "spaces": " \u00a0 ",
    "emoji": "😀🎉",
    "one-long-word": "x" * 10_000,
    "10000-characters": "a " * 5_000,
}


def test_an_odd_question_gets_a_clear_message(visit: Visit) -> None:
    for name, question in ODD_QUESTIONS.items():
        message = visit.ask(question).locator(".refusal").text_content() or ""
        assert len(message.split()) >= 4, name
        assert "Traceback" not in message, name
        assert visit.sideways() <= 0, name


def test_a_filter_narrows_every_question_until_it_is_taken_away(visit: Visit) -> None:
    visit.page.click("#filter_documents input")
    visit.page.locator("[role=option]", has_text="412/UBND-NC").click()
    visit.page.keyboard.press("Escape")
    chip = visit.page.locator("#scope .chip")
    chip.filter(has_text="412/UBND-NC").wait_for()
    for _ in range(2):
        turn = visit.ask("Báo cáo trước ngày nào?")
        assert set(turn.locator(".source .name").all_text_contents()) == {"412/UBND-NC"}
    chip.click()
    chip.wait_for(state="detached")
    visit.page.locator("#filter_documents .token").wait_for(state="detached")
    turn = visit.ask(FLAGSHIP)
    assert "35-KH/ĐU" in turn.locator(".source .name").all_text_contents()


def test_an_opened_document_can_be_asked_alone_and_all_again(visit: Visit) -> None:
    page = visit.page
    page.locator(".documents button", has_text="35-KH/ĐU").click()
    head = page.locator("#evidence .sheet-head", has_text="35-KH/ĐU")
    head.wait_for()
    assert re.search(r"Ngày \d+/\d+/\d{4}", head.inner_text())
    assert page.evaluate("document.querySelector('#evidence .paper').scrollTop") == 0

    head.locator("[data-action=pick]").click()
    page.locator("#scope .chip", has_text="35-KH/ĐU").wait_for()
    turn = visit.ask("Báo cáo trước ngày nào?")
    assert set(turn.locator(".source .name").all_text_contents()) == {"35-KH/ĐU"}
    page.click("#scope .link")
    page.locator("#scope .chip").wait_for(state="detached")


def test_the_answer_is_copied_with_its_sources(visit: Visit) -> None:
    turn = visit.ask(FLAGSHIP)
    turn.locator("button.copy").click()
    held = "async () => (await navigator.clipboard.readText()).includes('[1]')"
    visit.page.wait_for_function(held)
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "[1]" in copied
    assert "35-KH/ĐU" in copied
    assert "20/4/2024" in copied


def test_thumbs_and_a_comment_are_kept(visit: Visit, running: Running) -> None:
    turn = visit.ask(FLAGSHIP)
    turn.locator(".thumb.down").click()
    turn.locator("form.comment input").fill("thiếu <b>tên</b>")
    turn.locator("form.comment button").click()
    turn.locator(".thanks").wait_for()
    rows = feedback.read(running.home / feedback.FILE_NAME)
    assert rows[-1].rating == "down"
    assert rows[-1].comment == "thiếu <b>tên</b>"
    assert rows[-1].question == FLAGSHIP
    assert rows[-1].citations


def test_a_new_conversation_is_empty(visit: Visit) -> None:
    visit_quote(visit, visit.ask(FLAGSHIP))
    visit.page.click("#new")
    visit.page.locator(".welcome").wait_for()
    assert visit.page.locator(".turn").count() == 0
    visit.page.locator("#evidence .sheet-empty").wait_for(state="attached")


# Language


def test_the_language_switch_is_instant_and_remembered(visit: Visit) -> None:
    page = visit.page
    assert page.locator(".brand h1").inner_text() == "Trợ lý Kế hoạch"
    page.click("button[data-language=en]")
    assert page.locator(".brand h1").inner_text() == "Plan Assistant"
    assert page.get_attribute("html", "lang") == "en"
    page.locator("#send", has_text="Send").wait_for()
    page.locator("#question textarea[placeholder*='who must report']").wait_for()

    visit.settle()  # what is cut off by leaving the page would be an error of it
    page.reload()
    page.locator("#send", has_text="Send").wait_for()
    assert page.locator(".brand h1").inner_text() == "Plan Assistant"
    visit.ready()

    turn = visit.ask("who must report by 20/4?")
    assert "20/4/2024" in visit_quote(visit, turn)
    assert "Section IV" in page.locator("#evidence .facts").inner_text()


# Uploading


def test_an_uploaded_file_can_be_asked_about(visit: Visit, tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN XÃ ĐỒI MÂY",
        "Số: 909/KH-UBND",
        "KẾ HOẠCH",
        "Tổ chức hội thi nấu bánh lá năm 2031",
        "I. TỔ CHỨC THỰC HIỆN",
        "1. Hội Phụ nữ xã gửi danh sách dự thi hội nấu bánh lá trước ngày 17/9/2031.",
    ):
        made.add_paragraph(line)
    made.save(str(tmp_path / "Hội thi (bánh lá).docx"))
    data = (tmp_path / "Hội thi (bánh lá).docx").read_bytes()

    files = visit.upload(("Hội thi (bánh lá).docx", data))
    assert "Hội thi (bánh lá).docx" in files.inner_text()
    assert "đã thêm" in files.inner_text()
    turn = visit.ask("Ai gửi danh sách dự thi hội nấu bánh lá trước ngày 17/9/2031?")
    assert "17/9/2031" in visit_quote(visit, turn)
    assert visit.mark_in_view()

    again = visit.upload(("Tên khác.docx", data))
    assert "đã có trong thư viện: Hội thi (bánh lá).docx" in again.inner_text()


def test_a_bad_file_says_why_and_costs_the_others_nothing(visit: Visit) -> None:
    good = "Ngày hội thả diều của ấp Gió Lành tổ chức vào ngày 3/3/2032.".encode()
    files = visit.upload(
        ("trống.txt", b""), ("thả diều.txt", good), ("hình.png", b"\x89PNG\r\n\x1a\n\0\0")
    )
    said = files.inner_text()
    assert "trống.txt" in said
    assert "tệp rỗng" in said
    assert "hình.png" in said
    assert files.locator(".failed").count() == 2
    assert files.locator(".added").count() == 1
    visit.page.click("button[data-language=en]")
    assert "the file is empty" in files.inner_text()


def test_a_file_over_the_limit_is_held_back_and_the_others_sent(visit: Visit) -> None:
    visit.page.evaluate("document.querySelector('meta[name=upload-limit]').content = '1000'")
    small = "Ngày hội bơi thuyền của ấp Bến Lội tổ chức vào ngày 5/5/2035.".encode()
    visit.upload(("lớn.txt", b"x" * 2000), ("thuyền.txt", small))
    notice = visit.page.locator(".notice")
    assert "dung lượng" in notice.inner_text()
    assert "lớn.txt" in notice.inner_text()
    assert visit.page.locator(".files .name").all_text_contents() == ["thuyền.txt"]
    notice.locator("button").click()
    notice.wait_for(state="hidden")


def test_files_can_be_dropped_anywhere_on_the_page(visit: Visit) -> None:
    visit.page.evaluate(
        """() => {
            const dropped = new DataTransfer();
            const text = 'Tổ hợp tác Lá Xanh họp vào ngày 8/8/2033 tại đình làng.';
            dropped.items.add(new File([text], 'tổ hợp tác.txt', {type: 'text/plain'}));
            for (const type of ['dragenter', 'dragover', 'drop'])
                document.querySelector('#conversation').dispatchEvent(
                    new DragEvent(type, {dataTransfer: dropped, bubbles: true, cancelable: true}));
        }"""
    )
    assert visit.outcome("tổ hợp tác.txt").locator(".added").count() == 1
    assert not visit.page.evaluate("document.documentElement.classList.contains('dropping')")


def test_of_a_dropped_folder_what_can_not_be_read_is_named_and_the_rest_goes_on(
    visit: Visit, tmp_path: Path
) -> None:
    folder = tmp_path / "hồ sơ"
    (folder / "con").mkdir(parents=True)
    (folder / "chợ.txt").write_text("Phiên chợ Bến Sậy họp ngày 4/4/2036.", encoding="utf-8")
    (folder / "con" / "đò.txt").write_text("Đò Bến Sậy nghỉ ngày 6/4/2036.", encoding="utf-8")
    for gone in ("mất.txt", "phim.mp4"):
        (folder / gone).write_bytes(b"x")
    # The folder is listed when it is dropped; two files go before they are asked for.
    visit.page.expose_function("go", lambda name: (folder / name).unlink(missing_ok=True))
    visit.page.evaluate(
        """() => {
            const asEntry = DataTransferItem.prototype.webkitGetAsEntry;
            DataTransferItem.prototype.webkitGetAsEntry = function () {
                const entry = asEntry.call(this);
                const reader = Object.getPrototypeOf(entry.createReader());
                const list = reader.readEntries;
                reader.readEntries = function (done, fail) {
                    const then = (found) => Promise.all(["mất.txt", "phim.mp4"].map(go))
                        .then(() => done(found));
                    list.call(this, then, fail);
                };
                return entry;
            };
        }"""
    )
    browser = visit.page.context.new_cdp_session(visit.page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 300, "data": data})
    visit.outcome("đò.txt")
    assert visit.page.locator(".files .added .name").count() == 2
    notice = visit.page.locator(".notice li:visible")
    has_texts(notice, [re.compile("^mất.txt: không còn ở chỗ đó")])  # what is no document is left


def test_a_file_that_can_not_be_read_is_named_and_the_others_sent(
    visit: Visit, tmp_path: Path
) -> None:
    for name in ("bến.txt", "mất.txt", "sửa.txt"):
        (tmp_path / name).write_text(f"Nội quy {name} ban hành ngày 7/7/2036.", encoding="utf-8")
    # Chosen in a field of the test's own, so that two can turn unreadable before they are dropped.
    visit.page.evaluate(
        """() => {
            const own = Object.assign(document.createElement("input"),
                { type: "file", multiple: true, id: "own" });
            document.body.append(own);
            addEventListener("change",
                (event) => event.target === own && event.stopImmediatePropagation(), true);
        }"""
    )
    visit.page.set_input_files("#own", sorted(tmp_path.iterdir()))
    (tmp_path / "mất.txt").unlink()
    (tmp_path / "sửa.txt").write_text("Đang viết dở", encoding="utf-8")
    os.utime(tmp_path / "sửa.txt", (2e9, 2e9))  # a browser tells times by the second
    visit.page.evaluate(
        """() => {
            const dropped = new DataTransfer();
            for (const file of document.querySelector("#own").files) dropped.items.add(file);
            document.querySelector("#conversation").dispatchEvent(
                new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
        }"""
    )
    visit.outcome("bến.txt")
    has_texts(visit.page.locator(".files .name"), ["bến.txt"])
    notice = visit.page.locator(".notice li:visible .t:visible")
    has_texts(notice, ["không còn ở chỗ đó", re.compile("không có quyền đọc")])
    visit.page.click("button[data-language=en]")
    has_texts(notice, ["it is no longer there", re.compile("no right to read it")])


ATTACK = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'


def test_nothing_that_was_written_by_others_is_executed(visit: Visit) -> None:
    text = (
        f"KẾ HOẠCH {ATTACK}\nI. VIỆC LÀM\n1. Tổ Sen Hồng {ATTACK} nộp báo cáo diệt chuột đồng trước"
        " ngày 9/9/2034. ${window.harmed=1} {{constructor.constructor('window.harmed=1')()}}"
        " [x](javascript:window.harmed=1) `${window.harmed=1}`\n"
    )
    name = "\"><img src=x onerror='window.harmed=1'>&lt;b&gt;.txt"
    visit.page.set_input_files(
        "#side input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()}],
    )
    visit.page.locator(".files .added").wait_for()
    visit.ask(f"{ATTACK} ${{window.harmed=1}} **đậm**")
    turn = visit.ask("Tổ Sen Hồng nộp báo cáo diệt chuột đồng khi nào?")
    visit.page.locator(".documents button", has_text="onerror").click()
    visit.page.locator("#evidence .sheet", has_text="Tổ Sen Hồng").wait_for()
    turn.locator("button.source").first.click()
    assert visit.marked()

    assert visit.page.evaluate("window.harmed") is None
    assert visit.page.locator("#workspace :is(img, script, a)").count() == 0
    asked = visit.page.locator(".turn .question").first.text_content() or ""
    assert ATTACK in asked, "shown as it was written"


# Phone


def test_nothing_scrolls_sideways_on_a_phone(phone_visit: Visit) -> None:
    assert phone_visit.sideways() <= 0
    phone_visit.page.get_by_role("button", name="English").wait_for()
    turn = phone_visit.ask(FLAGSHIP)
    assert phone_visit.sideways() <= 0

    visit_quote(phone_visit, turn)
    assert phone_visit.mark_in_view()
    assert phone_visit.sideways() <= 0
    phone_visit.page.keyboard.press("Escape")
    phone_visit.page.locator("#evidence .sheet").wait_for(state="detached")

    phone_visit.page.click(".side-toggle")
    phone_visit.page.locator("#upload").wait_for()
    assert phone_visit.sideways() <= 0
    phone_visit.page.click(".side-toggle")
    phone_visit.page.locator("#upload").wait_for(state="hidden")


def test_the_question_box_stays_on_a_phone_screen(phone_visit: Visit) -> None:
    for question in (FLAGSHIP, "Nơi nhận của Kế hoạch 35-KH/ĐU?", "Công an huyện phải làm gì?"):
        phone_visit.ask(question)
    box = phone_visit.page.locator("#send").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    assert box["x"] + box["width"] <= PHONE["width"]


def test_no_column_at_the_side_scrolls_sideways(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1366, "height": 420})
    # Bars that take room, as most desktops have them: the column is as much narrower.
    page.add_style_tag(content=".side::after { content: ''; height: 200vh; flex: none }")
    page.evaluate("document.querySelectorAll('.side').forEach(s => s.style.paddingRight = '26px')")
    over = """() => [...document.querySelectorAll('.side, .side *')].filter(e =>
        ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
        && e.clientWidth && e.scrollWidth > e.clientWidth).map(e => e.id || e.className)"""
    assert page.evaluate(over) == []
    page.set_viewport_size(DESKTOP)


def test_the_sources_of_an_answer_are_seen_on_a_phone(phone_visit: Visit) -> None:
    turn = phone_visit.ask("Ai ký Công văn 412/UBND-NC?")
    source = turn.locator("button.source").first
    assert source.is_visible()
    assert source.evaluate("button => getComputedStyle(button).position") == "static"
    turn = phone_visit.ask("Giá vé xe buýt bao nhiêu?")
    assert turn.locator(".near button.source").first.is_visible()
    phone_visit.page.locator(".near button.source").first.click()
    phone_visit.marked()


def test_what_the_browser_draws_itself_is_dark_in_the_dark(browser: Any, running: Running) -> None:
    context = browser.new_context(viewport=PHONE, locale="vi-VN", color_scheme="dark")
    visit = Visit(context, running.url).ready()
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    assert visit.page.evaluate(scheme) == "dark"
    visit.close()
    context.close()
