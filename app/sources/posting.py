"""A few bytes sent to another program's address, under the guard that fetching has: public addresses only, within a deadline.

Redirects are not followed: what is signed for one address goes to no other. The answer's body is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, Self

import httpcore
import httpx

from app.errors import ParallaxError
from app.sources.addresses import Resolver, check_url, system_resolver
from app.sources.network import Deadline, GuardedTransport

__all__ = ["HttpPoster", "Posted", "Poster"]

SECONDS: Final = 10.0
"""For one sending, from the name to the answer's status."""


@dataclass(frozen=True, slots=True)
class Posted:
    """`sent`: the other side said that it has it (2xx). `answer`: what it said, or why it was not reached, in a few words."""

    sent: bool
    answer: str


class Poster(Protocol):
    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted: ...


class HttpPoster:
    """`private`: addresses of one's own network too. One client for all sendings of a run, one after the other."""

    def __init__(self, *, private: bool, resolver: Resolver = system_resolver, seconds: float = SECONDS) -> None:
        self._private, self._seconds, self._deadline = private, seconds, Deadline()
        transport = GuardedTransport(resolver, self._deadline, private=private)
        self._client = httpx.Client(transport=transport, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Never raises for what the other side does."""
        self._deadline.restart(self._seconds)
        self._client.cookies.clear()
        try:
            target = check_url(url, private=self._private)
            with self._client.stream("POST", target, content=body, headers=dict(headers)) as response:
                status, reason = response.status_code, response.reason_phrase
        except (httpcore.TimeoutException, httpx.TimeoutException):
            return Posted(sent=False, answer=f"no answer within {self._seconds:g} seconds")
        except ParallaxError as error:
            return Posted(sent=False, answer=error.what)
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.HTTPError,
            httpx.InvalidURL,
            OSError,
            ValueError,
        ) as error:
            return Posted(sent=False, answer=str(error) or type(error).__name__)
        said = f"{status} {reason}".strip()
        return Posted(200 <= status < 300, f"{said}: redirects are not followed" if 300 <= status < 400 else said)
