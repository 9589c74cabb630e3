"""Stage 6, readings -> store: articles kept, grouped into stories, the rows of these made anew.

Others may write meanwhile. What was made from a state that is gone is refused by the store (`Moved`) and made again: an article
is read again when names were added (`aligning.py`: a story compared again when its articles changed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.claims import AddedName, AddedNames
from app.core.digests import reader_version
from app.core.lexicon.outlets import load_outlets
from app.core.records import Article, Page, Reading
from app.errors import BadInput, Moved, ParallaxError, TooHeavy, Unexpected
from app.logs import get_log
from app.pipeline.aligning import ATTEMPTS, realign
from app.pipeline.bounds import seconds_for
from app.pipeline.copies import Copies
from app.pipeline.grouping import BLOCK, into_stories
from app.pipeline.hands import HERE, Hands
from app.pipeline.reading import read_named, read_pages, read_targets
from app.sources import Unread
from app.store import Kept, Store
from app.store.views import PageCopy

log = get_log("parallax.pipeline")

EXAMPLE = Path(__file__).resolve().parents[1] / "example" / "manifest.csv"
"""The bundled example: reports written by us, with their manifest."""


@dataclass(frozen=True, slots=True)
class NamesInForce:
    """The names that people added to actors, as the core takes them. `mark`: see `Store.names.names_in_force`."""

    mark: str
    added: AddedNames

    @classmethod
    def of(cls, store: Store) -> NamesInForce:
        mark, found = store.names.names_in_force()
        return cls(mark, AddedNames(AddedName(a.text, a.actor.key, a.actor.name, a.actor.kind) for a in found))


@dataclass
class ImportSummary:
    """What an import did. `failed` holds one error a thing that could not be read or kept.

    `waiting`: stories that others changed as often as they were compared; whoever changes them compares them.
    """

    outcomes: Counter[str] = field(default_factory=Counter)  # new | same | revised | deleted
    claims: int = 0
    articles: list[int] = field(default_factory=list)
    of_origin: dict[str, list[int]] = field(default_factory=dict)  # the same by what they were read from
    stories: set[str] = field(default_factory=set)
    deleted: dict[str, int] = field(
        default_factory=dict
    )  # articles that a person deleted, by what was read of them again
    failed: list[Unread] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)


def keep(
    store: Store,
    readings: Iterable[Reading | Unread],
    *,
    own_words: bool = False,
    by: str | None = None,
    advance: Callable[[], None] = lambda: None,
    hands: Hands = HERE,
    stop: Callable[[], bool] = lambda: False,
    copies: Copies | None = None,
    watched: int | None = None,
) -> ImportSummary:
    """Keep articles, one transaction each, group the new ones into stories as they come, realign what changed.

    An article that holds a name which somebody added to an actor is read with it. What cannot be kept is named in the
    summary and does not stop the rest. What an interrupted import left is made up for: its stories are aligned, and its
    articles find their story when they are imported again. As soon as `stop` says so nothing is compared any more: what
    is kept then waits, and is known to. `by`: who adds them, for the audit log. `copies`: what
    was fetched, to be kept as it was. `watched`: the source that is watched and named them.
    """
    summary = ImportSummary()
    fresh: dict[int, Article] = {}  # new, and not grouped yet: a block at most
    grouped: set[int] = set()
    homes: dict[int, str] = {}
    parts: Counter[tuple[str, str | None]] = Counter()  # articles of one page that share its URL
    names = NamesInForce.of(store)
    left = set(store.articles.lone_stories())

    def group() -> None:
        if fresh and not stop():
            grouped.update(fresh)
            homes.update(into_stories(store, fresh, grouped, hands))
        fresh.clear()

    for found in readings:
        advance()
        if not isinstance(found, Reading):
            summary.failed.append(found)
            continue
        article = found.article
        page = (article.origin, article.url)
        part = parts[page]
        parts[page] += 1
        try:
            kept, claims, names = _keep_one(
                store,
                found,
                names,
                part,
                own_words=own_words,
                by=by,
                hands=hands,
                page=copies.of(article) if copies else None,
                watched=watched,
            )
        except BadInput as error:
            summary.failed.append(error)
            continue
        except Exception as error:
            if isinstance(error, ParallaxError):
                raise  # the disk, the database: the next one would fare no better
            log.info("an article could not be kept", exc_info=error, where=article.origin)  # commands show worse only
            summary.failed.append(Unexpected.of(error, article.origin))
            continue
        summary.outcomes[kept.outcome] += 1
        if kept.outcome == "deleted":
            summary.deleted[article.origin] = kept.article_id
            continue
        summary.claims += claims
        summary.articles.append(kept.article_id)
        summary.of_origin.setdefault(article.origin, []).append(kept.article_id)
        homes[kept.article_id] = kept.story_slug
        if (kept.outcome == "new" or kept.story_slug in left) and not article.story:
            fresh[kept.article_id] = article
        if len(fresh) >= BLOCK:
            group()
    group()
    summary.stories.update(homes.values())
    for slug in store.articles.stale_stories():
        summary.stories.add(slug)
        try:
            done = not stop() and realign(store, slug, hands=hands)
        except TooHeavy as error:
            done = False
            summary.failed.append(error)
        if not done:
            summary.waiting.add(slug)
    return summary


def _keep_one(
    store: Store,
    found: Reading,
    names: NamesInForce,
    part: int,
    *,
    own_words: bool,
    by: str | None,
    hands: Hands,
    page: PageCopy | None,
    watched: int | None,
) -> tuple[Kept, int, NamesInForce]:
    """What became of the article, how many claims it holds, and the names it was read with."""
    article = found.article
    for attempt in range(ATTEMPTS):
        named = names.added.stand_in(article.headline, article.text)
        reading = found
        if named:
            reading = hands.read(seconds_for(len(article.text)), read_named, article, names.added.names)
        try:
            kept = store.articles.keep_article(
                reading,
                own_words=own_words,
                source=article.origin,
                outlet=load_outlets().by_name(article.outlet) if article.outlet else None,
                part=part,
                reader_version=reader_version(reading.reader),
                names=names.mark,
                by=by,
                page=page,
                watched=watched,
            )
        except Moved:
            if attempt == ATTEMPTS - 1:
                raise
            names = NamesInForce.of(store)
        else:
            return kept, len(reading.claims), names
    raise AssertionError


def example_pages() -> Iterator[Page | Unread]:
    """The pages of the bundled example, named by their files alone."""
    for page in read_targets([], manifest=EXAMPLE):
        yield replace(page, origin=Path(page.origin).name) if isinstance(page, Page) else page


def load_example(store: Store, *, by: str | None = None) -> ImportSummary:
    """Read the bundled example into the store. Doing it again changes nothing."""
    return keep(store, read_pages(example_pages()), own_words=True, by=by)
