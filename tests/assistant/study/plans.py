"""Made-up plans of the genre, and what the tests of study packs share."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.study.material import Material, Source, material_of
from assistant.study.pack import study_pack
from assistant.study.records import StudyPack, StudyRequest
from ingest.deadlines import find_obligations
from ingest.pipeline import document_of
from ingest.records import Obligation, SourceDocument

RIVER = """ỦY BAN NHÂN DÂN XÃ SÔNG LẠT
Số: 45/KH-UBND
Sông Lạt, ngày 10 tháng 3 năm 2025
KẾ HOẠCH
Bảo vệ bờ sông và nguồn nước sinh hoạt năm 2025
Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2025 của Ủy ban nhân dân huyện Vàm Nổi về bảo vệ
nguồn nước mặt; Ủy ban nhân dân xã Sông Lạt ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Giữ nguồn nước sinh hoạt của nhân dân trong xã luôn an toàn quanh năm.
2. Xác định rõ việc làm, người làm và thời gian hoàn thành của từng ấp.
II. CHỈ TIÊU
1. Phấn đấu 90% hộ dân ven sông có hố thu gom rác thải trước mùa mưa.
2. Trồng mới 12 km cây chắn sóng dọc theo bờ kênh chính của xã.
3. Ít nhất 75% học sinh các trường được phổ biến kỹ năng tiết kiệm nước.
III. HÌNH THỨC TUYÊN TRUYỀN
1. Phát thanh chuyên mục nước sạch trên hệ thống truyền thanh ba cấp.
2. Dựng pa nô cỡ lớn tại các bến đò và cầu tàu đông người qua lại.
3. Tổ chức hội thi vẽ tranh về dòng sông quê hương cho thiếu nhi.
IV. TỔ CHỨC THỰC HIỆN
1. Công chức Địa chính - Môi trường
- Lập bản đồ các điểm sạt lở dọc bờ sông trước ngày 20/4/2025.
- Lấy mẫu nước tại năm trạm bơm để gửi xét nghiệm trong tháng 5/2025.
2. Hội Nông dân xã
- Vận động hội viên thu gom vỏ chai thuốc bảo vệ thực vật trên đồng ruộng.
- Hướng dẫn ủ phân hữu cơ tại chuồng trại của từng hộ chăn nuôi.
3. Đoàn Thanh niên xã
- Ra quân dọn lục bình trên kênh chính trước ngày 26/3/2025.
- Thành lập đội xung kích ứng cứu khi có sạt lở ban đêm.
4. Trạm Y tế xã
- Cấp phát thuốc khử khuẩn giếng khơi sau mỗi đợt nước lên.
- Báo cáo kết quả giám sát chất lượng nước về Ủy ban nhân dân huyện trước ngày 05/12/2025.
Nơi nhận:
- UBND huyện (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Tô Văn Ngàn
"""

MEETING = """CHI BỘ ẤP GÒ SẬY
KẾ HOẠCH
Sinh hoạt chuyên đề về tiết kiệm điện
I. CÁC BƯỚC TIẾN HÀNH BUỔI SINH HOẠT
Bước 1: Bí thư giới thiệu chuyên đề, không quá 15 phút.
Bước 2: Đảng viên thảo luận, nêu cách làm ở hộ gia đình mình, từ 30 đến 45 phút.
Bước 3: Chủ tọa kết luận và giao việc cho từng tổ đảng.
II. TỔ CHỨC THỰC HIỆN
1. Tổ trưởng các tổ đảng ghi chép ý kiến của đảng viên.
"""

NOTICE = "Hôm nay trời nắng, cả xóm ra đồng gặt lúa từ sớm."


def made(text: str, name: str = "ke-hoach.txt") -> SourceDocument:
    """``text`` as a file of that name would be read."""
    return document_of(text.encode(), name)


def duties_of(documents: Sequence[SourceDocument]) -> list[Obligation]:
    return [duty for d in documents for duty in find_obligations(d)]


def source_of(text: str) -> Source:
    """The only source of a pack on ``text``."""
    return material([made(text)]).sources[0]


def material(documents: Sequence[SourceDocument]) -> Material:
    return material_of(documents, duties_of(documents))


def pack_on(*texts: str, request: StudyRequest | None = None) -> StudyPack:
    """A pack on files of these texts."""
    documents = [made(text, f"{n}.txt") for n, text in enumerate(texts)]
    return study_pack(documents, duties_of(documents), request or StudyRequest())
