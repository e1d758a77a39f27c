"""Every string of the page, in Vietnamese and in English."""

from __future__ import annotations

LANGUAGES = ("vi", "en")

TEXTS: dict[str, tuple[str, str]] = {
    # The page
    "title": ("Trợ lý Kế hoạch", "Plan Assistant"),
    "tagline": (
        "Hỏi đáp trên văn bản của đơn vị, câu nào cũng dẫn nguồn",
        "Answers from your own documents, every line with its source",
    ),
    "language": ("Ngôn ngữ", "Language"),
    "to_content": ("Đến nội dung chính", "Skip to the content"),
    "tab_chat": ("Hỏi đáp", "Chat"),
    "tab_board": ("Thời hạn", "Deadlines"),
    # Status
    "status_opening": ("Đang mở thư viện văn bản…", "Opening the library…"),
    "status_adding": (
        "Đang nạp văn bản {done}/{total}: {name}",
        "Adding documents {done}/{total}: {name}",
    ),
    "status_samples": (
        "Lần đầu sử dụng: đang nạp các kế hoạch mẫu {done}/{total}",
        "First start: adding the sample plans {done}/{total}",
    ),
    "status_warming": (
        "Đang nạp mô hình, bạn cứ đặt câu hỏi…",
        "Loading the models; you can already type your question…",
    ),
    "status_ready": ("Sẵn sàng · {count} văn bản", "Ready · {count} in the library"),
    "status_ready_empty": ("Sẵn sàng · chưa có văn bản", "Ready · no documents yet"),
    "status_failed": (
        "Không mở được thư viện: {reason}",
        "The library could not be opened: {reason}",
    ),
    "status_plans_failed": (
        "Sẵn sàng · {count} văn bản · {failed} mục không đọc được",
        "Ready · {count} in the library · could not be read: {failed}",
    ),
    # Asking
    "question": ("Câu hỏi", "Question"),
    "question_placeholder": (
        "Ví dụ: Ai báo cáo trước 20/4?",
        "E.g. who must report by 20/4?",
    ),
    "send": ("Gửi", "Send"),
    "new_conversation": ("Cuộc trò chuyện mới", "New conversation"),
    "welcome": ("Bạn cần biết điều gì trong các văn bản?", "What do you need to know?"),
    "welcome_detail": (
        "Hỏi bằng tiếng Việt có dấu, không dấu hoặc viết tắt, hay bằng tiếng Anh. "
        "Bấm vào số [1] trong câu trả lời để xem đúng chỗ trong văn bản gốc.",
        "Ask in Vietnamese, with or without diacritics or abbreviated, or in English. "
        "Click a number [1] in an answer to see the very words in their document.",
    ),
    "welcome_empty": (
        "Thư viện chưa có văn bản nào. Hãy thêm kế hoạch, công văn, nghị quyết… "
        "(.docx, .doc, .pdf, ảnh quét, .zip…) bằng nút «Thêm văn bản», hoặc kéo thả tệp vào trang "
        "này.",
        "The library holds no documents yet. Add plans, letters, resolutions… "
        "(.docx, .doc, .pdf, scans, .zip…) with “Add documents”, or drop files on this page.",
    ),
    "examples": ("Hỏi thử", "Try asking"),
    "you": ("Bạn hỏi", "You asked"),
    "assistant": ("Trả lời", "Answer"),
    "waiting_models": (
        "Hệ thống đang khởi động. Câu hỏi sẽ được trả lời ngay khi nạp xong.",
        "The assistant is still loading. Your question will be answered as soon as it is ready.",
    ),
    "searching": ("Đang tìm trong văn bản…", "Searching the documents…"),
    "understood": ("Tìm theo: {text}", "Searched for: {text}"),
    "reword": ("Sửa câu này", "Change it"),
    "sources": ("Nguồn", "Sources"),
    "whole_quote": ("Xem đủ", "Show all"),
    "short_quote": ("Thu gọn", "Show less"),
    "nearest": ("Những đoạn gần nhất, để bạn tự xem", "The nearest passages, to look at yourself"),
    "answer_error": (
        "Đã có lỗi khi trả lời câu này. Bạn hãy thử lại; chi tiết được ghi ở cửa sổ dòng lệnh.",
        "Something went wrong with this question. Please try again; details are in the terminal.",
    ),
    "not_open": (
        "Thư viện không mở được nên chưa trả lời được câu hỏi: {reason}",
        "The library could not be opened, so no question can be answered: {reason}",
    ),
    # An answer's buttons
    "copy_answer": ("Sao chép", "Copy"),
    "copied": ("Đã sao chép", "Copied"),
    "good": ("Câu trả lời đúng", "Good answer"),
    "bad": ("Câu trả lời chưa đúng", "Bad answer"),
    "rated": ("Đã ghi nhận.", "Noted."),
    "feedback_error": ("Không ghi được đánh giá", "Your rating could not be saved"),
    "comment": ("Góp ý thêm (không bắt buộc)", "Add a comment (optional)"),
    "send_comment": ("Gửi góp ý", "Send comment"),
    "comment_kept": ("Đã ghi nhận góp ý. Cảm ơn!", "Comment noted. Thank you!"),
    "open_citation": ("Xem nguồn {number}", "Open source {number}"),
    # Evidence
    "evidence_empty": ("Bấm vào số trong câu trả lời", "Click a number in an answer"),
    "evidence_empty_detail": (
        "Toàn văn tài liệu sẽ mở ra ở đây, đúng chỗ, với những chữ được trích dẫn tô đậm.",
        "The whole document opens here, at the right place, with the quoted words highlighted.",
    ),
    "number": ("Số {number}", "No. {number}"),
    "dated": ("Ngày {date}", "Dated {date}"),
    "section": ("Mục {section}", "Section {section}"),
    "page": ("Trang {page}", "Page {page}"),
    "copy_quote": ("Chép trích dẫn", "Copy quote"),
    "back_to_quote": ("Về chỗ trích", "Back to the quote"),
    "close": ("Đóng", "Close"),
    "evidence_gone": (
        "Văn bản này không còn trong thư viện.",
        "This document is no longer in the library.",
    ),
    # Documents
    "documents": ("Văn bản", "Documents"),
    "documents_loading": ("Đang nạp…", "Loading…"),
    "documents_none": ("Chưa có văn bản nào.", "No documents yet."),
    "documents_more": ("… và {count} văn bản nữa", "… and {count} more"),
    "filter_documents": ("Chỉ hỏi trong văn bản", "Ask only in these documents"),
    "ask_in_document": ("Chỉ hỏi văn bản này", "Ask only this document"),
    "scope": ("Chỉ tìm trong", "Searching only"),
    "scope_remove": ("Bỏ chọn", "Remove"),
    "scope_clear": ("Hỏi mọi văn bản", "Ask all documents"),
    "filter_narrow": ("Thu hẹp theo cơ quan, loại, năm", "Narrow by issuer, kind, year"),
    "filter_issuers": ("Cơ quan ban hành", "Issuer"),
    "filter_kinds": ("Loại văn bản", "Kind"),
    "filter_years": ("Năm", "Year"),
    # Upload
    "upload": ("Thêm văn bản", "Add documents"),
    "upload_hint": (
        "hoặc kéo thả tệp vào trang (.docx, .doc, .pdf, ảnh quét, .zip…)",
        "or drop files on the page (.docx, .doc, .pdf, scans, .zip…)",
    ),
    "drop_here": ("Thả tệp vào đây để thêm vào thư viện", "Drop the files to add them"),
    "upload_progress": ("Đang thêm {done}/{total}", "Adding {done}/{total}"),
    "upload_done": ("Đã thêm {count} văn bản", "Documents added: {count}"),
    "upload_none": ("Không thêm được văn bản nào", "No documents were added"),
    "file_waiting": ("đang chờ", "waiting"),
    "file_reading": ("đang đọc…", "reading…"),
    "file_reading_page": (
        "đang đọc trang {page}/{pages}…",
        "reading page {page} of {pages}…",
    ),
    "file_added": ("đã thêm", "added"),
    "file_added_scan": (
        "đã thêm; chữ nhận dạng từ ảnh, độ tin cậy {confidence} %",
        "added; letters recognised from a picture, confidence {confidence} %",
    ),
    "file_duplicate": ("đã có trong thư viện: {name}", "already in the library: {name}"),
    "reason": ("{reason}", "{reason}"),
    "upload_too_large": (
        "Chưa gửi, vì tệp vượt quá dung lượng cho phép:",
        "Not sent, as these are larger than the limit:",
    ),
    "upload_error": (
        "Đã có lỗi khi thêm văn bản; chi tiết được ghi ở cửa sổ dòng lệnh.",
        "Something went wrong while adding; details are in the terminal.",
    ),
    # The board: its filters
    "filters": ("Bộ lọc", "Filters"),
    "show_found": ("Xem kết quả", "Show the results"),
    "clear_filters": ("Xóa bộ lọc", "Clear the filters"),
    "period": ("Khoảng thời gian", "Period"),
    "period_all": ("Tất cả", "All"),
    "period_month": ("Tháng này", "This month"),
    "period_quarter": ("Quý này", "This quarter"),
    "period_next": ("30 ngày tới", "Next 30 days"),
    "period_overdue": ("Quá hạn", "Overdue"),
    "board_on": ("Tính từ ngày", "Count from"),
    "board_on_placeholder": ("Hôm nay", "Today"),
    "board_since": ("Từ ngày", "From"),
    "board_until": ("Đến ngày", "To"),
    "day_placeholder": ("dd/mm/yyyy", "dd/mm/yyyy"),
    "board_actor": ("Đơn vị, người thực hiện", "Who is to do it"),
    "board_documents": ("Trong văn bản", "In documents"),
    "board_words": ("Có những chữ", "Holding the words"),
    "board_words_placeholder": ("Ví dụ: báo cáo kết quả", "For example: báo cáo kết quả"),
    "board_undated": ("Cả việc không ghi thời hạn", "Also duties without a deadline"),
    "bad_day": (
        "«{typed}» không phải là ngày có thật. Hãy ghi ngày/tháng/năm, ví dụ 05/9/2026.",
        "“{typed}” is no day. Write day/month/year, for example 05/9/2026.",
    ),
    "bad_order": (
        "«Đến ngày» đang sớm hơn «Từ ngày».",
        "“To” is earlier than “From”.",
    ),
    "said_since": ("từ ngày {value}", "from {value}"),
    "said_until": ("đến ngày {value}", "to {value}"),
    "said_actor": ("đơn vị «{value}»", "who: “{value}”"),
    "said_document": ("văn bản {value}", "document {value}"),
    "said_words": ("có chữ «{value}»", "holding “{value}”"),
    # The board: what it shows
    "duties_loading": ("Đang lập bảng thời hạn…", "Gathering the deadlines…"),
    "duties_empty": (
        "Thư viện chưa có văn bản nào. Hãy thêm kế hoạch, công văn, nghị quyết… "
        "để lập bảng theo dõi thời hạn.",
        "The library holds no documents yet. Add plans, letters, resolutions… "
        "and their deadlines are listed here.",
    ),
    "duties_none": (
        "Chưa thấy việc nào có thời hạn trong các văn bản của thư viện.",
        "No duty with a deadline was found in the library's documents.",
    ),
    "duties_none_in_documents": (
        "Văn bản đã chọn không giao việc nào có thời hạn.",
        "The chosen documents give no duty with a deadline.",
    ),
    "duties_none_found": (
        "Không có việc nào khớp với bộ lọc.",
        "No duty matches the filters.",
    ),
    "duties": ("{count} việc", "Duties: {count}"),
    "as_of": ("tính từ ngày {day}", "counted from {day}"),
    "as_of_today": ("tính từ hôm nay, {day}", "counted from today, {day}"),
    "narrowed_by": ("Đang lọc: {filters}", "Narrowed by: {filters}"),
    "undated_hidden": (
        "Còn {count} việc phải báo cáo mà không ghi thời hạn",
        "Duties to report without a deadline, not shown: {count}",
    ),
    "undated_show": ("Xem cả những việc đó", "Show them too"),
    "view": ("Cách xem", "View"),
    "view_table": ("Bảng", "Table"),
    "view_timeline": ("Dòng thời gian", "Timeline"),
    "grouping": ("Xếp theo", "Grouped by"),
    "grouping_actor": ("Đơn vị", "Who"),
    "grouping_document": ("Văn bản", "Document"),
    "download": ("Tải về", "Download"),
    "download_ics": ("Lịch", "Calendar"),
    "download_xlsx": ("Excel", "Excel"),
    "download_docx": ("Word", "Word"),
    "download_error": (
        "Không tạo được tệp; chi tiết được ghi ở cửa sổ dòng lệnh.",
        "The file could not be made; details are in the terminal.",
    ),
    "not_in_calendar": (
        "Tệp .ics không có {count} việc chưa rõ ngày",
        "Not in the .ics, having no day: {count}",
    ),
    "column_due": ("Thời hạn", "Deadline"),
    "column_actor": ("Đơn vị thực hiện", "Who"),
    "column_action": ("Việc phải làm", "What"),
    "column_document": ("Văn bản", "Document"),
    "group_past": ("Đã qua hạn ({count})", "Past their day ({count})"),
    "past_note": (
        "Tính theo ngày ghi trong văn bản; văn bản không cho biết việc đã làm xong hay chưa.",
        "By the days that the documents name; they do not say whether it was done.",
    ),
    "past_more": (
        "Xem cả {count} việc đã qua hạn trước đó",
        "Show the {count} that were due before",
    ),
    "to_coming": ("Đến việc sắp tới", "Go to what is to come"),
    "group_month": ("{month}", "{month}"),
    "group_open": ("Không ghi ngày kết thúc", "With no last day"),
    "group_no_day": ("Chưa rõ ngày", "With no day on the calendar"),
    "group_undated": ("Không ghi thời hạn", "Without a deadline"),
    "state_recurring": ("Định kỳ", "Recurring"),
    "state_ended": ("Đã hết thời gian thực hiện", "No longer recurs"),
    "state_event": ("Theo sự kiện", "Depends on an event"),
    "state_open": ("Không ghi ngày kết thúc", "No last day"),
    "state_no_year": ("Không rõ năm", "Year unknown"),
    "state_unread": ("Không đọc được ngày", "Date unreadable"),
    "state_undated": ("Không ghi thời hạn", "No deadline"),
    "terms": ("Các kỳ: {days}", "Falls on: {days}"),
    "terms_more": ("{days} và {count} kỳ nữa", "{days} and {count} more"),
    "actor_implied": ("chung cho cả văn bản", "of the whole document"),
    "actor_implied_why": (
        "Đơn vị là nơi nhận hoặc phạm vi chung của văn bản, không nêu riêng cho việc này.",
        "The body is that of the whole document; none is named for this duty.",
    ),
    "actor_none": ("Không nêu đơn vị", "No one is named"),
    "report_to": ("Báo cáo về: {whom}", "Report to: {whom}"),
    "open_duty": ("Xem trong văn bản", "Open in the document"),
    "duties_more": ("Xem thêm {count} việc", "Show {count} more"),
    # The board: the timeline
    "timeline": (
        "Dòng thời gian từ {since} đến {until}",
        "Timeline from {since} to {until}",
    ),
    "timeline_month": ("{month}/{year}", "{month} {year}"),
    "timeline_today": ("Hôm nay {day}", "Today {day}"),
    "timeline_on": ("Ngày {day}", "{day}"),
    "timeline_to_marks": (": đến chỗ vẽ", ": go to the marks"),
    "timeline_outside": (
        "{count} việc có ngày nằm ngoài khoảng vẽ; chọn «Từ ngày», «Đến ngày» để xem.",
        "Due outside what is drawn: {count}. Choose “From” and “To” to see them.",
    ),
    "timeline_no_day": (
        "{count} việc không vẽ được vì chưa rõ ngày; xem trong bảng.",
        "Not drawn, having no day on the calendar: {count}. See the table.",
    ),
    "timeline_cut": (
        "Chỉ vẽ {shown} việc gần ngày đang xem nhất; hãy lọc bớt để xem những việc còn lại.",
        "Only the {shown} nearest the day are drawn; narrow the filters to see the others.",
    ),
    "timeline_nothing": (
        "Không có việc nào có ngày trong khoảng này để vẽ.",
        "Nothing with a day in this period to draw.",
    ),
    "legend_overdue": ("quá hạn", "overdue"),
    "legend_today": ("hôm nay", "due today"),
    "legend_coming": ("sắp tới", "to come"),
    "legend_recurring": ("định kỳ", "recurring"),
    "legend_open": ("bắt đầu, không ghi ngày kết thúc", "begins, with no last day"),
    "legend_range": ("khoảng thời gian", "period"),
}


def text(key: str, language: str, **values: object) -> str:
    """The string ``key`` in ``language``, plain (not escaped), with ``values`` filled in.

    Raises KeyError for an unknown key or a missing value. Anything but ``en`` is Vietnamese.
    """
    return TEXTS[key][1 if language == "en" else 0].format(**values)
