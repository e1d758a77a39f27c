"""``python -m ingest`` as a person runs it: exit status, what is printed, what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.samples import sample_paths

ROOT = Path(__file__).parents[2]
TEXT = "Đảng ủy xã họp bàn việc trồng cây đầu năm tại nhà văn hóa thôn."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ASSISTANT_EMBEDDING_MODEL", raising=False)
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str = TEXT) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.mark.parametrize("command", ["", "add", "list", "remove", "rebuild"])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*([command] if command else []), "--help"])
    assert caught.value.code == 0
    assert "usage: python -m ingest" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["add"], ["remove"], ["sing"], ["list", "x"]])
def test_usage_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_add_list_remove(home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = sample_paths()[3]
    assert main(["add", str(sample), write(folder, "a.txt")]) == 0
    out, err = capsys.readouterr()
    assert "added: a.txt | 0 sections, 1 passages" in out
    assert f"added: {sample.name} | 128/KH-UBND | kế hoạch | Chuyển đổi số" in out
    assert out.endswith("2 added, 0 already there, 0 failed\n")
    assert err == ""  # no progress bar outside a terminal

    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1].split(" | ")[0] for line in lines] == ["a.txt", sample.name]

    assert main(["remove", "a.txt", "a.txt"]) == 0
    assert capsys.readouterr().out == "removed: a.txt\n"
    assert main(["remove", lines[1].split()[0]]) == 0
    assert main(["list"]) == 0
    assert "the library is empty" in capsys.readouterr().out


def test_add_reports_duplicates_and_failures(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "a.txt")
    write(folder, "b.txt")
    write(folder, "rỗng.txt", "")
    assert main(["add", str(folder), str(folder / "x.txt"), str(folder / "a.exe")]) == 1
    out, err = capsys.readouterr()
    assert "already there: b.txt (as a.txt)" in out
    assert out.endswith("1 added, 1 already there, 3 failed\n")
    assert err.splitlines() == [
        "failed: rỗng.txt: the file is empty",
        "failed: x.txt: there is no such file",
        "failed: a.exe: there is no such file",
    ]
    assert main(["add", str(folder / "a.txt")]) == 0  # a duplicate is no failure


@pytest.mark.parametrize("name", ["b.txt", "zzz", "0123", "abcdef0"])
def test_remove_what_is_not_there(
    name: str, home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", write(folder, "a.txt")])
    capsys.readouterr()
    assert main(["remove", "a.txt", name]) == 2
    assert f"error: no document is called {name!r}" in capsys.readouterr().err
    main(["list"])
    assert "a.txt" in capsys.readouterr().out  # nothing was removed


def test_remove_of_an_ambiguous_name(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in "12":
        (folder / n).mkdir()
        write(folder / n, "Kế hoạch.txt", TEXT + n)
    main(["add", str(folder)])
    capsys.readouterr()
    assert main(["remove", "Kế hoạch.txt"]) == 2
    error = capsys.readouterr().err
    assert "2 documents are called 'Kế hoạch.txt'; give an id: " in error
    assert main(["remove", error.split()[-1]]) == 0
    capsys.readouterr()
    main(["list"])
    assert capsys.readouterr().out.count("Kế hoạch.txt") == 1


def test_remove_by_a_decomposed_name(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import unicodedata

    main(["add", write(folder, "Kế hoạch.txt")])
    assert main(["remove", unicodedata.normalize("NFD", "Kế hoạch.txt")]) == 0


def test_rebuild(home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", write(folder, "a.txt")])
    (home / "chroma" / "chroma.sqlite3").write_bytes(b"not a database " * 500)
    capsys.readouterr()
    assert main(["list"]) == 2
    out, err = capsys.readouterr()
    assert err.startswith("error: the library at ")
    assert err.count("\n") == 1
    assert main(["rebuild"]) == 0
    out = capsys.readouterr().out
    assert "rebuilt: a.txt" in out
    assert f"kept at {home / 'chroma.damaged-1'}" in out
    assert main(["list"]) == 0


def test_rebuild_of_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out == "0 rebuilt, 0 already there, 0 failed\n"


def test_library_errors_are_one_line(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file")
    done = run("add", write(folder, "a.txt"), home=home)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: the library at {home} can't be written")
    assert done.stderr.count("\n") == 1


def test_an_unknown_model_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", "/no/such/model")
    assert main(["rebuild"]) == 2
    assert "ASSISTANT_EMBEDDING_MODEL" in capsys.readouterr().err


def test_from_a_terminal_with_few_letters(home: Path, folder: Path) -> None:
    write(folder, "Kế hoạch.txt")
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "add", str(folder)],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"added: K? ho?ch.txt" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt as Unix does")
def test_an_interrupt_leaves_a_whole_library(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    body = "\n".join(f"{i}. {TEXT} {' '.join(['việc'] * 150)}" for i in range(1, 300))
    for n in range(60):
        write(folder, f"{n:02}.txt", f"{n} {body}")
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "add", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_HOME": str(home)},
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not list((home / "originals").glob("*/*.txt")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert err.startswith("interrupted: the library is whole")
    assert "Traceback" not in err
    listed = run("list", home=home)
    assert listed.returncode == 0, listed.stderr
    assert 0 <= listed.stdout.count(".txt") < 60
    for line in listed.stdout.splitlines():
        if ".txt" in line:
            assert "300 passages" in line or "299 passages" in line
