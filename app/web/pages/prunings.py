"""`/prunings`, for admins: what may go because it is old, how much that is, and a button that deletes it for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse

from app.errors import BadInput
from app.logs import get_log
from app.store import Store
from app.store.views import Prunable
from app.web.api.pruning import DAYS, LEAST_DAYS, MOST_DAYS, MOST_VERSIONS, VERSIONS
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["PruningsPage", "router"]

router = APIRouter()
log = get_log("parallax.pruning")


@dataclass(frozen=True, slots=True)
class PruningsPage:
    """`kinds`: what would go now; `gone`: what was deleted just now, where that was asked for."""

    shell: Shell
    kinds: tuple[Prunable, ...]
    gone: tuple[Prunable, ...] | None
    older_than: int
    versions: int
    least: int
    most: int
    most_versions: int
    error: str
    mend: str


@router.get("/prunings", response_class=HTMLResponse)
def prunings(
    request: Request,
    store: StoreOf,
    older_than: Annotated[int, Query(ge=LEAST_DAYS, le=MOST_DAYS)] = DAYS,
    versions: Annotated[int, Query(ge=1, le=MOST_VERSIONS)] = VERSIONS,
) -> HTMLResponse:
    return _page(request, store, older_than, versions)


@router.post("/prunings", response_class=HTMLResponse, dependencies=[Writable])
def prune_old(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    older_than: Annotated[int, Form(ge=LEAST_DAYS, le=MOST_DAYS)],
    versions: Annotated[int, Form(ge=1, le=MOST_VERSIONS)],
    sure: Annotated[str, Form(max_length=10)] = "",
) -> HTMLResponse:
    """There is no way back, so the form has a box to tick. Sent again it deletes what has grown old meanwhile: nothing."""
    if not sure:
        error = BadInput("nothing was deleted.", mend="Tick “for good” first: there is no way back.")
        return _page(request, store, older_than, versions, error=error)
    gone = store.checks.prune(store.now() - timedelta(days=older_than), versions, by=by)
    log.info("pruned", by=by, **{kind.name: kind.many for kind in gone})
    return _page(request, store, older_than, versions, gone=gone)


def _page(
    request: Request,
    store: Store,
    older_than: int,
    versions: int,
    *,
    gone: tuple[Prunable, ...] | None = None,
    error: BadInput | None = None,
) -> HTMLResponse:
    page = PruningsPage(
        shell=shell_of(request, "What may go", "prunings", noindex=True),
        kinds=store.checks.prunable(store.now() - timedelta(days=older_than), versions),
        gone=gone,
        older_than=older_than,
        versions=versions,
        least=LEAST_DAYS,
        most=MOST_DAYS,
        most_versions=MOST_VERSIONS,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    return render("pages/prunings.html", page, status_code=error.status if error else 200)
