"""Commands that write what is kept as files: `export`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.keeping import opened
from app.cli.output import say

if TYPE_CHECKING:
    from app.store import Store

__all__ = ["add_to"]

Kind = Literal["csv", "json", "md", "jsonld", "zip"]
OUTPUT = typer.Option("--output", "-o", help="File to write; standard output otherwise.")


def add_to(app: typer.Typer) -> None:
    app.command()(export)


def export(
    story: Annotated[str, typer.Argument(help="Story (its slug).")],
    kind: Annotated[Kind, typer.Option("--format", "-f", help="What to write; zip holds all the others.")] = "csv",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Write a story out, complete: every row, claim, reason, flag and decision."""
    from app import exports

    with opened() as store:
        if kind == "zip":
            write_out(_bundle(store, story), output)
        else:
            parts = exports.FORMATS[kind].write(store.story(story, limit=1), store.rows(story), "")
            write_out((part.encode() for part in parts), output)


def _bundle(store: Store, story: str) -> Iterable[bytes]:
    from app import exports
    from app.store.read.whole import whole
    from app.version import software_version

    with whole(store, story) as held:
        at = store.now()
        line = exports.cite(held.view.story.title, "", at, software_version())
        told = exports.Told("", software_version(), at, line, held.texts)
        yield from exports.write_bundle(held.view, held.rows, told)


def write_out(parts: Iterable[bytes], output: Path | None) -> None:
    """To the file, whole or not at all: a broken export never stands under the final name."""
    if output is None:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    growing = output.with_name(output.name + ".part")
    with growing.open("wb") as file:
        file.writelines(parts)
    growing.replace(output)
    say(f"written to {output}")
