"""Messages: their text, their charsets, and the files that they carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from ingest.errors import UnreadableFile
from ingest.load import load_bytes
from ingest.load.mail import split_mail
from tests.ingest.test_load import windows_1258

HEAD = "From: Văn phòng <vp@example.vn>\nTo: xa@example.vn\nSubject: Gửi kế hoạch trồng cây\n"


def message(body: str = "Kính gửi các đồng chí.", subtype: str = "plain") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Văn phòng <vp@example.vn>"
    made["To"] = "xa@example.vn"
    made["Subject"] = "Gửi kế hoạch trồng cây"
    made.set_content(body, subtype=subtype)
    return made


def text(data: bytes) -> str:
    return load_bytes(data, "thư.eml").pages[0].rstrip()


def test_headers_and_text() -> None:
    assert text(message().as_bytes()) == HEAD + "\nKính gửi các đồng chí."


def test_plain_text_is_preferred_and_a_page_is_read_where_there_is_no_other() -> None:
    both = message("chữ thường")
    both.add_alternative("<p>trang</p>", subtype="html")
    assert text(both.as_bytes()).endswith("\nchữ thường")
    page = message("<p>Kính gửi</p><script>x</script><p>các xã</p>", "html")
    assert [line for line in text(page.as_bytes()).split("\n") if line][-2:] == [
        "Kính gửi",
        "các xã",
    ]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "us-ascii", "x-unknown", ""])
@pytest.mark.parametrize("encode", [str.encode, windows_1258], ids=["utf-8", "1258"])
def test_charsets_also_wrong_ones(charset: str, encode: Callable[[str], bytes]) -> None:
    body = "Các chi bộ báo cáo trước ngày 30/6."
    head = f"From: a@b\nContent-Type: text/plain; charset={charset}\n".encode()
    read = text(head + b"Content-Transfer-Encoding: 8bit\n\n" + encode(body))
    assert unicodedata.normalize("NFC", read) == f"From: a@b\n\n{body}"


def test_headers_in_bytes_where_mime_wants_ascii() -> None:
    data = "From: a@b\nSubject: Gửi kế hoạch\n\nchào".encode()
    assert text(data) == "From: a@b\nSubject: Gửi kế hoạch\n\nchào"


def test_attached_files_are_taken_out_and_named() -> None:
    carrying = message()
    carrying.add_attachment(b"abc", maintype="text", subtype="plain", filename="Kế hoạch 1.txt")
    carrying.add_attachment(message("bên trong"))
    data = carrying.as_bytes()
    light, files = split_mail(data, "thư.eml")
    assert [name for name, _ in files] == ["Kế hoạch 1.txt", "message.eml"]
    assert files[0][1] == b"abc"
    assert text(files[1][1]).endswith("bên trong")
    assert (
        text(data)
        == text(light)
        == (f"{HEAD}\nKính gửi các đồng chí.\n\n[Kế hoạch 1.txt]\n[message.eml]")
    )
    assert b"abc" not in light
    assert split_mail(data, "thư.eml")[0] == light  # its bytes are its identity
    assert split_mail(light, "thư.eml") == (light, [])


def test_pictures_in_the_text_are_no_attached_files() -> None:
    page = message("<p>chào</p><img src='cid:logo'>", "html")
    page.add_related(b"x", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    assert split_mail(page.as_bytes(), "a.eml")[1] == []


@pytest.mark.parametrize(
    "data",
    [
        b"no message at all",
        b"\x00\x01\x02" * 40,
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx",
        b"X-Header: 1\n\nchao",
    ],
)
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(data, "a.eml")
    assert caught.value.reason == "damaged"


def test_parts_inside_parts_without_end() -> None:
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000)
    )
    with pytest.raises(UnreadableFile) as caught:
        text(f"From: a@b\n{parts}\nchao".encode())
    assert caught.value.reason == "damaged"
