"""A title that is no outlet's: who most reports speak of first, and what about, in words that several of them use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from app.core.records import ActorKind, Claim, Reading

__all__ = ["shared_title"]

_FIRST = 3
"""Claims of a report that its headline and lead fill: what it is about stands there."""
_ACTORS, _WORDS = 3, 3


def shared_title(readings: Sequence[Reading]) -> str | None:
    """Names and nouns that stand at the top of more than half of the reports, the most shared first; None where too few do.

    One report alone shares nothing. The order of the reports does not matter.
    """
    if len(readings) < 2:
        return None
    most = len(readings) / 2
    names, words = Counter[str](), Counter[str]()
    called: dict[str, str] = {}
    place: dict[str, list[int]] = defaultdict(list)
    for reading in readings:
        here, said = dict[str, str](), dict[str, int]()
        for claim in _top(reading):
            here |= {m.key: m.name for m in claim.actors if m.kind is not ActorKind.UNNAMED}
            said |= {w: said.get(w, len(said)) for w in _nouns(claim)}
        names.update(here.keys())
        words.update(said.keys())
        called = here | called
        for word, at in said.items():
            place[word].append(at)
    known = {part.casefold() for key in names for part in called[key].replace("-", " ").split()}
    who = [called[k] for k, n in sorted(names.items(), key=lambda x: (-x[1], called[x[0]])) if n > most][:_ACTORS]
    shared = [w for w, n in words.items() if n > most and w.casefold() not in known]
    what = sorted(shared, key=lambda w: (-words[w], sum(place[w]) / len(place[w]), w))[:_WORDS]
    if not what and len(who) < 2:
        return None
    told = f"{', '.join(who)}: {', '.join(what)}" if who and what else ", ".join(who or what)
    return told[:1].upper() + told[1:]


def _top(reading: Reading) -> Sequence[Claim]:
    heads = [c for c in reading.claims if c.where == "headline"]
    body = sorted((c for c in reading.claims if c.where == "body"), key=lambda c: (c.start, c.end))
    return [*heads, *body[:_FIRST]]


def _nouns(claim: Claim) -> Iterator[str]:
    """Its nouns outside the names of actors."""
    for word in claim.words:
        inside = any(m.start <= word.start < m.end for m in claim.actors)
        if word.kind == "noun" and not inside and word.lemma.isalpha() and len(word.lemma) > 2:
            yield word.lemma
