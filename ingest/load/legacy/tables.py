"""The letters of the encodings that Vietnamese offices used before Unicode. Pure.

TCVN3 (the font names ``.Vn…``) is TCVN 5712:1993, set VN3: a byte a letter, capitals with tones
only in fonts of their own. VNI (``VNI-…``) writes a vowel and then its marks. VISCII is RFC 1456,
VIQR its spelling in ASCII.
"""

from __future__ import annotations

import unicodedata

_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"


def _pairs(codes: str, letters: str) -> dict[str, str]:
    return dict(zip(codes.split(), letters.split(), strict=True))


# Each byte as Windows-1252 shows it.
TCVN3: dict[str, str] = _pairs(
    "µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë", "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ"
)
TCVN3 |= _pairs("® Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö × Ø Ü Ý Þ", "đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị")
TCVN3 |= _pairs("ß á â ã ä « å æ ç è é ¬ ê ë ì í î", "ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ")
TCVN3 |= _pairs("ï ñ ò ó ô \u00ad õ ö ÷ ø ù ú û ü ý þ", "ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ")
TCVN3 |= _pairs("¡ ¢ £ ¤ ¥ ¦ §", "Ă Â Ê Ô Ơ Ư Đ")


def _vni() -> dict[str, str]:
    """Vowel and mark as VNI writes them → letter; both capital, both small, or mixed."""
    marks: dict[str, str] = {"": ""}
    marks |= dict(zip("ùøûõï", _TONES, strict=True))
    marks |= {"â": _CIRCUMFLEX} | {c: _CIRCUMFLEX + t for c, t in zip("áàåãä", _TONES, strict=True)}
    marks |= {"ê": _BREVE} | {c: _BREVE + t for c, t in zip("éèúüë", _TONES, strict=True)}
    vowels = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    found = dict(zip("ñíìæóòî", "đíìỉĩịỵ", strict=True))
    for code, vowel in vowels.items():
        for mark, combining in marks.items():
            letter = unicodedata.normalize("NFC", vowel + combining)
            if len(letter) == 1 and code + mark != letter:
                found[code + mark] = letter
    both = dict(found)
    for code, letter in found.items():
        for first in {code[0], code[0].upper()}:
            for second in {code[1:], code[1:].upper()}:
                both[first + second] = letter.upper() if first != code[0] else letter
    return both


VNI: dict[str, str] = _vni()

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵ"
    "ÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
VISCII: dict[int, str] = dict(enumerate(_VISCII_HIGH, 0x80))
VISCII |= {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

VIQR_SHAPES = {"^": _CIRCUMFLEX, "(": _BREVE, "+": _HORN}
VIQR_TONES = dict(zip("'`?~.", _TONES, strict=True))

# A byte that was taken for Windows-1258, or for a symbol font's, is the same byte of Windows-1252.
AS_WINDOWS_1252: dict[int, str] = {
    ord(seen): meant
    for seen, meant in zip("ĂĐƠƯăđơư₫\u0300\u0309\u0303\u0301\u0323", "ÃÐÕÝãðõýþÌÒÞìò", strict=True)
} | {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
