"""Large imports: several programs give what one gives, what was cut short is taken up, and what is kept is not read again."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.corpus import corpus

from app import pipeline
from app.cli.output import Pace
from app.core.records import Hints, Page, Reading
from app.pipeline import HERE, Workers
from app.pipeline import reading as reading_stage
from app.pipeline.abreast import abreast
from app.pipeline.held import Held
from app.sources import Unread
from app.store import Store, backup, open_store, upgrade

QUIET = {"PARALLAX_LANGUAGE_MODEL": "rules", "PARALLAX_ENCODER": "off"}

MEMBERS = """
    SELECT stories.slug, alignments.status, alignments.label, alignments.probability, article_revisions.text, claims.start, claims.end
    FROM alignment_members JOIN alignments ON alignments.id = alignment_members.alignment_id
    JOIN stories ON stories.id = alignments.story_id JOIN claims ON claims.id = alignment_members.claim_id
    JOIN articles ON articles.id = claims.article_id
    JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    ORDER BY 1, 2, 3, 4, 5, 6, 7
"""
RECORDS = "SELECT record FROM claim_records ORDER BY claim_id"
"""To the letter, in the order in which they were kept."""


def digest(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        kept = [db.execute(asked).fetchall() for asked in (MEMBERS, RECORDS)]
    assert all(kept)
    return hashlib.sha256(repr(kept).encode()).hexdigest()


class Abreast(type(HERE)):  # type: ignore[misc]
    many = 2


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch):
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    pipeline.chosen.get_settings.cache_clear()
    yield
    pipeline.chosen.get_settings.cache_clear()


def pages(many: int) -> list:
    return [
        pipeline.paste(
            told.article.text,
            Hints(outlet=told.article.outlet, headline=told.article.headline, published=told.article.published),
            origin=f"{n}.txt",
        )
        for n, told in enumerate(corpus(7, many))
    ]


def lines(path: Path, many: int) -> Path:
    articles = [told.article for told in corpus(7, many)]
    said = [
        {"headline": a.headline, "text": a.text, "outlet": a.outlet, "published": str(a.published)} for a in articles
    ]
    path.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    return path


def test_two_programs_give_what_one_gives_and_one_that_is_killed_takes_nothing_with_it(tmp_path: Path) -> None:
    """They read; the comparing beside each other is done here."""
    made, killed = [], 0
    with closing(Workers(many=2)) as two:
        for name, hands in (("one", HERE), ("two", two)):
            path = tmp_path / f"{name}.sqlite3"
            upgrade(path)
            with open_store(path) as store:
                found = []
                for reading in pipeline.read_pages(pages(40), hands=hands):
                    found.append(reading)
                    if hands is two and not killed and (process := two._readers.workers[0]._process):
                        os.kill(process.pid, signal.SIGKILL)
                        killed = process.pid
                assert [type(one) for one in found] == [Reading] * 40
                pipeline.keep(store, found, hands=HERE if hands is HERE else Abreast())
            made.append(digest(path))
    assert killed
    assert made[0] == made[1]


def test_an_import_that_was_killed_is_taken_up_and_ends_as_one_that_was_not(tmp_path: Path) -> None:
    """It is killed in its second batch, whose last page is never handed over."""
    many = 24
    read = lines(tmp_path / "lines.jsonl", many)
    whole, cut = tmp_path / "whole.sqlite3", tmp_path / "cut.sqlite3"
    upgrade(whole)
    backup(whole, cut)

    def bring_in(database: Path, most: int | None = None) -> pipeline.ImportSummary:
        def handed_over() -> Iterator[Page | Unread]:
            yield from islice(pipeline.read_targets([str(read)]), most)
            while most:
                signal.pause()

        with open_store(database) as store:
            return pipeline.keep(store, pipeline.read_new(store, handed_over()))

    bring_in(whole)
    child = os.fork()
    if child == 0:
        bring_in(cut, many - 1)
        os._exit(0)
    while kept(cut) < 10:
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    held = kept(cut)
    assert held < many
    told = bring_in(cut)
    assert told.outcomes == {"new": many - held, "same": held}
    assert told.waiting == set()
    assert digest(cut) == digest(whole)


def kept(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_what_is_kept_is_not_read_again_unless_its_words_changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pipeline.keep(store, pipeline.read_new(store, pages(6)))
    assert (first.outcomes["new"], first.claims > 6) == (6, True)
    again = list(pipeline.read_new(store, pages(6)))
    assert [type(one) for one in again] == [Held] * 6

    def never(articles):
        raise AssertionError(articles)

    with monkeypatch.context() as patch:
        patch.setattr(reading_stage, "read_all", never)
        second = pipeline.keep(store, pipeline.read_new(store, pages(6)))
    assert (second.outcomes["same"], second.claims, second.articles) == (6, first.claims, first.articles)
    changed = pages(6)
    changed[2] = pipeline.paste(changed[2].text + " More was not known.", changed[2].hints, origin=changed[2].origin)
    assert pipeline.keep(store, pipeline.read_new(store, changed)).outcomes == {"same": 5, "revised": 1}


def test_what_is_held_no_more_when_it_is_kept_is_read_then(store: Store) -> None:
    found = [Held(reading.article) for reading in pipeline.read_pages(pages(3)) if isinstance(reading, Reading)]
    summary = pipeline.keep(store, found)
    assert summary.outcomes == {"new": 3}
    assert summary.claims > 3


@pytest.mark.parametrize("many", [1, 2, 5])
def test_things_are_done_abreast_in_order_and_not_far_ahead(many: int) -> None:
    asked = 0

    def items():
        nonlocal asked
        while asked < 20:
            yield asked
            asked += 1

    furthest = 0
    for n, square in enumerate(abreast(many, lambda x: x * x, items())):
        assert square == n * n
        furthest = max(furthest, asked - n)
    assert furthest <= many
    with pytest.raises(ZeroDivisionError):
        list(abreast(many, lambda x: 1 // (x - 3), range(9)))


def test_the_pace_is_told_now_and_then_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    with Pace(clock=lambda: now, every=30.0) as pace:
        pace.begin("importing", 1000)
        for _ in range(100):
            now += 0.5
            pace.advance()
        pace.begin("importing", None)
        for _ in range(40):
            now += 1.0
            pace.advance()
    assert capfd.readouterr().err.splitlines() == [
        "importing: 60 of 1,000, 2.0 a second, 0:07:50 left",
        "importing: 30, 1.0 a second",
    ]


def test_how_many_there_will_be_is_known_of_files_and_lines_alone(tmp_path: Path) -> None:
    lines(tmp_path / "lines.jsonl", 9)
    for name in ("a.txt", "b.html", "c.pdf", "README.md"):
        (tmp_path / name).write_text("The council met.")
    assert pipeline.how_many([str(tmp_path)], None) == 11
    assert pipeline.how_many([str(tmp_path / "a.txt"), str(tmp_path / "none.txt")], None) == 2
    assert pipeline.how_many(["https://example.org/feed.xml"], None) is None
    assert pipeline.how_many(["-"], None) is None
    assert len(list(pipeline.read_pages(pipeline.read_targets([str(tmp_path)]), hands=HERE))) == 11
