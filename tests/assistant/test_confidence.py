"""The probability that a draft is right, and what becomes of an unlikely one."""

from __future__ import annotations

import math

import pytest

from assistant.chain import Assistant
from assistant.confidence import Model, features, shipped
from assistant.lookup import READ_PASSAGES, draft_of, look_up
from assistant.records import EVERYTHING
from assistant.understand import understand


def test_the_model_is_a_logistic_regression() -> None:
    model = Model(("a", "b"), (1.0, 0.0), (2.0, 1.0), (0.5, -1.0), 0.25, {"vi": 0.3})
    logit = 0.25 + 0.5 * (3.0 - 1.0) / 2.0 - 1.0 * 0.5
    assert model.probability({"a": 3.0, "b": 0.5}) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_the_shipped_weights_are_of_the_features_made(assistant: Assistant) -> None:
    index = assistant.index()
    question = understand("Ai ký Kế hoạch 35-KH/ĐU?", index.lexicon)
    hits, draft = draft_of(question, index, EVERYTHING, READ_PASSAGES)
    values = features(question, draft, hits, index, EVERYTHING)
    assert set(values) == set(shipped().names)
    assert all(math.isfinite(value) for value in values.values())


@pytest.mark.parametrize(
    ("question", "is_shown"),
    [
        ("Ai ký Kế hoạch 35-KH/ĐU?", True),
        ("Kiện toàn Tổ công nghệ số cộng đồng hoàn thành khi nào?", True),
        ("Giá vé xe buýt từ huyện lên tỉnh là bao nhiêu?", False),
    ],
)
def test_what_is_unlikely_is_withheld(assistant: Assistant, question: str, is_shown: bool) -> None:
    index = assistant.index()
    found = look_up(understand(question, index.lexicon), index, EVERYTHING, READ_PASSAGES)
    assert bool(found.draft.lines) is is_shown
    assert 0.0 <= found.confidence <= 1.0
    assert (found.confidence >= shipped().thresholds["vi"]) is is_shown
    assert found.hits, "the nearest passages are shown either way"


def test_an_answer_tells_how_likely_it_is(assistant: Assistant) -> None:
    assert assistant.invoke("Ai ký Kế hoạch 35-KH/ĐU?").confidence > 0.5
    assert assistant.invoke("Giá vàng hôm nay?").confidence < 0.3
