"""Do two statements that sound alike speak of two things? Then no relation holds between them.

Same words, other fact: the dead and the injured, May's figure and April's, another ship on the same rock.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Claim, Dimension, Outcome, Reason
from app.core.relation.counts import counted
from app.core.relation.likeness import names_before
from app.core.relation.scan import scan

__all__ = ["speak_of_two_things"]


def speak_of_two_things(a: Claim, b: Claim, reasons: Sequence[Reason]) -> bool:
    """True when what is counted, measured or acting is not one and the same."""
    excluded = {r.dimension for r in reasons if r.outcome is Outcome.EXCLUDES}
    if {Dimension.DATE, Dimension.NUMBER} <= excluded:
        return True  # another time and another figure: two measurements
    if Dimension.ROLE in excluded:
        return False
    return _counts_apart(a, b, reasons) or (not excluded and _subjects_apart(a, b))


def _counts_apart(a: Claim, b: Claim, reasons: Sequence[Reason]) -> bool:
    """Both count people, and nothing that happened to people is counted by both."""
    if any(r.dimension is Dimension.NUMBER for r in reasons):
        return False
    first, second = counted(a), counted(b)
    return bool(first and second and not first & second)


def _subjects_apart(a: Claim, b: Claim) -> bool:
    """Each starts with a name, of one kind, and neither names the other's."""
    names = []
    kinds = []
    for claim in (a, b):
        read = scan(claim.text)
        verbs = {w.start - claim.start for w in claim.words if w.kind == "verb"}
        verb = next((i for i, w in enumerate(read.words) if w.start in verbs), None)
        if verb is None:
            return False
        names.append(names_before(claim, verb, read))
        kinds.append({m.kind for m in claim.actors if m.end <= claim.start + read.words[verb].start})
    if not names[0] or not names[1] or kinds[0] != kinds[1]:
        return False
    return not names[0] & scan(b.text).stems and not names[1] & scan(a.text).stems and not names[0] & names[1]
