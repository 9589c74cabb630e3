"""Whose word is in force where several people speak of one thing, and whose stands beside it.

A word is a person's answer to a question about a row: which verdict is right, what it is called, whether two rows belong together,
whether a flag is right. Of everybody the last word counts. The first word that as many people share as it needs is in force; a
word that differs from it is kept beside it, until that one is taken back by whoever said it, or by another who says whose it is.
A word that waits for a second person is proposed. Words of the time before opinions were kept (`needs` 0) each overrode those before.

Nothing here asks a setting: how many people a word needs is kept with it, so that what is in force follows from what is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.records import VERDICTS

__all__ = [
    "BESIDE",
    "FORCE",
    "PROPOSED",
    "OpinionGiven",
    "answer_in_force",
    "decision_word",
    "differ",
    "flag_words",
    "standings",
]

FORCE, BESIDE, PROPOSED = "in force", "beside", "proposed"


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """`id` of the decision or event that it is; words are told in the order of time."""

    id: int
    by: str
    question: Hashable
    answer: Hashable
    needs: int


def answer_in_force(words: Iterable[OpinionGiven]) -> Hashable | None:
    """The answer to one question that is in force; None when there is none, or none has enough people yet."""
    last: dict[str, OpinionGiven] = {}  # in the order in which people first spoke
    force: Hashable | None = None
    for word in words:
        last[word.by] = word
        agreed = _agreed(last.values())
        force = force if agreed is None else agreed
    return force


def _agreed(last: Iterable[OpinionGiven]) -> Hashable | None:
    words = list(last)
    old = [w for w in words if w.needs == 0]
    if old:
        return max(old, key=lambda w: w.id).answer
    shared: dict[Hashable, list[OpinionGiven]] = defaultdict(list)
    for word in words:
        those = shared[word.answer]
        those.append(word)
        if len(those) >= min(w.needs for w in those):
            return word.answer
    return None


def standings(words: Sequence[OpinionGiven]) -> dict[int, str]:
    """What each word is, by its id. Who changes an own word does not stand beside oneself."""
    found: dict[int, str] = {}
    for question in _by_question(words).values():
        force = answer_in_force(question)
        last = {w.by: w for w in question}
        for word in question:
            if word.needs == 0 or force in (word.answer, last[word.by].answer):
                found[word.id] = FORCE
            else:
                found[word.id] = PROPOSED if force is None else BESIDE
    return found


def differ(words: Iterable[OpinionGiven]) -> bool:
    """Whether two people answer one question otherwise."""
    return any(
        len({w.answer for w in {w.by: w for w in question}.values()}) > 1 for question in _by_question(words).values()
    )


def _by_question(words: Iterable[OpinionGiven]) -> Mapping[Hashable, list[OpinionGiven]]:
    found: dict[Hashable, list[OpinionGiven]] = defaultdict(list)
    for word in words:
        found[word.question].append(word)
    return found


def decision_word(d: Mapping[str, Any]) -> OpinionGiven:
    """What a decision answers. Confirming a row says that the verdict it showed is right; splitting and merging answer each other."""
    row, kind, value = d["alignment_id"], d["kind"], d["value"]
    question: tuple[object, ...] = ("verdict", row)
    if kind in ("merge", "split"):
        question = ("together", *sorted((row, d["target_id"] or 0)))
        answer: object = kind == "merge"
    elif kind == "relabel" and value not in VERDICTS:
        question, answer = ("label", row), value
    else:
        answer = {"reject": "apart", "confirm": d["stood"] or d["machine_status"]}.get(kind, value)
    return OpinionGiven(d["id"], d["by"], question, answer, d["needs"])


def flag_words(events: Iterable[Mapping[str, Any]], machine: str) -> list[OpinionGiven]:
    """What people say of one flag now, from all that happened to it in order."""
    words: list[OpinionGiven] = []
    for e in events:
        if e["by"] == machine or e["what"] in ("noted", "withdrawn"):
            continue
        if e["what"] == "raised" or (e["what"] == "open" and e["needs"] == 0):
            words = []
        elif e["what"] == "open":
            words = [w for w in words if w.by != (e["whose"] or e["by"])]
        else:
            words.append(OpinionGiven(e["id"], e["by"], "flag", e["what"], e["needs"]))
    return words
