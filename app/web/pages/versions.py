"""`/articles/{id}/versions`: two versions of an article word by word, and the rows in which its statements came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.core.text import Change, changed_words
from app.store.views import VersionsView
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.versions_told import TouchedRow, heads_changed, sum_of, touched_rows
from app.web.words import WORDS

__all__ = ["Block", "VersionsPage", "router", "versions_page"]

router = APIRouter()
NEAR = 1
"""Unchanged paragraphs that stay in sight before and after a changed one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that changed or stand near one that did; `folded`: unchanged ones between such."""

    folded: bool
    paragraphs: tuple[tuple[Change, ...], ...]


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
        heads=tuple((label.capitalize(), changes) for label, changes in heads_changed(view)),
        blocks=tuple(_blocks(_paragraphs(changes))),
        said=sum_of(changes),
        touched=touched_rows(view),
    )


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
