"""What a guard's evidence is worth: how often such a finding was right on real stories.

A guard never decides. What it finds is weighed by two fitted logistic regressions, one for "the two conflict", one for "the
two differ in any way", over the evidence's own signs and what is known of the pair. A guard that was wrong more often than
right is weighed so too, and says nothing. `worth.json` holds the weights; tests/quality/fit_verdicts.py makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from app.core.alignment.model import Stage, probability
from app.core.records import Outcome
from app.core.relation.found import Found, Signs
from app.core.relation.sides import CLEAR_ACT, MODEL, Evidence
from app.core.thresholds import PLAIN_REST, PLAIN_REST_ASKED, PLAIN_WORTH, SILENT_WORTH

__all__ = ["Weighed", "Worth", "load_worth"]


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
        one act on two days or at two hours, a number that the other article gives otherwise and nowhere as well.
        """
        signs = self.evidence.signs
        match self.evidence.guard:
            case "stance" | "accusation":
                return True
            case "wording":
                return bool(signs["state"])
            case "act":
                turned = bool(signs["negated"] or (signs["opposite"] and not signs["listed"])) and signs["main"] == 1.0
                return turned or bool(signs["hypothetical"])
            case "date":
                firm = not any(signs[s] for s in ("relative", "guessed", "printed"))
                two_days = self.evidence.outcome is Outcome.EXCLUDES and signs["one_event"] and firm
                return bool(signs["bounds"] or two_days)
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

    def agreeing(self, found: Found, score: float, row: float | None, differ: float) -> float:
        """The probability that two claims between which nothing is told to be at odds state the same.

        `score` says how likely the two state one proposition; `row` is the score of the row that they stand in, None for two that
        somebody asks about; `differ` is what the evidence against it is worth.
        """
        if row is None or self.agree is None:
            return (1.0 if row is None else row) * min(SILENT_WORTH, 1.0 - differ)
        return _told(self.agree, found.agreeing(score, row, differ))

    def weigh(self, evidence: Evidence, signs: Signs, *, asked: bool = False) -> Weighed:
        """What this evidence is worth by its signs in the row; 0 for what says that the two go together, and for a guard that was
        never fitted.

        `asked`: somebody asks about these two statements and nothing else, so that less is needed to be of one thing.
        """
        if evidence.guard == MODEL:
            p = evidence.signs["contradict"]
            return Weighed(evidence, p, p)
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


def _is_plain(evidence: Evidence, *, asked: bool) -> bool:
    """Whether no doubt is left that both tell of one thing: nothing but what is at odds tells them apart, or one actor does both.

    So plain a contrast is too rare in real stories for a fit to learn it.
    """
    slots, least = (_ASKED, PLAIN_REST_ASKED) if asked else (_SLOTS, PLAIN_REST)
    signs = evidence.signs
    main = 0.5 if evidence.outcome is Outcome.EXCLUDES else 1.0  # of one side at least; of both where the act is open
    doubts = _DOUBTS - {"scale"} if asked and signs.get("far") else _DOUBTS
    clear = not any(signs.get(s) for s in doubts) and (asked or signs.get("main", 1.0) >= main)
    alone = evidence.guard in slots and signs.get("rest", 0.0) >= least and clear
    return alone or evidence.guard == CLEAR_ACT or bool(signs.get("denied"))


_DOUBTS = frozenset({"sure", "scale", "parted", "guessed", "printed", "unnamed", "state", "akin"})
_SLOTS = frozenset({"number", "party", "act", "stance"})
_ASKED = _SLOTS | {"date", "speaker", "wording"}


def _told(stage: Stage, row: Signs) -> float:
    return float(probability(stage.log_odds(np.array([[row[n] for n in stage.names]])))[0])


@lru_cache(maxsize=1)
def load_worth() -> Worth:
    """The weights that ship with the package."""
    return Worth.from_json(json.loads(files(__package__).joinpath("worth.json").read_text("utf-8")))
