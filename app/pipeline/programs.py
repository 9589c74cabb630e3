"""Programs beside this one that do the core's work and can be ended: a page that takes for ever takes nobody's time but its own.

Some read, some compare (one of each, unless more are asked for), so that a long comparison holds up no reading. Each is started
when it is first needed, does one thing at a time, in the order things came, and is ended when a thing takes longer than it may; the next thing starts another. What it
is given and what it gives goes through a pipe; it has no database.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from app.errors import Busy, NotReading, TooHeavy
from app.pipeline.sent_settings import chosen
from app.settings import PROJECT
from app.turns import Turns

__all__ = ["Workers", "workers"]

P = ParamSpec("P")
T = TypeVar("T")

STARTING_SECONDS = 120.0
"""How long a program may take until it is ready: it loads the language model."""
WAITING_SECONDS = 60.0
"""How long a thing waits for the things before it."""
TROUBLE_SECONDS = 60.0
"""How long a program that did not start is taken to be unable to: the next thing after that tries it again."""
BUSY = 4.0
"""How many times as long as it may take a thing is waited for, where the machine does other things meanwhile."""
MOST_WAITING = 16


class Workers:
    """Programs that `read` and programs that `compare`, so `many` of each. Safe to share between threads; close it at the end."""

    def __init__(self, waiting_seconds: float = WAITING_SECONDS, many: int = 1) -> None:
        self.many = many
        self._readers = _Lane("articles are being read", waiting_seconds, many)
        self._comparers = _Lane("stories are being compared", 10 * waiting_seconds, many)

    def read(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        return self._readers.do(seconds, work, given, named)

    def compare(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        return self._comparers.do(seconds, work, given, named)

    def ailing(self) -> NotReading | None:
        """Said when one of them did not start a while ago and has not since."""
        return self._readers.ailing() or self._comparers.ailing()

    def close(self) -> None:
        """End all, whatever they are about: who waits for it gets `Busy`. They are started anew when they are needed again."""
        self._readers.end()
        self._comparers.end()


@lru_cache(maxsize=4)
def workers(many: int = 1) -> Workers:
    """Those of this process. Where they are many, who waits has whole batches before it."""
    made = Workers(WAITING_SECONDS if many == 1 else 10 * WAITING_SECONDS, many)
    atexit.register(made.close)
    return made


class _Lane:
    """Programs of one kind, and those who wait for one. Who comes first gets that which was last at work: it runs already."""

    def __init__(self, what: str, waiting_seconds: float, many: int) -> None:
        self._turns, self._waiting_seconds = Turns(what, MOST_WAITING + 2 * many, many), waiting_seconds
        self.workers = tuple(_Worker() for _ in range(many))
        self._idle = [*reversed(self.workers)]

    def do(self, seconds: float, work: Callable[..., T], given: tuple[Any, ...], named: dict[str, Any]) -> T:
        with self._turns.turn(self._waiting_seconds):
            worker = self._idle.pop()
            try:
                return worker.do(seconds, work, given, named)
            finally:
                self._idle.append(worker)

    def ailing(self) -> NotReading | None:
        return next((ailing for worker in self.workers if (ailing := worker.ailing())), None)

    def end(self) -> None:
        for worker in self.workers:
            worker.end()


class _Worker:
    def __init__(self) -> None:
        self._lock = Lock()  # over the two below
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._failed_at: float | None = None

    def do(self, seconds: float, work: Callable[..., T], given: tuple[Any, ...], named: dict[str, Any]) -> T:
        process, pipe = self._ready()
        try:
            pipe.send((seconds, chosen(), work, given, named))
            fine, answer = _answer(pipe, process, seconds)
        except (EOFError, ConnectionError):
            ended = process.wait(STARTING_SECONDS)  # its end of the pipe is shut: it is gone, or about to be
            if self._process is not process:
                raise Busy("the server is ending.", mend="Nothing of it was done: send it again.") from None
            raise TooHeavy("reading it ended the program that reads", mend=_MEND) from ended_by(ended)
        except BaseException:
            self.end()  # it is about something nobody waits for
            raise
        if fine:
            return answer  # type: ignore[no-any-return]
        raise answer

    def ailing(self) -> NotReading | None:
        lately = self._failed_at is not None and time.monotonic() - self._failed_at < TROUBLE_SECONDS
        return _not_started() if lately else None

    def end(self) -> None:
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.wait()

    def _ready(self) -> tuple[subprocess.Popen[bytes], Connection[Any, Any]]:
        with self._lock:
            if self._process is not None and self._pipe is not None and self._process.poll() is None:
                return self._process, self._pipe
            ours, theirs = Pipe()
            environment = {
                "OPENBLAS_NUM_THREADS": "1",  # threads that wait for a core of a busy machine take many times the work
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")]),
            }
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "app.pipeline.helper", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C is for us: we end it
            )
            theirs.close()
            self._pipe = ours
            process, pipe = self._process, self._pipe
        if not _has_started(process, pipe):
            self.end()
            self._failed_at = time.monotonic()
            raise _not_started()
        self._failed_at = None
        return process, pipe


def _has_started(process: subprocess.Popen[bytes], pipe: Connection[Any, Any]) -> bool:
    """Wait until it says that it is ready; False when it ends before, or takes too long."""
    ends = time.monotonic() + STARTING_SECONDS
    while not pipe.poll(0.2):
        if process.poll() is not None or time.monotonic() > ends:
            return False
    with suppress(EOFError, ConnectionError):
        return bool(pipe.recv() == "ready")
    return False  # of one that has just died the end is heard


def _not_started() -> NotReading:
    return NotReading("the program that reads articles does not start.", mend="Look into the log, then try again.")


_MEND = "Give the article alone, as plain text."


def _answer(pipe: Connection[Any, Any], process: subprocess.Popen[bytes], seconds: float) -> tuple[bool, Any]:
    """The seconds are those of a processor: where others keep it busy, more go by; up to `BUSY` times as many."""
    spent, ends = _work_of(process.pid), time.monotonic() + BUSY * seconds
    left = seconds
    while not pipe.poll(max(0.05, left)):
        left = seconds - (_work_of(process.pid) - spent)
        if left <= 0 or time.monotonic() >= ends:
            raise TooHeavy.of_seconds(seconds)
        left = min(left, ends - time.monotonic())
    fine, answer = pipe.recv()
    return fine, answer


def _work_of(pid: int) -> float:
    """Seconds of a processor that a program has had; where the system does not tell, those that went by."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def ended_by(code: int) -> RuntimeError:
    """For the log: how the program ended."""
    return RuntimeError(f"the program that reads ended with {code}")
