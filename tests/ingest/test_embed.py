"""The embeddings, on the model that ships and on a small one made here."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.embed import DEFAULT_FOLDER, PassageEmbeddings, load_embeddings
from ingest.errors import LibraryError
from ingest.vietnamese import fold

SENTENCES = [
    "Các chi bộ gửi báo cáo kết quả học tập nghị quyết về Văn phòng trước ngày 15/6.",
    "Trạm y tế xã tổ chức tiêm chủng mở rộng cho trẻ em dưới năm tuổi.",
    "Hội đồng nghĩa vụ quân sự huyện khám sức khoẻ thanh niên vào tháng mười một.",
    "Chuẩn bị giống lúa, phân bón và nạo vét kênh mương cho vụ đông xuân.",
    "Uỷ ban Mặt trận Tổ quốc vận động quyên góp ủng hộ đồng bào vùng bão lũ.",
    "Trường tiểu học khai giảng năm học mới và tặng sách cho học sinh nghèo.",
]


@pytest.fixture(scope="module")
def default() -> PassageEmbeddings:
    return load_embeddings()


def test_vectors_are_of_length_one(default: PassageEmbeddings) -> None:
    vectors = default.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), default.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_langchain_interface_gives_lists_of_floats(default: PassageEmbeddings) -> None:
    documents = default.embed_documents(SENTENCES)
    assert [len(vector) for vector in documents] == [default.dimension] * len(SENTENCES)
    assert isinstance(documents[0][0], float)
    assert default.embed_query(SENTENCES[0]) == documents[0]
    assert default.embed_documents([]) == []


def test_name_tells_the_version_of_the_weights(default: PassageEmbeddings) -> None:
    prefix, version = default.name.rsplit("-", 1)
    assert prefix == "tro-ly-static-v1"
    assert len(version) == 8
    assert load_embeddings().name == default.name


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_vector_does_not_depend_on_its_neighbours(
    default: PassageEmbeddings, texts: list[str]
) -> None:
    assert np.array_equal(default.encode(texts)[-1], default.encode(texts[-1:])[0])


@pytest.mark.parametrize("text", ["", "   ", "???", "\U0001f600", "\x00", "qzxqzx"])
def test_text_without_a_known_word_gives_zeros(default: PassageEmbeddings, text: str) -> None:
    assert not default.encode([text]).any()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(str.upper, id="upper case"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="NFD"),
        pytest.param(lambda text: text.replace("khoẻ", "khỏe"), id="tone of khoẻ"),
        pytest.param(lambda text: text.replace("Uỷ", "Ủy"), id="tone of Uỷ"),
        pytest.param(lambda text: f"\n«{text.replace(' ', '  ')}»\t", id="spaces and quotes"),
    ],
)
def test_the_way_of_writing_does_not_change_the_vector(default, change) -> None:  # type: ignore[no-untyped-def]
    changed = [change(sentence) for sentence in SENTENCES]
    assert changed != SENTENCES
    assert np.allclose(default.encode(SENTENCES), default.encode(changed), atol=1e-6)


def test_without_diacritics_a_sentence_stays_nearest_to_itself(default: PassageEmbeddings) -> None:
    folded = default.encode([fold(sentence) for sentence in SENTENCES])
    similarity = folded @ default.encode(SENTENCES).T
    assert similarity.argmax(axis=1).tolist() == list(range(len(SENTENCES)))
    others = similarity[~np.eye(len(SENTENCES), dtype=bool)]
    assert np.diag(similarity).min() > others.max() + 0.2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Bao giờ phải nộp báo cáo học nghị quyết?", 0),
        ("ai duoc tiem phong", 1),
        ("Gọi nhập ngũ khám tuyển khi nào", 2),
        ("nông dân cần làm gì cho mùa vụ", 3),
        ("cứu trợ thiên tai", 4),
        ("các em học sinh được tặng gì", 5),
    ],
)
def test_a_question_is_nearest_to_its_sentence(
    default: PassageEmbeddings, question: str, answer: int
) -> None:
    similarity = default.encode(SENTENCES) @ np.array(default.embed_query(question))
    assert int(similarity.argmax()) == answer


def test_sentence_transformers_loads_the_same_folder_to_the_same_vectors(
    default: PassageEmbeddings,
) -> None:
    texts = [
        *SENTENCES,
        *(fold(sentence) for sentence in SENTENCES),
        *(unicodedata.normalize("NFD", sentence) for sentence in SENTENCES),
        "HOÀ BÌNH, quý I; qúy II - thuỷ lợi/thủy lợi",
        "Kế\u00a0hoạch số 76-KH/ĐU <b>in đậm</b> báo_cáo «kubernetes» 20/4/2023…",
        "tổ chức thực hiện kế hoạch tổ chức hội nghị thực hiện nghị quyết " * 40,
        "",
        "???",
    ]
    through_library = load_embeddings(str(DEFAULT_FOLDER))
    assert np.allclose(default.encode(texts), through_library.encode(texts), atol=1e-4)


def test_another_sentence_transformers_model_loads_from_its_folder(tmp_path: Path) -> None:
    name = str(_small_model(tmp_path / "small"))
    embeddings = load_embeddings(name)
    assert embeddings.name == name
    assert embeddings.dimension == 8
    assert np.allclose(np.linalg.norm(embeddings.encode(["xin chào", "chào"]), axis=1), 1)
    # The model's own prompts make a question another text than a passage.
    assert embeddings.embed_query("chào") != embeddings.embed_documents(["chào"])[0]
    assert np.allclose(embeddings.embed_query("chào"), embeddings.encode(["xin chào"])[0])


def _small_model(folder: Path) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {"[UNK]": 0, "xin": 1, "chào": 2}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(1).normal(size=(len(words), 8)).astype(np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)],
        prompts={"query": "xin ", "document": ""},
    )
    model.save(str(folder))
    return folder


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("./no/such/folder", id="folder that is not there"),
        pytest.param("nobody-at-all/no-such-model", id="hub name, offline"),
    ],
)
def test_a_missing_model_is_an_error_that_names_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(LibraryError, match=name) as caught:
        load_embeddings(name)
    assert "ASSISTANT_EMBEDDING_MODEL" in str(caught.value)


def test_a_folder_that_holds_no_model_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[")
    with pytest.raises(LibraryError, match="modules|" + tmp_path.name):
        load_embeddings(str(tmp_path))


def test_the_default_model_starts_without_torch_and_fast() -> None:
    program = (
        "import sys, time; import ingest.embed as e; "
        "e.load_embeddings().embed_query('kế hoạch'); "
        "print(time.process_time(), *{'torch', 'sentence_transformers', 'transformers'}"
        ".intersection(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    seconds, *heavy = run.stdout.split()
    assert heavy == []
    assert float(seconds) < 3  # of processor time with the interpreter's own start: about 0.6


def test_encoding_keeps_ahead_of_the_store(default: PassageEmbeddings) -> None:
    passage = " ".join(SENTENCES * 2)
    started = time.process_time()
    default.encode([passage] * 1000)
    # The store takes about 1,000 passages a second; this takes about 7,000 on one core.
    assert time.process_time() - started < 1
