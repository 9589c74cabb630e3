"""What grows with what: every figure that must stay in proportion, at two or three sizes, with its goal.

usage: python tests/benchmarks/growth.py [--sizes 1000,10000] [--only WORD] [--json FILE] [--folder DIR]

A seeded corpus of our own is read and kept, then multiplied by SQL (`corpus.py`, `multiply.py`); 100000 articles take some gigabytes
and minutes. Times are CPU seconds, the median of five with their range; machines differ, so what is compared is a ratio of two
times of one run: larger against smaller, or the program against the bare SQL that it asks. Prints, asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from corpus import corpus, digests, long_story  # noqa: E402
from figures import Figure, printed  # noqa: E402
from measured_reading import reading_figures  # noqa: E402
from measured_store import store_figures  # noqa: E402
from multiply import multiply  # noqa: E402

from app import pipeline  # noqa: E402
from app.store import backup, open_store, upgrade  # noqa: E402

SEED, BASE, REPORTS, EVENTS = 11, 100, 40, 60


def base(folder: Path) -> Path:
    """The corpus as it was read and kept."""
    path = folder / "base.sqlite3"
    if not path.exists():
        upgrade(path)
        with open_store(path) as store:
            pipeline.keep(store, pipeline.read_articles([told.article for told in corpus(SEED, BASE)]))
    return path


def sized(folder: Path, size: int) -> Path:
    """A database of so many articles, one long story and two long articles among them."""
    path = folder / f"{size}.sqlite3"
    if not path.exists():
        growing = path.with_suffix(".part")
        for left in folder.glob(f"{growing.name}*"):  # of a run that was cut short
            left.unlink()
        backup(base(folder), growing)
        multiply(growing, size)
        with open_store(growing) as store:
            pipeline.keep(store, pipeline.read_articles([*long_story(SEED, REPORTS), *digests(SEED, EVENTS)]))
        growing.rename(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="articles, smallest first, separated by commas")
    parser.add_argument("--only", default="", help="only figures whose name holds this")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--folder", type=Path, help="keep the databases there, and use those that are there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = args.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        paths = {int(size): sized(folder, int(size)) for size in args.sizes.split(",")}
        found: Sequence[Figure] = [*store_figures(paths, args.only), *reading_figures(args.only)]
    print(printed(found, paths))
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps([figure.record() for figure in found], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
