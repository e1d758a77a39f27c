"""Word .docx: the bytes of an OOXML package → its text, in the order a reader sees it.

The package is opened part by part (ECMA-376), because only the body, styles, numbering and notes
are wanted: pictures stay compressed, ISO-strict and macro-enabled packages read the same, and the
size of each part is known before a byte of it is unpacked.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.load.docx_numbering import Numbering
from ingest.load.docx_text import BodyReader, Element, W
from ingest.records import LoadedFile

MAX_PART_BYTES = 40 * 1024 * 1024  # of XML: a plan of some 2,000 pages
MAX_PACKAGE_BYTES = 512 * 1024 * 1024  # unpacked, all parts together

_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_ENCRYPTED_FLAG = 0x1


def read_docx(data: bytes, name: str) -> LoadedFile:
    """The document's text as one page: a .docx holds no pages until it is laid out."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            text = _read_package(package, name)
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(name, "damaged") from error
    except Exception as error:  # the boundary around third-party parsers: nothing else may escape
        raise UnreadableFile(name, "damaged", type(error).__name__) from error
    if not text.strip():
        raise UnreadableFile(name, "no_text")
    return LoadedFile((text,))


def _read_package(package: zipfile.ZipFile, name: str) -> str:
    entries = package.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFile(name, "password")
    if sum(entry.file_size for entry in entries) > MAX_PACKAGE_BYTES:
        raise UnreadableFile(name, "too_large", f"> {MAX_PACKAGE_BYTES // 2**20} MiB")
    main = _targets(package, "", name).get("officeDocument", "")
    root = _part(package, main, name) if main else None
    if root is None or root.tag != f"{W}document":
        raise UnreadableFile(name, "unsupported", _kind_of_zip(package))
    targets = _targets(package, main, name)

    def part(kind: str) -> Element | None:
        return _part(package, targets[kind], name) if kind in targets else None

    styles = part("styles")
    reader = BodyReader(styles, Numbering(part("numbering"), styles))
    lines = reader.lines(root.find(f"{W}body"))
    for kind in ("footnotes", "endnotes"):
        notes = part(kind)
        if notes is not None:
            lines += reader.notes(notes)
    return "\n".join(lines)


def _targets(package: zipfile.ZipFile, source: str, name: str) -> dict[str, str]:
    """Last word of the relationship type → part name, for the part ``source`` ("" the package)."""
    folder, base = posixpath.split(source)
    relationships = _part(package, posixpath.join(folder, "_rels", f"{base}.rels"), name)
    found: dict[str, str] = {}
    for relation in () if relationships is None else relationships:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(kind.rsplit("/", 1)[-1], resolved)
    return found


def _part(package: zipfile.ZipFile, part: str, name: str) -> Element | None:
    """The root of an XML part, None when the package lacks it. Never reads past its bound."""
    try:
        entry = package.getinfo(part)
    except KeyError:
        return None
    if entry.file_size > MAX_PART_BYTES:
        raise UnreadableFile(name, "too_large", f"{part} > {MAX_PART_BYTES // 2**20} MiB")
    content = package.read(entry)  # zipfile stops at the size that the directory states
    content = content.replace(_STRICT_NAMESPACE, W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:  # OPC (ECMA-376-2, 8.1.4) forbids declarations
        raise UnreadableFile(name, "damaged", f"DOCTYPE: {part}")
    return root


def _kind_of_zip(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    for folder, kind in (("xl/", "Excel .xlsx"), ("ppt/", "PowerPoint .pptx")):
        if any(entry.startswith(folder) for entry in names):
            return kind
    if "mimetype" in names and "content.xml" in names:
        return "OpenDocument"
    return "zip"
