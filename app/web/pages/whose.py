"""The question before another person's word is undone: whose it is, and that both names are kept."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.errors import NotYours
from app.web.pages.fields import back_to
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["WhosePage", "whose_page"]


@dataclass(frozen=True, slots=True)
class WhosePage:
    shell: Shell
    say: str
    owner: str
    action: str  # where the form goes that undoes it
    do: str
    back: str


def whose_page(request: Request, error: NotYours, action: str, do: str, back: str) -> HTMLResponse:
    page = WhosePage(
        shell=shell_of(request, "Undo what another person said?", "conflicts", noindex=True),
        say=error.what[:1].upper() + error.what[1:],
        owner=error.owner,
        action=action,
        do=do,
        back=back_to(back, "/conflicts"),
    )
    return render("pages/whose.html", page, status_code=error.status)
