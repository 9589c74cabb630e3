"""Two actors of one article on one matter: what an outlet reports without a difference of its own."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Action, Claim, Modality, Polarity
from app.core.thresholds import CONTESTED_SENTENCES

__all__ = ["contested"]

_CLAIMED = frozenset({"admit", "apologise", "agree", "accuse", "promise", "announce", "decide", "accept"})
_CONTESTED_BY = frozenset({"complain", "deny", "dispute", "protest", "reject", "condemn", "criticise"})
_TURNS = frozenset({"reverse", "suspend", "resume", "extend", "terminate"})

Where = tuple[int, Claim]


def contested(claims: Sequence[Where]) -> dict[tuple[int, int], str]:
    """Pairs (i < j) of claims of one article in which two sides differ, each with a sentence that says why.

    Either one says an act was done and another that the same actor never did it, or what one says is complained about
    or denied by another right after. `claims` come with their article, in the order of the text.
    """
    out: dict[tuple[int, int], str] = {}
    for i, (article, a) in enumerate(claims):
        for j in range(i + 1, len(claims)):
            other, b = claims[j]
            if other != article:
                break
            if _speaker(a) == _speaker(b) or (a.start < b.end and b.start < a.end):
                continue
            if _undone(a, b, _sentences_between(claims, i, j)):
                out[i, j] = "One says that it was done, another that it was not."
            elif _answered(a, b, _sentences_between(claims, i, j)):
                out[i, j] = "What one side says, the other complains about or denies."
    return out


def _speaker(claim: Claim) -> str | None:
    return claim.speaker.key if claim.speaker else None


def _undone(a: Claim, b: Claim, between: int) -> bool:
    x, y = a.action, b.action
    if x is None or y is None or x.cls != y.cls or x.polarity == y.polarity:
        return False
    if x.modality is not Modality.FACT or y.modality is not Modality.FACT or _TURNS & _classes(a, b):
        return False  # a plan, or a change of mind: told of two times, not by two sides
    return _one_agent(x, y) or (between <= CONTESTED_SENTENCES and (x.agent is None or y.agent is None))


def _classes(a: Claim, b: Claim) -> set[str]:
    return {action.cls for claim in (a, b) for action in claim.actions}


def _one_agent(x: Action, y: Action) -> bool:
    return x.agent is not None and x.agent == y.agent


def _answered(a: Claim, b: Claim, between: int) -> bool:
    """Only where the one is reported as somebody's statement and the answer follows at once."""
    if between > CONTESTED_SENTENCES or a.speaker is None or a.action is None or b.action is None:
        return False
    answer = b.action
    if answer.cls not in _CONTESTED_BY or answer.polarity is Polarity.NEGATIVE or answer.agent is None:
        return False
    return a.action.cls in _CLAIMED and a.speaker.key != answer.agent


def _sentences_between(claims: Sequence[Where], i: int, j: int) -> int:
    return len({c.sentence for _, c in claims[i : j + 1]}) - 1
