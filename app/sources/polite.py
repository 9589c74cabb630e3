"""Reading on a schedule, politely: what a site's robots.txt asks for is kept to, and no host is asked twice in quick succession.

A robots.txt that is not there forbids nothing, one that is withheld (401, 403) everything; one that cannot be had now, or whose
host fails, makes its pages wait. It is fetched by the same guarded fetcher as any page, and looked at anew after a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from app.errors import BadAddress, BadInput, FetchFailed
from app.sources.fetching import Fetched, Fetcher, Known

__all__ = ["APART_SECONDS", "PoliteFetcher", "asked_host"]

APART_SECONDS = 2.0
"""Least time between two requests to one host."""
MOST_APART_SECONDS = 30.0
"""As much as a site may ask for in between (`Crawl-delay`): more would keep all others waiting."""
_NAME = "Parallax"
_ASKED_ANEW = timedelta(days=1)
_ROBOTS_CHARS = 500_000
_WITHHELD = {401, 403}


def asked_host(url: str) -> str:
    return (urlsplit(url).hostname or "").casefold()


class PoliteFetcher:
    """A fetcher over another. `pause` waits so many seconds; clock and pause are handed in, so that tests own the time."""

    def __init__(self, inner: Fetcher, now: Callable[[], datetime], pause: Callable[[float], object]) -> None:
        self._inner, self._now, self._pause = inner, now, pause
        self._asked: dict[str, datetime] = {}
        self._rules: dict[str, tuple[datetime, RobotFileParser]] = {}

    def get(self, url: str, known: Known | None = None) -> Fetched:
        """Raises `BadAddress` too when robots.txt asks programs to stay away, from the address or from where it leads."""
        self._check(url)
        answer = self._one(url, known)
        if answer.url != url:
            self._check(answer.url)
        return answer

    def _check(self, url: str) -> None:
        if not self._rules_of(url).can_fetch(_NAME, url):
            raise BadAddress(
                "The site's robots.txt asks programs not to read this.",
                where=url,
                mend="Open it in a browser and paste the text, or ask the outlet.",
            )

    def _rules_of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        have = self._rules.get(site)
        if have is None or self._now() - have[0] > _ASKED_ANEW:
            have = self._rules[site] = (self._now(), self._robots(f"{site}/robots.txt"))
        return have[1]

    def _robots(self, url: str) -> RobotFileParser:
        rules, lines = RobotFileParser(), list[str]()
        try:
            lines = self._one(url, None).body.decode("utf-8-sig", "replace")[:_ROBOTS_CHARS].splitlines()
        except BadInput:
            pass  # it is no text: nothing is forbidden in it
        except FetchFailed as error:
            if error.answered is None or not 400 <= error.answered < 500 or error.answered == 429:
                raise
            lines = ["User-agent: *", "Disallow: /"] if error.answered in _WITHHELD else []
        rules.parse(lines)
        return rules

    def _one(self, url: str, known: Known | None) -> Fetched:
        host, parts = asked_host(url), urlsplit(url)
        have = self._rules.get(f"{parts.scheme}://{parts.netloc}")
        wanted = float(have[1].crawl_delay(_NAME) or 0) if have else 0.0
        apart = timedelta(seconds=max(APART_SECONDS, min(wanted, MOST_APART_SECONDS)))
        last = self._asked.get(host)
        if last is not None and (left := (last + apart - self._now()).total_seconds()) > 0:
            self._pause(left)
        try:
            return self._inner.get(url, known)
        finally:
            self._asked[host] = self._now()
