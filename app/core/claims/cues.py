"""The reviewed words that attribute (`lexicon/cues.toml`), ready to be asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.core.records import Stance

__all__ = ["CueWord", "Cues", "TakenBack", "load_cues"]


@dataclass(frozen=True, slots=True)
class CueWord:
    lemma: str
    family: str
    stance: Stance
    takes: tuple[str, ...]
    prepositions: frozenset[str]
    holds_true: bool

    def stance_where(self, *, denied: bool) -> Stance:
        """Not to say is to decline, not to think to deny; who did not deny, or whom nobody disputes, only hedges."""
        if denied and self.stance is Stance.ASSERTS:
            return Stance.DENIES if self.holds_true else Stance.DECLINES
        return Stance.HEDGES if denied and self.stance is Stance.DENIES else self.stance


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


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read the lexicon once. Raises `ValueError` naming a verb or noun that stands in two families."""
    raw = tomllib.loads(files("app.core.lexicon").joinpath("cues.toml").read_text(encoding="utf-8"))
    prepositions: dict[str, set[str]] = {}
    for preposition, lemmas in raw["prepositions"].items():
        for lemma in lemmas.split():
            prepositions.setdefault(lemma, set()).add(preposition)
    held_true = frozenset(raw["held_true"]["verbs"].split())
    verbs: dict[str, CueWord] = {}
    for family, entry in raw["verb"].items():
        for lemma in entry["lemmas"].split():
            if lemma in verbs:
                raise ValueError(f"cues.toml: verb {lemma!r} stands in {verbs[lemma].family!r} and {family!r}")
            verbs[lemma] = CueWord(
                lemma,
                family,
                Stance(entry["stance"]),
                tuple(entry["takes"]),
                frozenset(prepositions.get(lemma, ())),
                lemma in held_true,
            )
    if strange := held_true - verbs.keys():
        raise ValueError(f"cues.toml: held_true names {sorted(strange)}, which are no verbs of it")
    nouns: dict[str, Stance] = {}
    for stance, entry in raw["noun"].items():
        for lemma in entry["lemmas"].split():
            if lemma in nouns:
                raise ValueError(f"cues.toml: noun {lemma!r} stands twice")
            nouns[lemma] = Stance(stance)
    adjectives: dict[str, Stance] = {
        lemma: Stance(stance) for stance, entry in raw["adjective"].items() for lemma in entry["lemmas"].split()
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
    )
