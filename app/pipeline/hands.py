"""Who does the core's work: this very process, or another one that can be ended when it takes too long.

The stages hand over a function and what it is given (`read` for articles, `compare` for stories); what comes back is the
same whoever did it. `Here` is the quiet twin: for commands that read what their user gave them, and for tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from app.errors import ParallaxError

__all__ = ["HERE", "Hands", "Here"]

P = ParamSpec("P")
T = TypeVar("T")


class Hands(Protocol):
    """`seconds`: how long it may take before it is ended. Raises what the work raises, and `TooHeavy`, `Busy`.

    `ailing`: what keeps them from working at all, as far as is known. `many`: so much of each they do at once.
    """

    @property
    def many(self) -> int: ...

    def read(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T: ...

    def compare(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T: ...

    def ailing(self) -> ParallaxError | None: ...

    def close(self) -> None: ...


class Here:
    """The work is done in this process, however long it takes."""

    many = 1

    def read(self, seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:  # noqa: ARG002
        return work(*given, **named)

    compare = read

    def ailing(self) -> None:
        """Nothing."""

    close = ailing


HERE = Here()
