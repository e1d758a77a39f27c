"""Passages for a question, over the real library."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.chain import Assistant
from assistant.library_index import in_scope, refers_to
from assistant.ranking import fuse
from assistant.records import EVERYTHING, Reference, Scope
from assistant.retrieve import search
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


def test_fusion_scales_both_sides() -> None:
    fused = fuse(np.array([0.2, 0.9], np.float32), np.array([40.0, 10.0], np.float32), 0.25)
    assert fused.tolist() == pytest.approx([0.75, 0.25])
    flat = fuse(np.zeros(2, np.float32), np.array([1.0, 3.0], np.float32))
    assert flat[1] > flat[0]


def test_an_empty_library_has_no_passage(empty_library: Library) -> None:
    assert search(Assistant(empty_library).index(), understand("báo cáo"), EVERYTHING) == []
