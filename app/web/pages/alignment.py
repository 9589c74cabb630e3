"""`/alignments/{id}`: everything behind one row. Each pair's score part by part, guards, sentences around, what people said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import Dimension, Outcome, RelationKind, Status
from app.store.views import AlignmentView, ClaimView, ReasonView, RelationView
from app.web.api.parameters import Id
from app.web.charts import Waterfall, draw_waterfall
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["AlignmentPage", "Guard", "Pair", "alignment_page", "router", "whole_words"]

router = APIRouter()
_LOUD = (RelationKind.CONFLICT, RelationKind.DIVERGE, RelationKind.UPDATED, RelationKind.AGREE)


@dataclass(frozen=True, slots=True)
class Guard:
    """One dimension that was compared: what was found there, or that neither text says anything to compare."""

    dimension: Dimension
    reasons: tuple[ReasonView, ...]

    @property
    def state(self) -> str:
        """`failed` when something there excludes or differs, `passed` when it is the same, a detail or later, else `silent`."""
        if not self.reasons:
            return "silent"
        against = {Outcome.EXCLUDES, Outcome.DIFFERS}
        return "failed" if any(r.outcome in against for r in self.reasons) else "passed"


@dataclass(frozen=True, slots=True)
class Pair:
    relation: RelationView
    names: tuple[str, str]  # the outlets; the speakers where one article lets two of them speak
    waterfall: Waterfall
    guards: tuple[Guard, ...]
    shared: tuple[str, ...]  # the terms both share, as the first text writes them


@dataclass(frozen=True, slots=True)
class AlignmentPage:
    shell: Shell
    view: AlignmentView
    claims: tuple[ClaimView, ...]
    pairs: tuple[Pair, ...]
    statuses: tuple[Status, ...]  # verdicts a person may give


@router.get("/alignments/{alignment_id}", response_class=HTMLResponse)
def alignment(request: Request, store: StoreOf, alignment_id: Id) -> HTMLResponse:
    """A row that was merged away answers with the row that swallowed it, and says so."""
    return render("pages/alignment.html", alignment_page(request, store.alignment(alignment_id)))


def alignment_page(request: Request, view: AlignmentView) -> AlignmentPage:
    return AlignmentPage(
        shell=shell_of(request, view.row.label, "stories"),
        view=view,
        claims=tuple(c for cell in view.row.cells for c in cell.claims),
        pairs=tuple(
            Pair(r, _names(r), draw_waterfall(r.parts, r.score), _guards(r.reasons), whole_words(r))
            for r in sorted(view.relations, key=lambda r: (_LOUD.index(r.kind), -r.score, r.a.id, r.b.id))
        ),
        statuses=(Status.CONFLICT, Status.DIVERGE, Status.UPDATED, Status.AGREE),
    )


def _names(relation: RelationView) -> tuple[str, str]:
    a, b = relation.a, relation.b
    if a.article.id != b.article.id:
        return a.article.outlet.name, b.article.outlet.name
    return _speaker(a), _speaker(b)


def _speaker(claim: ClaimView) -> str:
    """The innermost speaker as named, else the outlet that says it itself."""
    if not claim.attributions:
        return claim.article.outlet.name
    last = claim.attributions[-1]
    return (last.speaker.name if last.speaker else last.text) or claim.article.outlet.name


def _guards(reasons: Sequence[ReasonView]) -> tuple[Guard, ...]:
    """Every dimension in its order; those that found something first."""
    guards = [Guard(d, tuple(r for r in reasons if r.dimension == d)) for d in Dimension]
    return tuple(sorted(guards, key=lambda g: ("failed", "passed", "silent").index(g.state)))


def whole_words(relation: RelationView) -> tuple[str, ...]:
    """Shared terms are kept as stems ("termin"); a reader sees the word they stand for. None twice, in the same order."""
    words = re.findall(r"[^\W\d_][\w’'-]*", f"{relation.a.text} {relation.b.text}")
    return tuple(dict.fromkeys(_word(term, words) for term in relation.shared))


def _word(term: str, words: Sequence[str]) -> str:
    stem = term.casefold()
    for start in (stem, stem[:-1]) if len(stem) > 4 else (stem,):  # "countri": the last letter may be the stemmer's
        found = next((w for w in words if w.casefold().startswith(start)), None)
        if found:
            return found
    return term
