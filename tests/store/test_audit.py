"""Every write of a person leaves one line, with the write or not at all; the chain shows what was done to it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from multiprocessing.context import BaseContext

import pytest
from behind import behind, given_ids, refusing, replacing
from clock import Clock
from made_up import the_readings
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, NotFound
from app.places import Place
from app.roles import Role, Scope
from app.store import Store
from app.store.audit import BEGINNING
from app.store.views import AuditHead, Query

SECRET = "what I told nobody else"


def machines_flag(store: Store, row: int = 1) -> int:
    return next(c.flag.id for c in store.rows.conflicts().items if c.row.id == row and c.flag)


def another_words(store: Store) -> None:
    reading = the_readings()[0]
    article = replace(reading.article, text=f"{reading.article.text}\n\nIt rained.")
    store.articles.keep_article(replace(reading, article=article), by="ann")


def what_is_old_goes(store: Store) -> None:
    reading = the_readings()[0]
    for words in ("It rained.", "It snowed."):
        article = replace(reading.article, text=f"{reading.article.text}\n\n{words}")
        store.articles.keep_article(replace(reading, article=article), by="bob")
    store.checks.prune(store.now() + timedelta(days=1), 1, by="ann")


def a_person(store: Store) -> int:
    return store.people.add_person("Bo", Role.REVIEWER, by="bob")[0].id


def a_token(store: Store) -> int:
    return store.people.add_person("Bo", Role.REVIEWER, by="bob")[0].tokens[0].id


def a_source(store: Store) -> int:
    return store.sources.add_source("https://harbour-gazette.example/feed", by="ann").id


def a_search(store: Store) -> int:
    return store.searches.save_search("pacts", Query("pact"), by="ann").id


def a_hook(store: Store) -> int:
    return store.webhooks.add_webhook("desk", f"https://a.example/?q={SECRET.replace(' ', '+')}", ["flag"], by="ann")[
        0
    ].id


WRITES: dict[str, tuple[Callable[[Store], object], str, str]] = {
    "flag": (lambda s: s.review.flag(2, by="ann", note=SECRET), "flagged", "flag"),
    "a note on one's flag": (
        lambda s: (s.review.flag(2, by="ann"), s.review.flag(2, by="ann", note=SECRET)),
        "noted",
        "flag",
    ),
    "withdraw_flag": (lambda s: s.review.withdraw_flag(s.review.flag(2, by="ann").id, by="ann"), "withdrew", "flag"),
    "decide_flag": (
        lambda s: s.review.decide_flag(machines_flag(s), "dismissed", by="ann", note=SECRET),
        "dismissed",
        "flag",
    ),
    "decide": (lambda s: s.review.decide(1, "relabel", by="ann", value="diverge", note=SECRET), "decided", "decision"),
    "a split": (lambda s: s.review.decide(1, "split", by="ann", claims=[3]), "decided", "decision"),
    "agree": (lambda s: s.review.agree(s.review.decide(1, "confirm", by="bob").id, by="ann"), "agreed", "decision"),
    "undo_decision": (
        lambda s: s.review.undo_decision(s.review.decide(1, "confirm", by="ann").id, by="ann"),
        "undid",
        "decision",
    ),
    "decide_alike": (lambda s: s.review.decide_alike([1, 3], by="ann", note=SECRET), "decided", "decision"),
    "undo_together": (
        lambda s: s.review.undo_together(s.review.decide_alike([1, 3], by="ann")[0].id, by="ann"),
        "undid",
        "decision",
    ),
    "add_alias": (lambda s: s.names.add_alias("japan", "the islands", by="ann"), "added", "name"),
    "remove_alias": (
        lambda s: s.names.remove_alias(s.names.add_alias("japan", "the isles", by="ann").id, by="ann"),
        "removed",
        "name",
    ),
    "freeze": (lambda s: s.snapshots.freeze("pact", by="ann", note=SECRET), "froze", "snapshot"),
    "start_class": (lambda s: s.snapshots.start_class("pact", by="ann"), "started", "class"),
    "mark_rows": (
        lambda s: s.snapshots.mark_rows(s.snapshots.start_class("pact", by="bob")[0].code, "Red", {1: "agree"}),
        "marked",
        "class",
    ),
    "mark_class": (
        lambda s: s.snapshots.mark_class(s.snapshots.start_class("pact", by="bob")[0].code, "Red", 1, "agree"),
        "marked",
        "class",
    ),
    "choose_rows": (
        lambda s: s.snapshots.choose_rows(s.snapshots.start_class("pact", by="bob")[0].code, [1], by="ann"),
        "chose",
        "class",
    ),
    "reveal_class": (
        lambda s: s.snapshots.reveal_class(s.snapshots.start_class("pact", by="ann")[0].code, by="ann"),
        "revealed",
        "class",
    ),
    "hide_class": (
        lambda s: (
            s.snapshots.reveal_class(c := s.snapshots.start_class("pact", by="bob")[0].code, by="bob"),
            s.snapshots.hide_class(c, by="ann"),
        ),
        "hid",
        "class",
    ),
    "set_class_end": (
        lambda s: s.snapshots.set_class_end(
            s.snapshots.start_class("pact", by="bob")[0].code, date(2026, 3, 1), by="ann"
        ),
        "set the end of",
        "class",
    ),
    "set_work": (lambda s: s.review.set_work(1, by="ann", assigned="bob", due=date(2030, 1, 2)), "changed", "work"),
    "comment": (lambda s: s.review.comment(1, by="ann", text=SECRET), "wrote", "comment"),
    "save_search": (lambda s: s.searches.save_search("pacts", Query(SECRET), by="ann"), "saved", "search"),
    "rename_search": (lambda s: s.searches.rename_search(a_search(s), "treaties", by="ann"), "renamed", "search"),
    "remove_search": (lambda s: s.searches.remove_search(a_search(s), by="ann"), "removed", "search"),
    "restore_search": (
        lambda s: (s.searches.remove_search(a_search(s), by="ann"), s.searches.restore_search(1, by="ann")),
        "restored",
        "search",
    ),
    "prune": (what_is_old_goes, "pruned", "database"),
    "add_webhook": (a_hook, "added", "webhook"),
    "rotate_webhook": (lambda s: s.webhooks.rotate_webhook(a_hook(s), by="ann"), "rotated", "webhook"),
    "end_webhook": (lambda s: s.webhooks.end_webhook(a_hook(s), by="ann"), "ended", "webhook"),
    "test_webhook": (lambda s: s.webhooks.test_webhook(a_hook(s), by="ann"), "tested", "webhook"),
    "send_again": (
        lambda s: (s.webhooks.test_webhook(a_hook(s), by="ann"), s.webhooks.send_again(1, by="ann")),
        "sent again",
        "delivery",
    ),
    "keep_article": (another_words, "revised", "article"),
    "correct_article": (
        lambda s: s.corrections.correct_article(1, {"headline": "New"}, by="ann"),
        "corrected",
        "correction",
    ),
    "move_article": (lambda s: s.corrections.move_article(1, title="New", by="ann"), "corrected", "correction"),
    "delete_article": (lambda s: s.corrections.delete_article(1, by="ann"), "corrected", "correction"),
    "correct_claim": (lambda s: s.corrections.correct_claim(1, {"aside": True}, by="ann"), "corrected", "correction"),
    "rename_story": (lambda s: s.corrections.rename_story("pact", "New", by="ann"), "corrected", "correction"),
    "merge_stories": (
        lambda s: (
            s.corrections.split_story("pact", [1], "New", by="bob"),
            s.corrections.merge_stories("new", "pact", by="ann"),
        ),
        "corrected",
        "correction",
    ),
    "split_story": (lambda s: s.corrections.split_story("pact", [1], "New", by="ann"), "corrected", "correction"),
    "delete_story": (lambda s: s.corrections.delete_story("pact", by="ann"), "corrected", "correction"),
    "undo_correction": (
        lambda s: s.corrections.undo_correction(
            s.corrections.delete_story("pact", by="ann").corrections[0].id, by="ann"
        ),
        "undid",
        "correction",
    ),
    "add_person": (lambda s: s.people.add_person("Bo", Role.READER, by="ann"), "added", "token"),
    "give_role": (lambda s: s.people.give_role(a_person(s), Role.EDITOR, by="ann"), "changed", "person"),
    "admitted_by_issuer": (
        lambda s: s.people.admitted_by_issuer("Bo", Role.REVIEWER, by="ann"),
        "added",
        "person",
    ),
    "end_person": (lambda s: s.people.end_person(a_person(s), by="ann", keep_admin=False), "revoked", "token"),
    "make_token": (lambda s: s.people.make_token(a_person(s), "phone", Scope.ADD, by="ann"), "added", "token"),
    "rotate_token": (lambda s: s.people.rotate_token(a_token(s), by="ann"), "added", "token"),
    "add_source": (a_source, "added", "source"),
    "end_source": (lambda s: s.sources.end_source(a_source(s), by="ann"), "removed", "source"),
    "hasten_source": (lambda s: s.sources.hasten_source(a_source(s), by="ann"), "asked for", "source"),
    "revoke_token": (lambda s: s.people.revoke_token(a_token(s), by="ann"), "revoked", "token"),
}


@pytest.mark.parametrize(("write", "what", "kind"), WRITES.values(), ids=WRITES.keys())
def test_a_write_leaves_a_line(filled: Store, write: Callable[[Store], object], what: str, kind: str) -> None:
    write(filled)
    last = filled.audit.page().items[0]
    assert (last.what, last.kind) == (what, kind)
    assert last.by in ("ann", "a group")
    assert SECRET not in "".join(str(line) for line in filled.audit.lines()), "texts are not in it"
    assert filled.checks.answer("audit").faults == ()


def test_every_method_that_takes_a_name_is_tried_here() -> None:
    named = {
        name
        for name, method in inspect.getmembers(Store, inspect.isfunction)
        if "by" in inspect.signature(method).parameters
    }
    assert named - {"audit", "audit_lines"} <= set(WRITES)


NOTHING_WRITTEN: dict[str, Callable[[Store], object]] = {
    "flagged again": lambda s: s.review.flag(2, by="ann"),
    "decided again": lambda s: s.review.decide(2, "confirm", by="ann"),
    "frozen again": lambda s: s.snapshots.freeze("pact", by="ann"),
    "the same article": lambda s: s.articles.keep_article(the_readings()[0], by="ann"),
    "undone again": lambda s: s.review.undo_decision(1, by="ann"),
    "the same work": lambda s: s.review.set_work(1, by="ann", assigned="bob"),
    "the same comment": lambda s: s.review.comment(1, by="ann", text="hm"),
    "the same search": lambda s: s.searches.save_search("pacts", Query("pact"), by="ann"),
    "the same name": lambda s: s.searches.rename_search(1, "pacts", by="ann"),
    "a look": lambda s: s.searches.note_look(1, s.now(), owner="ann"),
    "refused": lambda s: s.review.flag(99, by="ann"),
}


@pytest.mark.parametrize("act", NOTHING_WRITTEN)
def test_what_writes_nothing_leaves_no_line(filled: Store, act: str) -> None:
    filled.review.undo_decision(filled.review.decide(1, "confirm", by="ann").id, by="ann")
    filled.review.flag(2, by="ann")
    filled.review.decide(2, "confirm", by="ann")
    filled.snapshots.freeze("pact", by="ann")
    filled.review.set_work(1, by="ann", assigned="bob")
    filled.review.comment(1, by="ann", text="hm")
    filled.searches.save_search("pacts", Query("pact"), by="ann")
    before = filled.audit.page().total
    with suppress(NotFound):
        NOTHING_WRITTEN[act](filled)
    assert filled.audit.page().total == before


def test_the_machine_leaves_none(filled: Store) -> None:
    """The made-up story was kept and compared in nobody's name."""
    assert filled.audit.page().total == 0
    assert filled.audit.head() == AuditHead(0, BEGINNING)
    assert filled.audit.holds(AuditHead(0, BEGINNING))


@pytest.mark.parametrize("table", ["decisions", "audit"])
def test_a_write_that_fails_takes_its_line_with_it(filled: Store, table: str) -> None:
    """Whichever of the two is refused, neither is kept."""
    refusing(filled, table)
    with pytest.raises(IntegrityError):
        filled.review.decide(2, "confirm", by="ann")
    assert filled.audit.page().total == 0
    assert filled.rows.alignment(2).row.decisions == ()


def test_a_line_says_what_was_and_what_is(filled: Store, clock: Clock) -> None:
    flag = machines_flag(filled)
    filled.review.decide_flag(flag, "dismissed", by="ann")
    decision = filled.review.decide(1, "relabel", by="bob", value="conflict")
    filled.review.undo_decision(decision.id, by="bob")
    undone, decided, dismissed = filled.audit.page().items
    assert (dismissed.before, dismissed.after["state"]) == ({"state": "open", "by": None}, "dismissed")
    assert (decided.before, decided.after) == (
        {"row": 1, "status": "diverge"},
        {"row": 1, "kind": "relabel", "value": "conflict", "standing": "beside"},
    )
    assert undone.before["by"] == "bob"
    assert undone.at == clock.at


def test_it_is_read_by_person_by_kind_and_page_by_page(filled: Store) -> None:
    for who in ("ann", "bob", "ann"):
        filled.review.withdraw_flag(filled.review.flag(2, by=who).id, by=who)
    filled.review.decide(2, "confirm", by="cy")
    assert filled.audit.page(by="ann").total == 4
    assert [line.by for line in filled.audit.page(kind="decision").items] == ["cy"]
    assert filled.audit.choices() == (("ann", "bob", "cy"), ("decision", "flag"))
    seen, cursor = [], None
    while True:
        part = filled.audit.page(cursor=cursor, limit=3)
        seen += [line.id for line in part.items]
        if (cursor := part.next) is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert [line.id for line in filled.audit.lines()] == seen[::-1]
    assert [line.id for line in filled.audit.lines(by="bob", kind="flag")] == [3, 4]


def test_a_hash_can_be_made_by_whoever_reads_the_lines(filled: Store) -> None:
    filled.review.flag(2, by="Ängström", note="x")
    filled.review.decide(1, "relabel", by="ann", value="“Which” day — 何日")
    previous = BEGINNING
    for line in filled.audit.lines():
        told = {n: getattr(line, n) for n in ("after", "before", "by", "id", "kind", "subject", "what")}
        told["at"] = line.at.isoformat(timespec="microseconds")
        plain = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert line.previous == previous
        assert line.hash == (previous := sha256((previous + plain).encode()).hexdigest())


def test_a_long_value_is_cut_and_many_ids_are_counted(filled: Store) -> None:
    filled.review.decide(1, "relabel", by="ann", value="long " * 50)
    assert len(str(filled.audit.page().items[0].after["value"])) == 80


REFUSED = [
    "DELETE FROM audit",
    "UPDATE audit SET \"by\" = 'bob'",
    "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    'INSERT INTO audit SELECT id + 5, at, "by", what, kind, subject, before, after, hash, hash FROM audit',
    'INSERT INTO audit SELECT id + 1, at, "by", what, kind, subject, before, after, previous, hash FROM audit',
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_schema_refuses(filled: Store, statement: str) -> None:
    filled.review.flag(2, by="ann")
    with pytest.raises(IntegrityError), filled.write() as session:
        session.connection().execute(text(replacing(filled, statement)))


TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "a name": (("UPDATE audit SET \"by\" = 'bob' WHERE id = 3",), "line 3 .* does not fit its hash"),
    "a value": (("UPDATE audit SET after = '{}' WHERE id = 2",), "line 2 .* does not fit its hash"),
    "no JSON": (("UPDATE audit SET after = 'x' WHERE id = 2",), "line 2 .* does not fit its hash"),
    "one taken out": (("DELETE FROM audit WHERE id = 3",), "after line 2 .* comes line 4"),
    "the first taken out": (("DELETE FROM audit WHERE id = 1",), "after line 0 .* comes line 2"),
    "the end cut off": (("DELETE FROM audit WHERE id > 3",), "ends at line 3, and line 5 had been written"),
    "all of it": (("DELETE FROM audit",), "ends at line 0, and line 5 had been written"),
    "a line made anew": (("UPDATE audit SET hash = 'f' WHERE id = 3",), "line 4 .* does not follow the line before"),
    "two exchanged": (
        (
            "UPDATE audit SET id = 99 WHERE id = 3",
            "UPDATE audit SET id = 3 WHERE id = 4",
            "UPDATE audit SET id = 4 WHERE id = 99",
        ),
        "line 3 .* does not follow",
    ),
}


@pytest.mark.parametrize(("statements", "said"), TAMPERED.values(), ids=TAMPERED.keys())
def test_what_was_done_to_the_log_is_named(filled: Store, statements: tuple[str, ...], said: str) -> None:
    for who in "abcde":
        filled.review.flag(2, by=who)
    assert filled.checks.answer("audit").faults == ()
    head = filled.audit.head()
    with behind(filled) as run:
        for statement in statements:
            run(statement)
    faults = filled.checks.answer("audit").faults
    assert faults
    assert any(re.search(said, f.say) for f in faults), [f.say for f in faults]
    if "end" in said:
        assert not filled.audit.holds(head)


def test_a_chain_made_anew_is_only_known_by_a_hash_kept_elsewhere(filled: Store) -> None:
    for who in "abc":
        filled.review.flag(2, by=who)
    known = filled.audit.head()
    with behind(filled) as run:
        run("DELETE FROM audit WHERE id = 3")
        run(f"UPDATE {given_ids(filled)} SET seq = 2 WHERE name = 'audit'")
    assert filled.checks.answer("audit").faults == ()
    assert not filled.audit.holds(known)
    filled.review.flag(2, by="d")
    assert not filled.audit.holds(known)


@pytest.mark.parametrize("line", [-1, 2**63, 10**30])
def test_no_line_has_such_a_number(filled: Store, line: int) -> None:
    with pytest.raises(BadInput):
        filled.audit.holds(AuditHead(line, "0" * 64))


def _write(place: Place, name: str, times: int) -> None:
    with Store(place) as store:
        for _ in range(times):
            store.review.withdraw_flag(store.review.flag(2, by=name).id, by=name)


def test_two_processes_make_one_chain(filled: Store, others: BaseContext) -> None:
    writers = [others.Process(target=_write, args=(filled.place, name, 15)) for name in ("ann", "bob")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [w.exitcode for w in writers] == [0, 0]
    assert filled.audit.page().total == 60
    assert filled.checks.answer("audit").faults == ()
    names = [line.by for line in filled.audit.lines()]
    assert names.count("ann") == names.count("bob") == 30


@pytest.mark.sqlite_file
def test_a_line_costs_the_same_however_long_the_log_is(filled: Store) -> None:
    heard: list[str] = []
    event.listen(filled._writers, "before_cursor_execute", lambda _c, _k, s, *_: heard.append(s))
    counts = []
    for _ in range(40):
        heard.clear()
        filled.review.withdraw_flag(filled.review.flag(2, by="ann").id, by="ann")
        counts.append(len(heard))
    assert counts[1] == counts[-1]
    with filled.read() as session:
        connection = session.connection()
        for statement in {s for s in heard if "audit" in s and s.lstrip().startswith("SELECT")}:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
            assert all("USING INTEGER PRIMARY KEY" in str(step) or "SCAN audit" in str(step) for step in plan)
            assert "ORDER BY" not in str(plan), "no sorting: the last line is at the end of the table"
