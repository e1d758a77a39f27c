"""The made-up plans that the benchmarks index."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ElementTree
from itertools import islice, pairwise

import pytest

from benchmarks import scale
from benchmarks.plans import made_up_plans
from benchmarks.prose import prose
from benchmarks.scale_chart import PANELS, scale_chart
from ingest.pipeline import read_document
from ingest.records import SourceDocument

COUNT = 30


@pytest.fixture(scope="module")
def plans() -> list[tuple[str, str]]:
    return list(made_up_plans(COUNT))


@pytest.fixture(scope="module")
def documents(
    plans: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> list[SourceDocument]:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in plans:
        (folder / name).write_text(text, encoding="utf-8")
    return [read_document(folder / name) for name, _ in plans]


def test_one_seed_gives_the_same_plans(plans: list[tuple[str, str]]) -> None:
    assert list(made_up_plans(COUNT)) == plans
    assert list(islice(made_up_plans(1000), COUNT)) == plans  # fewer are the first of more
    others = [text for _, text in made_up_plans(COUNT, seed=2)]
    assert not set(others) & {text for _, text in plans}


def test_no_two_plans_are_alike(plans: list[tuple[str, str]]) -> None:
    names, texts = zip(*plans, strict=True)
    assert len(set(names)) == COUNT
    assert list(names) == sorted(names)
    # Not only their numbers differ: few of their tasks are the same.
    tasks = [set(re.findall(r"(?m)^- .*người tham gia.*$", text)) for text in texts]
    assert all(len(own) > 40 for own in tasks)
    for i, own in enumerate(tasks):
        for other in tasks[:i]:
            assert len(own & other) < len(own) / 4


@pytest.mark.parametrize("count", [0, 1, 3])
def test_as_many_as_are_asked_for(count: int) -> None:
    assert len(list(made_up_plans(count))) == count


def test_a_plan_is_long(plans: list[tuple[str, str]]) -> None:
    assert all(1000 < len(text.split()) < 1800 for _, text in plans)


def test_their_headers_are_read(
    plans: list[tuple[str, str]], documents: list[SourceDocument]
) -> None:
    for at, ((_, text), document) in enumerate(zip(plans, documents, strict=True), 1):
        place, day, month, year = re.findall(r"(?m)^(.+), ngày (\d+) tháng (\d+) năm (\d+)$", text)[
            0
        ]
        head = document.header
        assert head.kind is not None
        assert head.kind.value == "kế hoạch"
        assert head.number is not None
        assert head.number.value == f"{at}-KH/ĐU"
        assert head.signer is not None
        assert head.signer.value == text.rstrip().rsplit("\n", 1)[-1]
        assert len(head.signer.value.split()) == 3
        assert head.date is not None
        assert head.date.value == f"{year}-{month}-{day}"
        assert head.place is not None
        assert head.place.value == place
        assert head.issuer is not None
        assert f"ĐẢNG ỦY XÃ {place.upper()}" in head.issuer.value
        assert head.title is not None
        assert f"xã {place} năm {year}" in head.title.value


def test_their_sections_are_read(documents: list[SourceDocument]) -> None:
    for document in documents:
        labels = [section.label for section in document.sections]
        assert [label for label in labels if re.fullmatch("[IVX]+", label)] == ["I", "II", "III"]


# --- large libraries ----------------------------------------------------------------------------


def test_prose_is_as_varied_as_general_text() -> None:
    words = prose().words(random.Random(3), 20_000).split()
    assert len(words) == 20_000
    assert prose().words(random.Random(3), 50) == " ".join(words[:50])
    assert len(set(words)) > 1500
    assert len(set(pairwise(words))) > 8000
    assert max(map(words.count, ("và", "của", "các"))) > 20_000 / 200  # frequent words are


def test_the_plans_of_a_large_library_keep_their_structure() -> None:
    for (name, text), (plain_name, plain) in zip(scale.plans(5), made_up_plans(5), strict=True):
        assert name == plain_name
        assert len(text.split()) > 1.4 * len(plain.split())
        for line, before in zip(text.split("\n"), plain.split("\n"), strict=True):
            assert line.startswith(before.rstrip("."))
    assert list(scale.plans(5)) == list(islice(scale.plans(50), 5))


def test_no_question_is_asked_twice() -> None:
    asked = scale.questions(60, 40)
    assert len(set(asked)) == 60
    assert asked == scale.questions(60, 40)
    assert sum(text.isascii() for text in asked) >= 20  # typed without marks


def test_figures_are_told_and_drawn() -> None:
    rows = [
        {"passages": size, **{key: size / 1000 * at for at, (key, _, _) in enumerate(PANELS, 1)}}
        for size in (1000, 10_000)
    ]
    table = scale.table(rows).splitlines()
    assert table[0] == "| passages | 1,000 | 10,000 |"
    assert all(line.count("|") == 4 for line in table)
    assert any("–" in line for line in table)  # what was not measured
    drawn = ElementTree.fromstring(scale_chart(rows))
    bars = [e for e in drawn.iter() if e.tag.endswith("rect")]
    assert len(bars) == 1 + len(rows) * len(PANELS)
