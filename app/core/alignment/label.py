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
    short = min(clear, key=lambda w: (len(w), w))
    if len(short) <= LABEL_LETTERS:
        return short
    return short[:LABEL_LETTERS].rsplit(" ", 1)[0].rstrip(_EDGES) + " …"


def _wording(claim: Claim) -> str:
    spans = claim.content if claim.where == "body" or claim.attributions else ((claim.start, claim.end),)
    parts = [claim.text[max(0, a - claim.start) : max(0, b - claim.start)] for a, b in spans]
    text = " ".join(" ".join(p for p in parts if p).split()).strip(_EDGES).removeprefix("that ")
    if not text:
        text = " ".join(claim.text.split()).strip(_EDGES)
    return text[:1].upper() + text[1:]
