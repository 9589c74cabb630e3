"""One announcement told twice: the same act, announced by the same actor, about the same things.

Words, dates and detail may differ much between the report of the day and the mention three months later; that both tell
of one announcement is clear all the same, and only side by side do two dates for it show.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.alignment.concepts import things
from app.core.alignment.statement import Main, Statement
from app.core.lexicon.actions import kinship

__all__ = ["one_announcement"]

_ANNOUNCED = frozenset({"announc", "declar"})  # stems
_SAID = frozenset({"said", "told"})
_INTENT = frozenset({"would", "will"})
_TURNS = frozenset({"reverse", "suspend", "resume"})  # another announcement, on the same matter


def one_announcement(statements: Sequence[Statement], i: int, j: int) -> bool:
    """Whether both announce the same act. An actor left unnamed on one side does not stand against it."""
    x, y = statements[i], statements[j]
    if x.main is None or y.main is None or _TURNS & {*x.actions, *y.actions}:
        return False
    if not (_announces(x) and _announces(y)):
        return False
    if x.main.agent and y.main.agent and x.main.agent != y.main.agent:
        return False
    return _same_act(x.main, y.main) and _same_things(x, y)


def _announces(statement: Statement) -> bool:
    """In so many words, or by saying on a day what it would do."""
    words = set(statement.words)
    return bool(_ANNOUNCED & words) or bool(statement.dates and _SAID & words and _INTENT & words)


def _same_act(x: Main, y: Main) -> bool:
    """As "end" and "terminate" do, or "end" and "not renew"."""
    kin = kinship(x.cls, y.cls)
    return kin == "opposite" if x.negative != y.negative else kin == "same"


def _same_things(x: Statement, y: Statement) -> bool:
    """By the words themselves, since "the Fishing Agreement" is an actor and an agreement too."""
    known = things()
    return not {known[w] for w in x.words if w in known}.isdisjoint(known[w] for w in y.words if w in known)
