"""Messages (.eml, RFC 5322 and MIME): the text of one, and the files that it carries."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from ingest.errors import UnreadableFile
from ingest.load.html import read_html
from ingest.load.text import decode, decode_declared
from ingest.records import LoadedFile

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_PLAIN_UTF8 = (
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
)
_MAX_PARTS = 1000
_MAX_HEADER = 2000  # characters


def read_mail(data: bytes, name: str) -> LoadedFile:
    """The message's headers and its text; files that it carries are named, not read."""
    message = _parsed(data, name)
    try:
        lines = [f"{header}: {value}" for header, value in _headers(message)]
        lines += ["", *_body(message, name)]
        for part in attachments(message):
            lines.append(f"[{attached_name(part)}]")
    except UnreadableFile:
        raise
    except Exception as error:  # the boundary around the parser of mail: nothing else may escape
        raise UnreadableFile(name, "damaged", type(error).__name__) from error
    return LoadedFile(("\n".join(lines),))


def split_mail(data: bytes, name: str) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The message without the files that it carries, and each of these with its name.

    A message that carries none is given back as it is.
    """
    message = _parsed(data, name)
    try:
        parts = attachments(message)
        if not parts:
            return data, []
        files = [(attached_name(part), _content(part)) for part in parts]
        return _without_files(message, name, [file for file, _ in files]), files
    except UnreadableFile:
        raise
    except Exception as error:  # the same boundary
        raise UnreadableFile(name, "damaged", type(error).__name__) from error


def attachments(message: EmailMessage) -> list[EmailMessage]:
    """The parts of a message that a reader would save as files: not pictures in its text."""
    found: list[EmailMessage] = []
    waiting = [(message, "")]  # with the kind of what holds it
    seen = 0
    while waiting and seen < _MAX_PARTS:
        part, holder = waiting.pop(0)
        seen += 1
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            inner = [(p, kind) for p in part.iter_parts() if isinstance(p, EmailMessage)]
            waiting = inner + waiting
        elif kind == "message/rfc822" or _is_file(part, holder):
            found.append(part)
    return found


def attached_name(part: EmailMessage) -> str:
    """The file name that a part is given, made up where it has none."""
    if part.get_content_type() == "message/rfc822":
        return part.get_filename() or "message.eml"
    return part.get_filename() or f"attachment.{part.get_content_subtype()}"


def _is_file(part: EmailMessage, holder: str) -> bool:
    if holder == "multipart/related" and part.get_content_maintype() == "image":
        return False  # in the text, whatever name it has (RFC 2387)
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _parsed(data: bytes, name: str) -> EmailMessage:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (MessageError, ValueError, RecursionError, TypeError, IndexError) as error:
        raise UnreadableFile(name, "damaged", type(error).__name__) from error
    if not isinstance(message, EmailMessage) or not any(h in message for h in _HEADERS):
        raise UnreadableFile(name, "damaged", "≠ .eml")
    return message


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    """The headers that say what a letter's head says, decoded."""
    raw = dict(reversed([(name.lower(), str(value)) for name, value in message.raw_items()]))
    found = []
    for header in _HEADERS:
        if header.lower() in raw:
            value = raw[header.lower()]
            if any("\ud800" <= c <= "\udfff" for c in value):  # bytes where MIME wants ASCII
                value = decode(value.encode("ascii", "surrogateescape"), header)[0]
            else:
                value = str(message[header])
            found.append((header, " ".join(value.split())[:_MAX_HEADER]))
    return found


def _body(message: EmailMessage, name: str) -> list[str]:
    """The lines of the message's text: as plain text where it has that, else as a page."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return []
    data = _content(part)
    if not data.strip():
        return []
    text = decode_declared(data, part.get_content_charset(""), name)
    if part.get_content_subtype() != "html":
        return text.replace("\r\n", "\n").split("\n")
    try:
        return "".join(read_html(text.encode(), name).pages).split("\n")
    except UnreadableFile as error:
        if error.reason == "no_text":
            return []
        raise


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"".join(bytes(inner) for inner in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _without_files(message: EmailMessage, name: str, files: list[str]) -> bytes:
    """A message of the same headers and text that names the files, the same each time."""
    head = [f"{header}: {value}" for header, value in _headers(message)]
    named = [f"[{file}]" for file in files]
    lines = [*head, *_PLAIN_UTF8, "", *_body(message, name), *named]
    return "\n".join(lines).encode("utf-8", "replace")
