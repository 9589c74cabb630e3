"""Is it said to be so, or not so? Denial, refusal, cessation, double negation and opposite acts.

Two statements are compared where they speak of one axis (`opposites.py`) or use one word (`negation.py`), about things that
share words. "X said that P" and "Y denied P" differ in stance on P: the reporting frame itself is never compared, but inside
one article a statement may be called wrong as a whole (`dispute.py`).
"""

from __future__ import annotations

from app.core.records import Claim, Reason
from app.core.relation.context import Context
from app.core.relation.dispute import dispute
from app.core.relation.negation import negation
from app.core.relation.opposites import alike, meeting_of, opposites

__all__ = ["compare_polarity"]


def compare_polarity(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when one affirms what the other negates; LATER when time lies between; SAME when both say so."""
    meeting = meeting_of(a, b)
    return (
        dispute(a, b, context) or opposites(a, b, meeting, context) or negation(a, b, context) or alike(a, b, meeting)
    )
