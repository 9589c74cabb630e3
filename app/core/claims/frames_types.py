"""A candidate attribution inside one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.records import Span, Stance

__all__ = ["Following", "Frame"]


class Following(NamedTuple):
    """The next sentence, or the part of it in quotation marks where all of it is `quoted`: what a colon before it opens."""

    span: Span
    quoted: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A candidate attribution. All spans are offsets into the source; `source_head` is a token of the sentence."""

    kind: str
    family: str
    stance: Stance
    lemma: str
    cue: Span
    verb: int
    source: Span | None
    source_head: int | None
    content: tuple[Span, ...]
    parent: int | None = None  # the verb this one depends on
    features: tuple[str, ...] = field(default=())
