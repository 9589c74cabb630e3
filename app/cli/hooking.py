"""Webhooks: `webhooks add`, `list`, `log`, `test`, `again`, `rotate`, `end`, and `send`, which does what the server does by itself.

A secret is printed once, alone on stdout.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.keeping import opened
from app.cli.output import console, json_line, say
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store import Store
    from app.store.views import Webhook

__all__ = ["add_to"]

webhooks = typer.Typer(help="Other programs that are told what happens here.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name of a webhook.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(webhooks, name="webhooks")


@webhooks.command(epilog="Example: parallax webhooks add desk https://chat.example/hook --event conflict --event flag")
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    url: Annotated[str, typer.Argument(help="The address that takes it (POST).")],
    event: Annotated[
        list[str] | None,
        typer.Option(help="conflict, article, flag or decision; may be repeated. All when not given."),
    ] = None,
    story: Annotated[str | None, typer.Option(help="Only what becomes of this story (its slug).")] = None,
) -> None:
    """Add a webhook and print its secret, once."""
    from app.store.views import EVENTS

    with opened() as store:
        made, secret = store.webhooks.add_webhook(name, url, event or EVENTS, by=get_settings().reviewer, story=story)
    typer.echo(secret)
    say(f"{made.name!r} is told of {', '.join(made.events)}; the secret above signs it and is shown this once")


@webhooks.command("list")
def list_(as_json: AsJson = False) -> None:
    """List webhooks with how much they were told, those that were ended last. Never their secrets."""
    with opened() as store:
        found = store.webhooks.webhooks()
    if as_json:
        for hook in found:
            json_line(_json(hook))
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table("webhook", "address", "told of", "sent", "waiting", "given up", "ended", box=None)
    for hook in found:
        ended = f"{hook.ended_at:%Y-%m-%d %H:%M}" if hook.ended_at else ""
        numbers = (str(n) for n in (hook.sent, hook.waiting, hook.given_up))
        table.add_row(escape(hook.name), escape(hook.url), ", ".join(hook.events), *numbers, ended)
    console.print(table)


@webhooks.command()
def log(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what a webhook was told and what came back, the latest first."""
    with opened() as store:
        found = store.webhooks.deliveries(_named(store, name, ended=True).id, limit=limit)
    if as_json:
        for delivery in found.items:
            json_line(_json(delivery))
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table("no.", "what", "when (UTC)", "state", "attempts", "answer", "next (UTC)", box=None)
    for d in found.items:
        due = f"{d.due:%Y-%m-%d %H:%M}" if d.state == "waiting" else ""
        table.add_row(str(d.id), d.event, f"{d.at:%Y-%m-%d %H:%M}", d.state, str(d.attempts), escape(d.answer), due)
    console.print(table)


@webhooks.command()
def test(name: Name) -> None:
    """Have a message sent that tells of nothing."""
    with opened() as store:
        store.webhooks.test_webhook(_named(store, name).id, by=get_settings().reviewer)
    say("it is sent by the server within seconds, or by `parallax webhooks send`")


@webhooks.command()
def again(delivery: Annotated[int, typer.Argument(min=1, help="Number of a delivery, as `log` shows it.")]) -> None:
    """Send one that did not arrive again, at once."""
    with opened() as store:
        store.webhooks.send_again(delivery, by=get_settings().reviewer)


@webhooks.command()
def rotate(name: Name) -> None:
    """Give a webhook another secret and print it, once. What is sent from now on is signed with it."""
    with opened() as store:
        typer.echo(store.webhooks.rotate_webhook(_named(store, name).id, by=get_settings().reviewer))


@webhooks.command()
def end(name: Name) -> None:
    """End a webhook, for good: what waits is not sent, its log stays."""
    with opened() as store:
        hook = _named(store, name)
        store.webhooks.end_webhook(hook.id, by=get_settings().reviewer)
    say(f"{hook.name!r} is told nothing any more")


@webhooks.command()
def send() -> None:
    """Send what is due, once, as a running server does by itself. Two that send at once send nothing twice."""
    from app.alerting import send_due
    from app.sources.posting import HttpPoster

    settings = get_settings()
    with opened() as store, HttpPoster(private=settings.fetch_private) as post:
        done = send_due(store, store.now, post, site=settings.public_url or "")
    say(f"{done.arrived} arrived, {done.failed} did not")
    if done.failed:
        raise typer.Exit(1)


def _named(store: Store, name: str, *, ended: bool = False) -> Webhook:
    """Raises `NotFound` for none of that name; of several that had it, the live one."""
    from app.errors import NotFound

    found = [h for h in store.webhooks.webhooks() if h.name.casefold() == name.casefold() and (ended or not h.ended_at)]
    if not found:
        raise NotFound(f"there is no webhook {name!r}.", mend="`parallax webhooks list` names them.")
    return found[0]


def _json(value: Any) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in asdict(value).items()}
