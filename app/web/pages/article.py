"""`/articles/{id}`: the body as a reader wants it, its claims underlined, who else reports them in the margin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.core.records import Span, Status
from app.core.text import headline_at
from app.roles import Act
from app.store.views import (
    ArticleRef,
    ArticleView,
    ClaimView,
    CorrectionView,
    OutletView,
    RowSummary,
    Silence,
    Underline,
)
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf, may
from app.web.fragments import sentence_link
from app.web.pages.links import From, Part, shown_part
from app.web.pages.marking import Paragraph, Strand, body_paragraphs, paragraph
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["ArticlePage", "Note", "article_page", "router"]

router = APIRouter()
KEPT = ("new", "revised", "same")
QUOTED = 4
"""Claims that a margin note quotes, of others and of this article; the row's own page has all."""
LISTED = 40
"""Entries of each list below the text on one page."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of a row beside the paragraph that has claims of it: who else reports it, and how."""

    claims: tuple[ClaimView, ...]  # of this paragraph; the note is known by the first
    row: RowSummary
    outlets: tuple[OutletView, ...]  # of the other reports
    others: tuple[ClaimView, ...]  # the first of them
    more: int  # of both that are not quoted here
    beside: tuple[ClaimView, ...]  # the first elsewhere in this article: two actors at odds, or the statement repeated
    source: str | None  # the first claim in the outlet's own page

    @property
    def id(self) -> int:
        return self.claims[0].id


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of an article that was kept just now: how many others its story holds, and its rows that differ."""

    what: str
    others: int
    new: int  # claims that it alone reports
    differing: tuple[tuple[Status, tuple[RowSummary, ...]], ...]

    @classmethod
    def of(cls, view: ArticleView, what: str, articles: int) -> Joined:
        rows = {u.row.id: u.row for u in view.underlines if u.row is not None}
        told = ((s, tuple(r for r in rows.values() if r.status is s)) for s in (Status.CONFLICT, Status.DIVERGE))
        return cls(what, articles - 1, len(view.alone), tuple((s, found) for s, found in told if found))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    shell: Shell
    view: ArticleView
    headline: Paragraph  # with what is underlined in it, when it stands in the text itself
    paragraphs: tuple[tuple[Paragraph, tuple[Note, ...]], ...]  # below it
    noted: Mapping[int, Note]  # by claim id; claims that nobody else reports have none
    headline_notes: tuple[Note, ...]
    sources: Mapping[int, str | None]  # where each claim of `view.alone` stands in the outlet's own page
    alone: Part[ClaimView]
    missing: Part[RowSummary]
    left_out: tuple[
        tuple[Silence, int, tuple[RowSummary, ...]], ...
    ]  # those of `missing`, by why, with how many there are
    joined: Joined | None  # what became of it, when it was kept just now
    corrected: tuple[CorrectionView, ...]  # what people corrected of it, the latest first
    dated_by: str | None  # who corrected its date
    near: tuple[tuple[ArticleRef, int], ...]  # articles that tell some of the same, with how many rows: most first
    agency: str | None  # whose report it carries, when that is not the outlet itself

    @property
    def notes(self) -> tuple[Note, ...]:
        """Of the body, in the order of its text."""
        return tuple(n for _, found in self.paragraphs for n in found)


@router.get("/articles/{article_id}", response_class=HTMLResponse)
def article(
    request: Request,
    store: StoreOf,
    article_id: Id,
    revision: Annotated[int | None, Query(ge=1)] = None,
    kept: str = "",
    alone_from: From = 0,
    missing_from: From = 0,
) -> HTMLResponse:
    """`kept`: what became of it just now (new, revised, same), for a message on top."""
    view = store.library.article(article_id, revision=revision)
    corrected = store.corrections.corrections(article=article_id, limit=100, every_word=may(request, Act.CORRECT)).items
    beside = store.rows.story(view.article.story_slug, limit=1).columns if kept in KEPT else ()
    joined = Joined.of(view, kept, len(beside)) if kept in KEPT else None
    return render(
        "pages/article.html", article_page(request, view, tuple(corrected), joined, (alone_from, missing_from))
    )


def article_page(
    request: Request,
    view: ArticleView,
    corrected: tuple[CorrectionView, ...] = (),
    joined: Joined | None = None,
    starts: tuple[int, int] = (0, 0),
) -> ArticlePage:
    """`starts`: where the list of what it alone reports begins, and that of what it leaves out."""
    headline = view.article.headline or WORDS.untitled
    own = _by_row(view.underlines)
    at = headline_at(view.text, view.article.headline)
    top = paragraph(view.text, at, view.underlines) if at else Paragraph((Strand(headline, None),), ())
    body = body_paragraphs(view.text, view.underlines, first=at[1] if at else 0)
    paragraphs = tuple((p, _notes(view, at, p.notes, own)) for p in body)
    head = _notes(view, at, [*(u for u in view.underlines if u.claim.where == "headline"), *top.notes], own)
    alone = shown_part(request, view.alone, "alone_from", starts[0], LISTED, "#alone-title")
    ranked = sorted(view.missing, key=lambda row: REASONS.index(_silence(view, row)))
    missing = shown_part(request, ranked, "missing_from", starts[1], LISTED, "#missing-title")
    return ArticlePage(
        shell=shell_of(request, f"{headline} ({view.article.outlet.name})", "articles"),
        view=view,
        headline=top,
        paragraphs=paragraphs,
        noted={c.id: n for notes in (head, *(notes for _, notes in paragraphs)) for n in notes for c in n.claims},
        headline_notes=head,
        sources={claim.id: _source(view, at, claim) for claim in alone.items},
        alone=alone,
        missing=missing,
        left_out=_left_out(view, missing.items),
        corrected=corrected,
        joined=joined,
        dated_by=next((c.by for c in corrected if c.field == "published" and not c.undone_at), None),
        near=_near(view),
        agency=view.agency if view.agency and view.agency.casefold() != view.article.outlet.name.casefold() else None,
    )


def _near(view: ArticleView) -> tuple[tuple[ArticleRef, int], ...]:
    rows: dict[ArticleRef, set[int]] = defaultdict(set)
    for u in view.underlines:
        for other in u.others if u.row else ():
            rows[other.article].add(u.row.id if u.row else 0)
    found = [(article, len(ids)) for article, ids in rows.items()]
    return tuple(sorted(found, key=lambda f: -f[1]))


REASONS = (Silence.NOT_MENTIONED, Silence.EXCERPT_ONLY, Silence.PUBLISHED_BEFORE)
"""What could have been told first, then what could not yet be known."""


def _silence(view: ArticleView, row: RowSummary) -> Silence:
    found = view.silences.get(row.id, Silence.NOT_MENTIONED)
    return found if found in REASONS else Silence.NOT_MENTIONED


def _left_out(view: ArticleView, here: Sequence[RowSummary]) -> tuple[tuple[Silence, int, tuple[RowSummary, ...]], ...]:
    """Rows of this page by why they are missing, with how many there are in all."""
    counts = Counter(_silence(view, row) for row in view.missing)
    found: dict[Silence, list[RowSummary]] = defaultdict(list)
    for row in here:
        found[_silence(view, row)].append(row)
    return tuple((s, counts[s], tuple(found[s])) for s in REASONS if s in found)


def _by_row(underlines: Sequence[Underline]) -> dict[int, list[Underline]]:
    """Claims whose row says something of other reports, or of two actors; in order of the rows' first claims."""
    rows: dict[int, list[Underline]] = defaultdict(list)
    for u in underlines:
        if u.row and u.row.status is not Status.SINGLE:
            rows[u.row.id].append(u)
    return rows


def _notes(
    view: ArticleView, at: Span | None, here: Sequence[Underline], own: Mapping[int, Sequence[Underline]]
) -> tuple[Note, ...]:
    """One note a row for the claims of one paragraph; `at`: where the text opens with its headline."""
    return tuple(_note(view, at, found, own[row_id]) for row_id, found in _by_row(here).items())


def _note(view: ArticleView, at: Span | None, here: Sequence[Underline], own: Sequence[Underline]) -> Note:
    first, claims = here[0], tuple(u.claim for u in here)
    assert first.row is not None
    beside = tuple(u.claim for u in own if u.claim not in claims)
    return Note(
        claims=claims,
        row=first.row,
        outlets=tuple(dict.fromkeys(other.article.outlet for other in first.others)),
        others=first.others[:QUOTED],
        more=len(first.others[QUOTED:]) + len(beside[QUOTED:]),
        beside=beside[:QUOTED],
        source=_source(view, at, first.claim),
    )


def _source(view: ArticleView, at: Span | None, claim: ClaimView) -> str | None:
    """The claim in the outlet's own page; None where the words are not the outlet's, or stand in the headline, at its top."""
    article = view.article
    if article.own_words or claim.where != "body" or (at and claim.end <= at[1]):
        return None
    return sentence_link(article.url, view.text, (claim.start, claim.end))
