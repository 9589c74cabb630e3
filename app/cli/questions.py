"""What a search is asked by, the same for every command that asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.streams import date_option

if TYPE_CHECKING:
    from app.store.views import Query

__all__ = ["Actor", "DateOf", "Outlet", "Relation", "Since", "Story", "Until", "Words", "query_of"]

Words = Annotated[list[str] | None, typer.Argument(help='Words; a phrase in "quotes".')]
Actor = Annotated[str | None, typer.Option(help="Key or name of an actor.")]
Since = Annotated[str | None, typer.Option("--from", help="First day, ISO.")]
Until = Annotated[str | None, typer.Option("--to", help="Last day, ISO.")]
DateOf = Annotated[Literal["event", "published"], typer.Option(help="What the days mean.")]
Outlet = Annotated[str | None, typer.Option(help="Outlet.")]
Relation = Annotated[
    Literal["conflict", "diverge", "updated", "unsure", "agree", "single-source"] | None,
    typer.Option(help="Only claims of rows judged so."),
]
Story = Annotated[str | None, typer.Option(help="Story (its slug).")]


def query_of(
    words: Sequence[str] | None,
    actor: str | None,
    since: str | None,
    until: str | None,
    date_of: Literal["event", "published"],
    outlet: str | None,
    relation: str | None,
    story: str | None,
) -> Query:
    """Raises `typer.BadParameter` for a day that is none."""
    from app.store.views import Query

    return Query(" ".join(words or []), actor, date_option(since), date_option(until), date_of, outlet, relation, story)
