"""Readers and writers beside a large import, all on one served database: how long each waits, and that nobody is turned away.

    python tests/robustness/crowd.py [--seconds 60] [--readers 20] [--writers 4] [--articles 400]

A server and an import are programs of their own, as in a newsroom; readers and writers ask the server over HTTP.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from ports import free_port
from programs import ROOT, Programs, warm_programs

from app.store import open_store, upgrade

PATIENCE = 600.0
"""Seconds that only something broken takes."""
TOWNS = "Harbour Island River Delta Foreland Meadow Castle Lake".split()
MATTERS = "bridge ferry school market hospital stadium library tunnel".split()
PAGES = (
    "/",
    "/stories/{slug}",
    "/conflicts",
    "/search?q={matter}",
    "/api/v1/stories/{slug}/alignments",
    "/articles/{article}",
)


@dataclass
class Told:
    """What the crowd met: milliseconds by what was asked, answers by status."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    imported: int | None = None  # the import's exit code; None when it was stopped
    said: str = ""

    def percentile(self, what: str, share: float) -> float:
        times = sorted(self.waits[what])
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def articles(folder: Path, number: int) -> None:
    """So many reports of some forty stories, each by another outlet."""
    rng = random.Random(7)
    lines = ["file,outlet,published,story,headline"]
    for n in range(number):
        matter, town = MATTERS[n % 8], TOWNS[(n // 8) % 5]
        day = 10 + n % 9
        text = " ".join(
            f"The council of {town} {rng.choice(('approved', 'rejected', 'discussed'))} the {matter} on {day} May 2024, "
            f"said mayor Ana Ruiz. It will cost {rng.randrange(20, 90)} million euros, report {n} says."
            for _ in range(6)
        )
        (folder / f"{n}.txt").write_text(text)
        lines.append(f"{n}.txt,Outlet {n % 12},2024-05-{day},{town}-{matter},{town} {matter} {n}")
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")


def crowd(programs: Programs, seconds: float, readers: int, writers: int, number: int, model: str = "rules") -> Told:
    """They come when the import begins, and go when it has ended, or after so many seconds."""
    told, over = Told(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="parallax-crowd-") as name:
        folder = Path(name)
        database, port, log = folder / "crowd.sqlite3", free_port(), folder / "import.log"
        begin = partial(programs.begin, ROOT, database=database, out=Path(os.devnull), model=model)
        upgrade(database)
        first, more = folder / "first", folder / "more"
        first.mkdir()
        more.mkdir()
        articles(first, 16)
        assert begin("import", str(first), err=log).wait(PATIENCE) == 0, log.read_text()
        articles(more, number)
        server = begin("serve", "--port", str(port), err=folder / "server.log")
        site = f"http://127.0.0.1:{port}"
        try:
            ready(site)
            log.write_text("")
            importing = begin("import", str(more), err=log)
            people = [threading.Thread(target=read, args=(site, told, over, n)) for n in range(readers)]
            people += [threading.Thread(target=write, args=(site, told, over, n)) for n in range(writers)]
            for one in people:
                one.start()
            with suppress(subprocess.TimeoutExpired):
                importing.wait(seconds)
            over.set()
            for one in people:
                one.join()
            try:
                told.imported = importing.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                importing.kill()
            told.said = log.read_text()
        finally:
            server.terminate()
            server.wait(30)
        with open_store(database) as store:
            told.said += "".join(
                f"{a.name}: {f.say}\n" for a in store.checks.questions() if not a.harmless for f in a.faults
            )
    return told


def ready(site: str) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if httpx.get(f"{site}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server never was ready")


def read(site: str, told: Told, over: threading.Event, number: int) -> None:
    rng = random.Random(number)
    with httpx.Client(base_url=site, timeout=60) as client:
        while not over.is_set():
            slug = f"{rng.choice(TOWNS[:2])}-{rng.choice(MATTERS)}".lower()
            path = rng.choice(PAGES).format(slug=slug, matter=rng.choice(MATTERS), article=rng.randrange(1, 17))
            ask(told, "read", lambda path=path: client.get(path))


def write(site: str, told: Told, over: threading.Event, number: int) -> None:
    rng = random.Random(1000 + number)
    with httpx.Client(base_url=site, timeout=60) as client:
        rows = [r["id"] for r in client.get("/api/v1/stories/harbour-bridge/alignments").json()["items"]]
        while not over.is_set():
            row, note = rng.choice(rows), f"note {rng.random()}"
            if number % 2:
                ask(
                    told,
                    "flag",
                    lambda row=row, note=note: client.post(f"/api/v1/alignments/{row}/flags", json={"note": note}),
                )
            else:
                body = {"kind": "relabel", "value": note}
                ask(
                    told,
                    "decide",
                    lambda row=row, body=body: client.post(f"/api/v1/alignments/{row}/decisions", json=body),
                )
            time.sleep(0.05)


def ask(told: Told, what: str, do: Callable[[], httpx.Response]) -> None:
    began = time.monotonic()
    try:
        status = do().status_code
    except httpx.TransportError:
        status = 0
    told.waits[what].append(1000 * (time.monotonic() - began))
    told.answers[what, status] += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--articles", type=int, default=400)
    asked = parser.parse_args()
    with warm_programs() as programs:
        told = crowd(programs, asked.seconds, asked.readers, asked.writers, asked.articles)
    print(f"{'asked':<8}{'times':>7}{'median':>9}{'95 %':>9}{'99 %':>9}{'longest':>9}   milliseconds")
    for what in sorted(told.waits):
        figures = (told.percentile(what, share) for share in (0.5, 0.95, 0.99, 1.0))
        print(f"{what:<8}{len(told.waits[what]):>7}" + "".join(f"{f:>9.0f}" for f in figures))
    print("answers: " + ", ".join(f"{what} {status}: {n}" for (what, status), n in sorted(told.answers.items())))
    print(f"the import: exit {told.imported}; {told.said.strip()}")
    refused = sum(n for (_, status), n in told.answers.items() if status == 0 or status >= 500)
    return 1 if refused or told.imported != 0 else 0


if __name__ == "__main__":
    raise SystemExit(main())
