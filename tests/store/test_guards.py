"""Nothing that a person wrote is ever deleted or changed: not by what the machine finds anew, not by hand, not by an upgrade."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from behind import replacing
from clock import Clock
from made_up import the_alignments, the_readings
from postgres import Server
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.records import Status
from app.places import Address, Place
from app.store import Store, upgrade
from app.store.guards import GUARDS, missing_guards
from app.store.views import Query

IDS = [1, 2, 3]


def machines_flag(store: Store, row: int = 1) -> int:
    return next(c.flag.id for c in store.rows.conflicts().items if c.row.id == row and c.flag)


def notes(store: Store, row: int = 1) -> list[str]:
    return [h.note for h in store.rows.alignment(row).history if getattr(h, "note", "")]


def undo(store: Store, **_: object) -> None:
    for d in store.rows.alignment(1).row.decisions:
        store.review.undo_decision(d.id, by="ann")


NO_LONGER_A_CONFLICT: dict[str, Callable[[Store], object]] = {
    "relabelled": lambda s: s.review.decide(1, "relabel", by="bob", value="diverge"),
    "relabelled and undone": lambda s: s.review.undo_decision(
        s.review.decide(1, "relabel", by="bob", value="agree").id, by="bob"
    ),
    "rejected": lambda s: s.review.decide(1, "reject", by="bob"),
    "merged away": lambda s: s.review.decide(1, "merge", by="bob", value="2"),
    "split": lambda s: s.review.decide(1, "split", by="bob", claims=[3]),
    "found to agree": lambda s: s.articles.keep_alignments("pact", the_alignments(the_readings())[1:], IDS),
    "found no more": lambda s: s.articles.keep_alignments("pact", [], IDS),
    "its articles moved away": lambda s: [s.articles.assign_story(i, "elsewhere", title="Elsewhere") for i in IDS],
}


@pytest.mark.parametrize("settled", ["noted", "opened again", "dismissed"])
@pytest.mark.parametrize("act", NO_LONGER_A_CONFLICT.values(), ids=NO_LONGER_A_CONFLICT.keys())
def test_a_note_beside_the_machines_flag_stays(filled: Store, clock: Clock, act, settled: str) -> None:
    flag = machines_flag(filled)
    if settled == "noted":
        filled.review.decide_flag(flag, "open", by="ann", note="I asked the ministry")
    else:
        filled.review.decide_flag(flag, "dismissed", by="ann", note="I asked the ministry")
    if settled == "opened again":
        filled.review.decide_flag(flag, "open", by="ann")
    clock.tick()
    act(filled)
    assert "I asked the ministry" in notes(filled)


def test_the_machines_flag_is_withdrawn_and_raised_again(filled: Store, clock: Clock) -> None:
    flag = machines_flag(filled)
    relabel = filled.review.decide(1, "relabel", by="bob", value="diverge")
    assert filled.rows.conflicts(state="open").total == 1
    assert filled.rows.alignment(1).row.flags == ()
    clock.tick()
    filled.review.undo_decision(relabel.id, by="bob")
    assert machines_flag(filled) == flag, "the same flag"
    assert filled.rows.conflicts(state="open").total == 2
    with filled.read() as session:
        told = session.connection().exec_driver_sql(f"SELECT what FROM flag_events WHERE flag_id = {flag} ORDER BY id")
        assert told.scalars().all() == ["raised", "withdrawn", "raised"]


def test_rows_that_nobody_spoke_of_still_go(filled: Store) -> None:
    for i in IDS:
        filled.articles.assign_story(i, "elsewhere", title="Elsewhere")
    filled.articles.keep_alignments("elsewhere", [], IDS)
    with filled.read() as session:
        told = session.connection().exec_driver_sql("SELECT count(*), max(retired_at) FROM alignments").one()
        assert tuple(told) == (8, None), "one a claim"
        assert (
            session.connection().exec_driver_sql("SELECT count(*) FROM flags WHERE withdrawn_at IS NULL").scalar() == 0
        )
    with filled.write() as session:
        session.connection().exec_driver_sql("DELETE FROM alignments")  # with the machine's own flags


def test_a_rejection_is_in_force_again_when_its_articles_come_back(filled: Store) -> None:
    filled.review.decide(1, "reject", by="ann")
    for there in ("elsewhere", "pact"):
        for i in IDS:
            filled.articles.assign_story(i, there, title="The pact")
        filled.articles.keep_alignments(there, the_alignments(the_readings()), IDS)
    assert filled.rows.alignment(1).rejected
    assert filled.library.claim(1).status is Status.SINGLE


def said(store: Store) -> None:
    """One of everything that people can say."""
    store.review.decide_flag(machines_flag(store), "dismissed", by="ann", note="one")
    store.review.flag(2, by="ann", note="two")
    store.review.undo_decision(store.review.decide(2, "confirm", by="ann", note="three").id, by="ann")
    store.review.decide(2, "relabel", by="ann", value="Named")
    store.names.remove_alias(store.names.add_alias("japan", "the islands", by="ann").id, by="ann")
    store.snapshots.freeze("pact", by="ann")
    store.review.set_work(2, by="ann", assigned="bob")
    store.review.comment(2, by="ann", text="four")
    store.searches.save_search("pacts", Query("pact"), by="ann")
    store.snapshots.mark_class(store.snapshots.start_class("pact", by="ann")[0].code, "Owls", 1, "agree")
    store.webhooks.test_webhook(
        store.webhooks.add_webhook("desk", "https://a.example/", ["flag"], by="ann")[0].id, by="ann"
    )


REFUSED = [
    "DELETE FROM decisions",
    "DELETE FROM flags",
    "DELETE FROM flags WHERE \"by\" = 'Parallax' AND alignment_id = 1",
    "DELETE FROM flag_events",
    "DELETE FROM alignments WHERE id = 2",
    "DELETE FROM alignments WHERE id = 1",
    "DELETE FROM added_aliases",
    "DELETE FROM snapshots",
    "DELETE FROM comments",
    "DELETE FROM work",
    "DELETE FROM saved_searches",
    "DELETE FROM webhooks",
    "UPDATE webhooks SET url = 'https://evil.example/'",
    "UPDATE deliveries SET body = '{}'",
    "UPDATE saved_searches SET q = 'else'",
    "UPDATE saved_searches SET \"by\" = 'bob'",
    "INSERT OR REPLACE INTO saved_searches SELECT * FROM saved_searches",
    "UPDATE decisions SET note = 'else'",
    "UPDATE decisions SET \"by\" = 'bob'",
    "UPDATE decisions SET undone_at = NULL",
    "UPDATE decisions SET needs = 0",
    "UPDATE comments SET text = 'else'",
    "UPDATE comments SET \"by\" = 'bob'",
    "INSERT OR REPLACE INTO comments SELECT * FROM comments",
    "UPDATE flag_events SET note = ''",
    "UPDATE flags SET \"by\" = 'bob' WHERE \"by\" = 'ann'",
    "UPDATE added_aliases SET removed_at = NULL",
    "UPDATE added_aliases SET text = 'else'",
    "UPDATE snapshots SET note = 'else'",
    "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
    "INSERT OR REPLACE INTO flag_events SELECT * FROM flag_events",
    "INSERT OR REPLACE INTO snapshots SELECT * FROM snapshots",
    "DELETE FROM classes",
    "UPDATE classes SET key_hash = 'mine'",
    "UPDATE classes SET \"by\" = 'bob'",
    "UPDATE classes SET ended_at = at",
    "UPDATE classes SET ended_at = at, ends_on = NULL",
    "INSERT OR REPLACE INTO classes SELECT * FROM classes",
    "DELETE FROM class_marks",
    "UPDATE class_marks SET \"group\" = 'Foxes'",
    "INSERT OR REPLACE INTO class_marks SELECT * FROM class_marks",
]


@pytest.fixture(scope="session")
def spoken_of(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    """The made-up story, and of everything that people can say one."""
    path = Path(shutil.copy(example, tmp_path_factory.mktemp("spoken") / "spoken.sqlite3"))
    with Store(path, now=Clock()) as store:
        said(store)
    upgrade(path)  # nothing to do; folds the log into the file
    return path


@pytest.fixture(scope="session")
def spoken_of_address(server: Server, example_address: Address) -> Address:
    address = server.made(example_address.name)
    with Store(address, now=Clock()) as store:
        said(store)
    return address


@pytest.mark.parametrize("statement", REFUSED)
def test_the_schema_refuses(copied: Callable[[str, str], Place], statement: str) -> None:
    with Store(copied("spoken_of", "kept")) as store, pytest.raises(IntegrityError), store.write() as session:
        session.connection().execute(text(replacing(store, statement)))


@pytest.mark.sqlite_file
def test_the_guards_come_back_after_a_migration_that_dropped_them(
    filled: Store, older: Callable[[sqlite3.Connection], None]
) -> None:
    path = filled.path
    filled.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in list(GUARDS)[:4]:
            connection.execute(f"DROP TRIGGER {name}")
        older(connection)
    assert upgrade(path) is not None
    with Store(path) as store, store.read() as session:
        assert missing_guards(session.connection()) == ()


WEAKENED = {
    "sqlite": (
        "DROP TRIGGER decisions_refuse_delete",
        "CREATE TRIGGER decisions_refuse_delete BEFORE DELETE ON decisions BEGIN SELECT 1; END",
    ),
    "postgresql": ("ALTER TABLE decisions DISABLE TRIGGER decisions_refuse_delete",),
}


def test_a_guard_that_was_weakened_is_known(filled: Store) -> None:
    with filled.write() as session:
        connection = session.connection()
        assert missing_guards(connection) == ()
        for statement in WEAKENED[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        assert missing_guards(connection) == ("decisions_refuse_delete",)
