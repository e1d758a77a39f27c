"""Passages for a question, over the real library."""

from __future__ import annotations

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import scores
from assistant.cards import in_scope
from assistant.chain import Assistant
from assistant.library_index import LibraryIndex
from assistant.records import EVERYTHING, Scope
from assistant.retrieve import Hit, search
from assistant.scores import Weights
from assistant.understand import understand
from ingest.pipeline import Library


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


def numbers_of(hits: list[Hit]) -> list[str]:
    numbers = [hit.document.header.number for hit in hits]
    return [number.value if number else "" for number in numbers]


# --- many documents -----------------------------------------------------------------------------


TYPED = "Công an xã phối hợp tổ chức hội nghị gì?"


@pytest.fixture(params=[None, 5], ids=["every passage scored", "a large library"])
def large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the limit on the passages that are scored in full."""
    if request.param:
        monkeypatch.setattr(scores, "_CANDIDATE_PASSAGES", request.param)


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
    monkeypatch.setattr(scores, "_CANDIDATE_PASSAGES", 100)
    assert len(many.passages) > 200
    for question, expected in zip(questions, exact, strict=True):
        found = search(many, question)
        assert [h.passage.id for h in found[:3]] == [h.passage.id for h in expected[:3]]


def test_all_passages_can_be_had_in_order(assistant: Assistant) -> None:
    index = assistant.index()
    hits = search(index, understand("báo cáo", index.lexicon), limit=10_000)
    assert {h.passage.id for h in hits} == {p.id for p in index.passages}
    assert search(index, understand("báo cáo", index.lexicon), limit=3) == hits[:3]
