"""Stage 5: alignment -> relations. Guards find evidence, what it is worth is fitted, a verdict carries its probability.

    sides.py        two claims side by side, and what a guard finds
    accusations.py acts.py numbers.py dates.py parties.py speakers.py    one guard a slot
    likeness.py     how much of two claims is the same beside what is at odds
    say.py          how findings are said
    found.py        what guards find between two claims alone, whatever row they stand in
    worth.py        how often such a finding was right on real stories
    verdict.py      weighed evidence -> kind, probability, reasons
    rows.py         judge: relations, status and order of rows
    inside.py       two voices at odds inside one article
    question.py     the label of a row in conflict
    matters.py      are two statements of two matters (statements only)
    statements.py   relate_all: pairs of statements that someone asks about (`parallax pairs`)
    stance.py       does one statement back or weaken another, where no guard has anything to compare
    wording.py      one phrase apart (statements only)
    opinion.py      one guard more, from a model of the user's own
    origins.py press.py    what reports have from each other

A guard is `(sides) -> list[Evidence]` and says nothing about what the two do not both speak of. Everything is symmetric up to
exchanging the sides.
"""

from __future__ import annotations

from app.core.relation.opinion import Opinion, OwnModel
from app.core.relation.rows import judge
from app.core.relation.stance import stances
from app.core.relation.statements import PairInContext, relate_all

__all__ = ["Opinion", "OwnModel", "PairInContext", "judge", "relate_all", "stances"]
