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

from ingest.embed import DEFAULT_FOLDER, PassageEmbeddings, embeddings_of, load_embeddings
from ingest.embed.prompts import NO_PROMPTS, Prompts, choose, of_family, of_model
from ingest.errors import LibraryError
from ingest.settings import Settings
from ingest.store import Store
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
    assert embeddings.name == f'{name} (query prompt "xin ")'
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
    ("name", "prompts"),
    [
        ("intfloat/multilingual-e5-small", Prompts("query: ", "passage: ")),
        ("multilingual-e5-large", Prompts("query: ", "passage: ")),
        ("/srv/models/vietlegal-e5/", Prompts("query: ", "passage: ")),
        (r"D:\models\multilingual_e5_base", Prompts("query: ", "passage: ")),
        (
            "~/.cache/huggingface/hub/models--intfloat--e5-base-v2/snapshots/1c644c92ad3b",
            Prompts("query: ", "passage: "),
        ),
        (
            "intfloat/multilingual-e5-large-instruct",
            Prompts(
                "Instruct: Given a web search query, retrieve relevant passages that answer the "
                "query\nQuery: "
            ),
        ),
        (
            "Qwen/Qwen3-Embedding-0.6B",
            Prompts(
                "Instruct: Given a web search query, retrieve relevant passages that answer the "
                "query\nQuery:"
            ),
        ),
        (
            "BAAI/bge-base-en-v1.5",
            Prompts("Represent this sentence for searching relevant passages: "),
        ),
        (
            "Snowflake/snowflake-arctic-embed-m",
            Prompts("Represent this sentence for searching relevant passages: "),
        ),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", Prompts("query: ")),
        ("nomic-ai/nomic-embed-text-v1.5", Prompts("search_query: ", "search_document: ")),
        # None of these was trained with prompts.
        ("BAAI/bge-m3", NO_PROMPTS),
        ("hiieu/halong_embedding", NO_PROMPTS),
        ("AITeamVN/Vietnamese_Embedding", NO_PROMPTS),
        ("Alibaba-NLP/gte-multilingual-base", NO_PROMPTS),
        ("bkai-foundation-models/vietnamese-bi-encoder", NO_PROMPTS),
        ("/srv/e5-and-others/bge-m3", NO_PROMPTS),  # the folder around it tells nothing
        (".", NO_PROMPTS),
    ],
)
def test_a_model_is_known_by_its_own_name(name: str, prompts: Prompts) -> None:
    assert of_family(name) == prompts


@pytest.mark.parametrize(
    ("brought", "prompts"),
    [
        ({"query": "q: ", "document": "d: "}, Prompts("q: ", "d: ")),
        ({"query": "q: ", "document": "", "passage": "p: "}, Prompts("q: ", "p: ")),
        ({"query": "", "corpus": "c: "}, Prompts("", "c: ")),
        ({"query": None, "classification": "x"}, NO_PROMPTS),
        ({}, NO_PROMPTS),
    ],
)
def test_prompts_that_a_model_brings(brought: dict[str, str | None], prompts: Prompts) -> None:
    assert of_model(brought) == prompts


@pytest.mark.parametrize(
    ("own", "query", "passage", "chosen"),
    [
        (NO_PROMPTS, None, None, Prompts("query: ", "passage: ")),
        (Prompts("hỏi: "), None, None, Prompts("hỏi: ")),
        (Prompts("hỏi: "), "tìm: ", None, Prompts("tìm: ")),
        (NO_PROMPTS, None, "", Prompts("query: ")),
        (NO_PROMPTS, "", "", NO_PROMPTS),
    ],
)
def test_settings_go_before_the_models_own_prompts_and_these_before_the_familys(
    own: Prompts, query: str | None, passage: str | None, chosen: Prompts
) -> None:
    assert choose(own, "intfloat/multilingual-e5-small", query, passage) == chosen


TEXTS = ["xin chào kế hoạch", "báo cáo"]


def test_a_family_prompt_changes_what_it_stands_before(small_transformer, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    plain = load_embeddings(str(small_transformer(tmp_path / "plain")))
    # The same weights under the names of two families.
    both = load_embeddings(str(small_transformer(tmp_path / "multilingual-e5-small")))
    one = load_embeddings(str(small_transformer(tmp_path / "snowflake-arctic-embed-l-v2.0")))

    assert np.array_equal(plain.encode(TEXTS), plain.encode_queries(TEXTS))
    asked = plain.encode([f"query: {text}" for text in TEXTS])
    assert _largest_change(plain.encode(TEXTS), asked) > 0.05
    assert np.allclose(both.encode_queries(TEXTS), asked, atol=1e-5)
    assert np.allclose(
        both.encode(TEXTS), plain.encode([f"passage: {text}" for text in TEXTS]), atol=1e-5
    )
    assert np.allclose(one.encode_queries(TEXTS), asked, atol=1e-5)
    assert np.array_equal(one.encode(TEXTS), plain.encode(TEXTS))
    assert both.embed_query(TEXTS[0]) == both.encode_queries(TEXTS[:1])[0].tolist()


def test_a_passage_prompt_that_a_model_brings_is_used(small_transformer, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from sentence_transformers import SentenceTransformer

    plain = load_embeddings(str(small_transformer(tmp_path / "plain")))
    own = SentenceTransformer(
        str(tmp_path / "plain"), prompts={"query": "xin ", "passage": "passage : "}
    )
    own.save(str(tmp_path / "own-e5"))
    embeddings = load_embeddings(str(tmp_path / "own-e5"))
    assert embeddings.name.endswith('own-e5 (query prompt "xin ", passage prompt "passage : ")')
    assert np.allclose(
        embeddings.encode(TEXTS), plain.encode([f"passage : {text}" for text in TEXTS]), atol=1e-5
    )
    assert np.allclose(
        embeddings.encode_queries(TEXTS), plain.encode([f"xin {text}" for text in TEXTS]), atol=1e-5
    )


def test_prompts_of_the_settings_replace_all_others(small_transformer, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = str(small_transformer(tmp_path / "multilingual-e5-small"))
    settings = Settings(tmp_path, embedding_model=folder, query_prompt="xin ", passage_prompt="")
    plain = load_embeddings(folder, query_prompt="", passage_prompt="")
    embeddings = embeddings_of(settings)
    assert plain.name == folder
    assert np.array_equal(embeddings.encode(TEXTS), plain.encode(TEXTS))
    assert np.allclose(
        embeddings.encode_queries(TEXTS), plain.encode([f"xin {text}" for text in TEXTS]), atol=1e-5
    )


def test_a_library_made_with_other_prompts_is_told_to_be_rebuilt(
    small_transformer,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    folder = str(small_transformer(tmp_path / "multilingual-e5-small"))
    made, same = load_embeddings(folder), load_embeddings(folder)
    Store(tmp_path / "chroma", made.name, made.dimension).close()
    Store(tmp_path / "chroma", same.name, same.dimension).close()
    changed = load_embeddings(folder, passage_prompt="báo cáo: ")
    with pytest.raises(LibraryError, match="python -m ingest rebuild") as caught:
        Store(tmp_path / "chroma", changed.name, changed.dimension)
    assert 'passage prompt "passage: "' in str(caught.value)
    assert 'passage prompt "báo cáo: "' in str(caught.value)


def test_a_passage_longer_than_the_model_reads_is_cut(small_transformer, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from sentence_transformers import SentenceTransformer

    # The model has 32 positions. One tokenizer does not say so, one claims more.
    silent = small_transformer(tmp_path / "silent")
    claims = small_transformer(tmp_path / "claims", model_max_length=512)
    model = SentenceTransformer(str(claims))
    model.max_seq_length = 512
    model.save(str(claims))
    for folder in (silent, claims):
        embeddings = load_embeddings(str(folder))
        long = "kế hoạch " * 200
        ends, without = embeddings.encode([f"{long} báo cáo", long])
        assert np.allclose(ends, without, atol=1e-6)
        shorter = embeddings.encode(["kế hoạch " * 3])[0]
        assert _largest_change(shorter, without) > 0.01


def test_a_model_in_half_precision_gives_vectors_of_length_one(
    small_transformer,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = str(small_transformer(tmp_path / "small"))
    SentenceTransformer(folder).half().save(str(tmp_path / "half"))
    vectors = load_embeddings(str(tmp_path / "half")).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert _largest_change(vectors, load_embeddings(folder).encode(TEXTS)) < 0.01


@pytest.mark.parametrize("saved_by_library", [False, True], ids=["transformers", "library"])
def test_a_cross_encoder_is_refused(
    small_transformer,
    tmp_path: Path,
    saved_by_library: bool,  # type: ignore[no-untyped-def]
) -> None:
    from sentence_transformers import CrossEncoder

    folder = small_transformer(tmp_path / "pairs", outputs=1)
    if saved_by_library:
        CrossEncoder(str(folder)).save(str(folder))
    with pytest.raises(LibraryError, match="pairs» can't be loaded: it is a cross-enc") as caught:
        load_embeddings(str(folder))
    assert "ASSISTANT_RERANKER_MODEL" in caught.value.message("vi")


def _largest_change(before: np.ndarray, after: np.ndarray) -> float:
    return float(np.abs(before - after).max())


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
    assert caught.value.message("vi").startswith(f"không dùng được mô hình nhúng «{name}»")


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
