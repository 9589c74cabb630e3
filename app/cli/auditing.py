"""The command that says who changed what: `audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.exporting import OUTPUT, write_out
from app.cli.keeping import opened
from app.cli.output import console, say
from app.errors import BadInput

if TYPE_CHECKING:
    from app.store.views import AuditHead

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax audit --by ann --json")(audit)


def audit(
    by: Annotated[str | None, typer.Option(help="Only what this person did.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind: flag, decision, article, name ...")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, the oldest first, all of them.")
    ] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A table for a spreadsheet, the oldest first, all of them.")
    ] = False,
    output: Annotated[Path | None, OUTPUT] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many to show (without --json and --csv).")] = 20,
    head: Annotated[bool, typer.Option("--head", help="Only say where the log ends: keep it elsewhere.")] = False,
    holds: Annotated[
        str | None, typer.Option(metavar="LINE:HASH", help="Say whether the log still holds what --head once said.")
    ] = None,
) -> None:
    """Show who changed what, the latest first. `parallax check` says whether the log is whole."""
    from app import exports
    from app.cli.tables import audit_table

    with opened() as store:
        if head:
            ended = store.audit.head()
            typer.echo(f"{ended.line}:{ended.hash}")
        elif holds is not None:
            known = _head_of(holds)
            if not store.audit.holds(known):
                raise BadInput(f"the audit log does not hold line {known.line} with that hash.")
            say(f"the audit log still holds line {known.line}")
        elif as_json or as_csv:
            write = exports.write_audit_csv if as_csv else exports.write_audit_jsonl
            write_out((part.encode() for part in write(store.audit.lines(by=by, kind=kind))), output)
        else:
            console.print(audit_table(store.audit.page(by=by, kind=kind, limit=limit)))


def _head_of(told: str) -> AuditHead:
    number, _, digest = told.partition(":")
    if not number.isdecimal() or len(number) > 18 or len(digest) != 64:
        raise BadInput("this is not what --head says.", where="--holds", mend="Give its line and hash: 12:0f3a…")
    from app.store.views import AuditHead

    return AuditHead(int(number), digest)
