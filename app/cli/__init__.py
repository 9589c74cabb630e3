"""The `parallax` command. Exit 0 fine, 1 something failed (what worked is kept), 2 usage. Errors go to stderr.

streams.py   extract, compare, pairs, group: text in, JSON out, no database
keeping.py   import, example, serve: what fills the database and serves it
caring.py    check, backup, restore, copy, db: what looks after it as a whole
pruning.py   prune, vacuum: what keeps it small
looking.py   stories, search, conflicts: what reads it
saving.py    searches: what you keep watch on
hooking.py   webhooks: other programs that are told
assisting.py mcp: the same for assistants, over the Model Context Protocol
people.py    reviewer, reviewer token: who may write, and by which tokens
reading.py   reread, lexicon check: how articles are read
exporting.py export, snapshot, cite: what writes it out as files
learning.py  evaluate, fit: how right it is, and what it learns from reviewers
auditing.py  audit: who changed what
correcting.py correct: what people correct, delete, move, merge and split, and undo
watching.py  watch: what is read on a schedule, by which rules
questions.py what a search is asked by
named.py     a story by its name, or those most like it
tables.py    tables for people, objects for scripts; output.py: which stream gets what

Modules here import nothing heavy before a command runs: `parallax --help` answers at once.
"""

from __future__ import annotations

import atexit
import gc
from typing import Annotated

import typer

from app.cli import (
    assisting,
    auditing,
    caring,
    correcting,
    deciding,
    exporting,
    hooking,
    keeping,
    learning,
    looking,
    people,
    pruning,
    reading,
    saving,
    streams,
    watching,
)

__all__ = ["app", "main"]

app = typer.Typer(
    help="How news outlets report one event, side by side, claim by claim.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"parallax {version('parallax')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Common to all commands."""


streams.add_to(app)
keeping.add_to(app)
caring.add_to(app)
pruning.add_to(app)
looking.add_to(app)
saving.add_to(app)
hooking.add_to(app)
people.add_to(app)
learning.add_to(app)
exporting.add_to(app)
reading.add_to(app)
auditing.add_to(app)
correcting.add_to(app)
deciding.add_to(app)
watching.add_to(app)
assisting.add_to(app)


def _look_for_garbage_seldom() -> None:
    """Whatever is loaded stays until the end: looking through it again and again, and once more then, takes a fifth of a short command."""
    gc.freeze()
    gc.set_threshold(_SELDOM, 20, 20)
    atexit.register(gc.freeze)


_SELDOM = 50_000
"""New things between two looks, in place of 700."""


def main() -> None:
    """Run the command line; a `ParallaxError`, a full disk or a folder not to be written is one line on stderr, exit 1."""
    _look_for_garbage_seldom()
    from app.cli.output import fail
    from app.errors import ParallaxError, of_system

    atexit.register(
        gc.freeze
    )  # what a program holds when it ends goes with it: nobody need look through it for what to free
    try:
        app()
    except ParallaxError as error:
        fail(str(error))
        raise SystemExit(1) from None
    except OSError as error:
        plain = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
        fail(str(of_system(error) or plain))
        raise SystemExit(1) from None
