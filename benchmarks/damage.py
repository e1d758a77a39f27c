"""What damage to Chroma's files does: ``python -m benchmarks.damage [--times N] [--seed N]``.

Fills a library, then again and again takes a copy of it, damages a file of its index (cut short,
bytes changed, a stretch of zeros, deleted, …), opens it in a process of its own, reads, searches,
adds and removes. It must work, or end in a LibraryError that names the folder and the remedy in
both languages; and ``rebuild`` must bring every document back from the kept originals. Prints a
table of what came of it, and exits with 1 where anything else did. Needs ``fork``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.kills import Ground, check, in_fork, make_ground, warm_up
from ingest.settings import Settings

WAYS = ("cut short", "emptied", "changed bytes", "zeros", "noise", "deleted", "grown")
_SECONDS = 120.0


def damage(path: Path, way: str, chance: random.Random) -> None:
    """Damage a file in one of the ``WAYS``."""
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data)) if data else 0
    length = chance.choice((1, 16, 512, 4096))
    if way == "cut short":
        del data[place:]
    elif way == "emptied":
        data.clear()
    elif way == "changed bytes":
        for _ in range(min(length, len(data))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif way == "zeros":
        data[place : place + length] = bytes(len(data[place : place + length]))
    elif way == "noise":
        data[place : place + length] = chance.randbytes(len(data[place : place + length]))
    elif way == "grown":
        data += chance.randbytes(length)
    if way == "deleted":
        path.unlink()
    else:
        path.write_bytes(data)


def try_out(ground: Ground, home: Path) -> str:
    """«works», or what the library says of itself.

    Raises:
        AssertionError: it works, but not as it must, or says too little.
    """
    from ingest.errors import LibraryError

    try:
        return "works" + check(ground, home, ()).partition("documents")[2]
    except LibraryError as error:
        english, vietnamese = error.message("en"), error.message("vi")
        for said in (english, vietnamese):
            assert str(home) in said, f"it doesn't name the folder: {said}"
            assert "ingest rebuild" in said, f"it doesn't name the remedy: {said}"
        assert english != vietnamese, f"no Vietnamese: {english}"
        return "is told"


def rebuilt(ground: Ground, home: Path) -> str:
    """Rebuild, and see that all is there again."""
    from ingest.pipeline import rebuild

    rebuild(Settings(home=home))
    for path in home.glob("chroma.damaged-*"):
        shutil.rmtree(path)
    return check(ground, home, ())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.damage", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--times", type=int, default=200, metavar="N", help="(default: 200)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--documents", type=int, default=80, metavar="N", help="in the library")
    parser.add_argument("--rebuilds", type=int, default=5, metavar="N", help="rebuild each n-th")
    arguments = parser.parse_args(argv)
    warm_up()
    chance = random.Random(arguments.seed)  # noqa: S311 (no secret)
    counts: Counter[tuple[str, str]] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder), arguments.documents, 2)
        for number in range(arguments.times):
            home = Path(folder) / "trial"
            shutil.copytree(ground.home, home)
            files = sorted(p for p in (home / "chroma").rglob("*") if p.is_file())
            kinds = sorted({p.name for p in files})
            name = kinds[number % len(kinds)]
            path = chance.choice([p for p in files if p.name == name])
            way = chance.choice(WAYS)
            damage(path, way, chance)
            try:
                outcome = in_fork(lambda home=home: try_out(ground, home), _SECONDS)  # type: ignore[misc]
                if outcome == "is told" or number % arguments.rebuilds == 0:
                    in_fork(lambda home=home: rebuilt(ground, home), _SECONDS)  # type: ignore[misc]
            except AssertionError as error:
                wrong += 1
                outcome = f"WRONG: {error}"
            print(f"{number:4}  {name:<22}{way:<15}{outcome}", flush=True)
            counts[name, outcome.partition(":")[0]] += 1
            shutil.rmtree(home)
    for (name, outcome), count in sorted(counts.items()):
        print(f"{name:<22}{outcome:<30}{count:4}")
    print(f"{arguments.times} damages, {wrong} went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
