"""What "he denies it" denies: the statement right before it, which the claim then takes in.

A denial that names nothing but "it" or "the charges" says nothing by itself, and what it denies would be told without it. So
the two are one claim: its span covers both, its content is what is denied, and the statement stands within it, as that of
"he denied taking the money" does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.core.lexicon.load import load
from app.core.records import Attribution, Claim, Span, Stance

__all__ = ["with_what_is_denied"]


@lru_cache(maxsize=1)
def _points() -> re.Pattern[str]:
    words, before, nouns = (
        "|".join(load("cues")["points_back"][kind].split()) for kind in ("words", "before", "nouns")
    )
    return re.compile(rf"(?:{words}|(?:(?:{before}) )*(?:{nouns})s?)", re.IGNORECASE)


def with_what_is_denied(claims: Sequence[Claim], source: str) -> tuple[Claim, ...]:
    """The claims of one text in order of offset, numbered so; those before a denial that points back at them stand within it."""
    out = list(claims)
    for n, claim in enumerate(claims):
        told = next((k for k in range(n - 1, -1, -1) if out[k].end <= claim.start and out[k].within is None), None)
        if told is not None and _points_back(claim, source) and _is_told(out[told], claim, source):
            out[n] = _joined(out[told], claim, source)
            out[told] = replace(out[told], within=claim.id)
    ordered = sorted(out, key=lambda c: (c.start, -c.end))
    ids: dict[str | None, str] = {claim.id: given.id for claim, given in zip(ordered, claims, strict=True)}
    return tuple(replace(c, id=ids[c.id], within=ids.get(c.within), utterance=ids.get(c.utterance)) for c in ordered)


def _points_back(claim: Claim, source: str) -> bool:
    last = _denial(claim)
    if last is None or len(claim.attributions) > 1:
        return False
    said = " ".join(source[a:b] for a, b in last.content).strip(" .,;!\"'”’")
    return _points().fullmatch(said) is not None


def _denial(claim: Claim) -> Attribution | None:
    last = claim.attributions[-1] if claim.attributions else None
    return last if last is not None and last.cue is not None and last.cue.stance is Stance.DENIES else None


def _is_told(told: Claim, denying: Claim, source: str) -> bool:
    """Somebody else's statement of the same paragraph, in this sentence or the one before it."""
    gap = source[told.end : denying.start]
    speakers = told.speaker, denying.speaker
    one = speakers[0] is not None and speakers[1] is not None and speakers[0].key == speakers[1].key
    return not one and _denial(told) is None and "\n" not in gap and len(re.findall(r"\w+", gap)) <= 1


def _denied(told: Claim, denying: Claim, source: str) -> tuple[Span, ...]:
    """What is told behind the very noun of the denial: of "the criticism followed a report that it lent boats" the report that ... ."""
    (last,) = denying.attributions
    said = " ".join(source[a:b] for a, b in last.content).strip(" .,;!\"'”’").split()
    named = re.search(rf"\b{re.escape(said[-1].removesuffix('s'))}s?\b\W*", told.text, re.IGNORECASE)
    if len(said) == 1 or named is None:
        return told.content
    start = told.start + named.end()
    behind = tuple((max(a, start), b) for a, b in told.content if b > start)
    return behind if any(len(source[a:b].split()) > 1 for a, b in behind) else told.content


def _joined(told: Claim, denying: Claim, source: str) -> Claim:
    (last,) = denying.attributions
    return replace(
        denying,
        start=told.start,
        text=source[told.start : denying.end],
        sentence=(told.sentence[0], denying.sentence[1]),
        attributions=(replace(last, content=_denied(told, denying, source)),),
        actors=(*told.actors, *denying.actors),
        dates=(*told.dates, *denying.dates),
        numbers=(*told.numbers, *denying.numbers),
        actions=told.actions,
        acts=told.acts,
        words=told.words,
        clauses=((told.start, denying.end),),
    )
