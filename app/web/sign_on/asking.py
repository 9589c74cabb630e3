"""One question to the issuer over HTTP, and its answer, which has a bound in time and in size. Not for several at once.

Redirects are not followed, and no proxy of the environment is used. Each question has a connection of its own.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import httpcore
import httpx

from app.errors import BadAddress, FetchFailed, NotSignedIn
from app.sources.addresses import system_resolver
from app.sources.network import Deadline, GuardedTransport
from app.sources.unpacking import PACKINGS, TooMuch, unpacked_body

__all__ = ["SECONDS", "Asking"]

SECONDS = 8.0
"""For one answer, from the look-up of the name to its last byte."""
MOST_BYTES = 256 * 1024
_HEADERS = {"accept": "application/json", "accept-encoding": "identity", "connection": "close"}


class Asking:
    def __init__(self, host: str, seconds: float) -> None:
        """`host`: what the issuer is called in messages."""
        self._host, self._seconds, self._deadline = host, seconds, Deadline()
        transport = GuardedTransport(system_resolver, self._deadline, private=True)
        self._client = httpx.Client(transport=transport, headers=_HEADERS, follow_redirects=False, trust_env=False)

    def ask(self, method: str, url: str, **more: Any) -> Mapping[str, Any]:
        """Its JSON. Raises `NotSignedIn` when it refuses what was sent, `FetchFailed` for whatever else is wrong."""
        try:
            status, body = self._answer(method, url, **more)
            told = json.loads(body) if status == 200 or method == "POST" else None
        except TooMuch:
            raise self.failure("an answer without end") from None
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise self.failure(f"no answer within {self._seconds:g} seconds") from None
        except (FetchFailed, BadAddress) as error:  # of its name
            raise self.failure(error.what) from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpx.HTTPError,
            httpx.InvalidURL,
            OSError,
            ValueError,
            RecursionError,
            zlib.error,
        ) as error:
            raise self.failure(f"{type(error).__name__}: {error}"[:200]) from None
        if status in (400, 401, 403) and method == "POST":
            code = str(told.get("error", ""))[:60] if isinstance(told, dict) else ""
            what = f"{self._host} did not confirm this sign-in."
            raise NotSignedIn(what, where=f"the exchange: {status} {code}", mend="Begin it again here.")
        if status != 200 or not isinstance(told, dict):
            raise self.failure(f"it answered {status}")
        return told

    def _answer(self, method: str, url: str, auth: httpx.Auth | None = None, **more: Any) -> tuple[int, bytes]:
        self._deadline.restart(self._seconds)
        self._client.cookies.clear()  # of another's sign-in
        request = self._client.build_request(method, url, **more)
        with closing(self._client.send(request, auth=auth, stream=True)) as response:
            packing = response.headers.get("content-encoding", "").strip().casefold()
            if packing not in PACKINGS:
                raise ValueError("an answer packed as nobody asked")
            return response.status_code, unpacked_body(response.iter_raw(), packing, MOST_BYTES)

    def failure(self, why: str) -> FetchFailed:
        mend = "Try again in a minute, or sign in by a token."
        return FetchFailed(f"{self._host} does not answer as it should.", where=why, mend=mend)
