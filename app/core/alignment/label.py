"""The label of a row: the shortest clear wording of its proposition."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Claim
from app.core.thresholds import LABEL_LETTERS, LABEL_WORDS

__all__ = ["row_label"]

_EDGES = " ,;:.!?—–-\"'“”‘’"


def row_label(claims: Sequence[Claim]) -> str:
    """What the shortest claim that is a full wording states, without its reporting frame, cut at a word."""
    wordings = [_wording(c) for c in claims]
    clear = [w for w in wordings if len(w.split()) >= LABEL_WORDS] or wordings
    short = min(clear, key=lambda w: (_leans(w), len(w), w))
    if len(short) <= LABEL_LETTERS:
        return short
    return short[:LABEL_LETTERS].rsplit(" ", 1)[0].rstrip(_EDGES) + " …"


_LEANING = frozenset("it its he she they their his her this that these those to which who we i our as but and".split())
"""First words that lean on what stood before them."""


def _wording(claim: Claim) -> str:
    """What is reported where that stands on its own, the whole claim otherwise."""
    parts = [claim.text[max(0, a - claim.start) : max(0, b - claim.start)] for a, b in claim.content]
    text = _clean(" ".join(p for p in parts if p))
    if not text or _leans(text):
        text = _clean(claim.text)
    return text[:1].upper() + text[1:]


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES).removeprefix("that ")


def _leans(text: str) -> bool:
    return text.split(maxsplit=1)[0].lower().strip(_EDGES) in _LEANING
