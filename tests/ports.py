"""A port for a program that is told where to listen."""

from __future__ import annotations

import random
import socket

_NEVER_LENT = range(20_000, 32_000)
"""Below what the system lends to connections that go out: between asking and listening nobody else is given it."""


def free_port() -> int:
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", random.SystemRandom().choice(_NEVER_LENT)))
            except OSError:
                continue
            return int(probe.getsockname()[1])
