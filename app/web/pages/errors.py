"""An error as a page of the same house: what happened, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from app.web.pages.templates import Shell, environment
from app.web.problems import ErrorPage

__all__ = ["ErrorContext", "error_page"]


@dataclass(frozen=True, slots=True)
class ErrorContext:
    shell: Shell
    problem: ErrorPage


def error_page(request: Request, page: ErrorPage) -> str:
    """The page's HTML. Asks nothing of the store, which may be what failed."""
    who = request.scope.get("state", {}).get("who")  # if it was found out before
    name = who.name if who is not None and who.way != "local" else ""
    shell = Shell(title=page.title, path=request.url.path, noindex=True, reviewer=name, doors=page.status == 401)
    return environment.get_template("pages/error.html").render(shell=shell, problem=page)
