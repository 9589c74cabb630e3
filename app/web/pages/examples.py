"""`/examples`: the bundled stories, to be loaded; `/examples/{name}`: the handout of one, for a teacher, with links to its rows.

A handout says where to look by words of the articles (`app/pipeline/bundle.py`). They are looked up in the rows as they are
now, so that a link leads wherever the tool has put the words; where no row holds them all, to the sentence in its article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app import pipeline
from app.core.records import Status
from app.pipeline import Bundled, Look
from app.store import Store
from app.store.views import RowView, StoryRef
from app.web.adding import held_already
from app.web.dependencies import HandsOf, JobsOf, Reviewer, StoreOf, Writable
from app.web.importing import example_by
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["Asked", "ExamplesPage", "HandoutPage", "Seen", "router", "row_looked_for"]

router = APIRouter()
Name = Annotated[str, Path(min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class Card:
    """A bundled story, and the story that its articles stand in here; None before it is loaded, and when it was `deleted` here."""

    bundled: Bundled
    story: StoryRef | None
    deleted: bool


@dataclass(frozen=True, slots=True)
class ExamplesPage:
    shell: Shell
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One place to look. `href` is "" before the story is loaded; `label`: the row's, to find it from paper; `status` is None where no row holds all the words."""

    say: str
    href: str
    label: str
    status: Status | None


@dataclass(frozen=True, slots=True)
class Asked:
    ask: str
    needs: str
    look: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class HandoutPage:
    """`for_class`: the sheet for those who are asked, without what an answer needs."""

    shell: Shell
    bundled: Bundled
    story: StoryRef | None
    deleted: bool
    questions: tuple[Asked, ...]
    for_class: bool


@router.get("/examples", response_class=HTMLResponse)
def examples(request: Request, store: StoreOf) -> HTMLResponse:
    cards = tuple(Card(story, *_kept(store, story.name)[1:]) for story in pipeline.bundled_stories())
    return render("pages/examples.html", ExamplesPage(shell_of(request, "Stories for teaching", "stories"), cards))


@router.post("/examples", dependencies=[Writable])
def load_example(
    store: StoreOf, jobs: JobsOf, hands: HandsOf, by: Reviewer, name: Annotated[list[str] | None, Form()] = None
) -> RedirectResponse:
    """Load bundled stories; loading one again changes nothing."""
    stories = [pipeline.bundled(one) for one in dict.fromkeys(name or (pipeline.MAIN,))]
    title = ", ".join(story.title for story in stories)
    job = jobs.start(title, example_by(store, hands, by, [story.name for story in stories]))
    return RedirectResponse(f"/imports/{job.id}", status_code=303)


@router.get("/examples/{name}", response_class=HTMLResponse)
def handout(
    request: Request, store: StoreOf, name: Name, sheet: Annotated[str, Query(max_length=10)] = ""
) -> HTMLResponse:
    story = pipeline.bundled(name)
    articles, home, deleted = _kept(store, name)
    rows = tuple(store.rows.every(home.slug)) if home else ()
    page = HandoutPage(
        shell=shell_of(request, f"Handout: {story.title}", "stories"),
        bundled=story,
        story=home,
        deleted=deleted,
        questions=tuple(
            Asked(q.ask, q.needs, tuple(_seen(look, articles, rows) for look in q.look)) for q in story.questions
        ),
        for_class=sheet == "class",
    )
    return render("pages/handout.html", page)


def _kept(store: Store, name: str) -> tuple[Mapping[str, int], StoryRef | None, bool]:
    """The ids of a bundled story's articles by file, the story in which most of them stand, and whether they were all deleted here."""
    articles = pipeline.bundled_articles(name)
    held = dict(zip(articles, held_already(store, articles.values()), strict=True))
    standing = {file: one for file, one in held.items() if one is not None and not one.deleted}
    homes = [one.story for one in standing.values()]
    home = max(homes, key=lambda story: (homes.count(story), story.slug), default=None)
    deleted = not standing and any(held.values())
    return {file: one.article_id for file, one in standing.items()}, home, deleted


def row_looked_for(look: Look, articles: Mapping[str, int], rows: Sequence[RowView]) -> RowView | None:
    """The row that holds all words looked for, one with a verdict before one without."""
    wanted = {articles.get(file): words for file, words in look.words.items()}
    fitting = (row for row in rows if all(_holds(row, article, words) for article, words in wanted.items()))
    return next(iter(sorted(fitting, key=lambda row: (row.status is Status.SINGLE, row.status is Status.UNSURE))), None)


def _holds(row: RowView, article: int | None, words: str) -> bool:
    return any(words in claim.text for cell in row.cells if cell.article_id == article for claim in cell.claims)


def _seen(look: Look, articles: Mapping[str, int], rows: Sequence[RowView]) -> Seen:
    row = row_looked_for(look, articles, rows)
    if row is not None:
        return Seen(look.say, f"/alignments/{row.id}", row.label, row.status)
    file, words = next(iter(look.words.items()))
    claims = (c for r in rows for cell in r.cells if cell.article_id == articles.get(file) for c in cell.claims)
    found = next((claim for claim in claims if words in claim.text), None)
    return Seen(look.say, f"/articles/{found.article.id}#c{found.id}" if found else "", "", None)
