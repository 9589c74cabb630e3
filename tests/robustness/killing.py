"""Acts are killed at many points, and what they leave is looked through: sound, nothing acknowledged lost, and it can go on."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from older import to_the_fourth_revision

from app import pipeline
from app.errors import DatabaseUnready
from app.store import Store, is_blank, open_store, upgrade
from app.store.schema import revision_of

ACTS = Path(__file__).with_name("acts.py")
SLUG = "bridge"


class Warm:
    """The process that acts are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ACTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def order(self, act: str, path: Path, **how: float | None) -> dict[str, float]:
        acks = path.with_name("acks")
        acks.unlink(missing_ok=True)
        assert self._process.stdin
        assert self._process.stdout
        print(
            json.dumps({"act": act, "path": str(path), "acks": str(acks), **how}), file=self._process.stdin, flush=True
        )
        answer = self._process.stdout.readline()
        assert answer, "the process that acts are forked from is gone"
        return dict(json.loads(answer))

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(20)
        if self._process.stdout:
            self._process.stdout.close()


@contextmanager
def warm() -> Iterator[Warm]:
    made = Warm()
    try:
        yield made
    finally:
        made.close()


@dataclass
class Trial:
    """What came of one kill. `wrong`: what was found of it that should not be."""

    act: str
    at: str
    died: bool
    acknowledged: int = 0
    waiting: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Ground:
    """Where an act is tried: a folder with the database that it begins with, to be copied for every trial."""

    act: str
    start: Path  # a folder
    points: int
    seconds: float
    end: object  # what is there when nothing stops it


def ground(process: Warm, act: str, base: Path, place: Path) -> Ground:
    """Do the act once, to the end: how many points it has, how long it takes, what it leaves."""
    start = place / "start"
    start.mkdir(parents=True)
    if act != "the first import":
        for file in base.iterdir():
            shutil.copy(file, start / file.name)
    if act == "an upgrade":
        back_to_older(start / "kept.sqlite3")
    for name in ("first", "whole"):  # the first time all kinds of things are loaded that a second time has
        here = copied(start, place / name)
        done = process.order(act, here)
        assert done["code"] == 0, f"{act} failed when nothing stopped it"
    return Ground(act, start, int(done["points"]), float(done["seconds"]), state(here))


def copied(start: Path, there: Path) -> Path:
    shutil.copytree(start, there)
    return there / "kept.sqlite3"


def back_to_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        to_the_fourth_revision(connection)


def killed(process: Warm, on: Ground, place: Path, *, point: int | None = None, seconds: float | None = None) -> Trial:
    """Kill the act there, and look at what it left."""
    path = copied(on.start, place)
    done = process.order(on.act, path, point=point, seconds=seconds)
    at = f"point {point}" if point else f"{seconds:.3f} s"
    trial = Trial(on.act, at, died=done["signal"] != 0)
    acks = path.with_name("acks")
    said = acks.read_text().splitlines() if acks.exists() else []
    trial.acknowledged = len(said)
    if not trial.died and done["code"] != 0:
        trial.wrong.append("it failed by itself")
    try:
        look(process, on, path, said, trial)
    except Exception as error:
        trial.wrong.append(f"{type(error).__name__}: {error}")
    shutil.rmtree(place)
    return trial


def look(process: Warm, on: Ground, path: Path, said: list[str], trial: Trial) -> None:
    if on.act == "an upgrade":
        _upgraded(path, trial)
    if on.act == "the first import" and is_blank(path):
        if said:
            trial.wrong.append("there is nothing of what was acknowledged")
    elif on.act == "the first import" and revision_of(path) is None:
        trial.wrong.append("tables without a version")
    else:
        with open_store(path) as store:
            if on.act != "a repair":  # what it is to put right may be wrong still
                trial.wrong += unsound(store)
            trial.waiting = len(store.articles.stale_stories())
            trial.wrong += [f"lost: {line}" for line in said if not there(store, line)]
    if on.act == "a backup" and path.with_name("copy.sqlite3").exists():
        with open_store(path.with_name("copy.sqlite3")) as copy:
            trial.wrong += [f"the copy: {say}" for say in unsound(copy)]
    if on.act in ("flags and decisions", "merges", "splits"):
        return  # said again they are other words
    again = process.order(on.act, path)
    if on.act == "a backup" and path.with_name("copy.sqlite3").exists() and again["code"]:
        again["code"] = 0  # it was done, and is not done over
    if again["code"]:
        trial.wrong.append("it cannot be done again")
        return
    with open_store(path) as store:
        pipeline.heal(store)
        trial.wrong += [f"done again: {say}" for say in unsound(store)]
    if state(path) != on.end:
        trial.wrong.append("done again it is not what it is when nothing stops it")


def _upgraded(path: Path, trial: Trial) -> None:
    """Of the old version or of the new one, and nothing in between."""
    try:
        with open_store(path):
            return
    except DatabaseUnready:
        if revision_of(path) != "0004":
            trial.wrong.append(f"it is at {revision_of(path)}")
        upgrade(path)


def unsound(store: Store) -> list[str]:
    return [f.say for a in store.checks.questions() if not a.harmless for f in a.faults]


def there(store: Store, line: str) -> bool:
    """Whether what was acknowledged is kept."""
    what, key, words = (*line.split(" ", 2), "", "")[:3]
    if what == "article":
        return any(a.headline == f"Bridge, report {key}" for a in store.library.articles(limit=200).items)
    asked = {
        "flag": "SELECT count(*) FROM flags WHERE id = ? AND note = ?",
        "decision": "SELECT count(*) FROM decisions WHERE id = ? AND value = ?",
        "undone": "SELECT count(*) FROM decisions WHERE id = ? AND undone_at IS NOT NULL",
        "name": "SELECT count(*) FROM added_aliases WHERE id = ?",
    }.get(what)
    if asked is None:
        return True
    values = (int(key), words) if asked.count("?") == 2 else (int(key),)
    with store.read() as session:
        return bool(session.connection().exec_driver_sql(asked, values).scalar_one())


def state(path: Path) -> object:
    """All that a reader sees of the story, whatever the ids and the times."""
    with open_store(path) as store:
        if not store.library.stories().total:
            return None
        rows = sorted(
            (
                r.label,
                r.status.value,
                r.summary,
                tuple(tuple(c.text for c in cell.claims) for cell in r.cells),
                tuple(f.note for f in r.flags),
                tuple((d.kind, d.value) for d in r.decisions),
            )
            for r in store.rows.every(SLUG)
        )
        return (
            rows,
            tuple(sorted(a.headline for a in store.library.articles(limit=200).items)),
            store.articles.stale_stories(),
        )


def points_of(on: Ground, number: int) -> list[int]:
    """So many points, from the first to the last, evenly."""
    if number >= on.points:
        return list(range(1, on.points + 1))
    return sorted({1 + round(i * (on.points - 1) / (number - 1)) for i in range(number)})
