"""Whether the server is alive (`/healthz`) and whether it can serve (`/readyz`): for supervisors and containers."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.store import check
from app.web.dependencies import StoreOf

__all__ = ["router"]

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str = "ok"


@router.get("/healthz", summary="The process answers")
def healthz() -> Health:
    """Says nothing of the database: a supervisor that restarts on failure must not do so for want of an upgrade."""
    return Health()


@router.get("/readyz", summary="The database is readable and has the schema this version needs")
def readyz(store: StoreOf) -> Health:
    """503 with the reason (`parallax db upgrade` was not run, the file is newer, it cannot be read)."""
    check(store.path)
    store.outlets()
    return Health(status="ready")
