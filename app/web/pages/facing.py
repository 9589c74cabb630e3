"""`/articles/{a}/with/{b}`: two articles in full, side by side; a passage that both tell leads to its counterpart in the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import Status
from app.core.text import headline_at
from app.errors import BadInput
from app.store.views import ArticleView, RowSummary
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.pages.marking import Paragraph, Strand, body_paragraphs, paragraph
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["FacingPage", "Shared", "Side", "facing_page", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Shared:
    """A row that both articles stand in, and the claims of it: here, there."""

    row: RowSummary
    here: tuple[int, ...]
    there: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles. `told`: by its claims, what both tell."""

    view: ArticleView
    headline: Paragraph
    paragraphs: tuple[Paragraph, ...]
    told: Mapping[int, Shared]

    @property
    def share(self) -> int:
        """How much of its claims the other tells too, in per cent."""
        claims = [u for u in self.view.underlines if u.claim.where == "body"]
        return round(100 * sum(u.claim.id in self.told for u in claims) / len(claims)) if claims else 0


@dataclass(frozen=True, slots=True)
class FacingPage:
    shell: Shell
    sides: tuple[Side, Side]
    shared: tuple[Shared, ...]  # in the order of the first article's text
    counts: Mapping[Status, int]  # of them


@router.get("/articles/{article_id}/with/{other_id}", response_class=HTMLResponse)
def facing(request: Request, store: StoreOf, article_id: Id, other_id: Id) -> HTMLResponse:
    if article_id == other_id:
        raise BadInput("an article is not read beside itself.", mend="Choose another article of its story.")
    return render(
        "pages/facing.html", facing_page(request, store.library.article(article_id), store.library.article(other_id))
    )


def facing_page(request: Request, a: ArticleView, b: ArticleView) -> FacingPage:
    here, there = _told(a, b), _told(b, a)
    shared = tuple({s.row.id: s for s in here.values()}.values())
    found = [s.row.status for s in shared]
    return FacingPage(
        shell=shell_of(request, f"{a.article.outlet.name} beside {b.article.outlet.name}", "articles"),
        sides=(_side(a, here), _side(b, there)),
        shared=shared,
        counts={status: found.count(status) for status in Status if status in found},
    )


def _told(view: ArticleView, other: ArticleView) -> dict[int, Shared]:
    """By claim: the rows of this article in which the other one stands too."""
    rows: dict[int, tuple[RowSummary, list[int], tuple[int, ...]]] = {}
    for u in view.underlines:
        there = tuple(c.id for c in u.others if c.article.id == other.article.id)
        if u.row and there:
            rows.setdefault(u.row.id, (u.row, [], there))[1].append(u.claim.id)
    shared = [Shared(row, tuple(own), there) for row, own, there in rows.values()]
    return {claim: s for s in shared for claim in s.here}


def _side(view: ArticleView, told: Mapping[int, Shared]) -> Side:
    at = headline_at(view.text, view.article.headline)
    headline = view.article.headline or WORDS.untitled
    titled = next((u for u in view.underlines if u.claim.where == "headline"), None)
    top = Paragraph((Strand(headline, titled, (titled,) if titled else ()),), ())
    return Side(
        view=view,
        headline=paragraph(view.text, at, view.underlines) if at else top,
        paragraphs=body_paragraphs(view.text, view.underlines, first=at[1] if at else 0),
        told=told,
    )
