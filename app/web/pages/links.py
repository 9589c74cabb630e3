"""Addresses made from the one that was asked for: other pages of a list, other filters. The URL is the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from app.store.views import Slice

__all__ = ["Pages", "changed", "pages_of"]


@dataclass(frozen=True, slots=True)
class Pages:
    next: str | None = None
    previous: str | None = None


def changed(request: Request, change: Mapping[str, str | None]) -> str:
    """The request's address with some parameters changed (None: left out), the others kept.

    Empty ones are dropped, and a new filter starts again at the first page.
    """
    kept = [(k, v) for k, v in parse_qsl(request.url.query) if k not in change and k != "cursor" and v]
    kept += [(k, v) for k, v in change.items() if v]
    return request.url.path + (f"?{urlencode(kept)}" if kept else "")


def pages_of(request: Request, found: Slice[Any], part: str = "") -> Pages:
    """`part`: where on the page the list stands ("#pairs"), when it is not what the page is about."""
    return Pages(
        next=changed(request, {"cursor": found.next}) + part if found.next else None,
        previous=changed(request, {"cursor": found.previous}) + part if found.previous else None,
    )
