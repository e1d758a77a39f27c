"""A LangChain chat model by its settings; nothing is imported or asked where none is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import SettingError
from assistant.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_EXTRAS = ("ollama", "openai")  # the extras of pyproject.toml
_NO_KEY = "none"  # servers on this machine take any
_CONTEXT_TOKENS = 8192  # Ollama cuts a longer prompt at its start, and says nothing


def chat_model(settings: ModelSettings) -> BaseChatModel | None:
    """The model that ``settings`` name; None where they name none. No server is asked yet.

    Raises:
        SettingError: there is no such provider, its package is missing, or it wants a key.
    """
    if settings.model is None:
        return None
    from langchain.chat_models import init_chat_model

    provider, _, name = settings.model.partition(":")
    try:
        return init_chat_model(name, model_provider=provider, **_options(provider, settings))
    except ImportError as error:
        raise _missing(provider, settings.model) from error
    except Exception as error:  # each provider has its own for a key or an option it lacks
        # The first sentence: what follows may list whatever else there is.
        reason = " ".join(str(error).split()).partition(". ")[0][:300]
        raise SettingError(
            f"ASSISTANT_LLM={settings.model}: {reason}",
            f"ASSISTANT_LLM={settings.model}: không dùng được mô hình này ({reason})",
        ) from error


def _missing(provider: str, model: str) -> SettingError:
    package = f"'.[{provider}]'" if provider in _EXTRAS else f"langchain-{provider}"
    return SettingError(
        f"ASSISTANT_LLM={model}: {provider} is not installed; try pip install {package}",
        f"ASSISTANT_LLM={model}: chưa cài {provider}; hãy chạy pip install {package}",
    )


def _options(provider: str, settings: ModelSettings) -> dict[str, Any]:
    """What the provider's class takes; only the two extras are known by their names."""
    options: dict[str, Any] = {"temperature": 0}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key:
        options["api_key"] = settings.api_key
    if provider == "openai":
        # Tried once: the extracted answer is there meanwhile, and a retry would only hold it up.
        options |= {"timeout": settings.seconds, "max_retries": 0}
        if settings.base_url:
            options.setdefault("api_key", _NO_KEY)
    elif provider == "ollama":
        options |= {
            "client_kwargs": {"timeout": settings.seconds},
            "num_ctx": _CONTEXT_TOKENS,
            "reasoning": False,
        }
    return options
