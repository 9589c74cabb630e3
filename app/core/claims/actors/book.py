"""The actors of one article, and where they are named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.core.records import Actor, ActorMention
from app.core.text import fold

__all__ = ["ActorBook", "Sex"]

Sex = Literal["f", "m"]


@dataclass(frozen=True, slots=True)
class ActorBook:
    """What `find_actors` learned from a text.

    `mentions` are sorted by offset, do not overlap, and point into the text that was read: `text[m.start:m.end] ==
    m.text`. Every mention's key is the key of one of `actors`. `names` leads every folded form that names an actor
    here to that actor's key; a form that two actors bear leads to an actor with `ambiguous` set.
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sexes: Mapping[str, Sex] = field(default_factory=dict)
    plural: frozenset[str] = frozenset()

    def with_mentions(self, more: Sequence[ActorMention]) -> ActorBook:
        """The same book with further mentions of its actors, where none stood."""
        return replace(self, mentions=tuple(sorted((*self.mentions, *more), key=lambda m: m.start)))

    def within(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """The mentions that lie wholly between two offsets of the text, in order."""
        first = bisect_left(self.mentions, start, key=lambda m: m.start)
        found = []
        for mention in self.mentions[first:]:
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append(mention)
        return tuple(found)

    def at(self, offset: int) -> ActorMention | None:
        """The mention that covers an offset, if any."""
        i = bisect_left(self.mentions, offset + 1, key=lambda m: m.start) - 1
        return self.mentions[i] if i >= 0 and self.mentions[i].end > offset else None

    def actor(self, key: str) -> Actor | None:
        return next((a for a in self.actors if a.key == key), None)

    def resolve(self, name: str) -> Actor | None:
        """The actor a name stands for in this article: "Kim", "the ministry's METI", "Seoul"; None when unknown."""
        form = fold(name).strip(" .,;:'\"")
        for prefix in ("the ", "then-", "former "):
            form = form.removeprefix(prefix)
        form = form.removesuffix("'s").strip()
        key = self.names.get(form)
        return self.actor(key) if key else None

    def sex(self, key: str) -> Sex | None:
        """Known from a title or pronoun next to the name ("Ms Kang", "spokeswoman"), else None."""
        return self.sexes.get(key)
