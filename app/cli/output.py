"""What commands print: JSON lines and results on stdout, everything meant for people on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

__all__ = ["Pace", "bar", "console", "fail", "json_line", "say"]

PACE_SECONDS = 30.0
"""How often a long thing says where it stands when nobody looks at a terminal; its rate is that of so long."""

console = Console()
_stderr = Console(stderr=True)


def json_line(value: Any) -> None:
    """One JSON value on one line, Unicode as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def say(text: str) -> None:
    _stderr.print(escape(text), highlight=False, soft_wrap=True)


def fail(text: str) -> None:
    _stderr.print(f"[bold red]error[/] {escape(text)}", highlight=False, soft_wrap=True)


class Pace:
    """How far a long thing is, how quick it goes and what time is left: on a terminal a bar, elsewhere a line now and then."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, every: float = PACE_SECONDS) -> None:
        self._clock, self._every = clock, every
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=_stderr,
            transient=True,
            disable=not _stderr.is_terminal,
            speed_estimate_period=every,
        )
        self.begin("", None)

    def begin(self, what: str, total: int | None) -> None:
        """Something of so many parts, or of nobody knows how many."""
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
        self._what, self._total, self._done = what, total, 0
        self._told_at, self._told = self._clock(), 0
        self._task = self._progress.add_task(what, total=total, rate="")

    def advance(self, parts: int = 1) -> None:
        """One part more is done, or so many."""
        self._done += parts
        if self._total is not None:
            self._total = max(self._total, self._done)
        now = self._clock()
        rate = (self._done - self._told) / max(now - self._told_at, 1e-9)
        self._progress.update(self._task, completed=self._done, total=self._total, rate=f"{rate:,.1f}/s")
        if now - self._told_at >= self._every:
            self._told_at, self._told = now, self._done
            if not _stderr.is_terminal:
                say(self._line(rate))

    def _line(self, rate: float) -> str:
        if self._total is None:
            return f"{self._what}: {self._done:,}, {rate:,.1f} a second"
        left = timedelta(seconds=round((self._total - self._done) / rate))
        return f"{self._what}: {self._done:,} of {self._total:,}, {rate:,.1f} a second, {left} left"

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar on stderr when it is a terminal; nothing otherwise."""
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=_stderr,
        transient=True,
        disable=not _stderr.is_terminal,
    )
    with progress:
        progress.add_task(what, total=total)
        yield progress
