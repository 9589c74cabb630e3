"""The program beside: `python -m app.pipeline.helper FD` does what comes through the pipe until the other end is gone.

It sets itself an alarm for each thing, in case nobody is left to end it, and takes a bounded amount of memory.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from app.errors import ParallaxError, TooHeavy
from app.pipeline.programs import BUSY
from app.pipeline.sent_settings import go_by

__all__ = ["serve"]

MOST_BYTES = 3_000_000_000
"""Memory beyond what the program has once it is ready: an article of the greatest length takes some hundred megabytes."""
_GRACE_SECONDS = 10.0


def serve(pipe: Connection[Any, Any]) -> None:
    """Answers are (True, what the work gave) or (False, the error it raised)."""
    from app import pipeline  # what takes its time before it is ready
    from app.core.lexicon.outlets import load_outlets

    load_outlets()
    with suppress(ParallaxError):
        pipeline.reader()
    _bound_memory()
    try:
        pipe.send("ready")
    except BrokenPipeError:  # whoever wanted it is gone
        return
    while True:
        try:
            seconds, sent, work, given, named = pipe.recv()
        except EOFError:
            return
        go_by(sent)
        signal.setitimer(signal.ITIMER_REAL, BUSY * seconds + _GRACE_SECONDS)
        try:
            answer: tuple[bool, Any] = (True, work(*given, **named))
        except ParallaxError as error:
            answer = (False, error)
        except MemoryError:
            answer = (False, TooHeavy("it takes more memory than there is to read it", mend="Give the article alone."))
        except Exception as error:  # noqa: BLE001  whatever it was, whoever waits is told
            answer = (False, RuntimeError(f"{type(error).__name__}: {error}"))
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(answer)


def _bound_memory() -> None:
    with suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - a file of the system
        now = int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + MOST_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
