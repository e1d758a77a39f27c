"""Documents that are nearly the same, found among many that are not."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.alike import LEAST_SHARE, Likeness, differing, share, shingles, sketch
from ingest.pipeline import Library
from ingest.reading import document_of
from ingest.records import Header, HeaderField, SourceDocument
from ingest.settings import Settings
from ingest.vietnamese import fold, syllables

_WORDS = (
    "thôn xã huyện cán bộ đảng viên họp bàn trồng cây chăm sóc đường làng ngõ xóm tuyên truyền vận "
    "động nhân dân tham gia dọn vệ sinh môi trường phòng chống dịch bệnh cho đàn gia súc trước mùa "
    "mưa bão kiểm tra giám sát tổng hợp kết quả báo cáo về văn phòng theo đúng thời hạn quy định"
).split()


def plan(seed: int, words: int = 600) -> str:
    """A text of its own, in lines of twelve words."""
    chance = random.Random(seed)
    chosen = [chance.choice(_WORDS) for _ in range(words)]
    return "\n".join(" ".join(chosen[at : at + 12]) + "." for at in range(0, words, 12))


def misread(text: str, rate: float, seed: int = 1) -> str:
    """``text`` as a scan gives it: every so many words a wrong letter, or the word cut in two."""
    chance = random.Random(seed)
    words = text.split(" ")
    for at, word in enumerate(words):
        if chance.random() < rate and word:
            middle = len(word) // 2
            words[at] = chance.choice([f"{word[:middle]} {word[middle:]}", f"{word[:-1]}q"])
    return " ".join(words)


def document(identity: str, text: str, **head: str) -> SourceDocument:
    fields = {name: HeaderField(value, 0, 1) for name, value in head.items()}
    return SourceDocument(identity, f"{identity}.txt", text, header=Header(**fields))  # type: ignore[arg-type]


def test_shingles_are_three_syllables_whatever_their_marks_and_marks_between() -> None:
    assert len(shingles("Họp bàn trồng cây.")) == 2
    assert np.array_equal(shingles("Họp bàn:\ntrồng CÂY"), shingles("hop ban trong cay"))
    assert not np.intersect1d(shingles("họp bàn trồng"), shingles("bàn họp trồng")).size
    assert shingles("họp bàn").size == shingles("").size == shingles(" …\n").size == 0


def test_long_texts_are_taken_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    text = plan(1, 3000)
    whole = shingles(text)
    monkeypatch.setattr("ingest.alike._STRETCH", 1000)
    assert share(shingles(text), whole) > 0.9
    assert (np.diff(shingles(text).astype(object)) > 0).all()


@given(st.text(alphabet="aăbcdđeê ộ1.,\n中文", max_size=60))
def test_shingles_agree_with_syllables_one_by_one(text: str) -> None:
    folded = [fold(s) for s in syllables(text.replace("_", " "))]
    assert len(shingles(text)) == len({*zip(folded, folded[1:], folded[2:], strict=False)})


def test_share_is_of_both_texts_together() -> None:
    whole = plan(1, 400)
    half = "\n".join(whole.split("\n")[:17])
    assert share(shingles(whole), shingles(whole)) == 1.0
    assert share(shingles(whole), shingles(half)) == pytest.approx(2 / 3, abs=0.03)
    assert share(shingles(plan(2)), shingles(plan(3))) < 0.1
    assert share(shingles(""), shingles("")) == 0.0


def test_sketches_estimate_how_much_two_texts_overlap() -> None:
    one, other = shingles(plan(1)), shingles(misread(plan(1), 0.1))
    overlap = len(np.intersect1d(one, other)) / len(np.union1d(one, other))
    assert (sketch(one) == sketch(other)).mean() == pytest.approx(overlap, abs=0.12)
    assert (sketch(one) == sketch(shingles(plan(2)))).mean() < 0.1


VARIANTS = {
    "a scan": misread(plan(7), 0.05),
    "a bad scan": misread(plan(7), 0.12),
    "without marks": fold(plan(7)),
    "a page is missing": "\n".join(plan(7).split("\n")[12:]),
    "another head": "ĐẢNG BỘ XÃ KHÁC\nSố 99-KH/ĐU\n" + plan(7),
    "a draft": "\n".join(line for n, line in enumerate(plan(7).split("\n")) if n % 6),
}


@pytest.mark.parametrize("few", [True, False], ids=["one is new", "all are new"])
@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_variants_are_found_and_nothing_else(text: str, few: bool) -> None:
    others = [document(f"o{n}", plan(100 + n)) for n in range(60)]
    likeness = Likeness()
    if few:
        assert likeness.pairs([*others, document("plan", plan(7))]) == ()
    found = likeness.pairs([*others, document("plan", plan(7)), document("variant", text)])
    assert [(p.first, p.second) for p in found] == [("plan", "variant")]
    assert LEAST_SHARE <= found[0].share <= 1.0


def test_one_by_one_is_as_all_at_once() -> None:
    texts = [plan(n // 3) + plan(500 + n, 120) for n in range(30)]  # ten families of three
    documents = [document(f"{n:02}", text) for n, text in enumerate(texts)]
    growing = Likeness()
    for count in range(len(documents) + 1):
        found = growing.pairs(documents[:count])
    assert found == Likeness().pairs(documents)
    assert len(found) == 30
    assert [p.share for p in found] == sorted((p.share for p in found), reverse=True)
    assert growing.pairs(documents[:6]) == Likeness().pairs(documents[:6])
    assert growing.pairs(documents) == found  # what went comes back


def test_a_crowd_of_copies_is_bounded() -> None:
    copies = [document(f"{n:03}", plan(1) + f" {n}") for n in range(150)]
    found = Likeness().pairs(copies)
    assert {p.first for p in found} | {p.second for p in found} == {d.id for d in copies}
    assert 150 <= len(found) <= 150 * 149 // 2


def test_texts_of_a_few_words_are_not_compared() -> None:
    assert (
        Likeness().pairs([document("a", "Họp bàn trồng cây."), document("b", "Họp bàn trồng cây!")])
        == ()
    )


def test_what_differs_is_said() -> None:
    first = document("a", "", number="12-KH/ĐU", date="2023-01-02", title="trồng cây đầu năm")
    second = document("b", "", number="12 - KH/ĐU", date="2024-01-02", title="trồng cây đầu nặm")
    other = document("c", "", number="13-KH/ĐU", issuer="ĐẢNG ỦY XÃ KHÁC", title="phòng dịch")
    assert differing(first, second) == ("date",)
    assert differing(first, other) == ("number", "title")
    assert differing(first, SourceDocument("d", "d.txt", "")) == ()


def test_adding_tells_what_is_alike(tmp_path: Path) -> None:
    names = {"gốc.txt": plan(1), "quét.txt": misread(plan(1), 0.05), "khác.txt": plan(2)}
    for name, text in names.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as library:
        assert library.add([tmp_path / "gốc.txt"]).alike == ()
        summary = library.add([tmp_path / "khác.txt", tmp_path / "quét.txt"])
        ((name, there, common),) = summary.alike
        assert (name, there) == ("quét.txt", "gốc.txt")
        assert [outcome.alike for outcome in summary.files] == [(), summary.alike]
        (pair,) = library.alike()
        assert pair.share == common
        ids = {d.name: d.id for d in library.documents()}
        assert {pair.first, pair.second} == {ids["gốc.txt"], ids["quét.txt"]}
        library.set_aside(ids["gốc.txt"])
        assert library.alike() == ()
        library.restore(ids["gốc.txt"])
        assert library.alike() == (pair,)


def test_both_of_one_call_are_told_once(tmp_path: Path) -> None:
    for name, text in {"a.txt": plan(1), "b.txt": plan(1) + " thêm"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as library:
        summary = library.add([tmp_path])
    assert [(name, there) for name, there, _ in summary.alike] == [("b.txt", "a.txt")]


def test_the_same_words_in_two_formats(tmp_path: Path) -> None:
    text = plan(4)
    html = (
        "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>"
    )
    documents = [document_of(text.encode(), "a.txt"), document_of(html.encode(), "b.html")]
    (pair,) = Likeness().pairs(documents)
    assert pair.share > 0.95
