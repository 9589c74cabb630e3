"""The address this Parallax was asked under, for what leaves it: exports, feeds, citations."""

from __future__ import annotations

from fastapi import Request

__all__ = ["site_of"]


def site_of(request: Request) -> str:
    """`https://parallax.example`, without a slash at the end. The doors have let this host name in."""
    return str(request.base_url).rstrip("/")
