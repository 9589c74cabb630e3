"""Address -> bytes -> page: fetched over http(s) within bounds of time, bytes and redirects.

A `Fetcher` is the door to the outside; `HttpFetcher` is the real one, `CannedFetcher` answers from a table in tests.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpcore
import httpx

from app.core.records import Hints, Meta, Page
from app.errors import BadAddress, BadInput, FetchFailed, TooLarge
from app.sources.addresses import Resolver, check_url, system_resolver
from app.sources.contract import Limits
from app.sources.decoding import decode
from app.sources.feed import looks_like_feed
from app.sources.html import looks_like_html, page_from_html
from app.sources.network import Deadline, GuardedTransport
from app.sources.plain import page_from_text

__all__ = ["CannedFetcher", "Fetched", "Fetcher", "HttpFetcher", "fetch", "page_of"]

MAX_REDIRECTS = 5
_HTML = {"text/html", "application/xhtml+xml"}
_TEXT = {"text/plain", "text/markdown", "text/x-markdown"}
_FEED = {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"}
_HEADERS = {
    "User-Agent": "Parallax/1 (reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,text/plain;q=0.8",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en;q=0.9,*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` is where the last redirect led, `kind` its content type without parameters."""

    url: str
    body: bytes
    kind: str = "text/html"
    charset: str | None = None


class Fetcher(Protocol):
    def get(self, url: str) -> Fetched:
        """Raises `BadAddress`, `BadInput`, `TooLarge` or `FetchFailed`."""
        ...


class CannedFetcher:
    """Answers from a table and keeps what was asked for; no network."""

    def __init__(self, answers: Mapping[str, Fetched | Exception]) -> None:
        self._answers = dict(answers)
        self.asked: list[str] = []

    def get(self, url: str) -> Fetched:
        self.asked.append(url)
        answer = self._answers.get(url)
        if answer is None:
            raise FetchFailed("The host's name is not known.", where=url)
        if isinstance(answer, Exception):
            raise answer
        return answer


class HttpFetcher:
    """Fetches public http(s) pages: at most `max_body_bytes` after unpacking, `fetch_timeout_seconds` and five redirects in all.

    Proxy settings of the environment are not used: a proxy would resolve names unchecked.
    """

    def __init__(self, limits: Limits, resolver: Resolver = system_resolver) -> None:
        self._limits, self._resolver = limits, resolver

    def get(self, url: str) -> Fetched:
        deadline = Deadline(self._limits.fetch_timeout_seconds)
        private = self._limits.fetch_private
        transport = GuardedTransport(self._resolver, deadline, private=private)
        try:
            with httpx.Client(transport=transport, headers=_HEADERS, follow_redirects=False, trust_env=False) as client:
                for _ in range(MAX_REDIRECTS + 1):
                    target = check_url(url, private=private)
                    with client.stream("GET", target) as response:
                        if response.status_code in {301, 302, 303, 307, 308} and "location" in response.headers:
                            url = str(target.join(response.headers["location"]))
                            client.cookies.clear()
                            continue
                        return self._read(response, str(target))
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise FetchFailed(
                f"There was no complete answer within {self._limits.fetch_timeout_seconds:g} seconds.",
                where=url,
                mend="Try again later, or paste the text.",
            ) from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.HTTPError,
            OSError,
        ) as error:
            said = str(error) or type(error).__name__
            raise FetchFailed(f"The page could not be fetched: {said}.", where=url, mend="Check the address.") from None
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise BadAddress(f"It leads to something that is no address: {error}.", where=url) from None
        raise BadAddress(f"It redirects more than {MAX_REDIRECTS} times.", where=url)

    def _read(self, response: httpx.Response, url: str) -> Fetched:
        if response.status_code != 200:
            raise FetchFailed(
                f"The site answered {response.status_code} {response.reason_phrase}".rstrip() + ".",
                where=url,
                mend="Open it in a browser; if it shows there, paste the text.",
            )
        kind, charset = _content_type(response.headers.get("content-type", ""))
        if kind and kind not in _HTML | _TEXT | _FEED:
            raise BadInput(
                f"This is {kind}, not a page of text.", where=url, mend="Give the address of an article or feed."
            )
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._limits.max_body_bytes:
            raise self._too_large(url)
        return Fetched(url=url, body=self._body(response, url), kind=kind or "text/html", charset=charset)

    def _body(self, response: httpx.Response, url: str) -> bytes:
        """The unpacked body, never more than one byte over the limit in memory."""
        limit = self._limits.max_body_bytes
        packing = response.headers.get("content-encoding", "identity").strip().casefold()
        if packing not in {"identity", "", "gzip", "x-gzip"}:
            raise FetchFailed(f"The site packed its answer as {packing}, which was not asked for.", where=url)
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packing else None
        body = bytearray()
        try:
            for chunk in response.iter_raw():
                body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
                if len(body) > limit:
                    raise self._too_large(url)
        except zlib.error:
            raise FetchFailed("The site's packed answer is broken.", where=url) from None
        return bytes(body)

    def _too_large(self, url: str) -> TooLarge:
        return TooLarge(f"The page is larger than {self._limits.max_body_bytes / 1e6:.1f} MB.", where=url)


def fetch(url: str, limits: Limits, hints: Hints = Hints(), *, fetcher: Fetcher | None = None) -> Page:
    """The article at an http(s) address. Raises `BadAddress`, `TooLarge`, `BadInput`, `NotAnArticle` or `FetchFailed`."""
    answer = (fetcher or HttpFetcher(limits)).get(url)
    if is_feed(answer):
        raise BadInput(
            "This is a feed, not an article.",
            where=url,
            mend="Import it with parallax import, or give one entry's address.",
        )
    return page_of(answer, hints, asked=url)


def is_feed(answer: Fetched) -> bool:
    return looks_like_feed(answer.body) and answer.kind not in _TEXT


def page_of(answer: Fetched, hints: Hints, *, asked: str) -> Page:
    """The page of an answer that is no feed; `asked` names it in messages."""
    text = decode(answer.body, asked, answer.charset)
    if answer.kind in _TEXT and not looks_like_html(text):
        page = page_from_text(text, hints, origin=asked)
        return Page(page.origin, page.text, page.kind, page.hints, meta=_at(answer.url))
    return page_from_html(text, answer.url, hints, origin=asked)


def _at(url: str) -> Meta:
    return Meta(url=url)


def _content_type(header: str) -> tuple[str, str | None]:
    kind, _, rest = header.partition(";")
    charset = next(
        (
            v.strip().strip("\"'")
            for k, _, v in (p.partition("=") for p in rest.split(";"))
            if k.strip().casefold() == "charset"
        ),
        None,
    )
    return kind.strip().casefold(), charset or None
