"""Files that are damaged, lie about what they are, or mean harm, made from a seed.

None is taken from elsewhere: good files of every kind are made first, and spoiled then.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage

_TEXT = """ỦY BAN NHÂN DÂN
XÃ BÌNH AN
Số: 12/KH-UBND
KẾ HOẠCH
Trồng cây đầu năm 2031
Căn cứ Nghị quyết số 3-NQ/ĐU ngày 05/01/2031 của Đảng ủy xã;
I. MỤC ĐÍCH
1. Mỗi thôn trồng ít nhất 200 cây trước ngày 20/02/2031.
2. Các trường học báo cáo kết quả về xã trước ngày 28/02/2031.
II. TỔ CHỨC THỰC HIỆN
- Văn phòng theo dõi, tổng hợp hằng tuần.
"""
_HTML = f"<html><body>{''.join(f'<p>{line}</p>' for line in _TEXT.splitlines())}</body></html>"
_RTF = "{\\rtf1\\ansi " + "\\par ".join(
    "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) for line in _TEXT.splitlines()
) + "}"  # fmt: skip
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_ODT_TYPE = "application/vnd.oasis.opendocument.text"

Make = Callable[[random.Random, dict[str, bytes]], tuple[str, bytes]]


def hostile_files(
    count: int, seed: int = 1, suffixes: Sequence[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """``count`` files, (name, bytes), the same for one seed; of the ``suffixes`` alone if given."""
    chance = random.Random(seed)  # noqa: S311 (files, not secrets)
    good = good_files()
    made = 0
    while made < count:
        make = chance.choices([make for make, _ in _KINDS], [share for _, share in _KINDS])[0]
        name, data = make(chance, good)
        if not suffixes or name.rpartition(".")[2] in suffixes:
            made += 1
            yield name, data


def good_files() -> dict[str, bytes]:
    """A good file of each kind that needs no program to make it, by suffix."""
    return {
        "txt": _TEXT.encode(),
        "md": _TEXT.encode("utf-16"),
        "html": _HTML.encode(),
        "rtf": _RTF.encode(),
        "docx": _docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in
                              _TEXT.splitlines())),
        "odt": _odt("".join(f"<text:p>{line}</text:p>" for line in _TEXT.splitlines())),
        "pdf": _pdf(),
        "eml": _mail(),
        "zip": _zip(("a.txt", _TEXT.encode()), ("b/c.html", _HTML.encode())),
        "png": _picture("PNG"),
        "jpg": _picture("JPEG"),
        "tif": _picture("TIFF"),
    }  # fmt: skip


# --- what is done to them -----------------------------------------------------------------------


def _cut(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    suffix, data = chance.choice(list(good.items()))
    return f"cut.{suffix}", data[: chance.randrange(len(data))]


def _hit(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """A few bytes changed, or stretches moved, doubled or lost."""
    suffix, whole = chance.choice(list(good.items()))
    data = bytearray(whole)
    for _ in range(chance.choice((1, 3, 10, 50))):
        at, length = chance.randrange(len(data)), chance.choice((1, 4, 64, 1024))
        match chance.randrange(4):
            case 0:
                data[at : at + length] = chance.randbytes(min(length, len(data) - at))
            case 1:
                data[at:at] = data[chance.randrange(len(data)) :][:length]
            case 2 if len(data) > length + 1:
                del data[at : at + length]
            case _:
                data[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"))
        if not data:
            break
    return f"hit.{suffix}", bytes(data)


def _misnamed(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    return f"misnamed.{chance.choice(list(good))}", good[chance.choice(list(good))]


def _noise(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """Random bytes behind the first bytes of a real file."""
    suffix, data = chance.choice(list(good.items()))
    head = data[: chance.choice((0, 4, 8, 64, 512))]
    return f"noise.{suffix}", head + chance.randbytes(chance.choice((1, 100, 5000, 200_000)))


def _zip_bomb(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    size = chance.choice((5, 50, 120)) * 10**6
    zeros = b" " * size
    match chance.randrange(6):
        case 0:
            return "bomb.docx", _docx(zeros.decode())
        case 1:
            return "bomb.odt", _odt(zeros.decode())
        case 2:
            return "bomb.zip", _zip(("zeros.txt", zeros))
        case 3:
            inner = _zip(("zeros.txt", zeros[: 10**7]))
            return "bomb.zip", _zip(*((f"{n}.zip", inner) for n in range(50)))
        case 4:
            return "bomb.zip", _zip(*((f"{n}.txt", b"") for n in range(12_000)))
        case _:  # the directory lies about the size
            data = bytearray(_zip(("zeros.txt", zeros)))
            at = data.rindex(b"PK\x01\x02")
            data[at + 24 : at + 28] = struct.pack("<I", 100)
            return "bomb.zip", bytes(data)


def _xml_bomb(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    match chance.randrange(4):
        case 0:
            return "laughs.docx", _docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", head=_LAUGHS)
        case 1:
            return "laughs.odt", _odt("<text:p>&i;</text:p>", head=_LAUGHS)
        case 2:
            file = chance.choice(("/etc/passwd", "C:/Windows/win.ini"))
            head = f'<!DOCTYPE d [<!ENTITY i SYSTEM "file://{file}">]>'
            return "outside.docx", _docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", head=head)
        case _:
            return "laughs.html", (_LAUGHS + _HTML.replace("</body>", "&i;</body>")).encode()


def _nested(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    depth = chance.choice((50, 300, 3000, 50_000))
    match chance.randrange(7):
        case 0:
            opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
            inner = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
            return "deep.docx", _docx(opened * depth + inner + closed * depth)
        case 1:
            return "deep.html", (
                chance.choice(("<div>", "<table><tr><td>", "<b>")) * depth
            ).encode()
        case 2:
            return "deep.rtf", b"{\\rtf1 " + b"{" * depth + b"x" + b"}" * depth + b"}"
        case 3:
            data = _TEXT.encode()
            for _ in range(min(depth, 60)):
                data = _zip(("inner.zip", data))
            return "deep.zip", data
        case 4:
            parts = "".join(
                f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
                for n in range(min(depth, 3000))
            )
            return "deep.eml", f"Subject: x\nFrom: a@b\n{parts}\n".encode()
        case 5:
            return "deep.pdf", _pdf(extra=b"/X " + b"[" * depth + b"]" * depth)
        case _:
            return "deep.odt", _odt("<text:section>" * depth + "x" + "</text:section>" * depth)


def _many_pages(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    match chance.randrange(4):
        case 0:  # pages that aren't there
            return "pages.pdf", _pdf(count=chance.choice((10**6, 2**31 - 1, -5)))
        case 1:  # a tree that is its own branch
            return "loop.pdf", _pdf(kids=b"[2 0 R 2 0 R 3 0 R]", count=10**6)
        case 2:  # one page many times
            times = chance.choice((1000, 20_000))
            return "same.pdf", _pdf(kids=b"[" + b"3 0 R " * times + b"]", count=times)
        case _:
            return "pages.txt", ("x\f" * chance.choice((1000, 100_000))).encode()


def _drawing(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """A page whose content takes long to draw or to read."""
    unit = chance.choice((b"q ", b"0 0 m 9 9 l S ", b"(x) Tj ", b"/F1 12 Tf ", b"BT ET "))
    return "content.pdf", _pdf(content=unit * chance.choice((1000, 100_000, 300_000)))


def _large_picture(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    width, height = chance.choice(((60_000, 60_000), (1, 2**31 - 1), (9000, 9000), (0, 5)))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min(width + 1, 10_000) * min(height, 5000)))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return "large.png", data


def _named(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """Names that would be paths, commands or other names."""
    names = (
        "..%2f..%2fetc%2fpasswd.txt", "-rf.txt", "$(touch x).doc", "`touch x`.rtf", "a;touch x.pdf",
        "a" * 200 + ".txt", "\u202etxt.exe.txt", "CON.txt", "a\nb.html", "'\"&|.odt", " .txt",
        "....txt", "%s%n.txt", "<script>alert(1)<\x2fscript>.txt".replace("/", "_"),
    )  # fmt: skip
    name = chance.choice(names)
    return name, good.get(name.rpartition(".")[2], good["txt"])


def _trick_archive(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    names = (
        "../../../outside.txt", "/outside.txt", "C:\\outside.txt", "..\\..\\outside.txt",
        "a/../../outside.txt", "~/outside.txt", "\\\\host\\share\\outside.txt", "a\0b.txt", ".",
        "..", "", "con.txt", "outside.txt:stream.txt", "a" * 5000 + ".txt", "\u202etxt.exe",
    )  # fmt: skip
    chosen = chance.sample(names, 5)
    if chance.random() < 0.5:
        return "tricks.zip", _zip(*((name, _TEXT.encode()) for name in chosen), links=True)
    parts = "".join(
        f'--b\nContent-Disposition: attachment; filename="{ascii(name)[1:-1]}"\n\n{_TEXT}\n'
        for name in chosen
    )
    head = "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return "tricks.eml", f"{head}{parts}--b--\n".encode()


def _repeated(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """Text that a careless pattern takes for ever to search."""
    units = (
        "a", "1", "1 ", "1.", "(", "<", "<p ", "&", "*", "* a", "_a ", "|", "a|", "- a\n", "I. A\n",
        "1.1.1.1 a\n", "KẾ HOẠCH\n", "Căn cứ Nghị quyết số 1; ", "ngày 20/4/2023 ", "báo cáo ",
        "trước ngày 20/4\n", "từ ngày 1 đến ", " ", "\t", "Nơi nhận:\n- A;\n", "a\u0301\u0302",
        "\u0301", "[bookmark:", "<!--", "PAGE \n", "a\f", "> ", "# ", "😀", "-", ", ", "\\", "\r",
        "®", "aø", "Ã¡", "o^", "\u202e", "\ufeff", "=", "ngày ", "UBND ", "T/M ĐẢNG ỦY\nBÍ THƯ\n",
    )  # fmt: skip
    unit = chance.choice(units) + (chance.choice(units) if chance.random() < 0.3 else "")
    text = unit * (chance.choice((1000, 10_000, 60_000)) // len(unit))
    suffix = chance.choice(("txt", "md", "html"))
    return f"repeated.{suffix}", text.encode("utf-8", "replace")


_KINDS: tuple[tuple[Make, int], ...] = (
    (_cut, 22),
    (_hit, 30),
    (_misnamed, 4),
    (_noise, 10),
    (_zip_bomb, 2),
    (_xml_bomb, 4),
    (_nested, 6),
    (_many_pages, 3),
    (_drawing, 2),
    (_large_picture, 2),
    (_named, 4),
    (_trick_archive, 4),
    (_repeated, 7),
)


# --- good files ---------------------------------------------------------------------------------


def _zip(*files: tuple[str, bytes], links: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
        if links:  # a link to a file of the system, as Unix packs it
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _docx(body: str, head: str = "") -> bytes:
    document = f"<?xml version='1.0'?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
    types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    return _zip(
        ("[Content_Types].xml", types.encode()),
        ("_rels/.rels", _RELATIONS.encode()),
        ("word/document.xml", document.encode()),
    )


def _odt(body: str, head: str = "") -> bytes:
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text")
    )
    content = (
        f"<?xml version='1.0'?>{head}<office:document-content{spaces} office:version='1.2'>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in (("/", _ODT_TYPE), ("content.xml", "text/xml"))
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", _ODT_TYPE)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        manifest = f'<m:manifest xmlns:m="{space}">{entries}</m:manifest>'
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _pdf(
    kids: bytes = b"[3 0 R]", count: int = 1, content: bytes = b"", extra: bytes = b""
) -> bytes:
    """A PDF of one page, its tree as given."""
    stream = b"BT /F1 12 Tf 72 720 Td (Ke hoach trong cay truoc ngay 20/02/2031) Tj ET " + content
    objects = [
        b"<</Type/Catalog/Pages 2 0 R %s>>" % extra,
        b"<</Type/Pages/Kids %s/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "xã Bình An <a@example.vn>", "b@example.vn"
    message["Subject"] = "Gửi kế hoạch trồng cây"
    message.set_content(_TEXT)
    message.add_alternative(_HTML, subtype="html")
    message.add_attachment(
        _TEXT.encode(), maintype="text", subtype="plain", filename="Kế hoạch.txt"
    )
    return message.as_bytes()


def _picture(kind: str) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (500, 120), 255)
    ImageDraw.Draw(picture).text((20, 40), "Ke hoach trong cay 20/02/2031", fill=0)
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()
