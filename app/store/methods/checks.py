"""Whether what is kept is sound, asked and put right while others read and write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import DatabaseUnready
from app.store.checks import QUESTIONS, CheckFault, Question
from app.store.methods.base import Room

__all__ = ["CheckAnswer", "Checks", "Counts"]

_COUNTS = """
    SELECT (SELECT count(*) FROM standing_stories AS stories) AS stories, (SELECT count(*) FROM standing_articles AS articles) AS articles,
    (SELECT count(*) FROM alignments JOIN standing_stories ON standing_stories.id = story_id WHERE shown = 1) AS rows, (SELECT count(*) FROM standing_stories AS stories WHERE stale = 1) AS waiting_stories
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is kept. `rows`: those that are shown; `waiting_stories`: those that are not compared yet."""

    stories: int
    articles: int
    rows: int
    waiting_stories: int


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What one question found: nothing, when all is well. `mendable`: `repair` puts it right."""

    name: str
    asks: str
    faults: tuple[CheckFault, ...]
    harmless: bool
    mendable: bool


class Checks(Room):
    def questions(self) -> Iterator[CheckAnswer]:
        """The answer to every question, one after the other; a part of the file that cannot be read is a fault of its question."""
        for question in QUESTIONS:
            yield self.answer(question.name)

    def counts(self) -> Counts:
        with self.read() as session:
            return Counts(*session.connection().exec_driver_sql(_COUNTS).one())

    def answer(self, name: str) -> CheckAnswer:
        """The answer to one question. Raises `StopIteration` for none there is."""
        question = next(q for q in QUESTIONS if q.name == name)
        try:
            faults = tuple(self._asked(question))
        except DatabaseUnready as error:
            faults = (CheckFault(f"it cannot be told: {error.what}"),)
        return CheckAnswer(question.name, question.asks, faults, question.harmless, question.mend is not None)

    def repair(self, name: str) -> None:
        """Put right what a question found, as far as that can be done from what is kept; ask it again to see whether it was."""
        question = next(q for q in QUESTIONS if q.name == name)
        if question.mend is None:
            return
        for part in self._parts(question):
            with self.write() as session:
                question.mend(session, self.now(), part)

    def _asked(self, question: Question) -> Iterator[CheckFault]:
        with self.read() as session:
            yield from tuple(question.look(session, self.now()))
        if question.trial is None:
            return
        for part in self._parts(question):
            with self.write() as session:
                tried = session.begin_nested()
                faults = tuple(question.trial(session, self.now(), part))
                tried.rollback()  # nobody wants what was written
            yield from faults

    def _parts(self, question: Question) -> tuple[Any, ...]:
        with self.read() as session:
            return tuple(question.parts(session))
