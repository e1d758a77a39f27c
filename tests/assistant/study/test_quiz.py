"""The quiz: right answers borne out, wrong ones provably wrong, nothing asked twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.register.rules import parts_of
from assistant.study.pack import Workshop
from assistant.study.quiz.wrong import is_supported, is_wrong
from assistant.study.records import (
    Asked,
    ChoiceItem,
    Difficulty,
    Length,
    MatchingItem,
    OrderingItem,
    Part,
    QuizItem,
    StudyPack,
    StudyRequest,
    TrueFalseItem,
)
from assistant.study.sameness import key_of, values_of
from ingest.records import SourceDocument
from tests.assistant.study.plans import NOTICE, RIVER, duties_of, made, pack_on

NEGATIVE = (Asked.NOT_TASK, Asked.NOT_MEMBER)


def _items(packs: list[StudyPack], form: type[QuizItem]) -> list[QuizItem]:
    return [item for pack in packs for item in pack.quiz.entries if isinstance(item, form)]


def test_the_samples_carry_a_full_quiz(packs: list[StudyPack]) -> None:
    for pack in packs:
        assert len(pack.quiz.entries) >= 15, pack.title
        assert len(pack.cards.entries) >= 15, pack.title


def test_every_form_is_used(packs: list[StudyPack]) -> None:
    for form in (ChoiceItem, TrueFalseItem, MatchingItem, OrderingItem):
        assert _items(packs, form)


def test_no_wrong_choice_is_right(workshops: list[Workshop], packs: list[StudyPack]) -> None:
    for workshop, pack in zip(workshops, packs, strict=True):
        sources = workshop.material.sources
        for item in pack.quiz.entries:
            if isinstance(item, ChoiceItem):
                wrong = [c for n, c in enumerate(item.choices) if n != item.right]
                assert len(wrong) >= 2
                assert all(is_wrong(choice, item, sources) for choice in wrong), item
            if isinstance(item, TrueFalseItem) and not item.is_true:
                assert is_wrong(item.wrong, item, sources), item


def test_no_choice_stands_twice(packs: list[StudyPack]) -> None:
    for item in _items(packs, ChoiceItem):
        assert isinstance(item, ChoiceItem)
        assert len({key_of(c) for c in item.choices}) == len(item.choices)


def test_the_words_cited_hold_the_right_choice(packs: list[StudyPack]) -> None:
    for item in _items(packs, ChoiceItem):
        assert isinstance(item, ChoiceItem)
        quoted = key_of(" ".join(c.quote for c in item.citations))
        right = item.choices[item.right]
        if item.asked is Asked.DATE:
            value = values_of(right)[0]
            assert any(value == v for c in item.citations for v in values_of(c.quote)) or (
                value[-2:] in quoted
            )
        elif item.asked not in (Asked.MEMBER, Asked.TASK, *NEGATIVE):
            assert set(key_of(right).split()) <= set(quoted.split()), item


def test_wrong_choices_say_where_they_are_from(
    samples: list[SourceDocument], packs: list[StudyPack]
) -> None:
    text = {d.id: d.text for d in samples}
    for item in _items(packs, ChoiceItem):
        assert isinstance(item, ChoiceItem)
        assert not item.proofs[item.right]
        for number, proof in enumerate(item.proofs):
            assert bool(proof) is (number != item.right)
            assert all(text[c.document_id][c.start : c.end] == c.quote for c in proof)


def test_a_false_statement_differs_in_one_thing(packs: list[StudyPack]) -> None:
    for item in _items(packs, TrueFalseItem):
        assert isinstance(item, TrueFalseItem)
        if item.is_true:
            assert not item.wrong
            assert not item.right
        else:
            assert key_of(item.wrong) in key_of(item.statement)
            assert key_of(item.wrong) != key_of(item.right)


def test_true_and_false_are_mixed(packs: list[StudyPack]) -> None:
    for pack in packs:
        said = [i.is_true for i in pack.quiz.entries if isinstance(i, TrueFalseItem)]
        assert {True, False} <= set(said), pack.title


def test_each_task_matches_one_office_alone(
    workshops: list[Workshop], packs: list[StudyPack]
) -> None:
    for workshop, pack in zip(workshops, packs, strict=True):
        for item in pack.quiz.entries:
            if not isinstance(item, MatchingItem):
                continue
            assert sorted(item.pairs) == list(range(len(item.left)))
            for (a, office), (b, _) in itertools.permutations(enumerate(item.left), 2):
                other_task = item.right[item.pairs[b]]
                assert a != b
                assert not is_supported(office, Asked.OFFICE, other_task, workshop.material.sources)


def test_events_are_ordered_by_their_dates(packs: list[StudyPack]) -> None:
    for item in _items(packs, OrderingItem):
        assert isinstance(item, OrderingItem)
        assert sorted(item.order) == list(range(len(item.events)))
        assert list(item.order) != sorted(item.order)
        lasts = [_last_day(item.when[i]) for i in item.order]
        if all(lasts):
            assert lasts == sorted(lasts)


def _last_day(when: str) -> str:
    values = values_of(when)
    part = parts_of(values[0])[0] if values else None
    return str(getattr(getattr(part, "days", None), "last", "") or "")


def test_nothing_is_asked_twice(packs: list[StudyPack]) -> None:
    for pack in packs:
        asked = [
            i.statement if isinstance(i, TrueFalseItem) else i.question
            for i in pack.quiz.entries
            if not isinstance(i, MatchingItem)
        ]
        assert len(set(asked)) == len(asked), pack.title
        cards = [card.question for card in pack.cards.entries]
        assert len(set(cards)) == len(cards), pack.title


def test_no_item_gives_the_answer_of_another_away(packs: list[StudyPack]) -> None:
    for pack in packs:
        dates = [
            i for i in pack.quiz.entries if isinstance(i, ChoiceItem) and i.asked is Asked.DATE
        ]
        for item in dates:
            when = item.choices[item.right]
            for other in pack.quiz.entries:
                if isinstance(other, ChoiceItem) and other is not item:
                    same = other.citations[0].start == item.citations[0].start
                    told = f"{other.question} {other.choices[other.right]}"
                    assert not (same and key_of(when) in key_of(told))


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from(Difficulty), st.sampled_from(Length))
def test_any_seed_level_and_length_keep_the_promise(
    seed: int, difficulty: Difficulty, length: Length
) -> None:
    document = made(RIVER)
    request = StudyRequest(seed=seed, difficulty=difficulty, length=length)
    workshop = Workshop([document], duties_of([document]), request)
    for item in workshop.part(Part.QUIZ).entries:
        if isinstance(item, ChoiceItem):
            assert all(
                is_wrong(choice, item, workshop.material.sources)
                for number, choice in enumerate(item.choices)
                if number != item.right
            )


def test_the_number_of_items_can_be_chosen() -> None:
    assert len(pack_on(RIVER, request=StudyRequest(items=5, cards=4)).quiz.entries) == 5
    assert len(pack_on(RIVER, request=StudyRequest(items=5, cards=4)).cards.entries) == 4
    assert not pack_on(RIVER, request=StudyRequest(items=0, cards=0)).quiz.entries


def test_a_text_without_facts_says_so() -> None:
    quiz = pack_on(NOTICE).quiz
    assert not quiz.entries
    assert "không có đủ dữ kiện" in quiz.notes[0]


@pytest.mark.parametrize("level", Difficulty)
def test_a_harder_quiz_has_fewer_statements(level: Difficulty) -> None:
    items = pack_on(RIVER, request=StudyRequest(difficulty=level)).quiz.entries
    statements = sum(isinstance(i, TrueFalseItem) for i in items)
    share = {Difficulty.EASY: 0.65, Difficulty.MEDIUM: 0.5, Difficulty.HARD: 0.5}
    assert statements <= share[level] * len(items) + 1


def test_a_day_of_the_week_stays_true() -> None:
    text = (
        "KẾ HOẠCH\nVớt bèo\nI. LỊCH\n"
        "1. Hội Nông dân xã tổ chức dọn bèo trên kênh chính của xã vào thứ Sáu ngày 07/11/2025.\n"
        "2. Đoàn Thanh niên xã báo cáo số bèo đã dọn về Ủy ban nhân dân xã trước ngày 10/11/2025.\n"
        "3. Trạm Y tế xã kiểm tra nước giếng của các hộ ven kênh trước ngày 25/11/2025.\n"
        "4. Công an xã hướng dẫn ghe thuyền neo đậu ngoài luồng trước ngày 21/11/2025.\n"
    )
    pack = pack_on(text)
    shown = [c for i in pack.quiz.entries if isinstance(i, ChoiceItem) for c in i.choices]
    shown += [i.wrong for i in pack.quiz.entries if isinstance(i, TrueFalseItem)]
    assert all("07/11" in c or "21/11" in c for c in shown if "hứ Sáu" in c)


ELSEWHERE = """HUYỆN ỦY GÒ DẦU
Số: 9-KH/HU
KẾ HOẠCH
Thi hát ru
I. PHÂN CÔNG
1. Ban Chỉ đạo hội thi hát ru huyện Gò Dầu
- Mời giám khảo, chuẩn bị micrô và phông màn sân khấu cho đêm chung kết hát ru.
- Chấm điểm tiết mục hát ru của các thí sinh nhí và trao cúp cho đội nhất.
2. Câu lạc bộ Đờn ca tài tử Gò Dầu
- Đệm đàn kìm, đàn tranh cho các tiết mục hát ru dự thi của thí sinh.
- Tập huấn cách giữ hơi và nhả chữ cho các bà, các chị dự thi hát ru.
"""


def test_what_is_from_beside_speaks_of_what_the_pack_speaks_of() -> None:
    documents = [made(RIVER, "a.txt"), made(ELSEWHERE, "b.txt")]
    workshop = Workshop(
        documents[:1], duties_of(documents), StudyRequest(items=30), beside=documents[1:]
    )
    assert any("Gò Dầu" in task for task in (d.text for d in documents[1:]))
    for item in workshop.part(Part.QUIZ).entries:
        shown = item.choices if isinstance(item, ChoiceItem) else (str(item),)
        assert not any("Gò Dầu" in words or "hát ru" in words for words in shown), item
