"""What can go wrong on the document path, said so that a person can act on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar


class IngestError(Exception):
    """Base of the document path's errors. ``str(error)`` is fit to show, in English."""


class UnreadableFile(IngestError):
    """A file gave no text. ``reason`` is a key of ``REASONS``, for translation at the edge."""

    REASONS: ClassVar[dict[str, tuple[str, str]]] = {
        "empty": ("the file is empty", "tệp rỗng"),
        "no_text": ("no text was found in it", "không tìm thấy chữ nào trong tệp"),
        "binary": (
            "it is binary data, not text",
            "nội dung là dữ liệu nhị phân, không phải văn bản",
        ),
        "encoding": ("its text encoding was not recognised", "không nhận ra bảng mã của tệp"),
        "password": ("it is protected by a password", "tệp được bảo vệ bằng mật khẩu"),
        "damaged": ("it is damaged or cut short", "tệp bị hỏng hoặc bị cắt cụt"),
        "unsupported": ("files of this type are not supported", "loại tệp này chưa được hỗ trợ"),
        "no_documents": (
            "it holds no file of a supported type",
            "không có tệp nào thuộc loại đọc được ở trong",
        ),
        "needs_libreoffice": (
            "LibreOffice is needed to read files of this type: install it from "
            "https://www.libreoffice.org (Debian, Ubuntu: libreoffice-writer) and add the file "
            "again, or save it as .docx",
            "cần LibreOffice để đọc loại tệp này: hãy cài từ https://www.libreoffice.org (Debian, "
            "Ubuntu: libreoffice-writer) rồi thêm lại tệp, hoặc lưu tệp thành .docx",
        ),
        "needs_tesseract": (
            "its pages are pictures, and Tesseract with Vietnamese is needed to read them: install "
            "both (Debian, Ubuntu: tesseract-ocr tesseract-ocr-vie) and add the file again",
            "các trang là ảnh, cần Tesseract có tiếng Việt để đọc: hãy cài cả hai (Debian, Ubuntu: "
            "tesseract-ocr tesseract-ocr-vie) rồi thêm lại tệp",
        ),
        "too_complex": (
            "reading it took too much time or memory",
            "đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ",
        ),
        "fault": (
            "this program failed on it, which is no fault of the file",
            "chương trình gặp lỗi khi đọc tệp này, không phải lỗi của tệp",
        ),
        "ambiguous": (
            "several documents of the library have its name: replace one by its id",
            "trong thư viện có nhiều văn bản trùng tên này: hãy thay theo mã của một văn bản",
        ),
        "several": (
            "it does not hold exactly one document, so it can't take the place of one",
            "tệp không chứa đúng một văn bản nên không thể thay cho một văn bản",
        ),
        "missing": ("there is no such file", "không có tệp này"),
        "permission": ("it may not be read", "không có quyền đọc tệp"),
        "too_large": ("it is larger than the limit", "tệp vượt quá dung lượng cho phép"),
    }

    def __init__(self, name: str, reason: str, detail: str = "") -> None:
        self.name, self.reason, self.detail = name, reason, detail
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str, str]]:
        return type(self), (self.name, self.reason, self.detail)

    def message(self, language: str) -> str:
        """The error in ``language`` (``vi`` or ``en``)."""
        english, vietnamese = self.REASONS[self.reason]
        text = vietnamese if language == "vi" else english
        return f"{self.name}: {text}" + (f" ({self.detail})" if self.detail else "")


class LibraryError(IngestError):
    """The library's folder can't be opened, written, or matched with the settings.

    ``vietnamese`` is the same message for the page's Vietnamese readers, where there is one.
    """

    def __init__(self, english: str, vietnamese: str = "") -> None:
        self._vietnamese = vietnamese
        super().__init__(english)

    def message(self, language: str) -> str:
        """The error in ``language`` (``vi`` or ``en``); English where it has no Vietnamese."""
        return self._vietnamese if language == "vi" and self._vietnamese else str(self)


class ServerAway(LibraryError):
    """The server of the library at ``address`` doesn't answer; it may come back."""

    def __init__(self, english: str, vietnamese: str, address: str) -> None:
        self.address = address
        super().__init__(english, vietnamese)


class DamagedStore(LibraryError):
    """The index is damaged; the documents are in the kept originals, or still in the index."""


_FULL = ("no space left", "disk is full", "disk quota", "file too large", "code: 13", "code: 4874")
_LEAST_ROOM = 4 * 1024 * 1024  # bytes
_READ_ONLY = ("readonly", "read-only", "permission denied", "access is denied", "not permitted")


_DAMAGE = ("malformed", "not a database", "corrupt", "unexpected end")


def is_refusal(error: BaseException, folder: Path) -> bool:
    """Whether the system refuses to write in ``folder``: the disk is full, or it is read-only."""
    said = str(error).lower()
    return _is_full(folder) or any(words in said for words in (*_FULL, *_READ_ONLY))


def _is_full(folder: object) -> bool:
    """Whether hardly anything more can be written there; Chroma tells of that in other words."""
    try:
        return shutil.disk_usage(str(folder)).free < _LEAST_ROOM
    except OSError:
        return False


def is_damage(error: BaseException) -> bool:
    """Whether Chroma or SQLite says of its own files that they are damaged."""
    said = str(error).lower()
    return any(words in said for words in _DAMAGE)


def cannot_write(folder: object, error: BaseException) -> LibraryError:
    """What ``error`` means for a person who has documents in ``folder``: the disk is full, the
    folder is read-only, or else as the system says it."""
    said = str(error).lower()
    if any(words in said for words in _FULL) or _is_full(folder):
        return LibraryError(
            f"{folder} can't be written: the disk is full. The documents added before are safe; "
            f"make room and try again, or set ASSISTANT_HOME to a folder on another disk",
            f"không ghi được vào {folder}: ổ đĩa đã đầy. Các văn bản đã thêm trước đó vẫn an "
            f"toàn; hãy giải phóng dung lượng rồi làm lại, hoặc đặt ASSISTANT_HOME sang thư mục "
            f"ở ổ đĩa khác",
        )
    if any(words in said for words in _READ_ONLY):
        return LibraryError(
            f"{folder} can't be written: it is read-only ({error}). Give yourself the right to "
            f"write in it, or set ASSISTANT_HOME to a folder that can be written",
            f"không ghi được vào {folder}: thư mục chỉ cho đọc ({error}). Hãy cấp quyền ghi, hoặc "
            f"đặt ASSISTANT_HOME sang thư mục ghi được",
        )
    return LibraryError(
        f"{folder} can't be written ({error}): set ASSISTANT_HOME to a folder that can",
        f"không ghi được vào {folder} ({error}): hãy đặt ASSISTANT_HOME sang thư mục ghi được",
    )


def damaged(folder: object, detail: object) -> DamagedStore:
    """The index in ``folder`` is damaged; the kept files are not in it."""
    return DamagedStore(
        f"the library at {folder} is damaged ({detail}). The files of its documents are kept "
        f"beside it: run `python -m ingest rebuild` to make it anew from them",
        f"thư viện ở {folder} bị hỏng ({detail}). Các tệp văn bản gốc vẫn được giữ bên cạnh: hãy "
        f"chạy `python -m ingest rebuild` để lập lại từ các tệp đó",
    )
