"""The pages. One module a page: its routes, and beside them the dataclass that says what its template sees.

`router` is what the app includes; `error_page` draws an error as a page of the same house. `patterns.router`, every
block in every state, is for development and included only when the settings ask for it.
"""

from __future__ import annotations

from fastapi import APIRouter

from app.web.pages import (
    actor,
    add,
    aliases,
    alignment,
    alike,
    article,
    as_it_was,
    audit,
    classroom,
    conflicts,
    correct,
    correcting,
    embed,
    examples,
    facing,
    front,
    lists,
    method,
    patterns,
    people,
    printed,
    prunings,
    review,
    saved,
    search,
    snapshot,
    sources,
    story,
    versions,
    webhooks,
    work,
)
from app.web.pages.errors import error_page
from app.web.pages.templates import environment, render, templates

__all__ = ["environment", "error_page", "render", "router", "templates"]

router = APIRouter(include_in_schema=False)
for page in (
    front,
    examples,
    lists,
    add,
    story,
    printed,
    alignment,
    article,
    facing,
    as_it_was,
    audit,
    search,
    actor,
    aliases,
    classroom,
    conflicts,
    correct,
    alike,
    correcting,
    embed,
    method,
    people,
    prunings,
    review,
    saved,
    snapshot,
    versions,
    sources,
    webhooks,
    work,
    patterns,
):
    router.include_router(page.router)
