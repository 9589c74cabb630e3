"""`POST /articles/preview`: an article is read and shown as it was understood, to be corrected. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from app.core.records import Page, Reading
from app.errors import BadInput, FetchFailed
from app.pipeline import Copies, Hands
from app.settings import Settings
from app.store import Store
from app.web import adding
from app.web.dependencies import HandsOf, SettingsOf, StoreOf, Writable
from app.web.limits import FORM_LIMITS
from app.web.pages.add.choices import Choices, choices_of
from app.web.pages.add.drafts import ArticleDraft, draft_of, drafts_sent, reread, with_what_is_held
from app.web.pages.add.forms import TypedArticle, typed_of, value
from app.web.pages.add.page import add_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.submitted import Given, submitted_pages
from app.web.uploads import Upload

__all__ = ["MOST_DRAFTS", "PreviewPage", "previewed", "router"]

router = APIRouter()
Unread = BadInput | FetchFailed
MOST_DRAFTS = 15
"""Articles of one page that are shown to be corrected: eleven fields each, and a form may hold 200."""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    shell: Shell
    drafts: tuple[ArticleDraft, ...]
    unread: tuple[Unread, ...]
    story: str
    new_story: str
    choices: Choices


@router.post("/articles/preview", response_class=HTMLResponse, dependencies=[Writable])
async def preview(request: Request, store: StoreOf, settings: SettingsOf, hands: HandsOf) -> Response:
    async with request.form(**FORM_LIMITS, max_part_size=settings.max_body_bytes) as form:
        sent = form.get("file")
        upload = None
        if isinstance(sent, UploadFile) and sent.filename:
            upload = Upload(sent.filename, await sent.read())
    return await run_in_threadpool(_preview, request, store, settings, hands, form, upload)


def _preview(
    request: Request, store: Store, settings: Settings, hands: Hands, form: FormData, upload: Upload | None
) -> Response:
    if value(form, "again"):  # corrections on the second page, to be read anew
        drafts = reread(drafts_sent(form), hands)
        return previewed(request, store, drafts, (), value(form, "story"), new_story=value(form, "new-story"))
    typed = typed_of(form)
    if typed.published.error:
        return add_form(request, store, typed, status=422)
    try:
        copies: Copies = request.app.state.copies
        readings, unread = _read(submitted_pages(_given(typed, upload), settings, hands, copies=copies), hands)
    except (BadInput, FetchFailed) as error:
        return add_form(request, store, typed, error, status=error.status)
    return previewed(request, store, tuple(draft_of(i, r, copies) for i, r in enumerate(readings)), unread, typed.story)


def _given(typed: TypedArticle, upload: Upload | None) -> Given:
    """What the form gives: the file if one was chosen, else the pasted text, else the address."""
    if upload is not None:
        return Given(typed.hints, upload=upload)
    if typed.text.strip():
        return Given(typed.hints, text=typed.text)
    if typed.url:
        return Given(typed.hints, url=typed.url)
    raise BadInput(
        "There is nothing to read yet.", where="form", mend="Paste a text, choose a file, or give an address."
    )


def _read(pages: Sequence[Page | Unread], hands: Hands) -> tuple[list[Reading], tuple[Unread, ...]]:
    """Every article of the pages. Raises the first error when none could be read."""
    readings: list[Reading] = []
    unread: list[Unread] = []
    for page in pages:
        if not isinstance(page, Page):
            unread.append(page)
            continue
        try:
            for found in adding.read([page], hands):
                if isinstance(found, Reading):
                    readings.append(found)
                else:
                    unread.append(found)
        except (BadInput, FetchFailed) as error:
            unread.append(error)
        if len(readings) > MOST_DRAFTS:
            raise BadInput(
                f"It holds more than {MOST_DRAFTS} articles, too many to correct one by one.",
                where="form",
                mend="Send it with “Add many at once” below.",
            )
    if not readings:
        raise unread[0] if unread else BadInput("No article was found in it.", where="form")
    return readings, tuple(unread)


def previewed(
    request: Request,
    store: Store,
    drafts: tuple[ArticleDraft, ...],
    unread: tuple[Unread, ...],
    story: str,
    status: int = 200,
    *,
    new_story: str = "",
) -> HTMLResponse:
    """The page to check and correct, with what could not be read above."""
    page = PreviewPage(
        shell=shell_of(request, "Check before it is kept"),
        drafts=with_what_is_held(store, drafts),
        unread=unread,
        story=story,
        new_story=new_story[:200],
        choices=choices_of(store),
    )
    return render("pages/preview.html", page, status_code=status)
