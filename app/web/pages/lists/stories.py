"""`/stories`: all stories, by words of their titles, outlet, verdict, size; in several orders."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import Status
from app.store.read.listing import SIZES, ListWanted
from app.store.views import StoryList
from app.web.dependencies import StoreOf
from app.web.pages.fields import choice_of
from app.web.pages.links import Pages, pages_of
from app.web.pages.lists.form import Chip, FindForm, Key, Words, chips, find_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["StoriesPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StoriesPage:
    shell: Shell
    view: StoryList
    form: FindForm
    outlet: str
    size: str
    relation: str
    chips: tuple[Chip, ...]
    links: Pages


@router.get("/stories", response_class=HTMLResponse)
def stories(
    request: Request,
    store: StoreOf,
    q: Words = "",
    outlet: Key = "",
    relation: str = "",
    size: str = "",
    order: str = "",
    cursor: str | None = None,
) -> HTMLResponse:
    relation, size = choice_of(relation, [s.value for s in Status], ""), choice_of(size, SIZES, "")
    form = find_form("stories", q, order, outlet, relation, size)
    wanted = ListWanted(form.q, form.order, outlet or None, relation=relation or None, size=size or None)
    view = store.library.story_list(wanted, cursor=cursor)
    page = StoriesPage(
        shell=shell_of(request, "Stories", "stories"),
        view=view,
        form=form,
        outlet=outlet,
        size=size,
        relation=relation,
        chips=chips(
            request, "relation", relation, {s: WORDS.status[s] for s in WORDS.compared}, view.counts, view.every
        ),
        links=pages_of(request, view.stories),
    )
    return render("pages/stories.html", page)
