"""What large libraries cost: ``python -m benchmarks.scale [--passages N …] [--home DIR]``.

Fills a library with made-up plans up to each number of passages in turn, and prints for each:
passages a second on the way in, seconds to build the question path's tables, milliseconds to
restore a question typed without marks, to retrieve, and to answer (medians over the questions), and
the memory of the process at its peak. With ``--home`` the library is kept and gone on with.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.plans import made_up_plans
from ingest.settings import Settings
from ingest.vietnamese import fold

SIZES = (1_000, 10_000)
_BATCH = 200  # documents
QUESTIONS = (
    "Công an xã Gia Phong phải làm gì?",
    "Xã Kim Sơn tổ chức hội nghị quán triệt vào thời gian nào?",
    "Ai ký kế hoạch 512-KH/ĐU?",
    "Hội Phụ nữ xã An Hòa hoàn thành danh sách hộ gia đình trước ngày nào?",
    "Kế hoạch phòng cháy, chữa cháy rừng của xã Đại Thành giao Đoàn Thanh niên việc gì?",
    "Trạm Y tế xã Ngọc Khê có bao nhiêu người tham gia đội tuyên truyền lưu động?",
    "Những đơn vị nào tổng hợp hồ sơ đề nghị khen thưởng ở xã Lâm Giang?",
    "Văn bản số 77-KH/ĐU gửi cho ai?",
    "Đài Truyền thanh xã Phú Lộc đăng tin, bài thế nào?",
    "Kế hoạch chuyển đổi số xã Mỹ Long căn cứ văn bản nào?",
)


def measure(home: Path, passages: int) -> str:
    """A line of the table for a library of at least ``passages`` passages at ``home``."""
    from assistant.chain import Assistant
    from assistant.library_index import LibraryIndex
    from assistant.retrieve import search
    from assistant.understand import understand
    from ingest.pipeline import Library

    settings = replace(Settings.from_environment(), home=home)
    with Library.open(settings) as library:
        before, seconds = len(library.passages()), _fill(library, passages)
        total = len(library.passages())
        rate = f"{(total - before) / seconds:9,.0f}" if seconds else "        –"
        began = time.perf_counter()
        index = LibraryIndex(library)
        built = time.perf_counter() - began
        bare = [fold(question) for question in QUESTIONS]
        asked = [*QUESTIONS, *bare]
        search(index, understand(asked[0], index.lexicon))
        restore = _median(index.lexicon.restore, bare)
        find = _median(lambda text: search(index, understand(text, index.lexicon)), asked)
        assistant = Assistant(library)
        assistant.warm_up()
        answer = _median(assistant.invoke, asked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{total:9,} {rate} {built:8.1f} {restore:9.2f} {find:9.1f} {answer:9.1f} {peak:10,.0f}"


def _fill(library: object, passages: int) -> float:
    """Adds made-up plans until there are enough passages; the seconds that adding took."""
    from ingest.pipeline import Library

    assert isinstance(library, Library)
    seconds = 0.0
    plans = made_up_plans(1_000_000)
    for _ in islice(plans, len(library.documents())):
        pass
    while len(library.passages()) < passages:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in islice(plans, _BATCH):
                Path(folder, name).write_text(text, "utf-8")
            began = time.perf_counter()
            library.add([Path(folder)])
            seconds += time.perf_counter() - began
    return seconds


def _median(call: Callable[[str], object], texts: Sequence[str]) -> float:
    """Median milliseconds of ``call`` over ``texts``, three times each."""
    taken = []
    for text in [*texts, *texts, *texts]:
        began = time.perf_counter()
        call(text)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--home", type=Path, help="keep the library here")
    options = parser.parse_args()
    print(" passages   in (p/s)  tables (s) restore ms  find ms answer ms  memory MB")
    with tempfile.TemporaryDirectory() as folder:
        for passages in sorted(options.passages):
            print(measure(options.home or Path(folder), passages), flush=True)


if __name__ == "__main__":
    main()
