"""Header metadata: what each part of a document's head and tail is read as, and where it stands."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.header import (
    KINDS,
    find_header,
    kind_of_line,
    kind_of_number,
    number_key,
    tidy_number,
)
from ingest.pipeline import read_document
from ingest.records import Header, HeaderField, Role
from ingest.samples import sample_paths
from ingest.structure import first_section

HEAD = """ĐẢNG BỘ HUYỆN VĨNH HÒA TÂY
ĐẢNG ỦY XÃ BÌNH AN ĐÔNG
Số: 35 -KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Bình An Đông, ngày 26 tháng 02 năm 2024
KẾ HOẠCH
học tập, quán triệt nghị quyết của Huyện ủy
Thực hiện Kế hoạch số 12-KH/HU ngày 05/02/2024 của Ban Thường vụ Huyện ủy, Đảng ủy xã xây dựng kế \
hoạch như sau:
I. MỤC ĐÍCH
"""
TAIL = """Nơi nhận:
- Các chi bộ,
- Lưu VPĐU.
T/M ĐẢNG ỦY
PHÓ BÍ THƯ
Lương Thế Khải An"""


def header_of(text: str) -> Header:
    return find_header(text, first_section(text))[0]


def parts_of(text: str) -> list[Role]:
    return [role for _, role in find_header(text, first_section(text))[1]]


def value(field: HeaderField | None) -> str | None:
    return field.value if field else None


def test_a_whole_document() -> None:
    text = HEAD + "1. Nâng cao nhận thức.\n" + TAIL
    header = header_of(text)
    assert value(header.number) == "35-KH/ĐU"
    assert value(header.kind) == "kế hoạch"
    assert value(header.issuer) == "ĐẢNG BỘ HUYỆN VĨNH HÒA TÂY ĐẢNG ỦY XÃ BÌNH AN ĐÔNG"
    assert value(header.place) == "Bình An Đông"
    assert value(header.date) == "2024-02-26"
    assert value(header.title) == "học tập, quán triệt nghị quyết của Huyện ủy"
    assert [b.value for b in header.bases] == [
        "Thực hiện Kế hoạch số 12-KH/HU ngày 05/02/2024 của Ban Thường vụ Huyện ủy"
    ]
    assert [r.value for r in header.recipients] == ["Các chi bộ", "Lưu VPĐU"]
    assert value(header.authority) == "T/M ĐẢNG ỦY"
    assert value(header.signer_position) == "PHÓ BÍ THƯ"
    assert value(header.signer) == "Lương Thế Khải An"
    assert parts_of(text) == [
        Role.HEAD, Role.PREAMBLE, Role.BODY, Role.RECIPIENTS, Role.SIGNATURE,
    ]  # fmt: skip


NUMBER_LINES = {
    "Số: 35-KH/ĐU": "35-KH/ĐU",
    "Số 76 -KH/ĐU": "76-KH/ĐU",
    "Số: 244/KH-MTTQ-BTT": "244/KH-MTTQ-BTT",
    "Số: 05/2024/QĐ-UBND": "05/2024/QĐ-UBND",
    "SỐ: 7 - CT / HU": "7-CT/HU",
    "Số:12a/BC-UBND": "12a/BC-UBND",
    "Số: /KH-UBND": None,
    "Số:      -KH/ĐU": None,
    "Số: …/KH-UBND": None,
}


@pytest.mark.parametrize(("line", "number"), NUMBER_LINES.items(), ids=NUMBER_LINES)
def test_number(line: str, number: str | None) -> None:
    assert value(header_of(HEAD.replace("Số: 35 -KH/ĐU", line)).number) == number


PLACES = {
    "Bình An Đông, ngày 26 tháng 02 năm 2024": ("Bình An Đông", "2024-02-26"),
    "Ô Môn, ngày 5 tháng 4 năm 2023.": ("Ô Môn", "2023-04-05"),
    "TP. Hồ Chí Minh, ngày 5 tháng 4 năm 2023": ("TP. Hồ Chí Minh", "2023-04-05"),
    "Thành phố Vĩnh Hòa, ngày 5 tháng 4 năm 2023": ("Thành phố Vĩnh Hòa", "2023-04-05"),
    "Quận 11, ngày 01 tháng 4 năm 2019": ("Quận 11", "2019-04-01"),
    "Độc lập - Tự do - Hạnh phúc Sơn La, ngày 5 tháng 4 năm 2023": ("Sơn La", "2023-04-05"),
    "Số: 8/KH-UBND Sơn La, ngày 5 tháng 4 năm 2023": ("Sơn La", "2023-04-05"),
    "Sơn La, 05/4/2023": ("Sơn La", "2023-04-05"),
    "Sơn La, ngày … tháng 4 năm 2023": ("Sơn La", None),
    "Sơn La, ngày     tháng     năm 2023": ("Sơn La", None),
    "Sơn La, ngày 31 tháng 02 năm 2023": ("Sơn La", None),
    "Thứ Tư, 25/03/2020": (None, None),
}


@pytest.mark.parametrize(("line", "expected"), PLACES.items(), ids=PLACES)
def test_place_and_date(line: str, expected: tuple[str | None, str | None]) -> None:
    header = header_of(HEAD.replace("Bình An Đông, ngày 26 tháng 02 năm 2024", line))
    assert (value(header.place), value(header.date)) == expected


KIND_LINES = {kind.upper(): kind for kind in KINDS} | {
    "CHỈ THỊ VỀ TRỒNG CÂY": "chỉ thị",
    "Kế hoạch": None,
    "Kế Hoạch": "kế hoạch",
    "KẾ HOẠCH:": None,
    "Kế hoạch này có hiệu lực": None,
    "QUYẾT ĐỊNH:": None,
    "KẾ HOẠCH.": "kế hoạch",
    "": None,
    "KẾ TOÁN": None,
    "CÔNG VĂN ĐẾN": None,  # a stamp of the office that got the document
}


@pytest.mark.parametrize(("line", "kind"), KIND_LINES.items(), ids=KIND_LINES)
def test_kind_of_line(line: str, kind: str | None) -> None:
    assert kind_of_line(line) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("35-KH/ĐU", "kế hoạch"), ("244/KH-MTTQ-BTT", "kế hoạch"), ("9-CT/TW", "chỉ thị"),
        ("1627/QĐ-UBND", "quyết định"), ("12-CTr/HU", "chương trình"), ("5/TTr-UBND", "tờ trình"),
        ("412/UBND-NC", None), ("2/KHLT-MTTQ-HPN", "kế hoạch"),
    ],
)  # fmt: skip
def test_kind_of_number(number: str, kind: str | None) -> None:
    assert kind_of_number(number) == kind


@pytest.mark.parametrize(
    ("written", "tidy"),
    [("76 -KH/ĐU", "76-KH/ĐU"), ("40 – KH / ĐU", "40-KH/ĐU"), (" 5/KH-UBND ", "5/KH-UBND")],
)
def test_tidy_number(written: str, tidy: str) -> None:
    assert tidy_number(written) == tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [("07-KL/ĐU", "7 - kl/du"), ("35-KH/ĐU", "35 KH ĐU"), ("012/CT-UBND", "12/ct-ubnd")],
)
def test_number_key_joins(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_number_key_tells_apart() -> None:
    assert len({number_key(n) for n in ("35-KH/ĐU", "53-KH/ĐU", "35-KH/HU", "35-KL/ĐU")}) == 4


ADDRESSEES = {
    "on its line": ("Kính gửi: Các chi bộ trực thuộc.", "Các chi bộ trực thuộc"),
    "as a list": (
        "Kính gửi:\n- Các chi bộ;\n- Ban Công an xã.",
        "Các chi bộ; Ban Công an xã",
    ),
    "as a list that opens on its line": (
        "Kính gửi: - Các chi bộ;\n- Ban Công an xã.",
        "Các chi bộ; Ban Công an xã",
    ),
    "below it": ("Kính gửi:\nCác chi bộ trực thuộc", "Các chi bộ trực thuộc"),
    "with a hyphen in its name": (
        "Kính gửi:\n- Ban Tuyên giáo - Dân vận;\n- Hội LHPN xã.",
        "Ban Tuyên giáo - Dân vận; Hội LHPN xã",
    ),
    "southern spelling": ("Kính gởi: Các chi bộ", "Các chi bộ"),
}


@pytest.mark.parametrize(("lines", "expected"), ADDRESSEES.values(), ids=ADDRESSEES)
def test_addressee_of_an_official_letter(lines: str, expected: str) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ BÌNH AN ĐÔNG\nSố: 41/UBND-VP\nV/v trồng cây đầu năm\n"
        f"Bình An Đông, ngày 3 tháng 1 năm 2024\n{lines}\nỦy ban nhân dân xã đề nghị các đơn vị làm."
    )
    header = header_of(text)
    assert value(header.addressee) == expected
    assert value(header.kind) == "công văn"
    assert value(header.title) == "trồng cây đầu năm"
    assert header.issuer is not None
    assert header.issuer.value == "ỦY BAN NHÂN DÂN XÃ BÌNH AN ĐÔNG"


def signed(tail: str) -> Header:
    return header_of(HEAD + "1. Nâng cao nhận thức.\n2. Học tập nghiêm túc.\n" + tail)


SIGNATURES = {
    "each on its line": (
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTạ Gia Bách",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Tạ Gia Bách",
    ),
    "all on one line": (
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Tạ Gia Bách",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Tạ Gia Bách",
    ),
    "in place of another": (
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTạ Gia Bách",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Tạ Gia Bách",
    ),
    "name in capitals": (
        "T/M ĐẢNG ỦY\nBÍ THƯ\nTẠ GIA BÁCH",
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "TẠ GIA BÁCH",
    ),
    "name in capitals on the line": (
        "T/M ĐẢNG ỦY\nBÍ THƯ TẠ GIA BÁCH",
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "TẠ GIA BÁCH",
    ),
    "in small letters": (
        "TM. Ban Chấp hành\nPhó Chủ tịch\nTạ Gia Bách",
        "TM. Ban Chấp hành",
        "Phó Chủ tịch",
        "Tạ Gia Bách",
    ),
    "stamp": (
        "KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nTạ Gia Bách",
        "KT.GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Tạ Gia Bách",
    ),
    "rank before the name": (
        "T/M ĐẢNG ỦY\nBÍ THƯ\nThượng tá Tạ Gia Bách",
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "Tạ Gia Bách",
    ),
    "degrees before the name": (
        "HIỆU TRƯỞNG\nPGS. TS. Tạ Gia Bách",
        None,
        "HIỆU TRƯỞNG",
        "Tạ Gia Bách",
    ),
    "name of a minority": (
        "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH\nH'Yim Niê Kđăm",
        "TM. BAN THƯỜNG TRỰC",
        "CHỦ TỊCH",
        "H'Yim Niê Kđăm",
    ),
    "position of an office": (
        "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nTạ Gia Bách",
        "K/T TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
        "Tạ Gia Bách",
    ),
    "none": ("Hết văn bản.", None, None, None),
}


@pytest.mark.parametrize(
    ("tail", "authority", "position", "signer"), SIGNATURES.values(), ids=SIGNATURES
)
def test_signature(
    tail: str, authority: str | None, position: str | None, signer: str | None
) -> None:
    header = signed("Nơi nhận:\n- Các chi bộ,\n- Lưu VP.\n" + tail)
    assert (value(header.authority), value(header.signer_position), value(header.signer)) == (
        authority,
        position,
        signer,
    )


COLUMNS = {
    "one after the other": TAIL,
    "signature first": (
        "T/M ĐẢNG ỦY\nPHÓ BÍ THƯ\nLương Thế Khải An\nNơi nhận:\n- Các chi bộ,\n- Lưu VPĐU."
    ),
    "line by line in turn": (
        "Nơi nhận:\nT/M ĐẢNG ỦY\n- Các chi bộ,\nPHÓ BÍ THƯ\n- Lưu VPĐU.\nLương Thế Khải An"
    ),
    "side by side": (
        "Nơi nhận: T/M ĐẢNG ỦY\n- Các chi bộ, PHÓ BÍ THƯ\n- Lưu VPĐU.\nLương Thế Khải An"
    ),
}


@pytest.mark.parametrize("tail", COLUMNS.values(), ids=COLUMNS)
def test_recipients_and_signature_in_two_columns(tail: str) -> None:
    header = signed(tail)
    assert [r.value for r in header.recipients] == ["Các chi bộ", "Lưu VPĐU"]
    assert value(header.authority) == "T/M ĐẢNG ỦY"
    assert value(header.signer_position) == "PHÓ BÍ THƯ"
    assert value(header.signer) == "Lương Thế Khải An"


def test_a_recipient_may_run_over_a_line() -> None:
    header = signed("Nơi nhận:\n- Các chi bộ trực thuộc\nđảng ủy xã,\n- Lưu.")
    assert [r.value for r in header.recipients] == ["Các chi bộ trực thuộc đảng ủy xã", "Lưu"]


@pytest.mark.parametrize(
    ("after", "last"),
    [
        pytest.param("- Lưu: VP.\nTài liệu lưu hành nội bộ", "Lưu: VP", id="a-footer"),
        pytest.param("- Lưu: VP,\nĐTN (02b).", "ĐTN (02b)", id="it-ends-with-a-comma"),
        pytest.param("- Lưu: VP\nvà các ban.", "Lưu: VP và các ban", id="it-runs-over-a-line"),
        pytest.param("- Lưu: VP;\n- Trang tin xã.", "Trang tin xã", id="another-item"),
    ],
)
def test_what_is_kept_is_the_last_recipient(after: str, last: str) -> None:
    header = signed(f"T/M ĐẢNG ỦY\nBÍ THƯ\nLương Thế Khải An\nNơi nhận:\n- Các chi bộ;\n{after}")
    assert header.recipients[-1].value == last


def test_what_follows_the_signature_is_no_recipient() -> None:
    header = signed(TAIL + "\n- x̄ rác quét ảnh;\n- rác")
    assert len(header.recipients) == 2


@pytest.mark.parametrize(
    ("annex", "roles"),
    [
        ("PHỤ LỤC\nCác việc cần làm", [Role.BODY]),
        ("[1] Chương trình số 5-CTr/HU ngày 02/3/2020 của Huyện ủy.", [Role.BODY]),
        ("DANH SÁCH CHI BỘ\nChi bộ 1", [Role.BODY]),
        ("KẾ HOẠCH\nTRỒNG CÂY ĐẦU NĂM\nI. MỤC ĐÍCH\nXanh", [Role.HEAD, Role.BODY]),
    ],
    ids=["annex", "footnotes", "list of names", "a second document"],
)
def test_what_stands_below_the_signature(annex: str, roles: list[Role]) -> None:
    text = HEAD + "1. Nâng cao nhận thức.\n2. Học.\n" + TAIL + "\n" + annex
    found = parts_of(text)
    assert found[:5] == [Role.HEAD, Role.PREAMBLE, Role.BODY, Role.RECIPIENTS, Role.SIGNATURE]
    assert found[5:] == roles
    assert value(header_of(text).signer) == "Lương Thế Khải An"


ISSUERS = {
    "a page's own heading is not the issuer": (
        "TRỒNG CÂY ĐẦU NĂM\nỦY BAN NHÂN DÂN\nXÃ BÌNH AN\nSố: 3/KH-UBND\nKẾ HOẠCH\nTrồng cây",
        "ỦY BAN NHÂN DÂN XÃ BÌNH AN",
    ),
    "named by who acts": (
        "Số 3-KH/ĐU\nKẾ HOẠCH\nvề trồng cây\nThực hiện Kế hoạch số 5-KH/HU ngày 02/3/2023 của Huyện ủy; "
        "Ban Thường vụ Đảng ủy xây dựng Kế hoạch như sau:",
        "Ban Thường vụ Đảng ủy",
    ),
    "named after the kind": (
        "KẾT LUẬN\nCỦA BAN THƯỜNG VỤ HUYỆN ỦY\nvề trồng cây đầu năm",
        "BAN THƯỜNG VỤ HUYỆN ỦY",
    ),
    "beside the State's name, on one line": (
        "HỘI PHỤ NỮ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ BÌNH AN Độc lập - Tự do - Hạnh phúc\n"
        "Số: 3/KH-HPN\nKẾ HOẠCH\nTrồng cây",
        "HỘI PHỤ NỮ",
    ),
    "not named": ("KẾ HOẠCH\nvề trồng cây đầu năm\nI. MỤC ĐÍCH\nXanh", None),
}


@pytest.mark.parametrize(("text", "issuer"), ISSUERS.values(), ids=ISSUERS)
def test_issuer(text: str, issuer: str | None) -> None:
    assert value(header_of(text).issuer) == issuer


HEADLINES = {
    "first line": (
        "Phát động trồng cây đầu năm mới\nSáng 10/1, xã đã phát động.",
        "Phát động trồng cây đầu năm mới",
    ),
    "below a banner": (
        "Trang thông tin xã Bình An\nTrang thông tin xã Bình An\nPhát động trồng cây đầu năm mới ở các "
        "thôn\nThứ Tư, 25/03/2020\nSáng 10/1, xã đã phát động.",
        "Phát động trồng cây đầu năm mới ở các thôn",
    ),
    "a caption in the text is none": (
        "Sáng ngày 10/1, xã Bình An đã phát động trồng cây.\nQuang cảnh lễ phát động",
        None,
    ),
    "the subject of a message": (
        "From: Văn phòng <vp@example.vn>\nTo: xa@example.vn\nSubject: Gửi kế hoạch trồng cây đầu năm\n"
        "Kính gửi các thôn, đề nghị báo cáo.",
        "Gửi kế hoạch trồng cây đầu năm",
    ),
    "headline with number": (
        "Chỉ thị số 9-CT/HU về trồng cây đầu năm\nSáng 10/1, Huyện ủy đã ban hành.",
        "Chỉ thị số 9-CT/HU về trồng cây đầu năm",
    ),
}


@pytest.mark.parametrize(("text", "title"), HEADLINES.values(), ids=HEADLINES)
def test_title_of_a_text_without_a_head(text: str, title: str | None) -> None:
    assert value(header_of(text).title) == title


def test_a_title_over_several_lines() -> None:
    text = "KẾ HOẠCH\nTRỒNG CÂY ĐẦU NĂM MỚI\nTRÊN ĐỊA BÀN XÃ BÌNH AN\n(Dự thảo)\nCăn cứ Luật số 5; làm:"
    assert value(header_of(text).title) == "TRỒNG CÂY ĐẦU NĂM MỚI TRÊN ĐỊA BÀN XÃ BÌNH AN"


def test_a_table_below_a_title_is_no_part_of_it() -> None:
    table = "\n\n".join(["Ngày", "Nội dung", "Thành phần", "Chuẩn bị"])
    rows = "\n\n".join(f"0{n}/7\n\nHọp\n\nThường trực\n\nVăn phòng" for n in (1, 2))
    text = f"Số 5-TB/ĐU\nTHÔNG BÁO\nLịch công tác tháng 7 của Thường trực\n\n{table}\n\n{rows}"
    assert value(header_of(text).title) == "Lịch công tác tháng 7 của Thường trực"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def check_spans(text: str, header: Header) -> None:
    """Each field's words stand at its span, in their order; a date's are read from there."""
    for name in Header.__dataclass_fields__:
        found = getattr(header, name)
        for field in found if isinstance(found, tuple) else (found,):
            if field is None:
                continue
            assert 0 <= field.start < field.end <= len(text)
            at = iter(words(text[field.start : field.end]))
            if name == "date":
                numbers = {int(n) for n in re.findall(r"\d+", text[field.start : field.end])}
                assert {int(n) for n in field.value.split("-")} <= numbers
            elif not (name == "kind" and header.number and field.start == header.number.start):
                assert all(word in at for word in words(field.value)), (name, field)


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_spans_of_the_samples(path: Path) -> None:
    document = read_document(path)
    header = document.header
    check_spans(document.text, header)
    for name in ("number", "kind", "issuer", "place", "date", "title", "signer_position", "signer"):
        assert getattr(header, name) is not None, name
    assert header.recipients
    starts = [start for start, _ in document.roles]
    assert starts == sorted(set(starts))


LINES = st.lists(
    st.sampled_from(
        [*(HEAD + TAIL).split("\n"), *PLACES, *NUMBER_LINES, "", "PHỤ LỤC", "a) Việc", "Kính gửi:"]
    )
    | st.text(max_size=25).map(lambda s: s.replace("\r", "")),
    min_size=1,
    max_size=25,
).map("\n".join)


@given(LINES)
def test_any_text_has_a_header_with_true_spans(text: str) -> None:
    if not text.strip():
        return
    header, roles = find_header(text, first_section(text))
    check_spans(text, header)
    starts = [start for start, _ in roles]
    assert starts == sorted(set(starts))
    assert roles


PLANS = Path(os.environ.get("PLANS") or Path(__file__).parents[3] / "shared" / "plans")


@pytest.mark.skipif(not PLANS.is_dir(), reason="the folder of real plans is absent")
def test_spans_of_real_plans() -> None:
    paths = sorted(PLANS.glob("*/*.txt"))
    assert paths
    for path in paths:
        document = read_document(path)
        check_spans(document.text, document.header)
