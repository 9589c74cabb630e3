"""Many articles at once as one job: each file and address is fetched and read, then all are kept and compared.

What cannot be read is named with the reason and does not stop the rest. Nothing is kept before everything has been read,
so that a story's rows are made once; a job that is stopped keeps what it has read so far, and its stories wait to be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app import pipeline
from app.core.links import safe_link
from app.core.records import Hints, Page, Reading
from app.errors import BadAddress, BadInput, ParallaxError
from app.pipeline import Hands
from app.settings import Settings
from app.sources import Unread
from app.store import Store
from app.store.views import ArticleRef, StoryRef
from app.web import adding
from app.web.jobs import Failure, Job, Work
from app.web.submitted import Given, submitted_pages
from app.web.uploads import Upload

__all__ = ["MOST_ADDRESSES", "ImportAsked", "Imported", "addresses_of", "example_by", "import_by"]

MOST_ADDRESSES = 50
"""Addresses in one go: as many as files in one form."""


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """What one job is to bring in, and who asked. Raises `BadInput` when it is nothing."""

    uploads: tuple[Upload, ...]
    addresses: tuple[str, ...]
    hints: Hints
    by: str

    def __post_init__(self) -> None:
        if not self.uploads and not self.addresses:
            raise BadInput("There is nothing to read yet.", where="form", mend="Choose files or give addresses.")

    @property
    def title(self) -> str:
        names = [u.plain for u in self.uploads] + list(self.addresses)
        return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it: the articles now kept, their stories, and how many of them were new, changed or known."""

    articles: tuple[ArticleRef, ...] = ()
    stories: tuple[StoryRef, ...] = ()
    new: int = 0
    revised: int = 0
    same: int = 0


def addresses_of(text: str) -> tuple[str, ...]:
    """One address a line, each once. Raises `BadAddress` for a line that is none: only http and https are fetched."""
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    for line in lines:
        if not safe_link(line):
            raise BadAddress(
                f"“{line[:80]}” is no address of a page.", where="addresses", mend="Write one http(s) address a line."
            )
    if len(lines) > MOST_ADDRESSES:
        raise BadInput(
            f"{len(lines)} addresses are too many at once.",
            where="addresses",
            mend=f"Send {MOST_ADDRESSES} at a time.",
        )
    return lines


def import_by(store: Store, settings: Settings, hands: Hands) -> Callable[[ImportAsked], Work]:
    """The work of the job that brings in what is asked for; see `jobs.Jobs.start`."""

    def begin(asked: ImportAsked) -> Work:
        def work(job: Job) -> Imported:
            copies = pipeline.Copies(store.now)
            readings = list(_read(asked, settings, hands, job, copies))
            return _kept(store, readings, hands, asked.by, job, copies=copies) if readings else Imported()

        return work

    return begin


def example_by(store: Store, hands: Hands, by: str, names: Sequence[str]) -> Work:
    """The work of the job that loads bundled stories. A server that ends meanwhile does not take it up: it is asked for again."""

    def work(job: Job) -> Imported:
        pages = tuple(page for name in names for page in pipeline.bundled_pages(name))
        readings: list[Reading] = []
        for number, page in enumerate(pages):
            if job.stop.is_set():
                break
            job.tell(done=number, total=len(pages))
            readings += _of_page(page, "", hands, job)
        return _kept(store, readings, hands, by, job, own_words=True) if readings else Imported()

    return work


def _read(asked: ImportAsked, settings: Settings, hands: Hands, job: Job, copies: pipeline.Copies) -> Iterator[Reading]:
    """Every article, in the order given, with the progress told; failures go to the job."""
    items: list[Upload | str] = [*asked.uploads, *asked.addresses]
    for number, item in enumerate(items):
        if job.stop.is_set():
            return
        name = item.plain if isinstance(item, Upload) else item
        job.tell(step="read" if isinstance(item, Upload) else "fetch", current=name, done=number, total=len(items))
        given = Given(asked.hints, upload=item) if isinstance(item, Upload) else Given(asked.hints, url=item, feed=True)
        try:
            for page in submitted_pages(given, settings, hands, job.stop.is_set, copies):
                if job.stop.is_set():
                    return
                yield from _of_page(page, name, hands, job)
        except Exception as error:  # noqa: BLE001  one bad file must not take the others with it
            job.tell(failed=Failure.of(error, name))
    job.tell(done=len(items))


def _of_page(page: Page | Unread, name: str, hands: Hands, job: Job) -> Iterator[Reading]:
    if not isinstance(page, Page):
        job.tell(failed=Failure.of(page, name))
        return
    job.tell(step="read", current=page.meta.headline or page.origin or name)
    try:
        for found in adding.read([page], hands):
            if isinstance(found, Reading):
                yield found
            else:
                job.tell(failed=Failure.of(found, name))
    except ParallaxError as error:
        job.tell(failed=Failure.of(error, page.origin or name))


def _kept(
    store: Store,
    readings: Sequence[Reading],
    hands: Hands,
    by: str,
    job: Job,
    *,
    own_words: bool = False,
    copies: pipeline.Copies | None = None,
) -> Imported:
    def told() -> Iterator[Reading]:
        for number, reading in enumerate(readings):
            job.tell(step="keep", current=reading.article.headline or "", done=number, total=len(readings))
            yield reading
        job.tell(step="compare", current="", done=0, total=None)

    summary = adding.keep(store, told(), hands, by, job.stop.is_set, own_words=own_words, copies=copies)
    for error in summary.failed:
        job.tell(failed=Failure.of(error))
    refs, stories = _refs(store, summary.articles, summary.stories)
    return Imported(refs, stories, *(summary.outcomes[k] for k in ("new", "revised", "same")))


def _refs(
    store: Store, articles: Sequence[int], slugs: Iterable[str]
) -> tuple[tuple[ArticleRef, ...], tuple[StoryRef, ...]]:
    wanted, found, stories = set(articles), dict[int, ArticleRef](), list[StoryRef]()
    for slug in sorted(slugs):
        cursor: str | None = None
        here = len(found)
        while True:
            part = store.library.articles(story=slug, cursor=cursor, limit=100)
            found |= {a.id: a for a in part.items if a.id in wanted}
            cursor = part.next
            if cursor is None:
                break
        if len(found) > here:
            stories.append(store.rows.named(slug))
    return tuple(found[i] for i in dict.fromkeys(articles) if i in found), tuple(stories)
