"""The parts of a score in words a reader understands."""

from __future__ import annotations

from app.core.alignment.bags import Floats
from app.core.alignment.features import PairFeatures
from app.core.alignment.model import Stage
from app.core.records import ScorePart

__all__ = ["SAYINGS", "explain"]

SAYINGS: dict[str, tuple[str, str]] = {
    # feature: (said when it speaks for one proposition, when against)
    "words": ("They use much the same words.", "They share few words."),
    "happenings": ("The same things happen in both.", "What happens in them differs."),
    "same_events": ("The same things happen in both.", "What happens in them differs."),
    "closest": ("Each is among the closest matches of the other.", "Each has closer matches elsewhere."),
    "stands_out": (
        "They are more alike than is usual in this story.",
        "They are no more alike than is usual in this story.",
    ),
    "verbs": ("They share telling verbs.", "They share no telling verb."),
    "rare_words": ("They share words that are rare in the news.", "They share hardly a rare word."),
    "actors": ("The same actors appear in both.", "The actors differ."),
    "acts": ("The same kinds of acts are reported.", "Different kinds of acts are reported."),
    "dates": ("They name the same date.", "They share no date."),
    "figures": ("They name the same figure.", "They share no figure."),
    "framed_one": ("Both or neither quote somebody.", "Only one of them quotes somebody."),
    "framed_both": ("Both quote somebody.", "Not both quote somebody."),
    "central": ("Both are about the core of the story.", "They are about the margins of the story."),
    "length": ("Both say enough to be compared.", "One of them is very short."),
    "rare_concepts": ("They share what is rare in this story.", "What they share, the whole story shares."),
    "fellows": (
        "Few other statements name whom they name.",
        "Many other statements name whom they name, so naming them says little.",
    ),
    "core": (
        "One of them tells of more than what the whole story names.",
        "Both name what the whole story names, which says little.",
    ),
}


def explain(
    stage: Stage,
    values: Floats,
    moves: Floats,
    incident: float,
    odds: float,
    features: PairFeatures,
    a: int,
    b: int,
) -> tuple[tuple[ScorePart, ...], tuple[str, ...]]:
    """Parts, weightiest first after the starting point; their weights add up to the score's log-odds."""
    named = [
        ScorePart(name, round(float(value), 4), float(move), SAYINGS[name][0 if move >= 0 else 1])
        for name, value, move in zip(stage.names, values, moves, strict=True)
        if abs(move) >= 0.01
    ]
    named.sort(key=lambda part: (-abs(part.weight), part.name))
    start = ScorePart("start", 1.0, stage.bias, "How often two statements of one incident say the same.")
    rest = odds - stage.bias - sum(part.weight for part in named)
    say = (
        "The articles look like reports of one incident."
        if incident >= 0.5
        else "The articles may be about two incidents."
    )
    return (
        start,
        *named,
        ScorePart("incident", round(incident, 4), rest, say),
    ), features.shared_terms(a, b)
