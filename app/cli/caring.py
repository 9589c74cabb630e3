"""Commands that look after the database: `check`, `backup`, `restore`, `copy`, `db`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.keeping import opened
from app.cli.output import Pace, fail, json_line, say
from app.places import place_named
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store import CheckAnswer

__all__ = ["add_to"]

_TOLD = 5
"""Faults of one question that are told to people; --json tells all."""

db = typer.Typer(help="The database's own state.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax check --repair")(check)
    app.command(epilog="Example: parallax backup backups/monday.sqlite3")(backup)
    app.command(epilog="Example: parallax restore backups/monday.sqlite3")(restore)
    app.command(epilog="Example: parallax copy var/parallax.sqlite3 postgresql+psycopg://parallax@localhost/parallax")(
        copy
    )
    app.add_typer(db, name="db")


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be put right from what is kept.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
) -> None:
    """Say whether all that is kept is sound, also while it is served. Exit 1 when something is wrong (and was not put right)."""
    from app.mending import mend, offered

    left = 0
    with opened() as store:
        pairs = ((m.before, m.after) for m in mend(store)) if repair else ((a, a) for a in store.checks.questions())
        for before, after in pairs:
            _tell(before, after, as_json=as_json)
            left += 0 if after.harmless else len(after.faults)
        offer = offered(store)
        _tell(offer, offer, as_json=as_json)
    if left:
        raise typer.Exit(1)


def _tell(before: CheckAnswer, after: CheckAnswer, *, as_json: bool) -> None:
    sentences = [f.say for f in after.faults]
    if as_json:
        told = {"question": after.name, "asks": after.asks, "faults": sentences, "harmless": after.harmless}
        json_line({**told, "found": len(before.faults)})
        return
    found = f"{len(before.faults)} found and put right: " if before.faults and not sentences else ""
    if not sentences:
        typer.echo(f"{after.name}: {found}{'sound' if not after.harmless else 'nothing to do'} ({after.asks})")
        return
    typer.echo(f"{after.name}: {len(sentences)} {'to do' if after.harmless else 'wrong'} ({after.asks})")
    for line in _some(sentences):
        (say if after.harmless else fail)(line)


def _some(sentences: Sequence[str]) -> Sequence[str]:
    more = len(sentences) - _TOLD
    return [*sentences[:_TOLD], f"and {more} more; --json tells all"] if more > 0 else sentences


def backup(target: Annotated[Path, typer.Argument(help="Where to write the copy; must not exist yet.")]) -> None:
    """Copy the database, consistently, also while it is served. Under its name it is whole."""
    from app.store import backup as back_up

    back_up(get_settings().place, target)
    say(f"copied to {target}")


def restore(source: Annotated[Path, typer.Argument(help="A copy that `parallax backup` or an upgrade made.")]) -> None:
    """Put a backup in the place of the database, also while it is served. What was there is kept beside it."""
    from app.store import restore as put

    kept = put(get_settings().place, source, by=get_settings().reviewer)
    say(f"restored from {source}")
    if kept:
        say(f"the database as it was before: {kept}")


def copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The database to copy, a file or an address, also while it is served.")
    ],
    target: Annotated[str, typer.Argument(metavar="TO", help="One that is not there yet, or an empty one.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a table.")] = False,
) -> None:
    """Copy all that is kept into another, empty database, and hold it against what was copied. Nothing is written over.

    It is there as a whole or not at all: if it is cut short, give the same command again.
    """
    from app.store import copy_store

    there, here = place_named(source), place_named(target)
    with Pace() as pace:
        copied = copy_store(there, here, begin=lambda rows: pace.begin("copying rows", rows), advance=pace.advance)
    for table in copied:
        if as_json:
            json_line(asdict(table))
        else:
            typer.echo(f"{table.name}: {table.rows:,} rows, {table.digest[:16]}")
    say(f"copied {sum(t.rows for t in copied):,} rows to {here}, and read again: the same")


@db.command()
def upgrade() -> None:
    """Bring the database to this version; makes it when missing, copies it first when it holds data."""
    from app.store import upgrade as bring_up

    copy = bring_up(get_settings().place)
    if copy:
        say(f"the database as it was before: {copy}")


@db.command("check")
def check_version() -> None:
    """Say whether the database is there and of this version (exit 1 when not). `parallax check` says whether it is sound."""
    from app.store import check_ready as look

    look(get_settings().place)
    say("ready")
