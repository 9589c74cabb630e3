"""`POST /articles`: the articles that the reader checked are kept, and their story's rows made anew."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.errors import BadInput
from app.pipeline import Hands
from app.store import Store
from app.web import adding
from app.web.dependencies import HandsOf, Reviewer, SettingsOf, StoreOf, Writable
from app.web.limits import FORM_LIMITS
from app.web.pages.add.drafts import copies_of, drafts_sent, reread
from app.web.pages.add.forms import value
from app.web.pages.add.preview import previewed

__all__ = ["router"]

router = APIRouter()


@router.post("/articles", dependencies=[Writable])
async def keep(request: Request, store: StoreOf, settings: SettingsOf, hands: HandsOf, by: Reviewer) -> Response:
    async with request.form(**FORM_LIMITS, max_part_size=settings.max_body_bytes) as form:
        return await run_in_threadpool(_keep, request, store, hands, by, form)


def _keep(request: Request, store: Store, hands: Hands, by: str, form: FormData) -> Response:
    """All that were ticked, or none and the form again with what is wrong beside it."""
    story, named = value(form, "story"), " ".join(value(form, "new-story").split())[:200]
    into = story or named
    drafts = drafts_sent(form)
    chosen = [d for d in drafts if d.keep]
    read = {d.number: d for d in reread(chosen, hands, into)}
    if not chosen or any(d.published.error or d.error for d in read.values()):
        nothing = () if chosen else (BadInput("No article was chosen.", where="form", mend="Tick at least one."),)
        rest = reread([d for d in drafts if not d.keep], hands, into)
        both = sorted([*read.values(), *rest], key=lambda d: d.number)
        return previewed(request, store, tuple(both), nothing, story, 422, new_story=named)
    copies = copies_of(chosen, request.app.state.copies, store.now)
    found = [r.reading for _, r in sorted(read.items()) if r.reading]
    summary = adding.keep(store, found, hands, by, copies=copies)
    if len(summary.articles) == 1 or len(summary.stories) != 1:
        what = next(k for k in ("new", "revised", "same") if summary.outcomes[k])
        return RedirectResponse(f"/articles/{summary.articles[0]}?kept={what}", status_code=303)
    return RedirectResponse(f"/stories/{next(iter(summary.stories))}?kept={len(summary.articles)}", status_code=303)
