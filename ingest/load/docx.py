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
from ingest.load.docx_furniture import page_furniture
from ingest.load.docx_numbering import Numbering
from ingest.load.docx_text import BodyReader, Element, W
from ingest.records import LoadedFile

MAX_PART_BYTES = 40 * 1024 * 1024  # of XML: a plan of some 2,000 pages
MAX_PACKAGE_BYTES = 512 * 1024 * 1024  # unpacked, all parts together

_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_ENCRYPTED_FLAG = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


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
    check_package(package, name)
    main = _targets(package, "", name).get("officeDocument", "")
    root = _part(package, main, name) if main else None
    if root is None or root.tag != f"{W}document":
        raise UnreadableFile(name, "unsupported", "zip")
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

    def furniture(identity: str) -> Element | None:
        return _part(package, targets[identity], name) if identity in targets else None

    above, below = page_furniture(root, furniture, reader, lines)
    return "\n".join([*above, *lines, *below])


def check_package(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a package that is locked, packed in an unusual way, or a bomb.

    Raises:
        UnreadableFile: it is one of these.
    """
    entries = package.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFile(name, "password")
    if any(entry.compress_type not in _METHODS for entry in entries):  # OPC (ECMA-376-2, 7.3.7)
        raise UnreadableFile(name, "damaged", "zip")
    largest = max((entry.file_size for entry in entries if _is_xml(entry)), default=0)
    if largest > MAX_PART_BYTES:
        raise UnreadableFile(name, "too_large", f"XML > {MAX_PART_BYTES // 2**20} MiB")
    if sum(entry.file_size for entry in entries) > MAX_PACKAGE_BYTES:
        raise UnreadableFile(name, "too_large", f"> {MAX_PACKAGE_BYTES // 2**20} MiB")


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _targets(package: zipfile.ZipFile, source: str, name: str) -> dict[str, str]:
    """Relationship id, and last word of its type, → part name, of the part ``source`` ("" the
    package); of several parts of one type the first."""
    folder, base = posixpath.split(source)
    relationships = _part(package, posixpath.join(folder, "_rels", f"{base}.rels"), name)
    found: dict[str, str] = {}
    for relation in () if relationships is None else relationships:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(kind.rsplit("/", 1)[-1], resolved)
            found[relation.get("Id", "")] = resolved
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
