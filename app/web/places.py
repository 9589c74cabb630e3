"""How many may be connected at once, and how long somebody may hold a place without having asked anything yet.

A connection that waits for its client (half a request head, half a body, nothing at all, an answer that is not fetched) holds a
place that somebody else could ask from. So a head has so many seconds to arrive from its first byte; and when all places are taken,
the one that has waited for its client longest gives way to whoever comes. Only when every place is being answered is somebody
turned away. (How fast a body must arrive is in `limits.py`.)

It is uvicorn's own protocol for HTTP with these rules added: `uvicorn.Config(http=Places)`.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.logs import get_log

__all__ = ["HEAD_SECONDS", "PLACES", "Places"]

PLACES = 200
"""Connections at once. Each costs some kilobytes and an open file, of which a process has a thousand."""
HEAD_SECONDS = 10.0
"""From a request's first byte to the end of its head; from connecting to the first byte; from an answer to the end of its body."""

log = get_log("parallax.web")


class Places(H11Protocol):
    places = PLACES
    head_seconds = HEAD_SECONDS

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.since = 0.0
        self._clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_client()
        if len(self.connections) > self.places:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._no_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # a whole head
            self._no_clock()
            self.since = self.loop.time()
        elif self.asks_nothing() and self._clock is None:
            self._wait_for_client()

    def on_response_complete(self) -> None:
        self.since = self.loop.time()
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY or (self.asks_nothing() and self.conn.trailing_data[0]):
            self._wait_for_client()  # for the rest of a body nobody reads, or of the next head

    def waits_for_client(self) -> bool:
        """Whether nothing is being done for this connection because its client does nothing."""
        if self.asks_nothing():
            return True
        return bool(self.cycle.more_body or self.flow.write_paused)

    def asks_nothing(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        """Of those that wait for their clients the one that has for longest goes, whoever has asked nothing first."""
        others = [c for c in self.connections if c is not self and isinstance(c, Places) and c.waits_for_client()]
        if others:
            oldest = min(others, key=lambda c: (not c.asks_nothing(), c.since))
            log.debug("a place was wanted", waited=round(self.loop.time() - oldest.since, 1))
            oldest.connections.discard(oldest)
            oldest.transport.abort()

    def _wait_for_client(self) -> None:
        self._no_clock()
        self.since = self.loop.time()
        self._clock = self.loop.call_later(self.head_seconds, self._give_up)

    def _no_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _give_up(self) -> None:
        self._clock = None
        if self.transport.is_closing():
            return
        if self.asks_nothing() and self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            answer = b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(answer)
        self.transport.close()
