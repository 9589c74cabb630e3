"""Commands that fill the database and serve it: `import`, `example`, `serve`."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import bar, fail, json_line, say
from app.cli.streams import hints_of
from app.errors import BadInput, DatabaseUnready
from app.settings import get_settings

if TYPE_CHECKING:
    from app.core.relation.opinion import OwnModel
    from app.pipeline import ImportSummary
    from app.store import Store

__all__ = ["add_to", "opened"]

PATIENCE_SECONDS = 300.0
"""How long a command waits for its turn to write: nobody looks at a page that does not come, and an import is worth it."""


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

    path = get_settings().database
    if make and is_blank(path):
        upgrade(path)
    with open_store(path, model=_own_model, patience=PATIENCE_SECONDS, deciders=get_settings().deciders) as store:
        yield store


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
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read articles and keep them. Doing it again changes nothing; a changed article becomes a new revision."""
    from app import pipeline

    skipped: list[tuple[Path, str]] = []
    with opened(make=True) as store, bar("importing") as progress:
        copies = pipeline.Copies(store.now)
        pages = pipeline.read_targets(
            targets,
            hints_of(outlet, published, url, story),
            manifest,
            skipped=lambda path, why: skipped.append((path, why)),
            copies=copies,
        )
        try:
            hands = pipeline.workers()  # an article that takes for ever must not keep the others
            summary = pipeline.keep(
                store,
                pipeline.read_pages(pages, hands=hands),
                advance=lambda: progress.advance(progress.task_ids[0]),
                hands=hands,
                by=get_settings().reviewer,
                copies=copies,
            )
        except KeyboardInterrupt:
            waiting = store.articles.stale_stories()
            say(f"stopped; what was read is kept. Not compared yet: {', '.join(waiting) or 'nothing'}")
            if waiting:
                say("`parallax reread`, the next import or a running server compares them")
            raise
    for path, why in skipped:
        say(f"skipped {path}: {why}")
    _report(summary, as_json=as_json, skipped=len(skipped))


def example(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when the database holds no article.")] = False,
) -> None:
    """Load the bundled example: six reports of five outlets on one event, written by us."""
    from app import pipeline

    with opened(make=True) as store:
        if if_empty and store.library.articles(limit=1).total:
            return
        with bar("reading the example"):
            summary = pipeline.load_example(store, by=get_settings().reviewer)
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
            f"{summary.claims} claims; stories: {', '.join(sorted(summary.stories)) or 'none'}"
        )
    if deleted:
        say(f"{deleted} left out: deleted here (`parallax correct list` says by whom)")
    if summary.waiting:
        say(f"not compared yet, others are adding to them: {', '.join(sorted(summary.waiting))}")
    if summary.failed:
        raise typer.Exit(1)
