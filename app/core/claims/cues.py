"""The reviewed words that attribute (`lexicon/cues.toml`), ready to be asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

__all__ = ["CueWord", "Cues", "Stance", "TakenBack", "load_cues"]

Stance = Literal["asserts", "denies", "asks", "hedges", "declines", "retracts"]


@dataclass(frozen=True, slots=True)
class CueWord:
    lemma: str
    family: str
    stance: Stance
    takes: tuple[str, ...]
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Words that say that a report was wrong. `reports` name one; `adverbs` stand beside a reporting verb, `verbs` have a report
    for their object, `adjectives` are said of one, and `true` where they are denied. `earlier` in the cue: of an earlier time; `media` report what others may know better; `points`
    open the sentence that tells it otherwise.
    """

    reports: frozenset[str]
    adverbs: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]
    true: frozenset[str]
    earlier: frozenset[str]
    media: frozenset[str]
    points: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    verbs: Mapping[str, CueWord]
    nouns: Mapping[str, Stance]
    adjectives: Mapping[str, Stance]
    bare_object_never: frozenset[str]
    """Verbs whose plain object is a thing done, not a thing said: they added two boats, found a body."""
    deeds: frozenset[str]
    """Verbs that are deeds where their plain object is one of `things`: they issued a patch, and issued a warning."""
    things: frozenset[str]
    never_according: frozenset[str]
    """What things go according to that says nothing: plan, taste, size."""
    quoted: frozenset[str]
    """Verbs that say something only right beside a quotation: fume, shrug, beam."""
    never_particles: Mapping[str, frozenset[str]]
    """Particles that make a verb another one: "swear off", "call up"."""
    taken_back: TakenBack
    held_true: frozenset[str]
    """Verbs that hold something true: not to think it is to deny it, not to report or to know it is not."""


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read the lexicon once. Raises `ValueError` naming a verb or noun that stands in two families."""
    raw = tomllib.loads(files("app.core.lexicon").joinpath("cues.toml").read_text(encoding="utf-8"))
    prepositions: dict[str, set[str]] = {}
    for preposition, lemmas in raw["prepositions"].items():
        for lemma in lemmas.split():
            prepositions.setdefault(lemma, set()).add(preposition)
    verbs: dict[str, CueWord] = {}
    for family, entry in raw["verb"].items():
        for lemma in entry["lemmas"].split():
            if lemma in verbs:
                raise ValueError(f"cues.toml: verb {lemma!r} stands in {verbs[lemma].family!r} and {family!r}")
            verbs[lemma] = CueWord(
                lemma, family, entry["stance"], tuple(entry["takes"]), frozenset(prepositions.get(lemma, ()))
            )
    nouns: dict[str, Stance] = {}
    for stance, entry in raw["noun"].items():
        for lemma in entry["lemmas"].split():
            if lemma in nouns:
                raise ValueError(f"cues.toml: noun {lemma!r} stands twice")
            nouns[lemma] = stance
    adjectives: dict[str, Stance] = {
        lemma: stance for stance, entry in raw["adjective"].items() for lemma in entry["lemmas"].split()
    }
    never = {field: frozenset(words.split()) for field, words in raw["never"].items()}
    return Cues(
        verbs,
        nouns,
        adjectives,
        never["object"],
        never["deeds"],
        never["things"],
        never["according"],
        frozenset(raw["quoted"]["verbs"].split()),
        {lemma: frozenset(words.split()) for lemma, words in raw["particles"].items()},
        TakenBack(**{field: frozenset(words.split()) for field, words in raw["taken_back"].items()}),
        frozenset(raw["held_true"]["verbs"].split()),
    )
