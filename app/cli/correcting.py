"""What people correct: `correct article`, `correct story`, `correct undo`, `correct list`. Each can be undone; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.keeping import opened
from app.cli.named import story_named
from app.cli.output import console, json_line, say
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store import Store
    from app.store.views import CorrectedView, CorrectionView

__all__ = ["add_to"]

correct = typer.Typer(
    help="Correct articles and stories; delete, move, merge, split them, and undo that.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Delete = Annotated[bool, typer.Option("--delete", help="Hide it everywhere; `correct undo` brings it back.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(correct, name="correct")


@correct.command(epilog="Example: parallax correct article 12 --published 2019-11-26 --outlet 'Daily Harbour'")
def article(
    article_id: Annotated[int, typer.Argument(help="The article's number, as in its address.")],
    headline: Annotated[str | None, typer.Option()] = None,
    outlet: Annotated[str | None, typer.Option()] = None,
    bylines: Annotated[str | None, typer.Option(help="Names, parted by semicolons.")] = None,
    published: Annotated[str | None, typer.Option(help="ISO: 2019-11-22; empty for undated.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address; empty for none.")] = None,
    story: Annotated[str | None, typer.Option(help="Move it into this story (its slug).")] = None,
    new_story: Annotated[str | None, typer.Option(help="Move it into a new story of this title.")] = None,
    delete: Delete = False,
    as_json: AsJson = False,
) -> None:
    """Correct what was read of an article, move it, or delete it. What people corrected survives reading and importing it again."""
    from app.correcting import typed_changes

    typed = {"headline": headline, "outlet": outlet, "bylines": bylines, "published": published, "url": url}
    changes = typed_changes({k: v for k, v in typed.items() if v is not None})
    if not (changes or story or new_story or delete):
        raise typer.BadParameter("nothing is given to correct")
    by = get_settings().reviewer
    with opened() as store:
        if story or new_story:  # first: a story that is not there changes nothing
            into = story_named(store, story) if story else None
            _follow(
                store, store.corrections.move_article(article_id, story=into, title=new_story, by=by), as_json=as_json
            )
        if changes:
            _follow(store, store.corrections.correct_article(article_id, changes, by=by), as_json=as_json)
        if delete:
            _follow(store, store.corrections.delete_article(article_id, by=by), as_json=as_json)


@correct.command(
    epilog="Example: parallax correct story harbour-strike --split 12 --split 14 --title 'The second strike'"
)
def story(
    slug: Annotated[str, typer.Argument(help="The story's slug, as in its address.")],
    title: Annotated[str | None, typer.Option(help="Its new title; with --split that of the new story.")] = None,
    propose: Annotated[bool, typer.Option("--propose", help="Print a title of what its articles share.")] = False,
    into: Annotated[str | None, typer.Option(help="Merge it into this story (its slug).")] = None,
    split: Annotated[list[int] | None, typer.Option(help="An article that gets a new story; again for more.")] = None,
    delete: Delete = False,
    as_json: AsJson = False,
) -> None:
    """Rename a story (its address stays), merge it into another (its address leads there), split it, or delete it."""
    from app.correcting import proposed_title

    by = get_settings().reviewer
    if sum(map(bool, (propose, into, split, delete, title and not split))) != 1:
        raise typer.BadParameter("give one of --title, --propose, --into, --split, --delete")
    with opened() as store:
        name = story_named(store, slug)
        if propose:
            typer.echo(proposed_title(store, name) or "")
        elif into:
            _follow(store, store.corrections.merge_stories(name, story_named(store, into), by=by), as_json=as_json)
        elif split:
            _follow(store, store.corrections.split_story(name, split, title or "", by=by), as_json=as_json)
        elif delete:
            _follow(store, store.corrections.delete_story(name, by=by), as_json=as_json)
        else:
            _follow(store, store.corrections.rename_story(name, title or "", by=by), as_json=as_json)


@correct.command(epilog="Example: parallax correct claim 311 --speaker 'Ann Lee' --date 2019-11-26")
def claim(
    claim_id: Annotated[int, typer.Argument(help="The claim's number, as `search --json` prints it.")],
    speaker: Annotated[str | None, typer.Option(help="A key or name; empty for the outlet's own voice.")] = None,
    kind: Annotated[str | None, typer.Option(help="Of somebody new: person, organisation, state.")] = None,
    date: Annotated[str | None, typer.Option(help="A day, month or year; empty for none.")] = None,
    words: Annotated[str | None, typer.Option(help="What the claim is, as it stands in the article.")] = None,
    aside: Annotated[bool, typer.Option("--aside", help="It is no claim; `correct undo` brings it back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Correct who states a claim, when it happened, which words it is; or set it aside. It survives reading the article again."""
    from app.correcting import claim_changes_of

    typed = {"speaker": speaker, "kind": kind, "date": date, "words": words, "aside": "1" if aside else None}
    changes = claim_changes_of({k: v for k, v in typed.items() if v is not None})
    if not changes:
        raise typer.BadParameter("nothing is given to correct")
    with opened() as store:
        _follow(store, store.corrections.correct_claim(claim_id, changes, by=get_settings().reviewer), as_json=as_json)


@correct.command()
def undo(
    correction: Annotated[int, typer.Argument(help="Its number, as `correct list` prints it.")],
    whose: Annotated[str | None, typer.Option(help="Whose it is, if not your own.")] = None,
    as_json: AsJson = False,
) -> None:
    """Undo a correction: what was deleted is there again, what moved is where it was."""
    with opened() as store:
        done = store.corrections.undo_correction(correction, by=get_settings().reviewer, whose=whose)
        _follow(store, done, as_json=as_json)


@correct.command("list")
def list_(
    article: Annotated[int | None, typer.Option(help="Of this article.")] = None,
    story: Annotated[str | None, typer.Option(help="Of this story and its articles.")] = None,
    as_json: AsJson = False,
) -> None:
    """What people corrected, the latest first, with what was undone."""
    with opened() as store:
        cursor: str | None = None
        while True:
            part = store.corrections.corrections(article=article, story=story, cursor=cursor, limit=100)
            for found in part.items:
                _print(found, as_json=as_json)
            cursor = part.next
            if cursor is None:
                return


def _follow(store: Store, done: CorrectedView, *, as_json: bool) -> None:
    from app import correcting, pipeline

    followed = correcting.follow(store, done, pipeline.workers())
    for found in followed.corrections:
        _print(found, as_json=as_json)
    if not followed.corrections:
        say("it is so already; nothing was changed")
    for name in followed.waiting:
        say(f"{name} waits to be compared; `parallax reread` does it")


def _print(found: CorrectionView, *, as_json: bool) -> None:
    from pydantic import TypeAdapter

    from app.exports.phrases import correction_line

    if as_json:
        json_line(TypeAdapter(type(found)).dump_python(found, mode="json"))
    else:
        console.print(f"{found.id}  {correction_line(found)}", highlight=False, markup=False, soft_wrap=True)
