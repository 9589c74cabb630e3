"""What is done: action classes of the lexicon with polarity, modality, agent and target."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actors.book import ActorBook
from app.core.language import Parsed
from app.core.records import Action, Span

__all__ = ["find_actions"]


def find_actions(
    parsed: Parsed, offset: int = 0, book: ActorBook | None = None, spans: Sequence[Span] | None = None
) -> tuple[Action, ...]:
    """The actions that a sentence states, the main one first, then in text order.

    `offset` is where `parsed` starts in the text; offsets given back are into that text. With `spans` (the content of
    an attribution, text offsets) only actions inside them are given, and the main one is that of the topmost verb in
    them. Agents and targets are keys of `book`.
    """
    return ()
