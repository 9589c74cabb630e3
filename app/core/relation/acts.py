"""Did what: one act done and not done, two opposite acts, a statement and its denial, a plan and what came of it.

An act is what a verb or noun says is done, with who does it to whom, whether it is denied and how sure it is; all this was read
(`claims/actions`), and the lexicon tells which classes undo each other. A denial ("X denied that") turns what it reports.
"""

from __future__ import annotations

import re
from itertools import product

from app.core.lexicon.actions import act_kinship, action_classes
from app.core.records import Action, Claim, Dimension, Modality, Outcome, Polarity, Span
from app.core.relation.likeness import rest
from app.core.relation.say import against, between_names
from app.core.relation.sides import CLEAR_ACT, Evidence, Sides, foremost
from app.core.relation.undoing import denial, undone
from app.core.thresholds import TURN_DAYS, UPDATE_DAYS

__all__ = ["compare_acts"]

_OPEN = frozenset({Modality.POSSIBLE, Modality.CONDITIONAL, Modality.ALLEGED})
_WANTED = frozenset({Modality.ASKED, Modality.NECESSARY})
_FIRM = frozenset({Modality.FACT, Modality.FUTURE})


def compare_acts(sides: Sides) -> list[Evidence]:
    """One piece of evidence for each two acts that undo each other, or of which one is a stronger or surer form of the other.

    SAME where one act stands alike on both sides: then other acts of its class say nothing against it.
    """
    pairs = [(x, y, how) for x, y in product(sides.a.acts, sides.b.acts) if (how := _how(sides, x, y))]
    same = [(x, y) for x, y, how in pairs if how == "same"]
    settled = {id(act) for pair in same for act in pair}
    out = [
        Evidence("", Dimension.POLARITY, Outcome.SAME, (x.start, x.end), (y.start, y.end), _both(sides, x, y), {})
        for x, y in foremost(sides, same)
    ]
    if not pairs:
        return [_against(sides, x, y, "sure") for x, y in foremost(sides, _only_if(sides))]
    return out + [
        _against(sides, x, y, how)
        for x, y, how in pairs
        if how != "same" and id(x) not in settled and id(y) not in settled
    ]


def _only_if(sides: Sides) -> list[tuple[Action, Action]]:
    """Acts of a side that tells nothing but what is so under a condition, and of one that tells what is so or will be."""
    under = [any(x.modality is Modality.CONDITIONAL for x in c.acts) for c in (sides.a, sides.b)]
    if under[0] == under[1]:
        return []
    open_, firm = (sides.a, sides.b) if under[0] else (sides.b, sides.a)
    found = [
        (x, y) for x, y in product(open_.acts, firm.acts) if x.modality is Modality.CONDITIONAL and y.modality in _FIRM
    ]
    if any(x.modality is Modality.FACT for x in open_.acts):
        return []
    return found if under[0] else [(y, x) for x, y in found]


def _how(sides: Sides, x: Action, y: Action) -> str | None:
    """How two acts stand: "same", "negated", "opposite", "scale" (one goes further), "sure" (one is done, one not yet), or nothing."""
    kin = act_kinship(x, y)
    signs = _sign(sides.a, x) * _others(sides.a, x, sides.b), _sign(sides.b, y) * _others(sides.b, y, sides.a)
    if kin == "same" and signs[0] != signs[1]:
        return "negated"
    if kin == "opposite":
        return "opposite" if signs[0] == signs[1] else "same"
    if kin == "same":
        return "sure" if _surer(x, y) or _surer(y, x) else "same"
    if kin == "scale" and signs[0] == signs[1] == 1 and _strength(x) != _strength(y):
        return "scale"
    return None


def _sign(claim: Claim, act: Action) -> int:
    """1 for what is said to be done, -1 for what is not; what a denial reports is turned."""
    what = undone(claim)
    if what is not None and what.holds(act):
        return 1 if what.undoes(act).polarity is Polarity.NEGATIVE else -1
    return -1 if act.polarity is Polarity.NEGATIVE else 1


_ALONE = re.compile(r"\bonly ((?:[A-Z][\w'-]* )+)(?:[a-z]+ ){0,3}$")


def _others(claim: Claim, act: Action, other: Claim) -> int:
    """-1 where somebody alone is said to do it and the other side does not speak of him: "only Ortiz paid", of all others."""
    alone = _ALONE.search(claim.text[: act.start - claim.start])
    return -1 if alone is not None and alone[1].split()[-1] not in other.text else 1


def _surer(x: Action, y: Action) -> bool:
    if x.modality is Modality.FUTURE:
        return y.modality is Modality.CONDITIONAL
    return x.modality is Modality.FACT and y.modality is not Modality.FACT


def _hypothetical(x: Action, y: Action) -> bool:
    """Whether one is or will be so, and the other only under a condition; what a court does is no matter of course either."""
    modalities, found = {x.modality, y.modality}, action_classes().get(x.cls)
    law = found is not None and found.domain == "law"
    return bool(modalities & _FIRM) and (
        Modality.CONDITIONAL in modalities or (law and Modality.POSSIBLE in modalities)
    )


def _strength(act: Action) -> int:
    found = action_classes().get(act.cls)
    return found.strength if found else 0


def _against(sides: Sides, x: Action, y: Action, how: str) -> Evidence:
    spans = (x.start, x.end), (y.start, y.end)
    gap = sides.days_between or 0
    later = abs(gap) >= UPDATE_DAYS and _changed(sides, x, y, how, gap)
    differs = how in {"scale", "sure"} or bool({x.modality, y.modality} & (_OPEN | _WANTED))
    outcome = Outcome.LATER if later else Outcome.DIFFERS if differs else Outcome.EXCLUDES
    signs = {
        "negated": float(how == "negated"),
        "opposite": float(how == "opposite"),
        "scale": float(how == "scale"),
        "far": float(how == "scale" and abs(_strength(x) - _strength(y)) > 1),
        "sure": float(how == "sure"),
        "hypothetical": float(how == "sure" and _hypothetical(x, y)),
        "listed": float(x.listed and y.listed),
        "future": float(Modality.FUTURE in {x.modality, y.modality}),
        "main": float(_is_main(sides.a, x) + _is_main(sides.b, y)) / 2,
        "rest": rest(sides.a, sides.b, [spans[0]], [spans[1]]),
    }
    tells = _tells(sides.a, x), _tells(sides.b, y)
    say = against(outcome, tells, between_names(sides), gap)
    open_ = bool({x.modality, y.modality} & (_OPEN | _WANTED))
    done = how in {"negated", "opposite"} and x.told and y.told
    guard = CLEAR_ACT if done and x.agent and x.agent == y.agent and not open_ else "act"
    return Evidence(guard, Dimension.POLARITY, outcome, _with_not(sides.a, x), _with_not(sides.b, y), say, signs)


def _changed(sides: Sides, x: Action, y: Action, how: str, gap: int) -> bool:
    """What was planned, wanted or not yet done when the first report came out may be done by the time of the second."""
    first, last = ((sides.a, x), (sides.b, y)) if gap > 0 else ((sides.b, y), (sides.a, x))
    if how == "sure":
        return _surer(last[1], first[1])
    if how in {"negated", "opposite"} and abs(gap) >= TURN_DAYS:
        return True  # one decision, and after a while its reversal
    not_yet = _sign(*first) < 0 < _sign(*last)
    return not_yet or first[1].modality is Modality.FUTURE or how == "opposite"


def _is_main(claim: Claim, act: Action) -> bool:
    main = claim.action or next(iter(claim.acts), None)
    return main is not None and main.start == act.start


def _with_not(claim: Claim, act: Action) -> Span:
    """The act's words with the "not" or "never" that stands right before them."""
    before = claim.text[: act.start - claim.start].rstrip()
    word = before.rsplit(None, 1)[-1] if before else ""
    negative = act.polarity is Polarity.NEGATIVE and word.casefold() in {"not", "never", "no"}
    return (claim.start + len(before) - len(word), act.end) if negative else (act.start, act.end)


def _tells(claim: Claim, act: Action) -> str:
    word = claim.text[act.start - claim.start : act.end - claim.start]
    word = f"not “{word}”" if act.polarity is Polarity.NEGATIVE else f"“{word}”"
    what = undone(claim)
    if what is None or not what.holds(act):
        return f"{word} under a condition" if act.modality is Modality.CONDITIONAL else word
    return f"{word}, denied" if denial(claim) is not None else f"{word}, taken back"


def _both(sides: Sides, x: Action, y: Action) -> str:
    tells = _tells(sides.a, x), _tells(sides.b, y)
    return f"Both say {tells[0]}." if tells[0] == tells[1] else f"{tells[0]} and {tells[1]} tell of one kind of act."
