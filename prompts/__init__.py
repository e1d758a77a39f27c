"""What language models are told: one versioned prompt a file, ``NAME.vN.LANGUAGE.md``.

A change of wording is a new version: figures measured with one don't hold for another.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

__all__ = ["PromptError", "load"]

_FOLDER = Path(__file__).resolve().parent


class PromptError(ValueError):
    """A prompt that isn't there, or values that aren't those it names."""


def load(name: str, **values: str) -> str:
    """The prompt ``name`` with ``values`` put in for its ``$variables``.

    A value is put in as it is: a ``$`` in it stands for nothing.

    Raises:
        PromptError: there is no such prompt, or the values aren't just those it names.
    """
    known = {path.stem: path for path in _FOLDER.glob("*.md")}
    if name not in known:
        raise PromptError(f"no prompt named {name!r}; there are {', '.join(sorted(known))}")
    template = Template(known[name].read_text(encoding="utf-8").strip())
    wanted = set(template.get_identifiers())
    if missing := sorted(wanted - values.keys()):
        raise PromptError(f"prompt {name}: no value for {', '.join(missing)}")
    if unknown := sorted(values.keys() - wanted):
        raise PromptError(f"prompt {name}: it has no {', '.join(unknown)}")
    return template.substitute(values)
