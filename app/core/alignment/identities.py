"""One key a person, a body, across the articles of a story.

Each article names its actors as it pleases: "Bill Lind" here, "William P. Lind" there, "Lind" in a third; "ICRC" and
"International Committee of the Red Cross". `identities` says which keys of the articles are one actor's, `unified` gives
the readings with one key, name and kind each, so that whoever compares claims need not know of spellings.

Two full names that one article keeps apart are never joined, whatever third name they share: brothers, a couple, a father
and his son. A short name joins a full one only where the story holds no other bearer it could mean. What stays open stays
apart. Nothing depends on the order of the articles.

    cast_list.py    who the articles of a story name, and how
    same_person.py  which of them are one person
    same_body.py    which of them are one body
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from app.core.alignment.cast_list import CastList, NameInStory, is_named
from app.core.alignment.entries import in_order
from app.core.alignment.ground import ground_of
from app.core.alignment.kept_work import digest, reading_digest
from app.core.alignment.related import related_articles
from app.core.alignment.same_body import join_bodies
from app.core.alignment.same_person import join_persons, join_short_names
from app.core.records import Action, Actor, ActorKind, ActorMention, Attribution, Claim, Reading, Speaker

__all__ = ["Unified", "identities", "unified"]


def identities(readings: Sequence[Reading]) -> tuple[Mapping[str, str], ...]:
    """For each reading: the key of every actor and named speaker of it -> the key that stands for them in the whole story."""
    return tuple(
        {a.key: a.key for a in reading.actors} | {key: standing.key for key, standing in names.items()}
        for reading, names in zip(
            readings, _standings(readings, related_articles([r.article for r in readings])), strict=True
        )
    )


def unified(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings with every actor under the story's key, name and kind."""
    return Unified(readings).readings


class Unified:
    """`readings` as `unified` gives them, with what does not change when another report names an actor otherwise.

    `related`: the readings in groups that have anything to do with each other. `first`: by the story's key of an actor the key by
    which the first report that names it does, first by date among the ground (`ground.py`; `grounds` are those of the story before),
    so that no report that is put in between later changes it. Digests of each reading: `read` of it as it was read, `told` with those
    keys of its actors, `named` under the story's keys and names.
    """

    def __init__(self, readings: Sequence[Reading], grounds: Collection[frozenset[str]] = ()) -> None:
        self.related = related_articles([r.article for r in readings])
        self._grounds = grounds
        self._read, self._names = readings, _standings(readings, self.related)
        self.readings = tuple(_rewritten(r, names) for r, names in zip(readings, self._names, strict=True))

    @cached_property
    def read(self) -> tuple[str, ...]:
        return tuple(reading_digest(r) for r in self._read)

    def ground(self, members: Iterable[int]) -> frozenset[str]:
        """Which of these related readings are ground, by `read`."""
        return ground_of([self.read[i] for i in members], self._grounds)

    @cached_property
    def first(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        ground = {i for some in self.related if len(some) > 1 for i in some if self.read[i] in self.ground(some)}
        for i in sorted(in_order(self._read, range(len(self._read))), key=lambda i: i not in ground):
            for key, standing in sorted(self._names[i].items()):
                out.setdefault(standing.key, key)
        return out

    @cached_property
    def told(self) -> tuple[str, ...]:
        return tuple(
            digest(read, sorted((key, self.first[standing.key]) for key, standing in names.items()))
            for read, names in zip(self.read, self._names, strict=True)
        )

    @cached_property
    def named(self) -> tuple[str, ...]:
        return tuple(
            digest(told, sorted((key, now.key, now.name, now.kind) for key, now in names.items()))
            for told, names in zip(self.told, self._names, strict=True)
        )


def _standings(readings: Sequence[Reading], related: Iterable[Sequence[int]]) -> tuple[Mapping[str, NameInStory], ...]:
    """By reading; articles that have nothing to do with each other have nobody in common either."""
    out: list[Mapping[str, NameInStory]] = [{}] * len(readings)
    for members in related:
        cast = CastList([readings[i] for i in members])
        join_persons(cast)
        join_bodies(cast)
        join_short_names(cast)
        for i, standings in zip(members, cast.standings(), strict=True):
            out[i] = standings
    return tuple(out)


# --- the same readings under other keys ------------------------------------------------------------------------------


def _rewritten(reading: Reading, names: Mapping[str, NameInStory]) -> Reading:
    actors: dict[str, Actor] = {}
    for actor in reading.actors:
        now = names.get(actor.key)
        new = replace(actor, key=now.key, name=now.name, kind=now.kind) if now else actor
        held = actors.get(new.key)
        aliases = tuple(a for a in dict.fromkeys((actor.name, *actor.aliases)) if a != new.name)
        if held is None:
            actors[new.key] = replace(new, aliases=aliases if now else actor.aliases)
        else:
            merged = tuple(dict.fromkeys((*held.aliases, *aliases)))
            actors[new.key] = replace(held, aliases=merged, role=held.role or actor.role, side=held.side or actor.side)
    claims = tuple(_claim(c, names) for c in reading.claims)
    return replace(reading, claims=claims, actors=tuple(actors.values()))


def _claim(claim: Claim, names: Mapping[str, NameInStory]) -> Claim:
    """The claim itself where nobody in it has another name in the story."""
    before = claim.actors, claim.attributions, claim.actions, claim.acts
    actors = tuple(_renamed(m, names) for m in claim.actors)
    attributions = tuple(_attribution(a, names) for a in claim.attributions)
    actions, acts = (tuple(_action(a, names) for a in some) for some in (claim.actions, claim.acts))
    if (actors, attributions, actions, acts) == before:
        return claim
    return replace(claim, actors=actors, attributions=attributions, actions=actions, acts=acts)


_Named = TypeVar("_Named", ActorMention, Speaker)


def _renamed(one: _Named, names: Mapping[str, NameInStory]) -> _Named:
    now = names.get(one.key)
    if now is None or (now.key, now.name, now.kind) == (one.key, one.name, one.kind):
        return one
    return replace(one, key=now.key, name=now.name, kind=now.kind)


def _attribution(attribution: Attribution, names: Mapping[str, NameInStory]) -> Attribution:
    speaker = attribution.speaker
    if speaker is None or not is_named(speaker):
        return attribution
    if speaker.kind is ActorKind.UNNAMED and names.get(speaker.key, speaker).key == speaker.key:
        return attribution
    now = _renamed(speaker, names)
    return attribution if now is speaker else replace(attribution, speaker=now)


def _action(action: Action, names: Mapping[str, NameInStory]) -> Action:
    agent, target = (names[k].key if k in names else k for k in (action.agent or "", action.target or ""))
    if (agent or None, target or None) == (action.agent, action.target):
        return action
    return replace(action, agent=agent or None, target=target or None)
