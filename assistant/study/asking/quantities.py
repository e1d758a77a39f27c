"""Facts of how many: a sentence of the document with its number left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.cite import cite
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.asking.gaps import GAP
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import amount, key_of
from assistant.study.wording import clause, is_task, stands_alone, tidy
from ingest.dates import DateMention, find_dates
from ingest.header import NUMBER
from ingest.vietnamese import mostly_upper

_SENTENCE_WORDS = 40
_LEAST_WORDS = 7
_LEAST_COUNTED = 10  # words of a sentence that counts things: it must say which
# A number that counts or measures; what follows is its unit.
_QUANTITY = re.compile(
    r"(?<![\w./,-])(?P<number>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)\s?"
    r"(?P<unit>%|[^\W\d_]+(?:\s(?!trở|vào|đến|năm|từ|của|về)[^\W\d_]+)?)?"
)
_NO_COUNT = re.compile(  # what such words count is a date, a place in a row or an hour
    r"(?:tháng|năm|quý|giờ|phút|h|trở|và|đến|của|người ký|giai đoạn|nhiệm kỳ|[^\W\d_])(?!\w)",
    re.I,
)
_NAMED_BY = re.compile(  # a number that names rather than counts
    r"(?:giờ|ngày|tháng|năm|quý|số|điều|khoản|mục|điểm|phần|khóa|lần thứ|thứ|nhiệm kỳ|giai đoạn|"
    r"lớp|bước|chương|câu|chỉ tiêu|mục tiêu|hoạt động|đợt|lúc|quận|khu vực|nghị quyết|kết luận|"
    r"chỉ thị|quy định|đề án|ban chỉ đạo|cấp|chỉ số|mẫu|phụ lục|tổ|khối|loại|kỷ niệm|trung ương|"
    r"dịp|lễ|mùng|hồi|trước|biểu|bảng|khu phố|đường|phường|trang|từ|đến|khoảng từ|bản)\s*$",
    re.I,
)
_COUNTED_YEARS = re.compile(r"(?:năm|tháng|ngày|giờ|buổi|lần|tuần)(?!\w)", re.I)
_WHOLE = re.compile(r"[A-ZĐÀ-Ỹ0-9“\"]")


def quantity_facts(source: Source) -> Iterator[Fact]:
    """A fact for each sentence that gives one number to remember."""
    headings = {key_of(s.heading) for n, s in source.sections() if n in source.children}
    for start, end in source.items:
        if not source.holds(start) or key_of(tidy(source.text[start:end])) in headings:
            continue  # a heading stands in questions itself
        written = source.text[start:end]
        if not re.search(r"\d", written):
            continue
        said = clause(written, _SENTENCE_WORDS)
        if len(said.split()) < _LEAST_WORDS or not stands_alone(said):
            continue
        later = source.text[:start].rstrip(" \t").endswith(";")
        if mostly_upper(said):
            continue
        if not is_task(said) and (later or not _WHOLE.match(said)):
            continue  # the later half of a sentence
        yield from _of_sentence(source, said, (start, end))


def _of_sentence(source: Source, said: str, span: tuple[int, int]) -> Iterator[Fact]:
    blank = NUMBER.sub(lambda m: "x" * len(m.group()), said)
    dated = [(d.start, d.end) for d in _dates_in(blank)]
    found = [
        m
        for m in _QUANTITY.finditer(blank)
        if not any(a <= m.start() < b for a, b in dated) and _counts(blank, m)
    ]
    for rank, match in enumerate(found):
        number = match["number"]
        if sum(amount(number) == n for n in map(amount, re.findall(r"\d+(?:[.,]\d+)*", said))) > 1:
            continue
        unit = match["unit"] or ""
        shown = f"{number}%" if unit == "%" else number
        end = match.end("unit") if unit == "%" else match.end("number")
        if unit != "%" and len(said.split()) < _LEAST_COUNTED:
            continue
        gap = said[: match.start("number")] + SLOT + said[end:]
        yield Fact(
            source=source,
            topic="Số liệu, chỉ tiêu",
            question=f"Điền số vào chỗ trống (theo {source.said}): “{gap.replace(SLOT, GAP)}”.",
            answer=shown,
            citations=(cite(source.document, *span),),
            key=f"amount {source.document.id} {span[0]}",
            weight=(1.0 if unit == "%" else 0.8) - 0.05 * rank,
            asked=Asked.QUANTITY,
            choice=shown,
            value=f"{amount(number)} {'%' if unit == '%' else _unit(unit)}",
            subject=gap.replace(SLOT, " "),
            statement=f"{source.said[:1].upper() + source.said[1:]} nêu: “{gap}”.",
        )
        if rank:
            return


def _dates_in(text: str) -> list[DateMention]:
    return [m for m in find_dates(text) if not m.value.startswith("RELATIVE")]


def _counts(text: str, match: re.Match[str]) -> bool:
    unit, after = match["unit"] or "", text[match.end("number") :]
    before = text[: match.start()]
    if not unit or _NAMED_BY.search(before) or re.search(r"\d\s*[-–]\s*$", before):
        return False
    if unit != "%" and (_NO_COUNT.match(unit) or re.match(r"[/.-]\s*\d", after)):
        return False
    if unit != "%" and len(match["number"]) == 4 and match["number"][:2] in ("19", "20"):
        return False
    return not re.match(r"\s*[-–]\s*\d", after)


def _unit(words: str) -> str:
    return words.split()[0].lower() if words else ""
