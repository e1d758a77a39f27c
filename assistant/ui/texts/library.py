"""What the tab of the library says."""

from __future__ import annotations

LIBRARY: dict[str, tuple[str, str]] = {
    "tab_library": ("Thư viện", "Library"),
}
