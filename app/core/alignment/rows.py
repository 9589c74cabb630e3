"""Claims of one story -> rows of the side-by-side view: related articles, scored pairs, groups, labels.

Strictness is a filter and nothing else. Rows are made once: first those of the product, then, of the claims that none of
these has, more rows at a lower bar. Each carries its score, and a reader who asks for more or less sees a part of the
same rows: what he sees at a stricter setting is there, unchanged, at a looser one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from app.core.alignment.decisions import with_what_they_turn
from app.core.alignment.entries import entries_of
from app.core.alignment.groups import Group, groups_of, loose_groups
from app.core.alignment.label import row_label
from app.core.alignment.links import Links
from app.core.alignment.related import related_articles
from app.core.alignment.row_model import RowModel
from app.core.alignment.utterances import utterances_of
from app.core.records import AlignedPair, Alignment, ClaimRef, PairScore, Reading, ScorePart, Status
from app.core.thresholds import (
    ROW_CUT_LOOSE,
    ROW_DECIDED_SCORE,
    ROW_PAIR_FLOOR,
    ROW_SCORE,
    ROW_SCORE_LOOSE,
    ROW_SCORE_SHOWN,
    ROW_TURN_SCORE,
)

__all__ = ["align", "row_of"]


def align(
    readings: Sequence[Reading], strictness: float | None = None, model: RowModel | None = None
) -> tuple[Alignment, ...]:
    """The rows of one story: claims of two or more articles on one proposition (actors at odds: relation/inside.py).

    Independent of the order of `readings` but for the indices in the refs; an article that has nothing to do with the
    others changes nothing. `strictness` is the least score of a row; None takes `ROW_SCORE_SHOWN`, and none is made
    below `ROW_SCORE_LOOSE`. Rows come in the order of their first claim, those that are shown anyway first, and are
    numbered so: a row keeps its id at every strictness. `model` replaces the weights that ship with the package.
    """
    rows: list[Alignment] = []
    for members in related_articles([r.article for r in readings]):
        rows.extend(_rows(Links(entries_of(readings, members), model=model)))
    rows.sort(key=lambda row: (row.score < ROW_SCORE_SHOWN, row.claims))
    least = ROW_SCORE_SHOWN if strictness is None else strictness
    return tuple(replace(row, id=f"r{n}") for n, row in enumerate(rows, 1) if row.score >= least)


def row_of(claims: Iterable[ClaimRef], readings: Sequence[Reading]) -> Alignment:
    """The row (unjudged) of claims that a person put together: every two of different articles are to be judged.

    A decision is certain, so the row's score is 1 and no strictness hides it; each pair keeps the parts of what the
    machine thought and one for the decision. Claims that are not among the readings are left out; `id` is "r1".
    """
    wanted = sorted(set(claims))
    members = sorted({ref.article for ref in wanted})
    entries = entries_of(readings, members, every=frozenset(wanted))
    place = {entry.ref: i for i, entry in enumerate(entries)}
    group = [place[ref] for ref in wanted if ref in place]
    links = Links(entries, {(min(p), max(p)) for p in combinations(group, 2)})
    row = _alignment(links, group, floor=0.0)
    pairs = tuple(replace(pair, score=_decided(pair.score)) for pair in row.pairs)
    return replace(row, id="r1", pairs=pairs, score=1.0)


def _decided(score: PairScore) -> PairScore:
    lift = ScorePart("decision", 1.0, 0.0, "A person put these claims into one row.")
    return replace(score, score=max(score.score, ROW_DECIDED_SCORE), aligned=True, parts=(*score.parts, lift))


def _turned(score: PairScore) -> PairScore:
    lift = ScorePart("turned", 1.0, 0.0, "The same actor decides one thing one way, and later the other way.")
    return replace(score, score=max(score.score, ROW_TURN_SCORE), aligned=True, parts=(*score.parts, lift))


def _rows(links: Links) -> list[Alignment]:
    """The rows of related articles: the product's, and looser ones of claims that none of these has."""
    groups = groups_of(links, ROW_SCORE)
    turns = with_what_they_turn(groups, links.entries)
    made = [
        _alignment(links, group, earlier=turns.get(n, ()))
        for n, group in enumerate(groups)
        if links.across(group) or n in turns
    ]
    shown = [row for row in made if row.pairs and row.score >= ROW_SCORE_SHOWN]
    taken = {ref for row in shown for ref in row.claims}
    rest = [i for i, entry in enumerate(links.entries) if entry.ref not in taken]
    loose = [_alignment(links, group) for group in loose_groups(links, rest, ROW_CUT_LOOSE) if links.across(group)]
    return shown + [row for row in loose if row.pairs and row.score >= ROW_SCORE_LOOSE]


def _alignment(links: Links, group: Group, floor: float = ROW_PAIR_FLOOR, earlier: Sequence[int] = ()) -> Alignment:
    """The row of a group; `earlier` are claims on the decision that the group tells to be turned round.

    How the earlier ones stand to each other is judged in their own row.
    """
    entries = links.entries
    members = sorted({*group, *earlier}, key=lambda i: entries[i].ref)
    sides = set(group), set(earlier) - set(group)
    pairs = tuple(
        AlignedPair(entries[i].ref, entries[j].ref, _turned(score) if across else score)
        for i, j in combinations(members, 2)
        for across in [(i in sides[0] and j in sides[1]) or (i in sides[1] and j in sides[0])]
        if entries[i].article != entries[j].article
        and (across or links.probability(i, j) >= floor)
        and not {i, j} <= sides[1]
        for score in [links.score(i, j)]
    )
    return Alignment(
        id="",
        label=row_label([entries[i].claim for i in group], [links.fit(i, group) for i in group]),
        status=Status.AGREE if pairs else Status.SINGLE,
        claims=tuple(entries[i].ref for i in members),
        pairs=pairs,
        score=links.model.row_score([*links.across(group), *links.across(list(earlier))]),
        utterances=utterances_of([entries[i] for i in members]),
    )
