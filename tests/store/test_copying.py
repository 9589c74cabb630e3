"""A copy from one database into another: the same to the letter, whole or not there, and nothing is written over."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgres import Server

from app.errors import BadInput, Conflicting, DatabaseUnready, ParallaxError
from app.store import Store, copy_store, guards, open_store, upgrade
from app.store.copying import _Tally
from app.store.engine import make_engine
from app.store.tables import Table

NAMES = [table.name for table in Table.metadata.sorted_tables]


@pytest.fixture
def source(example_store: Store, database: Path) -> Iterator[Path]:
    """The example, with what people said, a page as it was fetched, ids that were given and are gone, a story merged into a later one."""
    slug = example_store.library.stories().items[0].story.slug
    row = next(iter(example_store.rows.every(slug)))
    example_store.review.flag(row.id, by="ann", note="Read it again: \N{SNOWMAN} 'quoted' \"twice\"")
    with closing(sqlite3.connect(database)) as db, db:
        now = datetime(2024, 2, 29, 12, 0, 0, 1, UTC).isoformat()
        revision = db.execute("SELECT min(id) FROM article_revisions").fetchone()[0]
        page = bytes(range(256))
        known = hashlib.sha256(page).hexdigest()
        db.execute(
            "INSERT INTO page_bodies (sha256, size, packed) VALUES (?, ?, ?)", (known, len(page), gzip.compress(page))
        )
        db.execute(
            "INSERT INTO fetched_pages (revision_id, url, status, media_type, headers, sha256, at)"
            " VALUES (?, 'https://paper.example/1', 200, 'text/html', '[]', ?, ?)",
            (revision, known, now),
        )
        db.execute("UPDATE sqlite_sequence SET seq = seq + 7 WHERE name = 'claims'")
        for name in ("sooner", "later"):
            db.execute(
                "INSERT INTO stories (slug, title, made_at, changed_at, stale, matrix, timeline, revision, basis, compared_with, compared_by)"
                " SELECT ?, title, made_at, changed_at, 0, '[]', '[]', 0, 0, '', '' FROM stories LIMIT 1",
                (name,),
            )
        db.execute("UPDATE stories SET merged_into_id = (SELECT max(id) FROM stories) WHERE slug = 'sooner'")
        db.execute(
            "UPDATE alignments SET merged_into_id = (SELECT max(id) FROM alignments) WHERE id = (SELECT min(id) FROM alignments)"
        )
    return database


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a file holds, to the letter."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        asked = {name: f'SELECT * FROM "{name}"' for name in (*NAMES, "sqlite_sequence", "claim_index")}
        return {name: sorted(db.execute(said).fetchall(), key=repr) for name, said in asked.items()}


def empty(path: Path) -> bool:
    return not any(rows for name, rows in held(path).items() if name in NAMES)


def changed(path: Path, statement: str) -> None:
    """Changed past all guards and references."""
    with closing(sqlite3.connect(path)) as db, db:
        kept = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
        for _, guard in kept:
            db.execute(guard)


def faults(path: Path) -> list[str]:
    with open_store(path) as store:
        return [f.say for a in store.checks.questions() for f in a.faults]


@pytest.mark.parametrize("there", ["nothing", "no bytes", "no tables", "no rows"])
def test_a_copy_is_the_same_to_the_letter(source: Path, tmp_path: Path, blank: Path, there: str) -> None:
    target = tmp_path / "folder" / "copy.sqlite3"
    target.parent.mkdir()
    match there:
        case "no bytes":
            target.touch()
        case "no tables":
            sqlite3.connect(target).close()
        case "no rows":
            target.write_bytes(blank.read_bytes())
    told: list[int] = []
    copied = {t.name: t for t in copy_store(source, target, begin=told.append, advance=lambda n: told.append(-n))}
    assert held(target) == held(source)
    assert copied.keys() == set(NAMES)
    assert {name: t.rows for name, t in copied.items()} == {name: len(held(source)[name]) for name in NAMES}
    assert sum(told) == 0
    engine = make_engine(target, writing=False)
    with engine.connect() as connection:
        assert guards.missing_guards(connection) == ()
    engine.dispose()
    assert faults(target) == faults(source)


def refused_of(case: str, source: Path, target: Path, blank: Path) -> type[ParallaxError]:
    match case:
        case "there is something":
            target.write_bytes(source.read_bytes())
            return Conflicting
        case "one row":
            target.write_bytes(blank.read_bytes())
            changed(target, "INSERT INTO outlets (key, name) VALUES ('post', 'Post')")
            return Conflicting
        case "an older one":
            upgrade(target, to="0015")
            return DatabaseUnready
        case "no database":
            target.write_bytes(b"twelve people died" * 100)
            return DatabaseUnready
        case "an older source":
            changed(source, "UPDATE alembic_version SET version_num = '0015'")
            return DatabaseUnready
        case "no source":
            source.unlink()
            return DatabaseUnready
        case "a broken log":
            changed(source, "UPDATE audit SET subject = 'another' WHERE id = 1")
            return Conflicting
        case "what points nowhere":
            changed(source, "UPDATE flags SET alignment_id = 999999")
            return BadInput
    raise AssertionError(case)


@pytest.mark.parametrize(
    "case",
    ["there is something", "one row", "an older one", "no database", "an older source", "no source", "a broken log", "what points nowhere"],
)  # fmt: skip
def test_what_is_refused_changes_nothing(source: Path, tmp_path: Path, blank: Path, case: str) -> None:
    target = tmp_path / "copy.sqlite3"
    error = refused_of(case, source, target, blank)
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(error) as raised:
        copy_store(source, target)
    assert raised.value.where
    if before is None:
        assert not target.exists() or empty(target)
    elif error is not DatabaseUnready or case == "an older one":
        assert target.read_bytes() == before


def test_itself_is_refused_and_what_the_target_changes_is_seen(source: Path, tmp_path: Path, blank: Path) -> None:
    with pytest.raises(BadInput, match="itself"):
        copy_store(source, source)
    target = tmp_path / "copy.sqlite3"
    target.write_bytes(blank.read_bytes())
    changed(
        target,
        "CREATE TRIGGER other AFTER INSERT ON claims BEGIN UPDATE claims SET text = text || ' ' WHERE id = NEW.id AND id % 9 = 0; END",
    )
    with pytest.raises(Conflicting, match="claims is not what was copied"):
        copy_store(source, target)
    assert empty(target)


def test_killed_in_the_middle_it_is_empty_and_can_be_done_again(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    child = os.fork()
    if child == 0:
        done: list[int] = []

        def advance(_rows: int) -> None:
            done.append(1)
            if len(done) > 12:
                os.kill(os.getpid(), signal.SIGKILL)

        copy_store(source, target, advance=advance)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert empty(target)
    copy_store(source, target)
    assert held(target) == held(source)


def test_a_digest_knows_values_and_not_their_order() -> None:
    table = Table.metadata.tables["snapshots"]

    def digest(*rows: dict[str, object]) -> str:
        tally = _Tally(table)
        tally.add([{c.name: row.get(c.name) for c in table.columns} for row in rows])
        return tally.told().digest

    a, b = {"id": 1, "by": "ann", "at": datetime(2024, 2, 29, 12, tzinfo=UTC)}, {"id": 2, "by": "bo"}
    changes: list[Callable[[], dict[str, object]]] = [
        lambda: {**a, "by": "Ann"},
        lambda: {**a, "by": None},
        lambda: {**a, "by": ""},
        lambda: {**a, "id": "1"},
        lambda: {**a, "at": datetime(2024, 2, 29, 12, 0, 0, 1, tzinfo=UTC)},
    ]
    assert digest(a, b) == digest(b, a) != digest(a)
    assert digest(a, a) != digest(b, b)
    assert len({digest(change(), b) for change in changes} | {digest(a, b)}) == len(changes) + 1


def test_through_a_server_and_back_it_is_the_same(source: Path, tmp_path: Path, server: Server) -> None:
    there, back = server.made(), tmp_path / "back.sqlite3"
    told = copy_store(source, there)
    assert copy_store(there, back) == told
    assert held(back) == held(source)
    with open_store(there) as store:
        slug = store.library.stories().items[0].story.slug
        row = next(iter(store.rows.every(slug)))
        store.review.flag(row.id, by="bo", note="Ids go on where they were.")
        assert [f.say for a in store.checks.questions() for f in a.faults] == faults(source)
    with pytest.raises(Conflicting, match="not empty"):
        copy_store(source, there)
    with pytest.raises(BadInput, match="itself"):
        copy_store(there, there)
    server.dropped(there)


def test_what_a_server_cannot_keep_is_refused(source: Path, server: Server) -> None:
    changed(source, "UPDATE outlets SET name = 'Post' || char(0) WHERE id = (SELECT min(id) FROM outlets)")
    there = server.made()
    with pytest.raises(BadInput, match="cannot be kept"):
        copy_store(source, there)
    changed(source, "UPDATE outlets SET name = 'Post' WHERE id = (SELECT min(id) FROM outlets)")
    assert copy_store(source, there)
    server.dropped(there)
