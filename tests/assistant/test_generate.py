"""What is made of a model's words: its sentences, its time, its settings, the messages it gets."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from assistant.chain import Assistant
from assistant.draft import Draft
from assistant.errors import SettingError
from assistant.generate.listen import is_timeout, is_unreachable, listen
from assistant.generate.model import chat_model
from assistant.generate.sentences import CitedSentence, cited_sentences
from assistant.generate.sources import messages_for, sources_for
from assistant.records import Made, Setback
from assistant.retrieve import search
from assistant.settings import DEFAULT_SECONDS, ModelSettings
from assistant.understand import understand
from ingest.pipeline import Library

# --- sentences -----------------------------------------------------------------------------------


def cut(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(s.text, s.numbers) for s in cited_sentences([text])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Một việc. [1]", [("Một việc.", (1,))]),
        ("Một việc [1].", [("Một việc", (1,))]),
        ("Một việc. [1]\nHai việc. [2]", [("Một việc.", (1,)), ("Hai việc.", (2,))]),
        ("Một việc [1]. Hai việc [2].", [("Một việc", (1,)), ("Hai việc", (2,))]),
        ("Một việc. [1][3]", [("Một việc.", (1, 3))]),
        ("Một việc. [1, 3]", [("Một việc.", (1, 3))]),
        ("Một việc. [1], [3]", [("Một việc.", (1, 3))]),
        ("Một việc. Hai việc. [2]", [("Một việc.", (2,)), ("Hai việc.", (2,))]),
        ("- **Một** việc. [1]", [("Một việc.", (1,))]),
        ("1. Một việc. [1]", [("Một việc.", (1,))]),
        ("Một việc. [đoạn 2]", [("Một việc.", (2,))]),
        ("Một việc.【2】", [("Một việc.", (2,))]),
        ("Một việc.", [("Một việc.", ())]),
        ("Trước ngày 20/4/2024. [1]", [("Trước ngày 20/4/2024.", (1,))]),
        ("TP. Thủ Đức họp. [1]", [("TP. Thủ Đức họp.", (1,))]),
        ("<think>Để xem [1].</think>Một việc. [1]", [("Một việc.", (1,))]),
        ("Để xem [1].</think>\nMột việc. [1]", [("Một việc.", (1,))]),
        ("Một việc. [1]\n<think>rồi sao nữa [2]", [("Một việc.", (1,))]),
        ("[1]", []),
        (" \n\n[1] [2]\n", []),
        ("", []),
    ],
)
def test_sentences_and_their_citations(text: str, found: list[Any]) -> None:
    assert cut(text) == found


@given(
    st.text(alphabet="ab. [1]2,\n【】<think>/", max_size=60),
    st.lists(st.integers(0, 60), max_size=8),
)
def test_how_words_are_cut_up_on_the_way_changes_nothing(text: str, cuts: list[int]) -> None:
    if "<" in text or ">" in text:
        text = text.replace("<", "").replace(">", "")
    edges = sorted({0, len(text), *(c for c in cuts if c < len(text))})
    chunks = [text[a:b] for a, b in pairwise(edges)]
    assert list(cited_sentences(chunks)) == list(cited_sentences([text]))


def test_a_sentence_is_there_as_soon_as_it_is_whole() -> None:
    heard: list[str] = []

    def speak() -> Iterator[str]:
        for words in ("Một việc. [1", "]\n", "Hai "):
            heard.append(words)
            yield words

    sentences = cited_sentences(speak())
    assert next(sentences) == CitedSentence("Một việc.", (1,))
    assert heard == ["Một việc. [1", "]\n"]


def test_a_line_without_end_is_given_up() -> None:
    def babble() -> Iterator[str]:
        while True:
            yield "a b c " * 100

    assert len(list(cited_sentences(babble()))) <= 1


# --- time ----------------------------------------------------------------------------------------


def test_listening_hears_all() -> None:
    assert list(listen(lambda: iter(["a", "", "b"]), 5)) == ["a", "", "b"]


def test_listening_ends_in_time_whatever_the_speaker_does() -> None:
    over = threading.Event()

    def mute() -> Iterator[str]:
        yield "a"
        over.wait()
        yield "b"

    heard = listen(mute, 0.2)
    assert next(heard) == "a"
    with pytest.raises(TimeoutError, match=r"0\.2 seconds"):
        next(heard)
    over.set()


def test_what_the_speaker_raises_is_raised() -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise ZeroDivisionError("here")

    with pytest.raises(ZeroDivisionError, match="here"):
        list(listen(broken, 5))


def test_a_speaker_nobody_listens_to_stops() -> None:
    said: list[int] = []

    def count() -> Iterator[str]:
        for number in range(1000):
            said.append(number)
            time.sleep(0.005)
            yield "a"

    heard = listen(count, 5)
    next(heard)
    heard.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    before = len(said)
    time.sleep(0.1)
    assert len(said) == before < 1000


class ConnectTimeout(Exception):
    """As clients name theirs."""


@pytest.mark.parametrize(
    ("error", "timeout", "unreachable"),
    [
        (TimeoutError(), True, False),
        (ConnectTimeout(), True, True),
        (ConnectionRefusedError(), False, True),
        (ValueError(), False, False),
    ],
)
def test_errors_by_their_kind(error: Exception, timeout: bool, unreachable: bool) -> None:
    assert (is_timeout(error), is_unreachable(error)) == (timeout, unreachable)
    wrapped = RuntimeError("of a client")
    wrapped.__cause__ = error
    assert (is_timeout(wrapped), is_unreachable(wrapped)) == (timeout, unreachable)


# --- settings ------------------------------------------------------------------------------------


def test_nothing_set_is_no_model() -> None:
    settings = ModelSettings.from_environment({})
    assert settings == ModelSettings(None, None, None, DEFAULT_SECONDS)
    assert ModelSettings.from_environment({"ASSISTANT_LLM": " "}).model is None
    assert chat_model(settings) is None


def test_all_that_can_be_set() -> None:
    settings = ModelSettings.from_environment(
        {
            "ASSISTANT_LLM": "openai:qwen",
            "ASSISTANT_LLM_BASE_URL": "http://127.0.0.1:8000/v1",
            "ASSISTANT_LLM_API_KEY": "secret",
            "ASSISTANT_LLM_SECONDS": "7.5",
        }
    )
    assert settings == ModelSettings("openai:qwen", "http://127.0.0.1:8000/v1", "secret", 7.5)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("ASSISTANT_LLM", "llama3", "write the provider and the model"),
        ("ASSISTANT_LLM", ":llama3", "write the provider and the model"),
        ("ASSISTANT_LLM", "ollama:", "write the provider and the model"),
        ("ASSISTANT_LLM_BASE_URL", "localhost:8000", "whole address"),
        ("ASSISTANT_LLM_BASE_URL", "file:///etc/passwd", "whole address"),
        ("ASSISTANT_LLM_SECONDS", "soon", "write seconds"),
        ("ASSISTANT_LLM_SECONDS", "0", "write seconds"),
        ("ASSISTANT_LLM_SECONDS", "nan", "write seconds"),
        ("ASSISTANT_LLM_SECONDS", "inf", "write seconds"),
    ],
)
def test_a_setting_that_cannot_be_used(variable: str, value: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as raised:
        ModelSettings.from_environment({variable: value})
    assert str(raised.value).startswith(f"{variable}={value}")
    assert raised.value.message("vi").startswith(f"{variable}={value}: hãy ghi")


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("nobody:model", "Unsupported provider"),
        ("anthropic:claude", "is not installed; try pip install langchain-anthropic"),
        ("openai:gpt", "ASSISTANT_LLM=openai:gpt: "),  # it wants a key
    ],
)
def test_a_model_that_cannot_be_had(model: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(SettingError, match=says) as raised:
        chat_model(ModelSettings(model))
    assert raised.value.message("en") == str(raised.value)
    assert re.search(r"chưa cài|không dùng được", raised.value.message("vi"))


def test_a_key_for_another_server_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "meant-for-openai")
    model: Any = chat_model(ModelSettings("openai:qwen", "http://127.0.0.1:9/v1"))
    assert model.openai_api_key.get_secret_value() != "meant-for-openai"
    assert model.max_retries == 0


def test_ollama_gets_its_address_its_time_and_room_for_the_passages() -> None:
    model: Any = chat_model(ModelSettings("ollama:qwen3:8b", "http://127.0.0.1:9", seconds=3))
    assert (model.model, model.base_url) == ("qwen3:8b", "http://127.0.0.1:9")
    assert model.client_kwargs["timeout"] == 3
    assert model.num_ctx >= 8192


# --- messages ------------------------------------------------------------------------------------


def test_the_messages_hold_the_passages_as_data_between_keys(assistant: Assistant) -> None:
    index = assistant.index()
    question = understand("Ai báo cáo trước ngày 20/4?", index.lexicon)
    hits = search(index, question, limit=20)
    sources = sources_for(hits, Draft(), index)
    system, user = messages_for(question, sources, "0f1e2d3c")
    text = str(user.content)
    assert [s.passage.id for s in sources] == [h.passage.id for h in hits[: len(sources)]]
    assert len(sources) == 6
    for number, source in enumerate(sources, 1):
        begin = text.index(f"----- 0f1e2d3c passage [{number}]: ")
        end = text.index(f"----- 0f1e2d3c end of [{number}] -----")
        assert source.passage.text.strip() in text[begin:end]
        assert source.document.name not in text, "a file's name is nobody's words"
    assert text.count("0f1e2d3c") == 2 * len(sources) + 2
    assert question.text in text
    assert question.text not in str(system.content)


def test_what_the_extracted_answer_rests_on_is_among_the_passages(assistant: Assistant) -> None:
    from assistant.read import read

    index = assistant.index()
    question = understand("Các đảng ủy cơ sở báo cáo kết quả chuyên đề quý III khi nào?")
    hits = search(index, question, limit=60)
    draft = read(question, hits, index)
    assert draft.lines
    last_first = tuple(reversed(hits))
    sources = sources_for(last_first, draft, index)
    spans = [span for line in draft.lines for span in line.evidence]
    for span in spans:
        assert any(
            s.document.id == span.document.id
            and s.passage.start < span.end
            and span.start < s.passage.end
            for s in sources
        )


# --- any chat model of LangChain -----------------------------------------------------------------

QUESTION = "Các chi bộ trực thuộc báo cáo kết quả học tập đợt 1 trước ngày nào?"
TRUE = "Báo cáo kết quả học tập đợt 1 và danh sách đảng viên chưa tham gia về Đảng ủy xã (qua Văn phòng Đảng ủy) trước ngày 20/4/2024."


class Parrot(BaseChatModel):
    """Says the true sentence and cites the passage that has it."""

    broken: bool = False

    @property
    def _llm_type(self) -> str:
        return "parrot"

    def _words(self, messages: list[BaseMessage]) -> str:
        if self.broken:
            raise ZeroDivisionError("a provider's own error")
        before = str(messages[-1].content).partition(TRUE.rstrip("."))[0]
        return f"Các chi bộ trực thuộc: {TRUE} [{before.count(' passage [')}]"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        message = AIMessage(self._words(messages))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self, messages: list[BaseMessage], *_: Any, **__: Any
    ) -> Iterator[ChatGenerationChunk]:
        for letter in self._words(messages):
            blocks: Any = [{"type": "text", "text": letter}]
            yield ChatGenerationChunk(message=AIMessageChunk(content=blocks))


class Watcher(BaseCallbackHandler):
    def __init__(self) -> None:
        self.seen: list[str] = []

    def on_chain_start(self, *_: Any, **__: Any) -> None:
        self.seen.append("chain")

    def on_chat_model_start(self, *_: Any, parent_run_id: Any = None, **__: Any) -> None:
        self.seen.append("model in a chain" if parent_run_id else "model alone")


def test_content_in_blocks_and_callbacks_of_the_caller(library: Library) -> None:
    watcher = Watcher()
    answer = Assistant(library, model=Parrot()).invoke(QUESTION, {"callbacks": [watcher]})
    assert answer.made is Made.GENERATED
    assert answer.statements[0].text == f"Các chi bộ trực thuộc: {TRUE}"
    assert watcher.seen == ["chain", "model in a chain"]
    watcher.seen.clear()
    list(Assistant(library, model=Parrot()).stream(QUESTION, {"callbacks": [watcher]}))
    assert watcher.seen == ["chain", "model in a chain"]


def test_any_error_of_a_provider_leaves_the_extracted_answer(
    library: Library, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = Assistant(library, model=Parrot(broken=True)).invoke(QUESTION)
    assert (answer.made, answer.setback) == (Made.FALLBACK, Setback.FAILED)
    assert answer.statements == assistant.invoke(QUESTION).statements
    assert "ZeroDivisionError: a provider's own error" in caplog.text


def test_several_at_once_and_async(library: Library) -> None:
    import asyncio

    written = Assistant(library, model=Parrot())
    answers = written.batch([QUESTION] * 3)
    assert [a.made for a in answers] == [Made.GENERATED] * 3
    assert asyncio.run(written.ainvoke(QUESTION)).answer == answers[0].answer
