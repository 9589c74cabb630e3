"""Which rows a reader sees first: by verdict, and among conflicts by what is at stake.

Whether something happened at all weighs more than when, how many or who: one act said and denied ("an apology" / "never
apologised") stands first, then what is contradicted in other words or as a whole, then all other conflicts. Inside that the
row that more outlets tell comes first, then the surer one, then the one whose report is the earliest. Of rows that only may
differ the likelier comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Dimension, Outcome, Status
from app.core.text import fold
from app.store.row_facts import RANK, Tie

__all__ = ["ACT_WORDS", "STEM", "at_stake", "matter", "sureness", "thousandths"]

ACT_WORDS = 4
"""Words up to which each side of a contradiction names the act itself ("offered an apology"), not a whole statement."""
STEM = 5
"""First letters by which two words name the same act ("apology", "apologised")."""


def matter(status: Status, ties: Sequence[Tie], outlets: int, probability: float, score: float, reading: str) -> str:
    """The key of the order "what matters first"; unique as `reading` is. `ties` are those that made the status."""
    told, sure = f"{99 - min(outlets, 99):02d}", thousandths(probability)
    told = sure + told if status is Status.UNSURE else told + sure
    return f"{RANK[status]}{at_stake(status, ties)}{told}{thousandths(score)}{reading}"


def thousandths(share: float) -> str:
    """A share of 0 to 1 as three digits that sort the greatest first."""
    return f"{999 - round(999 * share):03d}"


def sureness(ties: Sequence[Tie], status: Status) -> float:
    """The probability that relations give a row's status, as the core gives it: see `Alignment.probability`."""
    found = [t.probability for t in ties if t.kind.value == status.value]
    return (min if status is Status.AGREE else max)(found, default=1.0)


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
