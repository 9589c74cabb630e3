"""Rows about titles: one person whom two outlets call differently, where no common proposition shows it.

Two outlets need not report the same words of a person to disagree about who he is. Such a row holds each outlet's first
claim that states a title; its relation is a divergence in role.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds
from app.core.records import (
    ActorKind,
    AlignedPair,
    Alignment,
    Article,
    Claim,
    ClaimRef,
    Dimension,
    Outcome,
    PairScore,
    Reading,
    ScorePart,
    Status,
)
from app.core.relation.context import Context
from app.core.relation.role import compare_roles, is_loose, stated_title

__all__ = ["TITLE_ROW", "title_rows"]

TITLE_ROW = "title-"
"""How the ids of such rows start."""

_Stated = tuple[ClaimRef, Article, Claim]
_SCORE = PairScore(
    1.0, aligned=True, parts=(ScorePart("same person", 1.0, 0.0, "Both claims name the same person with a title."),)
)


def title_rows(judged: Sequence[Alignment], readings: Sequence[Reading]) -> tuple[Alignment, ...]:
    """Rows (unjudged, pairs filled) for persons with two titles that no judged row tells of already."""
    persons = {
        ClaimRef(i, c.id): {m.key for m in c.actors if m.kind is ActorKind.PERSON}
        for i, reading in enumerate(readings)
        for c in reading.claims
    }
    told = {
        key
        for row in judged
        for relation in row.relations
        if any(r.dimension is Dimension.ROLE and r.outcome is Outcome.DIFFERS for r in relation.reasons)
        for key in persons[relation.a] & persons[relation.b]
    }
    out = []
    for key, stating in sorted(_stating(readings).items()):
        pairs = _pairs(key, stating) if key not in told else ()
        if not pairs:
            continue
        name = next(m.name for m in stating[0][2].actors if m.key == key)
        refs = tuple(sorted({ref for pair in pairs for ref in (pair.a, pair.b)}))
        out.append(
            Alignment(
                f"{TITLE_ROW}{key}",
                f"The title of {name}",
                Status.DIVERGE,
                refs,
                pairs=pairs,
                score=thresholds.ROW_SCORE_TITLE,
            )
        )
    return tuple(out)


def _stating(readings: Sequence[Reading]) -> dict[str, list[_Stated]]:
    """For each person the first claim of each article that states a title of his; a full name only."""
    out: dict[str, list[_Stated]] = {}
    for i, reading in enumerate(readings):
        unsure = {a.key for a in reading.actors if a.ambiguous}
        seen: set[str] = set()
        for claim in reading.claims:
            for mention in claim.actors:
                if mention.kind is not ActorKind.PERSON or " " not in mention.name or mention.key in unsure | seen:
                    continue
                title = stated_title(claim, mention.key)
                if title and not is_loose(title[0]):
                    seen.add(mention.key)
                    out.setdefault(mention.key, []).append((ClaimRef(i, claim.id), reading.article, claim))
    return out


def _pairs(key: str, stating: list[_Stated]) -> tuple[AlignedPair, ...]:
    """The pairs of different outlets in which the titles of this person differ.

    Each claim is held against the first of every differing title, a few at most: linear in the claims.
    """
    firsts: list[_Stated] = []
    out = []
    for stated in sorted(stating, key=lambda s: _fullness(s[2], key)):
        differing = [first for first in firsts if _differ(first, stated, key)]
        out += [
            AlignedPair(min(f[0], stated[0]), max(f[0], stated[0]), _SCORE)
            for f in differing
            if f[1].outlet != stated[1].outlet
        ]
        if len(differing) == len(firsts) < thresholds.TITLES_HELD_APART:
            firsts.append(stated)
    return tuple(sorted(out, key=lambda p: (p.a, p.b)))


def _fullness(claim: Claim, key: str) -> tuple[int, str]:
    """Fuller titles first, so that a short one that fits two does not stand for either; order of articles plays no part."""
    title = (stated_title(claim, key) or ("",))[0]
    return -len(title.split()), title


def _differ(first: _Stated, second: _Stated, key: str) -> bool:
    found = compare_roles(first[2], second[2], Context(first[1], second[1], _SCORE), only=key)
    return found is not None and found.outcome is Outcome.DIFFERS
