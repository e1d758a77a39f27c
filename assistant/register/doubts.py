"""Why a row of the register wants a second look, in words."""

from __future__ import annotations

from ingest.records import Doubt, Obligation

_SENTENCES: dict[Doubt, tuple[str, str]] = {
    Doubt.NO_ACTOR: (
        "Văn bản không nêu đơn vị thực hiện.",
        "The document does not name who is to do this.",
    ),
    Doubt.CONTRADICTED: (
        "Cùng văn bản, chỗ khác ghi thời hạn khác cho việc này.",
        "The same document gives another deadline for this elsewhere.",
    ),
    Doubt.BEFORE_ISSUE: (
        "Thời hạn sớm hơn ngày ban hành văn bản.",
        "The deadline is earlier than the date of the document.",
    ),
    Doubt.UNREAD: (
        "Chỗ ghi thời hạn không đọc được thành ngày; xem nguyên văn.",
        "The words in place of the deadline are no readable date; see the exact words.",
    ),
    Doubt.FAR_YEAR: (
        "Năm của thời hạn cách xa năm ban hành văn bản.",
        "The year of the deadline is far from the year of the document.",
    ),
    Doubt.YEAR_SUPPLIED: (
        "Văn bản không ghi năm; năm được lấy theo ngày ban hành.",
        "No year is written; it is taken from the date of the document.",
    ),
}


def doubt_words(doubt: Doubt, language: str) -> str:
    """One plain sentence in ``language`` (``vi`` or ``en``) that says what to look at again."""
    vietnamese, english = _SENTENCES[doubt]
    return english if language == "en" else vietnamese


def implied_words(duty: Obligation, language: str) -> str:
    """Why the body of ``duty`` is only implied, in a sentence; empty where it is named or none is.

    Of an issuer it says what the doubt :attr:`Doubt.NO_ACTOR` of the row is about.
    """
    if not (duty.implied and duty.actor):
        return ""
    return _IMPLIED[Doubt.NO_ACTOR in duty.doubts][language == "en"]


def doubts_to_say(duty: Obligation) -> tuple[Doubt, ...]:
    """The doubts of a row less the one that :func:`implied_words` says already."""
    if not (duty.implied and duty.actor):
        return duty.doubts
    return tuple(doubt for doubt in duty.doubts if doubt is not Doubt.NO_ACTOR)


def notes_of(duty: Obligation, language: str) -> tuple[str, ...]:
    """What a reader of the row should know, a sentence each: an implied actor, the doubts."""
    implied = implied_words(duty, language)
    doubts = (doubt_words(doubt, language) for doubt in doubts_to_say(duty))
    return (*([implied] if implied else ()), *doubts)


# Of an addressee or a body that stands for the whole document; of the issuer, by ``NO_ACTOR``.
_IMPLIED = {
    False: (
        "Đơn vị là nơi nhận hoặc phạm vi chung của văn bản, không nêu riêng cho việc này.",
        "The body is that of the whole document; none is named for this duty.",
    ),
    True: (
        "Đơn vị là cơ quan ban hành văn bản; văn bản không nêu riêng đơn vị nào cho việc này.",
        "The body is the one that issued the document; none is named for this duty.",
    ),
}
