"""`/articles/new`: an article is pasted, chosen as a file or named by its address; what was understood is shown and
corrected; only then is anything kept. Two plain forms: `POST /articles/preview` reads, `POST /articles` keeps.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from app import pipeline, sources
from app.core.records import Hints, Meta, Page, PageKind, PublishedFrom, Reading
from app.errors import BadInput, FetchFailed
from app.settings import Settings
from app.store import Store
from app.web import adding
from app.web.dependencies import SettingsOf, StoreOf, Writable
from app.web.limits import FORM_LIMITS
from app.web.pages.fields import DateField, date_field
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["AddPage", "Draft", "PreviewPage", "Typed", "router"]

router = APIRouter()
Unread = BadInput | FetchFailed


@dataclass(frozen=True, slots=True)
class Typed:
    """The first form as it was typed."""

    text: str = ""
    url: str = ""
    headline: str = ""
    outlet: str = ""
    published: DateField = field(default_factory=lambda: DateField("published"))
    story: str = ""


@dataclass(frozen=True, slots=True)
class AddPage:
    shell: Shell
    typed: Typed
    error: Unread | None
    stories: tuple[tuple[str, str], ...]  # slug, title
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as it was understood, to be corrected. `reading` is None when a correction could not be read."""

    number: int
    text: str
    headline: str
    outlet: str
    published: DateField
    published_from: PublishedFrom | None
    url: str
    bylines: str
    keep: bool
    excerpt: bool
    reading: Reading | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PreviewPage:
    shell: Shell
    drafts: tuple[Draft, ...]
    unread: tuple[Unread, ...]
    story: str
    stories: tuple[tuple[str, str], ...]
    outlets: tuple[str, ...]


@router.get("/articles/new", response_class=HTMLResponse)
def new_article(request: Request, store: StoreOf, story: str = "", url: str = "") -> HTMLResponse:
    return _form(request, store, Typed(story=story[:200], url=url[:2000]), None)


@router.post("/articles/preview", response_class=HTMLResponse, dependencies=[Writable])
async def preview(request: Request, store: StoreOf, settings: SettingsOf) -> Response:
    async with request.form(**FORM_LIMITS, max_part_size=settings.max_body_bytes) as form:
        upload = form.get("file")
        content = await upload.read() if isinstance(upload, UploadFile) and upload.filename else None
        name = upload.filename or "" if isinstance(upload, UploadFile) else ""
    return await run_in_threadpool(_preview, request, store, settings, form, name, content)


@router.post("/articles", dependencies=[Writable])
async def keep(request: Request, store: StoreOf, settings: SettingsOf) -> Response:
    async with request.form(**FORM_LIMITS, max_part_size=settings.max_body_bytes) as form:
        return await run_in_threadpool(_keep, request, store, form)


# --- first form: read ------------------------------------------------------------------------------------------------


def _preview(
    request: Request, store: Store, settings: Settings, form: FormData, name: str, content: bytes | None
) -> Response:
    if _value(form, "again"):  # corrections on the second page, to be read anew
        drafts = _reread(_drafts_of(form))
        return _shown(request, store, drafts, (), _value(form, "story"))
    typed = Typed(
        text=_text(form, "text"),
        url=_value(form, "url"),
        headline=_value(form, "headline"),
        outlet=_value(form, "outlet"),
        published=date_field("published", _value(form, "published")),
        story=_value(form, "story"),
    )
    if typed.published.error:
        return _form(request, store, typed, None, 422)
    try:
        pages = _pages(typed, settings, name, content)
        readings, unread = _read(pages)
    except (BadInput, FetchFailed) as error:
        return _form(request, store, typed, error, error.status)
    drafts = tuple(_draft(i, r) for i, r in enumerate(readings))
    return _shown(request, store, drafts, unread, typed.story)


def _pages(typed: Typed, settings: Settings, name: str, content: bytes | None) -> Sequence[Page | Unread]:
    """What the form gives: the file if one was chosen, else the pasted text, else the address."""
    hints = Hints(
        outlet=typed.outlet or None,
        published=typed.published.value,
        published_from=PublishedFrom.OPTION if typed.published.value else None,
        url=typed.url or None,
        headline=typed.headline or None,
    )
    if content is not None:
        return _file(name, content, hints, settings)
    if typed.text.strip():
        return [pipeline.paste(typed.text, hints)]
    if typed.url:
        return [sources.fetch(typed.url, settings, hints)]
    raise BadInput(
        "There is nothing to read yet.", where="form", mend="Paste a text, choose a file, or give an address."
    )


def _file(name: str, content: bytes, hints: Hints, settings: Settings) -> Sequence[Page | Unread]:
    """A chosen file goes the way of an imported one, so that every kind that can be imported can be chosen."""
    plain = PurePosixPath(name.replace("\\", "/")).name[-100:] or "file.txt"
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        path = Path(folder) / f"upload{PurePosixPath(plain).suffix.lower()[:10]}"
        path.write_bytes(content)
        found = list(sources.read_targets([str(path)], hints, None, settings))
    for page in found:
        if not isinstance(page, Page):
            page.where = plain
    return [replace(p, origin=plain) if isinstance(p, Page) else p for p in found]


def _read(pages: Sequence[Page | Unread]) -> tuple[list[Reading], tuple[Unread, ...]]:
    """Every article of the pages. Raises the first error when none could be read."""
    readings: list[Reading] = []
    unread: list[Unread] = []
    for page in pages:
        if not isinstance(page, Page):
            unread.append(page)
            continue
        try:
            for found in adding.read(page):
                if isinstance(found, Reading):
                    readings.append(found)
                else:
                    unread.append(found)
        except (BadInput, FetchFailed) as error:
            unread.append(error)
    if not readings:
        raise unread[0] if unread else BadInput("No article was found in it.", where="form")
    return readings, tuple(unread)


def _draft(number: int, reading: Reading) -> Draft:
    article = reading.article
    published = article.published.isoformat() if article.published else ""
    return Draft(
        number=number,
        text=article.text,
        headline=article.headline or "",
        outlet=article.outlet or "",
        published=date_field(f"published-{number}", published),
        published_from=article.published_from,
        url=article.url or "",
        bylines="; ".join(article.bylines),
        keep=True,
        excerpt=article.excerpt,
        reading=reading,
    )


# --- second form: correct and keep -----------------------------------------------------------------------------------


def _drafts_of(form: FormData) -> tuple[Draft, ...]:
    """The drafts as the reader corrected them. A date that was changed is the reader's, whatever it was before."""
    drafts = []
    for number in sorted({int(n) for n in map(str, form.getlist("draft")) if n.isdecimal() and len(n) < 4}):
        published = date_field(f"published-{number}", _value(form, f"published-{number}"))
        was = _value(form, f"was-published-{number}")
        kept_from = _value(form, f"published-from-{number}")
        provenance = PublishedFrom(kept_from) if kept_from in set(PublishedFrom) else None
        if published.value and (published.raw != was or provenance is None):
            provenance = PublishedFrom.OPTION
        if published.value and published.value > datetime.now(UTC).date():
            published = replace(published, value=None, error=WORDS.future_date)
        elif published.value and published.value < date(1900, 1, 1):
            published = replace(published, value=None, error=WORDS.early_date)
        drafts.append(
            Draft(
                number=number,
                text=_text(form, f"text-{number}"),
                headline=_value(form, f"headline-{number}"),
                outlet=_value(form, f"outlet-{number}"),
                published=published,
                published_from=provenance if published.value else None,
                url=_value(form, f"url-{number}"),
                bylines=_value(form, f"bylines-{number}"),
                keep=bool(_value(form, f"keep-{number}")),
                excerpt=bool(_value(form, f"excerpt-{number}")),
                reading=None,
            )
        )
    return tuple(drafts)


def _page_of(draft: Draft, story: str) -> Page:
    """The corrected article as a page whose text is a body already: nothing is cleaned or guessed again."""
    hints = Hints(
        outlet=draft.outlet or None,
        published=draft.published.value,
        published_from=draft.published_from,
        url=draft.url or None,
        headline=draft.headline or None,
        story=story or None,
    )
    meta = Meta(bylines=tuple(b.strip() for b in draft.bylines.split(";") if b.strip()))
    return replace(
        sources.page_from_text(draft.text, hints, origin="added by hand", kind=PageKind.BODY),
        meta=meta,
    )


def _reread(drafts: Sequence[Draft], story: str = "") -> tuple[Draft, ...]:
    """The drafts with what is read of them now; what cannot be read says why."""
    done = []
    for draft in drafts:
        try:
            found = adding.read(_page_of(draft, story))
            done.append(replace(draft, reading=next(r for r in found if isinstance(r, Reading))))
        except (BadInput, FetchFailed) as error:
            done.append(replace(draft, error=str(error)))
    return tuple(done)


def _keep(request: Request, store: Store, form: FormData) -> Response:
    story = _value(form, "story")
    drafts = _drafts_of(form)
    chosen = [d for d in drafts if d.keep]
    read = {d.number: d for d in _reread(chosen, story)}
    if not chosen or any(d.published.error or d.error for d in read.values()):
        nothing = () if chosen else (BadInput("No article was chosen.", where="form", mend="Tick at least one."),)
        rest = _reread([d for d in drafts if not d.keep], story)
        shown = sorted([*read.values(), *rest], key=lambda d: d.number)
        return _shown(request, store, tuple(shown), nothing, story, 422)
    summary = adding.keep(store, [r.reading for _, r in sorted(read.items()) if r.reading])
    if len(summary.articles) == 1 or len(summary.stories) != 1:
        return RedirectResponse(f"/articles/{summary.articles[0]}", status_code=303)
    return RedirectResponse(f"/stories/{next(iter(summary.stories))}", status_code=303)


# --- both ------------------------------------------------------------------------------------------------------------


def _value(form: FormData, name: str) -> str:
    found = form.get(name)
    return found.strip()[:2000] if isinstance(found, str) else ""


def _text(form: FormData, name: str) -> str:
    """A text field in full. Browsers send every line break as CR LF; the text had plain ones."""
    found = form.get(name)
    return found.replace("\r\n", "\n").replace("\r", "\n") if isinstance(found, str) else ""


def _form(request: Request, store: Store, typed: Typed, error: Unread | None, status: int = 200) -> HTMLResponse:
    page = AddPage(shell_of(request, "Add an article"), typed, error, _stories(store), _outlets(store))
    return render("pages/add.html", page, status_code=status)


def _shown(
    request: Request,
    store: Store,
    drafts: tuple[Draft, ...],
    unread: tuple[Unread, ...],
    story: str,
    status: int = 200,
) -> HTMLResponse:
    page = PreviewPage(
        shell=shell_of(request, "Check before it is kept"),
        drafts=drafts,
        unread=unread,
        story=story,
        stories=_stories(store),
        outlets=_outlets(store),
    )
    return render("pages/preview.html", page, status_code=status)


def _stories(store: Store) -> tuple[tuple[str, str], ...]:
    return tuple((c.story.slug, c.story.title) for c in store.stories(limit=100).items)


def _outlets(store: Store) -> tuple[str, ...]:
    return tuple(o.name for o in store.outlets())
