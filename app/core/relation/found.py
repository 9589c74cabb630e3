"""What is found between two claims alone; what of it depends on the row that they stand in is added when they are judged there.

Guards read two claims and what their articles tell elsewhere, and nothing of a row is known to them. So what is found once
stays so, whatever else comes to the row or to the story, and may be kept by what was read of the two.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from app.core.alignment.model import log_odds
from app.core.encoder import Encoder
from app.core.records import Claim, Outcome, Span
from app.core.relation.likeness import ramp, share, stated, told
from app.core.relation.sides import Evidence, Guard, Sides
from app.core.thresholds import HELD_IN_PART, SLOT_LIKENESS, SURE_LINK

Vector = npt.NDArray[np.float32]
Signs = Mapping[str, float]

__all__ = ["Found", "Slots", "found_between"]


@dataclass(frozen=True, slots=True)
class Found:
    """All that guards find between two claims, in their order, and by what it is weighed, 0 to 1 each (nothing for a guard that is
    not); `alike`: by what it is told that the two state the same.
    """

    evidence: tuple[Evidence, ...]
    signs: tuple[Signs, ...]
    alike: Signs

    def in_row(self, score: float) -> list[tuple[Evidence, Signs]]:
        """All with what it is weighed by where it is that sure that the two are of one thing.

        That a value stands in no other sentence of the other article ("alone") and that two claims are surely of one thing
        ("link") make every other sign count for more: they are multiplied.
        """
        link = ramp(_odds(score), 0.0, SURE_LINK)
        return [(e, _linked(signs, link) if signs else {}) for e, signs in zip(self.evidence, self.signs, strict=True)]

    def agreeing(self, score: float, row: float, differ: float) -> Signs:
        """What the agreement of two claims of a row is judged by: how surely the row and the two are of one thing, whether part of
        what is stated is the same, how much of what one voice says in both, and what the evidence against it is worth.
        """
        return {"row": _odds(row), "link": min(_odds(score), SURE_LINK), **self.alike, "differ": differ}


def found_between(
    sides: Sides, guards: Sequence[Guard], slots: Slots | None = None, weighed: Container[str] | None = None
) -> Found:
    """What these guards find. `weighed` are those whose findings are weighed, all where none are named."""
    evidence = tuple(e for guard in guards for e in guard(sides))
    signs = tuple(_signs(e, sides, slots) if weighed is None or e.guard in weighed else {} for e in evidence)
    return Found(evidence, signs, _alike(sides))


@lru_cache(maxsize=4096)
def _odds(probability: float) -> float:
    return float(log_odds(np.array([probability]))[0])


def _signs(evidence: Evidence, sides: Sides, slots: Slots | None) -> Signs:
    gap = sides.days_between
    return {
        **evidence.signs,
        "slot": ramp(slots.likeness(sides, evidence), *SLOT_LIKENESS) if slots else 0.0,
        "days": ramp(math.log1p(abs(gap)), 0.0, 2.0) if gap is not None else 0.0,
        "excludes": float(evidence.outcome is Outcome.EXCLUDES),
    }


def _linked(own: Signs, link: float) -> Signs:
    found = {**own, "link": link}
    if "alone" not in own:
        return found
    alone = own["alone"]
    either = max(own["slot"], own.get("near", 0.0))
    for name in ("close", "near", "slot", "one_thing", "one_event"):
        if name in found:
            found[f"alone_{name}"] = alone * found[name]
    found["alone_link"] = alone * link
    found["alone_link_either"] = alone * link * either * own.get("close", 1.0)
    return found


def _alike(sides: Sides) -> Signs:
    speakers = sides.a.speaker, sides.b.speaker
    said = told(sides.a), told(sides.b)
    one_voice = speakers[0] is not None and speakers[1] is not None and speakers[0].key == speakers[1].key
    return {
        "held": ramp(share(stated(sides.a), stated(sides.b)), 0.0, HELD_IN_PART),
        "one_voice": len(said[0] & said[1]) / max(1, len(said[0] | said[1])) if one_voice else 0.0,
    }


class Slots:
    """How alike two places in two sentences are, whatever stands there: the encoder reads each with a blank word in its stead."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def likeness(self, sides: Sides, evidence: Evidence) -> float:
        """Cosine of the two places; 0 where one of them has none."""
        if evidence.a is None or evidence.b is None:
            return 0.0
        first, second = (
            self._place(*p) for p in sorted((_blanked(sides.a, evidence.a), _blanked(sides.b, evidence.b)))
        )
        size = float(np.linalg.norm(first) * np.linalg.norm(second))
        return float(first @ second) / size if size else 0.0

    def _place(self, text: str, start: int) -> Vector:
        found = self._encoder.encode([text])[0]
        inside = found.vectors[found.within(start, start + len(_BLANK))]
        return np.asarray(inside.mean(0)) if len(inside) else np.zeros(found.vectors.shape[1], np.float32)


_BLANK = "this"


def _blanked(claim: Claim, span: Span) -> tuple[str, int]:
    """The claim with a blank word in the place of a span, and where that stands."""
    start, end = span[0] - claim.start, span[1] - claim.start
    return claim.text[:start] + _BLANK + claim.text[end:], start
