"""One file that holds several documents: archives (.zip) and messages (.eml) with attachments.

Each member is a document of its own, called «kế hoạch.zip › phụ lục/biểu 1.docx», and known by its
own bytes: it is the same document when it comes again by another way. Names are shown and never
used as paths.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath, PurePosixPath

from ingest.errors import UnreadableFile
from ingest.load.kinds import SUPPORTED, is_archive
from ingest.load.mail import split_mail
from ingest.load.text import decode

CONTAINERS = frozenset({".zip", ".eml"})
SEPARATOR = " › "
MAX_MEMBERS = 1000
MAX_DEPTH = 3  # an archive in a message in an archive
MAX_RATIO = 200  # of a member's size to what it takes in the archive; text packs to a tenth
_MAX_ENTRIES = 10_000  # of the archive's directory, folders and other files included
_ENTRY = b"PK\x01\x02"  # begins each of them (APPNOTE 4.3.12)
_SMALL = 1024 * 1024  # bytes; below these no ratio is suspicious
_MAX_NAME = 200  # characters of a member's name that are kept
_ENCRYPTED_FLAG, _UTF8_FLAG = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Member:
    """A document found in a file, or the file itself."""

    name: str
    data: bytes


@dataclass(slots=True)
class Members:
    """What a file holds: documents, and what could not be one."""

    found: list[Member] = field(default_factory=list)
    failed: list[UnreadableFile] = field(default_factory=list)


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked of one file, whatever is inside what."""

    bytes_left: int
    members_left: int = MAX_MEMBERS

    def spend(self, size: int, name: str) -> None:
        self.members_left -= 1
        self.bytes_left -= size
        if self.members_left < 0:
            raise UnreadableFile(name, "too_large", f"> {MAX_MEMBERS} tệp / files")
        if self.bytes_left < 0:
            raise UnreadableFile(name, "too_large", "giải nén / unpacked")


def members(data: bytes, name: str, max_bytes: int) -> Members:
    """The documents in a file called ``name``; for one that is no container, the file itself.

    At most ``max_bytes`` are unpacked. A member that can't be read costs the others nothing.

    Raises:
        UnreadableFile: the container is damaged, or holds too much or nothing of use.
    """
    members = Members()
    _collect(data, name, _Budget(max_bytes), 1, members)
    if not members.found and not members.failed:
        raise UnreadableFile(name, "no_documents")
    return members


def alone(data: bytes, name: str) -> Members:
    """As :func:`members`, for a file that is one document, or is to be taken for one."""
    return Members([Member(name, data)])


def is_container(name: str) -> bool:
    """Whether a file called ``name`` may hold several documents."""
    return PurePath(name).suffix.lower() in CONTAINERS


def _collect(data: bytes, name: str, budget: _Budget, depth: int, members: Members) -> None:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".zip" and is_archive(data):
        inner = _of_zip(data, name, budget, members.failed)
    elif suffix == ".eml":
        message, files = split_mail(data, name)
        members.found.append(Member(name, message))
        inner = [Member(_inner_name(name, given), content) for given, content in files]
        for member in inner:
            budget.spend(len(member.data), name)
    else:
        members.found.append(Member(name, data))
        return
    for member in inner:
        try:
            _require_supported(member.name, depth)
            _collect(member.data, member.name, budget, depth + 1, members)
        except UnreadableFile as error:
            members.failed.append(error)


def _require_supported(name: str, depth: int) -> None:
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUPPORTED:
        raise UnreadableFile(name, "unsupported", suffix)
    if suffix in CONTAINERS and depth >= MAX_DEPTH:
        raise UnreadableFile(name, "too_complex", f"> {MAX_DEPTH} × .zip/.eml")


def _of_zip(data: bytes, name: str, budget: _Budget, failed: list[UnreadableFile]) -> list[Member]:
    if data.count(_ENTRY) > _MAX_ENTRIES:
        raise UnreadableFile(name, "too_large", f"> {_MAX_ENTRIES} tệp / files")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read_zip(archive, name, budget, failed)
    except UnreadableFile:
        raise
    except Exception as error:  # the boundary around the unpacker: nothing else may escape
        raise UnreadableFile(name, "damaged", type(error).__name__) from error


def _read_zip(
    archive: zipfile.ZipFile, name: str, budget: _Budget, failed: list[UnreadableFile]
) -> list[Member]:
    found: list[Member] = []
    for entry in archive.infolist():
        if entry.is_dir() or _is_hidden(entry.filename):
            continue
        inner = _inner_name(name, _shown_name(entry))
        budget.spend(entry.file_size, name)
        try:
            found.append(Member(inner, _unpacked(archive, entry, inner)))
        except UnreadableFile as error:
            failed.append(error)
    return found


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise UnreadableFile(name, "password")
    if entry.compress_type not in _METHODS:
        raise UnreadableFile(name, "unsupported", f"zip {entry.compress_type}")
    if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
        raise UnreadableFile(name, "too_large", f"zip 1 : {MAX_RATIO}")
    if PurePath(name).suffix.lower() not in SUPPORTED:
        return b""  # refused by its name
    try:
        return archive.read(entry)  # no more than the size that the directory states
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise UnreadableFile(name, "damaged") from error


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. Programs write UTF-8, or what their system has, and don't say so: for
    a Vietnamese Windows that is Windows-1258."""
    if entry.flag_bits & _UTF8_FLAG or entry.filename.isascii():
        return entry.filename
    try:
        name, _ = decode(entry.filename.encode("cp437"), "")
    except (UnicodeError, UnreadableFile):
        return entry.filename
    return unicodedata.normalize("NFC", name)


def _inner_name(outer: str, name: str) -> str:
    """The shown name of a member: it can't pass for a path out of its container.

    >>> _inner_name("a.zip", "..\\\\..\\\\C:/Windows/b.docx")
    'a.zip › Windows/b.docx'
    """
    plain = _CONTROL.sub(" ", name.encode("utf-8", "replace").decode("utf-8"))
    parts = [_DRIVE.sub("", part).strip() for part in plain.replace("\\", "/").split("/")]
    kept = "/".join(part for part in parts if part.strip(". ")) or "?"
    suffix = PurePosixPath(kept).suffix
    if len(kept) > _MAX_NAME and len(suffix) < _MAX_NAME // 2:
        kept = kept[: _MAX_NAME - len(suffix)] + suffix
    return f"{outer}{SEPARATOR}{kept[:_MAX_NAME]}"


def _is_hidden(name: str) -> bool:
    """Whether a file is not meant for people: of a system, or a lock of Word («~$…»)."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(("~$", "__MACOSX")) for part in parts) or (
        parts[-1].startswith(".") or parts[-1] in ("Thumbs.db", "desktop.ini")
    )
