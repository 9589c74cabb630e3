"""The pages. One module a page: its routes, and beside them the dataclass that says what its template sees.

`router` is what the app includes; `error_page` draws an error as a page of the same house.
"""

from __future__ import annotations

from fastapi import APIRouter

from app.web.pages.templates import environment, render, templates

__all__ = ["environment", "render", "router", "templates"]

router = APIRouter(include_in_schema=False)
