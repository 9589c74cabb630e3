"""`/articles/{id}`: the body as a reader wants it, its claims underlined, who else reports them in the margin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.store.views import ArticleView, Underline
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.pages.marking import Paragraph, body_paragraphs
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["ArticlePage", "article_page", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    shell: Shell
    view: ArticleView
    paragraphs: tuple[Paragraph, ...]
    headline_notes: tuple[Underline, ...]


@router.get("/articles/{article_id}", response_class=HTMLResponse)
def article(
    request: Request, store: StoreOf, article_id: Id, revision: Annotated[int | None, Query(ge=1)] = None
) -> HTMLResponse:
    return render("pages/article.html", article_page(request, store.article(article_id, revision=revision)))


def article_page(request: Request, view: ArticleView) -> ArticlePage:
    headline = view.article.headline or WORDS.untitled
    return ArticlePage(
        shell=shell_of(request, f"{headline} ({view.article.outlet.name})", "stories"),
        view=view,
        paragraphs=body_paragraphs(view.text, view.underlines),
        headline_notes=tuple(u for u in view.underlines if u.claim.where == "headline"),
    )
