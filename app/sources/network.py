"""The connection under a fetch: to the checked address, and never beyond the deadline.

`httpcore` connects by host name; this backend resolves and checks the name itself and opens the socket to that address.
Host header, TLS server name and certificate check keep the name, because they are made above it.
"""

# ruff: noqa: ARG002 -- httpcore gives each call a timeout; here the deadline of the whole fetch goes before it

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpcore
import httpx

from app.errors import FetchFailed
from app.sources.addresses import Resolver, check_url, public_addresses, system_resolver
from app.sources.contract import Limits

__all__ = ["Deadline", "GuardedTransport", "check_reachable"]


class Deadline:
    """One span of time that all steps of a fetch share; over until it is started, and started anew for each fetch."""

    def __init__(self) -> None:
        self._end = 0.0

    def restart(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises `httpcore.ReadTimeout` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this fetch is over")
        return left


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every read and write ends by the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets only to addresses that were checked."""

    def __init__(self, resolver: Resolver, deadline: Deadline, *, private: bool) -> None:
        self._resolver, self._deadline, self._private = resolver, deadline, private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in _resolved(host, port, self._resolver, self._deadline, private=self._private):
            try:
                opened = self._inner.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
            except httpcore.ConnectError as error:
                failed = error
                continue
            return _TimedStream(opened, self._deadline)
        raise failed or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("local sockets are not fetched from")


def check_reachable(url: str, limits: Limits, resolver: Resolver = system_resolver) -> str:
    """The address as it is fetched, if it may be: its form, and the host that it names now. Every fetch asks both again.

    Raises `BadAddress`, `FetchFailed`.
    """
    target = check_url(url, private=limits.fetch_private)
    deadline = Deadline()
    deadline.restart(limits.fetch_timeout_seconds)
    port = target.port or {"http": 80, "https": 443}[target.scheme]
    _resolved(target.host, port, resolver, deadline, private=limits.fetch_private)
    return str(target.copy_with(fragment=None))


def _resolved(host: str, port: int, resolver: Resolver, deadline: Deadline, *, private: bool) -> tuple[str, ...]:
    """The checked addresses, found in a thread that may be left behind: the system's resolver cannot be given a time."""
    answer: Queue[tuple[str, ...] | Exception] = Queue(1)

    def resolve() -> None:
        try:
            answer.put(public_addresses(host, port, resolver, private=private))
        except Exception as error:  # noqa: BLE001 -- handed over to the waiting thread
            answer.put(error)

    Thread(target=resolve, daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left())
    except Empty:
        raise FetchFailed("The host's name was not resolved in time.", where=host) from None
    if isinstance(found, Exception):
        raise found
    return found


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Certificates are checked against the bundled authorities, loaded once."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport over the guarded backend, for one fetch after another: all share the deadline, and connections."""

    def __init__(self, resolver: Resolver, deadline: Deadline, *, private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(),
            max_connections=4,
            network_backend=_GuardedBackend(resolver, deadline, private=private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read(),
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response), request=request)

    def close(self) -> None:
        self._pool.close()
