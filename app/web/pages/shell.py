"""The frame's values for one request: the address forms come back to, and whether they are shown."""

from __future__ import annotations

from fastapi import Request

from app.web.dependencies import may_write, reviewer
from app.web.pages.templates import Shell
from app.web.site import canonical_of

__all__ = ["shell_of"]


def shell_of(request: Request, title: str, section: str = "", *, noindex: bool = False) -> Shell:
    query = request.url.query
    path = request.url.path + (f"?{query}" if query else "")
    return Shell(
        title=title,
        path=path,
        section=section,
        writable=may_write(request),
        reviewer=reviewer(request),
        noindex=noindex,
        canonical="" if noindex else canonical_of(request),
        odd=getattr(request.state, "odd", ()),
    )
