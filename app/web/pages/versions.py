"""`/articles/{id}/versions`: two versions of an article word by word, and the rows in which its statements came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from rapidfuzz import fuzz

from app.core.text import Change, changed_words
from app.store.views import RowSummary, StatementView, VersionsView
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS, count

__all__ = ["Block", "TouchedRow", "VersionsPage", "heads_changed", "router", "sum_of", "versions_page"]

router = APIRouter()
LIKE = 60
"""Per cent of likeness from which a statement that came is a new wording of one that went."""
NEAR = 1
"""Unchanged paragraphs that stay in sight before and after a changed one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that changed or stand near one that did; `folded`: unchanged ones between such."""

    folded: bool
    paragraphs: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row, and what the article said in it before and says now; `row` None for statements that stand in no row any more."""

    row: RowSummary | None
    gone: tuple[StatementView, ...]
    came: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class VersionsPage:
    shell: Shell
    view: VersionsView
    heads: tuple[tuple[str, tuple[Change, ...]], ...]  # headline, byline, date: those that changed
    blocks: tuple[Block, ...]
    said: str  # how much changed
    touched: tuple[TouchedRow, ...]


@router.get("/articles/{article_id}/versions", response_class=HTMLResponse)
def versions(
    request: Request,
    store: StoreOf,
    article_id: Id,
    before: Annotated[int | None, Query(ge=1)] = None,
    after: Annotated[int | None, Query(ge=1)] = None,
) -> HTMLResponse:
    view = store.library.versions(article_id, before=before, after=after)
    return render("pages/versions.html", versions_page(request, view))


def versions_page(request: Request, view: VersionsView) -> VersionsPage:
    changes = changed_words(view.before.text, view.after.text)
    title = f"Versions of {view.article.headline or WORDS.untitled} ({view.article.outlet.name})"
    return VersionsPage(
        shell=shell_of(request, title, "articles"),
        view=view,
        heads=heads_changed(view),
        blocks=tuple(_blocks(_paragraphs(changes))),
        said=sum_of(changes),
        touched=_touched(view),
    )


def heads_changed(view: VersionsView) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    old, new = view.before, view.after
    heads = (
        ("Headline", old.headline or "", new.headline or ""),
        ("Byline", ", ".join(old.bylines), ", ".join(new.bylines)),
        ("Date", str(old.published or ""), str(new.published or "")),
    )
    return tuple((label, changed_words(before, after)) for label, before, after in heads if before != after)


def sum_of(changes: Sequence[Change]) -> str:
    """How many words were put in and taken out.

    >>> sum_of(changed_words("Ten died.", "At least twelve died.")), sum_of(changed_words("a", "a"))
    ('3 words put in, 1 word taken out', 'no word changed')
    """
    words = {kind: sum(len(c.text.split()) for c in changes if c.kind == kind) for kind in ("in", "out")}
    said = [count(words["in"], "word") + " put in"] if words["in"] else []
    said += [count(words["out"], "word") + " taken out"] if words["out"] else []
    return ", ".join(said) or "no word changed"


def _paragraphs(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """The changes by the lines they stand in; empty lines are left out."""
    lines: list[list[Change]] = [[]]
    for change in changes:
        for n, part in enumerate(change.text.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append(Change(change.kind, part))
    return [tuple(line) for line in lines if any(c.text.strip() for c in line)]


def _blocks(paragraphs: Sequence[tuple[Change, ...]]) -> Iterator[Block]:
    changed = [n for n, p in enumerate(paragraphs) if any(c.kind != "same" for c in p)]
    seen = {n + d for n in changed for d in range(-NEAR, NEAR + 1)}
    for shown, run in groupby(enumerate(paragraphs), key=lambda p: p[0] in seen):
        group = tuple(p for _, p in run)
        yield Block(folded=not shown and len(group) > 1, paragraphs=group)


def _continued(gone: StatementView, came: Sequence[StatementView]) -> RowSummary | None:
    """The row of the statement that took its place: the one most like it, if it is like it."""
    best = max(came, key=lambda s: fuzz.ratio(s.text, gone.text), default=None)
    return best.row if best and fuzz.ratio(best.text, gone.text) >= LIKE else None


def _touched(view: VersionsView) -> tuple[TouchedRow, ...]:
    gone = [replace(s, row=s.row or _continued(s, view.came)) for s in view.gone]
    rows = {s.row.id if s.row else 0: s.row for s in (*view.came, *gone)}
    found = [
        TouchedRow(
            row,
            tuple(s for s in gone if (s.row.id if s.row else 0) == key),
            tuple(s for s in view.came if (s.row.id if s.row else 0) == key),
        )
        for key, row in rows.items()
    ]
    rank = list(WORDS.status)
    return tuple(sorted(found, key=lambda t: rank.index(t.row.status) if t.row else len(rank)))
