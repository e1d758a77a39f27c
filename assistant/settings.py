"""Settings of the question path, read once from the environment at the edge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.errors import SettingError

DEFAULT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Inert settings of the language model; without ``model`` none is asked.

    ``model`` is LangChain's «provider:model» («ollama:qwen3:8b»); ``base_url`` the address of a
    server that speaks the provider's protocol; ``api_key`` its key, None for the provider's own
    variable; ``seconds`` the time that an answer may take, after which the extracted one stands.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    seconds: float = DEFAULT_SECONDS

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> ModelSettings:
        """Read ``ASSISTANT_LLM``, ``ASSISTANT_LLM_BASE_URL`` and so on; empty means not set.

        Raises:
            SettingError: a value can't be what its variable takes.
        """
        env = os.environ if environment is None else environment
        model = (env.get("ASSISTANT_LLM") or "").strip() or None
        if model is not None:
            provider, colon, name = model.partition(":")
            if not (provider and colon and name):
                raise SettingError(
                    f"ASSISTANT_LLM={model}: write the provider and the model, "
                    "such as ollama:qwen3:8b or openai:gpt-4.1-mini",
                    f"ASSISTANT_LLM={model}: hãy ghi nhà cung cấp và mô hình, "
                    "ví dụ ollama:qwen3:8b hoặc openai:gpt-4.1-mini",
                )
        return cls(
            model=model,
            base_url=_address(env.get("ASSISTANT_LLM_BASE_URL")),
            api_key=env.get("ASSISTANT_LLM_API_KEY") or None,
            seconds=_seconds(env.get("ASSISTANT_LLM_SECONDS")),
        )


def _address(value: str | None) -> str | None:
    value = (value or "").strip()
    if value and not value.startswith(("http://", "https://")):
        raise SettingError(
            f"ASSISTANT_LLM_BASE_URL={value}: write the whole address, "
            "such as http://127.0.0.1:8000/v1",
            f"ASSISTANT_LLM_BASE_URL={value}: hãy ghi đủ địa chỉ, ví dụ http://127.0.0.1:8000/v1",
        )
    return value or None


def _seconds(value: str | None) -> float:
    if not value:
        return DEFAULT_SECONDS
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds < float("inf"):
        raise SettingError(
            f"ASSISTANT_LLM_SECONDS={value}: write seconds, such as 60",
            f"ASSISTANT_LLM_SECONDS={value}: hãy ghi số giây, ví dụ 60",
        )
    return seconds
