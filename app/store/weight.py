"""Which rows a reader sees first: by verdict, and among conflicts by what is at stake.

Whether something happened at all weighs more than when, how many or who: one act said and denied ("an apology" / "never
apologised") stands first, then what is contradicted in other words or as a whole, then all other conflicts. Inside that the
row that more outlets tell comes first, then the surer one, then the one whose report is the earliest.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Dimension, Outcome, Status
from app.core.text import fold
from app.store.scene import RANK, Tie

__all__ = ["ACT_WORDS", "STEM", "at_stake", "matter"]

ACT_WORDS = 4
"""Words up to which each side of a contradiction names the act itself ("offered an apology"), not a whole statement."""
STEM = 5
"""First letters by which two words name the same act ("apology", "apologised")."""


def matter(status: Status, ties: Sequence[Tie], outlets: int, score: float, reading: str) -> str:
    """The key of the order "what matters first"; unique as `reading` is. `ties` are those that made the status."""
    return f"{RANK[status]}{at_stake(status, ties)}{99 - min(outlets, 99):02d}{999 - round(999 * score):03d}{reading}"


def at_stake(status: Status, ties: Sequence[Tie]) -> int:
    """0: one act said and denied; 1: contradicted in other words or as a whole; 2: everything else."""
    if status is not Status.CONFLICT:
        return 2
    denied = [w for t in ties for w in t.reasons if (w.dimension, w.outcome) == (Dimension.POLARITY, Outcome.EXCLUDES)]
    if not denied:
        return 2
    return 0 if any(_one_act(w.a, w.b) for w in denied) else 1


def _one_act(a: str, b: str) -> bool:
    words = fold(a).split(), fold(b).split()
    stems = [{w[:STEM] for w in side if len(w) >= STEM} for side in words]
    return max(map(len, words)) <= ACT_WORDS and not stems[0].isdisjoint(stems[1])
