"""The label of a row in conflict: the question that its claims answer differently, so that no side is told as fact."""

from __future__ import annotations

import re

from app.core.alignment.label import clause_of, clear, cut_to
from app.core.records import Claim, Dimension, Polarity, Reason
from app.core.thresholds import LABEL_LETTERS

__all__ = ["question"]

_BEFORE = re.compile(r"(?:\b(?:on|in|at|by|since|from|until|late|early|around|about|as of)\s+)+$", re.IGNORECASE)
_THEN = re.compile(r" (?:then|also|later|now|therefore|thus) (?=\w)")
"""Words that tie a statement to the one before it; the question stands alone."""
_BLANKS = {Dimension.NUMBER: "How many", Dimension.ROLE: "Who or what"}
"""What is asked with a gap where the sides name it."""
_WORDS = {
    Dimension.DATE: "When",
    Dimension.PLACE: "Where",
    Dimension.POLARITY: "Whether",
    Dimension.SPEAKER: "Who said that",
}

_SMALL = frozenset(
    "the a an this that these those it he she they we his her their its some many most several all both each every no one two"
    " three four five six seven eight nine ten in on at by for from after before about more less fewer".split()
)


def question(a: Claim, b: Claim, reason: Reason) -> str:
    """What is at odds between the two, by the weightiest reason. Symmetric: a and b may change places."""
    sides = sorted(((a, reason.a, reason.a_span), (b, reason.b, reason.b_span)), key=lambda s: _plainness(s[0]))
    claim, said, _ = sides[0]
    clause = clause_of(claim)
    if reason.dimension in _BLANKS:
        return _with_gap(_BLANKS[reason.dimension], clause, said)
    if reason.dimension in {Dimension.DATE, Dimension.PLACE}:
        clause = _without(clause, said)
    clause = _THEN.sub(" ", clause)
    word = _WORDS.get(reason.dimension, "At odds:")
    return cut_to(f"{word} {_inner(clause)}")


def _plainness(claim: Claim) -> tuple[bool, bool, bool, int, str]:
    """The side that states rather than denies, and states it clearly and shortly."""
    denies = any(t.cue and t.cue.undoes for t in claim.attributions)
    clause, undone = clause_of(claim), any(act.polarity is Polarity.NEGATIVE for act in claim.acts)
    return denies or undone, not clear(claim), len(clause) > LABEL_LETTERS, len(clause), clause


def _with_gap(asked: str, clause: str, said: str) -> str:
    at = clause.find(said) if said else -1
    if at < 0:
        return cut_to(f"{asked}: {clause}")
    left, right = clause[:at], clause[at + len(said) :]
    left = re.sub(
        r"\b(?:at least|at most|more than|fewer than|up to|about|around|some|nearly|almost)\s+$",
        "",
        left,
        flags=re.IGNORECASE,
    )
    return cut_to(f"{asked}: {left.strip()} … {right.strip()}".replace(":  ", ": "))


def _without(clause: str, said: str) -> str:
    """The clause less a date or place and the preposition before it."""
    at = clause.find(said) if said else -1
    if at < 0:
        return clause
    left = _BEFORE.sub("", clause[:at]).rstrip(" ,")
    return " ".join(f"{left} {clause[at + len(said) :].lstrip(' ,')}".split())


def _inner(clause: str) -> str:
    """In small letters where only the start of a sentence made it a capital; a name stays as it is."""
    first = clause.split(maxsplit=1)[0] if clause else ""
    return clause[:1].lower() + clause[1:] if first.lower() in _SMALL else clause
