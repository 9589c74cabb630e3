"""What you keep watch on: `searches`, under a name of yours, with what came since you last looked.

They are those of `PARALLAX_REVIEWER`, the same that the pages show to the person of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.keeping import opened
from app.cli.output import console, json_line, say
from app.cli.questions import Actor, DateOf, Outlet, Relation, Since, Story, Until, Words, query_of
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store.views import SavedSearch

__all__ = ["add_to"]

searches = typer.Typer(help="Searches that you saved, and what is new in them.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name of a saved search.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(searches, name="searches")


@searches.command("list")
def list_(as_json: AsJson = False) -> None:
    """List your searches with how much each finds and how much of it is new to you."""
    with opened() as store:
        found = store.searches.saved_searches(get_settings().reviewer)
    if as_json:
        for saved in found:
            json_line(_json(saved))
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table("search", "new", "all", "last looked (UTC)", box=None)
    for saved in found:
        table.add_row(escape(saved.name), str(saved.fresh), str(saved.total), f"{saved.looked_at:%Y-%m-%d %H:%M}")
    console.print(table)


@searches.command(epilog='Example: parallax searches save "The pact" pact --actor japan')
def save(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    words: Words = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    date_of: DateOf = "event",
    outlet: Outlet = None,
    relation: Relation = None,
    story: Story = None,
) -> None:
    """Save a search, by what `parallax search` takes."""
    query = query_of(words, actor, since, until, date_of, outlet, relation, story)
    with opened() as store:
        saved = store.searches.save_search(name, query, by=get_settings().reviewer)
    say(f"{saved.name!r} is saved; it finds {saved.total} now")


@searches.command()
def show(
    name: Name,
    seen: Annotated[bool, typer.Option("--seen", help="Note that you have seen them.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a claim.")] = False,
) -> None:
    """Show the claims that came to a search since you last looked."""
    from dataclasses import replace

    from app.cli.tables import claim_json, hits_table

    owner = get_settings().reviewer
    with opened() as store:
        saved, now = store.searches.saved_search_named(name, owner), store.now()
        query = replace(saved.query, came_after=saved.looked_at)
        if as_json:
            for hit in store.library.claims(query):
                json_line(claim_json(hit.claim, hit.story))
        else:
            console.print(hits_table(store.library.search(query, limit=100)))
        if seen:
            store.searches.note_look(saved.id, now, owner=owner)


@searches.command()
def rename(name: Name, to: Annotated[str, typer.Argument(help="The new name.")]) -> None:
    """Give a search another name."""
    owner = get_settings().reviewer
    with opened() as store:
        store.searches.rename_search(store.searches.saved_search_named(name, owner).id, to, by=owner)


@searches.command()
def remove(name: Name) -> None:
    """Take a search away. The page `/searches` and the API can have it back."""
    owner = get_settings().reviewer
    with opened() as store:
        saved = store.searches.saved_search_named(name, owner)
        store.searches.remove_search(saved.id, by=owner)
    say(f"{saved.name!r} was taken away; it is number {saved.id} where it can be had back")


def _json(saved: SavedSearch) -> dict[str, Any]:
    from app.store.views import Query

    asked = {n: getattr(saved.query, n) for n in Query.__dataclass_fields__ if n != "came_after"}
    return {
        "id": saved.id,
        "name": saved.name,
        "query": {n: v.isoformat() if n in ("since", "until") else v for n, v in asked.items() if v},
        "new": saved.fresh,
        "total": saved.total,
        "looked_at": saved.looked_at.isoformat(),
    }
