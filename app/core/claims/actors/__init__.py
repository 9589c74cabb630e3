"""Who is named: people, organisations, states and treaties of one article, one canonical name each."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actors.book import ActorBook
from app.core.language import Parsed
from app.core.records import Actor, ActorKind, ActorMention
from app.core.text import fold, slug

__all__ = ["ActorBook", "find_actors"]

_KINDS = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION, "GPE": ActorKind.STATE, "LAW": ActorKind.TREATY}


def find_actors(text: str, sentences: Sequence[tuple[int, Parsed]], known: ActorBook | None = None) -> ActorBook:
    """The actors named in `text`, read as `sentences`: (offset in text, the parse of what starts there), in order.

    With `known`, the book of another text of the same article (the body, when a headline is read), its actors and
    aliases hold here too; only mentions of this text are returned.
    """
    actors: dict[str, Actor] = {a.key: a for a in known.actors} if known else {}
    names = dict(known.names) if known else {}
    mentions = []
    for offset, parsed in sentences:
        for token in parsed.tokens:
            if not token.entity_start or token.entity not in _KINDS:
                continue
            last = token.i
            while (
                last + 1 < len(parsed.tokens)
                and parsed.tokens[last + 1].entity
                and not parsed.tokens[last + 1].entity_start
            ):
                last += 1
            start, end = offset + token.start, offset + parsed.tokens[last].end
            name = text[start:end]
            key = names.setdefault(fold(name), slug(name))
            actor = actors.setdefault(key, Actor(key, name, _KINDS[token.entity]))
            mentions.append(ActorMention(key, actor.name, actor.kind, name, start, end))
    return ActorBook(tuple(actors.values()), tuple(mentions), names)
