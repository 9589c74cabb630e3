"""Judging rows: every pair gets its relation, every row its status, label and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from app.core.alignment.kept_rows import Kept
from app.core.alignment.label import distinct_labels, row_labels
from app.core.encoder import Encoder
from app.core.records import AlignedPair, Alignment, Claim, ClaimRef, Reading, Relation, RelationKind, Status
from app.core.relation.found import Found, Slots, found_between
from app.core.relation.inside import with_contradictions_inside
from app.core.relation.kept_verdicts import Judged, is_found, judged_row, kept_found
from app.core.relation.opinion import OwnModel, guard_of
from app.core.relation.question import question
from app.core.relation.sides import ArticleTold, Guard, Sides, article_told
from app.core.relation.verdict import GUARDS, verdict_by
from app.core.relation.worth import Worth, load_worth
from app.core.thresholds import ROW_SCORE_SHOWN

__all__ = ["Judging", "judge"]

_ORDER = (
    RelationKind.CONFLICT,
    RelationKind.DIVERGE,
    RelationKind.UPDATED,
    RelationKind.UNSURE,
    RelationKind.AGREE,
)
_STATUS_ORDER = (*(Status(kind.value) for kind in _ORDER), Status.SINGLE)


def judge(
    rows: Sequence[Alignment],
    readings: Sequence[Reading],
    model: OwnModel | None = None,
    worth: Worth | None = None,
    encoder: Encoder | None = None,
    kept: Kept | None = None,
) -> tuple[Alignment, ...]:
    """Fill relations, reasons, status and probability; rows sorted by status, then by number of outlets.

    Rows of two voices at odds inside one article are added (`inside.py`).

    A row below `ROW_SCORE_SHOWN` that shares a claim with one above is left out, so that looser rows never change what
    readers see without asking. `kept` has what was worked out of the story before. `model`, one of the user's own, is asked of the pairs inside rows, in one batch; `worth`
    replaces the weights that ship. Pure, and linear in the pairs that the rows hold. Without an `encoder` places in sentences are not compared, and less is told.
    """
    rows = with_contradictions_inside(rows, readings, kept)
    judging = Judging(readings, worth or load_worth(), rows, model, encoder, kept)
    shown = [row for row in rows if row.score >= ROW_SCORE_SHOWN]
    taken = {ref for row in shown for ref in row.claims}
    loose = [row for row in rows if row.score < ROW_SCORE_SHOWN and taken.isdisjoint(row.claims)]
    judged = [
        judged_row(row, judging.kept, partial(judging.judged, row)) if judging.kept else judging.judged(row)
        for row in (*shown, *loose)
    ]
    judged.sort(key=lambda r: (_STATUS_ORDER.index(r[0].status), -_outlets(r[0], readings)))
    labels = distinct_labels([labels for _, labels in judged])
    return tuple(replace(row, label=label) for (row, _), label in zip(judged, labels, strict=True))


class Judging:
    """The claims of a story with all that judging them needs."""

    def __init__(
        self,
        readings: Sequence[Reading],
        worth: Worth,
        rows: Sequence[Alignment],
        model: OwnModel | None = None,
        encoder: Encoder | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.slots = Slots(encoder) if encoder else None
        self.kept = kept if kept and kept.keeps else None
        self.worth = worth
        self.claims = {ClaimRef(i, c.id): c for i, reading in enumerate(readings) for c in reading.claims}
        self.reports: list[ArticleTold] = [article_told(reading) for reading in readings]
        self.guards: tuple[Guard, ...] = GUARDS
        if model is not None:
            new = [x for row in rows for x in row.pairs if self.kept is None or not is_found(x, self.kept)]
            self.guards = (*GUARDS, guard_of(model, [(self.claims[x.a], self.claims[x.b]) for x in new]))

    def judged(self, row: Alignment) -> Judged:
        """The row judged, and what it may be called."""
        judged = self.row(row)
        return judged, self.labels(judged)

    def row(self, row: Alignment) -> Alignment:
        relations = tuple(
            sorted((self._relation(row, pair) for pair in row.pairs), key=lambda r: (_ORDER.index(r.kind), r.a, r.b))
        )
        if not relations:
            several = len({c.article for c in row.claims}) > 1
            return replace(row, relations=(), status=Status.AGREE if several else Status.SINGLE)
        alike = [r.probability for r in relations if r.kind is relations[0].kind]
        certain = min(alike) if relations[0].kind is RelationKind.AGREE else max(alike)
        return replace(row, relations=relations, status=Status(relations[0].kind.value), probability=certain)

    def _relation(self, row: Alignment, pair: AlignedPair) -> Relation:
        found = verdict_by(self.found(pair), self.sides(pair), self.worth, row=row.score)
        return Relation(pair.a, pair.b, pair.score, found.kind, found.between, found.reasons, found.probability)

    def found(self, pair: AlignedPair) -> Found:
        """What is between two claims, whatever row they stand in."""
        find = partial(self._find, pair)
        return find() if self.kept is None else kept_found(pair, self.kept, find)

    def _find(self, pair: AlignedPair) -> Found:
        return found_between(self.sides(pair), self.guards, self.slots, self.worth.differ)

    def sides(self, pair: AlignedPair) -> Sides:
        a, b = self.claims[pair.a], self.claims[pair.b]
        return Sides(a, b, self.reports[pair.a.article], self.reports[pair.b.article], pair.score)

    def labels(self, row: Alignment) -> list[str]:
        """What the row may be called, best first: by its question where its claims conflict."""
        members: list[Claim] = [self.claims[ref] for ref in row.claims]
        others = [row.label, *row_labels(members)]
        if row.status is not Status.CONFLICT:
            return others
        asked = [
            question(self.claims[r.a], self.claims[r.b], r.reasons[0])
            for r in row.relations
            if r.kind is RelationKind.CONFLICT and r.reasons
        ]
        return [*sorted(set(asked), key=lambda q: (len(q), q))[:1], *others]


def _outlets(row: Alignment, readings: Sequence[Reading]) -> int:
    return len({readings[c.article].article.outlet or c.article for c in row.claims})
