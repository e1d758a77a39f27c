"""Deleting that can be undone, and deleting for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.study.kept import KeptPacks
from assistant.study.pack import study_pack
from assistant.ui.backend import open_library
from assistant.ui.removal import remove_for_good, restore, set_aside
from ingest.pipeline import Library
from ingest.settings import Settings

PLAN = (
    "KẾ HOẠCH\nDiệt chuột đồng vụ {n}\nI. VIỆC LÀM\n"
    "1. Tổ Sen Hồng nộp báo cáo diệt chuột đồng trước ngày {n}/9/2034.\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def filled(settings: Settings, folder: Path) -> Library:
    library = open_library(settings)
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(PLAN.format(n=n), encoding="utf-8")
    library.add([folder / "1.txt", folder / "2.txt"])
    return library


def test_what_was_deleted_comes_back_whole(settings: Settings, tmp_path: Path) -> None:
    with filled(settings, tmp_path) as library:
        first, second = library.documents()
        gone = set_aside(library, [first.id, "no such", first.id])
        assert gone == ((first.id, "1.txt"),)
        assert library.documents() == (second,)
        restore(library, [first.id, "no such"])
        assert library.documents() == (first, second)
        assert set_aside(library, ["no such"]) == ()


def test_what_is_deleted_for_good_is_forgotten_by_the_kept_packs(
    settings: Settings, tmp_path: Path
) -> None:
    packs = KeptPacks(settings.packs_path)
    with filled(settings, tmp_path) as library:
        first, second = library.documents()
        packs.save(study_pack([first], library.obligations()))
        set_aside(library, [first.id])
        assert len(packs.list()) == 1, "it may come back"
        remove_for_good(library, [first.id, "no such"])
        assert packs.list() == ()
        assert library.set_aside_documents() == ()
        restore(library, [first.id])
        assert library.documents() == (second,)


def test_what_was_left_aside_is_forgotten_at_the_next_start(
    settings: Settings, tmp_path: Path
) -> None:
    packs = KeptPacks(settings.packs_path)
    with filled(settings, tmp_path) as library:
        first, _ = library.documents()
        packs.save(study_pack([first], library.obligations()))
        set_aside(library, [first.id])
    with open_library(settings):
        assert packs.list() == ()
