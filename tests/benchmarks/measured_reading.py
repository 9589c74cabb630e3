"""What grows with the text and with the story: reading against the bare language model, pairs scored, one article more in a story."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from corpus import corpus, long_story
from figures import Figure, spent

from app import pipeline
from app.core.alignment import unified
from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import entries_of
from app.core.alignment.pool import Pool
from app.core.encoder import load_encoder
from app.store import open_store, upgrade

__all__ = ["reading_figures"]

STORIES = (20, 60)


def reading_figures(only: str) -> Iterator[Figure]:
    for measure in (reading, scored, one_more):
        if only in measure.__name__:
            yield from measure()


def reading() -> Iterator[Figure]:
    articles = [t.article for t in corpus(979, 60)]
    reader = pipeline.reader()
    list(pipeline.read_articles(articles[:3]))
    bare = spent(lambda: list(reader.parse([a.text for a in articles])))
    ours = spent(lambda: list(pipeline.read_articles(articles)))
    yield Figure(
        "reading, against the bare language model", {"ours": ours, "bare": bare}, ours.median / bare.median, 1.25
    )


def scored() -> Iterator[Figure]:
    for reports in STORIES:
        readings = unified(list(pipeline.read_articles(long_story(980, reports))))
        entries = entries_of(readings)
        pairs = len(candidate_pairs(Pool([e.statement for e in entries], [e.article for e in entries]))[0])
        held = Counter(e.article for e in entries)
        everything = sum(held[a] * held[b] for a, b in combinations(held, 2))
        yield Figure(
            f"pairs scored in a story of {reports}",
            {},
            100 * pairs / everything,
            5,
            "%",
            more={"pairs": pairs, "all": everything},
        )


def one_more() -> Iterator[Figure]:
    """An article into a story, against comparing the whole story; no vector is in memory, as for an import of the next day."""
    for reports in STORIES:
        readings = list(pipeline.read_articles(long_story(981, reports + 4)))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "story.sqlite3"
            upgrade(path)
            with open_store(path) as store:
                pipeline.keep(store, readings[:reports])
                rest = iter(readings[reports:])
                more = spent(lambda store=store, rest=rest: _forgetting(lambda: pipeline.keep(store, [next(rest)])), 3)
                whole = spent(lambda some=readings[: reports + 1]: _forgetting(lambda: pipeline.compare(some, 0.15)), 3)
        yield Figure(
            f"one article into a story of {reports}, against the whole",
            {"one": more, "whole": whole},
            more.median / whole.median,
            1.5 / reports,
        )


def _forgetting(work: Callable[[], object]) -> object:
    load_encoder.cache_clear()
    return work()
