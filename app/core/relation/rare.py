"""Rows about one rare thing: a body or a measure that in a whole story just two outlets name, once each.

Two sentences may tell one fact in words so different that no likeness joins them ("drop a trade court action", "stop the
process of filing a complaint with the trade court as long as talks go well"). What nobody else names joins them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.core import thresholds
from app.core.records import (
    ActorKind,
    AlignedPair,
    Alignment,
    Claim,
    ClaimRef,
    PairScore,
    Reading,
    ScorePart,
    Status,
)
from app.core.relation.likeness import core
from app.core.relation.scan import scan
from app.core.relation.wordlists import stem
from app.core.text import is_headline

__all__ = ["RARE_ROW", "rare_rows"]

RARE_ROW = "rare-"
"""How the ids of such rows start."""

_MEASURES = frozenset("minute hour day week mile kilometre metre tonne usd eur gbp jpy".split())
_Thing = tuple[str, str]


def rare_rows(rows: Sequence[Alignment], readings: Sequence[Reading]) -> tuple[Alignment, ...]:
    """Rows (unjudged, one pair each) for rare things that no given row has both claims of. Linear in the claims."""
    together = {frozenset((x.a, x.b)) for row in rows for x in row.pairs}
    naming: dict[_Thing, dict[tuple[int, int], ClaimRef]] = defaultdict(dict)
    claims: dict[ClaimRef, Claim] = {}
    for i, reading in enumerate(readings):
        for claim in reading.claims:
            if is_headline(claim, reading.article):
                continue
            ref = ClaimRef(i, claim.id)
            claims[ref] = claim
            for thing in _things(claim):
                held = naming[thing].get((i, claim.sentence[0]))
                if held is None or len(claim.text) < len(claims[held].text):  # the narrowest claim of a sentence
                    naming[thing][i, claim.sentence[0]] = ref
    out: list[Alignment] = []
    for thing, places in sorted(naming.items()):
        refs = sorted(places.values())
        if len(refs) != 2 or readings[refs[0].article].article.outlet == readings[refs[1].article].article.outlet:
            continue
        if frozenset(refs) in together or not _on_one_matter(claims[refs[0]], claims[refs[1]], thing):
            continue
        together.add(frozenset(refs))
        say = f"In this story only these two name {thing[1]}."
        score = PairScore(thresholds.RARE_SCORE, aligned=True, parts=(ScorePart("rare thing", 1.0, 0.0, say),))
        label = min((claims[r].text for r in refs), key=lambda t: (len(t), t))
        label = (
            label
            if len(label) <= thresholds.INSIDE_LABEL
            else label[: thresholds.INSIDE_LABEL].rsplit(" ", 1)[0] + " …"
        )
        pair = AlignedPair(refs[0], refs[1], score)
        out.append(
            Alignment(
                f"{RARE_ROW}{len(out) + 1}",
                label,
                Status.AGREE,
                tuple(refs),
                pairs=(pair,),
                score=thresholds.ROW_SCORE_RARE,
            )
        )
    return tuple(out)


def _things(claim: Claim) -> set[_Thing]:
    bodies = {("body", m.name) for m in claim.actors if m.kind is ActorKind.ORGANISATION}
    measures = {
        ("measure", f"{n.value:g} {n.unit}{'s' if n.value != 1 else ''}")
        for n in claim.numbers
        if n.unit in _MEASURES and n.value > 1
    }
    return bodies | measures


def _on_one_matter(a: Claim, b: Claim, thing: _Thing) -> bool:
    """Beside the thing they share words, actors or axes enough to tell of one matter."""
    named = {stem(w) for w in thing[1].split()} | {stem(w.rstrip("s")) for w in thing[1].split()}
    words = {w.stem for w in core(a)} & {w.stem for w in core(b)}
    words = {w for w in words if w not in named}
    actors = {m.key for m in a.actors if m.name != thing[1]} & {m.key for m in b.actors if m.name != thing[1]}
    axes = {p.axis for p in scan(a.text).predicates} & {p.axis for p in scan(b.text).predicates}
    enough = thresholds.RARE_SHARED_MEASURE if thing[0] == "measure" else thresholds.RARE_SHARED_BODY
    return len(words) + len(actors) + len(axes) >= enough
