"""How a claim holds what it states: who denies it, who declines to say, on what condition, once or as a rule."""

from __future__ import annotations

import re

from app.core.records import Claim, Cue
from app.core.relation.scan import scan
from app.core.relation.wordlists import load_lists

__all__ = ["as_a_rule", "denial_cue", "one_conditional", "stance_of", "states"]

_NO_CONDITION = frozenset({"whether", "in case", "unless"})
_RULE = re.compile(r"\b(?:automatically|every (?:year|month|week|day)|each (?:year|month)|annually|yearly)\b")
_NEAR = 3  # words before "deny" in which "did not" or "nobody" may stand


def stance_of(claim: Claim) -> str:
    """How the innermost speaker stands to what is reported: asserts, denies, asks, hedges, declines; "" in the outlet's voice.

    Whoever "did not deny" it does not deny it.
    """
    cue = claim.attributions[-1].cue if claim.attributions else None
    if cue is None:
        return ""
    return "asserts" if cue.stance == "denies" and _negated(claim, cue) else cue.stance


def denial_cue(claim: Claim) -> Cue | None:
    """The cue by which the claim reports a denial; "rejected the deal" is an act, no denial of a statement."""
    return claim.attributions[-1].cue if stance_of(claim) == "denies" and states(claim) else None


def states(claim: Claim) -> bool:
    """Does what is reported state something, with a verb, or only name a thing ("rejected the deal")?"""
    verbs = [w.start for w in claim.words if w.kind == "verb"]
    return any(lo <= start < hi for lo, hi in claim.content for start in verbs)


def _negated(claim: Claim, cue: Cue) -> bool:
    text = scan(claim.text[: max(0, cue.start - claim.start)]).text.casefold() + " " + cue.text.casefold()
    words = text.replace("n't", " n't").split()
    before = " ".join(words[-(_NEAR + len(cue.text.split())) :])
    return bool(load_lists().negation.search(before))


def one_conditional(a: Claim, b: Claim) -> bool:
    """Does just one of them hold only if something else does?"""
    return _conditional(a) != _conditional(b)


def _conditional(claim: Claim) -> bool:
    span = scan(claim.text).conditional
    return span is not None and claim.text[slice(*span)].lower() not in _NO_CONDITION


def as_a_rule(claim: Claim) -> bool:
    """Does it tell how something goes ("is renewed every year") rather than what was done?"""
    return bool(_RULE.search(scan(claim.text).text.casefold()))
