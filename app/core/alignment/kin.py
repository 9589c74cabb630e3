"""How the acts of two statements stand to each other, for many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.bags import Floats, Ints
from app.core.alignment.statement import Statement
from app.core.lexicon.actions import kinship

__all__ = ["KIN_VALUE", "Kin", "PairKin", "kin_table"]

KIN_VALUE = {"same": 1.0, "opposite": 0.8, "near": 0.7, "scale": 0.6, "other": 0.0}
"""What each kinship counts: whether two acts tell of one matter, not whether they agree. By hand."""


@dataclass(frozen=True, slots=True)
class PairKin:
    main: Floats  # of the two main acts, 0 where they undo each other
    any: Floats  # the nearest two acts of any kind
    one_agent: Floats  # the main acts are one actor's


class Kin:
    """The acts of a story's statements."""

    def __init__(self, told: Sequence[Statement]) -> None:
        classes = sorted({c for s in told for c in s.actions} | {s.main.cls for s in told if s.main})
        code = {name: k for k, name in enumerate(classes)}
        self._table = kin_table(classes)
        own = [[code[c] for c in s.actions] for s in told]
        none = np.zeros(len(classes))
        # reach[i, c]: how near statement i's nearest act is to class c
        self._reach = np.array([self._table[k].max(0) if k else none for k in own]).reshape(len(told), len(classes))
        self._has = np.zeros((len(told), len(classes)), bool)
        for i, acts in enumerate(own):
            self._has[i, acts] = True
        self._main = np.array([code[s.main.cls] if s.main else -1 for s in told], np.intp)
        agents = sorted({s.main.agent for s in told if s.main and s.main.agent})
        place = {name: k for k, name in enumerate(agents)}
        self._agent = np.array([place.get(s.main.agent or "", -1) if s.main else -1 for s in told], np.intp)

    def of_pairs(self, a: Ints, b: Ints) -> PairKin:
        both = (self._main[a] >= 0) & (self._main[b] >= 0)
        main = np.where(both, self._table[self._main[a], self._main[b]], 0.0) if len(self._table) else np.zeros(len(a))
        agent = (self._agent[a] >= 0) & (self._agent[a] == self._agent[b])
        main[main == KIN_VALUE["opposite"]] = 0.0
        return PairKin(main, self._nearest(a, b), agent.astype(float))

    def _nearest(self, a: Ints, b: Ints) -> Floats:
        """Classes are few, pairs many."""
        out = np.zeros(len(a))
        for k in range(len(self._table)):
            np.maximum(out, np.where(self._has[b, k], self._reach[a, k], 0.0), out=out)
        return out


def kin_table(classes: Sequence[str]) -> Floats:
    """`KIN_VALUE` of every two classes."""
    found = [[KIN_VALUE[kinship(x, y)] for y in classes] for x in classes]
    return np.array(found, float).reshape(len(classes), len(classes))
