"""The address of this Parallax, for what leaves it (exports, feeds, citations, canonical links) and for its own pages."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request

from app.settings import Settings

__all__ = ["asked_under", "canonical_of", "site_of"]

_BY_QUERY = ("/search", "/articles/new")
"""Pages that are what their query says: their path alone is another page."""


def site_of(request: Request) -> str:
    """`https://parallax.example`, without a slash at the end: `PARALLAX_PUBLIC_URL`, else the address asked under."""
    settings: Settings = request.app.state.settings
    return settings.public_url or asked_under(request)


def asked_under(request: Request) -> str:
    """The address that this very request came to. The doors have let its host name in."""
    return str(request.base_url).rstrip("/")


def canonical_of(request: Request, path: str = "") -> str:
    """A page's one public address, its filters left out; "" where no public address is set, or the query is the page.
    `path`: where the page stands when that is not where it was asked for.
    """
    settings: Settings = request.app.state.settings
    path = path or request.scope["path"]
    if not settings.public_url or path in _BY_QUERY:
        return ""
    return settings.public_url + quote(path, safe="/:@!$&'()*+,;=~")
