"""Who is named: people, organisations, states and treaties of one article, one canonical name each.

names.py         words and names as print shows them
known.py         names of the registry found in the text
added.py         names that users added to actors
metonym.py       a capital: its government or a place?
people.py        full names of persons
roles.py         titles before and descriptions after a name
bodies.py        organisations by shape and by acronym
institutions.py  offices that every state has
merge.py         short forms to their bearers, one actor each
persons.py       whose a person's name is
beings.py        actors while they are put together
spans.py         where things stand, asked in little time
book.py          the result
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actors.added import AddedName, AddedNames
from app.core.claims.actors.bodies import acronyms, find_bodies
from app.core.claims.actors.book import ActorBook
from app.core.claims.actors.institutions import find_offices
from app.core.claims.actors.known import bare_mentions, in_company, registered
from app.core.claims.actors.merge import Merger
from app.core.claims.actors.metonym import acts
from app.core.claims.actors.names import PrintedWord, is_given, pieces
from app.core.claims.actors.people import Entity, find_people
from app.core.language import Parsed
from app.core.lexicon.registry import NamedForm
from app.core.records import ActorKind
from app.core.text import level

__all__ = ["ActorBook", "AddedName", "AddedNames", "find_actors", "persons_named"]


_NOTHING_ADDED = AddedNames()


def find_actors(
    text: str,
    sentences: Sequence[tuple[int, Parsed]],
    known: ActorBook | None = None,
    added: AddedNames = _NOTHING_ADDED,
) -> ActorBook:
    """The actors named in `text`, read as `sentences`: (offset in text, the parse of what starts there), in order.

    With `known`, the book of another text of the same article (the body, when a headline is read), its actors and
    aliases hold here too; only mentions of this text are returned. Reads with or without a model's parse.
    `added` names go before the registry's.
    """
    flat = level(text)
    words = pieces(flat)
    entities = _entities(sentences)
    title_case = _capitals_everywhere(words)
    registry = added.joined(flat, in_company(registered(flat)))
    bare = bare_mentions(flat, [(a, b) for a, b, _ in registry], _present(registry, known))
    registry = sorted([*registry, *bare], key=lambda r: r[0])
    blocked = [(a, b) for a, b, named in registry if named.sort != "weak"]
    full, single = find_people(flat, words, entities, blocked, title_case=title_case)
    bodies = find_bodies(flat, words, entities, blocked, title_case=title_case)
    offices = find_offices(flat, registry)
    treaties = [(a, b) for a, b, named in registry if named.kind is ActorKind.TREATY]
    merger = Merger(text, flat, words, known)
    merger.learn_acronyms(acronyms(flat, bodies, treaties))
    merger.add_registry([r for r in registry if _stands(flat, r, sentences)])
    merger.add_offices(offices)
    merger.add_people(full, single)
    merger.add_governments()
    merger.add_bodies(bodies, entities)
    return merger.book()


def persons_named(headline: ActorBook) -> ActorBook:
    """Of a headline's actors those that a body may go on to call by a short name: persons with a given name."""
    full = [a for a in headline.actors if a.kind is ActorKind.PERSON and " " in a.name and is_given(a.name.split()[0])]
    return ActorBook(tuple(full), sexes=headline.sexes)


def _stands(flat: str, found: tuple[int, int, NamedForm], sentences: Sequence[tuple[int, Parsed]]) -> bool:
    """Whether a registered form names an actor here; a capital may be only a place."""
    start, end, named = found
    if named.sort not in {"capital", "weak"}:
        return True
    offset, parsed = _sentence_at(sentences, start)
    return acts(flat, start, end, parsed, offset)


def _sentence_at(sentences: Sequence[tuple[int, Parsed]], at: int) -> tuple[int, Parsed | None]:
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle][0] <= at:
            low = middle + 1
        else:
            high = middle
    return sentences[low - 1] if low else (0, None)


def _present(registry: Sequence[tuple[int, int, NamedForm]], known: ActorBook | None) -> set[str]:
    here = {named.key for _, _, named in registry if named.kind is ActorKind.STATE}
    return here | ({a.key for a in known.actors} if known else set())


def _entities(sentences: Sequence[tuple[int, Parsed]]) -> list[Entity]:
    out: list[Entity] = []
    for offset, parsed in sentences:
        tokens = parsed.tokens
        for token in tokens:
            if not token.entity_start:
                continue
            last = token.i
            while (
                last + 1 < len(tokens) and tokens[last + 1].entity == token.entity and not tokens[last + 1].entity_start
            ):
                last += 1
            out.append(Entity(offset + token.start, offset + tokens[last].end, token.entity))
    return out


def _capitals_everywhere(words: Sequence[PrintedWord]) -> bool:
    """A headline in title case or capitals: its capitals tell nothing of names."""
    long = [w for w in words if w.text[0].isalpha() and len(w.text) > 3]
    return len(long) >= 4 and sum(w.capital for w in long) >= 0.75 * len(long)
