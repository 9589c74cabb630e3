"""`/alignments/{id}`: everything behind one row. Each pair's score part by part, guards, sentences around, what people said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import Dimension, Outcome, RelationKind
from app.store.views import (
    AlignmentView,
    ArticleRef,
    ClaimView,
    DecisionView,
    ReasonView,
    RelationView,
    Silence,
    Slice,
)
from app.web.api.parameters import Id
from app.web.charts import Chain, Waterfall, draw_chain, draw_waterfall
from app.web.dependencies import StoreOf
from app.web.embedding import discovery_of, embed_code
from app.web.fragments import sentence_link
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.site import canonical_of

__all__ = ["AlignmentPage", "Guard", "Pair", "alignment_page", "router", "source_of", "whole_words"]

router = APIRouter()
_LOUD = tuple(RelationKind)


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
    by_id: Mapping[int, ClaimView]
    sources: Mapping[int, str | None]  # each claim in its outlet's own page, where the words are the outlet's
    elsewhere: tuple[tuple[ArticleRef, Silence], ...]  # articles without a claim here, and why
    chain: Chain | None
    weighed: bool  # a score was made of parts; else the pairs stand side by side by rule
    pairs: tuple[Pair, ...]  # of this page of pairs those that made the verdict
    quiet_pairs: tuple[Pair, ...]  # the others of this page
    quiet: int  # others in the whole row
    compared: Slice[RelationView]
    links: Pages  # to more pairs
    today: date
    embed: str  # code to paste; "" where no site may show a row
    oembed: str  # where oEmbed tells of it, likewise
    undone: tuple[DecisionView, ...]  # decisions that others undid than had made them, and that were not made anew


@router.get("/alignments/{alignment_id}", response_class=HTMLResponse)
def alignment(request: Request, store: StoreOf, alignment_id: Id, cursor: str | None = None) -> HTMLResponse:
    """A row that was merged away answers with the row that swallowed it, and says so. `cursor`: where its pairs go on."""
    view = store.rows.alignment(alignment_id, cursor=cursor)
    return render("pages/alignment.html", alignment_page(request, view, store.now().date()))


def alignment_page(request: Request, view: AlignmentView, today: date = date.min) -> AlignmentPage:
    claims = tuple(c for cell in view.row.cells for c in cell.claims)
    columns = {c.id: c for c in view.columns}
    pairs = [
        Pair(r, _names(r), draw_waterfall(r.parts, r.score), _guards(r.reasons), whole_words(r)) for r in view.relations
    ]
    loudest = min(view.relation_counts, key=_LOUD.index, default=None)
    compared = Slice(view.relations, sum(view.relation_counts.values()), view.relations_next, view.relations_previous)
    shell = shell_of(request, view.row.label, "stories")
    return AlignmentPage(
        shell=replace(shell, canonical=canonical_of(request, f"/alignments/{view.row.id}")),
        view=view,
        claims=claims,
        by_id={c.id: c for c in claims},
        sources={c.id: source_of(c) for c in claims},
        elsewhere=tuple(
            (columns[cell.article_id], cell.silence or Silence.NOT_MENTIONED)
            for cell in view.row.cells
            if not cell.claims and cell.article_id in columns
        ),
        chain=draw_chain(view.chain),
        weighed=any(p.waterfall.adds for p in pairs),
        pairs=tuple(p for p in pairs if p.relation.kind == loudest),
        quiet_pairs=tuple(p for p in pairs if p.relation.kind != loudest),
        quiet=sum(n for kind, n in view.relation_counts.items() if kind != loudest),
        compared=compared,
        links=pages_of(request, compared, "#why-title"),
        undone=_undone(view),
        today=today,
        embed=embed_code(request, view.row),
        oembed=discovery_of(request, view.row.id),
    )


def _undone(view: AlignmentView) -> tuple[DecisionView, ...]:
    decisions = [d for d in view.history if isinstance(d, DecisionView)]
    return tuple(
        d
        for d in decisions
        if d.undone_at
        and d.undone_by not in (None, d.by)
        and not any(n.by == d.by and n.at > d.undone_at for n in decisions)
    )


def source_of(claim: ClaimView) -> str | None:
    """The claim in its outlet's own page, told apart by the sentences around it; None where the words are not the outlet's."""
    if claim.article.own_words:
        return None
    before = f"{claim.before}\n" if claim.before else ""
    around = f"{before}{claim.text}\n{claim.after}"
    plain = claim.where != "body"  # a headline stands at the top of its page
    return sentence_link(claim.article.url, around, (len(before), len(before) + len(claim.text)), own_words=plain)


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
