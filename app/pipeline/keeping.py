"""Stage 6, readings -> store: articles kept, grouped into stories, the rows of these made anew.

Others may write meanwhile. What was made from a state that is gone is refused by the store (`Moved`) and made again: an article
is read again when names were added (`aligning.py`: a story compared again when its articles changed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.core.claims import AddedName, AddedNames
from app.core.digests import reader_version
from app.core.records import Article, Reading
from app.errors import BadInput, Moved, ParallaxError, TooHeavy, Unexpected
from app.logs import get_log
from app.pipeline.aligning import ATTEMPTS, realign_all
from app.pipeline.bounds import seconds_for
from app.pipeline.copies import Copies
from app.pipeline.grouping import BLOCK, into_stories
from app.pipeline.hands import HERE, Hands
from app.pipeline.held import Beside, Held, Parts, registered_outlet
from app.pipeline.reading import read_named
from app.sources import Unread
from app.store import KeptOutcome, Store
from app.store.views import PageCopy

log = get_log("parallax.pipeline")


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
    readings: Iterable[Reading | Beside],
    *,
    own_words: bool = False,
    by: str | None = None,
    advance: Callable[[], None] = lambda: None,
    comparing: Callable[[int, int], None] = lambda _done, _stories: None,
    hands: Hands = HERE,
    stop: Callable[[], bool] = lambda: False,
    copies: Copies | None = None,
    watched: int | None = None,
) -> ImportSummary:
    """Keep articles, one transaction each, group the new ones into stories as they come, realign what changed.

    An article that holds a name which somebody added to an actor is read with it. What cannot be kept is named in the
    summary and does not stop the rest. What an interrupted import left is made up for: its stories are aligned, and its
    articles find their story when they are imported again. As soon as `stop` says so nothing is compared any more: what
    is kept then waits, and is known to. `advance` is told of each article, `comparing` how many stories are compared, of how many. `by`: who adds them, for the audit log. `copies`: what
    was fetched, to be kept as it was. `watched`: the source that is watched and named them.
    """
    summary = ImportSummary()
    fresh: dict[int, Article] = {}  # new, and not grouped yet: a block at most
    grouped: set[int] = set()
    homes: dict[int, str] = {}
    parts = Parts()
    names = NamesInForce.of(store)
    left = set(store.articles.lone_stories())

    def group() -> None:
        if fresh and not stop():
            grouped.update(fresh)
            homes.update(into_stories(store, fresh, grouped, hands))
        fresh.clear()

    for found in readings:
        advance()
        if not isinstance(found, Reading | Held):
            summary.failed.append(found)
            continue
        article = found.article
        part = parts.number(article)
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
    stale = store.articles.stale_stories()
    summary.stories.update(stale)
    summary.waiting.update(stale)
    comparing(0, len(stale))
    going = realign_all(store, (slug for slug in stale if not stop()), hands=hands)
    for number, (slug, done) in enumerate(going, 1):
        comparing(number, len(stale))
        if isinstance(done, TooHeavy):
            summary.failed.append(done)
        elif done:
            summary.waiting.discard(slug)
    return summary


def _keep_one(
    store: Store,
    found: Reading | Held,
    names: NamesInForce,
    part: int,
    *,
    own_words: bool,
    by: str | None,
    hands: Hands,
    page: PageCopy | None,
    watched: int | None,
) -> tuple[KeptOutcome, int, NamesInForce]:
    """What became of the article, how many claims it holds, and the names it was read with."""
    article, outlet = found.article, registered_outlet(found.article)
    if isinstance(found, Held):
        already = store.articles.keep_as_it_is(article, outlet=outlet, part=part, page=page)
        if already is not None:
            return already.kept, already.claims, names
    for attempt in range(ATTEMPTS):
        reading = found if isinstance(found, Reading) else None
        if reading is None or names.added.stand_in(article.headline, article.text):
            reading = hands.read(seconds_for(len(article.text)), read_named, article, names.added.names)
        try:
            kept = store.articles.keep_article(
                reading,
                own_words=own_words,
                source=article.origin,
                outlet=outlet,
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
