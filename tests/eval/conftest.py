"""A plan that questions are asked of."""

from __future__ import annotations

import pytest

PLAN = """ĐẢNG ỦY XÃ AN LẠC
*
Số 15-KH/ĐU
An Lạc, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
tuyên truyền về chuyển đổi số trên địa bàn xã năm 2024

I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ, đảng viên và nhân dân về chuyển đổi số.

II. TỔ CHỨC THỰC HIỆN
1. Các chi bộ xóm báo cáo kết quả về Đảng ủy trước ngày 25/11/2024.
2. Đoàn Thanh niên xã thành lập tổ công nghệ số cộng đồng.

T/M ĐẢNG ỦY
BÍ THƯ
Trần Văn Mẫu
"""


@pytest.fixture(scope="session")
def plan() -> str:
    """The text of a plan: who reports by when, who founds what, who signs."""
    return PLAN
