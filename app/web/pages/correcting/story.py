"""`/stories/{slug}/correct`: a story is renamed, split, merged into another, deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.correcting import follow, proposed_title
from app.errors import BadInput, Conflicting, NotFound, ParallaxError
from app.roles import Act
from app.store import Store
from app.store.views import CorrectionView, StoryView
from app.web.api.parameters import LARGEST_ID
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable, may
from app.web.pages.add.choices import choices_of
from app.web.pages.fields import Said
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["StoryCorrectPage", "router"]

router = APIRouter()
Typed = Annotated[Said, Form(max_length=500)]


@dataclass(frozen=True, slots=True)
class StoryCorrectPage:
    """`title` stands in the form; `leaving`, `new_title`, `into` are what was chosen for a split or a merge."""

    shell: Shell
    view: StoryView
    title: str
    proposed: str | None  # made of what its articles share
    leaving: frozenset[int]
    new_title: str
    into: str
    stories: tuple[tuple[str, str], ...]
    corrected: tuple[CorrectionView, ...]
    error: ParallaxError | None


@router.get("/stories/{slug}/correct", response_class=HTMLResponse)
def correct(request: Request, store: StoreOf, slug: str) -> HTMLResponse:
    return _shown(request, store, slug)


@router.post("/stories/{slug}/title", dependencies=[Writable])
def rename(
    request: Request, store: StoreOf, by: Reviewer, slug: str, title: Typed = "", proposed: Typed = ""
) -> Response:
    try:
        store.corrections.rename_story(slug, proposed or title, by=by)
    except (BadInput, Conflicting) as error:
        return _shown(request, store, slug, title=title, error=error)
    return _to(slug)


@router.post("/stories/{slug}/split", dependencies=[Writable])
def split(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    slug: str,
    title: Typed = "",
    articles: Annotated[list[int], Form(max_length=1000)] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    try:
        done = store.corrections.split_story(slug, [a for a in articles if 0 < a <= LARGEST_ID], title.strip(), by=by)
    except (BadInput, Conflicting) as error:
        return _shown(request, store, slug, leaving=articles, new_title=title, error=error)
    follow(store, done, hands)
    into = done.corrections[0].into if done.corrections else None
    return _to(into.slug if into else slug)


@router.post("/stories/{slug}/merge", dependencies=[Writable])
def merge(request: Request, store: StoreOf, hands: HandsOf, by: Reviewer, slug: str, story: Typed = "") -> Response:
    try:
        done = store.corrections.merge_stories(slug, story, by=by)
    except (BadInput, Conflicting, NotFound) as error:
        return _shown(request, store, slug, into=story, error=error)
    follow(store, done, hands)
    return _to(story)


@router.post("/stories/{slug}/delete", dependencies=[Writable])
def delete(store: StoreOf, hands: HandsOf, by: Reviewer, slug: str) -> RedirectResponse:
    done = store.corrections.delete_story(slug, by=by)
    follow(store, done, hands)
    at = f"#correction-{done.corrections[0].id}" if done.corrections else ""
    return RedirectResponse(f"/corrections{at}", status_code=303)


def _to(slug: str) -> RedirectResponse:
    return RedirectResponse(f"/stories/{quote(slug, safe='')}", status_code=303)


def _shown(
    request: Request,
    store: Store,
    slug: str,
    *,
    title: str | None = None,
    leaving: Collection[int] = (),
    new_title: str = "",
    into: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    view = store.rows.story(slug, limit=1)
    found: Sequence[CorrectionView] = store.corrections.corrections(
        story=slug, limit=100, every_word=may(request, Act.CORRECT)
    ).items
    page = StoryCorrectPage(
        shell=shell_of(request, "Correct this story", "stories", noindex=True),
        view=view,
        title=view.story.title if title is None else title,
        proposed=proposed_title(store, view.story.slug),
        leaving=frozenset(leaving),
        new_title=new_title,
        into=into,
        stories=tuple(s for s in choices_of(store).stories if s[0] != view.story.slug),
        corrected=tuple(found),
        error=error,
    )
    return render("pages/story_correct.html", page, status_code=error.status if error else 200)
