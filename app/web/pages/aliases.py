"""`/actors/{key}/names`: names that people add to an actor, and take back; the form stands on the actor's page too.

A name that cannot be added comes back in its field with the reason beside it, and, when it is another actor's, with a
button that says it is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, Conflicting, ParallaxError
from app.store.views import ActorRef, AliasView
from app.web import naming
from app.web.api.parameters import Id, Key
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable
from app.web.pages.fields import Said, back_to
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["NamesPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class NamesPage:
    shell: Shell
    actor: ActorRef
    known: tuple[str, ...]  # what articles call the actor
    added: tuple[AliasView, ...]
    typed: str = ""
    error: str = ""
    mend: str = ""
    other: bool = False  # the name is another actor's: it can be said to be meant


@router.get("/actors/{key}/names", response_class=HTMLResponse)
def names(request: Request, store: StoreOf, key: Key) -> HTMLResponse:
    return render("pages/aliases.html", _page(request, store, key))


@router.post("/actors/{key}/names", dependencies=[Writable])
def add_name(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    tasks: BackgroundTasks,
    by: Reviewer,
    key: Key,
    name: Annotated[Said, Form(max_length=1000)] = "",
    meant: Annotated[bool, Form()] = False,
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Back to the page by 303 when the name is added; the form with what is wrong when not."""
    try:
        naming.add_name(store, hands, tasks, key, name, by=by, meant=meant)
    except (BadInput, Conflicting) as error:
        return render("pages/aliases.html", _page(request, store, key, name, error), status_code=error.status)
    return RedirectResponse(back_to(back, f"/actors/{key}/names"), status_code=303)


@router.post("/aliases/{alias_id}", dependencies=[Writable])
def remove_name(
    store: StoreOf,
    hands: HandsOf,
    tasks: BackgroundTasks,
    by: Reviewer,
    alias_id: Id,
    back: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    removed = naming.remove_name(store, hands, tasks, alias_id, by=by).alias
    return RedirectResponse(back_to(back, f"/actors/{removed.actor.key}/names"), status_code=303)


def _page(request: Request, store: StoreOf, key: str, typed: str = "", error: ParallaxError | None = None) -> NamesPage:
    view = store.library.actor(key, limit=1)
    added = store.names.aliases(key)
    new = {a.text for a in added}
    return NamesPage(
        shell=shell_of(request, f"Names of {view.actor.name}", "search", noindex=True),
        actor=view.actor,
        known=tuple(a for a in view.aliases if a not in new),
        added=added,
        typed=typed[:200],
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
        other=isinstance(error, Conflicting) and "meant" in (error.mend or ""),
    )
