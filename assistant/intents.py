"""What a question asks for, from its words. Pure.

Vietnamese patterns are matched on folded text, so that a question typed without diacritics is read
the same; English ones on the English text.
"""

from __future__ import annotations

import re

from assistant.records import Intent
from ingest.vietnamese import fold, has_diacritics

_KIND = (
    r"(?:ke hoach|huong dan|cong van|chi thi|nghi quyet|quyet dinh|ket luan|thong bao|chuong trinh"
    r"(?: hanh dong)?|van ban|quy dinh|de an|luat|nghi dinh|thong tu|kh|cv|ct|nq|qd|kl|hd|vb)"
)
_END = r"(?: (?:a|vay|nhi|nhe|the|ha|day|h|nha))?\W*$"  # particles that soften a question
_VI: tuple[tuple[Intent, str], ...] = (
    (Intent.SIGNER, r"\bai (?:la nguoi |da |duoc )?ky\b(?! luat| niem)|\bdo ai ky\b|\bnguoi ky\b|"
                    r"\bky ten\b|"
                    r"\bnao (?:da |duoc |se )?ky\b(?! ket\b(?! luan)| niem| luat)|"
                    r"\bky boi\b"),
    (Intent.NUMBER, r"\bso (?:hieu )?(?:cua )?" + _KIND + r"\b.*\b(?:may|bao nhieu|gi|nao)\b|"
                                                          r"\bso may\b|\bso hieu\b|"
                    r"\b" + _KIND + r"\b[^?]*\bco so (?:la )?(?:bao nhieu|may|gi)\b|"
                                    r"\bso bao nhieu\b"),
    (Intent.RECIPIENT, r"\bnoi nhan\b|\bgui (?:(?:de )?\(?(?:bao cao|b/?c)\)? )*(?:cho|den|toi) "
                       r"(?:nhung |cac )?(?:ai|co quan|don vi|noi)\b|"
                       r"^(?:\w+ ){0,2}" + _KIND
                       + r"\b(?:(?! (?:bao cao|phai|yeu cau|giao)\b)[^?,])*"
                       r" gui (?:(?:(?:cho|den|toi) (?:nhung |cac )?|(?:nhung|cac) )"
                       r"(?:\w+ ){1,3}nao\b|(?:de )?\(?(?:bao cao|b/?c)\)? (?:cho )?(?:nhung )?"
                       r"(?:ai|(?:\w+ ){1,3}nao)\b|(?:di |cho |den )?(?:nhung )?(?:ai|dau)\b)|"
                       r"^(?:\w+ ){0,2}" + _KIND
                       + r"\b(?:(?! (?:bao cao|phai|yeu cau|giao)\b)[^?,])*"
                       r" co gui (?!kem|bao cao|danh sach|ho so)[^?,]* (?:khong|chua)" + _END + r"|"
                       r"\bduoc gui (?:cho|den|toi)\b|\bkinh gui\b|\bai (?:duoc )?nhan (?:van ban|"
                       r"ke hoach|cong van)\b"),
    (Intent.YES_NO, r"(?:\bco\b.{2,}\b(?:khong|ko|chua)|\b(?:phai|dung|hay|duoc) khong|\bko)" + _END
                    + r"|\bco phai\b|\bdung hay sai\b|\bco bat buoc\b"),
    (Intent.COUNT, r"(?<!ngay )(?<!thang )(?<!nam )\bbao nhieu\b|"
                   r"(?<!ngay )(?<!thang )(?<!nam )(?<!thu )(?<!quy )(?<!tuan )(?<!trong )"
                   r"(?<!vong )\bmay (?!gio\b|khi\b)[a-z]+|"
                   r"\bmay (?:lan|luot|nguoi|buoi|cuoc|dot|suat)\b|"
                   r"\bso luong\b.*\b(?:la|gi)\b|\bmuc .* la (?:bao|may)\b|\bty le\b.*\bnao\b"),
    (Intent.DEADLINE, r"\btruoc (?:ngay|thang|khi|luc|gio) (?:nao|may)\b|\bcham nhat\b|"
                      r"\bthoi han\b|\bhan (?:nop|gui|chot|cuoi|nhan|hoan|bao|dang|la|den|ban hanh|"
                      r"trinh|lap|dang ky)\b|\bbao lau\b|\btrong (?:vong )?(?:may|"
                      r"bao nhieu) (?:ngay|gio|tieng|tuan|thang)\b|"
                      r"\b(?:den|het) (?:ngay|thang|khi|luc) (?:nao|may)\b|\bdeadline\b|"
                      r"\bhan\b[^?]{0,40}\b(?:nao|khi nao|bao gio)\b|"
                      r"\b(?:hoan thanh|xong|nop|gui|bao cao|trinh|phai|"
                      r"hoan chinh)\b.*\b(?:khi nao|ngay nao|luc nao|thang nao|thang may|bao gio|"
                      r"ngay may)\b"),
    (Intent.WHEN, r"\b(?:khi|ngay|luc|nam|thang|quy|gio|tuan|thoi gian|thoi diem|hom|dip|bua|"
                  r"chung) (?:nao|may)\b|\b(?:ngay|thang|nam|gio) bao nhieu\b|\bbao gio\b|"
                  r"\bthoi gian (?:la|to chuc|thuc hien|dien ra|hoan thanh|bao cao)\b|\bmay gio\b|"
                  r"\bthu may\b|\bhom nao\b"),
    (Intent.BASIS, r"\bcan cu\b|\bco so phap ly\b|\bdua (?:tren|theo|vao)\b|"
                   r"\btheo " + _KIND + r" nao\b|"
                   r"\b(?:thuc hien|trien khai|theo|"
                   r"cu the hoa)\b[^?]{0,30}\b" + _KIND + r"\b[^?]{0,12}\bnao\b|\b"
                   + _KIND + r" nao\b(?!.*\bnao\b).*\bnhac\b"),
    (Intent.WHERE, r"\bdia chi (?:nao|gi|la gi)\b|\bo dau\b|\bdia diem\b|\btai dau\b|"
                   r"\bcho nao\b|\bve dau\b|\bden dau\b|"
                   r"(?<!dung )(?<!cam )(?<!ban )(?<!bat )(?<!hang )(?<!buoc )(?<!lan )\bdau\W*$|"
                   r"\bnoi nao\b|\b(?:o|tai) (?:nhung |cac )?(?:xa|huyen|truong|ap|thon|"
                   r"xom|khu|phuong|dia phuong|dau|noi) nao\b"),
    (Intent.HOW, r"\bnhu the nao\b|\bnhu nao\b|\bthe nao\b|\bbang cach nao\b|\bhinh thuc nao\b|"
                 r"\bcach nao\b|\blam sao\b|\bcac buoc\b|\bmay buoc\b|\bra sao\b|\bntn\b|"
                 r"\bquy trinh\b"),
    (Intent.WHO, r"\bai\b|\b(?:co quan|don vi|nguoi|to chuc|(?<!van )ban|so|phong|hoi|doan|"
                 r"truong|ap|doi|hat|lien doan|nganh|doi tuong|bo phan|cap|nganh|dia phuong|"
                 r"doan the|cac ben|ca nhan|chi bo|dong chi|ben|canh|dua|anh|to|"
                 r"(?<!khoan )(?<!muc )chi|ong|thay|can bo) nao\b|\bnhung ai\b|"
                 r"\b(?:ben|phong|so|nganh|dua|nguoi|don vi) mo\b(?! (?:hinh|phong|ta|rong)\b)"),
    (Intent.LIST, r"\bnhung\b[^?]*\b(?:nao|gi)\b|\bliet ke\b|\bgom (?:nhung|cac)\b|\bbao gom\b|"
                  r"\bcac\b[^?]*\b(?:nao|gi)\W*$|\bke ten\b"),
    (Intent.WHAT, r"\bnhiem vu\b|\bviec gi\b|\blam gi\b|\bgi\b"),
)  # fmt: skip
_EN_KIND = (
    r"(?:plan|decision|resolution|directive|letter|document|conclusion|programme|program|law|"
    r"decree|circular|guidance|guideline|notice|provision|rule|regulation)"
)
_EN_TIME = r"(?:minute|hour|day|week|month|working day)s?"
_EN_CALENDAR = r"(?:date|day|time|year|month|quarter|period|week|hour)s?"
_EN_AUXILIARY = r"(?:is|are|was|were|does|do|did|has|have|had|must|should|shall|can|may|will)\b"
_EN_NAMED = rf"(?:(?!{_EN_AUXILIARY})[\w'-]+ )"  # a word before the noun, no verb
_EN: tuple[tuple[Intent, str], ...] = (
    (Intent.SIGNER, r"\bwho (?:has |had |have )?sign\w*\b|\bsigned by\b|\bsigner\b|\bsignator\w+|"
                    r"\bsigning\b|\bwhose signature\b"),
    (Intent.NUMBER, r"\bwhat(?:'s| is| was| are)? the (?:\w+ )?(?:number(?! of (?!the|this|that|"
                    r"plan))|no\.?|reference number)\b(?! for)|\bnumber and date\b|"
                    r"\bwhich number\b|\bdocument number\b"),
    (Intent.RECIPIENT, r"\bto (?:which|what) (?:[\w']+ )?(?:bodies|agencies|offices|units|"
                       r"organi[sz]ations|places|people|departments)\b.*"
                       r"\b(?:sent|copied|addressed|distributed)\b|"
                       r"\bto whom\b.*\b" + _EN_KIND + r"\b.*\b(?:sent|copied|addressed|"
                       r"distributed)\b|\bto whom\b.*\b(?:copied|addressed)\b|"
                       r"^which (?:[\w']+ ){1,7}?(?:receives?|gets?|are sent|is sent) "
                       r"(?:[\w'-]+ ){0,8}" + _EN_KIND + r"\b|"
                       r"\brecipients?\b|\bsent to (?:whom|which)\b|\b(?:who|which \w+) "
                       r"(?:receives?|gets?|is sent|are sent) (?:a copy of )?(?:(?:this|the) "
                       r"(?:\w+ ){0,2})?" + _EN_KIND + r"\b|\bwho is copied\b|\baddressed to\b|"
                       r"\baddressees?\b|\bdistribution list\b"),
    (Intent.DEADLINE, r"\bwithin how (?:many|long)\b|\bhow (?:many " + _EN_TIME + r"|long|far) "
                      r"(?:before|after|in advance|ahead)\b|\bhow (?:soon|early|late)\b|"
                      r"\b(?:last|latest|final|closing) (?:possible )?(?:day|date|time)\b|"
                      r"\bby (?:when|(?:what|which|the end of (?:what|which)) " + _EN_CALENDAR
                      + r")\b|\bdeadlines?\b|\btime limit\b|"
                      r"\bdue\b|\b(?:before|until|till) (?:when|(?:what|which) " + _EN_CALENDAR
                      + r")\b|^(?!.*\bfrom\b).*\bto (?:what|which) " + _EN_CALENDAR
                      + r"\b|\bno later than\b|"
                      r"\bwhen (?:must|should|do|does|is|are|shall|will)\b.*\b(?:report|submit|"
                      r"finish|complet|send|sent|issue|settle|hand(?:ed)? in|approv|ready)\w*"),
    (Intent.COUNT, r"\bhow (?:many|much|large|big|old)\b|\bminimum\b|\bmaximum\b|"
                   r"\b(?:what|which) (?:percentage|share|number of|rate|target|sum|amount|total|"
                   r"budget|age|size)\b|\b(?:below|above|under|over|up to|from) (?:what|which) "
                   r"(?:age|level|size|amount|sum|number)\b|\bwhat is the (?:total|"
                   r"number of (?!the|this|that|plan))"),
    (Intent.WHEN, r"\bwhen\b|\b(?:on |in |from |at )?(?:what|which) (?:\w+ )?" + _EN_CALENDAR
                  + r"\b|\bhow long\b|\bbetween what hours\b"),
    (Intent.BASIS, r"\bbas(?:is|ed|es)\b|\bpursuant\b|\blegal ground\w*|\b(?:which|"
                   r"what) " + _EN_NAMED + r"{0,4}" + _EN_KIND + r"s?\b.*\b(?:implement|mention|"
                   r"cite|based|follow|carr|refer|comply|complies)\w*|"
                   r"\b(?:under|by|following|according to) (?:which|what) " + _EN_NAMED + "{0,2}"
                   + _EN_KIND + r"s?\b"),
    (Intent.WHERE, r"\bwhere\b|\b(?:in|at|to) (?:which|what) (?:\w+ )?(?:place|venue|location|"
                   r"hamlet|village|commune|school|ward|district|province)s?\b|"
                   r"\bwhich (?:place|venue|location|hamlet|village|commune|school)\b|"
                   r"\bwhat(?:'s| is) the (?:address|venue|location|place)\b|"
                   r"\bto (?:which|what) (?:e-?mail|address|account)\b"),
    (Intent.HOW, r"\bhow\b|\bin (?:what|which) (?:form|way|manner|order)s?\b|"
                 r"\b(?:what|which) (?:form|step|method)s\b|\bsteps\b"),
    (Intent.WHO, r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:which|what) (?!(?:must|should|shall|can|may|do|"
                 r"does|did|has|have|is|are|will)\b)(?:[\w'-]+ ){0,2}(?:agency|agencies|body|"
                 r"bodies|unit|office|organi[sz]ation|department|committee|cell|person|people|board|"
                 r"federation|association|union|cent(?:re|er)|station|company|ministry|branch|"
                 r"official|leader|comrade|level|sector|police|council|court|institution)s?\b"
                 r"(?! (?:congress|meeting|plan|report|head|directive|letter|document)\w*\b)"),
    (Intent.LIST, r"\blist\b|\bwhich (?:[\w'-]+ )?\w+s\b|\bwhat are\b|\bname the\b|"
                  r"\bwhat (?:\w+ )?(?:activities|tasks|targets|measures|contents|forms|works|"
                  r"topics|items|documents|duties|requirements|conditions|solutions|themes)\b"),
    (Intent.YES_NO, r"^(?:(?:if|for|under|according to|in|on|at|by|as|after|before)\b"
                    r"(?![^,]*\b(?:which|what|who|whom|how|when)\b)[^,]*, )?" + _EN_AUXILIARY),
    (Intent.WHAT, r"\bwhat\b"),
)  # fmt: skip
_DECIDED_ENGLISH = re.compile(
    r"(?:can|may|must|should|is|are|was|were|does|do|did|has|have|will|shall)\b"
    r"(?! (?:you|we|i|there)\b)"
    r"(?!.*\b(?:say|know|tell|state|specify|mention)\b)"
)
_ACROSS_VI = re.compile(
    r"\b(?:nhung|cac|may|tat ca|hai|ba|bon|nam|\d) (?:ke hoach|van ban|cong van|tai lieu|kh|"
    r"vb)\b(?! nay)|"
    r"\bgiua (?:cac|hai)\b|\bso sanh\b|^so .*\bvoi\b|\bkhac nhau\b|\bkhac gi\b|"
    r"\btrong (?:so )?(?:cac|hai|ba|bon)\b[^?]{0,12}\b(?:ke hoach|van ban)\b|"
    r"\b(?:ke hoach|van ban) nao (?:co|neu|quy dinh|yeu cau|nhac|thuc hien|can cu|giao|dat|noi|"
    r"de cap)\b"
)
_ACROSS_EN = re.compile(
    r"\bwhich (?:of the )?(?:\w+ )?(?:plans|documents|letters|directives)\b|\b(?:all|both|two|"
    r"three|four) (?:the )?(?:plans|documents)\b|"
    r"\bwhich (?:of the \w+ )?(?:plan|document)s? (?:set|cite|mention|require|have|has)\w*|"
    r"\bthe plans\b|\bcompare\b"
)
_LIKE_HOW_MANY = re.compile(r"\bm(?:áy|ây|ậy)\b", re.I)  # «máy»: folded it is «mấy»
_OTHER_NUMBER = re.compile(
    r"số (?:máy|điện thoại|tài khoản)|so (?:dien thoai|tai khoan)|\bsđt\b|\bsdt\b"
)
# Words that frame a question and say nothing of the document; they are left out of the search.
_FRAME_VI = re.compile(
    r"\b(?:hay cho biet|cho (?:toi |minh |em )?hoi|cho biet|xin hoi|theo van ban|la gi|nhung gi|"
    r"(?:lo|dam nhan|phu trach) (?:nhung |cac )?(?:phan |mang |khau )?(?:viec )?gi|viec gi|lam gi|"
    r"la ai|ai|gi|nao|khi nao|bao gio|bao nhieu|o dau|tai dau|may|nhu the nao|the nao|hay khong|"
    r"khong|phai khong|"
    r"co phai|(?:co )?(?:nhiem vu|trach nhiem)(?= cua\b)|co nhiem vu gi|nhiem vu gi|(?:phai |"
    r"can )?(?:lam|thuc hien) (?:nhung |cac )?(?:viec )?gi|la khi nao|ngay nao|thang nao|nam nao|"
    r"luc nao|thoi gian nao|duoc|nhe|vay|la)\b"
)


def intents(text: str, vietnamese: str, english: bool) -> tuple[Intent, ...]:
    """Everything a question asks for, the main intent first; never empty.

    ``vietnamese`` is the question as it was read, ``text`` as it was typed.
    """
    source = text.lower() if english else fold(_LIKE_HOW_MANY.sub("-", vietnamese)).lower()
    source = source.strip()
    found = [intent for intent, pattern in (_EN if english else _VI) if re.search(pattern, source)]
    if english and Intent.YES_NO in found and _DECIDED_ENGLISH.match(source):
        # «Can a graduate who was deferred be called up?»: «who» asks nothing.
        found = [Intent.YES_NO, *(i for i in found if i is not Intent.YES_NO)]
    if Intent.NUMBER in found and _OTHER_NUMBER.search(text.lower()):
        found.remove(Intent.NUMBER)  # «số máy», folded like «số mấy»
    return tuple(found) or (Intent.WHAT,)


def asks_across(text: str, folded: str, english: bool) -> bool:
    """True when the question is about several documents at once."""
    if english:
        return _ACROSS_EN.search(text.lower()) is not None
    return _ACROSS_VI.search(folded.lower()) is not None


def without_frame(text: str, folded: str) -> str:
    """``text`` without the words that only frame a question; ``folded`` has the same offsets."""
    kept, position, marked = [], 0, has_diacritics(text)
    for match in _FRAME_VI.finditer(folded.lower()):
        if marked and text[match.start() : match.end()].lower() == "la":
            continue  # «Sơn La»: where marks are written, «là» has one
        kept.append(text[position : match.start()])
        position = match.end()
    kept.append(text[position:])
    return " ".join(" ".join(kept).split())
