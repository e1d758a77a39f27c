"""What can go wrong on the document path, said so that a person can act on it."""

from __future__ import annotations

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
