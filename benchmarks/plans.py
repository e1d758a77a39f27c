"""Made-up plans in any number, for measuring large libraries: no two alike, all of the genre."""

from __future__ import annotations

import random
from collections.abc import Iterator

_DISTRICTS = (
    "An Bình", "Bình Lâm", "Châu Hòa", "Đông Sơn Hạ", "Gia Phú", "Hà Lĩnh", "Hòa Khê", "Kim Tân",
    "Lạc Thủy Bắc", "Long Mỹ Tây", "Mai Lâm", "Minh Khương", "Nam Trạch", "Ngọc Sơn",
    "Phong Điền Thượng",
    "Phú Cường", "Quảng Lộc", "Sơn Trà Nam", "Tam Giang", "Tân Uyên Đông", "Thạch Bàn", "Thanh Vân",
    "Tiên Lữ Hạ", "Trường Sa Đông", "Văn Lãng Nam", "Vĩnh Hưng", "Xuân Trường", "Yên Khánh Thượng",
)  # fmt: skip
_FIRST = """
    An Bình Cẩm Diên Đại Đức Gia Hải Hoàng Hưng Khánh Kim Lâm Liên Lộc Mỹ Nghĩa Ngọc Nhân Phú
""".split()
_SECOND = """
    Châu Cường Giang Hậu Hòa Hội Khê Lạc Long Lợi Minh Phong Phước Quang Sơn Tâm Thành Thịnh Trung
    Xuân
""".split()
_TOPICS = (
    "tuyên truyền bầu cử đại biểu Hội đồng nhân dân các cấp", "phòng, chống dịch sốt xuất huyết",
    "chuyển đổi số và phổ cập kỹ năng số trong cộng đồng", "xây dựng nông thôn mới nâng cao",
    "kỷ niệm ngày thành lập Đảng Cộng sản Việt Nam", "phòng cháy, chữa cháy rừng mùa khô",
    "bảo đảm trật tự an toàn giao thông", "thu gom rác thải nhựa và bảo vệ nguồn nước",
    "phổ biến, giáo dục pháp luật trong trường học", "bảo vệ nền tảng tư tưởng của Đảng",
    "tuần lễ hưởng ứng học tập suốt đời", "phòng, chống tảo hôn và hôn nhân cận huyết thống",
    "vận động hiến máu tình nguyện", "chăm sóc người cao tuổi và người khuyết tật",
    "cải cách thủ tục hành chính tại bộ phận một cửa", "tổng điều tra nông nghiệp, nông thôn",
    "đợt thi đua cao điểm chào mừng đại hội", "phòng, chống thiên tai và tìm kiếm cứu nạn",
    "bình đẳng giới và vì sự tiến bộ của phụ nữ", "tiêm vắc xin cho đàn gia súc, gia cầm",
)  # fmt: skip
_OFFICES = (
    "Ban Tuyên giáo", "Ban Tổ chức", "Ủy ban Kiểm tra", "Văn phòng Đảng ủy", "Công an xã",
    "Ban Chỉ huy Quân sự xã", "Trạm Y tế", "Hội Liên hiệp Phụ nữ", "Hội Nông dân",
    "Hội Cựu chiến binh", "Đoàn Thanh niên", "Ủy ban Mặt trận Tổ quốc", "Đài Truyền thanh",
    "Trường Trung học cơ sở", "Trường Tiểu học", "Phòng Văn hóa - Xã hội", "Phòng Kinh tế",
    "Trung tâm Phục vụ hành chính công", "Tổ công nghệ số cộng đồng", "các chi bộ trực thuộc",
)  # fmt: skip
_VERBS = (
    "tham mưu", "chủ trì xây dựng", "phối hợp tổ chức", "rà soát", "tổng hợp", "hướng dẫn",
    "kiểm tra, giám sát", "đôn đốc", "tuyên truyền, vận động", "bố trí kinh phí cho",
)  # fmt: skip
_OBJECTS = (
    "hội nghị quán triệt đến từng đảng viên", "danh sách hộ gia đình cần hỗ trợ",
    "tin, bài trên hệ thống loa truyền thanh", "cuộc thi tìm hiểu trên mạng xã hội",
    "các mô hình điểm ở thôn, bản", "băng rôn, khẩu hiệu trên các tuyến đường chính",
    "đội tuyên truyền lưu động", "buổi sinh hoạt chuyên đề quý", "số liệu phục vụ sơ kết",
    "cơ sở vật chất cho ngày hội", "lực lượng trực trong dịp cao điểm",
    "ý kiến, kiến nghị của Nhân dân", "hồ sơ đề nghị khen thưởng",
    "sổ tay hỏi đáp cho cán bộ cơ sở",
)  # fmt: skip
_ENDS = (
    "bảo đảm thiết thực, hiệu quả, tránh hình thức", "gắn với nhiệm vụ chính trị của địa phương",
    "phù hợp với điều kiện từng thôn", "đúng tiến độ và tiết kiệm",
    "có phân công rõ người, rõ việc",
    "lồng ghép với các phong trào đang triển khai", "không để xảy ra điểm nóng",
)  # fmt: skip
_PEOPLE = "Nguyễn Trần Lê Phạm Hoàng Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MIDDLE = "Văn Thị Hữu Đức Minh Quang Thu Ngọc Thanh Xuân".split()
_GIVEN = "An Bích Cường Dũng Hà Hạnh Hùng Lan Liên Mai Nam Nga Phúc Sơn Thảo Tuấn Vân Yến".split()


def made_up_plans(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """``count`` plans as (file name, text), of about 1,300 words each; the same for one seed."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for number in range(1, count + 1):
        yield f"ke-hoach-{number:05d}.txt", _plan(number, chance)


def _plan(number: int, chance: random.Random) -> str:
    district, topic = chance.choice(_DISTRICTS), chance.choice(_TOPICS)
    commune = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"
    year, month = chance.randint(2019, 2026), chance.randint(1, 11)
    tasks = "\n".join(
        f"{i}. {office} xã {commune}\n" + "\n".join(_task(chance, year) for _ in range(4))
        for i, office in enumerate(chance.sample(_OFFICES, 9), 1)
    )
    steps = "\n".join(_task(chance, year) for _ in range(14))
    aims = "\n".join(_task(chance, None) for _ in range(6))
    signer = " ".join(map(chance.choice, (_PEOPLE, _MIDDLE, _GIVEN)))
    return f"""ĐẢNG BỘ HUYỆN {district.upper()}
ĐẢNG ỦY XÃ {commune.upper()}
*
Số {number}-KH/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM

{commune}, ngày {chance.randint(1, 28):02d} tháng {month:02d} năm {year}

KẾ HOẠCH
{topic} trên địa bàn xã {commune} năm {year}

Căn cứ Hướng dẫn số {chance.randint(1, 200)}-HD/BTG của Ban Tuyên giáo Huyện ủy {district}, Đảng ủy xã {commune} xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
{aims}

II. NỘI DUNG VÀ TIẾN ĐỘ
{steps}

III. TỔ CHỨC THỰC HIỆN
{tasks}

Nơi nhận:
- Ban Thường vụ Huyện ủy {district},
- Các chi bộ trực thuộc,
- Lưu Văn phòng Đảng ủy.

T/M ĐẢNG ỦY
BÍ THƯ

{signer}
"""  # noqa: E501 (a document's line)


def _task(chance: random.Random, year: int | None) -> str:
    due = f", hoàn thành trước ngày {chance.randint(1, 28)}/{chance.randint(2, 12)}/{year}"
    return (
        f"- {chance.choice(_VERBS).capitalize()} {chance.choice(_OBJECTS)} với"
        f" {chance.randint(2, 60)} người tham gia, {chance.choice(_ENDS)}"
        f"{due if year and chance.random() < 0.3 else ''}."
    )
