"""Who, and to whom: one act told of two actors, or done to two."""

from __future__ import annotations

from itertools import product

from app.core.records import Action, ActorKind, ActorMention, Claim, Dimension, Outcome, Span
from app.core.relation.likeness import rest
from app.core.relation.say import between_names
from app.core.relation.sides import Evidence, Sides

__all__ = ["compare_parties"]


def compare_parties(sides: Sides) -> list[Evidence]:
    """EXCLUDES where the same act has another agent or another target on either side, both known, neither named on the other."""
    out = []
    for x, y in product(sides.a.acts, sides.b.acts):
        if x.cls != y.cls or x.polarity is not y.polarity:
            continue
        if x.agent and y.agent and {x.agent, x.target} == {y.agent, y.target} and x.agent != y.agent:
            out.append(_differ(sides, x, y, x.agent, y.agent, "swapped"))
            continue
        for part, one, other in (("agent", x.agent, y.agent), ("target", x.target, y.target)):
            if one and other and one != other and not _named(sides.b, one) and not _named(sides.a, other):
                out.append(_differ(sides, x, y, one, other, part))
    return out


def _named(claim: Claim, key: str) -> bool:
    return any(m.key == key for m in claim.actors)


def _differ(sides: Sides, x: Action, y: Action, one: str, other: str, part: str) -> Evidence:
    spans = _place(sides.a, one, x), _place(sides.b, other, y)
    signs = {
        "rest": rest(sides.a, sides.b, [spans[0]], [spans[1]]),
        "akin": float(_akin(sides, one, other)),
    }
    names = between_names(sides)
    words = sides.a.text[x.start - sides.a.start : x.end - sides.a.start]
    told = [c.text[s[0] - c.start : s[1] - c.start] for c, s in ((sides.a, spans[0]), (sides.b, spans[1]))]
    who = "it is" if part != "target" else "it is done to"
    say = f"{names[0]} says of “{words}” that {who} {told[0]}; {names[1]} that {who} {told[1]}."
    return Evidence("party", Dimension.ROLE, Outcome.EXCLUDES, *spans, say, signs)


def _akin(sides: Sides, one: str, other: str) -> bool:
    """Two bodies that share a word of their names: one may be the other, named loosely ("Delta Airways", "Delta Airlines")."""
    bodies = [m for c in (sides.a, sides.b) for m in c.actors if m.kind is ActorKind.ORGANISATION]
    words = [{w for m in bodies if m.key == key for w in m.name.casefold().split()} for key in (one, other)]
    return bool(words[0] & words[1] - {"the", "of", "and", "for"})


def _place(claim: Claim, key: str, act: Action) -> Span:
    """Where the actor is named, the mention nearest to the act; the act itself where only context names him."""
    mentions: list[ActorMention] = [m for m in claim.actors if m.key == key]
    best = min(mentions, key=lambda m: (abs(m.start - act.start), m.start), default=None)
    return (best.start, best.end) if best else (act.start, act.end)
