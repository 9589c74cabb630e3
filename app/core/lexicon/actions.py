"""The action classes of `actions.toml`: which word belongs to which class, and how classes stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from app.core.lexicon.load import load, remembered

__all__ = ["ActionClass", "Kinship", "Lookup", "act_kinship", "action_classes", "action_lookup", "kinship", "opposed"]


class Act(Protocol):
    """What is known of an act by its class, or where it has none by its lemma."""

    @property
    def cls(self) -> str: ...
    @property
    def listed(self) -> bool: ...


Kinship = Literal["same", "near", "opposite", "scale", "other"]


@dataclass(frozen=True, slots=True)
class ActionClass:
    """One class. `scale` is a ladder of classes that go the same way, climbed by `strength` (1 to 3)."""

    name: str
    domain: str
    opposite: str | None
    scale: str | None
    strength: int
    near: frozenset[str]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    frames: tuple[tuple[str, frozenset[str]], ...]
    noun_of: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Form -> class. A phrasal form is "pull_out"; a frame needs one of its objects among the words it is given."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    frames: dict[str, tuple[tuple[frozenset[str], str], ...]]
    noun_of: dict[str, tuple[tuple[frozenset[str], str], ...]]


def _frames(rows: list[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    out = []
    for row in rows:
        word, _, others = row.partition(" + ")
        out.append((word.strip(), frozenset(others.split())))
    return tuple(out)


@remembered(1)
def action_classes() -> dict[str, ActionClass]:
    """All classes by name, in the order of the file."""
    return {
        name: ActionClass(
            name=name,
            domain=row["domain"],
            opposite=row.get("opposite"),
            scale=row.get("scale"),
            strength=row.get("strength", 2),
            near=frozenset(row.get("near", ())),
            verbs=tuple(row.get("verbs", "").split()),
            nouns=tuple(row.get("nouns", "").split()),
            frames=_frames(row.get("frames", [])),
            noun_of=_frames(row.get("noun_of", [])),
        )
        for name, row in load("actions").items()
    }


@remembered(1)
def action_lookup() -> Lookup:
    """All forms of all classes; the linter sees to it that no form stands in two."""
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    frames: dict[str, list[tuple[frozenset[str], str]]] = {}
    noun_of: dict[str, list[tuple[frozenset[str], str]]] = {}
    for name, row in action_classes().items():
        for verb in row.verbs:
            verbs.setdefault(verb, name)
        for noun in row.nouns:
            nouns.setdefault(noun, name)
        for word, others in row.frames:
            frames.setdefault(word, []).append((others, name))
        for word, others in row.noun_of:
            noun_of.setdefault(word, []).append((others, name))
    return Lookup(verbs, nouns, {k: tuple(v) for k, v in frames.items()}, {k: tuple(v) for k, v in noun_of.items()})


def opposed(a: str, b: str) -> bool:
    """Whether of two words of no class one denies the other: by its first letters, or as `opposites.toml` has it. Symmetric.

    >>> opposed("safe", "unsafe"), opposed("legal", "illegal"), opposed("guilty", "innocent"), opposed("famous", "infamous")
    (True, True, True, False)
    """
    table = load("opposites")
    if frozenset((a, b)) in _pairs():
        return True
    short, long = sorted((a, b), key=len)
    denied = any(long == prefix + short for prefix in table["prefixes"])
    return denied and len(short) >= _LEAST_LETTERS and long not in table["no_denials"]


@remembered(1)
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load("opposites")["pairs"])


_LEAST_LETTERS = 3


def kinship(a: str, b: str) -> Kinship:
    """How two classes stand: the same; often one event told otherwise; one undoing the other; one ladder; nothing known.

    Symmetric.

    >>> kinship("terminate", "extend"), kinship("kill", "die"), kinship("suspend", "drop_case")
    ('opposite', 'near', 'scale')
    """
    if a == b:
        return "same"
    classes = action_classes()
    one, two = classes.get(a), classes.get(b)
    if one is None or two is None:
        return "other"
    if one.opposite == b or two.opposite == a:
        return "opposite"
    if b in one.near or a in two.near:
        return "near"
    return "scale" if one.scale is not None and one.scale == two.scale else "other"


def act_kinship(x: Act, y: Act) -> Kinship:
    """The same for two acts; of those of no class by their words alone."""
    if x.listed and y.listed:
        return kinship(x.cls, y.cls)
    return "same" if x.cls == y.cls else "opposite" if opposed(x.cls, y.cls) else "other"
