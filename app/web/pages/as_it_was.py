"""`/articles/{id}/page`: the page that an article was read from, as it was fetched, in a frame that runs and loads nothing.

`.../page/frame` is what the frame shows, `.../page/source.gz` the bytes, `.../page.warc.gz` the same for web archives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.store.views import ArticleView, FetchedPage
from app.web.api.parameters import Id
from app.web.as_it_was import POLICY, shown_copy
from app.web.dependencies import StoreOf
from app.web.headers import FRAMES_OWN, OWN_POLICY
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render, with_query

__all__ = ["AsItWasPage", "router"]

router = APIRouter()
Version = Annotated[int | None, Query(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class AsItWasPage:
    shell: Shell
    view: ArticleView
    page: FetchedPage
    frame: str
    source: str
    warc: str


@router.get("/articles/{article_id}/page", response_class=HTMLResponse)
def as_it_was(request: Request, store: StoreOf, article_id: Id, revision: Version = None) -> HTMLResponse:
    copy = store.library.page_copy(article_id, revision=revision)
    view = store.library.article(article_id, revision=copy.revision)
    here, which = f"/articles/{article_id}/page", {"revision": copy.revision}
    setattr(request.state, FRAMES_OWN, True)
    page = AsItWasPage(
        shell=shell_of(request, f"{view.article.headline}: the page as it was", "articles", noindex=True),
        view=view,
        page=copy.page,
        frame=with_query(f"{here}/frame", which),
        source=with_query(f"{here}/source.gz", which),
        warc=with_query(f"{here}.warc.gz", which),
    )
    return render("pages/as_it_was.html", page)


@router.get("/articles/{article_id}/page/frame")
def frame(request: Request, store: StoreOf, article_id: Id, revision: Version = None) -> Response:
    """In the frame of our own page only, under a policy of its own."""
    text, media_type = shown_copy(store.library.page_copy(article_id, revision=revision))
    setattr(request.state, OWN_POLICY, POLICY)
    return Response(text.encode("utf-8", "replace"), media_type=media_type, headers={"X-DNS-Prefetch-Control": "off"})
