"""The frame's values for one request: the address forms come back to, who asks, and which forms are shown."""

from __future__ import annotations

from fastapi import Request

from app.roles import Act
from app.web.dependencies import may, may_see_audit
from app.web.doors import accounts, who_of, why_not
from app.web.pages.templates import Shell
from app.web.site import canonical_of
from app.web.words import WORDS

__all__ = ["shell_of"]


def shell_of(request: Request, title: str, section: str = "", *, noindex: bool = False) -> Shell:
    query = request.url.query
    path = request.url.path + (f"?{query}" if query else "")
    who = who_of(request)
    refused = why_not(request, Act.REVIEW)
    people = accounts(request)
    return Shell(
        title=title,
        path=path,
        section=section,
        writable=refused is None,
        adding=may(request, Act.ADD),
        marking=may(request, Act.MARK),
        correcting=may(request, Act.CORRECT),
        reviewer=who.name if who else "",
        local=who is not None and who.way == "local",
        admin=who is not None and who.way != "local" and who.may(Act.ADMIN),
        doors=people,
        closed=_closed(request, people=people) if refused else "",
        noindex=noindex,
        canonical="" if noindex else canonical_of(request),
        connects=may(request, Act.CONNECT),
        sees_audit=may_see_audit(request),
        odd=getattr(request.state, "odd", ()),
    )


def _closed(request: Request, *, people: bool) -> str:
    """Why whoever asks sees no forms, in one sentence."""
    who = who_of(request)
    if not request.app.state.settings.writable:
        return WORDS.read_only
    if not people:
        return WORDS.no_reviewer
    return WORDS.sign_in_to_write if who is None else WORDS.role_too_small.format(who=who.name, role=who.role.value)
