"""Long work in the background: a few worker threads, a bounded number of jobs, each watched by its id.

A job belongs to nobody's connection: whoever closes the page finds it again under its address. It lives in this process
only; imports are taken up again by the next (`spool.py`). When the server stops, a running job ends before its next item and keeps what it has read; it is given a moment for that,
and no server waits longer for it: what is not kept by then is not kept at all, never half. A job is forgotten an hour after
its end. What was kept stays, whatever becomes of the job.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Final, Literal

from app.errors import Busy, NotFound, ParallaxError
from app.logs import get_log

__all__ = ["MOST_JOBS", "Failure", "Job", "Jobs", "Progress", "Work"]

MOST_JOBS: Final = 8
"""Jobs that may wait or run at once: at one article a second, some minutes of work."""
WORKERS: Final = 2
"""Threads: one may wait for a slow page while the other reads."""
KEPT_SECONDS: Final = 3600.0
"""How long a finished job is remembered."""
MOST_REMEMBERED: Final = 100
"""Finished jobs remembered at most; the oldest go first."""
LAST_SECONDS: Final = 3.0
"""How long running jobs are given to end when the server does."""

State = Literal["waiting", "running", "finished", "stopped"]
log = get_log("parallax.jobs")


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one item: what, where, how to mend."""

    what: str
    where: str = ""
    mend: str = ""

    @classmethod
    def of(cls, error: Exception, where: str = "") -> Failure:
        """Of an error nobody expected only that it happened; the log has the rest."""
        if isinstance(error, ParallaxError):
            return cls(error.what, error.where or where, error.mend or "")
        log.error("job failed", exc_info=error)
        return cls("Parallax met an error it did not expect.", where, "Try this one alone; the log says more.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `number` grows with every change, so that a watcher knows what it has seen."""

    state: State = "waiting"
    step: str = ""  # a key of words.step
    done: int = 0
    total: int | None = None  # None: not known yet
    current: str = ""  # what is being worked on
    failures: tuple[Failure, ...] = ()
    result: Any = None
    number: int = 0

    @property
    def over(self) -> bool:
        return self.state in ("finished", "stopped")


@dataclass(eq=False)
class Job:
    id: str
    title: str
    _progress: Progress = field(default_factory=Progress)
    stop: Event = field(default_factory=Event)  # set when the server is about to end
    _lock: Lock = field(default_factory=Lock)
    ended: float | None = None

    @property
    def progress(self) -> Progress:
        return self._progress

    def tell(self, **change: Any) -> None:
        """Note how far it is; `failed` adds one failure."""
        failed: Failure | None = change.pop("failed", None)
        with self._lock:
            now = self._progress
            failures = (*now.failures, failed) if failed else now.failures
            self._progress = replace(now, **change, failures=failures, number=now.number + 1)


Work = Callable[[Job], Any]
"""What a job does: it tells its progress, looks at `job.stop` between items and gives its result."""


class Jobs:
    """`start` a job, `get` it by its id, `close` them all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._jobs, self._lock = clock, dict[str, Job](), Lock()
        self._waiting: SimpleQueue[tuple[Job, Work] | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self.ending = Event()
        """Set as soon as the server is about to end, also by a signal: whoever watches a job stops watching."""

    def start(self, title: str, work: Work, *, job_id: str | None = None) -> Job:
        """Begin it as soon as a thread is free, under that id or a new one. Raises `Busy` when too many wait already or the server ends."""
        with self._lock:
            self._forget()
            if self.ending.is_set() or sum(j.ended is None for j in self._jobs.values()) >= MOST_JOBS:
                raise Busy("Too many imports are under way.", mend="Wait until one has finished, then send it again.")
            job = Job(job_id or secrets.token_urlsafe(9), title, stop=self.ending)
            self._jobs[job.id] = job
            self._waiting.put((job, work))
            if len(self._threads) < WORKERS:
                thread = Thread(target=self._work, name=f"parallax-job-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        return job

    def get(self, job_id: str) -> Job:
        """Raises `NotFound` for one that never was or is forgotten."""
        with self._lock:
            self._forget()
            found = self._jobs.get(job_id)
        if found is None:
            raise NotFound(
                "This import is not known any more.",
                mend="Imports are forgotten an hour after their end, or when the server starts anew. What was kept is in its story.",
            )
        return found

    def unfinished(self) -> dict[State, int]:
        """How many wait for a thread and how many are under way."""
        with self._lock:
            states = [job.progress.state for job in self._jobs.values()]
        return {"waiting": states.count("waiting"), "running": states.count("running")}

    def close(self, seconds: float = LAST_SECONDS) -> None:
        """Ask every job to end after its item and wait so long for all. Those that have not begun never will."""
        self.ending.set()
        with self._lock:
            threads = list(self._threads)
        ends = time.monotonic() + seconds
        for _ in threads:
            self._waiting.put(None)
        for thread in threads:
            thread.join(max(0.0, ends - time.monotonic()))
            if thread.is_alive():
                log.warning("a job did not end in time; what it has not kept is not kept")

    def _work(self) -> None:
        while (next_one := self._waiting.get()) is not None:
            if not self.ending.is_set():
                self._run(*next_one)

    def _run(self, job: Job, work: Work) -> None:
        job.tell(state="running")
        try:
            result = work(job)
            job.tell(state="stopped" if job.stop.is_set() else "finished", current="", result=result)
        except Exception as error:  # noqa: BLE001  whatever it was, the job says so and the thread lives
            job.tell(state="finished", current="", failed=Failure.of(error))
        finally:
            job.ended = self._clock()

    def _forget(self) -> None:
        ended = sorted((j for j in self._jobs.values() if j.ended is not None), key=lambda j: j.ended or 0.0)
        old = [j for j in ended if self._clock() - (j.ended or 0.0) > KEPT_SECONDS]
        for job in dict.fromkeys((*old, *ended[: max(0, len(ended) - MOST_REMEMBERED)])):
            self._jobs.pop(job.id, None)
