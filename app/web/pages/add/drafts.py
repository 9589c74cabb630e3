"""An article as it was understood, on its way to being kept: shown, corrected, read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from starlette.datastructures import FormData

from app import sources
from app.core.records import Hints, Meta, Page, PageKind, PublishedFrom, Reading
from app.errors import BadInput, FetchFailed
from app.pipeline import Copies, Hands
from app.store import Store
from app.store.views import HeldView
from app.web import adding
from app.web.pages.add.forms import long_text, value
from app.web.pages.fields import DateField, date_field
from app.web.words import WORDS

__all__ = ["ArticleDraft", "copies_of", "draft_of", "drafts_sent", "reread", "with_what_is_held"]


@dataclass(frozen=True, slots=True)
class ArticleDraft:
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
    fetched: str = ""  # the address that was asked for it, when its page was fetched a moment ago
    held: HeldView | None = None  # it is kept already


def draft_of(number: int, reading: Reading, copies: Copies) -> ArticleDraft:
    article = reading.article
    published = article.published.isoformat() if article.published else ""
    return ArticleDraft(
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
        fetched=article.origin if copies.at(article.origin) else "",
    )


def drafts_sent(form: FormData) -> tuple[ArticleDraft, ...]:
    """The drafts as the reader corrected them. A date that was changed is the reader's, whatever it was before."""
    drafts = []
    for number in sorted({int(n) for n in map(str, form.getlist("draft")) if n.isdecimal() and len(n) < 4}):
        published = date_field(f"published-{number}", value(form, f"published-{number}"))
        was = value(form, f"was-published-{number}")
        kept_from = value(form, f"published-from-{number}")
        provenance = PublishedFrom(kept_from) if kept_from in set(PublishedFrom) else None
        if published.value and (published.raw != was or provenance is None):
            provenance = PublishedFrom.OPTION
        if published.value and published.value > datetime.now(UTC).date():
            published = replace(published, value=None, error=WORDS.future_date)
        elif published.value and published.value < date(1900, 1, 1):
            published = replace(published, value=None, error=WORDS.early_date)
        drafts.append(
            ArticleDraft(
                number=number,
                text=long_text(form, f"text-{number}"),
                headline=value(form, f"headline-{number}"),
                outlet=value(form, f"outlet-{number}"),
                published=published,
                published_from=provenance if published.value else None,
                url=value(form, f"url-{number}"),
                bylines=value(form, f"bylines-{number}"),
                keep=bool(value(form, f"keep-{number}")),
                excerpt=bool(value(form, f"excerpt-{number}")),
                reading=None,
                fetched=value(form, f"fetched-{number}"),
            )
        )
    return tuple(drafts)


def copies_of(drafts: Sequence[ArticleDraft], lately: Copies, now: Callable[[], datetime]) -> Copies:
    """The pages that these were fetched as, by the address each is kept under."""
    found = Copies(now)
    for draft in drafts:
        copy = lately.at(draft.fetched) if draft.fetched else None
        if copy is not None and draft.url:
            found.put(draft.url, copy)
    return found


def with_what_is_held(store: Store, drafts: Sequence[ArticleDraft]) -> tuple[ArticleDraft, ...]:
    """The drafts, each with the article that is kept of it already, if one is."""
    read = [d for d in drafts if d.reading is not None]
    held = adding.held_already(store, [d.reading.article for d in read if d.reading is not None])
    of = {d.number: h for d, h in zip(read, held, strict=True)}
    return tuple(replace(d, held=of.get(d.number)) for d in drafts)


def _page_of(draft: ArticleDraft, story: str) -> Page:
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


def reread(drafts: Sequence[ArticleDraft], hands: Hands, story: str = "") -> tuple[ArticleDraft, ...]:
    """The drafts with what is read of them now; what cannot be read says why."""
    done = []
    for draft in drafts:
        try:
            found = adding.read([_page_of(draft, story)], hands)
            done.append(replace(draft, reading=next(r for r in found if isinstance(r, Reading))))
        except (BadInput, FetchFailed) as error:
            done.append(replace(draft, error=str(error)))
    return tuple(done)
