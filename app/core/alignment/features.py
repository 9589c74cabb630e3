"""The features by which two statements are told to state one proposition: one object each, which computes it and says it.

What a feature counts for is fitted (`weights.json`); a score unfolds into what each of them moved it by, so the waterfall that
readers see cannot drift from what was computed. Every feature is symmetric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.model import Stage
from app.core.alignment.pairs import Pairs
from app.core.alignment.term_vectors import Floats
from app.core.records import ScorePart

__all__ = ["FEATURES", "LEXICAL", "Feature", "columns", "parts_of"]

_FAINT = 0.01  # log-odds below which a part is not told of by itself


@dataclass(frozen=True, slots=True)
class Feature:
    """`of` gives its value for every asked pair; `alike` is said where it speaks for one proposition, `apart` where against."""

    name: str
    of: Callable[[Pairs], Floats]
    alike: str
    apart: str
    encoder: bool = False


def _differ(x: Pairs) -> Floats:
    a, b = x.pool.speaker[x.a], x.pool.speaker[x.b]
    return np.asarray((a >= 0) & (b >= 0) & (a != b), float)


FEATURES: tuple[Feature, ...] = (
    Feature("words", lambda x: x.words, "They share words that are rare in this story.", "What they share, the whole story shares."),
    Feature("news_words", lambda x: x.news_words, "They share words that are rare in the news.", "They share hardly a word that is rare in the news."),
    Feature("held_least", lambda x: x.held[0], "Each has much of what the other says.", "Each says much that the other has not."),
    Feature("held_most", lambda x: x.held[1], "The one has nearly all the words of the other.", "Neither has most of the other's words."),
    Feature("string", lambda x: x.string, "Their wording is alike.", "Their wording differs."),
    Feature("verbs", lambda x: x.pool.verbs.dot(x.pool.verbs_unit, x.a, x.b), "They share telling verbs.", "They share no telling verb."),
    Feature("events", lambda x: x.pool.events.jaccard(x.a, x.b), "The same things happen in both.", "What happens in them differs."),
    Feature("same_events", lambda x: x.pool.events.dot(x.pool.events_unit, x.a, x.b), "The same things happen in both.", "What happens in them differs."),
    Feature("acts", lambda x: x.pool.acts.jaccard(x.a, x.b), "The same kinds of acts are reported.", "Different kinds of acts are reported."),
    Feature("stands_out", lambda x: x.stands_out, "They are more alike than is usual in this story.", "They are no more alike than is usual in this story."),
    Feature("fellows", lambda x: np.log1p((x.pool.fellows[x.a] + x.pool.fellows[x.b]) / 2), "Few other statements name whom they name.", "Many other statements name whom they name, so naming them says little."),
    Feature("words_rank", lambda x: x.word_ranks[0], "No other statement shares more words with one of them.", "Other statements share more words with each of them."),
    Feature("words_rank_other", lambda x: x.word_ranks[1], "Hardly another shares more words with either.", "Others share more words with one of them."),
    Feature("words_rank_article", lambda x: x.word_ranks[2], "In the other's article nothing is nearer in words.", "In the other's article something is nearer in words."),
    Feature("words_rank_article_other", lambda x: x.word_ranks[3], "Each is the nearest in words that the other's article has.", "One of the articles has something nearer in words."),
    Feature("length", lambda x: np.log1p(x.least(x.pool.words.sizes.astype(float))), "They say enough to be compared.", "With so many words, some are shared by chance."),
    Feature("length_other", lambda x: np.log1p(x.most(x.pool.words.sizes.astype(float))), "Neither is long.", "One is long and says more besides."),
    Feature("openings", lambda x: x.least(x.pool.opening), "Both open their articles.", "They do not both open their articles."),
    Feature("depth", lambda x: x.most(x.pool.depth), "Both stand near the top.", "One stands far down its article."),
    Feature("values", lambda x: x.pool.values.shared_mass(np.ones(len(x.pool.values.vocabulary)), x.a, x.b), "They give the same figure.", "They share no figure."),
    Feature("figures", lambda x: ((x.pool.values.sizes[x.a] > 0) & (x.pool.values.sizes[x.b] > 0)).astype(float), "Both give figures.", "Not both give figures."),
    Feature("dates", lambda x: x.pool.dates.shared_mass(np.ones(len(x.pool.dates.vocabulary)), x.a, x.b), "They name the same date.", "They share no date."),
    Feature("two_speakers", _differ, "They are not two speakers' words.", "Two speakers say them."),
    Feature("crowd", lambda x: (x.pool.crowd[x.a] + x.pool.crowd[x.b]) / 2, "Of short articles a larger share is told by the other.", "Of long articles a smaller share is told by the other."),
    Feature("meaning", lambda x: x.meaning, "Their words mean the same.", "Their words mean different things.", encoder=True),
    Feature("meaning_product", lambda x: x.tokens[0] * x.tokens[1], "Each is in the other.", "They are not in each other.", encoder=True),
    Feature("meaning_rank", lambda x: x.meaning_ranks[0], "No other statement is nearer in meaning to one of them.", "Other statements are nearer in meaning to each of them.", encoder=True),
    Feature("meaning_rank_article_other", lambda x: x.meaning_ranks[3], "Each is the nearest in meaning that the other's article has.", "One of the articles has something nearer in meaning.", encoder=True),
)  # fmt: skip

LEXICAL = tuple(f for f in FEATURES if not f.encoder)


def columns(pairs: Pairs, features: Sequence[Feature]) -> Floats:
    """One row a pair, one column a feature."""
    found = [f.of(pairs) for f in features]
    return np.column_stack(found) if found else np.zeros((len(pairs), 0))


def parts_of(stage: Stage, features: Sequence[Feature], values: Floats) -> list[ScorePart]:
    """What moved the log-odds of one pair, weightiest first; what hardly moved them is left out."""
    moves = stage.moves(values[None, :])[0].tolist()
    named = [
        ScorePart(f.name, round(value, 4), move, f.alike if move >= 0 else f.apart)
        for f, value, move in zip(features, values.tolist(), moves, strict=True)
        if abs(move) >= _FAINT
    ]
    return sorted(named, key=lambda part: (-abs(part.weight), part.name))
