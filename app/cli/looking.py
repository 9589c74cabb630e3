"""Commands that read the database: `stories`, `search`, `conflicts`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from app.cli.keeping import opened
from app.cli.named import every_story, story_named
from app.cli.output import console, json_line, say
from app.cli.questions import Actor, DateOf, Outlet, Relation, Since, Story, Until, Words, query_of
from app.core.records import Dimension
from app.settings import get_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command()(stories)
    app.command(epilog="Example: parallax search apology --actor Motegi --json")(search)
    app.command()(conflicts)


def stories(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a story.")] = False,
) -> None:
    """List the stories there are: the names that other commands know them by, their articles and conflicts."""
    from app.cli.tables import stories_table, story_json

    with opened() as store:
        found = every_story(store)
    if as_json:
        for card in found:
            json_line(story_json(card))
    else:
        console.print(stories_table(found))


def search(
    words: Words = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    date_of: DateOf = "event",
    outlet: Outlet = None,
    relation: Relation = None,
    story: Story = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a claim, all of them.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to show (without --json).")] = 20,
) -> None:
    """Find claims by words, actor, date, outlet, relation, story."""
    from app.cli.tables import claim_json, hits_table

    query = query_of(words, actor, since, until, date_of, outlet, relation, story)
    with opened() as store:
        if story:
            story_named(store, story)
        if as_json:
            for hit in store.library.claims(query):
                json_line(claim_json(hit.claim, hit.story))
            return
        view = store.library.search(query, limit=limit)
        console.print(hits_table(view))
        if view.meant:
            console.print(f"Did you mean: {view.meant}", markup=False)


def conflicts(
    state: Annotated[Literal["open", "confirmed", "dismissed"] | None, typer.Option(help="Only these.")] = None,
    story: Story = None,
    outlet: Annotated[str | None, typer.Option(help="Only rows that this outlet is in (its key).")] = None,
    dimension: Annotated[Dimension | None, typer.Option(help="Only rows that differ in this.")] = None,
    likely: Annotated[float | None, typer.Option(min=0, max=1, help="Least probability of the verdict.")] = None,
    order: Annotated[
        Literal["undecided", "likely", "unlikely"], typer.Option(help="Undecided first, or by probability.")
    ] = "undecided",
    work: Annotated[
        Literal["open", "in work", "done"] | None, typer.Option(help="Only rows the work on which is this far.")
    ] = None,
    *,
    assigned: Annotated[str | None, typer.Option(help="Only what this person looks into.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what is assigned to you.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a conflict.")] = False,
) -> None:
    """List what conflicts, undecided first, narrowed as the page `/conflicts` is."""
    from app.cli.tables import conflict_json, conflicts_table
    from app.store import Queued
    from app.store.views import ConflictView

    if mine and assigned:
        raise typer.BadParameter("give --mine or --assigned")
    of = get_settings().reviewer if mine else assigned
    wanted = Queued(state, story, outlet, dimension, likely, order, of, work)
    found: list[ConflictView] = []
    with opened() as store:
        if story:
            story_named(store, story)
        cursor: str | None = None
        while True:
            part = store.rows.queued(wanted, cursor=cursor, limit=100)
            found.extend(part.items)
            cursor = part.next
            if cursor is None:
                break
        waiting = [slug for slug in store.articles.stale_stories() if story in (None, slug)]
        today = store.now().date()
    if waiting:
        say(f"not compared yet, so that what conflicts there is not listed: {', '.join(waiting)}")
    if as_json:
        for conflict in found:
            json_line(conflict_json(conflict))
    else:
        console.print(conflicts_table(found, today))
