"""What one article reports two ways: one voice says that something was done, another that it was not.

Rows are made of what several articles tell; that two people contradict each other inside one is found here, and nowhere is
precision easier lost, so only the plain case counts: one known actor who is said to do a thing and not to do it, by two
voices. Where the two stand in one row already, their pair is judged there; else they make a row of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from app.core.alignment.kept_rows import Kept
from app.core.alignment.label import row_label
from app.core.records import AlignedPair, Alignment, Claim, ClaimRef, Outcome, PairScore, Reading, ScorePart, Status
from app.core.relation.acts import compare_acts
from app.core.relation.sides import CLEAR_ACT, Evidence, Sides
from app.core.thresholds import ROW_SCORE_INSIDE

__all__ = ["INSIDE_ROW", "with_contradictions_inside"]

INSIDE_ROW = "i"
"""How the ids of the rows begin that are made here."""


def with_contradictions_inside(
    rows: Sequence[Alignment], readings: Sequence[Reading], kept: Kept | None = None
) -> list[Alignment]:
    """The rows, with the pairs of voices at odds inside one article, and a row for each of those that no row holds.

    Doing it again changes nothing. `kept`: which are at odds in an article is looked up where it was found before.
    """
    out = [row for row in rows if not row.id.startswith(INSIDE_ROW)]
    added: list[Alignment] = []
    for article, reading in enumerate(readings):
        claims = {c.id: c for c in reading.claims}
        for a, b in ((claims[x], claims[y]) for x, y in _kept_at_odds(article, reading, kept)):
            pair = _pair(article, a, b)
            at = next((n for n, row in enumerate(out) if {pair.a, pair.b} <= set(row.claims)), None)
            if at is not None:
                if not any((p.a, p.b) == (pair.a, pair.b) for p in out[at].pairs):
                    out[at] = replace(out[at], pairs=(*out[at].pairs, pair))
            elif not any(pair.a in row.claims or pair.b in row.claims for row in added):
                added.append(_row(pair, a, b))
    return out + [replace(row, id=f"{INSIDE_ROW}{n}") for n, row in enumerate(added, 1)]


def _kept_at_odds(article: int, reading: Reading, kept: Kept | None) -> Sequence[tuple[str, str]]:
    """The claims at odds inside an article, by their ids."""

    def found() -> list[tuple[str, str]]:
        return [(a.id, b.id) for a, b in _at_odds(reading)]

    if kept is None or not kept.keeps:
        return found()
    out: list[tuple[str, str]] = json.loads(
        kept.work.of("inside", kept.story.named[article], lambda: json.dumps(found()).encode())
    )
    return out


def _at_odds(reading: Reading) -> Iterator[tuple[Claim, Claim]]:
    acting = [c for c in reading.claims if any(act.agent for act in c.acts)]
    for a, b in combinations(acting, 2):
        overlap = a.start < b.end and b.start < a.end
        if overlap or _voice(a) == _voice(b) or not _one_agent(a, b):
            continue
        sides = Sides.of(a, b, reading.article, reading.article, PairScore(ROW_SCORE_INSIDE, aligned=True))
        found = compare_acts(sides)
        if any(e.guard == CLEAR_ACT and e.outcome is Outcome.EXCLUDES and _is_plain(e) for e in found):
            yield a, b


def _is_plain(evidence: Evidence) -> bool:
    """Done and not done, and nothing else is stated; what was planned first and undone later is a story told in its order."""
    signs = evidence.signs
    return bool(signs["negated"]) and not signs["future"] and signs["main"] == 1.0


def _voice(claim: Claim) -> str | None:
    return claim.speaker.key if claim.speaker else None


def _one_agent(a: Claim, b: Claim) -> bool:
    return bool({x.agent for x in a.acts if x.agent} & {y.agent for y in b.acts if y.agent})


def _pair(article: int, a: Claim, b: Claim) -> AlignedPair:
    say = "Inside one article two voices tell whether one actor did one thing."
    part = ScorePart("start", 1.0, 0.0, say)
    first, second = sorted((ClaimRef(article, a.id), ClaimRef(article, b.id)))
    return AlignedPair(first, second, PairScore(ROW_SCORE_INSIDE, aligned=True, parts=(part,)))


def _row(pair: AlignedPair, a: Claim, b: Claim) -> Alignment:
    spans = {a.id: (a.start, a.end), b.id: (b.start, b.end)}
    return Alignment(
        id="",
        label=row_label([a, b]),
        status=Status.SINGLE,
        claims=(pair.a, pair.b),
        clauses=(spans[pair.a.claim], spans[pair.b.claim]),
        pairs=(pair,),
        score=ROW_SCORE_INSIDE,
    )
