"""Bodies as people name them, against bodies as documents write them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.register.names import names_match
from ingest.vietnamese import fold

FRONT = "Ủy ban MTTQ và các tổ chức chính trị - xã hội xã"
COMMUNES = "Ủy ban nhân dân các phường, xã, đặc khu"
FULL_FRONT = "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Bình An Đông"

FOUND = [
    # Case, diacritics, spelling of tones
    ("UBND xã", "Ủy ban nhân dân xã"),
    ("ubnd xa", "Ủy ban nhân dân xã"),
    ("UBND XÃ", "Uỷ ban nhân dân xã"),
    ("uỷ ban nhân dân xã", "Ủy ban nhân dân xã"),
    ("cong an huyen", "Công an huyện"),
    ("HỘI NÔNG DÂN XÃ", "Hội Nông dân xã"),
    ("van phong dang uy", "Văn phòng Đảng ủy"),
    # Abbreviations on either side
    ("UBND xã", COMMUNES),
    ("UBND phường", COMMUNES),
    ("ubnd dac khu", COMMUNES),
    ("Ủy ban nhân dân xã", "UBND xã"),
    ("MTTQ xã", FRONT),
    ("mttq xa", FRONT),
    ("UBMTTQVN xã", FULL_FRONT),
    ("Ủy ban MTTQ xã", "Mặt trận Tổ quốc xã"),
    ("mặt trận xã", FULL_FRONT),
    ("BTG Đảng ủy", "Ban Tuyên giáo Đảng ủy"),
    ("BTG ĐU", "Ban Tuyên giáo Đảng ủy"),
    ("btg đu", "Ban Tuyên giáo Đảng ủy"),
    ("VP HU", "Văn phòng Huyện ủy"),
    ("HND xã", "Hội Nông dân xã"),
    ("Hội LHPN xã", "Hội Phụ nữ xã"),
    ("Hội Phụ nữ", "Hội Liên hiệp Phụ nữ xã"),
    ("Hội CCB", "Hội Cựu chiến binh xã"),
    ("ĐTN xã", "Đoàn Thanh niên xã"),
    ("Đoàn TN", "Đoàn Thanh niên xã"),
    ("Đoàn thanh niên", "Đoàn TNCS Hồ Chí Minh xã"),
    ("Đoàn TNCS Hồ Chí Minh xã", "Đoàn Thanh niên xã"),
    ("xã đoàn", "Đoàn Thanh niên xã"),
    ("Đoàn Thanh niên huyện", "Huyện Đoàn Vĩnh Hòa Tây"),
    ("Ban Chỉ huy quân sự xã", "Ban CHQS xã"),
    ("ban chqs xa", "Ban Chỉ huy Quân sự xã"),
    ("LĐLĐ huyện", "Liên đoàn Lao động huyện"),
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
    ("sở gdđt", "Sở Giáo dục và Đào tạo"),
    ("Sở KHCN", "Sở Khoa học và Công nghệ"),
    ("Sở Khoa học và Công nghệ", "Sở KH&CN"),
    ("P. Nội vụ", "Phòng Nội vụ huyện"),
    ("CB", "Các chi bộ trực thuộc"),
    # The beginning of a name, or what it is about
    ("Ban Tuyên giáo", "Ban Tuyên giáo Đảng ủy"),
    ("ban tuyen giao", "Ban Tuyên giáo Đảng ủy"),
    ("tuyên giáo", "Ban Tuyên giáo Đảng ủy"),
    ("Ban Tuyên giáo Huyện ủy", "Ban Tuyên giáo và Dân vận Huyện ủy"),
    ("Ban Tuyên giáo huyện", "Ban Tuyên giáo Huyện ủy"),
    ("chi bộ", "Các chi bộ, đơn vị"),
    ("chi bộ", "Các chi bộ trực thuộc"),
    ("các chi bộ", "Bí thư các chi bộ"),
    ("đơn vị", "Các chi bộ, đơn vị"),
    ("phụ nữ", "Hội Liên hiệp Phụ nữ xã"),
    ("nội vụ", "Sở Nội vụ (chủ trì)"),
    ("Sở Nội vụ", "Sở Nội vụ (chủ trì)"),
    ("Phòng Văn hóa", "Phòng Văn hóa và Thông tin"),
    ("công chức văn hóa", "Công chức Văn hóa - xã hội"),
    ("Đảng ủy", "Thường trực Đảng ủy"),
    ("Đảng ủy xã", "Đảng ủy xã Bình An Đông"),
    ("UBND xã", "Chủ tịch Ủy ban nhân dân các xã, thị trấn"),
    ("Hội Nông dân xã", "Hội Nông dân"),
    ("Sở Tài chính tỉnh", "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"),
    ("Ban Chỉ đạo", "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"),
    # Lists
    ("Sở Y tế", "Sở Y tế, Sở Giáo dục và Đào tạo"),
    ("Sở Giáo dục và Đào tạo", "Sở Y tế, Sở Giáo dục và Đào tạo"),
    ("Sở GD&ĐT", "Sở Y tế, Giáo dục và Đào tạo"),
    ("Sở Nội vụ", "Các sở: Tài chính, Nội vụ, Y tế"),
    ("Hội Nông dân xã", "Hội Nông dân, Hội Phụ nữ xã"),
    ("các tổ chức chính trị - xã hội", FRONT),
    ("Sở Nội vụ và Sở Y tế", "Sở Y tế"),
    ("cơ quan, đơn vị", "Các cơ quan, đơn vị, địa phương"),
    ("sở, ban, ngành", "Các sở, ban, ngành, đoàn thể Thành phố"),
    ("các sở ngành", "Các sở, ban, ngành, đoàn thể Thành phố"),
    ("UBND phường", "các Sở, ban, ngành Thành phố, UBND phường, xã và các doanh nghiệp viễn thông"),
    ("Trung tâm Truyền thanh", "Trung tâm Văn hóa, Thể thao và Truyền thanh huyện"),
    # Levels and places
    ("UBND xã Bình An Đông", "Ủy ban nhân dân xã"),
    ("ubnd xa binh an dong", "Ủy ban nhân dân xã Bình An Đông"),
    ("ubnd xã bình an đông", "Ủy ban nhân dân xã Bình An Đông"),
    ("UBND cấp xã", "Ủy ban nhân dân các phường"),
    ("Bình An Đông", "Đảng ủy xã Bình An Đông"),
    ("Huyện ủy Vĩnh Hòa Tây", "Ban Thường vụ Huyện ủy"),
    ("Chi bộ 3", "Chi bộ 3"),
    ("các xã", COMMUNES),
    ("UBND TPHCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
    ("Trường Nguyễn Du", "Trường Tiểu học Nguyễn Du"),
]  # fmt: skip

NOT_FOUND = [
    ("UBND tỉnh", COMMUNES),
    ("UBND huyện", "Ủy ban nhân dân xã"),
    ("UBND xã", "Ủy ban nhân dân huyện"),
    ("UBND thị xã", "Ủy ban nhân dân xã"),
    ("UBND xã", "Ủy ban nhân dân thị xã"),
    ("UBND xã", "Hội đồng nhân dân xã"),
    ("Sở Nội vụ", "Sở Tài chính"),
    ("Sở Nội vụ", "Phòng Nội vụ"),
    ("Sở Nội vụ", "Sở Tài chính, Phòng Nội vụ"),
    ("Sở Y tế", "Sở Tài chính, Trung tâm Y tế"),
    ("so noi vu", "Sở Tài chính"),
    ("Hội Nông dân", "Hội Phụ nữ"),
    ("Hội Nông dân", "Hội Liên hiệp Phụ nữ xã"),
    ("Hội Nông dân xã", "Hội Nông dân huyện"),
    ("Hội Nông dân huyện", "Hội Nông dân, Hội Phụ nữ xã"),
    ("Đảng ủy", "Văn phòng Đảng ủy"),
    ("Đảng ủy", "Ban Tuyên giáo Đảng ủy"),
    ("Ban Tuyên giáo Đảng ủy", "Ban Tuyên giáo Huyện ủy"),
    ("Ban Tuyên giáo Huyện ủy", "Ban Tổ chức Huyện ủy"),
    ("Ban Tổ chức", "Ban Chỉ đạo tổ chức hội nghị"),
    ("Ban Tổ chức", "Ban Chỉ đạo, các tổ chức chính trị - xã hội"),
    ("MTTQ huyện", FRONT),
    ("MTTQ xã", "Ủy ban nhân dân xã"),
    ("Đoàn Thanh niên", "Công đoàn cơ sở"),
    ("Đoàn Thanh niên", "Hội Liên hiệp Thanh niên"),
    ("Đoàn xã", "Liên đoàn Lao động xã"),
    ("Đoàn Thanh niên xã", "Huyện Đoàn Vĩnh Hòa Tây"),
    ("xã", "Các tổ chức chính trị - xã hội"),
    ("các xã", "Hợp tác xã Bến Dừa"),
    ("UBND xã Bình An Đông", "Ủy ban nhân dân xã Bình An Tây"),
    ("Huyện ủy Vĩnh Hòa Tây", "Huyện ủy Vĩnh Hòa Đông"),
    ("Chi bộ 3", "Chi bộ 5"),
    ("chi bộ", "Cán bộ, công chức"),
    ("sở, ban, ngành", "Sở Nội vụ"),
    ("Công an xã", "Quân sự xã"),
    ("Sở Du lịch", "Đảng ủy"),
    ("UBND xã", ""),
    ("?!", "Ủy ban nhân dân xã"),
]


@pytest.mark.parametrize(("asked", "written"), FOUND)
def test_a_body_is_found_as_people_name_it(asked: str, written: str) -> None:
    assert names_match(asked, written)


@pytest.mark.parametrize(("asked", "written"), NOT_FOUND)
def test_another_body_is_not_found(asked: str, written: str) -> None:
    assert not names_match(asked, written)


@pytest.mark.parametrize("asked", ["", "  "])
def test_nothing_asked_narrows_nothing(asked: str) -> None:
    assert names_match(asked, "Hội Nông dân xã")
    assert names_match(asked, "")


WRITTEN = sorted({written for _, written in (*FOUND, *NOT_FOUND) if written})


@pytest.mark.parametrize("name", WRITTEN)
def test_a_name_finds_itself_however_it_is_typed(name: str) -> None:
    for typed in (name, name.lower(), name.upper(), unicodedata.normalize("NFD", name), fold(name)):
        assert names_match(typed, name), typed


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_taken(asked: str, written: str) -> None:
    assert names_match(asked, written) in (True, False)
