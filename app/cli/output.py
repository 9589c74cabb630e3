"""What commands print: JSON lines and results on stdout, everything meant for people on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

__all__ = ["bar", "console", "fail", "json_line", "say"]

console = Console()
_stderr = Console(stderr=True)


def json_line(value: Any) -> None:
    """One JSON value on one line, Unicode as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def say(text: str) -> None:
    _stderr.print(escape(text), highlight=False, soft_wrap=True)


def fail(text: str) -> None:
    _stderr.print(f"[bold red]error[/] {escape(text)}", highlight=False, soft_wrap=True)


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
