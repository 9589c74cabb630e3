"""Who the articles of a story name, by which names, and who of them were found to be one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.core.claims.actors.fullnames import FullName, parsed_name
from app.core.claims.actors.names import is_given
from app.core.claims.actors.people import is_shaped_otherwise
from app.core.claims.words import FUNCTION
from app.core.lexicon.registry import named_forms
from app.core.records import ActorKind, ActorMention, Reading, Speaker
from app.core.text import fold

__all__ = ["CastList", "NameInStory", "NamedKey", "is_named"]

_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class NameInStory:
    """What an actor is called in the whole story."""

    key: str
    name: str
    kind: ActorKind


@dataclass
class NamedKey:
    """An actor key with all that the articles say of it; a person of one word is another one in each article."""

    key: str
    article: int | None = None
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[ActorKind] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    ambiguous: bool = False
    role: bool = False

    @cached_property
    def name(self) -> str:
        return max(self.names, key=lambda n: (self.names[n], len(n), n))

    @cached_property
    def kind(self) -> ActorKind:
        """That of most mentions; what has a given name in front and no word of a body behind is a person, however it was read."""
        words = self.name.split()
        if (
            ActorKind.TREATY not in self.kinds
            and len(words) in (2, 3)
            and is_given(words[0])
            and not (self.name.isupper() or is_shaped_otherwise(self.name))
        ):
            return ActorKind.PERSON
        return max(self.kinds, key=lambda k: (k is not ActorKind.UNNAMED, self.kinds[k], k.value))

    @cached_property
    def full(self) -> FullName | None:
        """The name of a person, in its parts; None for a single word."""
        return parsed_name(self.name) if self.kind is ActorKind.PERSON else None

    @property
    def mentions(self) -> int:
        return self.names.total()

    @property
    def known(self) -> bool:
        """Whether the registry of names holds it: of two such, none is the other."""
        return self.name in named_forms()

    @property
    def place(self) -> tuple[str, int]:
        return self.key, -1 if self.article is None else self.article


class CastList:
    """The named actors of a story's articles, in groups that are one actor each."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.small = {w for r in readings for w in _SMALL_WORD.findall(r.article.text)}
        """Words that the articles print small: a name of one such word alone tells nobody from another."""
        self._of: list[dict[str, NamedKey]] = []
        held: dict[tuple[str, int | None], NamedKey] = {}
        for i, reading in enumerate(readings):
            here: dict[str, NamedKey] = {}
            for key, name, kind in _named_in(reading):
                alone = kind in (ActorKind.PERSON, ActorKind.UNNAMED) and " " not in name
                article = i if alone else None
                actor = here.setdefault(key, held.setdefault((key, article), NamedKey(key, article)))
                actor.names[name] += 1
                actor.kinds[kind] += 1
                actor.articles.add(i)
            for listed in reading.actors:
                if listed.key in here:
                    here[listed.key].forms.update(fold(f) for f in (listed.name, *listed.aliases))
                    here[listed.key].ambiguous |= listed.ambiguous
                    here[listed.key].role |= listed.role is not None
            self._of.append(here)
        self.all: list[NamedKey] = sorted(held.values(), key=lambda n: n.place)
        self._groups: dict[tuple[str, int], list[NamedKey]] = {n.place: [n] for n in self.all}

    def group(self, actor: NamedKey) -> Sequence[NamedKey]:
        """Those found to be one with an actor, itself among them."""
        return self._groups[actor.place]

    def join(self, a: NamedKey, b: NamedKey) -> None:
        one, other = self._groups[a.place], self._groups[b.place]
        if one is other:
            return
        one.extend(other)
        one.sort(key=lambda n: n.place)
        for actor in other:
            self._groups[actor.place] = one

    def groups(self, actors: Iterable[NamedKey]) -> list[Sequence[NamedKey]]:
        """The groups that these actors belong to, each once, in order."""
        found = {id(g): g for g in (self._groups[a.place] for a in actors)}
        return sorted(found.values(), key=lambda g: g[0].place)

    def standings(self) -> tuple[Mapping[str, NameInStory], ...]:
        """For each article: actor key -> what that actor is called in the story."""
        chosen = {id(g): _standing(g) for g in self._groups.values()}
        return tuple({key: chosen[id(self._groups[n.place])] for key, n in sorted(here.items())} for here in self._of)


def _named_in(reading: Reading) -> Iterable[tuple[str, str, ActorKind]]:
    """Key, name and kind of every place where a claim names an actor or has one speak, but for states."""
    seen: set[tuple[str, int, int, str]] = set()
    for claim in reading.claims:
        named: list[ActorMention | Speaker] = [*claim.actors]
        named += [a.speaker for a in claim.attributions if a.speaker is not None]
        for m in named:
            place = (claim.where, m.start, m.end, m.key)
            if m.kind is ActorKind.STATE or not is_named(m) or place in seen:
                continue
            seen.add(place)
            yield m.key, m.name, m.kind


def is_named(actor: ActorMention | Speaker) -> bool:
    """Not "he", "the firm", "two officials"; a single name that its article says nothing else of may be another's in full."""
    if actor.kind is not ActorKind.UNNAMED:
        return True
    return " " not in actor.name and actor.name[:1].isupper() and fold(actor.name) not in FUNCTION


def _standing(group: Sequence[NamedKey]) -> NameInStory:
    """A group's kind is that of most mentions; its name the registry's, else the one that most articles print in full."""
    kinds: Counter[ActorKind] = Counter()
    for actor in group:
        kinds.update({actor.kind: actor.mentions})
    kind = max(kinds, key=lambda k: (k is not ActorKind.UNNAMED, kinds[k], k.value))
    best = max(
        group,
        key=lambda n: (
            n.known,
            kind is not ActorKind.PERSON or " " in n.name,
            n.kind is kind,
            len(n.articles),
            n.mentions,
            len(n.name),
            n.key,
        ),
    )
    return NameInStory(best.key, best.name, kind)
