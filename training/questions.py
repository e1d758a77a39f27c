"""Ways in which people ask, for tables that would otherwise know only how texts are written."""

from __future__ import annotations

QUESTIONS = (
    *("ai", "là ai", "ai là người", "ai phải làm", "ai chịu trách nhiệm", "ai chủ trì", "ai ký"),
    *("ai được mời", "của ai", "cho ai", "do ai ký", "do ai ban hành", "người ký là ai", "với ai"),
    *("cơ quan nào", "đơn vị nào", "địa phương nào", "ban nào", "sở nào", "xã nào", "phòng nào"),
    *("văn bản nào", "kế hoạch nào", "công văn nào", "chỉ thị nào", "nghị quyết nào", "mục nào"),
    *("gì", "là gì", "những gì", "cái gì", "việc gì", "làm gì", "cần làm gì", "phải làm gì"),
    *("gồm những gì", "bao gồm những gì", "nói gì về", "quy định gì về", "có nội dung gì"),
    *("khi nào", "ngày nào", "ngày mấy", "tháng mấy", "năm nào", "lúc nào", "lúc mấy giờ"),
    *("mấy giờ", "từ khi nào", "đến khi nào", "trước ngày nào", "vào ngày nào", "hạn khi nào"),
    *("bao giờ", "bao lâu", "bao nhiêu", "là bao nhiêu", "bao nhiêu người", "bao nhiêu phần trăm"),
    *("bao nhiêu tiền", "số lượng bao nhiêu", "có mấy", "gồm mấy", "mấy nội dung", "mấy bước"),
    *("mấy giải pháp", "mấy hình thức", "mấy nhiệm vụ", "mấy người", "mấy phần", "mấy lần"),
    *("ở đâu", "tại đâu", "nằm ở đâu", "tổ chức ở đâu", "gửi về đâu", "nộp ở đâu", "đi đâu"),
    *("vì sao", "tại sao", "thế nào", "như thế nào", "ra sao", "làm sao", "bằng cách nào"),
    *("nào", "những đơn vị nào", "những ai", "nơi nào", "hình thức nào", "trường hợp nào"),
    *("đúng hay sai", "có đúng không", "phải không", "có phải", "hay không", "được không"),
    *("có được không", "có không", "hay là", "đã chưa", "xong chưa", "hết hạn chưa", "còn hạn"),
    *("báo cáo cho ai", "gửi báo cáo cho ai", "gửi về đâu", "nộp báo cáo khi nào", "hạn nộp"),
    *("hãy nêu", "cho biết", "cho hỏi", "xin hỏi", "nêu rõ", "kể tên", "liệt kê", "tóm tắt"),
    *("chị ấy", "anh ấy", "đồng chí ấy", "họ phải", "xã em", "xã mình", "cơ quan mình"),
    *("căn cứ vào đâu", "theo văn bản nào", "theo quy định nào", "dựa trên cơ sở nào", "số mấy"),
    *("còn thì sao", "thì sao", "thế còn", "vậy còn", "tiếp theo là gì", "khác nhau thế nào"),
)
