"""A pack as JSON, for scripts: the records as they are, each told by its name."""

from __future__ import annotations

import json

from assistant.study.codec import to_data
from assistant.study.records import StudyPack


def to_json(pack: StudyPack) -> bytes:
    """What :func:`assistant.study.codec.to_data` gives, UTF-8."""
    return (json.dumps(to_data(pack), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
