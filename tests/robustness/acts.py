"""What a program may be about when it is killed: each act does its work on a database file, and says what was acknowledged.

    python acts.py     reads orders from standard input, one JSON object a line:
                       {"act", "path", "acks", "point"?, "seconds"?} -> {"signal", "points", "seconds"}

Each order is done by a child of its own, forked from a process that has imported everything. The child dies of SIGKILL at a
`point` (the n-th statement, commit, file made, renamed or removed) or after so many `seconds`; without either it lives, and
tells how many points there were. What it was told is kept, it writes to the file `acks` at once: a line each.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import anyio
import httpx
from sqlalchemy import Engine, event

from app import mending, pipeline, rereading
from app.cli import main as command
from app.core.records import Hints
from app.settings import Settings, get_settings
from app.store import backup, open_store, restore, upgrade
from app.web import app as web

Ack = Callable[[str], None]
SLUG = "bridge"
SAID = (
    "The council approved the harbour bridge on Monday 13 May 2024. Mayor Ana Ruiz said that it would cost {} million euros.",
    "The harbour bridge was approved by the council on Monday, 13 May 2024. It will cost {} million euros, Ana Ruiz said.",
    "Ana Ruiz denied that the harbour bridge would cost {} million euros. The council approved it on 13 May 2024.",
)
OUTLETS = ("Harbour Gazette", "Island Herald", "River Times", "Delta Post", "Echo Daily", "Foreland News")


def report(number: int, cost: int = 40) -> tuple[str, Hints]:
    text = SAID[number % len(SAID)].format(cost + number) + f" Two members voted against it, report {number} says."
    outlet = OUTLETS[number % len(OUTLETS)]
    hints = Hints(outlet=outlet, headline=f"Bridge, report {number}", story=SLUG, url=f"https://{number}.example/b")
    return text, hints


def keep(store: Any, numbers: range, cost: int = 40) -> pipeline.ImportSummary:
    return pipeline.keep(store, pipeline.read_pages(pipeline.paste(*report(n, cost)) for n in numbers))


def prepared(path: Path) -> None:
    """The database that most acts begin with: three reports, compared, with something said of them."""
    upgrade(path)
    with open_store(path) as store:
        keep(store, range(3))
        rows = list(store.rows.every(SLUG))
        store.review.flag(rows[0].id, by="ann", note="really?")
        store.review.decide(rows[1].id, "relabel", by="ann", value="Named by hand")
    backup(path, path.with_name("saved.sqlite3"))


# --- the acts ---------------------------------------------------------------------------------------------------------


def by_command(path: Path, ack: Ack) -> None:
    """Files, by the command; kept is what the database says at the end."""
    folder = path.with_name("reports")
    folder.mkdir(exist_ok=True)
    lines = ["file,outlet,story,headline,url"]
    for n in range(3, 6):
        text, hints = report(n)
        (folder / f"{n}.txt").write_text(text)
        lines.append(f'{n}.txt,{hints.outlet},{SLUG},"{hints.headline}",{hints.url}')
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")
    os.environ["PARALLAX_DATABASE"] = str(path)
    get_settings.cache_clear()
    sys.argv = ["parallax", "import", "--manifest", str(folder / "manifest.csv"), str(folder)]
    try:
        command()
    except SystemExit as ended:
        if ended.code:
            raise
    for n in range(3, 6):
        ack(f"article {n}")


def by_http(path: Path, ack: Ack) -> None:
    settings = Settings(_env_file=None, database=path)

    async def send() -> None:
        app = web.create_app(settings, hands=pipeline.HERE)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            for n in range(3, 6):
                text, hints = report(n)
                body = {
                    "text": text,
                    "outlet": hints.outlet,
                    "headline": hints.headline,
                    "story": SLUG,
                    "url": hints.url,
                }
                answer = await client.post("/api/v1/articles", json=body)
                assert answer.status_code in (200, 201), answer.text
                ack(f"article {n}")

    anyio.run(send)


def revise(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        keep(store, range(3), cost=70)
    ack("revised 3")


def read_anew(path: Path, ack: Ack) -> None:
    rereading.reader_version = lambda _: "a later one"
    with open_store(path) as store:
        rereading.reread(store, rereading.outdated(store))
        ack("read 3")


def decide(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        for number in range(4):
            rows = [r.id for r in store.rows.every(SLUG)]
            flag = store.review.flag(rows[number], by="bob", note=f"note {number}")
            ack(f"flag {flag.id} note {number}")
            store.review.decide_flag(flag.id, "confirmed", by="eve", note=f"yes {number}")
            decision = store.review.decide(rows[number], "relabel", by="bob", value=f"Label {number}")
            ack(f"decision {decision.id} Label {number}")
        store.review.undo_decision(decision.id, by="bob")
        ack(f"undone {decision.id}")


def merge(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        for _ in range(3):
            rows = [r.id for r in store.rows.every(SLUG)]
            decision = store.review.decide(rows[-1], "merge", by="bob", value=str(rows[0]))
            ack(f"decision {decision.id} {rows[0]}")


def split(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        for _ in range(2):
            row = max(store.rows.every(SLUG), key=lambda r: sum(len(c.claims) for c in r.cells))
            claims = [c.id for cell in row.cells for c in cell.claims]
            if len(claims) > 1:
                decision = store.review.decide(row.id, "split", by="bob", claims=claims[1:])
                ack(f"decision {decision.id} {','.join(map(str, claims[1:]))}")


def add_name(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        alias = store.names.add_alias("ana-ruiz", "the harbour mayor", by="ann")
        ack(f"name {alias.id}")
        rereading.reread(store, store.names.articles_holding("Ana Ruiz"))


def bring_up(path: Path, ack: Ack) -> None:
    copy = upgrade(path)
    ack(f"copy {copy}")


def back_up(path: Path, ack: Ack) -> None:
    backup(path, path.with_name("copy.sqlite3"))
    ack("copied")


def put_back(path: Path, ack: Ack) -> None:
    restore(path, path.with_name("saved.sqlite3"))
    ack("restored")


def put_right(path: Path, ack: Ack) -> None:
    with open_store(path) as store:
        with store.write() as session:
            for statement in (
                "UPDATE actors SET claims = claims + 3",
                "DELETE FROM claim_index WHERE rowid = 2",
                "UPDATE stories SET stale = 1",
            ):
                session.connection().exec_driver_sql(statement)
        list(mending.mend(store))
        ack("mended")


def first(path: Path, ack: Ack) -> None:
    """The first import of all: there is no file yet."""
    by_command(path, ack)


ACTS: dict[str, Callable[[Path, Ack], None]] = {
    "the first import": first,
    "an import": by_command,
    "an import over HTTP": by_http,
    "a revision": revise,
    "reading anew": read_anew,
    "flags and decisions": decide,
    "merges": merge,
    "splits": split,
    "a name": add_name,
    "an upgrade": bring_up,
    "a backup": back_up,
    "a restore": put_back,
    "a repair": put_right,
}

# --- dying ------------------------------------------------------------------------------------------------------------

_FILES = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}


class Points:
    """Counts what may be the last thing a program does, and makes it the last when its number comes."""

    def __init__(self, folder: Path, last: int | None) -> None:
        self.seen, self._last, self._folder = 0, last, str(folder)
        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "begin"):
            event.listen(Engine, name, lambda *_: self._pass())
        sys.addaudithook(self._hear)

    def _hear(self, name: str, args: tuple[Any, ...]) -> None:
        if name in _FILES and any(self._folder in str(a) for a in args[:2]):
            self._pass()

    def _pass(self) -> None:
        self.seen += 1
        if self.seen == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def child(order: dict[str, Any]) -> dict[str, Any]:
    path = Path(order["path"])
    acks = os.open(order["acks"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    points = Points(path.parent, order.get("point"))
    if order.get("seconds"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process then and there
        signal.setitimer(signal.ITIMER_REAL, order["seconds"])
    began = time.monotonic()
    act = prepared if order["act"] == "prepare" else ACTS[order["act"]]
    said = (path,) if act is prepared else (path, lambda line: os.write(acks, f"{line}\n".encode()))
    act(*said)  # type: ignore[operator]
    return {"points": points.seen, "seconds": time.monotonic() - began}


def warm_up() -> None:
    """Words and weights are loaded once, before there are children. What is killed is one program, which reads by itself."""
    os.environ["PARALLAX_LANGUAGE_MODEL"] = "rules"
    get_settings.cache_clear()
    pipeline.workers = lambda _=1: pipeline.HERE  # type: ignore[assignment,return-value]
    with TemporaryDirectory(prefix="parallax-warm-") as folder:
        prepared(Path(folder) / "warm.sqlite3")
    web._routes()
    gc.freeze()  # or each child copies the pages of all of it, only to look for what nobody holds


def serve() -> None:
    warm_up()
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what acts print is nobody's answer
    for line in sys.stdin:
        order = json.loads(line)
        tell, hear = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.write(hear, json.dumps(child(order)).encode())
                os._exit(0)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
        os.close(hear)
        said = b""
        while part := os.read(tell, 65536):
            said += part
        os.close(tell)
        _, status = os.waitpid(pid, 0)
        answer = {
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            "code": os.waitstatus_to_exitcode(status),
        }
        print(json.dumps({**answer, **(json.loads(said) if said else {})}), file=out, flush=True)


if __name__ == "__main__":
    serve()
