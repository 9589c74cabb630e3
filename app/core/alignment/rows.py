"""Claims of one story -> rows of the side-by-side view: related articles, scored pairs, groups, labels.

Strictness is a filter and nothing else. Rows are made once: first those of the product, then, of the claims that none of
these has, more rows at a lower bar. Each carries its score, and a reader who asks for more or less sees a part of the
same rows: what he sees at a stricter setting is there, unchanged, at a looser one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from app.core.alignment.entries import ClaimEntry, entries_of
from app.core.alignment.groups import Group, groups_of
from app.core.alignment.kept_rows import Kept
from app.core.alignment.kept_work import KeptWork
from app.core.alignment.label import row_label
from app.core.alignment.links import Links
from app.core.alignment.row_model import RowModel
from app.core.alignment.utterances import utterances_of
from app.core.encoder import Encoder
from app.core.records import AlignedPair, Alignment, ClaimRef, PairScore, Reading, ScorePart, Span, Status
from app.core.thresholds import (
    ROW_CUT_LOOSE,
    ROW_DECIDED_SCORE,
    ROW_PAIR_FLOOR,
    ROW_SCORE,
    ROW_SCORE_LOOSE,
    ROW_SCORE_SHOWN,
)

__all__ = ["align", "row_of"]


def align(
    readings: Sequence[Reading],
    strictness: float | None = None,
    encoder: Encoder | None = None,
    model: RowModel | None = None,
    kept: Kept | None = None,
) -> tuple[Alignment, ...]:
    """The rows of one story: claims of two or more articles on one proposition (actors at odds: relation/inside.py).

    Independent of the order of `readings` but for the indices in the refs; an article that has nothing to do with the
    others changes nothing. `strictness` is the least score of a row; None takes `ROW_SCORE_SHOWN`, and none is made
    below `ROW_SCORE_LOOSE`. Rows come in the order of their first claim, those that are shown anyway first, and are
    numbered so: a row keeps its id at every strictness. Without an `encoder` words alone are compared, under weights of
    their own; `model` replaces the weights that ship with the package. `kept` has what was worked out of the story before, and
    takes what is now: what it saves and which articles are ground (`ground.py`), and nothing else, depends on it.
    """
    rows: list[Alignment] = []
    kept = kept or Kept(KeptWork(""), readings)
    for members in kept.story.related:
        if len(members) > 1:
            entries = entries_of(kept.story.readings, members, names=kept.story.first)
            rows.extend(_rows(Links(entries, encoder, model=model, ground=kept.ground(members)), kept))
    rows.sort(key=lambda row: (row.score < ROW_SCORE_SHOWN, row.claims, row.clauses))
    least = ROW_SCORE_SHOWN if strictness is None else strictness
    return tuple(replace(row, id=f"r{n}") for n, row in enumerate(rows, 1) if row.score >= least)


def row_of(claims: Iterable[ClaimRef], readings: Sequence[Reading], encoder: Encoder | None = None) -> Alignment:
    """The row (unjudged) of claims that a person put together: every two of different articles are to be judged.

    A decision is certain, so the row's score is 1 and no strictness hides it; each pair keeps the parts of what the
    machine thought and one for the decision. Claims that are not among the readings are left out; `id` is "r1".
    """
    wanted = sorted(set(claims))
    members = sorted({ref.article for ref in wanted})
    entries = entries_of(readings, members, every=frozenset(wanted))
    place = {entry.ref: i for i, entry in enumerate(entries)}
    chosen = [place[ref] for ref in wanted if ref in place]
    links = Links(entries, encoder, also={(min(p), max(p)) for p in combinations(chosen, 2)})
    links.explain([chosen], floor=0.0)
    row = _alignment(links, dict.fromkeys(chosen, WHOLE), floor=0.0, every=True)
    pairs = tuple(replace(pair, score=_decided(pair.score)) for pair in row.pairs)
    return replace(row, id="r1", pairs=pairs, score=1.0)


WHOLE = -1
"""In place of the number of a clause: the claim as a whole."""


def _decided(score: PairScore) -> PairScore:
    lift = ScorePart("decision", 1.0, 0.0, "A person put these claims into one row.")
    return replace(score, score=max(score.score, ROW_DECIDED_SCORE), aligned=True, parts=(*score.parts, lift))


def _rows(links: Links, kept: Kept) -> list[Alignment]:
    """The rows of related articles: the product's, and looser ones of claims that none of these has."""
    made = _rows_of(groups_of(links, ROW_SCORE), links, kept)
    shown = [row for row in made if row.pairs and row.score >= ROW_SCORE_SHOWN]
    taken = {ref for row in shown for ref in row.claims}
    used = [i for i, entry in enumerate(links.entries) if entry.ref in taken]
    loose = _rows_of(groups_of(links, ROW_CUT_LOOSE, leave=used), links, kept)
    return shown + [row for row in loose if row.pairs and row.score >= ROW_SCORE_LOOSE]


def _rows_of(groups: Sequence[Group], links: Links, kept: Kept) -> list[Alignment]:
    """Those that are not kept are made."""
    if not kept.keeps:
        links.explain(groups)
        return [_alignment(links, group) for group in groups]
    found = [kept.row(links.ground, {links.entries[i].ref: n for i, n in group.items()}) for group in groups]
    links.explain(group for group, row in zip(groups, found, strict=True) if not row.is_kept)
    return [row.made(partial(_alignment, links, group)) for group, row in zip(groups, found, strict=True)]


def _alignment(links: Links, group: Group, floor: float = ROW_PAIR_FLOOR, *, every: bool = False) -> Alignment:
    """The row of a group; with `every` a claim inside another of the row stands too."""
    entries = links.entries
    inner = set() if every else _inside_others([entries[i] for i in group])
    members = sorted((i for i in group if entries[i].ref not in inner), key=lambda i: entries[i].ref)
    pairs = tuple(
        AlignedPair(entries[i].ref, entries[j].ref, links.score(i, j))
        for i, j in combinations(members, 2)
        if entries[i].article != entries[j].article and links.probability(i, j) >= floor
    )
    return Alignment(
        id="",
        label=row_label([entries[i].claim for i in members], [links.fit(i, members) for i in members]),
        status=Status.AGREE if pairs else Status.SINGLE,
        claims=tuple(entries[i].ref for i in members),
        clauses=tuple(_span(links, i, group[i]) for i in members),
        pairs=pairs,
        score=links.model.row_score(links.across(members)),
        utterances=utterances_of([entries[i] for i in members]),
    )


def _inside_others(entries: Sequence[ClaimEntry]) -> set[ClaimRef]:
    """Those whose words stand in another one of the row: "its decision to end the pact" in "it reversed its decision to ..."."""
    return {
        x.ref
        for x in entries
        for y in entries
        if x.article == y.article
        and x.claim.where == y.claim.where
        and y.claim.start <= x.claim.start
        and x.claim.end <= y.claim.end
        and len(x.claim.text) < len(y.claim.text)
    }


def _span(links: Links, i: int, clause: int) -> Span:
    claim = links.entries[i].claim
    if clause == WHOLE or not claim.clauses:
        return claim.start, claim.end
    return claim.clauses[clause]
