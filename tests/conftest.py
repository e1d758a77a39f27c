"""What tests of several packages share."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

from tests.chroma_server import ChromaServer

# The checks may share a slow machine; what is slow is measured, not guessed by a deadline.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

# A run in the background of a shell ignores Ctrl-C, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, or fails where CI=true."""
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else CHROMIUM_NAMES
    for candidate in candidates:
        if path := shutil.which(candidate):
            return path
    return lacking(
        f"CHROMIUM names {named}, which is not a program"
        if named
        else "no Chromium on the PATH; install it or name it in CHROMIUM"
    )


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """Path of LibreOffice; without it the test is skipped, or fails where CI=true."""
    return shutil.which("soffice") or lacking("no LibreOffice (soffice) on the PATH")


@pytest.fixture(scope="session")
def tesseract() -> str:
    """Path of a Tesseract that knows Vietnamese; without one as for LibreOffice."""
    from ingest.load import scan

    return scan.tesseract() or lacking("no Tesseract with Vietnamese (vie) on the PATH")


def lacking(reason: str) -> NoReturn:
    """Skip a test for want of a program that the machine of the checks must have."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


# --- transformer models small enough to be made in a test ---------------------------------------

SmallTransformer = Callable[..., Path]

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
WORDS = tuple("query : passage xin chào kế hoạch báo cáo đúng sai yes no".split())


@pytest.fixture(scope="session")
def small_transformer() -> SmallTransformer:
    """Saves an XLM-R of one layer with random weights, the same for the same arguments, in a
    folder: without outputs one that reads a text, with ``outputs`` one that reads pairs. It knows
    ``words`` alone and reads at most ``tokens`` tokens. The ``spread`` of the weights is far from
    the usual 0.02, so that every word matters; one that is to be taught much needs the usual."""
    return _save


@pytest.fixture(scope="session")
def small_language_model() -> SmallTransformer:
    """Saves a Llama of one layer with random weights in a folder."""
    return _save_language_model


def _save(
    folder: Path,
    outputs: int = 0,
    train: Callable[[Any, Any], None] | None = None,
    tokens: int = 32,
    words: tuple[str, ...] = WORDS,
    spread: float = 0.5,
    **of_tokenizer: Any,
) -> Path:
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification, XLMRobertaModel

    config = XLMRobertaConfig(
        vocab_size=len(SPECIAL) + len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=tokens + 2,  # XLM-R counts from 2
        initializer_range=spread,
        num_labels=outputs or 2,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        kind = XLMRobertaForSequenceClassification if outputs else XLMRobertaModel
        model = kind(config)
        tokenizer = _tokenizer(words, **of_tokenizer)
        if train is not None:
            train(model, tokenizer)
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder


def _save_language_model(folder: Path) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(SPECIAL) + len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.5,
        bos_token_id=0,
        eos_token_id=2,
        pad_token_id=1,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        LlamaForCausalLM(config).save_pretrained(str(folder))
    _tokenizer(WORDS).save_pretrained(str(folder))
    return folder


def _tokenizer(words: tuple[str, ...], **options: Any) -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {word: number for number, word in enumerate((*SPECIAL, *words))}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", numbers["<s>"]), ("</s>", numbers["</s>"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        cls_token="<s>",
        unk_token="<unk>",
        pad_token="<pad>",
        **options,
    )


# --- a Chroma server ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def running_chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server; see :func:`chroma`, which empties it."""
    server = ChromaServer(tmp_path_factory.mktemp("server") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def chroma(running_chroma: ChromaServer) -> ChromaServer:
    """A Chroma server without any collection."""
    from ingest.store.connection import Server

    server = Server(running_chroma.url)
    for name in server.collections():
        server.delete_collection(name)
    server.close()
    return running_chroma
