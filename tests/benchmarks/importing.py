"""What an import of so many articles takes: rate and memory, part by part, so that growth shows before the end.

usage: python tests/benchmarks/importing.py [--articles 1000] [--jobs 1] [--parts 10] [--file DB] [--kill-at N]

The seeded corpus (`corpus.py`) goes to `parallax import` as one file of lines. Prints for each part the articles a second by wall and
by CPU (the command and the programs beside it), and the memory that each holds; at the end how long comparing took, and the
bytes of the database. `--kill-at` ends all of it with SIGKILL when so many are kept, and gives the same command again.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from corpus import corpus  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def written(path: Path, seed: int, articles: int) -> Path:
    """The corpus as lines."""
    with path.open("w", encoding="utf-8") as file:
        for told in corpus(seed, articles):
            a = told.article
            line = {
                "id": a.origin,
                "headline": a.headline,
                "text": a.text,
                "outlet": a.outlet,
                "published": str(a.published),
            }
            file.write(json.dumps(line) + "\n")
    return path


def family(pid: int) -> list[int]:
    """A process and what it started."""
    try:
        children = [
            c for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text("ascii").split()
        ]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def spent(pid: int) -> tuple[float, float]:
    """CPU seconds and megabytes of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK, int(fields[21]) * PAGE / 1e6
    except (OSError, IndexError):
        return 0.0, 0.0


def counted(database: Path, what: str) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            return int(db.execute(what).fetchone()[0])
    except sqlite3.Error:
        return 0


KEPT = "SELECT count(*) FROM articles"
WAITING = "SELECT count(*) FROM stories WHERE stale AND deleted_at IS NULL"


def run(lines: Path, database: Path, args: argparse.Namespace, kill_at: int | None) -> None:
    command = [sys.executable, "-m", "app", "import", str(lines), "--jobs", str(args.jobs), "--json"]
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        env={
            **os.environ,
            "PARALLAX_DATABASE": str(database),
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(HERE.parents[1]),
        },
    )
    step = max(1, args.articles // args.parts)
    next_at, last, all_kept_at = step, (0, began, 0.0), None
    used_by: dict[int, float] = {}  # one that has ended used what it had
    while process.poll() is None:
        time.sleep(0.5)
        kept, now = counted(database, KEPT), time.monotonic()
        beside = {pid: spent(pid) for pid in family(process.pid)}
        used_by |= {pid: max(c, used_by.get(pid, 0.0)) for pid, (c, _) in beside.items()}
        cpu = sum(used_by.values())
        if kill_at is not None and kept >= kill_at:
            for pid in beside:
                os.kill(pid, signal.SIGKILL)
            process.wait()
            print(
                f"killed after {now - began:.0f} s with {kept} kept, {counted(database, WAITING)} stories waiting",
                flush=True,
            )
            return
        if kept >= next_at or (kept >= args.articles and all_kept_at is None):
            new, wall, used = kept - last[0], now - last[1], cpu - last[2]
            memory = " + ".join(f"{m:.0f}" for _, m in beside.values())
            print(
                f"{kept:8,} kept: {new / wall:6.1f} a second, {1000 * used / new:6.0f} ms CPU an article, {memory} MB",
                flush=True,
            )
            last, next_at = (kept, now, cpu), kept + step
            if kept >= args.articles:
                all_kept_at = all_kept_at or (now, cpu)
        if all_kept_at:
            last = (kept, now, cpu)
    ended = time.monotonic()
    print("CPU seconds of each:", ", ".join(f"{used:.0f}" for used in used_by.values()))
    print(f"exit {process.returncode} after {ended - began:.0f} s, {last[2]:.0f} s CPU", end="")
    if all_kept_at:
        print(
            f", of these {ended - all_kept_at[0]:.0f} s and {last[2] - all_kept_at[1]:.0f} s CPU after the last was kept",
            end="",
        )
    print(f"; {counted(database, WAITING)} stories wait")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--parts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--file", type=Path, help="keep the database there")
    parser.add_argument("--kill-at", type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        lines = written(Path(made) / "corpus.jsonl", args.seed, args.articles)
        database = args.file or Path(made) / "import.sqlite3"
        if args.kill_at is not None:
            run(lines, database, args, args.kill_at)
        run(lines, database, args, None)
        size = database.stat().st_size
        claims = counted(database, "SELECT count(*) FROM claims")
        print(
            f"{size:,} bytes: {size / args.articles:,.0f} an article, {size / max(1, claims):,.0f} a claim ({lines.stat().st_size / args.articles:,.0f} of lines)"
        )


if __name__ == "__main__":
    main()
