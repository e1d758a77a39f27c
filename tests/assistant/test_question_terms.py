"""The terms of a question and their weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.question_terms import QuestionTerms, agreement
from assistant.understand import understand

WEIGHTS = st.dictionaries(
    st.sampled_from(["bơi", "lớp_bơi", "~boi", "trường", "~truong", "hè"]),
    st.floats(0.01, 5.0),
)


@given(WEIGHTS, st.frozensets(st.sampled_from(["bơi", "~boi", "trường", "~truong", "hè", "~he"])))
def test_weights_sum_to_one_and_shares_stay_within_it(
    weights: dict[str, float], said: frozenset[str]
) -> None:
    terms = QuestionTerms(weights).only(frozenset(weights))  # scales
    assert sum(terms.weights.values()) == pytest.approx(1.0 if weights else 0.0)
    within = terms.within(said)
    assert sum(within.weights.values()) == pytest.approx(1.0 if weights else 0.0)
    for share in (terms.share_in(said), terms.syllable_share_in(said)):
        assert -1e-9 <= share <= 1.0 + 1e-9


def test_marks_tell_words_apart_that_fold_alike() -> None:
    said = frozenset({"hóa", "~hoa"})
    assert agreement("hóa", said) == 1.0
    assert agreement("~hoa", said) == 1.0
    assert 0.0 < agreement("hỏa", said) < agreement("hoa", said) < 1.0
    assert agreement("~hoang", said) == 0.0


@pytest.mark.parametrize("typed", ["Ai thu gom vỏ bao bì thuốc?", "ai thu gom vo bao bi thuoc?"])
def test_the_words_of_the_question_and_no_common_ones_count(
    assistant: Assistant, typed: str
) -> None:
    index = assistant.index()
    terms = QuestionTerms.of(understand(typed, index.lexicon), index)
    weights = {t.removeprefix("~"): w for t, w in terms.weights.items()}
    assert not weights.keys() & {"ai", "ai?"}
    assert sum(terms.weights.values()) == pytest.approx(1.0)
    assert "thuốc" in terms.weights  # typed with its mark or restored
