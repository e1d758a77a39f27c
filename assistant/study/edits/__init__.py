"""A pack as a trainer changes it: lines edited, left out, put elsewhere. Pure; packs don't change.

A line is named by an :class:`Address`, which a page carries as text: «cards/0», «cards/0/answer»,
«roles/2/tasks/0»; :func:`lines` lists those of a part. Words that a document is cited for stay
cited only where they still say what the cited words do (:mod:`assistant.study.borne`); else the
line becomes the trainer's own.
"""

from __future__ import annotations

from assistant.study.edits.address import Address, PackLine, lines, text_at
from assistant.study.edits.placing import drop, move, reordered, with_part, with_parts
from assistant.study.edits.rewriting import LONGEST, edit

__all__ = [
    "LONGEST",
    "Address",
    "PackLine",
    "drop",
    "edit",
    "lines",
    "move",
    "reordered",
    "text_at",
    "with_part",
    "with_parts",
]
