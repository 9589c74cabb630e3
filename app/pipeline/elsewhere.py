"""What a worker of a cluster does: the work as it would be done here, or a refusal, when it would not come out the same.

The worker itself only hands over. The work is done by programs beside it (`programs.py`), as it is beside this one, so that time and
memory are bounded there too. What the result depends on is compared by name where the work is done: another version of the program,
of a library that computes, of the language model, or other weights make other rows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from app.errors import Busy, NotReading, ParallaxError
from app.pipeline.chosen import comparer, reader
from app.pipeline.programs import workers
from app.pipeline.sent_settings import go_by
from app.version import code_digest, software_version

__all__ = ["made_with", "nothing", "work_there"]

_COMPUTING = ("lxml", "numpy", "onnxruntime", "rapidfuzz", "snowballstemmer", "spacy", "tokenizers")


@lru_cache(maxsize=1)
def _program() -> Mapping[str, str]:
    return {
        "Python": ".".join(map(str, sys.version_info[:2])),
        "Parallax": f"{software_version()} ({code_digest()})",
        **{name: _version(name) for name in _COMPUTING},
    }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def made_with() -> Mapping[str, str]:
    """All that a result depends on, by name, under the settings of now. Raises `BadInput` for what they name and is not there."""
    compared = comparer()
    return {**_program(), "the language model": reader().name, "what compares": f"{compared.name} ({compared.version})"}


def nothing() -> None:
    """Work for whoever is only asked whether it would do any."""


def work_there(
    lane: str,
    seconds: float,
    made_here: Mapping[str, str],
    chosen: dict[str, str],
    work: Callable[..., Any],
    given: tuple[Any, ...],
    named: dict[str, Any],
) -> tuple[bool, Any]:
    """On a worker: (True, what the work gave) or (False, the error it raised). What another worker may do better is raised."""
    from distributed import get_worker

    here = get_worker()
    hands = workers(here.state.nthreads)
    do = hands.read if lane == "read" else hands.compare
    try:
        return True, do(seconds, _the_same, made_here, chosen, work, given, named)
    except Busy as error:
        error.where = here.address
        if isinstance(error, Refused):
            return False, error
        raise
    except Exception as error:  # noqa: BLE001  whatever it was, whoever waits is told
        return False, error


class Refused(NotReading):
    """A worker that would give something else."""


def _the_same(
    made_here: Mapping[str, str],
    chosen: dict[str, str],
    work: Callable[..., Any],
    given: tuple[Any, ...],
    named: dict[str, Any],
) -> Any:
    """In the program beside the worker: the work, when what is here is what is there."""
    go_by(chosen)
    try:
        there = made_with()
    except ParallaxError as error:
        raise Refused(f"this worker has not what the settings name: {error}", mend=_MEND) from None
    other = [f"{n} {there.get(n, 'none')} there, {made} here" for n, made in made_here.items() if there.get(n) != made]
    if other:
        raise Refused(f"this worker would not give the same: {'; '.join(other)}.", mend=_MEND)
    return work(*given, **named)


_MEND = "Install there what is installed here, weights and models included, start the worker anew, then give the command again."
