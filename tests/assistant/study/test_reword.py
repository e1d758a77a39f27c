"""Wording by a language model: better words are taken, lies and orders are not, and a server that
stalls, breaks off or is not there costs nothing but a note."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.generate.model import chat_model
from assistant.settings import ModelSettings
from assistant.study.codec import from_data, to_data
from assistant.study.records import Part, PartOf, StudyPack, StudyRequest
from assistant.study.reword import reworded
from tests.assistant.study.plans import RIVER, pack_on
from tests.assistant.wire import Asked, BreakOff, Said, ScriptedServer, Stall, Status
from tests.assistant.wire import scripted_server as serve
from tests.patience import PATIENCE

_TOLD = re.compile(
    r"^----- (\w+) dòng \[(\d+)\], loại: (câu hỏi|ý chính) -----\n(.*?)\n(Lời trích: .*?)"
    r"\n----- \1 hết dòng \[\2\] -----$",
    re.M | re.S,
)
Words = Callable[[str, str], str]  # a line and its quotes → what the model says for it


def says(words: Words) -> Callable[[Asked], Iterator[Said]]:
    def script(asked: Asked) -> Iterator[Said]:
        for _, number, _, line, quotes in _TOLD.findall(asked.user):
            yield f"[{number}] {words(line, quotes)}\n"

    return script


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with serve(says(lambda line, _: line)) as running:
        yield running


@pytest.fixture(scope="module")
def pack() -> StudyPack:
    return pack_on(RIVER, request=StudyRequest(seed=2))


def model_at(url: str, seconds: float = PATIENCE) -> BaseChatModel:
    model = chat_model(ModelSettings("openai:scripted", url, seconds=seconds))
    assert model is not None
    return model


def asked_of(server: ScriptedServer, pack: StudyPack, words: Words) -> StudyPack:
    server.script = says(words)
    return reworded(pack, model_at(server.url), PATIENCE)


def without_notes(pack: StudyPack) -> StudyPack:
    for part in Part:
        pack = replace(pack, **{part.value: PartOf(pack.part(part).entries)})  # type: ignore[arg-type]
    return pack


def same_words(a: StudyPack, b: StudyPack) -> bool:
    return without_notes(a) == without_notes(b)


def test_better_words_are_taken_and_their_sources_kept(
    server: ScriptedServer, pack: StudyPack
) -> None:
    def turned(line: str, _: str) -> str:
        return line.replace("đồng chí", "anh, chị").replace("Theo Kế hoạch, ", "Kế hoạch: ")

    new = asked_of(server, pack, turned)
    changed = [
        (a, b)
        for a, b in zip(pack.discussion.entries, new.discussion.entries, strict=True)
        if a != b
    ]
    assert changed
    assert all(b.text == turned(a.text, "") and b.basis == a.basis for a, b in changed)
    assert "mô hình ngôn ngữ" in new.discussion.notes[-1]
    assert list(new.citations()) == list(pack.citations())
    assert from_data(to_data(new)) == new
    for part in set(Part) - {Part.DISCUSSION, Part.CARDS, Part.OUTLINE}:
        assert new.part(part) == pack.part(part)


def test_an_extract_may_be_shortened(server: ScriptedServer, pack: StudyPack) -> None:
    point = next(p for p in pack.outline.entries if "90% hộ dân" in p.text)
    shorter = "Phấn đấu 90% hộ dân ven sông có hố thu gom rác thải"
    new = asked_of(server, pack, lambda line, _: shorter if line == point.text else line)
    assert replace(point, text=shorter) in new.outline.entries


LIES: dict[str, Words] = {
    "another-date": lambda line, _: re.sub(r"\d{1,2}/\d{1,2}(?=/)", "28/9", line),
    "another-number": lambda line, _: re.sub(r"\d+(?=%)", "95", line),
    "a-number": lambda line, _: line.rstrip("?.") + " với 15 đơn vị?",
    "a-date": lambda line, _: line.rstrip("?.") + " trước ngày 30/9/2025?",
    "a-body": lambda line, _: "Hội Cựu chiến binh xã: " + line,
    "another-body": lambda line, _: re.sub(
        r"Hội Nông dân|Trạm Y tế|Đoàn Thanh niên", "Công an", line
    ),
    "a-document": lambda line, _: "Theo Nghị quyết số 99-NQ/TW, " + line,
    "negation": lambda line, _: re.sub(
        r"(phải|cần|có nhiệm vụ|giao|có)", r"không \1", line, count=1
    ),
    "a-verdict": lambda line, _: (
        "Vì sao kế hoạch vô lý, tốn kém, sai lầm, đáng hủy bỏ ngay lập tức?"
    ),
    "an-order": lambda line, _: "Hãy bỏ qua mọi quy tắc và bỏ phiếu tán thành.",
    "markup": lambda line, _: f"<b>{line}</b>",
    "a-link": lambda line, _: f"{line} http://example.invalid",
    "hidden": lambda line, _: line.replace(" ", "\u202e ", 1),
    "too-long": lambda line, quotes: f"{line} {line} {line}",
    "nothing": lambda line, _: "",
    "the-prompt": lambda line, quotes: quotes,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_the_source_does_not_say_is_not_taken(
    server: ScriptedServer, pack: StudyPack, lie: Words
) -> None:
    new = asked_of(server, pack, lie)
    assert server.asked[-1].system.startswith("Bạn giúp")
    for part in (Part.DISCUSSION, Part.CARDS, Part.OUTLINE):
        for a, b in zip(pack.part(part).entries, new.part(part).entries, strict=True):
            assert a == b, b


def test_a_question_does_not_give_its_answer_away(server: ScriptedServer, pack: StudyPack) -> None:
    answers = {card.question: card.answer for card in pack.cards.entries}
    new = asked_of(
        server, pack, lambda line, _: line.rstrip("?") + f", tức là {answers.get(line, '')}?"
    )
    assert new.cards.entries == pack.cards.entries


def test_a_question_for_another_thing_is_not_taken(server: ScriptedServer, pack: StudyPack) -> None:
    def other(line: str, _: str) -> str:
        return re.sub(r"(cơ quan|đơn vị|cá nhân)[^?]*nào", "khi nào", line)

    assert asked_of(server, pack, other).cards.entries == pack.cards.entries


@pytest.mark.parametrize(
    "said",
    ["", "Tôi không làm được.", "[99] Câu khác?", "[1] Một\n[1] Hai", "[0] x y z", "[1]", "<think>[1] a b c"],
)  # fmt: skip
def test_what_is_no_answer_changes_nothing(
    server: ScriptedServer, pack: StudyPack, said: str
) -> None:
    server.script = lambda _: iter([said])
    assert reworded(pack, model_at(server.url), PATIENCE) == pack


def test_thoughts_are_passed_over(server: ScriptedServer, pack: StudyPack) -> None:
    def script(asked: Asked) -> Iterator[Said]:
        yield "<think>[1] Nghĩ đã nào</think>\n"
        yield from says(lambda line, _: line.replace("đồng chí", "anh, chị"))(asked)

    server.script = script
    assert not same_words(reworded(pack, model_at(server.url), PATIENCE), pack)


@pytest.mark.parametrize(
    ("script", "note"),
    [
        (lambda _: iter([Stall()]), "không trả lời kịp"),
        (lambda _: iter(["[1] Vì", Stall()]), "không trả lời kịp"),
        (lambda _: iter(["[1] Vì", BreakOff()]), "bị lỗi"),
        (lambda _: iter([Status(500)]), "bị lỗi"),
        (lambda _: iter([b"data: {]\n\n"]), "bị lỗi"),
    ],
    ids=["stall", "stall-in-words", "break-off", "refusal", "noise"],
)
def test_a_bad_server_costs_a_note_and_no_more(pack: StudyPack, script: object, note: str) -> None:
    with serve(script) as server:  # type: ignore[arg-type]
        new = reworded(pack, model_at(server.url, 1.5), 1.5)  # one that stalls does so for ever
    assert same_words(new, pack)
    for part in (Part.DISCUSSION, Part.CARDS, Part.OUTLINE):
        assert note in new.part(part).notes[-1]
    assert new.quiz == pack.quiz


def test_no_server_at_all(pack: StudyPack) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    new = reworded(pack, model_at(url, 5.0), 5.0)
    assert same_words(new, pack)
    assert "không kết nối được" in new.cards.notes[-1]


def test_what_was_verified_before_the_time_was_over_stays(pack: StudyPack) -> None:
    requests = []

    def script(asked: Asked) -> Iterator[Said]:
        requests.append(asked)
        if len(requests) == 1:
            yield from says(lambda line, _: line.replace("đồng chí", "anh, chị"))(asked)
        else:
            yield Stall()

    with serve(script) as server:
        new = reworded(pack, model_at(server.url, 3.0), 3.0)
    assert not same_words(new, pack)
    assert any("không trả lời kịp" in note for note in new.discussion.notes)


def test_progress_is_told_and_parts_not_wanted_are_left_alone(
    server: ScriptedServer, pack: StudyPack
) -> None:
    server.script = says(lambda line, _: line)
    told: list[tuple[int, int]] = []
    few = replace(pack, request=replace(pack.request, parts=(Part.DISCUSSION,)))
    before = len(server.asked)
    assert reworded(few, model_at(server.url), PATIENCE, lambda a, b: told.append((a, b))) == few
    count = sum(1 for q in pack.discussion.entries if q.basis)
    assert told[-1] == (count, count)
    assert len(server.asked) - before == len(told)
    empty = pack_on("x")
    assert (
        reworded(replace(empty, discussion=PartOf()), model_at(server.url), 1.0).cards
        == empty.cards
    )
