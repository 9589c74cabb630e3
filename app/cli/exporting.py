"""Commands that write what is kept as files, or keep it for good: `export`, `snapshot`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.keeping import opened
from app.cli.named import story_named
from app.cli.output import json_line, say
from app.settings import get_settings

__all__ = ["add_to"]

Kind = Literal["csv", "json", "md", "jsonld", "zip"]
OUTPUT = typer.Option("--output", "-o", help="File to write; standard output otherwise.")


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax export gsomia-south-korea-and-japan --format zip --output story.zip")(export)
    app.command(epilog='Example: parallax snapshot gsomia-south-korea-and-japan --note "as cited in my report"')(
        snapshot
    )


def export(
    story: Annotated[str | None, typer.Argument(help="Story (its slug); with --labelled all when not given.")] = None,
    kind: Annotated[Kind, typer.Option("--format", "-f", help="What to write; zip holds all the others.")] = "csv",
    output: Annotated[Path | None, OUTPUT] = None,
    labelled: Annotated[
        bool, typer.Option("--labelled", help="Pairs that reviewers judged, as JSON lines for `parallax fit --pairs`.")
    ] = False,
    only: Annotated[str | None, typer.Option("--story", help="With --labelled: only pairs of this story.")] = None,
    frozen: Annotated[
        str | None, typer.Option("--snapshot", help="A frozen comparison (its id) instead of a story.")
    ] = None,
) -> None:
    """Write a story out, complete: every row, claim, reason, flag and decision."""
    from app import exports

    if sum((story is not None and not labelled, labelled, frozen is not None)) != 1 or (only and not labelled):
        raise typer.BadParameter("give a STORY, or --snapshot ID, or --labelled [--story STORY]")
    site = get_settings().public_url
    with opened() as store:
        if labelled:
            asked = only or story
            slug = story_named(store, asked) if asked else None
            write_out(_bytes(exports.write_labelled(store.labelled_pairs(), slug)), output)
        elif frozen is not None:
            kept = store.snapshot(frozen)
            if kind == "zip":
                write_out(exports.write_frozen(kept, site), output)
            else:
                write_out(_bytes(exports.FORMATS[kind].write(kept.view, kept.view.rows.items, site)), output)
        elif story is not None:
            story_named(store, story)
            if story in store.stale_stories():
                say(f"{story} is not compared yet: articles were added or changed since these rows were made")
            if kind == "zip":
                write_out(exports.write_living(store, story, site), output)
            else:
                write_out(
                    _bytes(exports.FORMATS[kind].write(store.story(story, limit=1), store.rows(story), site)), output
                )


def snapshot(
    story: Annotated[str, typer.Argument(help="Story (its slug).")],
    note: Annotated[str, typer.Option(help="What it is kept for.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Only list the frozen comparisons there are.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a frozen comparison.")] = False,
) -> None:
    """Freeze a story as it is now, for good: rows, words, decisions, versions. Prints its id."""
    from app import exports

    with opened() as store:
        story_named(store, story)
        if listed:
            cards = store.snapshots(story)
        else:
            frozen = store.freeze(story, by=get_settings().reviewer, note=note)
            cards = tuple(c for c in store.snapshots(story) if c.id == frozen.id)
            say(exports.cite_frozen(frozen, get_settings().public_url))
        for card in cards:
            if as_json:
                told = {"id": card.id, "story": card.story.slug, "at": card.at.isoformat(), "by": card.by}
                json_line({**told, "note": card.note, "digest": card.digest})
            else:
                typer.echo(card.id)


def _bytes(parts: Iterable[str]) -> Iterable[bytes]:
    return (part.encode() for part in parts)


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
