"""Stage 5: alignment -> relations. One guard a dimension, then a verdict that carries its reasons.

    context.py    two claims with what a guard may know of their articles
    date.py number.py polarity.py role.py speaker.py place.py wording.py    one guard each
    classify.py   reasons and times -> kind and between
    rows.py       judge: relations, status and order of rows
    statements.py relate_all: pairs of statements that someone asks about (`parallax pairs`)
    opinion.py    one guard more, from a model of the user's own

A guard is `(a, b, context) -> Reason | None` and says nothing (None) about what the two do not both speak of: precision
first, because a conflict that is none costs a reader's trust. Guards are symmetric up to exchanging a and b.
"""

from __future__ import annotations

from app.core.relation.opinion import Opinion, OwnModel
from app.core.relation.rows import judge
from app.core.relation.statements import Asked, relate, relate_all

__all__ = ["Asked", "Opinion", "OwnModel", "judge", "relate", "relate_all"]
