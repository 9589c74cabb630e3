"""`/claims/{id}/correct`: who states a claim, when it happened, which words it is; or that it is no claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.correcting import claim_changes_of, follow
from app.errors import BadInput, Conflicting, ParallaxError
from app.store import Store
from app.store.views import ClaimView, CorrectedView
from app.web.api.parameters import Id
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable
from app.web.pages.fields import Said
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ClaimCorrectPage", "router"]

router = APIRouter()
Typed = Annotated[Said, Form(max_length=5000)]


@dataclass(frozen=True, slots=True)
class ClaimCorrectPage:
    shell: Shell
    claim: ClaimView
    typed: Mapping[str, str]  # by field what stands in the form
    fields: tuple[str, ...]
    speakers: tuple[str, ...]  # keys of those who are known to speak here
    error: ParallaxError | None


@router.get("/claims/{claim_id}/correct", response_class=HTMLResponse)
def correct(request: Request, store: StoreOf, claim_id: Id) -> HTMLResponse:
    return _shown(request, store, claim_id)


@router.post("/claims/{claim_id}/correct", dependencies=[Writable])
def keep(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    claim_id: Id,
    speaker: Typed = "",
    kind: Typed = "",
    date: Typed = "",
    words: Typed = "",
) -> Response:
    """Only what differs is kept as a correction."""
    typed = {"speaker": speaker, "date": date, "words": words.replace("\r\n", "\n")}
    claim = store.library.claim(claim_id)
    now = _fields(claim)
    try:
        changes = claim_changes_of({k: v for k, v in typed.items() if v.strip() != now[k].strip()} | {"kind": kind})
        done = store.corrections.correct_claim(claim_id, changes, by=by)
    except (BadInput, Conflicting) as error:
        return _shown(request, store, claim_id, typed=typed | {"kind": kind}, error=error)
    return _back(store, done, hands, claim)


@router.post("/claims/{claim_id}/aside", dependencies=[Writable])
def set_aside(store: StoreOf, hands: HandsOf, by: Reviewer, claim_id: Id) -> Response:
    return _back(
        store, store.corrections.correct_claim(claim_id, {"aside": True}, by=by), hands, store.library.claim(claim_id)
    )


def _back(store: Store, done: CorrectedView, hands: HandsOf, claim: ClaimView) -> RedirectResponse:
    follow(store, done, hands)
    return RedirectResponse(f"/articles/{claim.article.id}#corrections", status_code=303)


def _fields(claim: ClaimView) -> dict[str, str]:
    speaker = claim.attributions[-1].speaker if claim.attributions else None
    return {
        "speaker": speaker.name if speaker else "",
        "date": min((d.value for d in claim.dates), key=lambda value: value.startswith("T"), default=""),
        "words": claim.text,
    }


def _shown(
    request: Request,
    store: Store,
    claim_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    error: ParallaxError | None = None,
) -> HTMLResponse:
    claim = store.library.claim(claim_id)
    view = store.library.article(claim.article.id)
    known = {
        actor.name
        for u in view.underlines
        for actor in (*u.claim.actors, *(a.speaker for a in u.claim.attributions if a.speaker))
    }
    page = ClaimCorrectPage(
        shell=shell_of(request, "Correct this claim", "articles", noindex=True),
        claim=claim,
        typed=typed or {**_fields(claim), "kind": ""},
        fields=("speaker", "date", "words"),
        speakers=tuple(sorted(known)),
        error=error,
    )
    return render("pages/claim_correct.html", page, status_code=error.status if error else 200)
