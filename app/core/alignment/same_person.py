"""Which of a story's names are one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from app.core.alignment.cast_list import CastList, NamedKey
from app.core.claims.actors.fullnames import Likeness, likeness
from app.core.claims.actors.names import short_names
from app.core.claims.actors.people import is_shaped_otherwise
from app.core.claims.source_phrases import person_nouns
from app.core.lexicon.load import word_set
from app.core.records import ActorKind
from app.core.text import fold
from app.core.thresholds import BEARER_LEAD

__all__ = ["join_persons", "join_short_names"]


def join_persons(cast: CastList) -> None:
    """Join full names that are one person's, the surest first."""
    people = [n for n in cast.all if n.full is not None and not n.ambiguous]
    pairs = sorted(_pairs(people), key=lambda p: (-p[0], p[1].place, p[2].place))
    beside: dict[tuple[str, int], list[tuple[Likeness, NamedKey]]] = defaultdict(list)
    for level, a, b in pairs:
        beside[a.place].append((level, b))
        beside[b.place].append((level, a))
    for level, a, b in pairs:
        if not _may_be_one(cast.group(a), cast.group(b)):
            continue
        rivals = [c for x, y in ((a, b), (b, a)) for at, c in beside[x.place] if at >= level and c is not y]
        if all(_may_be_one(cast.group(c), cast.group(y)) for c in rivals for y in (a, b)):
            cast.join(a, b)


def _pairs(people: Sequence[NamedKey]) -> Iterable[tuple[Likeness, NamedKey, NamedKey]]:
    """Names that are alike, found by a word or by both initials that they share."""
    blocks: dict[str, list[NamedKey]] = defaultdict(list)
    for person in people:
        if person.full is not None:
            words = person.full.words
            for block in {words[0], words[-1], words[0][0] + words[-1][0]}:
                blocks[block].append(person)
            if len(words) > 2:
                blocks[words[-2]].append(person)
    seen = set()
    for block in sorted(blocks):
        for a, b in combinations(blocks[block], 2):
            if (a.place, b.place) in seen or a.full is None or b.full is None:
                continue
            seen.add((a.place, b.place))
            level = likeness(a.full, b.full)
            if level:
                yield level, a, b


def _may_be_one(one: Sequence[NamedKey], other: Sequence[NamedKey]) -> bool:
    return one is other or not any(_are_two(a, b) for a in one for b in other)


def _are_two(a: NamedKey, b: NamedKey) -> bool:
    """Whether two names are kept apart: by an article that prints both, or by a given name, a Jr."""
    if a.full is None or b.full is None:
        return False
    level = likeness(a.full, b.full)
    if a.articles & b.articles:
        return level < Likeness.SAME or a.full.suffix != b.full.suffix
    return level is Likeness.NONE and a.full.family == b.full.family and a.full.given != b.full.given


# --- short names ----------------------------------------------------------------------------------------------------


def join_short_names(cast: CastList) -> None:
    """Join a name that stands for a person in full: a surname alone, a name with what the person is in front.

    Where the story holds several bearers it means the one of whom it tells most by far, else it stays alone.
    """
    bearers: dict[str, list[NamedKey]] = defaultdict(list)
    for person in cast.all:
        if person.full is not None and not person.ambiguous:
            for form in (*short_names(person.name), person.name):
                bearers[fold(form)].append(person)
    heads = {fold(n.name).split()[0] for n in cast.all if n.kind is not ActorKind.PERSON and " " in n.name}
    likely: dict[str, list[NamedKey]] = defaultdict(list)
    for n in cast.all:
        first, *rest = fold(n.name).split()
        if len(rest) != 1:
            continue
        body = (
            n.kind is ActorKind.PERSON
            or n.known
            or n.name.isupper()
            or is_shaped_otherwise(n.name)
            or first in person_nouns()
        )
        if not body:
            likely[rest[0]].append(n)  # perhaps a person that was taken for a body
    for actor in cast.all:
        for name in _of_person(actor, heads):
            found = _meant(cast, actor, bearers.get(name, ()))
            if found is None and name not in bearers and (actor.kind is ActorKind.PERSON or name != fold(actor.name)):
                found = _meant(cast, actor, likely.get(name, ()))
            if found is not None:
                cast.join(actor, found)
                break


def _of_person(actor: NamedKey, heads: set[str]) -> list[str]:
    """What of an actor's name may be a person's, folded, the longest first: without what the person is in front.

    A single word that a body's name begins with ("Goldman" beside Goldman Sachs) is rather that body's.
    """
    if actor.known or actor.name.isupper() or actor.full is not None:
        return []
    words = fold(actor.name).split()
    if len(words) == 1:
        return words if actor.kind is ActorKind.PERSON or words[0] not in heads else []
    out = [" ".join(words[i:]) for i in range(len(words) - 1)]
    return [*out, words[-1]] if (person_nouns() | word_set("names", "particles")).issuperset(words[:-1]) else out


def _meant(cast: CastList, actor: NamedKey, bearers: Sequence[NamedKey]) -> NamedKey | None:
    groups = cast.groups(b for b in bearers if b is not actor)
    if not groups:
        return None
    told = sorted(((sum(n.mentions for n in g), g[0].place, g) for g in groups), reverse=True)
    if len(told) > 1 and told[0][0] < BEARER_LEAD * sum(count for count, _, _ in told[1:]):
        return None
    return told[0][2][0]
