"""Stage 6, readings -> store: articles kept, grouped into stories, the rows of these made anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from app.core.alignment import group_articles
from app.core.claims import AddedName, AddedNames, read_claims
from app.core.claims.version import reader_version
from app.core.lexicon.outlets import load_outlets
from app.core.records import Article, Page, Reading
from app.core.thresholds import ROW_SCORE_LOOSE
from app.errors import BadInput
from app.pipeline.chosen import reader
from app.pipeline.comparing import compare
from app.pipeline.reading import read_pages, read_targets
from app.sources import Unread
from app.store import Store

EXAMPLE = Path(__file__).resolve().parents[1] / "example" / "manifest.csv"
"""The bundled example: reports written by us, with their manifest."""

STORY_WINDOW = timedelta(days=180)
"""A new article is held against kept ones published within this of it when it looks for its story."""


def added_names(store: Store) -> tuple[AddedName, ...]:
    """The names that people added to actors, as the core takes them."""
    return tuple(AddedName(a.text, a.actor.key, a.actor.name, a.actor.kind) for a in store.aliases())


@dataclass
class Summary:
    """What an import did. `failed` holds one error a thing that could not be read or kept."""

    outcomes: Counter[str] = field(default_factory=Counter)  # new | same | revised
    claims: int = 0
    articles: list[int] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    failed: list[Unread] = field(default_factory=list)


def keep(
    store: Store,
    readings: Iterable[Reading | Unread],
    *,
    own_words: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> Summary:
    """Keep articles, one transaction each, group the new ones into stories, realign what changed.

    An article that holds a name which somebody added to an actor is read with it. What cannot be kept is named in the
    summary and does not stop the rest. What an interrupted import left is made up for: its stories are aligned, and its
    articles find their story when they are imported again.
    """
    summary = Summary()
    fresh: list[tuple[int, Article]] = []
    homes: dict[int, str] = {}
    parts: Counter[tuple[str, str | None]] = Counter()  # articles of one page that share its URL
    names = AddedNames(added_names(store))
    left = {slug for slug in store.stale_stories() if len(store.readings_of(slug)) == 1}
    for found in readings:
        advance()
        if not isinstance(found, Reading):
            summary.failed.append(found)
            continue
        article = found.article
        named = names.stand_in(article.headline, article.text)
        reading = read_claims(article, reader(), names.names) if named else found
        page = (article.origin, article.url)
        part = parts[page]
        parts[page] += 1
        try:
            kept = store.keep_article(
                reading,
                own_words=own_words,
                source=article.origin,
                outlet=load_outlets().by_name(article.outlet) if article.outlet else None,
                part=part,
                reader_version=reader_version(reading.reader),
            )
        except BadInput as error:
            summary.failed.append(error)
            continue
        summary.outcomes[kept.outcome] += 1
        summary.claims += len(reading.claims)
        summary.articles.append(kept.article_id)
        homes[kept.article_id] = kept.story_slug
        if (kept.outcome == "new" or kept.story_slug in left) and not article.story:
            fresh.append((kept.article_id, article))
    if fresh:
        homes |= _into_stories(store, fresh)
    summary.stories.update(homes.values())
    for slug in store.stale_stories():
        summary.stories.add(slug)
        realign(store, slug)
    return summary


def _into_stories(store: Store, fresh: Sequence[tuple[int, Article]]) -> dict[int, str]:
    """Give each new article the story of the kept articles it is grouped with; the moves made, article id -> slug.

    Articles kept before never move: a story's members change only by new articles and by people.
    """
    dated = [a.published for _, a in fresh if a.published]
    kept = store.kept_articles(
        since=min(dated) - STORY_WINDOW if dated else None, until=max(dated) + STORY_WINDOW if dated else None
    )
    labels = group_articles([k.article for k in kept])
    new = {article_id for article_id, _ in fresh}
    moves: dict[int, str] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        members[label].append(index)
    for indices in members.values():
        settled = Counter(kept[i].story_slug for i in indices if kept[i].article_id not in new)
        first = kept[indices[0]].story_slug
        home = max(settled, key=lambda slug: (settled[slug], slug)) if settled else first
        for i in indices:
            if kept[i].article_id in new and kept[i].story_slug != home:
                moves[kept[i].article_id] = store.assign_story(kept[i].article_id, home).slug
    return moves


def realign(store: Store, slug: str) -> None:
    """Make a story's rows anew from what is kept, the loosest included; flags and decisions stay."""
    kept = store.readings_of(slug)
    rows = compare([reading for _, reading in kept], ROW_SCORE_LOOSE)
    store.keep_alignments(slug, rows, [article_id for article_id, _ in kept])


def load_example(store: Store) -> Summary:
    """Read the bundled example into the store. Doing it again changes nothing."""
    pages = (
        replace(p, origin=Path(p.origin).name) if isinstance(p, Page) else p for p in read_targets([], manifest=EXAMPLE)
    )
    return keep(store, read_pages(pages), own_words=True)
