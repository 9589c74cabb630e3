"""Addresses made from the one that was asked for: other pages of a list, other filters. The URL is the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Query, Request

from app.store.views import Slice

__all__ = ["From", "Pages", "Part", "changed", "pages_of", "shown_part"]

T = TypeVar("T")
From = Annotated[int, Query(ge=0, le=1_000_000)]
"""Where a long part of a page begins, counted in its items."""


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


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of a list that stands whole in the page's view, with the addresses of those before and after."""

    items: tuple[T, ...]
    total: int
    next: str | None = None
    previous: str | None = None


def shown_part(request: Request, items: Sequence[T], name: str, start: int, size: int, place: str) -> Part[T]:
    """`name`: the parameter that says where it begins; `place`: where on the page it stands ("#missing-title")."""
    start = min(start, max(0, len(items) - 1)) // size * size
    following = changed(request, {name: str(start + size)}) + place if start + size < len(items) else None
    before = changed(request, {name: str(start - size) if start > size else None}) + place if start else None
    return Part(tuple(items[start : start + size]), len(items), following, before)
