"""A library at a real Chroma server, open in several places at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import originals
from ingest.errors import LibraryError, ServerAway
from ingest.pipeline import Library, rebuild
from ingest.pipeline.shared_library import SharedLibrary
from ingest.records import Corrections
from ingest.settings import Settings
from tests.chroma_server import ChromaServer
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "ỦY BAN NHÂN DÂN XÃ SUỐI MƠ\nSố: {n}/KH-UBND\nKẾ HOẠCH\nVề trồng cây đợt {n}\n"
    "1. Ban Quản lý thôn {n} báo cáo số cây đã trồng trước ngày {n}/6/2031.\n"
    "2. Chi đoàn thôn {n} tưới cây hằng tuần.\n"
)
Open = Callable[..., SharedLibrary]


def write(folder: Path, n: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"cây {n}.txt"
    path.write_text(TEXT.format(n=n), encoding="utf-8")
    return path


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def state(library: Library) -> tuple[object, ...]:
    return library.documents(), library.passages(), library.obligations()


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents()]


@pytest.fixture
def open_at(chroma: ChromaServer, tmp_path: Path) -> Iterator[Open]:
    """Opens the library with a home of the name given."""
    with ExitStack() as stack:

        def opened(home: str, url: str = chroma.url) -> SharedLibrary:
            library = Library.open(Settings(home=tmp_path / home, chroma_url=url))
            assert isinstance(library, SharedLibrary)
            return stack.enter_context(library)  # type: ignore[return-value]

        yield opened


def test_what_one_does_the_others_see_within_seconds(open_at: Open, tmp_path: Path) -> None:
    one, other = open_at("one"), open_at("other")
    revision = other.revision
    started = time.monotonic()
    one.add([write(tmp_path / "plans", n) for n in (1, 2, 3)])
    until(lambda: len(other.documents()) == 3)
    assert time.monotonic() - started < 60  # far less on a machine that is not busy
    assert state(other) == state(one)
    assert other.revision == revision + 1  # in one step
    first, second, third = (d.id for d in one.documents())

    other.correct(first, Corrections(number="77/KH-UBND"))
    other.rename(second, "Tên mới")
    until(lambda: "Tên mới" in names(one))
    until(lambda: one.corrections(first).number == "77/KH-UBND")
    assert state(other) == state(one)

    other.remove(third)
    until(lambda: len(one.documents()) == 2)
    assert state(other) == state(one)
    other.set_aside(first)
    until(lambda: len(one.documents()) == 1)
    other.restore(first)
    until(lambda: len(one.documents()) == 2)
    assert state(other) == state(one)
    replaced = other.replace(first, write(tmp_path / "plans", 4))
    assert len(replaced.added) == 1
    until(lambda: one.documents() == other.documents())
    assert state(other) == state(one)


def test_the_same_files_added_by_two_at_once(open_at: Open, tmp_path: Path) -> None:
    files = [write(tmp_path / "plans", n) for n in range(1, 9)]
    libraries = [open_at("one"), open_at("other")]
    summaries = []
    threads = [
        threading.Thread(target=lambda library=library: summaries.append(library.add(files)))
        for library in libraries
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(s.added) + len(s.duplicates) == 8 and not s.failed for s in summaries)
    until(lambda: state(libraries[0]) == state(libraries[1]))
    assert len(libraries[0].documents()) == 8
    third = open_at("third")
    assert state(third) == state(libraries[0])
    assert third._shared.sweep(0) == 0
    again = third.add(files)
    assert (len(again.added), len(again.duplicates)) == (0, 8)


def test_originals_are_kept_where_they_were_added(open_at: Open, tmp_path: Path) -> None:
    one, other = open_at("one"), open_at("other")
    path = write(tmp_path / "plans", 1)
    one.add([path])
    until(other.documents)
    (document,) = one.documents()
    assert one.original(document.id) == (path.name, path.read_bytes())
    assert other.original(document.id) is None
    other.remove(document.id)
    until(lambda: not one.documents())
    one.tidy()
    assert originals.original(one.settings, document.id) is not None  # it may be undone there
    one.tidy(seconds=0)
    assert originals.original(one.settings, document.id) is None


def test_a_folder_of_originals_that_all_share(chroma: ChromaServer, tmp_path: Path) -> None:
    def settings(home: str) -> Settings:
        shared = tmp_path / "share"
        return Settings(home=tmp_path / home, chroma_url=chroma.url, originals=shared)

    path = write(tmp_path / "plans", 1)
    with Library.open(settings("one")) as one, Library.open(settings("other")) as other:
        one.add([path])
        until(other.documents)
        (document,) = other.documents()
        assert other.original(document.id) == (path.name, path.read_bytes())
        other.set_aside(document.id)
        Library.open(settings("third")).close()  # is not alone there, and clears nothing away
        other.restore(document.id)
        assert other.original(document.id) == (path.name, path.read_bytes())
        other.remove(document.id)
        assert list((tmp_path / "share").rglob("*.txt")) == []


def test_several_processes_in_one_data_folder(open_at: Open, tmp_path: Path) -> None:
    one, other = open_at("home"), open_at("home")
    with pytest.raises(LibraryError, match="in use by another process"):
        Library.open(replace(one.settings, chroma_url=None))
    other.add([write(tmp_path / "plans", 1)])
    until(one.documents)
    one.close()
    other.close()
    assert not list((tmp_path / "home" / ".present").iterdir())
    Library.open(replace(one.settings, home=tmp_path / "alone", chroma_url=None)).close()


def test_what_was_cut_short_is_mended_by_the_next_who_is_alone(
    open_at: Open, tmp_path: Path
) -> None:
    one = open_at("home")
    one.add([write(tmp_path / "plans", n) for n in (1, 2)])
    first, second = one.documents()
    settings = one.settings
    originals.set_aside(settings, [first.id])  # and here the power went
    folder = settings.originals_path / ".adding" / ("0" * 64)
    folder.mkdir(parents=True)
    (folder / "x.txt").write_text("x")
    beside = open_at("home")
    assert beside.original(first.id) is None  # the one that is at work may be removing it
    assert folder.exists()
    one.close()
    beside.close()
    again = open_at("home")
    assert again.original(first.id) is not None  # nobody removed it from the library
    assert not folder.exists()
    assert {d.id for d in again.documents()} == {first.id, second.id}


def test_the_server_is_away_for_a_while(tmp_path: Path) -> None:
    chroma = ChromaServer(tmp_path / "data")
    chroma.start()
    settings = Settings(home=tmp_path / "home", chroma_url=chroma.url)
    with Library.open(settings) as library:
        library.add([write(tmp_path / "plans", 1)])
        held = state(library)
        vector = library.embeddings.embed_query("trồng cây")
        assert library.nearest(vector, 3)
        chroma.kill()
        started = time.monotonic()
        assert library.nearest(vector, 3) == []
        waited = time.monotonic() - started
        assert library.trouble is not None
        assert "không trả lời" in library.trouble.message("vi")
        started = time.monotonic()
        assert library.nearest(vector, 3) == []  # known to be away: nobody waits
        assert time.monotonic() - started < waited / 2
        assert state(library) == held
        with pytest.raises(ServerAway, match="no Chroma server answers"):
            library.follow()
        chroma.start(wait=False)
        added = library.add([write(tmp_path / "plans", 2)])  # waits for the server
        assert len(added.added) == 1
        until(lambda: library.trouble is None)
        assert len({i.partition(":")[0] for i, _ in library.nearest(vector, 9)}) == 2
    chroma.kill()


def test_a_rebuild_while_others_go_on(open_at: Open, tmp_path: Path) -> None:
    one, other = open_at("one"), open_at("other")
    one.add([write(tmp_path / "plans", n) for n in (1, 2, 3)])
    other.add([write(tmp_path / "plans", n) for n in (4, 5)])
    until(lambda: len(one.documents()) == len(other.documents()) == 5)
    kept = {d.name: d.id for d in one.documents()}
    one.rename(kept["cây 4.txt"], "Đổi tên")
    other.remove(kept["cây 1.txt"])  # its original is still kept at the first place
    generation, identity = one._shared.generation, one.identity
    summaries = []
    thread = threading.Thread(target=lambda: summaries.append(rebuild(one.settings)))
    thread.start()
    until(lambda: any("-" in name for name in other._shared._server.collections()))
    with pytest.raises(LibraryError, match="made anew by another process"):
        rebuild(other.settings)
    other.add([write(tmp_path / "plans", 6)])
    other.remove(kept["cây 2.txt"])
    thread.join()
    until(lambda: one._shared.generation == other._shared.generation != generation)
    # A process that took up the new library before the last removals were done to it follows soon.
    until(lambda: set(names(one)) == {"cây 3.txt", "Đổi tên", "cây 5.txt", "cây 6.txt"})
    until(lambda: state(one) == state(other))
    assert one.identity == other.identity == identity != ""
    assert len(one._shared._server.collections()) == 5
    with open_at("third") as third:
        assert state(third) == state(one)
        assert len(third.nearest(third.embeddings.embed_query("trồng cây"), 4)) == 4


def test_a_rebuild_puts_the_documents_of_a_data_folder_on_the_server(
    chroma: ChromaServer, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home")
    with Library.open(settings) as library:
        library.add([write(tmp_path / "plans", n) for n in (1, 2)])
        documents = library.documents()
    there = replace(settings, chroma_url=chroma.url)
    assert len(rebuild(there).added) == 2
    with Library.open(there) as library:
        assert library.documents() == documents


# --- processes ------------------------------------------------------------------------------------

WORKER = """
import json, sys
from pathlib import Path
from assistant.chain import Assistant
from ingest.pipeline import Library
from ingest.settings import Settings

folder, count = Path(sys.argv[1]), int(sys.argv[2])
with Library.open(Settings.from_environment()) as library:
    assistant = Assistant(library)
    answered = 0
    print("ready", flush=True)
    for n in range(count):
        summary = library.add([folder / f"cây {n + int(sys.argv[3])}.txt"])
        assert len(summary.added) == 1, summary
        answered += not assistant.invoke("Ai phải báo cáo số cây đã trồng?").abstained
        if n % 3 == 0:
            library.remove(summary.added[0].id)
    print(answered, flush=True)
    sys.stdin.readline()  # the others are done, too
    for _ in range(200):
        if not library.follow() and library.trouble is None:
            break
    print(json.dumps([library.revision, *sorted(d.id for d in library.documents()), *(
        f"{p.id} {p.start} {p.end}" for p in library.passages()
    )]))
"""


def test_three_processes_and_a_server_that_is_started_anew_in_the_middle(tmp_path: Path) -> None:
    chroma = ChromaServer(tmp_path / "data")
    chroma.start()
    for n in range(1, 13):
        write(tmp_path / "plans", n)
    environment = os.environ | {"ASSISTANT_CHROMA_URL": chroma.url}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path / "plans"), "4", str(4 * number + 1)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment | {"ASSISTANT_HOME": str(tmp_path / f"home {number // 2}")},
        )
        for number in range(3)  # two of them in one data folder
    ]
    try:
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        chroma.kill()
        chroma.start()
        answered = [int(worker.stdout.readline()) for worker in workers if worker.stdout]
        assert min(answered) >= 3
        ask = subprocess.run(
            [sys.executable, "-m", "assistant", "ask", "Thôn 3 báo cáo trước ngày nào?", "--json"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=environment | {"ASSISTANT_HOME": str(tmp_path / "home 1")},
            check=False,
        )
        assert ask.returncode == 0, ask.stderr
        assert "3/6/2031" in json.loads(ask.stdout)["answer"]
        last = [json.loads(worker.communicate("\n")[0]) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
        chroma.kill()
    assert last[0][1:] == last[1][1:] == last[2][1:]
    assert len([i for i in last[0][1:] if ":" not in i]) == 3 * 2  # of four each, two were removed


def test_what_others_add_again_can_be_deleted_here_again(open_at: Open, tmp_path: Path) -> None:
    one, other = open_at("one"), open_at("other")
    path = write(tmp_path / "plans", 1)
    (document,) = one.add([path]).added
    one.set_aside(document.id)
    until(lambda: not other.documents())
    assert other.add([path]).added
    until(one.documents)
    assert one.set_aside_documents() == ()
    assert one.original(document.id) == (path.name, path.read_bytes())
    one.remove(document.id)
    assert originals.kept(one.settings) == []
    until(lambda: not other.documents())
