"""How well a passage answers a question: each signal, over the real library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest

from assistant import scores
from assistant.chain import Assistant
from assistant.library_index import LibraryIndex
from assistant.records import Scope
from assistant.retrieve import search
from assistant.scores import Weights
from assistant.understand import understand
from ingest.pipeline import Library
from ingest.settings import Settings

SIGNALS = tuple(field.name for field in fields(Weights))


def test_the_likeliest_passages_of_a_large_library_are_scored(
    many: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "_CANDIDATE_PASSAGES", 2)
    documents, rows = len(many.documents), len(many.passages)
    lexical, part = np.zeros(rows, np.float32), np.zeros(rows, np.float32)
    said, asked, near, outside = (many.rows[d].start + 1 for d in (3, 5, 7, 9))
    lexical[[said, outside]] = 20.0, 50.0
    part[[asked, outside]] = 1.0
    of_document = np.zeros(documents, np.float32)
    of_document[9] = -np.inf
    found = scores._candidates(many, lexical, of_document, np.array([0, 9]), np.array([near]), part)
    best = range(many.rows[0].start, many.rows[0].stop)
    assert found.tolist() == sorted([*best, said, asked, near])
    monkeypatch.setattr(scores, "_CANDIDATE_PASSAGES", rows)
    everything = scores._candidates(
        many, lexical, of_document, np.array([0]), np.array([near]), part
    )
    assert everything.tolist() == np.flatnonzero(many.document_of != 9).tolist()


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
    monkeypatch.setattr(scores, "RERANKED", 4)
    few = {h.passage.id: h.score for h in search(index, question, limit=100)}
    changed = [h.passage.id for h in without if few[h.passage.id] > h.score + 1e-6]
    assert set(changed) <= {h.passage.id for h in without[:4]}
    assert changed


LAMPS = """KẾ HOẠCH
thắp sáng đường quê

I. ĐỢT ĐẦU
Xã lắp trụ đèn mới ở các xóm ven sông, các xóm cùng nhau góp công, góp của.

II. ĐỢT SAU
Xã lắp 45 trụ đèn mới ở các xóm ven sông, các xóm cùng nhau góp công, góp của.

III. ĐỢT CUỐI
Xã nhờ anh Tám lắp trụ đèn mới ở các xóm ven sông, các xóm cùng nhau góp công, góp của.
"""


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of one plan that says one thing three times, once with a number, once a name."""
    folder = tmp_path_factory.mktemp("lamps")
    (folder / "plan.txt").write_text(LAMPS, encoding="utf-8")
    with Library.open(Settings(folder / "home", max_passage_words=8)) as library:
        assert not library.add([folder / "plan.txt"]).failed
        yield LibraryIndex(library)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Xã lắp bao nhiêu trụ đèn ở các xóm?", "45"),
        ("xa lap may tru den o cac xom", "45"),
        ("Trụ đèn ở các xóm lắp khi nào?", "45"),
        ("Ai lắp trụ đèn mới ở các xóm?", "Tám"),
    ],
)
def test_the_second_look_knows_what_is_asked_for(
    lamps: LibraryIndex, typed: str, answer: str
) -> None:
    question = understand(typed, lamps.lexicon)
    assert question.search != question.text
    weights = Weights(**{name: float(name == "rerank") for name in SIGNALS})
    gained = []
    for asked in (question, replace(question, text=question.search)):
        hits = search(lamps, asked, weights=weights)
        gained.append(next(hit.score for hit in hits if answer in hit.passage.text))
    assert gained[0] > gained[1] + 0.01


# --- the scope ----------------------------------------------------------------------------------


def test_what_is_out_of_scope_does_not_lower_what_is_inside(places: LibraryIndex) -> None:
    """The best of the scope counts in full, however well a document out of scope matches."""
    typed = "Dân quân dọn kênh, vớt lục bình ở xóm nào của xã Liên Hội?"
    question = understand(typed, places.lexicon)
    weights = Weights(**{name: float(name == "best_of_document") for name in SIGNALS})
    everywhere = search(places, question, weights=weights)
    assert "Liên Hội" in everywhere[0].document.text
    other = next(d for d in places.documents if d.id != everywhere[0].document.id)
    found = search(places, question, Scope(documents=(other.id,)), weights=weights)
    assert found[0].score == pytest.approx(1.0)
    assert max(h.score for h in everywhere if h.document.id == other.id) < 0.9
