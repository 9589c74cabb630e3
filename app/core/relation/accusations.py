"""How surely: what one side reports as an accusation, the other tells as a fact in its own voice.

"is accused of taking", "allegedly took", "took": the sum may be the same, and still nobody has found that it was so. What a
report gives as somebody's word is no plain telling, and nothing is compared.
"""

from __future__ import annotations

from functools import lru_cache

from app.core.claims.actions.operators import operators
from app.core.records import Claim, Dimension, Modality, Outcome, Polarity, Span
from app.core.relation.likeness import common_act, rest, share, stated
from app.core.relation.say import against, between_names
from app.core.relation.sides import Evidence, Sides
from app.core.thresholds import ACCUSED_PREPOSITION, ACCUSED_SHARE, UPDATE_DAYS

__all__ = ["compare_accusations"]


def compare_accusations(sides: Sides) -> list[Evidence]:
    """DIFFERS where one side accuses and the other tells the same as done; LATER where the accusation came first."""
    places = _accusation(sides.a), _accusation(sides.b)
    if (places[0] is None) == (places[1] is None):
        return []
    accusing, telling = (sides.a, sides.b) if places[0] else (sides.b, sides.a)
    place = places[0] or places[1]
    assert place is not None
    alleged = [act for act in accusing.acts if act.modality is Modality.ALLEGED]
    done = [act for act in telling.acts if act.modality is Modality.FACT and act.polarity is Polarity.POSITIVE]
    alike = share(stated(accusing, [(accusing.start, place[1])]), stated(telling)) >= ACCUSED_SHARE
    if telling.attributions or bool(telling.acts) > bool(done) or not (alike or common_act(done, alleged)):
        return []
    fact = next(((act.start, act.end) for act in done), (telling.start, telling.end))
    spans = (place, fact) if accusing is sides.a else (fact, place)
    gap = sides.days_between or 0
    first = sides.a if gap > 0 else sides.b
    outcome = Outcome.LATER if abs(gap) >= UPDATE_DAYS and first is accusing else Outcome.DIFFERS
    word = accusing.text[place[0] - accusing.start : place[1] - accusing.start]
    told = (f"“{word}”", "told as a fact") if accusing is sides.a else ("told as a fact", f"“{word}”")
    say = against(outcome, told, between_names(sides), gap)
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
