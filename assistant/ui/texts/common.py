"""What every tab says, and the chat."""

from __future__ import annotations

COMMON: dict[str, tuple[str, str]] = {
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
    "status_waiting": (
        "Đang đợi máy chủ {address} trả lời…",
        "Waiting for the server {address} to answer…",
    ),
    "status_away": (
        "Máy chủ đang vắng · {count} văn bản đã đọc, chỉ tìm theo từ",
        "The server is away · {count} read before, found by words alone",
    ),
    "status_trouble": (
        "{count} văn bản đã đọc, chỉ tìm theo từ: {reason}",
        "{count} read before, found by words alone: {reason}",
    ),
    "not_set": (
        "Chưa trả lời được câu hỏi nào: {reason}",
        "No question can be answered: {reason}",
    ),
    "status_plans_failed": (
        "Sẵn sàng · {count} văn bản · {failed} mục không đọc được",
        "Ready · {count} in the library · could not be read: {failed}",
    ),
    "status_follow_adding": (
        "Sẵn sàng · {count} văn bản · đang nạp từ thư mục {done}/{total}: {name}",
        "Ready · {count} in the library · adding from the folder {done}/{total}: {name}",
    ),
    "status_followed": (
        "Sẵn sàng · {count} văn bản · theo thư mục: thêm {added}, bớt {removed}",
        "Ready · {count} in the library · as in the folder: {added} added, {removed} removed",
    ),
    "status_follow_away": (
        "Sẵn sàng · {count} văn bản · thư mục {folder} đang vắng hoặc trống, văn bản được giữ lại",
        "Ready · {count} in the library · the folder {folder} is away or bare, its documents stay",
    ),
    "status_follow_failed": (
        "Sẵn sàng · {count} văn bản · chưa theo kịp thư mục {folder}: {reason}",
        "Ready · {count} in the library · not in step with the folder {folder}: {reason}",
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
    "by_hand": ("(sửa tay)", "(by hand)"),
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
    "upload_unreadable": (
        "Chưa gửi, vì trình duyệt không đọc được tệp:",
        "Not sent, as the browser can't read these:",
    ),
    "upload_file_gone": ("không còn ở chỗ đó", "it is no longer there"),
    "upload_file_refused": (
        "không có quyền đọc, chương trình khác đang giữ hoặc vừa sửa tệp",
        "no right to read it, or another program holds or has just changed it",
    ),
    "upload_error": (
        "Đã có lỗi khi thêm văn bản; chi tiết được ghi ở cửa sổ dòng lệnh.",
        "Something went wrong while adding; details are in the terminal.",
    ),
}
