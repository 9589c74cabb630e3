"""Address -> bytes -> page: fetched over http(s) within bounds of time, bytes and redirects.

A `Fetcher` is the door to the outside; `HttpFetcher` is the real one, `CannedFetcher` answers from a table in tests.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Protocol, Self

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
from app.sources.unpacking import PACKINGS, TooMuch, unpacked_body

__all__ = [
    "ONE_PAGE",
    "ON_A_SCHEDULE",
    "CannedFetcher",
    "Fetched",
    "Fetcher",
    "HttpFetcher",
    "Known",
    "answered_page",
    "fetch",
    "is_feed",
]

MAX_REDIRECTS = 5
_HTML = {"text/html", "application/xhtml+xml"}
_TEXT = {"text/plain", "text/markdown", "text/x-markdown"}
_ANSWERS = {200, 203}  # 203: a proxy on the way changed something
_REDIRECTS = {301, 302, 303, 307, 308}
_REFRESH = re.compile(
    r"""<meta\s[^>]{0,100}http-equiv\s*=\s*["']?refresh["']?[^>]{0,100}content\s*=\s*["']\s*[0-5]\s*[;,]\s*url\s*=\s*'?(?P<to>[^"'>]{1,2000})""",
    re.IGNORECASE,
)
_REFRESH_MAX_BYTES = 4096
_UNCHANGED = 304
_VALIDATOR_CHARS = 300
_SECRET = re.compile(r"cookie|authenticat|authoriz|token|nonce|csrf|session", re.IGNORECASE)
_HEADERS_MOST, _HEADER_CHARS = 60, 1000
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,text/plain;q=0.8",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en;q=0.9,*;q=0.5",
}


ONE_PAGE, ON_A_SCHEDULE = "reads one page for its user", "reads on a schedule, for its users"


@dataclass(frozen=True, slots=True)
class Known:
    """What the last answer said of itself, so that the same need not be sent again; `url` is where that answer came from."""

    url: str
    etag: str | None = None
    modified: str | None = None

    def asks(self, url: str) -> dict[str, str]:
        """The conditions of a request: none at another address than the answer's own."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified} if url == self.url else {}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` is where the last redirect led, `kind` its content type without parameters.

    `headers` are those that are kept with a page: never a cookie. `unchanged`: the other side has nothing but what is known.
    """

    url: str
    body: bytes
    kind: str = "text/html"
    charset: str | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def unchanged(self) -> bool:
        return self.status == _UNCHANGED

    @property
    def known(self) -> Known:
        said = {name.casefold(): value[:_VALIDATOR_CHARS] for name, value in self.headers}
        return Known(self.url, said.get("etag"), said.get("last-modified"))


class Fetcher(Protocol):
    def get(self, url: str, known: Known | None = None) -> Fetched:
        """`known`: of what is had already; the answer may then be that it is unchanged.

        Raises `BadAddress`, `BadInput`, `TooLarge` or `FetchFailed`.
        """
        ...


class CannedFetcher:
    """Answers from a table and keeps what was asked for; no network."""

    def __init__(self, answers: Mapping[str, Fetched | Exception]) -> None:
        self._answers = dict(answers)
        self.asked: list[str] = []

    def get(self, url: str, known: Known | None = None) -> Fetched:  # noqa: ARG002
        self.asked.append(url)
        answer = self._answers.get(url)
        if answer is None:
            raise FetchFailed("The host's name is not known.", where=url)
        if isinstance(answer, Exception):
            raise answer
        return answer


class HttpFetcher:
    """Fetches public http(s) pages: at most `max_body_bytes` after unpacking, `fetch_timeout_seconds` and five redirects in all.

    One client serves all fetches of a run, one after the other, so that a host that keeps its connection open is connected to
    once. Cookies live for one fetch: a page that sets one and sends the reader back is followed. Proxy settings of the
    environment are not used: a proxy would resolve names unchecked.
    """

    def __init__(self, limits: Limits, resolver: Resolver = system_resolver, *, says: str = ONE_PAGE) -> None:
        self._limits, self._deadline = limits, Deadline()
        transport = GuardedTransport(resolver, self._deadline, private=limits.fetch_private)
        headers = {**_HEADERS, "User-Agent": f"Parallax/1 ({says})"}
        self._client = httpx.Client(transport=transport, headers=headers, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, known: Known | None = None) -> Fetched:
        self._deadline.restart(self._limits.fetch_timeout_seconds)
        self._client.cookies.clear()
        try:
            for _ in range(MAX_REDIRECTS + 1):
                target = check_url(url, private=self._limits.fetch_private)
                conditions = known.asks(str(target)) if known else {}
                with self._client.stream("GET", target, headers=conditions) as response:
                    if conditions and response.status_code == _UNCHANGED:
                        return Fetched(str(target), b"", status=_UNCHANGED)
                    onward = response.headers.get("location") if response.status_code in _REDIRECTS else None
                    answer = None if onward else self._read(response, str(target))
                if answer and not (onward := _refresh_of(answer)):
                    return answer
                url = str(target.join(onward or ""))
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
        if response.status_code not in _ANSWERS:
            failed = FetchFailed(
                f"The site answered {response.status_code} {response.reason_phrase}".rstrip() + ".",
                where=url,
                mend="Open it in a browser; if it shows there, paste the text.",
            )
            failed.answered, asked = response.status_code, response.headers.get("retry-after", "")
            failed.asked_to_wait = float(asked) if re.fullmatch(r"\d{1,7}", asked, re.ASCII) else None
            raise failed
        kind, charset = _content_type(response.headers.get("content-type", ""))
        if kind and kind not in _HTML | _TEXT and not kind.endswith("xml"):
            raise BadInput(
                f"This is {kind}, not a page of text.", where=url, mend="Give the address of an article or feed."
            )
        packing = response.headers.get("content-encoding", "").strip().casefold()
        if packing not in PACKINGS:
            raise FetchFailed(f"The site packed its answer as {packing}, which was not asked for.", where=url)
        declared, limit = response.headers.get("content-length", ""), self._limits.max_body_bytes
        too_large = TooLarge(f"The page is larger than {limit / 1e6:.1f} MB.", where=url)
        if declared.isdigit() and int(declared) > limit:
            raise too_large
        try:
            body = unpacked_body(response.iter_raw(), packing, limit)
        except TooMuch:
            raise too_large from None
        except zlib.error:
            raise FetchFailed("The site's packed answer is broken.", where=url) from None
        return Fetched(url, body, kind or "text/html", charset, response.status_code, _kept(response.headers))


def _refresh_of(answer: Fetched) -> str | None:
    """Where a page that holds nothing else sends its reader at once."""
    if len(answer.body) > _REFRESH_MAX_BYTES or answer.kind not in _HTML:
        return None
    found = _REFRESH.search(answer.body.decode("latin-1"))
    return unescape(found["to"]).strip() if found else None


def fetch(url: str, limits: Limits, hints: Hints = Hints(), *, fetcher: Fetcher | None = None) -> Page:
    """The article at an http(s) address. Raises `BadAddress`, `TooLarge`, `BadInput`, `NotAnArticle` or `FetchFailed`."""
    if fetcher is None:
        with HttpFetcher(limits) as own:
            return fetch(url, limits, hints, fetcher=own)
    answer = fetcher.get(url)
    if is_feed(answer):
        raise BadInput(
            "This is a feed, not an article.",
            where=url,
            mend="Import it with parallax import, or give one entry's address.",
        )
    return answered_page(answer, hints, asked=url)


def is_feed(answer: Fetched) -> bool:
    return looks_like_feed(answer.body) and answer.kind not in _TEXT


def answered_page(answer: Fetched, hints: Hints, *, asked: str) -> Page:
    """The page of an answer that is no feed; `asked` names it in messages."""
    text = decode(answer.body, asked, answer.charset)
    if answer.kind in _TEXT and not looks_like_html(text):
        return page_from_text(text, hints, origin=asked, meta=Meta(url=answer.url))
    return page_from_html(text, answer.url, hints, origin=asked)


def _kept(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    """What an answer said of itself, in its order: nothing that is meant for one reader, and no more than a page has."""
    said = [(name, value[:_HEADER_CHARS]) for name, value in headers.multi_items() if not _SECRET.search(name)]
    return tuple(said[:_HEADERS_MOST])


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
