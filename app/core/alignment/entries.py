"""The claims that may stand in rows, in an order that depends on content alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.alignment.statement import Statement, of_claim
from app.core.records import Claim, ClaimRef, Reading
from app.core.text import is_headline

__all__ = ["ClaimEntry", "content_of", "entries_of", "in_order"]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim that may stand in a row."""

    ref: ClaimRef
    claim: Claim
    statement: Statement
    article: int  # index in the order of content
    published: date | None = None


def entries_of(
    readings: Sequence[Reading],
    members: Sequence[int] | None = None,
    every: frozenset[ClaimRef] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> list[ClaimEntry]:
    """The claims of these readings (all, or those of `members`) that may stand in rows; those of `every` may anyhow.

    `names`: other keys of actors, to be compared by.
    """
    out = []
    for place, i in enumerate(in_order(readings, range(len(readings)) if members is None else members)):
        article, claims = readings[i].article, readings[i].claims
        first = min((c.start for c in claims if not is_headline(c, article)), default=0)
        for claim in _standing(claims, {ref.claim for ref in every if ref.article == i}):
            statement = of_claim(claim, article, first=claim.start == first, names=names or {})
            if statement.words:
                out.append(ClaimEntry(ClaimRef(i, claim.id), claim, statement, place, article.published))
    return out


def in_order(readings: Sequence[Reading], members: Iterable[int]) -> list[int]:
    """Numbers of readings in an order that hangs on their content alone."""
    return sorted(members, key=lambda i: content_of(readings[i]))


def content_of(reading: Reading) -> tuple[str, str, str, str]:
    """By what articles are put in order, whatever order they are given in."""
    article = reading.article
    return str(article.published), article.outlet or "", article.text, article.headline or ""


def _standing(claims: Sequence[Claim], every: Collection[str]) -> list[Claim]:
    """Of a claim inside another only the inner one stands, unless the outer one denies it or takes it back."""
    denying = {c.id for c in claims if any(a.cue and a.cue.undoes for a in c.attributions)}
    outer = {c.within for c in claims if c.within} - denying
    return [c for c in claims if c.id in every or (c.id not in outer and c.within not in denying)]
