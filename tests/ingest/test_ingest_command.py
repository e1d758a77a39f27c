"""``python -m ingest`` as a person runs it: exit status, what is printed, what is left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.patience import PATIENCE

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


@pytest.mark.parametrize(
    "command",
    ["", "add", "list", "remove", "rebuild", "rename", "correct", "export", "import"],
)
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*([command] if command else []), "--help"])
    assert caught.value.code == 0
    assert "usage: python -m ingest" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["add"], ["remove"], ["sing"], ["list", "x"], ["rename", "a"], ["correct"], ["export"],
        ["import"],
    ],
)  # fmt: skip
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
    assert lines[0].endswith("  a.txt | 0 sections, 1 passages")
    assert lines[1] == (
        "  note: no number was found; no date of issue was found; no issuing body was found"
    )
    assert lines[2].split("  ", 1)[1].startswith(f"{sample.name} | ")
    assert len(lines) == 3

    assert main(["remove", "a.txt", "a.txt"]) == 0
    assert capsys.readouterr().out == "removed: a.txt\n"
    assert main(["remove", lines[2].split()[0]]) == 0
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


def test_remove_takes_the_study_packs_that_quote_it(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", write(folder, "a.txt"), write(folder, "b.txt", f"{TEXT} Thêm.")]) == 0
    capsys.readouterr()
    with Library.open(Settings(home=home)) as library:
        ids = {d.name: d.id for d in library.documents()}
    packs = Settings(home=home).packs_path
    packs.mkdir()
    for name in ids:
        (packs / f"{name[0]}.json").write_text(f'{{"documents": ["{ids[name]}"]}}')
    assert main(["remove", "a.txt"]) == 0
    assert capsys.readouterr().out == (
        "study packs that quoted them, deleted too: 1\nremoved: a.txt\n"
    )
    assert [path.name for path in packs.glob("*.json")] == ["b.json"]


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


def test_rename_and_correct(home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", write(folder, "a.txt")])
    assert main(["rename", "a.txt", "Trồng cây"]) == 0
    assert "renamed: a.txt is called Trồng cây\n" in capsys.readouterr().out
    assert main(["correct", "Trồng cây", "--number", "35-KH/ĐU", "--date", "20/4/2023"]) == 0
    out = capsys.readouterr().out
    assert "  number: 35-KH/ĐU (by hand)\n" in out
    assert "  date: 2023-04-20 (by hand)\n" in out
    assert "  issuer: —\n" in out
    assert main(["correct", "Trồng cây", "--issuer", ""]) == 0  # the others stay
    out = capsys.readouterr().out
    assert "  number: 35-KH/ĐU (by hand)\n" in out
    assert "  issuer: — (by hand)\n" in out
    main(["list"])
    assert capsys.readouterr().out.split("  ", 1)[1] == (
        "Trồng cây | 35-KH/ĐU | 0 sections, 1 passages\n"
    )
    assert main(["correct", "Trồng cây", "--as-read"]) == 0
    assert "  number: —\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["correct", "a.txt"], "nothing to correct"),
        (["correct", "a.txt", "--date", "31/2/2023"], "'31/2/2023' is no date"),
        (["correct", "b.txt", "--date", "1/2/2023"], "no document is called"),
        (["rename", "a.txt", "x/y"], "control characters"),
        (["rename", "a.txt", " "], "needs a name"),
    ],
)
def test_what_can_not_be_changed(
    arguments: list[str],
    said: str,
    home: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["add", write(folder, "a.txt")])
    capsys.readouterr()
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_what_is_alike_is_told(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "\n".join(f"{n}. Thôn {n} trồng cây thứ {n} ở đường số {n}." for n in range(1, 30))
    head = "ĐẢNG ỦY XÃ AN LẠC\nSố {}-KH/ĐU\nKẾ HOẠCH\ntrồng cây\n"
    main(["add", write(folder, "a.txt", head.format(1) + body)])
    capsys.readouterr()
    main(["add", write(folder, "b.txt", head.format(2) + body)])
    assert re.search(r"^alike: b\.txt has 9\d% of its text in common with a\.txt$", *out(capsys))
    main(["list"])
    found = re.findall(
        r"^  like: (\w\.txt) \(\w{12}\), 9\d% in common; another number$", *out(capsys)
    )
    assert found == ["b.txt", "a.txt"]


def out(capsys: pytest.CaptureFixture[str]) -> tuple[str, re.RegexFlag]:
    return capsys.readouterr().out, re.MULTILINE


def test_add_in_the_place_of_older_versions(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", write(folder, "a.txt"), write(folder, "b.txt", TEXT + " Hai.")])
    main(["correct", "a.txt", "--number", "35-KH/ĐU"])
    write(folder, "a.txt", TEXT + " Sửa.")
    capsys.readouterr()
    assert main(["add", "--replace", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "replaced: a.txt\nadded: a.txt | 35-KH/ĐU | " in said
    assert said.endswith("1 added, 1 already there, 0 failed\n")
    write(folder, "a.txt", "")
    assert main(["add", "--replace", str(folder)]) == 1
    main(["list"])
    assert capsys.readouterr().out.count("a.txt | 35-KH/ĐU") == 1


def test_export_and_import(
    home: Path,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main(["add", write(folder, "a.txt")])
    main(["correct", "a.txt", "--number", "35-KH/ĐU"])
    capsys.readouterr()
    file = tmp_path / "thư viện.zip"
    assert main(["export", str(file)]) == 0
    assert capsys.readouterr().out == f"exported: 1 documents to {file}\n"
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "other"))
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("added: a.txt | 35-KH/ĐU | ")
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out.endswith("0 added, 1 already there, 0 failed\n")
    assert main(["import", str(folder / "a.txt")]) == 2
    assert "a.txt is no library" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "missing.zip")]) == 1
    assert "failed: missing.zip: there is no such file" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "no/such/x.zip")]) == 2


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
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not list((home / "originals").glob("*/*.txt")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    assert err.startswith("interrupted: the library is whole")
    assert "Traceback" not in err
    listed = run("list", home=home)
    assert listed.returncode == 0, listed.stderr
    assert 0 <= listed.stdout.count(".txt | ") < 60
    for line in listed.stdout.splitlines():
        if " | " in line:
            assert "300 passages" in line or "299 passages" in line
