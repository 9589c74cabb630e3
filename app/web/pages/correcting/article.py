"""`/articles/{id}/correct`: what was read of an article is corrected, or it is moved, read again, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app import rereading
from app.correcting import FIELDS, follow, typed_changes
from app.errors import BadInput, Conflicting, NotFound, ParallaxError
from app.roles import Act
from app.store import Store
from app.store.views import ArticleView, CorrectionView
from app.web.api.parameters import Id
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable, may
from app.web.pages.add.choices import choices_of
from app.web.pages.fields import Said
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ArticleCorrectPage", "router"]

router = APIRouter()
Typed = Annotated[Said, Form(max_length=2000)]
Given = Annotated[str | None, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class ArticleCorrectPage:
    """`typed`: by field what stands in the form; `into` and `new_title` what was chosen for a move."""

    shell: Shell
    view: ArticleView
    typed: Mapping[str, str]
    fields: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]  # slug, title: where it may move to
    into: str
    new_title: str
    corrected: tuple[CorrectionView, ...]
    error: ParallaxError | None


@router.get("/articles/{article_id}/correct", response_class=HTMLResponse)
def correct(
    request: Request,
    store: StoreOf,
    article_id: Id,
    headline: Given = None,
    outlet: Given = None,
    published: Given = None,
    bylines: Given = None,
    url: Given = None,
) -> HTMLResponse:
    """Filled in with what the address says, where another reading of the article says otherwise; nothing is changed yet."""
    given = {"headline": headline, "outlet": outlet, "bylines": bylines, "published": published, "url": url}
    typed = _fields(store.library.article(article_id)) | {k: v for k, v in given.items() if v is not None}
    return _shown(request, store, article_id, typed=typed)


@router.post("/articles/{article_id}/correct", dependencies=[Writable])
def keep(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    article_id: Id,
    headline: Typed = "",
    outlet: Typed = "",
    published: Typed = "",
    bylines: Typed = "",
    url: Typed = "",
) -> Response:
    """Only what differs is kept as a correction; a field that cannot be comes back with the reason."""
    typed = {"headline": headline, "outlet": outlet, "bylines": bylines, "published": published, "url": url}
    now = _fields(store.library.article(article_id))
    try:
        changes = typed_changes({k: v for k, v in typed.items() if v.strip() != now[k]})
        follow(store, store.corrections.correct_article(article_id, changes, by=by), hands)
    except (BadInput, Conflicting) as error:
        return _shown(request, store, article_id, typed=typed, error=error)
    return RedirectResponse(f"/articles/{article_id}", status_code=303)


@router.post("/articles/{article_id}/move", dependencies=[Writable])
def move(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    article_id: Id,
    story: Typed = "",
    title: Typed = "",
) -> Response:
    try:
        done = store.corrections.move_article(
            article_id, story=story.strip() or None, title=title.strip() or None, by=by
        )
    except (BadInput, Conflicting, NotFound) as error:
        return _shown(request, store, article_id, into=story, new_title=title, error=error)
    follow(store, done, hands)
    return RedirectResponse(f"/articles/{article_id}", status_code=303)


@router.post("/articles/{article_id}/reread", dependencies=[Writable])
def read_again(store: StoreOf, hands: HandsOf, article_id: Id) -> RedirectResponse:
    store.library.article(article_id)
    done = rereading.reread(store, [article_id], hands=hands)
    if done.failed:
        raise done.failed[0]
    return RedirectResponse(f"/articles/{article_id}", status_code=303)


@router.post("/articles/{article_id}/delete", dependencies=[Writable])
def delete(store: StoreOf, hands: HandsOf, by: Reviewer, article_id: Id) -> RedirectResponse:
    done = store.corrections.delete_article(article_id, by=by)
    follow(store, done, hands)
    at = f"#correction-{done.corrections[0].id}" if done.corrections else ""
    return RedirectResponse(f"/corrections{at}", status_code=303)


def _fields(view: ArticleView) -> dict[str, str]:
    article = view.article
    return {
        "headline": article.headline,
        "outlet": article.outlet.name,
        "bylines": "; ".join(view.bylines),
        "published": article.published.isoformat() if article.published else "",
        "url": article.url or "",
    }


def _shown(
    request: Request,
    store: Store,
    article_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    into: str = "",
    new_title: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    view = store.library.article(article_id)
    page = ArticleCorrectPage(
        shell=shell_of(request, "Correct this article", "articles", noindex=True),
        view=view,
        typed=typed or _fields(view),
        fields=FIELDS,
        stories=tuple(s for s in choices_of(store).stories if s[0] != view.article.story_slug),
        into=into,
        new_title=new_title,
        corrected=tuple(
            store.corrections.corrections(article=article_id, limit=100, every_word=may(request, Act.CORRECT)).items
        ),
        error=error,
    )
    return render("pages/article_correct.html", page, status_code=error.status if error else 200)
