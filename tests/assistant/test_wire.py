"""The chain against servers that speak OpenAI's protocol: one that a script makes good or bad, and
one of the transformers package with a tiny model."""

from __future__ import annotations

import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.chain import Ask, Assistant
from assistant.generate.model import chat_model
from assistant.phrases import phrase
from assistant.records import Answer, Made, Setback
from assistant.settings import ModelSettings
from benchmarks.statements import Place, pairs_of, places
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.assistant.wire import Asked, BreakOff, Said, Script, ScriptedServer, Stall, Status
from tests.assistant.wire import scripted_server as serve
from tests.patience import PATIENCE

QUESTION = "Các chi bộ trực thuộc báo cáo kết quả học tập đợt 1 trước ngày nào?"
TRUE = "Báo cáo kết quả học tập đợt 1 và danh sách đảng viên chưa tham gia về Đảng ủy xã (qua Văn phòng Đảng ủy) trước ngày 20/4/2024."
FULL = "Các chi bộ trực thuộc phải báo cáo kết quả học tập đợt 1 và danh sách đảng viên chưa tham gia về Đảng ủy xã (qua Văn phòng Đảng ủy) trước ngày 20/4/2024."
MARK = "danh sách đảng viên chưa tham gia"


def says(*words: Said) -> Script:
    """A script that says ``words``, «{n}» in them being the passage that bears out the truth."""

    def script(asked: Asked) -> Iterator[Said]:
        number = number_of(asked, MARK)
        for said in words:
            yield said.replace("{n}", str(number)) if isinstance(said, str) else said

    return script


def number_of(asked: Asked, words: str) -> int:
    return next((n for n, text in enumerate(asked.passages, 1) if words in text), 1)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with serve(says()) as running:
        yield running


def asking(library: Library, url: str, seconds: float = PATIENCE) -> Assistant:
    settings = ModelSettings("openai:scripted", url, seconds=seconds)
    return Assistant(library, model=chat_model(settings), seconds=seconds)


@pytest.fixture(scope="module")
def written(library: Library, server: ScriptedServer) -> Assistant:
    return asking(library, server.url)


@pytest.fixture(scope="module")
def extracted(assistant: Assistant) -> Answer:
    answer = assistant.invoke(QUESTION)
    assert not answer.abstained
    assert answer.made is Made.EXTRACTED
    return answer


def test_what_is_verified_is_shown(
    written: Assistant, server: ScriptedServer, library: Library
) -> None:
    server.script = says(f"{FULL} [{{n}}]\n")
    answer = written.invoke(QUESTION)
    assert [s.text for s in answer.statements] == [FULL]
    assert (answer.made, answer.setback) == (Made.GENERATED, None)
    quotes = [c.quote for c in answer.citations]
    assert TRUE.rstrip(".") in quotes[0]
    assert "Các chi bộ trực thuộc" in quotes[1], "who must do it stands in the heading"
    for citation in answer.citations:
        text = library.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote
    row = answer.to_json()
    assert (row["made"], row["setback"]) == ("generated", None)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([f"<think>Ta thấy {FULL} [1]\n</think>\n{FULL} [{{n}}]"], id="thoughts"),
        pytest.param(["Nghĩ đã.\n</think>", f"{FULL} [{{n}}]"], id="end-of-thoughts"),
        pytest.param([f"- **{FULL}** [{{n}}]"], id="bullet-and-bold"),
        pytest.param([f"1. {FULL} [đoạn {{n}}]."], id="numbered"),
        pytest.param([f"{FULL}【{{n}}】"], id="other-brackets"),
        pytest.param([*f"{FULL} ", "[", "{n}", "]"], id="a-letter-at-a-time"),
        pytest.param([f"{FULL} [{{n}}, 1]"], id="one-of-two-citations-holds"),
        pytest.param([f"{FULL} [{{n}}]\n{FULL} [{{n}}]\n{FULL} [{{n}}]"], id="said-thrice"),
    ],
)
def test_forms_that_models_write_in(
    written: Assistant, server: ScriptedServer, words: list[str]
) -> None:
    server.script = says(*words)
    answer = written.invoke(QUESTION)
    assert [s.text for s in answer.statements] == [FULL]
    assert answer.made is Made.GENERATED


LATE = FULL.replace("20/4/2024", "25/4/2024")


@pytest.mark.parametrize(
    ("words", "setback"),
    [
        pytest.param([f"{LATE} [{{n}}]\n"], Setback.UNVERIFIED, id="lies"),
        pytest.param([FULL], Setback.UNVERIFIED, id="no-citation"),
        pytest.param([f"{FULL} [99]"], Setback.UNVERIFIED, id="a-citation-that-is-none"),
        pytest.param([f"{FULL} [0]"], Setback.UNVERIFIED, id="nought"),
        pytest.param([f"{FULL} [{{n}}][99]"], Setback.UNVERIFIED, id="one-citation-is-none"),
        pytest.param(
            [f"{FULL} [{{n}}]\n{LATE} [{{n}}]\nXin cảm ơn.\n"],
            Setback.UNVERIFIED,
            id="more-lies-than-truths",
        ),
        pytest.param([f"Có, {FULL} [{{n}}]"], Setback.UNVERIFIED, id="a-verdict"),
        pytest.param(["Xin lỗi, tôi không thể giúp việc này."], Setback.UNVERIFIED, id="refusal"),
        pytest.param(["I'm sorry, I can't help with that. [1]"], Setback.UNVERIFIED, id="sorry"),
        pytest.param([""], Setback.UNVERIFIED, id="nothing"),
        pytest.param([], Setback.UNVERIFIED, id="no-word"),
        pytest.param(["\x00\u202e\u200b[1]\n" * 50], Setback.UNVERIFIED, id="noise"),
        pytest.param(['{"answer": "20/4/2024", "cite": [1]}'], Setback.UNVERIFIED, id="json"),
        pytest.param(["KHÔNG CÓ TRONG CÁC ĐOẠN TRÍCH"], Setback.ABSENT, id="absent"),
        pytest.param([Status(500)], Setback.FAILED, id="status-500"),
        pytest.param([Status(401)], Setback.FAILED, id="status-401"),
        pytest.param([Status(429)], Setback.FAILED, id="status-429"),
        pytest.param([b"data: {not json\n\n"], Setback.FAILED, id="malformed"),
        pytest.param(["Các chi", BreakOff()], Setback.FAILED, id="breaks-off"),
        pytest.param(
            [f"{FULL} [", BreakOff()], Setback.FAILED, id="breaks-off-before-its-citation"
        ),
    ],
)
def test_the_extracted_answer_stands_instead(
    written: Assistant,
    server: ScriptedServer,
    extracted: Answer,
    words: list[Said],
    setback: Setback,
) -> None:
    server.script = says(*words)
    answer = written.invoke(QUESTION)
    assert (answer.made, answer.setback) == (Made.FALLBACK, setback)
    assert (answer.statements, answer.citations) == (extracted.statements, extracted.citations)
    assert answer.to_json()["setback"] == setback.value
    assert phrase(setback, "vi") != phrase(setback, "en")


@pytest.mark.parametrize(
    "words", [[Stall()], ["Các chi bộ", Stall()]], ids=["at-once", "in-a-sentence"]
)
def test_a_server_that_stalls(
    library: Library, server: ScriptedServer, extracted: Answer, words: list[Said]
) -> None:
    server.script = says(*words)
    hurried = asking(library, server.url, seconds=0.7)
    hurried.warm_up()
    answer = hurried.invoke(QUESTION)  # the server would stall for ever
    assert (answer.setback, answer.statements) == (Setback.TIMEOUT, extracted.statements)


def test_a_server_that_drips(library: Library, server: ScriptedServer, extracted: Answer) -> None:
    """Each word comes in time, the answer does not."""

    def drip(_: Asked) -> Iterator[Said]:
        while True:
            time.sleep(0.05)
            yield "a "

    server.script = drip
    answer = asking(library, server.url, seconds=0.7).invoke(QUESTION)
    assert (answer.setback, answer.statements) == (Setback.TIMEOUT, extracted.statements)


def test_a_server_that_never_ends(
    written: Assistant, server: ScriptedServer, extracted: Answer
) -> None:
    def babble(_: Asked) -> Iterator[Said]:
        while True:
            yield "Xin chào các đồng chí, " * 50

    server.script = babble
    answer = written.invoke(QUESTION)
    assert (answer.setback, answer.statements) == (Setback.UNVERIFIED, extracted.statements)


def test_ollama_speaks_a_protocol_of_its_own(
    library: Library, server: ScriptedServer, extracted: Answer
) -> None:
    settings = ModelSettings("ollama:scripted", server.url.removesuffix("/v1"), seconds=10)
    written = Assistant(library, model=chat_model(settings), seconds=10)
    server.script = says("Các chi bộ", FULL.removeprefix("Các chi bộ"), " [{n}]\n")
    assert [s.text for s in written.invoke(QUESTION).statements] == [FULL]
    server.script = says(f"{FULL} [", BreakOff())
    answer = written.invoke(QUESTION)
    assert (answer.made, answer.statements) == (Made.FALLBACK, extracted.statements)


@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_a_server_that_is_not_there(library: Library, extracted: Answer, provider: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ModelSettings(f"{provider}:gone", f"http://127.0.0.1:{port}/v1", seconds=20)
    answer = Assistant(library, model=chat_model(settings), seconds=20).invoke(QUESTION)
    assert (answer.setback, answer.statements) == (Setback.UNREACHABLE, extracted.statements)


@pytest.mark.parametrize("last", [BreakOff(), Stall()], ids=["breaks-off", "stalls"])
def test_what_says_it_all_is_kept_though_the_server_fails(
    library: Library, server: ScriptedServer, last: Said
) -> None:
    server.script = says(f"{FULL} [{{n}}]\n", "Ngoài ra", last)
    answer = asking(library, server.url, seconds=1.5).invoke(QUESTION)
    assert [s.text for s in answer.statements] == [FULL]
    assert answer.made is Made.GENERATED


@pytest.mark.parametrize(
    "words",
    [
        f"<img src=x onerror=alert(1)>{FULL} [{{n}}]",
        f"{FULL} <script>alert(1)</script> [{{n}}]",
        f"{FULL} ![x](https://example.org/{{n}}) [{{n}}]",
        f"[{FULL}](javascript:alert(1)) [{{n}}]",
    ],
)
def test_markup_is_not_shown(written: Assistant, server: ScriptedServer, words: str) -> None:
    server.script = says(words)
    for answer in written.stream(QUESTION):
        assert not set("<>()![") & set("".join(s.text for s in answer.statements)) - {"(", ")"}
        assert "alert" not in answer.answer
        assert "example.org" not in answer.answer


def leak(asked: Asked) -> Iterator[Said]:
    number = number_of(asked, MARK)
    for line in (asked.system + "\n" + asked.user).splitlines():
        yield f"{line} [{number}]\n"


def test_a_prompt_that_leaks_is_not_shown(written: Assistant, server: ScriptedServer) -> None:
    server.script = leak
    answers = list(written.stream(QUESTION))
    asked = server.asked[-1]
    shown = "\n".join(answer.answer for answer in answers)
    assert not [line for line in asked.system.splitlines() if len(line) > 3 and line in shown]
    key = asked.user.split()[1]
    assert len(key) == 16
    assert key not in shown
    assert asked.user.count(key) > 10


def test_no_two_questions_have_the_same_key(written: Assistant, server: ScriptedServer) -> None:
    server.script = says("…")
    before = len(server.asked)
    written.invoke(QUESTION)
    written.invoke(QUESTION)
    first, second = (asked.user.split()[1] for asked in server.asked[before:])
    assert first != second


# --- streams --------------------------------------------------------------------------------------


def test_the_extracted_answer_is_there_before_the_model_speaks(
    written: Assistant, server: ScriptedServer, extracted: Answer
) -> None:
    spoken: list[float] = []

    def slow(asked: Asked) -> Iterator[Said]:
        yield ""
        time.sleep(0.5)
        spoken.append(time.monotonic())
        yield f"{FULL} [{number_of(asked, MARK)}]\n"

    server.script = slow
    shown = [(time.monotonic(), answer) for answer in written.stream(QUESTION)]
    first = next((at, a) for at, a in shown if a.statements == extracted.statements)
    assert first[1].writing
    assert first[0] < spoken[0]
    last = shown[-1][1]
    assert (last.made, last.writing) == (Made.GENERATED, False)


def test_a_stream_shows_verified_sentences_alone_and_takes_none_back(
    written: Assistant, server: ScriptedServer, extracted: Answer
) -> None:
    more = "Mỗi chi bộ đăng ký ít nhất một công trình hoặc phần việc thực hiện Nghị quyết 19, hoàn thành trong quý III/2024."
    server.script = says(f"{FULL} [{{n}}]\n", f"{LATE} [{{n}}]\n", f"{more} [{{n}}]\n", "Dư thừa.")
    answers = list(written.stream(QUESTION))
    generated = [a for a in answers if a.made is Made.GENERATED]
    shown = [tuple(s.text for s in a.statements) for a in generated]
    assert shown == [(FULL,), (FULL, more), (FULL, more)]
    assert answers[-len(generated) :] == generated, "once shown, it stays"
    assert [a.writing for a in generated] == [True, True, False]
    before = [a for a in answers if a.made is Made.EXTRACTED]
    assert all(set(a.statements) <= set(extracted.statements) for a in before)


def test_invoke_says_what_a_stream_ends_with(written: Assistant, server: ScriptedServer) -> None:
    server.script = says(f"{FULL} [{{n}}]\n")
    *_, last = written.stream(QUESTION)
    assert written.invoke(QUESTION).answer == last.answer


# --- when no model is asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Giá vàng hôm nay bao nhiêu?",
        "Quyết định 9999/QĐ-TTg quy định gì?",
        "Ai ký Kế hoạch 35-KH/ĐU?",
    ],
    ids=["blank", "not-in-the-library", "no-such-document", "a-header-field"],
)
def test_the_model_is_not_asked(
    written: Assistant, server: ScriptedServer, assistant: Assistant, question: str
) -> None:
    before = len(server.asked)
    answer = written.invoke(question)
    assert len(server.asked) == before
    assert answer.made is Made.EXTRACTED
    assert answer.statements == assistant.invoke(question).statements


def test_warming_up_asks_no_model(written: Assistant, server: ScriptedServer) -> None:
    before = len(server.asked)
    written.warm_up()
    assert len(server.asked) == before


def test_an_english_question_gets_the_english_prompt(
    written: Assistant, server: ScriptedServer
) -> None:
    server.script = says("NOT IN THE PASSAGES")
    question = "By when must the cells report the results of the study?"
    answer = written.invoke(Ask(question))
    asked = server.asked[-1]
    assert asked.question == question
    assert "NOT IN THE PASSAGES" in asked.system
    assert answer.setback is Setback.ABSENT


# --- two hundred questions to a liar -------------------------------------------------------------

QUESTIONS = 200
FORMS = ("Ai {x}?", "{x} khi nào?", "{x} như thế nào?", "Hạn {x} là ngày nào?", "Có phải {x}?")


class Liar:
    """Mixes what is true of one sentence of a document with what is false; keeps account."""

    def __init__(self, place: Place, seed: int) -> None:
        chance = random.Random(seed)
        made = list(pairs_of(place, chance))
        self.unit = place.unit
        self.truths = {p.sentence for p in made if p.is_true}
        lies = sorted({p.sentence for p in made if not p.is_true and p.kind != "sibling document"})
        # Every third answer is false for the most part, the others no more than by half.
        self.mostly = seed % 3 == 0
        most = 8 if self.mostly else 1
        self.lies = set(chance.sample(lies, min(most, len(lies)))) - self.truths
        self.said = [*sorted(self.truths), *self.lies]
        chance.shuffle(self.said)

    def __call__(self, asked: Asked) -> Iterator[Said]:
        number = number_of(asked, self.unit.text)
        other = number % len(asked.passages) + 1
        for place, sentence in enumerate(self.said):
            yield f"{sentence} [{number}]\n"
            if place == 1 and self.mostly:
                yield f"Theo hướng dẫn mới, mọi thời hạn đều lùi thêm 10 ngày. [{other}]\n"


def question_about(place: Place, form: str) -> str:
    words = " ".join(place.unit.text.split()[:11]).rstrip(" ,;:.")
    return form.format(x=words[:1].lower() + words[1:])


def test_a_liar_gets_no_unsupported_sentence_shown(
    written: Assistant, assistant: Assistant, server: ScriptedServer, library: Library
) -> None:
    found = list(places(library.documents()))
    random.Random(7).shuffle(found)
    asked = generated = told = kept = 0
    for turn, (form, place) in enumerate((f, p) for f in FORMS for p in found):
        if asked == QUESTIONS:
            break
        liar = server.script = Liar(place, turn)
        before = len(server.asked)
        question = question_about(place, form)
        answers = list(written.stream(question))
        if len(server.asked) == before:
            continue  # nothing to say, so no model was asked
        asked += 1
        told += len(liar.lies) + liar.mostly
        generated += answers[-1].made is Made.GENERATED
        for answer in answers:
            if answer.made is Made.GENERATED:
                shown = {s.text for s in answer.statements if s.citations}
                assert not shown & liar.lies
                assert shown <= liar.truths, "what is shown is true of the sentence it was made of"
                kept += len(shown)
            elif answer.made is Made.FALLBACK:
                assert answer.statements == assistant.invoke(question).statements
    assert asked == QUESTIONS
    assert told > 2 * QUESTIONS
    assert generated > QUESTIONS // 3, "else nothing was tried"
    assert kept > QUESTIONS // 2


# --- a server of an existing package, with a model made here -------------------------------------


@pytest.fixture(scope="module")
def tiny(
    written: Assistant, server: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModelSettings]:
    """``transformers serve`` with a model that says one true sentence, whatever it is asked."""
    server.script = says("")
    written.invoke(QUESTION)
    number = number_of(server.asked[-1], MARK)
    words = FULL.split()
    # A word that comes again is a token with the next one: each token has one successor.
    pieces = [" ".join(words[i : i + 3]) for i in range(0, len(words), 3)]
    assert len(set(pieces)) == len(pieces)
    folder = model_that_says([*pieces, f"[{number}]"], tmp_path_factory.mktemp("model"))
    serving = pytest.importorskip("transformers.cli.serve")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = serving.Serve(
        str(folder), host="127.0.0.1", port=port, device="cpu", log_level="error", non_blocking=True
    )
    try:
        wait_for(port)
        yield ModelSettings(f"openai:{folder}", f"http://127.0.0.1:{port}/v1", seconds=30)
    finally:
        running.kill_server()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def model_that_says(pieces: list[str], folder: Path) -> Path:
    """A Llama of one layer whose next token depends on the last alone: a chain of ``pieces``."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    vocabulary = ["<unk>", "</s>", "<go>", *pieces]
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", eos_token="</s>", pad_token="</s>"
    )
    fast.chat_template = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}<go>"
    fast.save_pretrained(str(folder))
    size = 64
    config = LlamaConfig(
        vocab_size=len(vocabulary), hidden_size=size, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=4, max_position_embeddings=8192, tie_word_embeddings=False,
        bos_token_id=None, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        model.model.embed_tokens.weight.copy_(torch.eye(size)[: len(vocabulary)])
        model.model.layers[0].self_attn.o_proj.weight.zero_()
        model.model.layers[0].mlp.down_proj.weight.zero_()
        model.lm_head.weight.zero_()
        for before, after in pairwise([2, *range(3, len(vocabulary)), 1]):
            model.lm_head.weight[after, before] = 10.0
    model.save_pretrained(str(folder))
    return folder


def test_a_model_behind_transformers_serve(library: Library, tiny: ModelSettings) -> None:
    answers = list(Assistant(library, model=chat_model(tiny), seconds=30).stream(QUESTION))
    assert (answers[-1].made, answers[-1].setback) == (Made.GENERATED, None)
    assert [s.text for s in answers[-1].statements] == [FULL]


def test_the_same_model_on_another_question_has_nothing_to_say(
    library: Library, tiny: ModelSettings, assistant: Assistant
) -> None:
    """What it says is true, and no answer: its citation bears out something else."""
    question = "Trao tặng 500 mũ bảo hiểm đạt chuẩn cho học sinh khi nào?"
    answer = Assistant(library, model=chat_model(tiny), seconds=30).invoke(question)
    assert (answer.made, answer.setback) == (Made.FALLBACK, Setback.UNVERIFIED)
    assert answer.statements == assistant.invoke(question).statements


# --- from a terminal -----------------------------------------------------------------------------


@pytest.fixture
def at_a_terminal(tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small library of its own, and the variables that name the scripted server."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSISTANT_LLM", "openai:scripted")
    monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", server.url)
    (plan,) = [path for path in sample_paths() if path.name.startswith("ke-hoach-35")]
    with Library.open(Settings.from_environment()) as library:
        assert not library.add([plan]).failed


@pytest.mark.usefixtures("at_a_terminal")
def test_the_command_asks_the_model_that_is_set(
    server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script = says(f"{FULL} [{{n}}]\n")
    assert main(["ask", QUESTION, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["made"], row["answer"].startswith(FULL)) == ("generated", True)
    server.script = says(Status(503))
    assert main(["ask", QUESTION]) == 0
    shown = capsys.readouterr().out
    assert f"({phrase('failed', 'vi')})" in shown
    assert "20/4/2024" in shown


@pytest.mark.usefixtures("at_a_terminal")
def test_the_command_names_a_setting_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "scripted")
    assert main(["ask", QUESTION]) == 2
    assert "error: ASSISTANT_LLM=scripted: write the provider" in capsys.readouterr().err
