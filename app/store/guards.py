# ruff: noqa: S608 - constants only
"""What the schema itself refuses, whoever asks: that anything a person said is changed or deleted, or a frozen comparison.

Triggers, in one place, put there anew after every upgrade: a migration that rebuilds a table drops those on it, and one
that has to touch what they guard could not run. The machine's own marks may go with their rows; as soon as a person has
said something of one, it may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from sqlalchemy import Connection

from app.store.sql import tuples
from app.store.terms import MACHINE

__all__ = ["GUARDS", "SPOKEN_OF", "lift", "missing", "put"]

_BY_A_PERSON = f"\"by\" <> '{MACHINE}'"
_NOTED = f"EXISTS (SELECT 1 FROM flag_events WHERE flag_events.flag_id = {{flag}} AND flag_events.{_BY_A_PERSON})"

SPOKEN_OF = f"""(
    EXISTS (SELECT 1 FROM flags WHERE flags.alignment_id = alignments.id
        AND (flags.{_BY_A_PERSON} OR flags.state <> 'open' OR {_NOTED.format(flag="flags.id")}))
    OR EXISTS (SELECT 1 FROM decisions WHERE decisions.alignment_id = alignments.id)
    OR EXISTS (SELECT 1 FROM decisions WHERE decisions.target_id = alignments.id)
    OR EXISTS (SELECT 1 FROM work WHERE work.alignment_id = alignments.id)
    OR EXISTS (SELECT 1 FROM comments WHERE comments.alignment_id = alignments.id)
)"""
"""A condition on `alignments`: a person said something of the row, so it outlives whatever the machine finds."""


def _guards() -> dict[str, tuple[str, str, str]]:
    found = {}
    frozen, said = "a frozen comparison never changes", "what was said is never changed or deleted"
    for event in ("UPDATE", "DELETE"):
        found[f"snapshots_refuse_{event.lower()}"] = (f"{event} ON snapshots", "", frozen)
    # INSERT OR REPLACE deletes without asking the triggers above
    found["snapshots_refuse_replacing"] = (
        "INSERT ON snapshots",
        "EXISTS (SELECT 1 FROM snapshots WHERE id = NEW.id OR digest = NEW.digest)",
        frozen,
    )
    found["decisions_refuse_delete"] = ("DELETE ON decisions", "", said)
    found["decisions_refuse_update"] = (
        'UPDATE OF id, alignment_id, kind, value, target_id, claims, note, "by", at, machine_status, needs, stood ON decisions',
        "",
        said,
    )
    found["decisions_are_undone_once"] = (
        "UPDATE OF undone_at, undone_by ON decisions",
        "OLD.undone_at IS NOT NULL",
        said,
    )
    found["flags_refuse_delete"] = ("DELETE ON flags", f"OLD.{_BY_A_PERSON} OR {_NOTED.format(flag='OLD.id')}", said)
    found["flags_refuse_update"] = ('UPDATE OF id, alignment_id, "by" ON flags', "", said)
    found["flag_events_refuse_delete"] = ("DELETE ON flag_events", f"OLD.{_BY_A_PERSON}", said)
    found["flag_events_refuse_update"] = ("UPDATE ON flag_events", "", said)
    found["added_aliases_refuse_delete"] = ("DELETE ON added_aliases", "", said)
    found["added_aliases_refuse_update"] = ('UPDATE OF id, actor_id, text, folded, "by", at ON added_aliases', "", said)
    found["added_aliases_are_removed_once"] = (
        "UPDATE OF removed_by, removed_at ON added_aliases",
        "OLD.removed_at IS NOT NULL",
        said,
    )
    found["corrections_refuse_delete"] = ("DELETE ON corrections", "", said)
    found["corrections_refuse_update"] = (
        'UPDATE OF id, kind, article_id, story_id, into_id, fingerprint, sentence, words, field, value, was, "by", at ON corrections',
        "",
        said,
    )
    found["corrections_are_undone_once"] = (
        "UPDATE OF undone_at, undone_by ON corrections",
        "OLD.undone_at IS NOT NULL",
        said,
    )
    found["saved_searches_refuse_delete"] = ("DELETE ON saved_searches", "", said)
    found["saved_searches_refuse_update"] = (
        'UPDATE OF id, "by", q, actor, since, until, date_of, outlet, relation, story, at ON saved_searches',
        "",
        said,
    )
    found["webhooks_refuse_delete"] = ("DELETE ON webhooks", "", said)
    found["webhooks_refuse_update"] = ('UPDATE OF id, name, folded, url, events, story, "by", at ON webhooks', "", said)
    found["webhooks_are_ended_once"] = ("UPDATE OF ended_by, ended_at ON webhooks", "OLD.ended_at IS NOT NULL", said)
    found["deliveries_refuse_update"] = ("UPDATE OF id, webhook_id, event, body, at ON deliveries", "", said)
    held = "of a class only marks and names of groups are deleted, on its date"
    found["classes_refuse_delete"] = ("DELETE ON classes", "", held)
    found["classes_refuse_update"] = ('UPDATE OF code, snapshot_id, title, "by", at, key_hash ON classes', "", held)
    found["classes_end_on_their_date"] = (
        "UPDATE OF ended_at ON classes",
        "NEW.ended_at IS NULL OR NEW.ends_on IS NULL OR substr(NEW.ended_at, 1, 10) < NEW.ends_on",
        held,
    )
    found["classes_are_ended_once"] = ("UPDATE OF ends_on, ended_at ON classes", "OLD.ended_at IS NOT NULL", held)
    found["classes_refuse_replacing"] = (
        "INSERT ON classes",
        "EXISTS (SELECT 1 FROM classes WHERE code = NEW.code)",
        held,
    )
    ended = "EXISTS (SELECT 1 FROM classes WHERE code = {mark}.code AND ended_at IS NOT NULL)"
    found["class_marks_refuse_delete"] = ("DELETE ON class_marks", f"NOT {ended.format(mark='OLD')}", held)
    found["class_marks_refuse_update"] = ('UPDATE OF code, "group", alignment_id ON class_marks', "", held)
    found["class_marks_refuse_what_comes_late"] = ("INSERT ON class_marks", ended.format(mark="NEW"), held)
    found["class_marks_refuse_replacing"] = (
        "INSERT ON class_marks",
        'EXISTS (SELECT 1 FROM class_marks WHERE code = NEW.code AND "group" = NEW."group" AND alignment_id = NEW.alignment_id)',
        held,
    )
    gone = "people and tokens are ended, never deleted or renamed"
    for table, fixed in (
        ("reviewers", 'id, name, folded, "by", at'),
        ("tokens", 'id, reviewer_id, name, scope, prefix, hash, "by", at'),
    ):
        found[f"{table}_refuse_delete"] = (f"DELETE ON {table}", "", gone)
        found[f"{table}_refuse_update"] = (f"UPDATE OF {fixed} ON {table}", "", gone)
        found[f"{table}_are_ended_once"] = (
            f"UPDATE OF ended_by, ended_at ON {table}",
            "OLD.ended_at IS NOT NULL",
            gone,
        )
    watched = "sources are ended, never deleted or changed"
    found["sources_refuse_delete"] = ("DELETE ON sources", "", watched)
    found["sources_refuse_update"] = ('UPDATE OF id, url, outlet, story, every, "by", at ON sources', "", watched)
    found["sources_are_ended_once"] = ("UPDATE OF ended_by, ended_at ON sources", "OLD.ended_at IS NOT NULL", watched)
    for table in ("fetched_pages", "page_bodies"):
        found[f"{table}_refuse_update"] = (f"UPDATE ON {table}", "", "a page as it was never changes")
    log = "the audit log is only ever added to"
    for event in ("UPDATE", "DELETE"):
        found[f"audit_refuse_{event.lower()}"] = (f"{event} ON audit", "", log)
        found[f"comments_refuse_{event.lower()}"] = (f"{event} ON comments", "", said)
    last = "(SELECT {column} FROM audit ORDER BY id DESC LIMIT 1)"
    found["audit_refuses_what_does_not_follow"] = (
        "INSERT ON audit",
        f"NEW.id <> 1 + coalesce({last.format(column='id')}, 0) OR NEW.previous <> coalesce({last.format(column='hash')}, '{'0' * 64}')",
        log,
    )
    found["work_refuses_delete"] = ("DELETE ON work", "", said)
    for table in (
        "decisions",
        "flags",
        "flag_events",
        "added_aliases",
        "comments",
        "corrections",
        "saved_searches",
        "webhooks",
        "audit",
        "reviewers",
        "tokens",
        "sources",
    ):
        found[f"{table}_refuse_replacing"] = (
            f"INSERT ON {table}",
            f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
            said,
        )
    return found


GUARDS: Mapping[str, tuple[str, str, str]] = _guards()
"""What each trigger refuses, on which condition, and why; by its name."""


def put(connection: Connection) -> None:
    """Put every guard in place, as it is written here."""
    if (triggers := _triggers(connection)) is not None:
        triggers.put(connection, GUARDS)
        return
    lift(connection)
    for name in GUARDS:
        connection.exec_driver_sql(_trigger(name))


def lift(connection: Connection) -> None:
    """Take them all away, for a migration; inside the caller's transaction, so that they come back if it fails."""
    if (triggers := _triggers(connection)) is not None:
        triggers.lift(connection, GUARDS)
        return
    for name in GUARDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: Connection) -> tuple[str, ...]:
    """The guards that are not there, or do something else than is written here."""
    if (triggers := _triggers(connection)) is not None:
        return tuple(triggers.missing(connection, GUARDS))
    kept = dict(tuples(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return tuple(name for name in GUARDS if kept.get(name) != _trigger(name))


def _trigger(name: str) -> str:
    """As SQLite keeps it."""
    what, condition, why = GUARDS[name]
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {what}{when} BEGIN SELECT RAISE(ABORT, '{why}'); END"


def _triggers(connection: Connection) -> ModuleType | None:
    if connection.dialect.name == "sqlite":
        return None
    from app.store.postgres import triggers

    return triggers
