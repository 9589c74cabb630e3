"""One announcement told twice: the same act, announced by the same actor, about the same things.

Words, dates and detail may differ much between the report of the day and the mention three months later; that both tell
of one announcement is clear all the same, and only side by side do two dates for it show. A feature among others: what it
counts is fitted (`row_weights.json`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.core.alignment.bags import Bags, Ints
from app.core.alignment.concepts import things
from app.core.alignment.statement import Statement
from app.core.lexicon.actions import kinship

__all__ = ["Announcements", "one_announcement"]

_ANNOUNCED = frozenset({"announc", "declar"})  # stems
_SAID = frozenset({"said", "told"})
_INTENT = frozenset({"would", "will"})
_TURNS = frozenset({"reverse", "suspend", "resume"})  # another announcement, on the same matter


class Announcements:
    """Which of a story's statements announce an act, prepared for many pairs."""

    def __init__(self, told: Sequence[Statement]) -> None:
        classes = sorted({s.main.cls for s in told if s.main})
        code = {name: k for k, name in enumerate(classes)}
        kin = [[kinship(x, y) for y in classes] for x in classes]
        shape = (len(classes), len(classes))
        self._same = np.array([[k == "same" for k in row] for row in kin], bool).reshape(shape)
        self._opposite = np.array([[k == "opposite" for k in row] for row in kin], bool).reshape(shape)
        self._main = np.array([code[s.main.cls] if s.main else -1 for s in told], np.intp)
        self._negative = np.array([s.main is not None and s.main.negative for s in told], bool)
        agents = sorted({s.main.agent for s in told if s.main and s.main.agent})
        place = {name: k for k, name in enumerate(agents)}
        self._agent = np.array([place.get(s.main.agent or "", -1) if s.main else -1 for s in told], np.intp)
        self._announces = np.array([_announces(s) for s in told], bool)
        known = things()
        self._things = Bags([sorted({known[w] for w in s.words if w in known}) for s in told])

    def of_pairs(self, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
        """Whether both announce the same act. An actor left unnamed on one side does not stand against it."""
        out = self._announces[a] & self._announces[b]
        at = np.flatnonzero(out)
        x, y = a[at], b[at]
        one_actor = (self._agent[x] < 0) | (self._agent[y] < 0) | (self._agent[x] == self._agent[y])
        main = self._main[x], self._main[y]
        # "end" and "terminate" are one act, and so are "end" and "not renew"
        act = np.where(self._negative[x] == self._negative[y], self._same[main], self._opposite[main])
        out[at] = one_actor & act & (self._things.jaccard(x, y) > 0)
        return np.asarray(out)


def one_announcement(statements: Sequence[Statement], i: int, j: int) -> bool:
    """The same of one pair."""
    return bool(Announcements(statements).of_pairs(np.array([i], np.intp), np.array([j], np.intp))[0])


def _announces(statement: Statement) -> bool:
    """In so many words, or by saying on a day what it would do."""
    if statement.main is None or not _TURNS.isdisjoint(statement.actions):
        return False
    words = set(statement.words)
    return bool(_ANNOUNCED & words) or bool(statement.dates and _SAID & words and _INTENT & words)
