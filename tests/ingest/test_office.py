""".doc, .rtf and .odt through a real LibreOffice, and what is said where there is none."""

from __future__ import annotations

import http.server
import io
import subprocess
import threading
import zipfile
from pathlib import Path

import docx
import pytest

from ingest.errors import UnreadableFile
from ingest.load import load, load_bytes
from tests.ingest.test_legacy import as_tcvn3
from tests.ingest.test_load import OLE, add_item, add_list
from tests.patience import PATIENCE

ODT = "application/vnd.oasis.opendocument.text"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .docx with a numbered list, a table, a footer and a paragraph in TCVN3."""
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH TRỒNG RỪNG")
    add_list(document, 41, [("upperRoman", "%1."), ("decimal", "%2.")])
    add_item(document, "MỤC ĐÍCH", 41)
    add_item(document, "Phủ xanh đồi trọc", 41, 1)
    add_item(document, "NHIỆM VỤ", 41)
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for cell, text in zip(table._cells, ("Việc", "Hạn", "Ươm cây", "20/4/2031"), strict=True):
        cell.text = text
    # «ư» is what LibreOffice takes for a soft hyphen
    old = document.add_paragraph().add_run(as_tcvn3("Số phường"))
    old.font.name = ".VnTime"
    path = tmp_path_factory.mktemp("plan") / "kế hoạch.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("suffix", "filter_name"),
    [(".doc", "doc:MS Word 97"), (".rtf", "rtf"), (".odt", "odt")],
)
def test_other_word_processors_files(
    libreoffice: str, plan: Path, tmp_path: Path, suffix: str, filter_name: str
) -> None:
    profile = (plan.parent / "profile").as_uri()  # set up once
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         filter_name, "--outdir", str(tmp_path), str(plan)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    loaded = load(tmp_path / f"kế hoạch{suffix}")
    assert [line for line in loaded.pages[0].split("\n") if line.strip()] == [
        "KẾ HOẠCH TRỒNG RỪNG",
        "I. MỤC ĐÍCH",
        "1. Phủ xanh đồi trọc",
        "II. NHIỆM VỤ",
        "Việc | Hạn",
        "Ươm cây | 20/4/2031",
        "Số phường",
    ]


def rtf(text: str) -> bytes:
    """``text`` as Word writes it; «{» and the like are not looked for."""
    escaped = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    return f"{{\\rtf1\\ansi {escaped}}}".encode()


def odt(body: str) -> bytes:
    content = (
        '<?xml version="1.0"?><o:document-content office:version="1.2"'
        ' xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    files = (("/", ODT), ("content.xml", "text/xml"))
    entries = "".join(f'<m:file-entry m:full-path="{p}" m:media-type="{t}"/>' for p, t in files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", ODT)
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}">{entries}</m:manifest>'
        )
    return buffer.getvalue()


def test_names_decide_nothing(libreoffice: str) -> None:
    assert load_bytes(rtf("Trồng cây"), "a.doc").pages == ("Trồng cây",)
    assert load_bytes(odt("<text:p>Trồng cây</text:p>"), "a.txt").pages == ("Trồng cây",)


def test_nothing_is_fetched(libreoffice: str) -> None:
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    picture = (
        '<text:p>xin chào<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{here}/a.png" xlink:type="simple" xlink:show="embed"'
        ' xlink:actuate="onLoad"/></draw:frame></text:p><text:section text:name="s">'
        f'<text:section-source xlink:href="{here}/b.odt"/><text:p>chào</text:p></text:section>'
    )
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{here}/c.png" \\\\d}}{{\\fldrslt x}}}}'
    try:
        assert "xin chào" in load_bytes(odt(picture), "a.odt").pages[0]
        load_bytes(rtf(f"chào {field}"), "a.rtf")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_damaged(libreoffice: str) -> None:
    damaged = {
        "a.doc": OLE + "WordDocument".encode("utf-16-le"),
        "b.odt": odt("<text:p>x</text:p>")[:-60],
        "c.odt": odt("<text:p>x"),
    }
    for name, data in damaged.items():
        with pytest.raises(UnreadableFile) as caught:
            load_bytes(data, name)
        assert (caught.value.name, caught.value.reason) == (name, "damaged")


def test_a_locked_doc() -> None:
    # [MS-DOC] 2.5.1: in the head of the stream WordDocument, the flag fEncrypted.
    stream = b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(500)
    data = OLE + stream + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(data, "a.doc")
    assert caught.value.reason == "password"


def test_bombs_are_refused_before_libreoffice_sees_them() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        package.writestr("content.xml", b" " * (41 * 2**20))
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(buffer.getvalue(), "a.odt")
    assert caught.value.reason == "too_large"


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(rtf("x"), "kế hoạch.rtf")
    assert caught.value.reason == "needs_libreoffice"
    for language in ("vi", "en"):
        assert "LibreOffice" in caught.value.message(language)
        assert ".docx" in caught.value.message(language)
