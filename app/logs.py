"""Structured logs: one event a line, for people (`console`) or for machines (`json`), always on stderr.

What libraries log (uvicorn, alembic) passes through the same renderer. Nothing that a reader typed (search words,
pasted text, notes) is logged at `info` or above. Until `configure_logs` is called, only warnings and worse are seen:
standard output belongs to the commands' results.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

__all__ = ["configure_logs", "get_log"]

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_NOISY = ("alembic", "apscheduler", "httpx", "httpcore", "trafilatura", "htmldate", "courlan")


def get_log(name: str) -> FilteringBoundLogger:
    """A logger; values bound with `structlog.contextvars` (the request id) are on every line of it."""
    return cast("FilteringBoundLogger", structlog.get_logger(name))


def configure_logs(log_format: str = "console", level: str = "info", stream: TextIO | None = None) -> None:
    """Set up logging for this process; calling it again replaces what was set before."""
    out = stream or sys.stderr
    _through_logging(level)
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder(), _without_colours],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(log_format, out)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):
        library = logging.getLogger(name)
        library.handlers, library.propagate, library.disabled = [], True, False
        library.setLevel(logging.NOTSET)


def _through_logging(level: str) -> None:
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _without_colours(_logger: object, _method: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)  # uvicorn's second copy of its message, for terminals
    return event


def _renderers(log_format: str, out: TextIO) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)]


_through_logging("info")
