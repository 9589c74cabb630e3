"""Commands that fill the database and serve it: `import`, `example`, `serve`."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import Pace, bar, fail, json_line, say
from app.cli.streams import hints_of
from app.errors import BadInput, DatabaseUnready
from app.settings import get_settings

if TYPE_CHECKING:
    from app.core.relation.opinion import OwnModel
    from app.pipeline import Hands, ImportSummary
    from app.store import Catalogue, Store

__all__ = ["add_to", "browsed", "opened"]

PATIENCE_SECONDS = 300.0
"""How long a command waits for its turn to write: nobody looks at a page that does not come, and an import is worth it."""
MOST_JOBS = 64
MOST_NAMED = 100
"""Stories that a line names."""


def add_to(app: typer.Typer) -> None:
    app.command(
        "import",
        epilog='Example: parallax import report.html notes.txt --outlet "Daily Harbour" --published 2024-03-04',
    )(import_)
    for command in (example, serve):
        app.command()(command)


@contextmanager
def opened(*, make: bool = False) -> Iterator[Store]:
    """The store of the settings; with `make`, a missing database is made first, and one whose making was cut short.

    An older one must be upgraded by hand.
    """
    from app.store import is_blank, open_store, upgrade

    place = get_settings().place
    if make and is_blank(place):
        upgrade(place)
    with open_store(place, model=_own_model, patience=PATIENCE_SECONDS, deciders=get_settings().deciders) as store:
        yield store


@contextmanager
def browsed() -> Iterator[Catalogue]:
    """The same to be listed and searched, which takes a moment less to load."""
    from app.store import open_catalogue

    with open_catalogue(get_settings().place) as catalogue:
        yield catalogue


def _own_model() -> OwnModel | None:
    from app.pipeline import own_model

    return own_model()


def import_(
    targets: Annotated[
        list[str],
        typer.Argument(help="Files (.txt .md .html .json .jsonl), folders, addresses, feeds, or - for standard input."),
    ],
    outlet: Annotated[str | None, typer.Option(help="The outlet, when the page does not say.")] = None,
    published: Annotated[str | None, typer.Option(help="Publication date, ISO: 2019-11-22.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page comes from.")] = None,
    story: Annotated[str | None, typer.Option(help="Put the articles into this story.")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="CSV or JSON: file or url, outlet, published, story, headline.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_JOBS, help="Programs that read at once, some 400 MB each; no more than processors."
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="local|ADDRESS",
            help="Read and compare by a Dask cluster: one made here of so many --jobs, or your own by its scheduler's address.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read articles and keep them. Doing it again changes nothing; a changed article becomes a new revision.

    What is kept is not read again, so that an import that was cut short is taken up by giving the same command.
    """
    from app import pipeline

    def comparing(done: int, stories: int) -> None:
        if done:
            pace.advance()
        else:
            pace.begin("comparing stories", stories)

    skipped: list[tuple[Path, str]] = []
    with _hands(jobs, dask) as hands, opened(make=True) as store, Pace() as pace:
        pace.begin("importing", pipeline.how_many(targets, manifest))
        copies = pipeline.Copies(store.now)
        pages = pipeline.read_targets(
            targets,
            hints_of(outlet, published, url, story),
            manifest,
            skipped=lambda path, why: skipped.append((path, why)),
            copies=copies,
        )
        try:
            summary = pipeline.keep(
                store,
                pipeline.read_new(store, pages, hands=hands),
                advance=pace.advance,
                comparing=comparing,
                hands=hands,
                by=get_settings().reviewer,
                copies=copies,
            )
        except KeyboardInterrupt:
            waiting = store.articles.stale_stories()
            say(f"stopped; what was read is kept. Not compared yet: {_some(waiting, 'nothing')}")
            if waiting:
                say("`parallax reread`, the next import or a running server compares them")
            raise
    for path, why in skipped:
        say(f"skipped {path}: {why}")
    _report(summary, as_json=as_json, skipped=len(skipped))


@contextmanager
def _hands(jobs: int | None, dask: str | None) -> Iterator[Hands]:
    """Who reads and compares: an article that takes for ever must not keep the others."""
    from app import pipeline

    # more than there are processors would only take each other's time, of which an article has so much
    processors = os.cpu_count() or 1
    if dask:
        most = min(jobs or processors, processors) if dask == pipeline.LOCAL else jobs or pipeline.MOST_AT_ONCE
        hands: Hands = pipeline.cluster(dask, most)
        say(f"Dask cluster {dask}: {hands.many} at once")
    else:
        hands = pipeline.workers(min(jobs or 1, processors))
    try:
        yield hands
    finally:
        if dask or hands.many > 1:  # when it ended early they are still at what nobody waits for
            hands.close()


def example(
    name: Annotated[
        str | None, typer.Argument(help="Another of the bundled stories, by name; --list names them.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Load all bundled stories.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Say which there are; load nothing.")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when the database holds no article.")] = False,
) -> None:
    """Load a bundled story, written by us: six reports of five outlets on one event, unless another is named."""
    from app import pipeline

    if listed:
        for story in pipeline.bundled_stories():
            typer.echo(f"{story.name}\t{story.title}: {story.about}")
        return
    stories = pipeline.bundled_stories() if every else (pipeline.bundled(name or pipeline.MAIN),)
    with opened(make=True) as store:
        if if_empty and store.library.articles(limit=1).total:
            return
        for story in stories:
            with bar(f"reading {story.title}"):
                summary = pipeline.load_bundled(store, story.name, by=get_settings().reviewer)
            _report(summary, as_json=False, skipped=0)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the pages and the API. Off loopback, or under a public name, whoever writes must be a reviewer."""
    from app.logs import configure_logs
    from app.web.app import create_app
    from app.web.security import takes_writes
    from app.web.serving import http_server

    settings = get_settings()
    configure_logs(settings.log_format, settings.log_level)
    _free(host, port)
    say(f"Parallax on http://{'[' + host + ']' if ':' in host else host}:{port}")
    if not takes_writes(settings, host, people=(people := _has_people())):
        off = (
            "PARALLAX_WRITABLE is off"
            if not settings.writable
            else "`parallax reviewer add NAME --role admin` lets one write"
        )
        say(f"read only; {off}")
    elif not people and not settings.house:
        say(f"whoever is at this machine may write, as {settings.reviewer}, until there is a reviewer")
    server = http_server(create_app(settings, bound=host), host, port)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise typer.Exit(1)


def _has_people() -> bool:
    with suppress(DatabaseUnready), opened() as store:
        return store.people.has_people()
    return False


def _free(host: str, port: int) -> None:
    """Raises `BadInput` when nothing can listen there: the address is not this machine's, or the port is taken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise BadInput(
            f"cannot listen there: {error.strerror}", where=f"{host}:{port}", mend="Choose another --port or --host."
        ) from None


def _some(slugs: Collection[str], otherwise: str = "none") -> str:
    """Stories by their slugs: all, or the first of very many."""
    named = sorted(slugs)
    more = [f"and {len(named) - MOST_NAMED:,} more"] if len(named) > MOST_NAMED else []
    return ", ".join([*named[:MOST_NAMED], *more]) or otherwise


def _report(summary: ImportSummary, *, as_json: bool, skipped: int) -> None:
    for error in summary.failed:
        fail(str(error))
    new, revised, same, deleted = (summary.outcomes[k] for k in ("new", "revised", "same", "deleted"))
    if as_json:
        json_line(
            {
                "new": new,
                "revised": revised,
                "same": same,
                "deleted": deleted,
                "failed": len(summary.failed),
                "skipped": skipped,
                "claims": summary.claims,
                "stories": sorted(summary.stories),
                "waiting": sorted(summary.waiting),
            }
        )
    else:
        say(
            f"{new} new, {revised} revised, {same} unchanged, {len(summary.failed)} failed; "
            f"{summary.claims} claims; stories: {_some(summary.stories)}"
        )
    if deleted:
        say(f"{deleted} left out: deleted here (`parallax correct list` says by whom)")
    if summary.waiting:
        say(f"not compared yet, others are adding to them: {_some(summary.waiting)}")
    if summary.failed:
        raise typer.Exit(1)
