"""What a file is, told by its first bytes; a suffix only admits it. Pure."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from ingest.errors import UnreadableFile


class Kind(StrEnum):
    """The kinds of file that are read, each by a module of its own."""

    TEXT = "text"
    HTML = "html"
    MAIL = "mail"
    DOCX = "docx"
    DOC = ".doc"
    ODT = ".odt"
    RTF = ".rtf"
    PDF = "pdf"
    PICTURE = "picture"


_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
# Of which a page can be shown as it was given.
PICTURED: frozenset[str] = _PICTURES | {".pdf"}
_TEXTS = frozenset({".txt", ".md"})
_PAGES = frozenset({".html", ".htm"})
SUPPORTED: frozenset[str] = (
    _TEXTS | _PAGES | _PICTURES | {".docx", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".zip"}
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_PDF_HEADER_WITHIN = 1024  # bytes; the PDF reference lets junk stand before «%PDF-»
_PICTURE_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")
_FOREIGN = (  # formats that people rename, told by their first bytes
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)",
    re.IGNORECASE | re.DOTALL,
)
_FIB, _FIB_FLAGS, _FIB_ENCRYPTED = b"\xec\xa5", 512 + 0x0B, 0x01
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def kind_of(data: bytes, name: str) -> Kind:
    """What kind of file ``data`` is, called ``name``.

    Raises:
        UnreadableFile: no kind that is read, or not what its suffix says.
    """
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _kind_of_zip(data, name)
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    if data.startswith(_OLE):
        return _kind_of_ole(data, name)
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    if data.startswith(_PICTURE_MAGIC):
        return Kind.PICTURE
    suffix = PurePath(name).suffix.lower()
    if suffix in _TEXTS:
        _refuse_foreign(data, name)
        return Kind.TEXT
    # Registers on the web hand out pages as .doc, and Word opens them.
    if suffix in _PAGES or (suffix == ".doc" and _HTML.match(data)):
        _refuse_foreign(data, name)
        return Kind.HTML
    if suffix == ".eml":
        return Kind.MAIL
    _refuse_foreign(data, name)
    # A web page saved as .pdf or a file cut at its front: reading it as prose would put words
    # into the library that nobody wrote in a document.
    raise UnreadableFile(name, "damaged", f"≠ {suffix}")


def is_archive(data: bytes) -> bool:
    """Whether ``data`` is a zip of files, rather than a document that is packed as one."""
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        return False
    names = _names(data)
    return "[Content_Types].xml" not in names and names[:1] != ["mimetype"]


def _kind_of_zip(data: bytes, name: str) -> Kind:
    names = _names(data)
    for folder, kind in (("xl/", "Excel .xlsx"), ("ppt/", "PowerPoint .pptx")):
        if any(entry.startswith(folder) for entry in names):
            raise UnreadableFile(name, "unsupported", kind)
    if "mimetype" in names and "content.xml" in names:
        if _ODT_TYPE not in data[:200]:
            raise UnreadableFile(name, "unsupported", "OpenDocument")
        return Kind.ODT
    return Kind.DOCX  # its reader says what is wrong with one that is none


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.namelist()
    except Exception:  # noqa: BLE001 (a damaged one has no names; its reader says so)
        return []


def _kind_of_ole(data: bytes, name: str) -> Kind:
    # Word encrypts a .docx by wrapping it in an OLE container (MS-OFFCRYPTO 2.3.1).
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(name, "password")
    if "WordDocument".encode("utf-16-le") in data:
        # Word writes that stream first; its head says whether the rest is locked (MS-DOC 2.5.1).
        if data[512:514] == _FIB and data[_FIB_FLAGS] & _FIB_ENCRYPTED:
            raise UnreadableFile(name, "password")
        return Kind.DOC
    raise UnreadableFile(name, "unsupported", "Microsoft OLE")


def _refuse_foreign(data: bytes, name: str) -> None:
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFile(name, "unsupported", kind)
