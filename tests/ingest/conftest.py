"""Transformer models small enough to be made in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SmallTransformer = Callable[..., Path]

WORDS = "<s> <pad> </s> <unk> query : passage xin chào kế hoạch báo cáo đúng sai yes no".split()
POSITIONS = 34  # of the table; XLM-R counts from 2, so it reads at most 32 tokens


@pytest.fixture(scope="session")
def small_transformer() -> SmallTransformer:
    """Saves an XLM-R of one layer with random weights, the same for the same arguments, in a
    folder: without outputs one that reads a text, with ``outputs`` one that reads pairs."""
    return _save


@pytest.fixture(scope="session")
def small_language_model() -> SmallTransformer:
    """Saves a Llama of one layer with random weights in a folder."""
    return _save_language_model


def _save(
    folder: Path,
    outputs: int = 0,
    train: Callable[[Any, Any], None] | None = None,
    **of_tokenizer: Any,
) -> Path:
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification, XLMRobertaModel

    config = XLMRobertaConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=POSITIONS,
        initializer_range=0.5,  # far from the usual 0.02, so that every word matters
        num_labels=outputs or 2,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        kind = XLMRobertaForSequenceClassification if outputs else XLMRobertaModel
        model = kind(config)
        tokenizer = _tokenizer(**of_tokenizer)
        if train is not None:
            train(model, tokenizer)
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder


def _save_language_model(folder: Path) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(WORDS),
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
    _tokenizer().save_pretrained(str(folder))
    return folder


def _tokenizer(**options: Any) -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {word: number for number, word in enumerate(WORDS)}
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
