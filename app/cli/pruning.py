"""Commands that keep the database small: `prune`, `vacuum`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from app.cli.keeping import PATIENCE_SECONDS, opened
from app.cli.output import json_line, say
from app.places import Address
from app.settings import get_settings

__all__ = ["add_to"]

DAYS = 365
VERSIONS = 3


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax prune --older-than 730 --yes")(prune)
    app.command(epilog="Example: parallax vacuum")(vacuum)


def prune(
    older_than: Annotated[
        int, typer.Option(min=30, metavar="DAYS", help="Only what is older than so many days.")
    ] = DAYS,
    versions: Annotated[int, typer.Option(min=1, help="Versions of each article that stay, the newest.")] = VERSIONS,
    yes: Annotated[bool, typer.Option("--yes/--dry-run", help="Delete it; without, only say what would go.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a kind.")] = False,
) -> None:
    """Delete old copies of pages, old versions, logs of webhooks, what ended; never what a person said, nor the audit log."""
    with opened() as store:
        before = store.now() - timedelta(days=older_than)
        found = (
            store.checks.prune(before, versions, by=get_settings().reviewer)
            if yes
            else store.checks.prunable(before, versions)
        )
    for kind in found:
        if as_json:
            json_line({**asdict(kind), "gone": yes})
        else:
            typer.echo(f"{kind.name}: {kind.many:,}, about {kind.bytes:,} bytes ({kind.say})")
    if not yes:
        say("nothing was deleted; --yes does it")
    elif any(kind.many for kind in found):
        say("deleted; what they took is used again, and `parallax vacuum` gives it back where that can be")


def vacuum(as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object.")] = False) -> None:
    """Give what is free inside the file back to the disk, also while it is served; who writes waits meanwhile.

    It takes twice what is kept on the disk while it lasts; where there is not so much, nothing is done. A PostgreSQL server
    makes what is free free for new rows, and gives back only what lies at the ends of its tables.
    """
    from app.store import vacuum as shrink

    place = get_settings().place
    shrunk = shrink(place, PATIENCE_SECONDS)
    if as_json:
        json_line(asdict(shrunk))
    else:
        typer.echo(f"{shrunk.before:,} bytes before, {shrunk.after:,} after")
        if isinstance(place, Address):
            say("what is free in the server's tables is kept there and used again; VACUUM FULL would give it back")
