"""What is read on a schedule: `watch add`, `list`, `remove`, `run`; `watch rules`: what is stale of how pages are read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.keeping import opened
from app.cli.output import bar, console, fail, json_line, say
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store import Store
    from app.store.views import SourceView

__all__ = ["add_to"]

watch = typer.Typer(help="Feeds and pages that are read on a schedule.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(watch, name="watch")


@watch.command(epilog='Example: parallax watch add https://example.org/feed.xml --outlet "Daily Harbour" --every 60')
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, of a page of links, or of one article.")],
    outlet: Annotated[str | None, typer.Option(help="The outlet, when its pages do not say.")] = None,
    story: Annotated[str | None, typer.Option(help="Put the articles into this story.")] = None,
    every: Annotated[int, typer.Option(min=5, max=10_080, help="Minutes between two readings.")] = 30,
) -> None:
    """Have an address read on a schedule: by a running server, or by `parallax watch run`."""
    from app.watching import watch as begin

    settings = get_settings()
    with opened(make=True) as store:
        made = begin(store, settings, url, by=settings.reviewer, outlet=outlet, story=story, every=every)
    say(f"{made.url} is read every {made.every} minutes from now on")


@watch.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List what is watched: when it was read, when it is next, what is wrong with it."""
    with opened() as store:
        found = store.sources.sources()
    if as_json:
        for source in found:
            json_line(_told(source))
        return
    from rich.table import Column, Table

    table = Table("id", Column("address", overflow="fold"), "last read", "next", "articles", "trouble", box=None)
    for s in found:
        trouble = f"{s.trouble} ({s.failures} in a row)" if s.trouble else s.note
        table.add_row(str(s.id), s.url, _when(s.read_at), _when(s.next_at), str(s.articles), trouble)
    console.print(table)


@watch.command()
def remove(source: Annotated[str, typer.Argument(help="Its address, or its number in `parallax watch list`.")]) -> None:
    """Read it no more. What was read of it stays."""
    with opened() as store:
        found = _named(store, source)
        store.sources.end_source(found.id, by=get_settings().reviewer)
    say(f"{found.url} is not read any more")


@watch.command()
def run(
    every: Annotated[bool, typer.Option("--all", help="Read all that is watched, not only what is due.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read what is due, once, and keep what is new. Exit 1 when something could not be read."""
    from app import pipeline
    from app.watching import Watcher

    with opened() as store, bar("reading the sources"):
        watcher = Watcher(lambda: store, get_settings(), pipeline.workers())
        done = watcher.once(every=every)
        watcher.close()
    for where, why in done.failed:
        fail(f"{where}: {why}")
    counts = {outcome: done.outcomes[outcome] for outcome in ("new", "revised", "same")}
    told = {"read": done.read, "unchanged": done.unchanged, **counts, "gone": len(done.gone)}
    if as_json:
        json_line({**told, "failed": len(done.failed), "elsewhere": done.elsewhere})
    elif done.elsewhere:
        say("another process is reading the sources now")
    else:
        say(", ".join(f"{n} {what}" for what, n in told.items()) + f"; {len(done.failed)} failed")
    if done.failed:
        raise typer.Exit(1)


@watch.command()
def rules() -> None:
    """Say which outlets have rules of their own for where their pages hold what, and name the stale ones (exit 1)."""
    from datetime import UTC

    from app.sources.outlets import faults, load_rules

    stale = 0
    for rule in load_rules(get_settings().rules):
        found = faults(rule, datetime.now(UTC).date())
        stale += bool(found)
        typer.echo(f"{rule.name} ({', '.join(rule.domains)}): {'stale' if found else 'reads its sample'}")
        for said in found:
            fail(said)
    if stale:
        raise typer.Exit(1)


def _named(store: Store, source: str) -> SourceView:
    from app.errors import NotFound

    found = [s for s in store.sources.sources() if source in (s.url, str(s.id))]
    if not found:
        raise NotFound(f"{source} is not watched.", mend="`parallax watch list` names what is.")
    return found[0]


def _when(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else "never"


def _told(source: SourceView) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in asdict(source).items()}
