"""The words of the register's exports and of deadlines said in words, Vietnamese and English."""

from __future__ import annotations

from assistant.records import Citation
from assistant.register.plain import one_line

_WORDS: dict[str, tuple[str, str]] = {
    # --- Deadlines in words -------------------------------------------------------------------
    "and": (" và ", " and "),
    "month": ("tháng {month}/{year}", "{name} {year}"),
    "quarter": ("quý {roman}/{year}", "Q{quarter} {year}"),
    "year": ("năm {year}", "{year}"),
    "between": ("từ {low} đến {high}", "from {low} to {high}"),
    "until": ("đến hết {high}", "until the end of {high}"),
    "until_day": ("đến {high}", "until {high}"),
    "from": ("từ {low}", "from {low}"),
    "until_event": ("từ {low} đến khi kết thúc", "from {low} until the end of the work"),
    "in_years": (" ({low}–{high})", " ({low}–{high})"),
    "no_year": ("{what} (không ghi năm)", "{what} (no year given)"),
    "bare_month": ("tháng {month}", "{name}"),
    "bare_quarter": ("quý {roman}", "Q{quarter}"),
    "yearly": ("hằng năm", "every year"),
    "every_year": ("{what} hằng năm", "{what} every year"),
    "quarterly": ("hằng quý", "every quarter"),
    "quarter_month": ("{month} hằng quý", "{month} of every quarter"),
    "quarter_day": ("ngày {day} {month} hằng quý", "the {nth} of the {month} of every quarter"),
    "quarter_month_1": ("tháng đầu", "first month"),
    "quarter_month_2": ("tháng thứ hai", "second month"),
    "quarter_month_3": ("tháng cuối", "last month"),
    "quarter_last_week": ("tuần cuối hằng quý", "last week of every quarter"),
    "monthly": ("hằng tháng", "every month"),
    "month_day": ("ngày {day} hằng tháng", "the {nth} of every month"),
    "weekly": ("hằng tuần", "every week"),
    "week_day": ("{weekday} hằng tuần", "every {weekday}"),
    "weekday_1": ("thứ Hai", "Monday"),
    "weekday_2": ("thứ Ba", "Tuesday"),
    "weekday_3": ("thứ Tư", "Wednesday"),
    "weekday_4": ("thứ Năm", "Thursday"),
    "weekday_5": ("thứ Sáu", "Friday"),
    "weekday_6": ("thứ Bảy", "Saturday"),
    "weekday_7": ("Chủ nhật", "Sunday"),
    "daily": ("hằng ngày", "every day"),
    "day_time": ("{time} hằng ngày", "every day at {time}"),
    "BD": ("{n} ngày làm việc", "{n} working days"),
    "D": ("{n} ngày", "{n} days"),
    "W": ("{n} tuần", "{n} weeks"),
    "M": ("{n} tháng", "{n} months"),
    "Y": ("{n} năm", "{n} years"),
    "H": ("{n} giờ", "{n} hours"),
    # --- How a deadline stands on a day -------------------------------------------------------
    "overdue": ("Quá hạn {n} ngày", "Overdue by {n} days"),
    "due_today": ("Đến hạn hôm nay", "Due today"),
    "days_left": ("Còn {n} ngày", "{n} days left"),
    "next": ("Kỳ tới {day}: còn {n} ngày", "Next on {day}: {n} days left"),
    "next_today": ("Kỳ này đến hạn hôm nay", "Due today, recurring"),
    "ended": ("Đã hết thời gian thực hiện", "No longer recurs"),
    # --- Heads of tables ----------------------------------------------------------------------
    "title": ("Bảng theo dõi nhiệm vụ theo thời hạn", "Duties by deadline"),
    "sheet": ("Nhiệm vụ", "Duties"),
    "row": ("STT", "No."),
    "actor": ("Đơn vị", "Body"),
    "action": ("Việc", "Duty"),
    "deadline": ("Thời hạn", "Deadline"),
    "due": ("Ngày đến hạn", "Due date"),
    "standing": ("Tình trạng ({day})", "Status ({day})"),
    "report_to": ("Báo cáo về", "Report to"),
    "document": ("Văn bản", "Document"),
    "number": ("Số", "Number"),
    "section": ("Mục", "Section"),
    "page": ("Trang", "Page"),
    "quote": ("Trích nguyên văn", "Exact words"),
    "doubts": ("Ghi chú", "Notes"),
    "what": ("Việc, trích nguyên văn và nguồn", "Duty, exact words and source"),
    # --- Sentences ----------------------------------------------------------------------------
    "nothing": (
        "Không có nhiệm vụ nào phù hợp với nội dung đã chọn.",
        "No duty matches what was asked for.",
    ),
    "shown": ("Nội dung: {shown}", "Shown: {shown}"),
    "as_of": ("Tính đến ngày {day}", "As of {day}"),
    "count": ("Số nhiệm vụ: {n}", "Duties: {n}"),
    "page_of": ("Trang ", "Page "),
    "notes": ("Ghi chú:", "Notes:"),
    "notice": (
        "Trích tự động từ văn bản; khi có khác biệt, văn bản gốc là căn cứ.",
        "Extracted from the documents; where they differ, the document holds.",
    ),
    "no_actor_named": ("(không nêu đơn vị)", "(no body named)"),
    "source": ("Nguồn: {source}", "Source: {source}"),
    "source_number": ("số {number}", "No. {number}"),
    "source_section": ("mục {section}", "section {section}"),
    "source_page": ("trang {page}", "page {page}"),
    # --- Calendar -----------------------------------------------------------------------------
    "calendar": ("Nhiệm vụ theo thời hạn", "Duties by deadline"),
    "starts": ("Bắt đầu: {what}", "Begins: {what}"),
    "ics_deadline": ("Thời hạn: {written}", "Deadline: {written}"),
    "ics_report_to": ("Báo cáo về: {whom}", "Report to: {whom}"),
    "ics_note": ("Lưu ý: {note}", "Note: {note}"),
}  # fmt: skip

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def word(key: str, language: str, **values: object) -> str:
    """The words ``key`` in ``language`` (``vi`` or ``en``)."""
    vietnamese, english = _WORDS[key]
    return (english if language == "en" else vietnamese).format(**values)


def month_name(month: int) -> str:
    """The English name of a month, 1 to 12."""
    return _MONTHS[month - 1]


def source_words(citation: Citation, language: str) -> str:
    """Where the words stand: «Nguồn: ke-hoach.docx, số 76-KH/ĐU, mục IV › 1, trang 3»."""
    parts = [one_line(citation.document)]
    if citation.number:
        parts.append(word("source_number", language, number=citation.number))
    if citation.section:
        parts.append(word("source_section", language, section=citation.section))
    parts.append(word("source_page", language, page=citation.page))
    return word("source", language, source=", ".join(parts))
