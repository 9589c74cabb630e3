"""How surely: what one side reports as an accusation, the other tells as a fact in its own voice.

"is accused of taking", "allegedly took", "took": the sum may be the same, and still nobody has found that it was so. What a
report gives as somebody's word is no plain telling, and nothing is compared.
"""

from __future__ import annotations

from functools import lru_cache

from app.core.claims.actions.operators import operators
from app.core.records import Claim, Dimension, Modality, Outcome, Polarity, Span
from app.core.relation.likeness import common_act, rest, stated, stems_after
from app.core.relation.say import against, between_names
from app.core.relation.sides import Evidence, Sides
from app.core.thresholds import ACCUSED_PREPOSITION, ACCUSED_SHARE, ACCUSED_WORDS, UPDATE_DAYS

__all__ = ["compare_accusations"]


def compare_accusations(sides: Sides) -> list[Evidence]:
    """DIFFERS where one side accuses and the other tells the same as done; LATER where the accusation came first."""
    places = _accusation(sides.a), _accusation(sides.b)
    if (places[0] is None) == (places[1] is None):
        return []
    accusing, telling = (sides.a, sides.b) if places[0] else (sides.b, sides.a)
    place = places[0] or places[1]
    assert place is not None
    fact = _fact(telling, accusing, place)
    if fact is None:
        return []
    spans = (place, fact) if accusing is sides.a else (fact, place)
    gap = sides.days_between or 0
    first = sides.a if gap > 0 else sides.b
    outcome = Outcome.LATER if abs(gap) >= UPDATE_DAYS and first is accusing else Outcome.DIFFERS
    told = [_tells(c, s) for c, s in zip((sides.a, sides.b), spans, strict=True)]
    say = against(outcome, (told[0], told[1]), between_names(sides), gap)
    signs = {"rest": rest(sides.a, sides.b, [spans[0]], [spans[1]])}
    return [Evidence("accusation", Dimension.WORDING, outcome, *spans, say, signs)]


def _accusation(claim: Claim) -> Span | None:
    """The first word that makes an accusation of what follows it, "charged" only where a "with" or "of" does."""
    for word in claim.words:
        behind = claim.text[word.end - claim.start :].split()[:ACCUSED_PREPOSITION]
        if word.lemma in _accusing() or any(f"{word.lemma}_{w}" in _accusing() for w in behind):
            return word.start, word.end
    return None


@lru_cache(maxsize=1)
def _accusing() -> frozenset[str]:
    ops = operators()
    verbs = {word for (kind, word), modality in ops.modal.items() if kind == "verbs" and modality is Modality.ALLEGED}
    return frozenset(verbs | {word for word, modality in ops.adverbs.items() if modality is Modality.ALLEGED})


def _fact(telling: Claim, accusing: Claim, place: Span) -> Span | None:
    """Where the other side tells as done what somebody is accused of; None where it tells no such thing or has it from somebody."""
    done = [a for a in telling.acts if a.modality is Modality.FACT and a.polarity is Polarity.POSITIVE]
    undone = any(a.polarity is Polarity.NEGATIVE for a in telling.acts)
    if telling.attributions or (undone and not done):
        return None
    alleged = [a for a in accusing.acts if a.modality is Modality.ALLEGED]
    if alike := common_act(done, alleged):
        return alike[0].start, alike[0].end
    matter = stems_after(accusing, place, ACCUSED_WORDS)
    shared = len(matter & stated(telling)) / len(matter) if matter else 0.0
    if shared < ACCUSED_SHARE:
        return None
    return (done[0].start, done[0].end) if done else (telling.start, telling.end)


def _tells(claim: Claim, span: Span) -> str:
    whole = span == (claim.start, claim.end)
    return "told as a fact" if whole else f"“{claim.text[span[0] - claim.start : span[1] - claim.start]}”"
