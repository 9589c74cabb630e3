"""Commands that write what is kept as files, keep it for good, or say how it is cited: `export`, `snapshot`, `cite`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.keeping import opened
from app.cli.named import story_named
from app.cli.output import json_line, say
from app.cli.streams import date_option
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store import Filters, Store
    from app.store.views import SnapshotView

__all__ = ["add_to"]

Kind = Literal["csv", "table.csv", "json", "md", "jsonld", "docx", "html", "warc", "zip"]
OUTPUT = typer.Option("--output", "-o", help="File to write; standard output otherwise.")


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax export gsomia-south-korea-and-japan --format zip --output story.zip")(export)
    app.command(epilog='Example: parallax snapshot gsomia-south-korea-and-japan --note "as cited in my report"')(
        snapshot
    )
    app.command(epilog="Example: parallax cite --row 12 --format bib --accessed 2024-05-14")(cite)


def export(
    story: Annotated[str | None, typer.Argument(help="Story (its slug); with --labelled all when not given.")] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            "--format",
            "-f",
            help="What to write; docx is a source sheet, html one page of a --snapshot, warc the fetched pages, zip holds all the others.",
        ),
    ] = "csv",
    output: Annotated[Path | None, OUTPUT] = None,
    labelled: Annotated[
        bool, typer.Option("--labelled", help="Pairs that reviewers judged, as JSON lines for `parallax fit --pairs`.")
    ] = False,
    only: Annotated[str | None, typer.Option("--story", help="With --labelled: only pairs of this story.")] = None,
    frozen: Annotated[
        str | None, typer.Option("--snapshot", help="A frozen comparison (its id) instead of a story.")
    ] = None,
    *,
    status: Annotated[
        Literal["conflict", "diverge", "updated", "unsure", "agree", "single-source"] | None,
        typer.Option(help="Only rows of this status."),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Only rows that this outlet is in (its key).")] = None,
    actor: Annotated[str | None, typer.Option(help="Only rows of this person or body (key or name).")] = None,
    since: Annotated[str | None, typer.Option("--from", help="First day, ISO.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, ISO.")] = None,
    date_of: Annotated[
        Literal["event", "published"], typer.Option(help="What the days mean: told of, or of publication.")
    ] = "event",
    differences: Annotated[bool, typer.Option("--only-differences", help="Only rows whose reports differ.")] = False,
    sort: Annotated[Literal["matter", "event", "reading"], typer.Option(help="Order of the rows.")] = "matter",
    strictness: Annotated[float | None, typer.Option(min=0, max=1, help="Least probability of a row.")] = None,
    outlets: Annotated[
        list[str] | None, typer.Option(help="Only these outlets side by side (key); may be repeated.")
    ] = None,
) -> None:
    """Write a story out, complete: every row, claim, reason, flag and decision. Filters choose rows as on the story page."""
    from app import exports
    from app.exports.as_docx import sheet_of, sheet_of_frozen
    from app.exports.as_warc import pages_of_story, write_warc
    from app.store import EVERY_ROW, Filters
    from app.version import software_version

    if sum((story is not None and not labelled, labelled, frozen is not None)) != 1 or (only and not labelled):
        raise typer.BadParameter("give a STORY, or --snapshot ID, or --labelled [--story STORY]")
    rows = Filters(
        status,
        outlet,
        actor,
        date_option(since),
        date_option(until),
        date_of,
        differences,
        sort,
        strictness,
        tuple(outlets or ()),
    )
    if rows != EVERY_ROW and (labelled or frozen is not None):
        raise typer.BadParameter("filters choose rows of a STORY")
    if kind == "html" and frozen is None:
        raise typer.BadParameter(
            "html is for a frozen comparison: give --snapshot ID, or `parallax snapshot STORY --html FILE`"
        )
    if kind == "warc" and story is None:
        raise typer.BadParameter("warc is for a STORY: the pages that its articles were fetched as")
    site = get_settings().public_url
    with opened() as store:
        if labelled:
            asked = only or story
            slug = story_named(store, asked) if asked else None
            write_out(_bytes(exports.write_labelled(store.review.labelled_pairs(), slug)), output)
        elif frozen is not None:
            kept = store.snapshots.snapshot(frozen)
            if kind == "zip":
                write_out(exports.write_frozen(kept, site), output)
            elif kind == "docx":
                write_out([sheet_of_frozen(kept, site)], output)
            elif kind == "html":
                write_out(_alone(kept, site), output)
            else:
                write_out(_bytes(exports.FORMATS[kind].write(kept.view, kept.view.rows.items, site)), output)
        elif story is not None:
            story_named(store, story)
            _known(store, rows)
            if story in store.articles.stale_stories():
                say(f"{story} is not compared yet: articles were added or changed since these rows were made")
            if kind == "zip":
                write_out(exports.write_living(store, story, site, rows), output)
            elif kind == "docx":
                write_out([sheet_of(store, story, site, rows)], output)
            elif kind == "warc":
                write_out(write_warc(pages_of_story(store, story), f"Parallax {software_version()}"), output)
            else:
                write_out(_bytes(exports.export_rows(store, story, kind, site, rows)), output)


def snapshot(
    story: Annotated[str, typer.Argument(help="Story (its slug).")],
    note: Annotated[str, typer.Option(help="What it is kept for.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Only list the frozen comparisons there are.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a frozen comparison.")] = False,
    html: Annotated[Path | None, typer.Option(help="File to write it to as one page that opens from a disk.")] = None,
) -> None:
    """Freeze a story as it is now, for good: rows, words, decisions, versions. Prints its id."""
    from app import exports

    if listed and html is not None:
        raise typer.BadParameter("give --list or --html")
    with opened() as store:
        story_named(store, story)
        if listed:
            cards = store.snapshots.snapshots(story)
        else:
            frozen = store.snapshots.freeze(story, by=get_settings().reviewer, note=note)
            cards = tuple(c for c in store.snapshots.snapshots(story) if c.id == frozen.id)
            say(exports.cite_frozen(frozen, get_settings().public_url))
            if html is not None:
                write_out(_alone(frozen, get_settings().public_url), html)
        for card in cards:
            if as_json:
                told = {"id": card.id, "story": card.story.slug, "at": card.at.isoformat(), "by": card.by}
                json_line({**told, "note": card.note, "digest": card.digest})
            else:
                typer.echo(card.id)


def cite(
    story: Annotated[str | None, typer.Argument(help="Story (its slug).")] = None,
    row: Annotated[int | None, typer.Option(help="A row (its number) instead.")] = None,
    claim: Annotated[int | None, typer.Option(help="A claim (its number) instead.")] = None,
    frozen: Annotated[str | None, typer.Option("--snapshot", help="A frozen comparison (its id) instead.")] = None,
    form: Annotated[
        Literal["txt", "bib", "json"], typer.Option("--format", "-f", help="Plain text, BibTeX, CSL-JSON.")
    ] = "txt",
    accessed: Annotated[str | None, typer.Option(help="Day of access, ISO; a frozen comparison has its own.")] = None,
) -> None:
    """Say how to cite a story, a row, a claim or a frozen comparison, with its address under PARALLAX_PUBLIC_URL."""
    from app.exports import citations
    from app.version import software_version

    if sum(x is not None for x in (story, row, claim, frozen)) != 1 or (frozen is not None and accessed):
        raise typer.BadParameter("give a STORY, or --row, or --claim, or --snapshot (which has its own day of access)")
    version, site, when = software_version(), get_settings().public_url, date_option(accessed)
    with opened() as store:
        if story is not None:
            story_named(store, story)
            cited = citations.story_cited(store.rows.story(story, limit=1).story, version, site, when)
        elif row is not None:
            cited = citations.row_cited(store.rows.alignment(row), version, site, when)
        elif claim is not None:
            cited = citations.claim_cited(store.library.claim(claim), version, site, when)
        else:
            cited = citations.frozen_cited(store.snapshots.snapshot(frozen or ""), site)
    typer.echo(citations.CITATIONS[form](cited), nl=False)


def _known(store: Store, rows: Filters) -> None:
    """A word that names nothing would choose nothing, and nobody would know why."""
    from app.errors import BadInput, NotFound
    from app.store.known import is_actor, is_outlet

    if rows.outlet and not is_outlet(store, rows.outlet):
        raise NotFound(f"there is no outlet {rows.outlet!r}.", where="--outlet")
    if rows.actor and not is_actor(store, rows.actor):
        raise NotFound(f"there is no person or body {rows.actor!r}.", where="--actor")
    if rows.since and rows.until and rows.since > rows.until:
        raise BadInput("The first day comes after the last.", where="--from", mend="Exchange --from and --to.")


def _alone(frozen: SnapshotView, site: str) -> Iterable[bytes]:
    from app.web.pages.alone import write_alone

    return [write_alone(frozen, site).encode()]


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
