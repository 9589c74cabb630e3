"""What grows with the database: importing one article into it, searching it, its pages, its commands."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from corpus import corpus
from fastapi.testclient import TestClient
from figures import Figure, Spent, spent
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import pipeline
from app.core.records import Reading
from app.pipeline import HERE
from app.pipeline.grouping import BLOCK, into_stories
from app.settings import Settings
from app.store import Store, open_store
from app.store.actors import claims_in, recount
from app.store.lists import with_lists
from app.store.read.remarks import flags_of
from app.store.search import has_words
from app.store.views import Query
from app.web.app import create_app

__all__ = ["store_figures"]

NAMED = " Ida, of the police and the government, told investigators and the union of the opposition."
"""Actors that many articles have."""
SEARCHES = {
    "a common word": lambda s: Query("said"),
    "an actor": lambda s: Query(actor=s.library.actors().items[0].actor.key),
    "an outlet": lambda s: Query(outlet=s.library.article(1).article.outlet.key),
    "a relation": lambda s: Query(relation="agree"),
    "dates": lambda s: Query(since=date(2021, 1, 1), until=date(2024, 12, 31)),
}
ONE = """
import json, resource, sys, time
sys.path[:0] = {path!r}
from corpus import corpus
from app import pipeline
from app.store import open_store
readings = list(pipeline.read_articles([t.article for t in corpus(977, 6)]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
tries = []
with open_store(__import__("pathlib").Path(sys.argv[1])) as store:
    for reading in readings:
        start = time.process_time()
        pipeline.keep(store, [reading])
        tries.append(time.process_time() - start)
print(json.dumps([tries[1:], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024]))
"""


def store_figures(paths: Mapping[int, Path], only: str) -> Iterator[Figure]:
    measures: Sequence[Callable[[Mapping[int, Path]], Iterator[Figure]]] = (
        one_article,
        a_block,
        searches,
        flags,
        counting,
        pages,
        starting,
    )
    for measure in measures:
        if only in measure.__name__:
            yield from measure(paths)


def one_article(paths: Mapping[int, Path]) -> Iterator[Figure]:
    by_size, memory = {}, {}
    for size, path in paths.items():
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            copy = shutil.copy(path, folder)
            code = ONE.format(path=[str(Path(__file__).parent), str(Path(__file__).parents[2])])
            ran = subprocess.run([sys.executable, "-c", code, copy], capture_output=True, text=True, check=False)
            if ran.returncode:
                print(ran.stderr[-2000:], file=sys.stderr)
                continue
            tries, mb = json.loads(ran.stdout)
            by_size[size], memory[str(size)] = Spent.of(tries), Spent.of([mb])
    yield Figure.grown("importing one article (read already)", by_size, 1.5)
    values = [m.median for m in memory.values()]
    yield Figure("its memory above reading, largest less smallest, MB", memory, values[-1] - values[0], 20, "MB")


def a_block(paths: Mapping[int, Path]) -> Iterator[Figure]:
    """A block of an import, an article: kept, and given its story; `one_article` has none beside it that come with it."""
    kept, grouped = {}, {}
    readings = [Reading(told.article, (), (), "rules") for told in corpus(979, BLOCK)]
    for size, path in paths.items():
        with (
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
            open_store(Path(shutil.copy(path, folder))) as store,
        ):
            start = process_time()
            fresh = {store.articles.keep_article(r).article_id: r.article for r in readings}
            between = process_time()
            into_stories(store, fresh, fresh.keys(), HERE)
            kept[size] = Spent.of([(between - start) / BLOCK])
            grouped[size] = Spent.of([(process_time() - between) / BLOCK])
    yield Figure.grown("an article of a block kept (without claims)", kept, 1.5)
    yield Figure.grown("an article of a block given its story", grouped, 1.5)


def searches(paths: Mapping[int, Path]) -> Iterator[Figure]:
    for name, query in SEARCHES.items():
        by_size = {}
        for size, path in paths.items():
            with open_store(path) as store:
                asked = query(store)
                by_size[size] = spent(lambda store=store, asked=asked: store.library.search(asked, limit=50))
        grown = Figure.grown(f"searching by {name}, largest", by_size, 0.3)
        value = by_size[max(by_size)].median
        yield Figure(grown.name, grown.at, value, 0.3, "s", grown.exponent)


def flags(paths: Mapping[int, Path]) -> Iterator[Figure]:
    by_size = {}
    for size, path in paths.items():
        with open_store(path) as store, store.read() as session:
            connection, ids = session.connection(), list(range(1, 51))
            by_size[size] = spent(lambda c=connection, ids=ids: flags_of(c, ids))
    yield Figure.grown("flags of fifty rows", by_size, 1.5)


def counting(paths: Mapping[int, Path]) -> Iterator[Figure]:
    """What keeping one article takes, and how much of it goes into the numbers of its actors' claims."""
    kept, counted = {}, {}
    for size, path in paths.items():
        with (
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
            open_store(Path(shutil.copy(path, folder))) as store,
        ):
            articles = [replace(t.article, text=t.article.text + NAMED) for t in corpus(978, 7)]
            readings = iter(list(pipeline.read_articles(articles)))
            last = store.articles.keep_article(next(readings)).article_id
            kept[size] = spent(lambda store=store, readings=readings: store.articles.keep_article(next(readings)))
            with store.write() as session:
                c = session.connection()
                counted[size] = spent(lambda c=c, last=last: recount(c, {}, claims_in(c, last)))
    yield Figure.grown("keeping an article (read already)", kept, 1.5)
    largest = max(paths)
    share = 100 * counted[largest].median / kept[largest].median
    yield Figure("of that, counting the claims of its actors", {str(largest): counted[largest]}, share, 10, "%")


PAGES = {
    "longest article": lambda s, big: f"/articles/{_longest(s)}",
    "largest row": lambda s, big: f"/alignments/{_largest(s)}",
    "top actor": lambda s, big: f"/actors/{s.library.actors().items[0].actor.key}",
    "print": lambda s, big: f"/stories/{big}/print",
    "bundle": lambda s, big: f"/stories/{big}/export.zip",
    "story": lambda s, big: f"/stories/{big}",
    "search page": lambda s, big: "/search?q=said",
    "queue": lambda s, big: "/conflicts",
    "front": lambda s, big: "/",
}


def pages(paths: Mapping[int, Path]) -> Iterator[Figure]:
    """Each page against the statements that it asks, sent bare by the driver and fetched."""
    path = paths[max(paths)]
    heard: list[tuple[str, Any]] = []
    event.listen(Engine, "before_cursor_execute", lambda _c, _k, s, v, *_: heard.append((s, v)))
    with (
        open_store(path) as store,
        TestClient(create_app(Settings(database=path), store, hands=HERE), base_url="http://localhost") as client,
    ):
        slug = _one(store, "SELECT slug FROM stories WHERE slug LIKE 'long-%'")
        for name, address in PAGES.items():
            url = address(store, slug)
            client.get(url).raise_for_status()
            heard.clear()
            size = len(client.get(url).content)
            mine = [(s, v) for s, v in heard if s.lstrip().upper().startswith(("SELECT", "WITH"))]
            page = spent(lambda url=url: client.get(url))
            bare = spent(lambda mine=mine: _bare(path, mine))
            yield Figure(
                f"page: {name}, against its bare SQL",
                {"page": page, "bare": bare},
                page.median / bare.median,
                2,
                more={"statements": len(mine), "kB": size / 1000},
            )


def _bare(path: Path, statements: Sequence[tuple[str, Any]]) -> None:
    c = _connection(path)
    for statement, values in statements:
        c.execute(with_lists(statement), values).fetchall()


_open: dict[Path, sqlite3.Connection] = {}


def _connection(path: Path) -> sqlite3.Connection:
    if path not in _open:
        from app.core.text import fold

        _open[path] = sqlite3.connect(path)
        _open[path].create_function("fold", 1, fold, deterministic=True)
        _open[path].create_function("has_words", 2, has_words, deterministic=True)
    return _open[path]


def _longest(store: Store) -> int:
    return _one(store, "SELECT article_id FROM claims GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")


def _largest(store: Store) -> int:
    return _one(store, "SELECT alignment_id FROM alignment_members GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")


def _one(store: Store, statement: str) -> Any:
    with store.read() as session:
        return session.connection().exec_driver_sql(statement).scalar_one()


def starting(paths: Mapping[int, Path]) -> Iterator[Figure]:
    """Commands that read the database, on the smallest."""
    env = {**os.environ, "PARALLAX_DATABASE": str(paths[min(paths)])}
    for words in (["search", "harbour", "--limit", "3"], ["stories", "--help"], ["stories"]):
        took = spent(
            lambda words=words: subprocess.run(
                [sys.executable, "-m", "app", *words], env=env, capture_output=True, check=True
            )
        )
        yield Figure(f"start-up: parallax {' '.join(words)}", {"cpu": took}, took.median, 1.0, "s")
