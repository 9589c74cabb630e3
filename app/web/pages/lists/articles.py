"""`/articles`: all articles, by words of their headlines, outlet, story, day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.store.read.listing import ListWanted
from app.store.views import ArticleList
from app.web.dependencies import StoreOf
from app.web.pages.fields import DateField, day_range
from app.web.pages.links import Pages, pages_of
from app.web.pages.lists.form import FindForm, Key, Words, find_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ArticlesPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    shell: Shell
    view: ArticleList
    form: FindForm
    outlet: str
    story: str
    since: DateField
    until: DateField
    links: Pages


@router.get("/articles", response_class=HTMLResponse)
def articles(
    request: Request,
    store: StoreOf,
    q: Words = "",
    outlet: Key = "",
    story: Key = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
    order: str = "",
    cursor: str | None = None,
) -> HTMLResponse:
    a, b = day_range(since, until)
    form = find_form("articles", q, order, outlet, story, a.raw, b.raw)
    wanted = ListWanted(form.q, form.order, outlet or None, story or None, since=a.value, until=b.value)
    view = store.library.article_list(wanted, cursor=cursor)
    page = ArticlesPage(
        shell=shell_of(request, "Articles", "articles"),
        view=view,
        form=form,
        outlet=outlet,
        story=story,
        since=a,
        until=b,
        links=pages_of(request, view.articles),
    )
    return render("pages/articles.html", page, status_code=422 if a.error or b.error else 200)
