"""Rows inside one article: a statement, and soon after it someone who denies or disputes it.

An outlet often reports both sides itself, and then no second article is needed to show that the actors are at odds. The
two are held against each other only when they stand near, because the same words far apart rarely mean the same statement.

This is the one place where such rows come from. It is a question of relation and not of alignment: the two need not be worded
alike, and only the guards of this stage can tell a denial from a second fact.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds
from app.core.records import (
    AlignedPair,
    Alignment,
    Claim,
    ClaimRef,
    Outcome,
    PairScore,
    Reading,
    Reason,
    ScorePart,
    Status,
)
from app.core.relation.context import Context
from app.core.relation.evidence import local
from app.core.relation.likeness import coverage
from app.core.relation.polarity import compare_polarity
from app.core.relation.scan import scan
from app.core.text import is_headline

__all__ = ["INSIDE_ROW", "inside_rows"]

INSIDE_ROW = "inside-"
"""How the ids of such rows start."""


def inside_rows(rows: Sequence[Alignment], readings: Sequence[Reading]) -> tuple[Alignment, ...]:
    """Rows (unjudged, one pair each) for what actors dispute inside one article and no given row holds already.

    Linear in the claims: each is held against the few that stand before it.
    """
    together = {frozenset((x.a, x.b)) for row in rows for x in row.pairs}
    out: list[Alignment] = []
    for i, reading in enumerate(readings):
        taken = {ref.claim for refs in together for ref in refs if {r.article for r in refs} == {i}}
        standing = _standing(reading)
        for k, later in enumerate(standing):
            for earlier in reversed(standing[max(0, k - thresholds.DENIAL_REACH) : k]):
                pair = ClaimRef(i, earlier.id), ClaimRef(i, later.id)
                if {earlier.id, later.id} & taken or frozenset(pair) in together:
                    continue
                if not _disputed(earlier, later, reading):
                    continue
                taken |= {earlier.id, later.id}
                score = _score(earlier, later)
                label = earlier.text if len(earlier.text) <= thresholds.INSIDE_LABEL else _cut(earlier.text)
                out.append(
                    Alignment(
                        f"{INSIDE_ROW}{len(out) + 1}",
                        label,
                        Status.CONFLICT,
                        pair,
                        pairs=(AlignedPair(*pair, score),),
                        score=thresholds.ROW_SCORE_INSIDE,
                    )
                )
                break
    return tuple(out)


def _standing(reading: Reading) -> list[Claim]:
    """The claims of the body in order; a claim that holds another one is not held against its own part."""
    return [c for c in reading.claims if not is_headline(c, reading.article)]


def _disputed(earlier: Claim, later: Claim, reading: Reading) -> bool:
    """Two voices, one denial: a guard finds that they exclude each other, and one side says so of the other's."""
    if earlier.start <= later.start < earlier.end or not _two_voices(earlier, later):
        return False
    context = Context(reading.article, reading.article, PairScore(1.0, aligned=True), inside=True)
    found = compare_polarity(earlier, later, context)
    return found is not None and found.outcome is Outcome.EXCLUDES and _says_no(found, earlier, later)


def _two_voices(earlier: Claim, later: Claim) -> bool:
    first, second = earlier.speaker, later.speaker
    if first and second:
        return first.key != second.key
    return bool(first or second)


def _says_no(found: Reason, earlier: Claim, later: Claim) -> bool:
    """The word that one side says is denied, negated or disputed by the other: telling another fact is no denial.

    What may change from one month to the next ("would not renew", "chose to keep") is a story told in order; without a
    denial only what stays so once it happened counts, or two speakers of whom one says not.
    """
    if "disputes" in found.say:
        return True
    if any(
        c.attributions and c.attributions[-1].cue and c.attributions[-1].cue.stance == "denies"
        for c in (earlier, later)
    ):
        return True
    for claim, span in ((earlier, found.a_span), (later, found.b_span)):
        read = scan(claim.text)
        at = range(*local(claim, span)) if span else range(0)
        if any(p.start in at and (p.denied or (p.settled and p.sign != p.own)) for p in read.predicates):
            return True
        if earlier.speaker and later.speaker and any(read.words[i].start in at for i in read.negated):
            return True
    return False


def _score(earlier: Claim, later: Claim) -> PairScore:
    share = coverage(earlier, later)
    say = "They stand side by side in one article, and one answers the other."
    return PairScore(1.0, aligned=True, parts=(ScorePart("side by side", round(share, 4), 0.0, say),))


def _cut(text: str) -> str:
    return text[: thresholds.INSIDE_LABEL].rsplit(" ", 1)[0].rstrip(",;:") + " …"
