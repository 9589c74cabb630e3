"""Hands that are a Dask cluster: one of this machine's own (`local`), or the one whose scheduler an address names.

Only what is to be read or compared goes there, and what came of it back; this process alone has the database. A worker that is lost
takes nothing with it: the scheduler gives its work to another one. However often that is, one result comes back, and it is written once.

What goes over the wire is pickled: whoever is behind the address can run anything here, and whoever reaches it can run anything there.
So nothing is ever looked for: the user names it. The local cluster talks by TLS, with a key that is made for it and told nobody.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from app.errors import BadInput, Busy, NotReading, ParallaxError, TooHeavy
from app.pipeline.elsewhere import made_with, nothing, work_there
from app.pipeline.programs import STARTING_SECONDS, workers
from app.pipeline.sent_settings import chosen

__all__ = ["LOCAL", "MOST_AT_ONCE", "Cluster", "cluster"]

P = ParamSpec("P")
T = TypeVar("T")

LOCAL = "local"
MOST_AT_ONCE = 64
"""Batches that are out at most, whatever the cluster could do: each waits here until those before it are kept."""
CONNECTING_SECONDS = 10.0
ENDING_SECONDS = 10.0
ALONE_SECONDS = 60.0
"""How long work waits for a worker when there is none at all: one that was killed is started anew within some seconds."""
_LOOK_SECONDS = 1.0
_TRIES_ELSEWHERE = 2
_QUIET = {
    "distributed.admin.large-graph-warning-threshold": "1GB",  # sixteen pages are some megabytes, and no mistake
    "distributed.scheduler.http.routes": [],  # nothing is shown of the local one, to nobody
    "distributed.worker.http.routes": [],
}
_CALM = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""What a worker of ours begins with: Ctrl-C is for us, and we end it."""


class Cluster:
    """As many at once as the workers have threads, and no more than were asked for. Safe to share between threads; close it."""

    def __init__(self, where: str, client: Any, most: int) -> None:
        self._where, self._client, self._closed = where, client, False
        self.ending = ExitStack()
        self._alone_since: float | None = None
        self._made_here = workers().read(STARTING_SECONDS, made_with)
        workers().close()
        try:
            client.wait_for_workers(1, timeout=ALONE_SECONDS)
        except TimeoutError:
            raise self._no_worker() from None
        self._ask_workers()
        self.many = min(most, MOST_AT_ONCE, sum(client.nthreads().values()))

    def read(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        return self._do("read", seconds, work, given, named)

    def compare(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        return self._do("compare", seconds, work, given, named)

    def ailing(self) -> ParallaxError | None:
        """What keeps it from working at all."""
        return None if self._client.status == "running" and not self._closed else self._lost()

    def close(self) -> None:
        """Let go of what is under way, and end what was started here. Who waits for something gets `Busy`."""
        self._closed = True
        with suppress(TimeoutError, OSError):
            self.ending.close()

    def _ask_workers(self) -> None:
        """Whether all that there are would give what would be given here. Raises `NotReading` of the first that would not."""
        seconds = 2 * STARTING_SECONDS
        asked = {at: self._send("read", seconds, nothing, (), {}, at) for at in self._client.nthreads()}
        for at, future in asked.items():
            try:
                self._answer(future, at, until=time.monotonic() + seconds)
            except ParallaxError as error:
                error.where = error.where or at
                raise
            except Exception as error:
                what = f"this worker cannot do Parallax' work: {type(error).__name__}: {error}"
                raise NotReading(what, where=at, mend="Install there what is installed here.") from error

    def _do(
        self, lane: str, seconds: float, work: Callable[..., T], given: tuple[Any, ...], named: dict[str, Any]
    ) -> T:
        return self._answer(self._send(lane, seconds, work, given, named))  # type: ignore[no-any-return]

    def _send(
        self,
        lane: str,
        seconds: float,
        work: Callable[..., Any],
        given: tuple[Any, ...],
        named: dict[str, Any],
        at: str | None = None,
    ) -> Any:
        if self._closed:
            raise self._lost()
        what = (lane, seconds, self._made_here, chosen(), work, given, named)
        try:
            return self._client.submit(
                work_there,
                *what,
                key=f"parallax-{uuid4().hex}",  # nothing that was done for another is an answer
                pure=False,
                retries=_TRIES_ELSEWHERE,
                workers=at and [at],
            )
        except Exception as error:
            if self.ailing() is None:
                raise
            raise self._lost() from error

    def _answer(self, future: Any, at: str | None = None, until: float | None = None) -> Any:
        from distributed import KilledWorker

        try:
            while True:
                with suppress(TimeoutError):
                    fine, answer = future.result(timeout=_LOOK_SECONDS)
                    break
                self._look(future, at)
                if until is not None and time.monotonic() > until:
                    raise NotReading("this worker does not answer.", mend="Look into its log.")
        except KilledWorker as error:
            raise TooHeavy("reading it ended the workers that read", mend="Give the article alone.") from error
        except CancelledError as error:
            raise self._lost() from error
        finally:
            with suppress(Exception):  # of a connection that is lost nothing is left to let go of
                future.release()
        if fine:
            return answer
        raise answer

    def _look(self, future: Any, at: str | None) -> None:
        """Raises when there is nothing to wait for: of anybody, or of the one worker that was asked."""
        if self._closed:
            raise Busy("the import is ending.", mend="Nothing of it was done: give the command again.")
        if self._client.status != "running" or future.status == "lost":
            raise self._lost()
        try:
            there = (
                self._client.nthreads()
            )  # `scheduler_info` is written anew every two seconds, by the client itself and without workers
        except OSError as error:
            raise self._lost() from error
        if at is not None and at not in there:
            what = "this worker ended when it was asked whether it does Parallax' work."
            raise NotReading(what, where=at, mend="Install there what is installed here; its log says more.")
        if there:
            self._alone_since = None
            return
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since > ALONE_SECONDS:
            raise self._no_worker()

    def _lost(self) -> NotReading:
        return NotReading("the connection to the Dask cluster is lost.", where=self._where, mend=_AGAIN)

    def _no_worker(self) -> NotReading:
        return NotReading("the Dask cluster has no worker.", where=self._where, mend=f"Start some there. {_AGAIN}")


_AGAIN = "What was kept is kept: give the command again, and it goes on from there."


def cluster(where: str, most: int) -> Cluster:
    """The cluster at `where`, so many things at once at most; `local` makes one of so many processes.

    Raises `BadInput` where the library is not installed or the address is none, `NotReading` when nothing answers there, or
    what answers would not give what would be given here.
    """
    if where != LOCAL and not _AN_ADDRESS.fullmatch(where):
        raise BadInput("this is no address of a Dask scheduler.", where=where, mend=_ADDRESS)
    try:
        import dask
        from distributed import Client, LocalCluster, Security
    except ImportError:
        raise BadInput(
            "this takes the library dask.distributed, which is not installed.",
            where="--dask",
            mend='Install it: pip install "parallax[dask]".',
        ) from None
    dask.config.set(_QUIET)
    with ExitStack() as parts:
        own = None
        if where == LOCAL:
            own = LocalCluster(
                n_workers=most,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                memory_limit=0,  # the programs beside each worker have a bound of their own
                preload=[_CALM],
                security=Security.temporary(),  # nobody else at this machine may hand it work
                silence_logs="ERROR",
            )
            parts.callback(own.close, timeout=ENDING_SECONDS)
        try:
            client = Client(own or where, timeout=CONNECTING_SECONDS, set_as_default=False)
        except TypeError as error:  # of an address that asks for encryption, where no certificate is named
            raise NotReading("this address needs certificates, and none are named.", where=where, mend=_TLS) from error
        except (
            OSError,
            TimeoutError,
            ValueError,
            MemoryError,
        ) as error:  # what is no scheduler may say anything, at any length
            raise NotReading("no Dask scheduler answers there.", where=where, mend=_ADDRESS) from error
        parts.callback(client.close, timeout=ENDING_SECONDS)
        made = Cluster(where, client, most)
        made.ending = parts.pop_all()
        return made


_AN_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://[^\s/]+:\d{1,5}/?")
_TLS = "Name them as Dask wants it: distributed.comm.tls in its configuration, or DASK_DISTRIBUTED__COMM__TLS__CA_FILE and its like."
_ADDRESS = "Give local, or the address that its scheduler prints: tcp://192.168.1.5:8786."
