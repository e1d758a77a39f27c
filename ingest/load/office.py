"""Older and other word processors' files (.doc, .rtf, .odt), through LibreOffice where it is.

LibreOffice writes them as .docx, and :mod:`ingest.load.docx` reads that: automatic numbers, tables,
notes and the fonts of before Unicode are then told in one way for all.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

from ingest import worker
from ingest.errors import UnreadableFile
from ingest.load import program
from ingest.load.docx import check_package, read_docx
from ingest.records import LoadedFile

_NAMES = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    *(
        str(Path(os.environ.get(folder, "")) / "LibreOffice/program/soffice.com")
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)")
    ),
)
_FIRST_SECONDS = 60.0  # for the first start, from a cold disk
_LEAST_SECONDS = 7.5  # for a small file, and so many times what it takes to start and do nothing
_TIMES_THE_START = 1.4
_BYTES_A_SECOND = 200_000

_NOTHING = rb"{\rtf1 .}"
_OPTIONS = (
    "--headless", "--norestore", "--nologo", "--convert-to", "docx:MS Word 2007 XML",
)  # fmt: skip

# Nothing in a file may run or fetch anything: no macros, no linked pictures, no links updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)


def read_office(data: bytes, name: str, suffix: str) -> LoadedFile:
    """The text of a file of the kind that ``suffix`` names (``.doc``, ``.rtf``, ``.odt``)."""
    if suffix == ".odt":
        _check_odt(data, name)
    soffice = program.find(_NAMES, _PLACES)
    if not soffice:
        raise UnreadableFile(name, "needs_libreoffice", suffix)
    try:
        seconds = max(_LEAST_SECONDS, _TIMES_THE_START * _start_seconds(soffice))
        made = _as_docx(soffice, data, suffix, seconds + len(data) / _BYTES_A_SECOND)
    except program.ProgramFailed as error:
        reason = "too_complex" if error.reason == "time" else "damaged"
        raise UnreadableFile(name, reason, f"LibreOffice, {error}") from error
    if not made:  # it ends well also where it could not load the file
        raise UnreadableFile(name, "damaged", "LibreOffice")
    return read_docx(made, name)


def _as_docx(soffice: str, data: bytes, suffix: str, seconds: float) -> bytes:
    """``data`` written as .docx, empty where LibreOffice could not read it."""
    with program.scratch_folder() as folder:
        given = folder / f"given{suffix}"  # the name that people gave it is no path of ours
        given.write_bytes(data)
        command = [soffice, f"-env:UserInstallation={_profile().as_uri()}", *_OPTIONS]
        command += ["--outdir", str(folder / "made"), str(given)]
        program.run(command, seconds, environment={"SAL_USE_VCLPLUGIN": "svp"})
        made = folder / "made" / "given.docx"
        return made.read_bytes() if made.is_file() else b""


@functools.cache
def _start_seconds(soffice: str) -> float:
    """How long LibreOffice takes for next to nothing on this machine, with a profile to set up.

    Raises:
        ProgramFailed: it does not start.
    """
    started = time.monotonic()
    _as_docx(soffice, _NOTHING, ".rtf", _FIRST_SECONDS)
    return time.monotonic() - started


@functools.cache
def _profile() -> Path:
    """A profile of its own: another LibreOffice that is open can't be disturbed, nor disturb.

    In a worker the next one finds it, where this one is ended.
    """
    if worker.is_worker():
        profile = Path(tempfile.gettempdir()) / "libreoffice"
    else:
        profile = Path(tempfile.mkdtemp(prefix="libreoffice-"))
        atexit.register(shutil.rmtree, profile, ignore_errors=True)
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
        settings.write_text(_PROFILE.format(items=items), encoding="utf-8")
    (profile / ".lock").unlink(missing_ok=True)  # of one that was ended
    return profile


def _check_odt(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            check_package(package, name)
            package.getinfo("content.xml")
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(name, "damaged") from error
