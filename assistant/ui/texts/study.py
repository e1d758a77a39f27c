"""What the tab of study packs says."""

from __future__ import annotations

STUDY: dict[str, tuple[str, str]] = {
    "tab_study": ("Tập huấn", "Study packs"),
}
