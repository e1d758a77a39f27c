"""The bundled plans: what a newcomer meets first must load whole, and answer what the page asks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from ingest.load import load
from ingest.samples import sample_paths

# file → (number and sign, issuer, place and date, kind, authority, signer), all as printed
FACTS = {
    "chi-thi-06-CT-HU-dai-hoi-chi-bo.txt": (
        "06-CT/HU", "HUYỆN ỦY VĨNH HÒA TÂY", "Vĩnh Hòa Tây, ngày 02 tháng 8 năm 2024",
        "CHỈ THỊ", "T/M BAN THƯỜNG VỤ", "Quách Duy Thiên Ân"),
    "cong-van-412-UBND-NC-phong-chay.pdf": (
        "412/UBND-NC", "HUYỆN VĨNH HÒA TÂY", "Vĩnh Hòa Tây, ngày 20 tháng 11 năm 2023",
        "Kính gửi:", "KT. CHỦ TỊCH", "Tạ Hoàng Gia Bách"),
    "huong-dan-09-HD-BTGHU-sinh-hoat-chuyen-de.docx": (
        "09-HD/BTGHU", "BAN TUYÊN GIÁO", "Vĩnh Hòa Tây, ngày 15 tháng 7 năm 2024",
        "HƯỚNG DẪN", "K/T TRƯỞNG BAN", "Đoàn Lê Tuệ Minh Châu"),
    "ke-hoach-128-KH-UBND-chuyen-doi-so.docx": (
        "128/KH-UBND", "XÃ BÌNH AN ĐÔNG", "Bình An Đông, ngày 24 tháng 4 năm 2025",
        "KẾ HOẠCH", "TM. ỦY BAN NHÂN DÂN", "Trịnh Vũ Hoài Sa"),
    "ke-hoach-17-KH-MTTQ-chu-nhat-xanh.pdf": (
        "17/KH-MTTQ-BTT", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
        "Bình An Đông, ngày 06 tháng 5 năm 2024", "KẾ HOẠCH", "TM. BAN THƯỜNG TRỰC",
        "Phùng Kiều Nhật Hạ"),
    "ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx": (
        "35-KH/ĐU", "ĐẢNG ỦY XÃ BÌNH AN ĐÔNG", "Bình An Đông, ngày 26 tháng 02 năm 2024",
        "KẾ HOẠCH", "T/M ĐẢNG ỦY", "Lương Thế Khải An"),
    "ke-hoach-83-KH-UBND-an-toan-giao-thong.md": (
        "83/KH-UBND", "HUYỆN VĨNH HÒA TÂY", "Vĩnh Hòa Tây, ngày 14 tháng 8 năm 2023",
        "KẾ HOẠCH", "KT. CHỦ TỊCH", "Tạ Hoàng Gia Bách"),
    "ket-luan-22-KL-DU-van-hoa-doc.txt": (
        "22-KL/ĐU", "ĐẢNG ỦY XÃ BÌNH AN ĐÔNG", "Bình An Đông, ngày 10 tháng 10 năm 2024",
        "KẾT LUẬN", "T/M BAN THƯỜNG VỤ", "Mạc Uyên Thảo Vy"),
}  # fmt: skip
SOURCES = Path(__file__).parents[2] / "docs" / "samples"


def texts() -> dict[str, str]:
    return {path.name: "\n".join(load(path).pages) for path in sample_paths()}


def test_the_samples_are_these_and_small() -> None:
    assert [path.name for path in sample_paths()] == sorted(FACTS)
    assert sum(path.stat().st_size for path in sample_paths()) < 600_000


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_sample_loads_whole(path: Path) -> None:
    loaded = load(path)
    text = "\n".join(loaded.pages)
    assert loaded.warnings == ()
    assert unicodedata.is_normalized("NFC", text)
    assert [fact for fact in FACTS[path.name] if fact not in text] == []
    assert 600 <= len(text.split()) <= 1500
    # The letterhead's two columns are not mixed, the recipients stand before the signature.
    assert text.index(FACTS[path.name][1]) < text.index("NAM", text.index(FACTS[path.name][0]))
    assert text.index("Nơi nhận:") < text.index(FACTS[path.name][5], text.index("Nơi nhận:"))


@pytest.mark.parametrize("source", sorted(SOURCES.glob("*.txt")), ids=lambda path: path.stem)
def test_sample_keeps_every_line_of_its_source(source: Path) -> None:
    """Word draws the numbers of one, a PDF wraps the lines of others: the words are the same."""
    lines = source.read_text(encoding="utf-8").splitlines()
    output = lines[0].removeprefix("@output: ")
    text = " ".join(texts()[output].replace("**", "").replace("#", "").split())
    body = lines[lines.index("@body:") + 1 : lines.index("@recipients:")]
    rows = [re.sub(r"^\| | \|$", "", line) for line in body]
    assert [row for row in rows if row not in text] == []


def test_one_report_is_due_before_20_4() -> None:
    found = {
        name: [line for line in text.splitlines() if re.search(r"\b20/4\b", line)]
        for name, text in texts().items()
    }
    found = {name: lines for name, lines in found.items() if lines}
    assert list(found) == ["ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx"]
    (line,) = found["ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx"]
    assert line.startswith("1.2. Báo cáo")
    text = texts()["ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx"]
    assert (
        text.index("\n1. Các chi bộ trực thuộc\n") < text.index(line) < text.index("\n2. Ban Tuyên")
    )


def test_nothing_else_is_due_early_in_a_year() -> None:
    """Else «before 20/4» would have more answers. References to other documents don't count."""
    due = re.compile(r"(?:trước|chậm nhất|đến hết|hoàn thành)\D{0,20}?(\d{1,2})/(\d{1,2})\b")
    early = [
        (name, match.group())
        for name, text in texts().items()
        for match in due.finditer(text)
        if (int(match[2]), int(match[1])) < (4, 20)
    ]
    assert early == []
