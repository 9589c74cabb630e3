"""What a guard's evidence is worth: how often such a finding was right on real stories.

A guard never decides. What it finds is weighed by two fitted logistic regressions, one for "the two conflict", one for "the
two differ in any way", over the evidence's own signs and what is known of the pair. A guard that was wrong more often than
right is weighed so too, and says nothing. `worth.json` holds the weights; tests/quality/fit_verdicts.py makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from app.core.alignment.kept_work import KeptWork, packed, unpacked
from app.core.alignment.model import Stage, log_odds, probability
from app.core.encoder import Encoder
from app.core.records import Claim, Outcome, Span
from app.core.relation.likeness import ramp, share, stated, told
from app.core.relation.sides import CLEAR_ACT, MODEL, Evidence, Sides
from app.core.thresholds import (
    HELD_IN_PART,
    PLAIN_REST,
    PLAIN_REST_ASKED,
    PLAIN_WORTH,
    SILENT_WORTH,
    SLOT_LIKENESS,
    SURE_LINK,
)

Vector = npt.NDArray[np.float32]

__all__ = ["Slots", "Weighed", "Worth", "load_worth", "pair_signs", "signs_of"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Evidence with the probability that the two conflict, and that they differ at all (never less)."""

    evidence: Evidence
    conflict: float
    differ: float

    @property
    def open(self) -> bool:
        """Whether the two are not to be called agreeing, however seldom such a finding was right: a denial, an accusation that the other
        tells as a fact, what is so only under a condition, a "not" on one side alone, a state and its opposite, counts of two things, a deadline and an earliest day,
        a number that the other article gives otherwise and nowhere as well.
        """
        signs = self.evidence.signs
        match self.evidence.guard:
            case "stance" | "accusation":
                return True
            case "act":
                turned = bool(signs["negated"] or (signs["opposite"] and not signs["listed"])) and signs["main"] == 1.0
                return turned or bool(signs["hypothetical"])
            case "date":
                return bool(signs["bounds"])
            case "number":
                return bool(signs["two_things"] or (signs["alone"] and signs["loosely"] and not signs["parted"]))
        return False


@dataclass(frozen=True, slots=True)
class Worth:
    """By guard: the weights for "conflict" and for "differ"; and those by which two claims of a row are said to agree."""

    provenance: Mapping[str, Any]
    conflict: Mapping[str, Stage]
    differ: Mapping[str, Stage]
    agree: Stage | None = None

    def agreeing(self, sides: Sides, row: float | None, differ: float) -> float:
        """The probability that two claims between which nothing is told to be at odds state the same.

        `row` is the score of the row that they stand in, None for two that somebody asks about; `differ` is what the evidence
        against it is worth.
        """
        if row is None or self.agree is None:
            return (1.0 if row is None else row) * min(SILENT_WORTH, 1.0 - differ)
        return _told(self.agree, pair_signs(sides, row, differ))

    def weigh(self, evidence: Evidence, sides: Sides, slots: Slots | None = None, *, asked: bool = False) -> Weighed:
        """What this evidence is worth; 0 for what says that the two go together, and for a guard that was never fitted.

        `asked`: somebody asks about these two statements and nothing else, so that less is needed to be of one thing.
        """
        if evidence.guard == MODEL:
            p = evidence.signs["contradict"]
            return Weighed(evidence, p, p)
        return self.weigh_signs(
            evidence, signs_of(evidence, sides, slots) if evidence.guard in self.differ else {}, asked=asked
        )

    def weigh_signs(self, evidence: Evidence, signs: Mapping[str, float], *, asked: bool = False) -> Weighed:
        """The same by what `signs_of` gave."""
        conflict = differ = 0.0
        if evidence.guard in self.differ:
            conflict, differ = (_told(stages[evidence.guard], signs) for stages in (self.conflict, self.differ))
        if _is_plain(evidence, asked=asked):
            differ = max(differ, PLAIN_WORTH)
            conflict = max(conflict, PLAIN_WORTH) if evidence.outcome is Outcome.EXCLUDES else conflict
        return Weighed(evidence, conflict, max(conflict, differ))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Worth:
        guards = data["guards"]
        conflict, differ = (
            {g: Stage.from_json(fit[kind]) for g, fit in guards.items()} for kind in ("conflict", "differ")
        )
        return cls(data["provenance"], conflict, differ, Stage.from_json(data["agree"]) if "agree" in data else None)


def pair_signs(sides: Sides, row: float, differ: float) -> dict[str, float]:
    """What the agreement of two claims of a row is judged by: how surely the row and the two are of one thing, whether part of
    what is stated is the same, how much of what one voice says in both, and what the evidence against it is worth.
    """
    odds = log_odds(np.array([row, sides.score.score]))
    speakers = sides.a.speaker, sides.b.speaker
    said = told(sides.a), told(sides.b)
    one_voice = speakers[0] is not None and speakers[1] is not None and speakers[0].key == speakers[1].key
    return {
        "row": float(odds[0]),
        "link": min(float(odds[1]), SURE_LINK),
        "held": ramp(share(stated(sides.a), stated(sides.b)), 0.0, HELD_IN_PART),
        "one_voice": len(said[0] & said[1]) / max(1, len(said[0] | said[1])) if one_voice else 0.0,
        "differ": differ,
    }


def signs_of(evidence: Evidence, sides: Sides, slots: Slots | None = None) -> dict[str, float]:
    """All that evidence is weighed by, 0 to 1 each: its own signs, and what is known of the pair.

    That a value stands in no other sentence of the other article ("alone") and that two claims are surely of one thing
    ("link") make every other sign count for more: they are multiplied.
    """
    gap = sides.days_between
    link = ramp(float(log_odds(np.array([sides.score.score]))[0]), 0.0, SURE_LINK)
    own = dict(evidence.signs)
    alone = own.get("alone", 0.0)
    slot = ramp(slots.likeness(sides, evidence), *SLOT_LIKENESS) if slots else 0.0
    found = {
        **own,
        "link": link,
        "slot": slot,
        "days": ramp(math.log1p(abs(gap)), 0.0, 2.0) if gap is not None else 0.0,
        "excludes": float(evidence.outcome is Outcome.EXCLUDES),
    }
    if "alone" not in own:
        return found
    either = max(slot, own.get("near", 0.0))
    for name in ("close", "near", "slot", "one_thing", "one_event"):
        if name in found:
            found[f"alone_{name}"] = alone * found[name]
    found["alone_link"] = alone * link
    found["alone_link_either"] = alone * link * either * own.get("close", 1.0)
    return found


class Slots:
    """How alike two places in two sentences are, whatever stands there: the encoder reads each with a blank word in its stead."""

    def __init__(self, encoder: Encoder, work: KeptWork | None = None) -> None:
        self._encoder, self._work = encoder, work

    def likeness(self, sides: Sides, evidence: Evidence) -> float:
        """Cosine of the two places; 0 where one of them has none."""
        if evidence.a is None or evidence.b is None:
            return 0.0
        places = sorted((_blanked(sides.a, evidence.a), _blanked(sides.b, evidence.b)))
        if self._work is None:
            return self._cosine(*places)
        kept = self._work.of("slot", places, lambda: packed(np.array([self._cosine(*places)], "<f8")))
        return float(unpacked(kept, [("<f8", 1)])[0][0])

    def _cosine(self, one: tuple[str, int], other: tuple[str, int]) -> float:
        first, second = self._place(*one), self._place(*other)
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


def _is_plain(evidence: Evidence, *, asked: bool) -> bool:
    """Whether no doubt is left that both tell of one thing: nothing but what is at odds tells them apart, or one actor does both.

    So plain a contrast is too rare in real stories for a fit to learn it.
    """
    slots, least = (_ASKED, PLAIN_REST_ASKED) if asked else (_SLOTS, PLAIN_REST)
    signs = evidence.signs
    main = 0.5 if evidence.outcome is Outcome.EXCLUDES else 1.0  # of one side at least; of both where the act is open
    clear = not any(signs.get(s) for s in _DOUBTS) and (asked or signs.get("main", 1.0) >= main)
    alone = evidence.guard in slots and signs.get("rest", 0.0) >= least and clear
    return alone or evidence.guard == CLEAR_ACT or bool(signs.get("denied"))


_DOUBTS = ("sure", "scale", "parted", "guessed", "printed", "unnamed")
_SLOTS = frozenset({"number", "party", "act", "stance"})
_ASKED = _SLOTS | {"date", "speaker", "wording"}


def _told(stage: Stage, row: Mapping[str, float]) -> float:
    return float(probability(stage.log_odds(np.array([[row[n] for n in stage.names]])))[0])


@lru_cache(maxsize=1)
def load_worth() -> Worth:
    """The weights that ship with the package."""
    return Worth.from_json(json.loads(files(__package__).joinpath("worth.json").read_text("utf-8")))
