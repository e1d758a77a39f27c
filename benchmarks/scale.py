"""What large libraries cost: ``python -m benchmarks.scale [--sizes N,N…] [--keep DIR]``.

Makes a library of made-up plans of at least each number of passages, and measures with it, each in
a process of its own: filling it, the first start (which makes the tables), a later start up to its
first answer, and then answers to questions that are each asked once, the time until a document that
is added is found, and until one is removed. ``--keep`` keeps the libraries, and uses those that are
there. ``--out`` writes the figures as JSON, ``--chart`` draws them. Seconds are the clock's, and of
the processor, which count where the machine has other work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.plans import made_up_plans
from benchmarks.prose import prose
from benchmarks.scale_chart import scale_chart
from ingest.settings import Settings
from ingest.vietnamese import fold

SIZES = (1_000, 10_000)
QUESTIONS = 100
_BATCH = 200  # documents added at once
_ADDED = """KẾ HOẠCH
nuôi lươn không bùn trên địa bàn xã Bến Vụng năm 2031

I. NHIỆM VỤ
1. Tổ hợp tác Rạch Gòi thả lươn giống vào bể xi măng trước ngày 12/5/2031.
"""
_ABOUT_ADDED = "Tổ hợp tác Rạch Gòi làm gì?"
_FOUND = "thả lươn giống"


def plans(count: int) -> Iterator[tuple[str, str]]:
    """Made-up plans as (file name, text) whose lines end in words as varied as general text has."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    for name, text in made_up_plans(count):
        lines = [
            f"{line[:-1]}, {prose().words(chance, chance.randint(4, 20))}."
            if line.startswith("- ") and line.endswith(".")
            else line
            for line in text.split("\n")
        ]
        yield name, "\n".join(lines)


def questions(count: int, documents: int) -> list[str]:
    """``count`` questions about some of the first ``documents`` plans, no two alike, every third
    typed without marks."""
    chance = random.Random(11)  # noqa: S311 (no secret)
    found: dict[str, None] = {}
    told = list(islice(made_up_plans(documents), min(documents, 1000)))
    while len(found) < count:
        _, text = chance.choice(told)
        number = re.search(r"Số (\d+)-KH", text)
        place = re.search(r"(?m)^(.+), ngày \d+ tháng", text)
        task = chance.choice(re.findall(r"(?m)^- (.+?) với \d+ người", text))
        title = re.search(r"KẾ HOẠCH\n(.+?) trên địa bàn", text)
        office = chance.choice(re.findall(r"(?m)^\d+\. (.+)$", text))
        date = chance.choice(re.findall(r"trước ngày (\d+/\d+/\d+)", text) or ["1/10/2024"])
        assert number
        assert place
        assert title
        asked = chance.choice(
            (
                f"Ai ký kế hoạch {number[1]}-KH/ĐU?",
                f"Kế hoạch số {number[1]}-KH/ĐU gửi cho ai?",
                f"Kế hoạch {number[1]}-KH/ĐU căn cứ văn bản nào?",
                f"{office} phải làm gì?",
                f"{office} {task[:1].lower()}{task[1:]} với bao nhiêu người?",
                f"Đơn vị nào {task[:1].lower()}{task[1:]} ở xã {place[1]}?",
                f"Xã {place[1]} {task[:1].lower()}{task[1:]} khi nào?",
                f"Kế hoạch {title[1]} của xã {place[1]} có mục đích gì?",
                f"Những việc nào phải xong trước ngày {date}?",
                f"Who signed plan {number[1]}-KH/ĐU?",
            )
        )
        found[fold(asked) if len(found) % 3 == 2 else asked] = None
    return list(found)


# --- what is measured, each in a process of its own ---------------------------------------------


def _fill(home: Path, passages: int) -> dict[str, Any]:
    """Adds plans until there are enough passages."""
    from ingest.pipeline import Library

    with Library.open(Settings(home=home)) as library:
        made = plans(1_000_000)
        held = len(library.documents())
        for _ in islice(made, held):
            pass
        words, seconds, before = 0, 0.0, _passages(library)
        while (total := _passages(library)) < passages:
            with tempfile.TemporaryDirectory() as folder:
                for name, text in islice(made, _BATCH):
                    Path(folder, name).write_text(text, encoding="utf-8")
                    words += len(text.split())
                began = time.perf_counter()
                library.add([Path(folder)])
                seconds += time.perf_counter() - began
        found: dict[str, Any] = {"passages": total, "documents": len(library.documents())}
    if seconds:
        found |= {
            "ingest_passages_per_s": (total - before) / seconds,
            "ingest_words_per_s": words / seconds,
            "ingest_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    return found


def _passages(library: Any) -> int:
    return sum(len(segment) for segment in library.segments()[1])


def _ask(home: Path, asked: Sequence[str]) -> dict[str, Any]:
    """Answers the first question (the parent takes the time), then the others."""
    from assistant.chain import Assistant
    from ingest.pipeline import Library

    with Library.open(Settings(home=home)) as library:
        assistant = Assistant(library)
        assistant.invoke(asked[0])
        sys.stdout.write("answered\n")
        sys.stdout.flush()
        started = time.process_time()
        if len(asked) == 1:
            return {"first_start_cpu_s": started}
        taken, worked = zip(*(_milliseconds(assistant, text) for text in asked[1:]), strict=True)
        memory = _memory()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "nuoi-luon.txt")
            path.write_text(_ADDED, encoding="utf-8")
            began = time.perf_counter()
            (document,) = library.add([path]).added
            answer = assistant.invoke(_ABOUT_ADDED)
            added = time.perf_counter() - began
            if _FOUND not in answer.answer:
                raise SystemExit(f"the added document is not found: {answer.answer}")
        began = time.perf_counter()
        library.remove(document.id)
        removed = time.perf_counter() - began
        began = time.perf_counter()
        assistant.invoke(_ABOUT_ADDED)
        return {
            "start_cpu_s": started,
            "answer_median_cpu_ms": statistics.median(worked),
            "answer_p95_cpu_ms": statistics.quantiles(worked, n=20)[-1],
            "answer_median_ms": statistics.median(taken),
            "answer_p95_ms": statistics.quantiles(taken, n=20)[-1],
            **memory,
            "add_to_found_s": added,
            "remove_s": removed,
            "answer_after_remove_s": time.perf_counter() - began,
        }


def _milliseconds(assistant: Any, question: str) -> tuple[float, float]:
    """Of the clock, and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    assistant.invoke(question)
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)


def _memory() -> dict[str, float]:
    """Resident memory in MB, and what of it is mapped files; Linux tells it so."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {"rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    held = dict(re.findall(r"(?m)^(\w+):\s+(\d+) kB$", status.read_text()))
    return {"rss_mb": int(held["VmRSS"]) / 1024, "rss_files_mb": int(held["RssFile"]) / 1024}


# --- the parent ---------------------------------------------------------------------------------


def measure(home: Path, passages: int) -> dict[str, Any]:
    """The figures of a library of at least ``passages`` passages at ``home``."""
    figures, _ = _child("fill", home, [str(passages)])
    figures["disk_mb"] = sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 1e6
    asked = questions(QUESTIONS + 1, figures["documents"])
    first, figures["first_start_s"] = _child("ask", home, asked[:1])
    more, figures["start_s"] = _child("ask", home, asked)
    return figures | first | more


def _child(task: str, home: Path, values: Sequence[str]) -> tuple[dict[str, Any], float]:
    """What a process of its own measures, and the seconds from its start to its first answer."""
    command = [sys.executable, "-m", "benchmarks.scale", "--child", task, str(home)]
    began = time.monotonic()
    with subprocess.Popen(  # noqa: S603 (this program)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(list(values)))
        process.stdin.close()
        first = 0.0
        last = ""
        for line in process.stdout:
            first, last = first or time.monotonic() - began, line
        if process.wait():
            raise SystemExit(f"{' '.join(command)} failed")
    return dict(json.loads(last)), first


_COLUMNS = (
    ("passages", "passages", "{:,.0f}"),
    ("ingest_passages_per_s", "in, passages/s", "{:,.0f}"),
    ("ingest_words_per_s", "in, words/s", "{:,.0f}"),
    ("ingest_peak_mb", "in, peak MB", "{:,.0f}"),
    ("disk_mb", "disk MB", "{:,.0f}"),
    ("first_start_s", "first start s", "{:.1f}"),
    ("first_start_cpu_s", "… of the processor", "{:.1f}"),
    ("start_s", "start s", "{:.1f}"),
    ("start_cpu_s", "… of the processor", "{:.1f}"),
    ("answer_median_ms", "median ms", "{:.0f}"),
    ("answer_median_cpu_ms", "… of the processor", "{:.0f}"),
    ("answer_p95_ms", "p95 ms", "{:.0f}"),
    ("answer_p95_cpu_ms", "… of the processor", "{:.0f}"),
    ("rss_mb", "memory MB", "{:,.0f}"),
    ("rss_files_mb", "of it files", "{:,.0f}"),
    ("add_to_found_s", "add to found s", "{:.1f}"),
    ("remove_s", "remove s", "{:.1f}"),
    ("answer_after_remove_s", "then answer s", "{:.1f}"),
)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The figures as Markdown, a size a column."""
    lines = []
    for at, (key, title, shape) in enumerate(_COLUMNS):
        cells = [shape.format(row[key]) if key in row else "–" for row in rows]
        lines.append(f"| {title} | {' | '.join(cells)} |")
        if at == 0:
            lines.append("|---|" + "---|" * len(rows))
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,N…", help="passages")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the libraries here")
    parser.add_argument("--out", type=Path, metavar="FILE.json")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.child:
        task, home = options.child
        values = json.loads(sys.stdin.read())
        found = _fill(Path(home), int(values[0])) if task == "fill" else _ask(Path(home), values)
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in sorted(options.sizes):
            rows.append(measure((options.keep or Path(scratch)) / str(size), size))
            sys.stdout.write(f"{table(rows[-1:])}\n\n" if len(options.sizes) > 1 else "")
            sys.stdout.flush()
    sys.stdout.write(table(rows) + "\n")
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if options.chart:
        options.chart.write_text(scale_chart(rows), encoding="utf-8")
    return 0


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(int(part.replace("_", "")) for part in text.split(","))
    if min(sizes) < 1:
        raise ValueError(text)
    return sizes


if __name__ == "__main__":
    raise SystemExit(main())
