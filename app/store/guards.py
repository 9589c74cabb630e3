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

__all__ = ["GUARDS", "SPOKEN_OF", "lift_guards", "missing_guards", "put_guards"]

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


_FROZEN, _SAID = "a frozen comparison never changes", "what was said is never changed or deleted"
_HELD = "of a class only marks and names of groups are deleted, on its date"
_GONE = "people and tokens are ended, never deleted or renamed"
_WATCHED, _LOG = "sources are ended, never deleted or changed", "the audit log is only ever added to"

_FIXED: Mapping[str, tuple[str, str, str]] = {
    "snapshots": ("", "", _FROZEN),
    "decisions": (
        'id, alignment_id, kind, value, target_id, claims, note, "by", at, machine_status, needs, stood',
        "undone_at, undone_by",
        _SAID,
    ),
    "flags": ('id, alignment_id, "by"', "", _SAID),
    "flag_events": ("", "", _SAID),
    "added_aliases": ('id, actor_id, text, folded, "by", at', "removed_by, removed_at", _SAID),
    "corrections": (
        'id, kind, article_id, story_id, into_id, fingerprint, sentence, words, field, value, was, "by", at',
        "undone_at, undone_by",
        _SAID,
    ),
    "saved_searches": ('id, "by", q, actor, since, until, date_of, outlet, relation, story, at', "", _SAID),
    "webhooks": ('id, name, folded, url, events, story, "by", at', "ended_by, ended_at", _SAID),
    "deliveries": ("id, webhook_id, event, body, at", "", _SAID),
    "classes": ('code, snapshot_id, title, "by", at, key_hash', "ends_on, ended_at", _HELD),
    "class_marks": ('code, "group", alignment_id', "", _HELD),
    "reviewers": ('id, name, folded, "by", at', "ended_by, ended_at", _GONE),
    "tokens": ('id, reviewer_id, name, scope, prefix, hash, "by", at', "ended_by, ended_at", _GONE),
    "sources": ('id, url, outlet, story, every, "by", at', "ended_by, ended_at", _WATCHED),
    "fetched_pages": ("", "", "a page as it was never changes"),
    "page_bodies": ("", "", "a page as it was never changes"),
    "comments": ("", "", _SAID),
    "audit": ("", "", _LOG),
}
"""Table -> its columns that never change (none named: all), those that are written once, to end or undo it, and why."""

_ENDED = "EXISTS (SELECT 1 FROM classes WHERE code = {mark}.code AND ended_at IS NOT NULL)"
_DELETED_IF: Mapping[str, str | None] = {
    "flags": f"OLD.{_BY_A_PERSON} OR {_NOTED.format(flag='OLD.id')}",
    "flag_events": f"OLD.{_BY_A_PERSON}",
    "class_marks": f"NOT {_ENDED.format(mark='OLD')}",
    **dict.fromkeys(("deliveries", "fetched_pages", "page_bodies")),
}
"""When deleting is refused, where that is not always; None: never."""

_SAME: Mapping[str, tuple[str, str]] = {
    "snapshots": ("id = NEW.id OR digest = NEW.digest", _FROZEN),
    "classes": ("code = NEW.code", _HELD),
    "class_marks": ('code = NEW.code AND "group" = NEW."group" AND alignment_id = NEW.alignment_id', _HELD),
    **dict.fromkeys(
        "decisions flags flag_events added_aliases comments corrections saved_searches webhooks audit reviewers tokens sources".split(),
        ("id = NEW.id", _SAID),
    ),
}
"""Table -> what would be replaced, and why it is not: INSERT OR REPLACE deletes without asking the triggers of deleting."""

_LAST = "(SELECT {column} FROM audit ORDER BY id DESC LIMIT 1)"
_MORE: Mapping[str, tuple[str, str, str]] = {
    "classes_end_on_their_date": (
        "UPDATE OF ended_at ON classes",
        "NEW.ended_at IS NULL OR NEW.ends_on IS NULL OR substr(NEW.ended_at, 1, 10) < NEW.ends_on",
        _HELD,
    ),
    "class_marks_refuse_what_comes_late": ("INSERT ON class_marks", _ENDED.format(mark="NEW"), _HELD),
    "audit_refuses_what_does_not_follow": (
        "INSERT ON audit",
        f"NEW.id <> 1 + coalesce({_LAST.format(column='id')}, 0) OR NEW.previous <> coalesce({_LAST.format(column='hash')}, '{'0' * 64}')",
        _LOG,
    ),
    "work_refuses_delete": ("DELETE ON work", "", _SAID),
}


def _guards() -> dict[str, tuple[str, str, str]]:
    found = {}
    for table, (fixed, once, why) in _FIXED.items():
        found[f"{table}_refuse_update"] = (f"UPDATE OF {fixed} ON {table}" if fixed else f"UPDATE ON {table}", "", why)
        if (condition := _DELETED_IF.get(table, "")) is not None:
            found[f"{table}_refuse_delete"] = (f"DELETE ON {table}", condition, why)
        if once:
            at = next(column for column in once.split(", ") if column.endswith("_at"))
            found[f"{table}_are_{at.removesuffix('_at')}_once"] = (
                f"UPDATE OF {once} ON {table}",
                f"OLD.{at} IS NOT NULL",
                why,
            )
    for table, (same, why) in _SAME.items():
        found[f"{table}_refuse_replacing"] = (f"INSERT ON {table}", f"EXISTS (SELECT 1 FROM {table} WHERE {same})", why)
    return {**found, **_MORE}


GUARDS: Mapping[str, tuple[str, str, str]] = _guards()
"""What each trigger refuses, on which condition, and why; by its name."""


def put_guards(connection: Connection) -> None:
    """Put every guard in place, as it is written here."""
    if (triggers := _triggers(connection)) is not None:
        triggers.put_triggers(connection, GUARDS)
        return
    lift_guards(connection)
    for name in GUARDS:
        connection.exec_driver_sql(_trigger(name))


def lift_guards(connection: Connection) -> None:
    """Take them all away, for a migration; inside the caller's transaction, so that they come back if it fails."""
    if (triggers := _triggers(connection)) is not None:
        triggers.lift_triggers(connection, GUARDS)
        return
    for name in GUARDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """The guards that are not there, or do something else than is written here."""
    if (triggers := _triggers(connection)) is not None:
        return tuple(triggers.missing_triggers(connection, GUARDS))
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
