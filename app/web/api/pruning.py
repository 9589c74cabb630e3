"""What may go because it is old: first said, then deleted. `parallax prune` does the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from app.store.views import Prunable
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import Paged, SentBody

__all__ = ["DAYS", "LEAST_DAYS", "MOST_DAYS", "MOST_VERSIONS", "VERSIONS", "router"]

router = APIRouter(tags=["health"])

LEAST_DAYS, MOST_DAYS, MOST_VERSIONS = 30, 36_500, 1000
DAYS, VERSIONS = 365, 3
"""What is meant where nothing else is said."""
_ABOUT_DAYS = "Only what is older than so many days."
_ABOUT_VERSIONS = "Versions of each article that stay, the newest."


class Pruning(SentBody):
    """Both are to be said: what is deleted does not come back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"older_than": 365, "versions": 3}]})

    older_than: int = Field(ge=LEAST_DAYS, le=MOST_DAYS, description=_ABOUT_DAYS)
    versions: int = Field(ge=1, le=MOST_VERSIONS, description=_ABOUT_VERSIONS)


@router.get("/prunings", summary="What would be deleted because it is old")
def prunable(
    store: StoreOf,
    older_than: Annotated[int, Query(ge=LEAST_DAYS, le=MOST_DAYS, description=_ABOUT_DAYS)] = DAYS,
    versions: Annotated[int, Query(ge=1, le=MOST_VERSIONS, description=_ABOUT_VERSIONS)] = VERSIONS,
) -> Paged[Prunable]:
    """Each kind, how many, and about how many bytes. Nothing that a person said is among them, nor the audit log."""
    found = store.checks.prunable(store.now() - timedelta(days=older_than), versions)
    return Paged(items=found, total=len(found))


@router.post("/prunings", summary="Delete what is old", dependencies=[Writable])
def prune(store: StoreOf, by: Reviewer, body: Pruning) -> Paged[Prunable]:
    """What was deleted, each kind with a line in the audit log. `parallax vacuum` then gives the room back to the disk."""
    gone = store.checks.prune(store.now() - timedelta(days=body.older_than), body.versions, by=by)
    return Paged(items=gone, total=len(gone))
