"""What the tab of study packs says."""

from __future__ import annotations

from assistant.study.export.titles import TITLES
from assistant.study.records import Part

_PARTS = {
    Part.FACTS: "About the documents",
    Part.CONFLICTS: "What does not agree",
    Part.OUTLINE: "Outline",
    Part.TIMELINE: "Deadlines",
    Part.ROLES: "Who does what",
    Part.AGENDA: "Agenda of the session",
    Part.DISCUSSION: "Questions to discuss",
    Part.CARDS: "Question-and-answer cards",
    Part.QUIZ: "Quiz",
    Part.GLOSSARY: "Terms explained",
}

STUDY: dict[str, tuple[str, str]] = {
    "tab_study": ("Tập huấn", "Study packs"),
    **{f"part_{part}": (TITLES[part], said) for part, said in _PARTS.items()},
    # What a pack is asked for
    "study_new": ("Soạn mới", "New pack"),
    "study_documents": ("Từ các văn bản", "From documents"),
    "study_topic": ("Theo chủ đề (không bắt buộc)", "On a topic (optional)"),
    "study_topic_placeholder": ("Ví dụ: báo cáo kết quả", "For example: báo cáo kết quả"),
    "study_minutes": ("Thời lượng buổi học (phút)", "Length of the session (minutes)"),
    "study_length": ("Độ dài tài liệu", "How much of each part"),
    "length_short": ("Ngắn", "Short"),
    "length_standard": ("Vừa", "Standard"),
    "length_full": ("Đầy đủ", "Full"),
    "study_difficulty": ("Độ khó câu hỏi", "Questions"),
    "difficulty_easy": ("Dễ", "Easy"),
    "difficulty_medium": ("Vừa", "Medium"),
    "difficulty_hard": ("Khó", "Hard"),
    "study_parts": ("Các phần", "Parts"),
    "study_choose_parts": ("Chọn các phần", "Choose the parts"),
    "study_make": ("Soạn tài liệu", "Make the pack"),
    "study_no_source": (
        "Hãy chọn ít nhất một văn bản, hoặc ghi chủ đề.",
        "Choose a document at least, or name a topic.",
    ),
    "study_bad_minutes": (
        "«{typed}» không phải là số phút hợp lệ. Hãy ghi một số từ {least} đến {most}.",
        "“{typed}” will not do. Write a number of minutes from {least} to {most}.",
    ),
    "study_no_parts": ("Hãy chọn ít nhất một phần.", "Choose a part at least."),
    "study_documents_gone": (
        "Văn bản đã chọn không còn trong thư viện. Hãy chọn lại.",
        "The chosen documents are no longer in the library. Choose again.",
    ),
    # Making it
    "study_waiting": (
        "Thư viện đang mở. Tài liệu sẽ được soạn ngay khi mở xong.",
        "The library is still opening. The pack will be made as soon as that is done.",
    ),
    "study_reading": ("Đang đọc văn bản…", "Reading the documents…"),
    "study_searching": ("Đang tìm văn bản nói về chủ đề…", "Looking for what speaks of the topic…"),
    "study_making": (
        "Đang soạn phần «{part}» ({done}/{total})",
        "Making “{part}” ({done} of {total})",
    ),
    "study_making_part": ("Đang soạn lại phần «{part}»…", "Making “{part}” anew…"),
    "study_failed": ("Chưa soạn được: {reason}", "It can't be made: {reason}"),
    "study_error": (
        "Đã có lỗi khi soạn; chi tiết được ghi ở cửa sổ dòng lệnh. Tài liệu đang có không mất gì.",
        "Something went wrong; details are in the terminal. Nothing of your packs is lost.",
    ),
    # The packs that are kept
    "study_shelf": ("Tài liệu đã soạn", "Your packs"),
    "study_shelf_count": ("{count} bộ tài liệu", "Packs: {count}"),
    "study_welcome": ("Chuẩn bị một buổi tập huấn", "Prepare a study session"),
    "study_step_1": (
        "Chọn văn bản hoặc ghi chủ đề, ghi thời lượng, rồi bấm «Soạn tài liệu».",
        "Choose documents or name a topic, write the minutes, press “Make the pack”.",
    ),
    "study_step_2": (
        "Xem dàn ý, mốc thời gian, nhiệm vụ từng đơn vị, chương trình, câu hỏi thảo luận, thẻ hỏi "
        "– đáp và câu hỏi kiểm tra. Số [1] sau mỗi dòng mở đúng chỗ trong văn bản gốc.",
        "Read the outline, deadlines, who does what, the agenda, questions to discuss, cards and a "
        "quiz. The number [1] after a line opens the very words in their document.",
    ),
    "study_step_3": (
        "Sửa, bỏ, đổi chỗ từng dòng; làm bài kiểm tra ngay tại đây; tải về Word, PowerPoint, Anki, "
        "Moodle. Tài liệu được tự động lưu.",
        "Edit, leave out and move lines; take the quiz right here; download for Word, PowerPoint, "
        "Anki or Moodle. Packs are saved by themselves.",
    ),
    "study_empty": (
        "Thư viện chưa có văn bản nào. Hãy thêm kế hoạch, công văn, nghị quyết… bằng nút «Thêm "
        "văn bản», hoặc kéo thả tệp vào trang này, rồi soạn tài liệu tập huấn từ đó.",
        "The library holds no documents yet. Add plans, letters, resolutions… with “Add "
        "documents”, or drop files on this page; then make a study pack from them.",
    ),
    "study_begin": ("Chọn văn bản để soạn", "Choose documents"),
    "study_kept_when": ("sửa lần cuối {when}", "changed {when}"),
    "study_document_gone": (
        "Văn bản «{name}» không còn trong thư viện: xem và tải được, nhưng không mở được nguồn.",
        "“{name}” is no longer in the library: the pack can be read, its source can't be opened.",
    ),
    "study_damaged": ("Không mở được: {reason}", "It can't be opened: {reason}"),
    "study_rename": ("Đổi tên", "Rename"),
    "study_name": ("Tên tài liệu", "Name"),
    "study_delete": ("Xóa", "Delete"),
    "study_deleted": ("Đã xóa «{name}».", "“{name}” is deleted."),
    "study_deleted_file": ("Đã xóa tệp hỏng.", "The damaged file is deleted."),
    "study_restored": ("Đã lấy lại «{name}».", "“{name}” is back."),
    "study_renamed": ("Đã đổi tên.", "Renamed."),
    "study_undo": ("Hoàn tác", "Undo"),
    "study_redo": ("Làm lại", "Redo"),
    # One pack
    "study_from": ("Soạn từ", "Made from"),
    "study_about": ("{minutes} phút · câu hỏi: {difficulty}", "{minutes} minutes · {difficulty}"),
    "study_kept": ("Đã lưu", "Saved"),
    "study_not_kept": ("Chưa lưu được: {reason}", "Not saved: {reason}"),
    "study_legend": (
        "Số [n] mở đúng chỗ trong văn bản. Chữ nghiêng là lời gợi ý, không trích từ văn bản.",
        "A number [n] opens the words in their document. What is in italics is the pack's own.",
    ),
    "study_kept_beside": (
        "Tài liệu này vừa được sửa ở một cửa sổ khác. Bản của cửa sổ này được lưu riêng thành "
        "«{name}»; cả hai bản đều còn.",
        "This pack was just changed in another window. What you have here is saved beside it as "
        "“{name}”; both are kept.",
    ),
    "study_mode": ("Cách xem", "View"),
    "study_mode_read": ("Xem", "Read"),
    "study_mode_edit": ("Sửa", "Edit"),
    "study_contents": ("Mục lục", "Contents"),
    "study_take": ("Làm bài kiểm tra", "Take the quiz"),
    "study_reword": ("Diễn đạt lại bằng mô hình ngôn ngữ", "Reword with the language model"),
    "study_rewording": (
        "Mô hình ngôn ngữ đang diễn đạt lại: {done}/{total} dòng",
        "The language model is rewording: {done} of {total} lines",
    ),
    "study_reworded": (
        "Đã diễn đạt lại {count} dòng; mọi dòng đều đã được đối chiếu với văn bản.",
        "Lines reworded: {count}; each was checked against its document.",
    ),
    "study_reworded_none": (
        "Không có dòng nào được đổi: lời của mô hình không khớp với văn bản.",
        "No line was changed: the model's words were not borne out by the documents.",
    ),
    "study_stop": ("Dừng", "Stop"),
    "study_stopped": ("Đã dừng, tài liệu giữ nguyên.", "Stopped; the pack is as it was."),
    "study_own": ("Lời gợi ý:", "The pack's own:"),
    "study_yours": ("đã sửa, không còn dẫn nguồn", "edited, no source"),
    "study_prescribed": ("theo văn bản", "as the document asks"),
    "study_nothing": ("Phần này không còn dòng nào.", "Nothing is left of this part."),
    "study_minutes_count": ("{count} phút", "{count} min"),
    "study_total": ("Tổng cộng {count} phút", "{count} minutes in all"),
    "study_no_deadline": ("Không ghi", "Not stated"),
    "study_no_actor": ("Văn bản không nêu", "No one is named"),
    "study_report_to": ("Báo cáo về", "Report to"),
    "study_implied": ("chung cho cả văn bản", "of the whole document"),
    "study_answer": ("Đáp án", "Answer"),
    "study_right": ("đúng", "right"),
    "study_customary": ("nghĩa thường dùng", "customary meaning"),
    # Changing it
    "study_again": ("Soạn câu khác", "Other questions"),
    "study_as_made": ("Soạn lại phần này", "Make this part anew"),
    "study_drop_part": ("Bỏ cả phần", "Leave this part out"),
    "study_add_part": ("Thêm phần", "Add a part"),
    "study_edit_line": ("Sửa dòng", "Edit the line"),
    "study_up": ("Đưa lên", "Move up"),
    "study_down": ("Đưa xuống", "Move down"),
    "study_drop": ("Bỏ", "Leave out"),
    "study_save": ("Lưu", "Save"),
    "study_cancel": ("Hủy", "Cancel"),
    "study_line": ("Nội dung dòng", "The line"),
    "study_empty_field": ("(trống)", "(empty)"),
    "study_dropped": ("Đã bỏ dòng.", "The line is left out."),
    "study_dropped_part": ("Đã bỏ phần «{part}».", "“{part}” is left out."),
    "study_moved": ("Đã chuyển chỗ.", "Moved."),
    "study_edited": ("Đã sửa.", "Edited."),
    "study_edited_own": (
        "Đã sửa. Văn bản không viết như vậy, nên dòng này không còn dẫn nguồn.",
        "Edited. The document does not say it so; the line has lost its source.",
    ),
    "study_undone": ("Đã hoàn tác.", "Undone."),
    "study_redone": ("Đã làm lại.", "Done again."),
    "study_made_again": ("Đã soạn lại phần «{part}».", "“{part}” was made anew."),
    "study_same_again": (
        "Phần «{part}» soạn lại vẫn như cũ: văn bản không có gì khác để dùng.",
        "“{part}” came out the same: the documents hold nothing else for it.",
    ),
    # Files
    "study_download": ("Tải về", "Download"),
    "study_more_forms": ("Dạng khác", "Other forms"),
    "form_docx": ("Word", "Word"),
    "form_pptx": ("PowerPoint", "PowerPoint"),
    "form_anki": ("Thẻ hỏi – đáp (Anki, .csv)", "Cards (Anki, .csv)"),
    "form_csv": ("Câu hỏi (Excel, .csv)", "Quiz (Excel, .csv)"),
    "form_gift": ("Câu hỏi (Moodle, .gift)", "Quiz (Moodle, .gift)"),
    "form_json": ("Dữ liệu (.json)", "Data (.json)"),
    # The quiz
    "quiz_back": ("Về tài liệu", "Back to the pack"),
    "quiz_progress": ("Câu {at}/{total}", "Question {at} of {total}"),
    "quiz_right_so_far": ("Đúng {count}", "Right: {count}"),
    "quiz_choice": ("Chọn một phương án", "Choose one"),
    "quiz_true_false": ("Nhận định này đúng hay sai?", "Is this true or false?"),
    "quiz_true": ("Đúng", "True"),
    "quiz_false": ("Sai", "False"),
    "quiz_match": ("Chọn nhiệm vụ của từng đơn vị", "Choose the task of each office"),
    "quiz_order": (
        "Xếp từ sớm nhất đến muộn nhất bằng nút lên, xuống",
        "Put the earliest first with the buttons up and down",
    ),
    "quiz_up": ("Đưa lên: {event}", "Move up: {event}"),
    "quiz_down": ("Đưa xuống: {event}", "Move down: {event}"),
    "quiz_answer": ("Trả lời", "Answer"),
    "quiz_incomplete": ("Hãy trả lời trước đã.", "Answer first."),
    "quiz_next": ("Câu tiếp theo", "Next question"),
    "quiz_finish": ("Xem kết quả", "See the score"),
    "quiz_skip": ("Bỏ qua", "Skip"),
    "quiz_is_right": ("Đúng rồi", "Right"),
    "quiz_is_wrong": ("Chưa đúng", "Not right"),
    "quiz_is_partly": ("Đúng một phần", "Partly right"),
    "quiz_given": ("Bạn trả lời", "Your answer"),
    "quiz_key": ("Đáp án", "The answer"),
    "quiz_skipped": ("Chưa trả lời", "Not answered"),
    "quiz_why_wrong": ("Vì sao phương án khác sai", "Why the others are wrong"),
    "quiz_score": ("Đúng {right}/{total} câu", "{right} of {total} right"),
    "quiz_all_right": ("Bạn trả lời đúng tất cả.", "You had all of them right."),
    "quiz_missed": ("Những câu chưa đúng", "What you missed"),
    "quiz_again": ("Làm lại từ đầu", "Start over"),
    "quiz_again_missed": ("Làm lại {count} câu chưa đúng", "Those {count} again"),
    "quiz_open": ("Xem trong văn bản", "Open in the document"),
    "quiz_no_source": (
        "Câu này đã được sửa, không dẫn nguồn.",
        "This question was edited and has no source.",
    ),
}
