"""Whether the server is alive (`/healthz`) and whether it can serve (`/readyz`): for supervisors and containers."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from app import rereading
from app.errors import BadInput, Damaged, DiskFailing
from app.roles import Act
from app.store import check_ready
from app.web.dependencies import HandsOf, SettingsOf, StoreOf, may
from app.web.security import takes_writes

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str = "ok"


class Readiness(Health):
    """`writing`: "ready", "off" where nobody may write, else what keeps it from being written."""

    writing: str = "ready"
    outdated: int | None = Field(
        default=None,
        description="Stories whose rows another version made: `parallax reread` compares them again. None: it cannot be told.",
    )
    waiting: tuple[str, ...] = Field(default=(), description="Slugs of stories that are not compared yet.")


@router.get("/healthz", summary="The process answers")
def healthz() -> Health:
    """Says nothing of the database: a supervisor that restarts on failure must not do so for want of an upgrade."""
    return Health()


@router.get(
    "/readyz", summary="The database can be read, and written where writing is allowed, and has this version's schema"
)
def readyz(request: Request, store: StoreOf, settings: SettingsOf, hands: HandsOf) -> Readiness:
    """503 with the reason (`parallax db upgrade` was not run, the file is newer, damaged or can only be read; the program that reads
    articles does not start); 507: disk full. `part` names which part of the server it is: `database`, `disk` or `reading`.

    A server that nobody may write to is ready though its disk is full. Stories that wait to be compared are named, those that
    another version compared are counted.
    """
    check_ready(store.place)
    store.library.outlets()
    taken = takes_writes(settings, request.app.state.bound, people=store.people.has_people())
    trouble = store.ailing() or (hands.ailing() if taken else None)
    if trouble is not None and (taken or isinstance(trouble, (Damaged, DiskFailing))):
        raise trouble
    outdated = None
    with suppress(BadInput):  # weights of the user's own that do not fit: whoever compares is told
        outdated = len(rereading.outdated_stories(store))
    writing = "ready" if taken else "off"
    waiting = store.articles.stale_stories() if may(request, Act.READ) else ()  # slugs are for whoever may read
    return Readiness(status="ready", writing=writing, outdated=outdated, waiting=waiting)
