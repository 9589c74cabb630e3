"""What somebody gave to be read: a pasted text, a page's source, a file, an address; made into pages by other hands.

Only fetching is done in the thread that asks: it waits. Taking a page apart is work, of a length that whoever wrote the page
decides, and is done where it can be ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app import pipeline, sources
from app.core.records import Hints, Page
from app.errors import BadInput, FetchFailed
from app.pipeline import Hands
from app.settings import Settings
from app.sources import Unread
from app.sources.fetching import CannedFetcher, Fetched, Fetcher, HttpFetcher
from app.web.uploads import Upload, pages_of_upload

__all__ = ["Given", "made", "submitted_pages"]

Answers = Mapping[str, Fetched | Exception]
_ROUNDS = 3
"""An address, then what it leads to: a feed's entries."""


@dataclass(frozen=True, slots=True)
class Given:
    """One of them; `feed`: an address may be that of a feed, whose entries are then read."""

    hints: Hints = Hints()
    text: str | None = None
    html: str | None = None
    url: str | None = None
    upload: Upload | None = None
    feed: bool = False

    @property
    def size(self) -> int:
        return len(self.text or "") + len(self.html or "") + (len(self.upload.content) if self.upload else 0)


def submitted_pages(
    given: Given,
    settings: Settings,
    hands: Hands,
    stop: Callable[[], bool] = lambda: False,
    copies: pipeline.Copies | None = None,
) -> Sequence[Page | Unread]:
    """Its pages; what cannot be read is among them as the error it is. `copies` notes what is fetched. Raises `BadInput`, `FetchFailed`, `Busy`."""
    answers: dict[str, Fetched | Exception] = {}
    fetcher = copies.noting(HttpFetcher(settings)) if copies else HttpFetcher(settings)
    wanted: Sequence[str] = (given.url,) if given.url and not given.size else ()
    found: Sequence[Page | Unread] = ()
    for _ in range(_ROUNDS):
        for url in wanted:
            if stop():
                return found
            answers[url] = _fetched(url, fetcher)
        size = given.size + sum(len(a.body) for a in answers.values() if isinstance(a, Fetched))
        found, wanted = hands.read(
            pipeline.seconds_for(size, pipeline.TAKEN_APART_A_SECOND), made, given, settings, answers
        )
        if not wanted:
            break
    return found


def _fetched(url: str, fetcher: Fetcher) -> Fetched | Exception:
    try:
        return fetcher.get(url)
    except (BadInput, FetchFailed) as error:
        return error


def made(given: Given, settings: Settings, answers: Answers) -> tuple[list[Page | Unread], list[str]]:
    """The pages, and addresses whose answers are wanted too. No network: what was fetched is in `answers`."""
    hints = given.hints
    if given.upload is not None:
        return list(pages_of_upload(given.upload, hints, settings)), []
    if given.html is not None:
        return [sources.page_from_html(given.html, given.url, hints, origin=given.url or "pasted page")], []
    if given.text is not None:
        return [pipeline.paste(given.text, hints, origin=given.url or "pasted text")], []
    fetcher, url = CannedFetcher(answers), given.url or ""
    if given.feed:
        found = list(sources.read_targets([url], hints, None, settings, fetcher=fetcher))
    else:
        found = [sources.fetch(url, settings, hints, fetcher=fetcher)]
    return found, [asked for asked in dict.fromkeys(fetcher.asked) if asked not in answers]
