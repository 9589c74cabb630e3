"""Judging rows: every pair gets its relation, every row its status and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core import thresholds
from app.core.alignment.label import distinct_labels, row_labels
from app.core.records import AlignedPair, Alignment, Article, Claim, ClaimRef, Reading, Relation, RelationKind, Status
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import GUARDS, between, classify, collect
from app.core.relation.context import Context, Guard
from app.core.relation.inside import INSIDE_ROW, inside_rows
from app.core.relation.opinion import OwnModel, guard_of
from app.core.relation.question import question
from app.core.relation.rare import RARE_ROW, rare_rows
from app.core.relation.role import compare_roles
from app.core.relation.titles import TITLE_ROW, title_rows

__all__ = ["judge"]

_ORDER = tuple(RelationKind)
_AGAINST = (RelationKind.CONFLICT, RelationKind.DIVERGE)
_STATUS = {
    RelationKind.CONFLICT: Status.CONFLICT,
    RelationKind.DIVERGE: Status.DIVERGE,
    RelationKind.UPDATED: Status.UPDATED,
    RelationKind.UNSURE: Status.UNSURE,
    RelationKind.AGREE: Status.AGREE,
}
_STATUS_ORDER = (*_STATUS.values(), Status.SINGLE)


def judge(
    alignments: Sequence[Alignment],
    readings: Sequence[Reading],
    guards: Sequence[Guard] = GUARDS,
    model: OwnModel | None = None,
) -> tuple[Alignment, ...]:
    """Fill relations, reasons and status; rows sorted conflict, diverge, updated, agree, then by number of outlets.

    Three kinds of rows are added: actors at odds inside one article (`inside.py`), one rare thing that two outlets name
    (`rare.py`), and a person whom two outlets call differently (`titles.py`). A row inside one article in which nobody is
    found at odds is left out; so is a row below `ROW_SCORE_SHOWN` that shares a claim with one above, so that looser rows
    never change what readers see without asking. Takes time linear in the
    pairs the rows hold and the claims read. Pure: the same rows and readings give the same answer. `guards` may
    hold more than the built-in ones; `model`, one of the user's own, is asked of the pairs inside rows, in one batch.
    """
    claims = {
        ClaimRef(i, claim.id): (reading.article, claim)
        for i, reading in enumerate(readings)
        for claim in reading.claims
    }
    given = [row for row in alignments if not row.id.startswith((TITLE_ROW, INSIDE_ROW, RARE_ROW))]
    shown = [row for row in given if row.score >= thresholds.ROW_SCORE_SHOWN]
    added = (*inside_rows(shown, readings), *rare_rows(shown, readings))
    if model is not None:
        pairs = [(claims[x.a][1], claims[x.b][1]) for row in (*given, *added) for x in row.pairs]
        guards = (*guards, guard_of(model, pairs))
    judged = [_row(row, claims, guards) for row in (*shown, *added)]
    judged = [row for row in judged if row.relations or len({c.article for c in row.claims}) > 1]
    judged += [_title_row(row, claims) for row in title_rows(judged, readings)]
    taken = {ref for row in judged for ref in row.claims}
    judged += [
        _row(row, claims, guards)
        for row in given
        if row.score < thresholds.ROW_SCORE_SHOWN and taken.isdisjoint(row.claims)
    ]
    judged.sort(key=lambda r: (_STATUS_ORDER.index(r.status), -_outlets(r, readings)))
    labels = distinct_labels([_labels(row, claims) for row in judged])
    return tuple(replace(row, label=label) for row, label in zip(judged, labels, strict=True))


def _labels(row: Alignment, claims: dict[ClaimRef, tuple[Article, Claim]]) -> list[str]:
    """What the row may be called, best first: by its question where its claims conflict."""
    others = row_labels([claims[ref][1] for ref in row.claims])
    if row.status is not Status.CONFLICT or not row.relations[0].reasons:
        return others if row.id.startswith((INSIDE_ROW, RARE_ROW)) else [row.label, *others]
    worst = row.relations[0]
    return [question(claims[worst.a][1], claims[worst.b][1], worst.reasons[0]), *others]


def _row(row: Alignment, claims: dict[ClaimRef, tuple[Article, Claim]], guards: Sequence[Guard]) -> Alignment:
    relations = tuple(
        sorted(
            (r for pair in row.pairs if (r := _relation(pair, claims, guards)) is not None),
            key=lambda r: (_ORDER.index(r.kind), r.a, r.b),
        )
    )
    if relations:
        status = _STATUS[relations[0].kind]
    else:
        status = Status.AGREE if len({c.article for c in row.claims}) > 1 else Status.SINGLE
    return replace(row, relations=relations, status=status)


def _title_row(row: Alignment, claims: dict[ClaimRef, tuple[Article, Claim]]) -> Alignment:
    """Of a row about someone's title only the titles are compared: the claims tell of different things."""
    person = row.id.removeprefix(TITLE_ROW)
    return _row(row, claims, (lambda a, b, context: compare_roles(a, b, context, only=person),))


def _relation(
    pair: AlignedPair, claims: dict[ClaimRef, tuple[Article, Claim]], guards: Sequence[Guard]
) -> Relation | None:
    """The pair's relation; None for two passages of one article that merely say the same, and for two things."""
    (a_article, a), (b_article, b) = claims[pair.a], claims[pair.b]
    inside = pair.a.article == pair.b.article
    context = Context(a_article, b_article, pair.score, inside=inside)
    reasons = collect(a, b, context, guards)
    kind = classify(reasons)
    if (inside and kind is RelationKind.AGREE) or speak_of_two_things(a, b, reasons):
        return None
    if kind in _AGAINST and pair.score.score < thresholds.RELATION_SCORE:
        return None  # in the row by their likeness to others: too little for a judgement against
    return Relation(pair.a, pair.b, pair.score, kind, between(a, b, context, reasons), reasons)


def _outlets(row: Alignment, readings: Sequence[Reading]) -> int:
    return len({readings[c.article].article.outlet or c.article for c in row.claims})
