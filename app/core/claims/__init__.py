"""Stage 3, article -> claims: sentences, attribution, actors, dates, numbers, actions.

sentences.py    a body's sentences, by offset
frames/         in each sentence: who may report what, by its dependency parse
patterns/       the same by patterns, when no model is installed
weighing.py     which of those do
attribution.py  across sentences: quotations that run on, frames inside frames
speakers.py     who a source phrase means: a name, "he", "the aide"
cast.py         who has appeared so far, and who of them may be meant
source_phrases.py  the words that name a source: its core, its head, a name in it
drafts.py       which parts of a sentence become claims
assemble.py     all of it, and actors, dates, numbers, actions and words, as claims
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from app.core.claims.actors import AddedName, AddedNames, find_actors, persons_named
from app.core.claims.assemble import Where, claims_of
from app.core.claims.joined import joined_utterances
from app.core.claims.sentences import ReadSentence, one_statement, split_sentences
from app.core.language import LanguageReader
from app.core.records import Actor, Article, Claim, Reading
from app.core.text import headline_at, one_typography
from app.core.thresholds import ARTICLES_A_BATCH

__all__ = [
    "AddedName",
    "AddedNames",
    "joined_utterances",
    "read_claims",
    "read_many",
    "read_statement",
    "read_statements",
]


def read_claims(article: Article, reader: LanguageReader, added: Iterable[AddedName] = ()) -> Reading:
    """The claims of one article, headline first, then in order of offset, with its actors."""
    return next(read_many((article,), reader, added))


def read_many(
    articles: Iterable[Article], reader: LanguageReader, added: Iterable[AddedName] = ()
) -> Iterator[Reading]:
    """Read articles in order; sentences are parsed in shared batches, each once. `added` names extend the registry."""
    names = AddedNames(added)
    line = iter(articles)
    while batch := list(islice(line, ARTICLES_A_BATCH)):
        parts = [_parts(article) for article in batch]
        cut = [(one_statement(part.headline), split_sentences(part.body)) for part in parts]
        parses = reader.parse(one_typography(s.text) for top, body in cut for s in (*top, *body))
        for article, part, (top, body) in zip(batch, parts, cut, strict=True):
            headline = [ReadSentence(s, next(parses)) for s in top]
            sentences = [ReadSentence(s, next(parses)) for s in body]
            yield _read(article, part, headline, sentences, reader.name, names)


class _Parts(NamedTuple):
    """An article's headline and the body without it, each with the offsets of the text it stands in."""

    headline: str
    where: Where
    body: str


def _parts(article: Article) -> _Parts:
    """A headline that opens the text is read there and nowhere else: the body is blank where it stands."""
    if at := headline_at(article.text, article.headline):
        return _Parts(article.text[: at[1]], "body", "\n" * at[1] + article.text[at[1] :])
    return _Parts(article.headline or "", "headline", article.text)


def _read(
    article: Article,
    part: _Parts,
    headline: Sequence[ReadSentence],
    sentences: Sequence[ReadSentence],
    reader: str,
    added: AddedNames,
) -> Reading:
    over = [(s.start, s.parsed) for s in headline]
    named = persons_named(find_actors(part.headline, over, added=added))
    book = find_actors(part.body, [(s.start, s.parsed) for s in sentences], named, added)
    claims: list[Claim] = []
    actors = book.actors
    if headline:
        top = find_actors(part.headline, over, book, added)
        actors = _of_both(book.actors, top.actors)
        claims += claims_of(part.headline, headline, top, article.published, part.where)
    claims += claims_of(part.body, sentences, book, article.published, first=len(claims) + 1)
    return Reading(article, tuple(claims), actors, reader)


def _of_both(body: Sequence[Actor], headline: Sequence[Actor]) -> tuple[Actor, ...]:
    """The body's actors, each with the forms that the headline gives it, then those of the headline alone."""
    above = {actor.key: actor for actor in headline}
    told = [
        replace(
            actor,
            aliases=tuple(dict.fromkeys((*actor.aliases, *above[actor.key].aliases))),
            role=actor.role or above[actor.key].role,
            side=actor.side or above[actor.key].side,
        )
        if actor.key in above
        else actor
        for actor in body
    ]
    known = {actor.key for actor in body}
    return (*told, *(actor for actor in headline if actor.key not in known))


def read_statement(
    text: str, reader: LanguageReader, published: date | None = None, outlet: str | None = None
) -> Reading:
    """Read a bare sentence as if it were an article's body."""
    return read_statements((text,), reader, published=(published,), outlets=(outlet,))[0]


def read_statements(
    texts: Sequence[str],
    reader: LanguageReader,
    published: Sequence[date | None] | None = None,
    outlets: Sequence[str | None] | None = None,
) -> list[Reading]:
    """Read many bare sentences in one go, in order; `published` and `outlets` run beside `texts`."""
    articles = (
        Article(
            text=text,
            published=published[i] if published else None,
            outlet=outlets[i] if outlets else None,
            origin="statement",
        )
        for i, text in enumerate(texts)
    )
    return list(read_many(articles, reader))
