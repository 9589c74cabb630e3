"""What of two statements on a contentious matter may tell whether one backs or weakens the other: named features.

Words, names and figures shared; tone (`data/tone.toml`); who speaks and how; what is done. Every feature is symmetric.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz

from app.core.records import Claim, Modality, Polarity, WordKind
from app.core.relation.scan import scan

__all__ = ["SIDES", "length", "side_features"]

TONES = ("negation", "contrast", "doubt", "against", "favour", "saying")
_KINDS: tuple[WordKind, ...] = ("verb", "noun", "name")
_WORDS = (
    "words_shared", "words_share_of_shorter", "words_share_of_both", "wording", "shorter", "longer", "names", "names_share",
    "figures", "figures_apart", "quotes_both", "quotes_one",
    *(f"{tone}_{which}" for tone in TONES for which in ("both", "most", "one")), "sides_apart", "asks",
)  # fmt: skip
_FRAMES = (
    "two_speakers", "one_speaker", "other_speaker", "one_speaks", "names_the_speaker", "quoted", "denies", "hedges", "actors",
    "actors_share", "acts", "acts_of_one_actor", "acts_lean_apart", "acts_lean", "possible_in_one", "dated_both",
    "counted_in_one", "attributions", "acts_told",
)  # fmt: skip
_SHAPES = tuple(f"{kind}s_{which}" for which in ("shared", "least", "most") for kind in _KINDS)
SIDES = (*_WORDS, *_FRAMES, *_SHAPES)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)\b[A-Z][\w'-]+")
_QUOTE = re.compile(r"[\"“]")


def side_features(a: Claim, b: Claim) -> tuple[float, ...]:
    """One value each, in the order of `SIDES`; the same whichever statement comes first."""
    return (*_of_words(_words(a.text), _words(b.text)), *_of_frames(a, b), *_of_shapes(a, b))


def length(claim: Claim) -> int:
    """Words and marks of a statement."""
    return _words(claim.text).length


# --- words and tone ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    stems: frozenset[str]
    length: int
    names: frozenset[str]
    numbers: frozenset[str]
    quotes: int
    tones: dict[str, int]
    folded: str
    asks: bool


@lru_cache(maxsize=1)
def _tones() -> dict[str, re.Pattern[str]]:
    text = resources.files("app.core.relation").joinpath("data", "tone.toml").read_text(encoding="utf-8")
    return {kind: re.compile("|".join(_pattern(w) for w in words)) for kind, words in tomllib.loads(text).items()}


def _pattern(word: str) -> str:
    if word == "n't":
        return r"n't\b"
    return rf"\b{re.escape(word[:-1])}\w*" if word.endswith("*") else rf"\b{re.escape(word)}\b"


@lru_cache(maxsize=8192)
def _words(text: str) -> _Words:
    read = scan(text)
    lower = read.text.lower()
    return _Words(
        read.stems,
        len(read.words),
        frozenset(_NAME.findall(read.text)),
        frozenset(_NUMBER.findall(read.text)),
        len(_QUOTE.findall(text)),
        {kind: len(pattern.findall(lower)) for kind, pattern in _tones().items()},
        lower,
        "?" in text,
    )


def _of_words(x: _Words, y: _Words) -> tuple[float, ...]:
    both = x.stems & y.stems
    tones: list[float] = []
    for kind in TONES:
        p, q = x.tones[kind], y.tones[kind]
        tones += [min(p, q, 2), min(max(p, q), 3), float((p > 0) != (q > 0))]
    lean = [s.tones["favour"] - s.tones["against"] for s in (x, y)]
    return (
        float(len(both)),
        len(both) / (min(len(x.stems), len(y.stems)) or 1),
        len(both) / (len(x.stems | y.stems) or 1),
        fuzz.token_set_ratio(x.folded, y.folded) / 100,
        math.log1p(min(x.length, y.length)),
        math.log1p(max(x.length, y.length)),
        float(len(x.names & y.names)),
        len(x.names & y.names) / (len(x.names | y.names) + 1),
        float(len(x.numbers & y.numbers)),
        float(bool(x.numbers and y.numbers and not x.numbers & y.numbers)),
        float(min(x.quotes, y.quotes, 2)),
        float((x.quotes > 0) != (y.quotes > 0)),
        *tones,
        float(min(4, abs(lean[0] - lean[1]))),
        float(x.asks or y.asks),
    )


# --- who speaks, and what is done ----------------------------------------------------------------------------------


def _of_frames(a: Claim, b: Claim) -> tuple[float, ...]:
    x, y = a.speaker, b.speaker
    one = x is not None and y is not None and x.key == y.key
    actors = [{m.key for m in c.actors} for c in (a, b)]
    named = (x is not None and x.key in actors[1]) + (y is not None and y.key in actors[0])
    stances = [c.attributions[-1].cue.stance if c.attributions and c.attributions[-1].cue else "" for c in (a, b)]
    classes = [{act.cls for act in c.actions} for c in (a, b)]
    agents = [{(act.cls, act.agent) for act in c.actions if act.agent} for c in (a, b)]
    lean = [sum(1 if act.polarity is Polarity.POSITIVE else -1 for act in c.actions) for c in (a, b)]
    possible = [any(act.modality is Modality.POSSIBLE for act in c.actions) for c in (a, b)]
    return (
        float(bool(x and y)),
        float(one),
        float(bool(x and y) and not one),
        float((x is None) != (y is None)),
        0.0 if one else float(named),
        float(sum(bool(c.attributions) and c.attributions[-1].quoted for c in (a, b))),
        float(stances.count("denies")),
        float(stances.count("hedges")),
        float(len(actors[0] & actors[1])),
        len(actors[0] & actors[1]) / (1 + len(actors[0] | actors[1])),
        float(len(classes[0] & classes[1])),
        float(len(agents[0] & agents[1])),
        float(abs(lean[0] - lean[1])),
        float(lean[0] * lean[1]),
        float(possible[0] != possible[1]),
        float(bool(a.dates and b.dates)),
        float(bool(a.numbers) != bool(b.numbers)),
        float(len(a.attributions) + len(b.attributions)),
        float(len(a.actions) + len(b.actions)),
    )


def _of_shapes(a: Claim, b: Claim) -> tuple[float, ...]:
    counts = [Counter(w.kind for w in c.words) for c in (a, b)]
    lemmas = [{(w.kind, w.lemma) for w in c.words} for c in (a, b)]
    shared = Counter(kind for kind, _ in lemmas[0] & lemmas[1])
    return (
        *(float(shared[kind]) for kind in _KINDS),
        *(float(min(counts[0][kind], counts[1][kind])) for kind in _KINDS),
        *(float(max(counts[0][kind], counts[1][kind])) for kind in _KINDS),
    )
