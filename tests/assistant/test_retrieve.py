"""Passages for a question, over the real library."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import retrieve
from assistant.chain import Assistant
from assistant.library_index import LibraryIndex, in_scope, refers_to
from assistant.records import EVERYTHING, Reference, Scope
from assistant.retrieve import Hit, Weights, documents_named, search
from assistant.understand import understand
from benchmarks.plans import made_up_plans
from ingest.pipeline import Library
from ingest.settings import Settings


@pytest.mark.parametrize("question", ["hội nông dân thu gom vỏ bao bì", "hoi nong dan thu gom vo"])
def test_the_passage_is_found_typed_either_way(assistant: Assistant, question: str) -> None:
    hits = search(assistant.index(), understand(question))
    assert any("vỏ bao bì" in h.passage.text for h in hits[:3])
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


@pytest.mark.parametrize("field", ["documents", "kinds", "issuers", "years"])
def test_every_hit_is_within_the_scope(assistant: Assistant, library: Library, field: str) -> None:
    head = library.documents()[0].header
    assert head.kind
    assert head.issuer
    assert head.date
    scope = {
        "documents": Scope(documents=(library.documents()[0].id,)),
        "kinds": Scope(kinds=(head.kind.value,)),
        "issuers": Scope(issuers=(head.issuer.value,)),
        "years": Scope(years=(int(head.date.value[:4]),)),
    }[field]
    hits = search(assistant.index(), understand("báo cáo kết quả"), scope, limit=100)
    assert hits
    assert all(in_scope(h.document, scope) for h in hits)
    outside = [d for d in library.documents() if not in_scope(d, scope)]
    assert outside


def test_scopes_narrow_together(assistant: Assistant, library: Library) -> None:
    scope = Scope(kinds=("kế hoạch",), years=(2024,))
    hits = search(assistant.index(), understand("báo cáo kết quả"), scope, limit=500)
    found = {h.document.id for h in hits}
    assert found == {d.id for d in library.documents() if in_scope(d, scope)}
    assert 1 < len(found) < len(library.documents())


def test_a_question_over_several_documents_meets_each_once_first(assistant: Assistant) -> None:
    hits = search(assistant.index(), understand("Những kế hoạch nào phải báo cáo?"), limit=8)
    assert len({h.document.id for h in hits}) == 8


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param("Kết luận 22 giao việc gì?", "22-KL/ĐU", id="accented"),
        pytest.param("ket luan 22 giao viec gi", "22-KL/ĐU", id="unaccented"),
        pytest.param("What does Conclusion 22 ask for?", "22-KL/ĐU", id="english"),
        pytest.param("cv 412 giao viec gi", "412/UBND-NC", id="chat"),
    ],
)
def test_the_document_named_is_first(assistant: Assistant, question: str, number: str) -> None:
    best = search(assistant.index(), understand(question))[0].document.header.number
    assert best is not None
    assert best.value == number


@pytest.mark.parametrize("typed", ["Kết luận 22 giao gì?", "ai bao cao theo ke hoach 128"])
def test_to_be_named_counts_for_every_passage_of_a_document(
    assistant: Assistant, typed: str
) -> None:
    index = assistant.index()
    question = understand(typed, index.lexicon)
    hits = search(index, question, limit=100, weights=Weights(reference=50.0))
    (row,) = index.referred_to(question.references[0])
    own = index.rows[row].stop - index.rows[row].start
    assert {hit.document.id for hit in hits[:own]} == {index.documents[row].id}


def test_a_scope_that_nothing_meets(assistant: Assistant) -> None:
    assert search(assistant.index(), understand("báo cáo"), Scope(kinds=("luật",))) == []


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Reference("35-KH/ĐU"), True),
        (Reference("35-KH/DU"), True),
        (Reference("35", "kế hoạch"), True),
        (Reference("35", "công văn"), False),
        (Reference("3-KH/ĐU"), False),
        (Reference("135-KH/ĐU"), False),
    ],
)
def test_references_name_a_document(library: Library, reference: Reference, expected: bool) -> None:
    document = next(d for d in library.documents() if "35-KH" in d.name)
    assert refers_to(reference, document) is expected


def test_the_retriever_is_langchains(assistant: Assistant) -> None:
    retriever = assistant.retriever(limit=3)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("học tập nghị quyết")
    assert len(documents) == 3
    source = assistant.library.document(documents[0].metadata["document_id"]).text
    start, end = documents[0].metadata["start"], documents[0].metadata["end"]
    assert source[start:end] == documents[0].page_content
    assert documents[0].metadata["context"]
    assert documents[0].metadata["score"] >= documents[1].metadata["score"]
    chain: Runnable[str, int] = retriever | RunnableLambda(len)
    assert chain.invoke("học tập nghị quyết") == 3


def test_a_retriever_keeps_to_its_scope(assistant: Assistant, library: Library) -> None:
    document = library.documents()[0]
    retriever = assistant.retriever(Scope(documents=(document.id,)), limit=5)
    found = retriever.invoke("báo cáo kết quả")
    assert {d.metadata["document_id"] for d in found} == {document.id}


def test_an_empty_library_has_no_passage(empty_library: Library) -> None:
    assert search(Assistant(empty_library).index(), understand("báo cáo"), EVERYTHING) == []


# --- documents set side by side -----------------------------------------------------------------

FRONT = "Mặt trận Tổ quốc Việt Nam xã Bình An Đông"
SIDE_BY_SIDE = [
    ("Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND giao việc gì?", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 128/KH-UBND và kế hoạch 35-KH/ĐU giao việc gì?", "128/KH-UBND 35-KH/ĐU"),
    ("ke hoach 35-kh/du va ke hoach 128/kh-ubnd giao viec gi", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 35 - KH/ĐU với kế hoạch số 128/KH-UBND?", "35-KH/ĐU 128/KH-UBND"),
    ("ke hoach 35 va ket luan 22 giong nhau o dau", "35-KH/ĐU 22-KL/ĐU"),
    ("Chỉ thị 06 và hướng dẫn 9 có thời hạn nào?", "06-CT/HU 09-HD/BTGHU"),
    ("Kế hoạch 35 hay kế hoạch 128 có thời hạn sớm hơn?", "35-KH/ĐU 128/KH-UBND"),
    ("Kế hoạch 35 so với kế hoạch 128 thì sao?", "35-KH/ĐU 128/KH-UBND"),
    ("Nội dung của kế hoạch 35 và của kế hoạch 128", "35-KH/ĐU 128/KH-UBND"),
    ("kế hoạch 35, kế hoạch 128 và kết luận 22", "35-KH/ĐU 128/KH-UBND 22-KL/ĐU"),
    (f"Kế hoạch 35-KH/ĐU và kế hoạch {FRONT}, kinh phí từ đâu?", "35-KH/ĐU 17/KH-MTTQ-BTT"),
]
NOT_SIDE_BY_SIDE = [
    "Kế hoạch 35-KH/ĐU giao việc gì?",
    "Kế hoạch 35-KH/ĐU và nghị quyết giao việc gì?",
    "Kế hoạch 35-KH/ĐU và kế hoạch 999-KH/ĐU giao việc gì?",
    "Kế hoạch 35-KH/ĐU và kế hoạch xã Bình An Đông giao việc gì?",  # several are of that place
    "Kế hoạch 35-KH/ĐU và kế hoạch 35-KH/ĐU",
    "Kế hoạch 35-KH/ĐU có nhắc tới kế hoạch 128/KH-UBND không?",
    "Kế hoạch 83 và kế hoạch 3 giao việc gì?",
    "Ai phải báo cáo?",
]


def numbers_of(hits: list[Hit]) -> list[str]:
    numbers = [hit.document.header.number for hit in hits]
    return [number.value if number else "" for number in numbers]


def named(index: LibraryIndex, typed: str, inside: np.ndarray | None = None) -> list[str]:
    everywhere = np.ones(len(index.documents), dtype=bool)
    rows = documents_named(
        index, understand(typed, index.lexicon), everywhere if inside is None else inside
    )
    numbers = [index.documents[row].header.number for row in rows]
    return [number.value if number else "" for number in numbers]


@pytest.mark.parametrize(("typed", "numbers"), SIDE_BY_SIDE)
def test_documents_set_side_by_side_come_in_turn(
    assistant: Assistant, typed: str, numbers: str
) -> None:
    index = assistant.index()
    wanted = numbers.split()
    assert named(index, typed) == wanted
    hits = search(index, understand(typed, index.lexicon), limit=3 * len(wanted))
    assert numbers_of(hits) == wanted * 3
    assert len({hit.passage.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("typed", NOT_SIDE_BY_SIDE)
def test_one_document_has_no_turns(assistant: Assistant, typed: str) -> None:
    index = assistant.index()
    assert named(index, typed) == []
    hits = search(index, understand(typed, index.lexicon), limit=100)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(hits) == len(index.passages)


def test_each_documents_passages_come_as_if_it_were_asked_alone(assistant: Assistant) -> None:
    index = assistant.index()
    typed = "Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND: ai báo cáo kết quả?"
    question = understand(typed, index.lexicon)
    turns = search(index, question, limit=10)
    for at, document in enumerate(documents_named(index, question, np.ones(8, dtype=bool))):
        alone = Scope(documents=(index.documents[document].id,))
        expected = search(index, question, alone, limit=5)
        assert [h.passage.id for h in turns[at::2]] == [h.passage.id for h in expected]
    rest = search(index, question, limit=100)
    assert len({hit.passage.id for hit in rest}) == len(rest) == len(index.passages)


def test_what_is_out_of_scope_is_not_set_beside(assistant: Assistant) -> None:
    index = assistant.index()
    typed = "Kế hoạch 35-KH/ĐU và kế hoạch 128/KH-UBND giao việc gì?"
    one = next(i for i, d in enumerate(index.documents) if "35-KH" in d.name)
    inside = np.arange(len(index.documents)) == one
    assert named(index, typed, inside) == []
    hits = search(
        index, understand(typed, index.lexicon), Scope(documents=(index.documents[one].id,)), 9
    )
    assert set(numbers_of(hits)) == {"35-KH/ĐU"}


def test_a_place_names_a_document_where_it_has_but_one(
    places: LibraryIndex, assistant: Assistant
) -> None:
    typed = "Kế hoạch 5-KH/ĐU và kế hoạch xã Cẩm Khê có gì khác?"
    assert named(places, typed) == ["5-KH/ĐU", "35-KH/ĐU"]
    assert named(places, "Kế hoạch xã Cẩm Khê và kế hoạch xã Liên Hội") == ["35-KH/ĐU", "5-KH/ĐU"]
    assert named(places, "Kế hoạch xã Cẩm Khê và kế hoạch xã Đại Lạc") == []
    # One number within another: «5» is no part of «35».
    assert named(places, "Kế hoạch 5 và kế hoạch 35") == ["5-KH/ĐU", "35-KH/ĐU"]
    assert named(places, "kế hoạch 035 và kế hoạch 05") == ["35-KH/ĐU", "5-KH/ĐU"]


PLACE = """ĐẢNG ỦY XÃ {upper}
*
Số {number}-KH/ĐU
{place}, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
tuyên truyền trên địa bàn xã {place}

I. TRỒNG TRỌT
{first}

II. Y TẾ
Trạm y tế phun thuốc diệt muỗi, phát màn cho từng hộ ở các xóm ven sông.

III. DỌN KÊNH
{second}

IV. THĂM HỎI
{third}
"""
PLACES = {
    "cam-khe.txt": PLACE.format(
        upper="CẨM KHÊ",
        place="Cẩm Khê",
        number="35",
        first="UBND xã cấp giống lúa cho từng hộ, cử người đi xem ruộng ở các xóm.",
        second="Đoàn Thanh niên dọn kênh, vớt lục bình, trồng hoa ở hai bên bờ.",
        third="Hội Chữ thập đỏ đi thăm hộ nghèo, tặng gạo và thuốc cho các cụ.",
    ),
    "lien-hoi.txt": PLACE.format(
        upper="LIÊN HỘI",
        place="Liên Hội",
        number="5",
        first="Hội Nông dân cấp giống ngô cho từng hộ, cử người đi xem ruộng ở các xóm.",
        second="Dân quân dọn kênh, vớt lục bình, trồng hoa ở hai bên bờ.",
        third="Ban Thường vụ đi thăm các cụ cao tuổi, tặng gạo và thuốc cho từng hộ.",
    ),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of two plans of two communes, with a passage a section."""
    folder = tmp_path_factory.mktemp("places")
    for name, text in PLACES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(folder / "home", max_passage_words=8)) as library:
        assert not library.add([folder / name for name in PLACES]).failed
        assert len(library.passages()) >= 8
        yield Assistant(library).index()


# --- short and in full --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ủy ban nhân dân làm việc gì?", "UBND xã cấp"),
        ("uy ban nhan dan lam viec gi", "UBND xã cấp"),
        ("UBND làm việc gì?", "UBND xã cấp"),
        ("BTV làm việc gì?", "Ban Thường vụ đi"),
        ("btv lam viec gi", "Ban Thường vụ đi"),
        ("Ban Thường vụ làm việc gì?", "Ban Thường vụ đi"),
    ],
)
def test_what_is_short_is_found_in_full_and_the_other_way_round(
    places: LibraryIndex, typed: str, said: str
) -> None:
    question = understand(typed, places.lexicon)
    for weights in (Weights(), Weights(dense=0.0, rerank=0.0)):  # the vectors know some as well
        assert said in search(places, question, weights=weights)[0].passage.text


# --- many documents -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of more documents than a search looks into."""
    folder = tmp_path_factory.mktemp("many")
    for name, text in made_up_plans(2 * retrieve._CANDIDATE_DOCUMENTS):
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(Settings(folder / "home")) as library:
        assert not library.add([folder]).failed
        yield Assistant(library).index()


TYPED = "Công an xã phối hợp tổ chức hội nghị gì?"


@pytest.fixture(params=[None, 5], ids=["every passage scored", "a large library"])
def large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the limit on the passages that are scored in full."""
    if request.param:
        monkeypatch.setattr(retrieve, "_CANDIDATE_PASSAGES", request.param)


@pytest.mark.usefixtures("large")
def test_any_document_of_many_can_be_the_scope(many: LibraryIndex) -> None:
    question = understand(TYPED, many.lexicon)
    for row in (0, 7, len(many.documents) - 1):
        document = many.documents[row]
        hits = search(many, question, Scope(documents=(document.id,)), limit=1000)
        assert {hit.document.id for hit in hits} == {document.id}
        rows = many.rows[row]
        assert len(hits) == rows.stop - rows.start


@pytest.mark.usefixtures("large")
def test_a_scope_of_several_documents_of_many(many: LibraryIndex) -> None:
    scope = Scope(documents=tuple(document.id for document in many.documents[::3]))
    hits = search(many, understand(TYPED, many.lexicon), scope, limit=100)
    assert {hit.document.id for hit in hits} <= set(scope.documents)
    assert len({hit.document.id for hit in hits}) > 1
    assert len(hits) >= 50


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("number", [1, 9, 24])
def test_a_document_of_many_is_found_by_its_number(many: LibraryIndex, number: int) -> None:
    hits = search(many, understand(f"Kế hoạch {number}-KH/ĐU do ai ký?", many.lexicon))
    assert numbers_of(hits)[0] == f"{number}-KH/ĐU"
    document = hits[0].document
    assert document.header.signer
    assert document.header.signer.value in hits[0].passage.text


def test_a_large_library_gives_the_same_first_passages(
    many: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [
        understand(typed, many.lexicon)
        for typed in (TYPED, "Kế hoạch 7 gửi cho ai?", "tram y te lam gi", "Khi nào sơ kết?")
    ]
    exact = [search(many, question) for question in questions]
    monkeypatch.setattr(retrieve, "_CANDIDATE_PASSAGES", 100)
    assert len(many.passages) > 200
    for question, expected in zip(questions, exact, strict=True):
        found = search(many, question)
        assert [h.passage.id for h in found[:3]] == [h.passage.id for h in expected[:3]]


# --- the second look ----------------------------------------------------------------------------


def test_the_second_look_counts_and_stays_among_the_first(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = assistant.index()
    question = understand("Tổ công nghệ số cộng đồng có bao nhiêu thành viên?", index.lexicon)
    without = search(index, question, limit=100, weights=Weights(rerank=0.0))
    with_it = search(index, question, limit=100)
    assert [h.passage.id for h in with_it] != [h.passage.id for h in without]
    gained = {h.passage.id: h.score for h in with_it}
    gains = [gained[h.passage.id] - h.score for h in without]
    assert min(gains) >= -1e-6
    assert max(gains) == pytest.approx(Weights().rerank, abs=1e-5)
    monkeypatch.setattr(retrieve, "RERANKED", 4)
    few = {h.passage.id: h.score for h in search(index, question, limit=100)}
    changed = [h.passage.id for h in without if few[h.passage.id] > h.score + 1e-6]
    assert set(changed) <= {h.passage.id for h in without[:4]}
    assert changed


def test_all_passages_can_be_had_in_order(assistant: Assistant) -> None:
    index = assistant.index()
    hits = search(index, understand("báo cáo", index.lexicon), limit=10_000)
    assert {h.passage.id for h in hits} == {p.id for p in index.passages}
    assert search(index, understand("báo cáo", index.lexicon), limit=3) == hits[:3]


def test_the_likeliest_passages_of_a_large_library_are_scored(
    many: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve, "_CANDIDATE_PASSAGES", 2)
    documents, rows = len(many.documents), len(many.passages)
    lexical, part = np.zeros(rows, np.float32), np.zeros(rows, np.float32)
    said, asked, near, outside = (many.rows[d].start + 1 for d in (3, 5, 7, 9))
    lexical[[said, outside]] = 20.0, 50.0
    part[[asked, outside]] = 1.0
    of_document = np.zeros(documents, np.float32)
    of_document[9] = -np.inf
    found = retrieve._candidates(
        many, lexical, of_document, np.array([0, 9]), np.array([near]), part
    )
    best = range(many.rows[0].start, many.rows[0].stop)
    assert found.tolist() == sorted([*best, said, asked, near])
    monkeypatch.setattr(retrieve, "_CANDIDATE_PASSAGES", rows)
    everything = retrieve._candidates(
        many, lexical, of_document, np.array([0]), np.array([near]), part
    )
    assert everything.tolist() == np.flatnonzero(many.document_of != 9).tolist()


def test_documents_set_side_by_side_beyond_the_candidates_have_scores(
    many: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve, "_CANDIDATE_PASSAGES", 5)
    monkeypatch.setattr(retrieve, "_CANDIDATE_DOCUMENTS", 2)
    monkeypatch.setattr(retrieve, "_DENSE_CANDIDATES", 5)
    question = understand("Kế hoạch 3, kế hoạch 9, kế hoạch 1 và kế hoạch 14?", many.lexicon)
    hits = search(many, question, limit=8)
    assert numbers_of(hits) == ["3-KH/ĐU", "9-KH/ĐU", "1-KH/ĐU", "14-KH/ĐU"] * 2
    assert np.isfinite([hit.score for hit in hits]).all()
