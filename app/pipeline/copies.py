"""Pages as they were fetched, on their way to being kept beside the articles that are read from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from threading import Lock

from app.core.records import Article
from app.sources.fetching import Fetched, Fetcher, Known
from app.store.views import FetchedPage, PageCopy

__all__ = ["COPY_MOST_BYTES", "Copies"]

COPY_MOST_BYTES = 4_000_000
"""The largest page that is kept: ten times a heavy page of news. A larger one is read, and not kept."""
_MOST = 500


class Copies:
    """What was fetched lately, by the address that was asked for; the oldest go first. Safe to share between threads."""

    def __init__(self, now: Callable[[], datetime], most: int = _MOST) -> None:
        self._now, self._most, self._of, self._lock = now, most, dict[str, PageCopy](), Lock()

    def note(self, asked: str, answer: Fetched) -> None:
        if answer.unchanged or len(answer.body) > COPY_MOST_BYTES:
            return
        page = FetchedPage(
            url=answer.url,
            at=self._now(),
            status=answer.status,
            media_type=answer.kind,
            charset=answer.charset,
            headers=answer.headers,
            sha256=sha256(answer.body).hexdigest(),
            size=len(answer.body),
        )
        self.put(asked, PageCopy(page, PageCopy.pack(answer.body)))

    def put(self, asked: str, copy: PageCopy) -> None:
        with self._lock:
            self._of.pop(asked, None)
            self._of[asked] = copy
            while len(self._of) > self._most:
                del self._of[next(iter(self._of))]

    def at(self, asked: str) -> PageCopy | None:
        return self._of.get(asked)

    def of(self, article: Article) -> PageCopy | None:
        """The page an article was read from: what it was fetched as, or the address that it has."""
        return self._of.get(article.origin) or (self._of.get(article.url) if article.url else None)

    def noting(self, fetcher: Fetcher) -> Fetcher:
        """A fetcher of which every answer is noted."""
        return _Noting(fetcher, self)


class _Noting:
    def __init__(self, inner: Fetcher, copies: Copies) -> None:
        self._inner, self._copies = inner, copies

    def get(self, url: str, known: Known | None = None) -> Fetched:
        answer = self._inner.get(url, known)
        self._copies.note(url, answer)
        return answer
