"""What tests of several packages share."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# The checks may share a slow machine; what is slow is measured, not guessed by a deadline.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, or fails where CI=true."""
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else CHROMIUM_NAMES
    for candidate in candidates:
        if path := shutil.which(candidate):
            return path
    reason = (
        f"CHROMIUM names {named}, which is not a program"
        if named
        else "no Chromium on the PATH; install it or name it in CHROMIUM"
    )
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)
