"""Bare statements -> probability that two state the same proposition, with its parts.

    P(same proposition) = P(same incident) x P(same statement | same incident), calibrated.

The first factor compares the articles where they are known, the statements' surroundings where not. Inside a story of
one incident it is near one for every pair, so the order of pairs is that of the second, which is made of the features that
rows are made by (`features.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.core.alignment.features import FEATURES, columns, parts_of
from app.core.alignment.incident import ArticleFeatures, BareFeatures, IncidentReport, incident_report
from app.core.alignment.model import Model, load_model, log_odds, probability
from app.core.alignment.pairs import Pairs
from app.core.alignment.pool import Pool
from app.core.alignment.statement import Statement, of_reading
from app.core.alignment.term_vectors import Bools, Floats, Ints
from app.core.alignment.tokens import Tokens
from app.core.encoder import Encoder
from app.core.records import Article, PairScore, Reading, ScorePart
from app.core.thresholds import EXPLAINED_FROM, ONE_MATTER

__all__ = ["BARE", "BARE_LEXICAL", "StatementGroup", "StatementPair", "score_statements"]

_OF_ARTICLES = frozenset({"openings", "depth", "crowd"})
BARE = tuple(f for f in FEATURES if f.name not in _OF_ARTICLES)
BARE_LEXICAL = tuple(f for f in BARE if not f.encoder)
"""What can be told of bare statements, with the encoder and without."""


@dataclass(frozen=True, slots=True)
class StatementPair:
    """A pair to be scored: two bare statements as read by `read_statement`.

    `story` names the group that idf is fitted on (its statements and articles); without it, everything given.
    `a_article` and `b_article` are keys of the articles that the statements stand in, where known.
    """

    id: str | int
    a: Reading
    b: Reading
    story: str | None = None
    a_article: str | None = None
    b_article: str | None = None


def score_statements(
    asked: Sequence[StatementPair],
    articles: Mapping[str, Article],
    encoder: Encoder | None = None,
    model: Model | None = None,
) -> list[PairScore]:
    """One score a pair, in order. Symmetric: a and b may change places.

    `parts` and `shared` are given for pairs that are anywhere near to being aligned. `model` replaces the weights that
    ship with the package (held-out figures are made that way).
    """
    fitted = model or load_model()
    reports: dict[str, IncidentReport] = {}
    statements: dict[int, Statement] = {}
    groups: dict[str | None, list[int]] = {}
    for k, pair in enumerate(asked):
        groups.setdefault(pair.story, []).append(k)
    out: list[PairScore | None] = [None] * len(asked)
    for members in groups.values():
        group = StatementGroup([asked[k] for k in members], articles, encoder, reports, statements)
        for k, score in zip(members, group.scores(fitted), strict=True):
            out[k] = score
    return [score for score in out if score is not None]


def _tokens(statements: Sequence[Statement], encoder: Encoder) -> Tokens:
    return Tokens.of(encoder.encode([s.text for s in statements]))


class StatementGroup:
    """The pairs of one story."""

    def __init__(
        self,
        pairs: Sequence[StatementPair],
        articles: Mapping[str, Article],
        encoder: Encoder | None = None,
        reports: dict[str, IncidentReport] | None = None,
        statements: dict[int, Statement] | None = None,
    ) -> None:
        """`reports` and `statements` keep what was prepared, for the next group."""
        reports = {} if reports is None else reports
        statements = {} if statements is None else statements
        place: dict[tuple[str, str], int] = {}
        mine: list[Statement] = []
        readings = {(p.a_article or "", p.a.article.text): p.a for p in pairs}
        readings |= {(p.b_article or "", p.b.article.text): p.b for p in pairs}
        for key in sorted(readings):
            reading = readings[key]
            if id(reading) not in statements:
                statements[id(reading)] = of_reading(reading)
            place[key] = len(mine)
            mine.append(statements[id(reading)])
        self.a: Ints = np.array([place[p.a_article or "", p.a.article.text] for p in pairs], np.intp)
        self.b: Ints = np.array([place[p.b_article or "", p.b.article.text] for p in pairs], np.intp)
        names = sorted({name for name, _ in place if name})
        own = [names.index(name) if name else len(names) + k for k, (name, _) in enumerate(sorted(place))]
        self.pool = Pool(mine, own, partial(_tokens, mine, encoder) if encoder else None)
        self.encoder = encoder is not None

        known = sorted(
            {name for p in pairs for name in (p.a_article, p.b_article) if name is not None and name in articles}
        )
        for name in known:
            if name not in reports:
                reports[name] = incident_report(articles[name])
        self.reports = [reports[name] for name in known]
        self.bare = BareFeatures(mine, [r.words for r in self.reports])
        index = {name: i for i, name in enumerate(known)}
        self.in_a: Ints = np.array([index.get(p.a_article or "", -1) for p in pairs], np.intp)
        self.in_b: Ints = np.array([index.get(p.b_article or "", -1) for p in pairs], np.intp)

    def columns(self) -> Floats:
        """What the statement stage sees of each pair, columns as `BARE`."""
        return columns(Pairs(self.pool, self.a, self.b), BARE if self.encoder else BARE_LEXICAL)

    def probabilities(self, model: Model) -> Floats:
        """The bare scores."""
        same = model.statement(encoder=self.encoder).log_odds(self.columns())
        return probability(model.slope * log_odds(self.incident(model) * probability(same)) + model.intercept)

    def scores(self, model: Model) -> list[PairScore]:
        """The scores with their parts."""
        stage, found = model.statement(encoder=self.encoder), self.columns()
        same, incident = stage.log_odds(found), self.incident(model)
        matter = self.one_matter(incident).tolist()
        odds = model.slope * log_odds(incident * probability(same)) + model.intercept
        out = []
        for k, score in enumerate(probability(odds).tolist()):
            parts: tuple[ScorePart, ...] = ()
            shared: tuple[str, ...] = ()
            if score >= EXPLAINED_FROM:
                named = parts_of(stage, BARE if self.encoder else BARE_LEXICAL, found[k])
                rest = float(odds[k]) - stage.bias - sum(part.weight for part in named)
                one = incident[k] >= 0.5
                say = (
                    "The articles look like reports of one incident."
                    if one
                    else "The articles may be about two incidents."
                )
                start = ScorePart("start", 1.0, stage.bias, "How often two statements of one incident say the same.")
                parts = (start, *named, ScorePart("incident", round(float(incident[k]), 4), rest, say))
                shared = self.pool.shared_terms(int(self.a[k]), int(self.b[k]))
            out.append(PairScore(score, score >= model.aligned, parts, shared, matter[k]))
        return out

    def one_matter(self, incident: Floats) -> Bools:
        """Which pairs, known without articles, plausibly bear on one matter, whether or not they state the same.

        The story as a whole must be of one matter, not of incidents that look alike; the two must be more likely of one
        incident than of two, and share more than function words.
        """
        bare = (self.in_a < 0) & (self.in_b < 0)
        if not bare.any() or log_odds(incident[bare]).mean() < log_odds(np.array(ONE_MATTER)):
            return np.zeros(len(bare), bool)
        return bare & (incident >= 0.5) & self.bare.touch(self.a, self.b)

    def incident(self, model: Model) -> Floats:
        """The probability that each pair is of one incident."""
        out = np.empty(len(self.a))
        both = (self.in_a >= 0) & (self.in_b >= 0)
        if both.any():
            # Many pairs of statements stand in few pairs of articles.
            low, high = np.minimum(self.in_a, self.in_b)[both], np.maximum(self.in_a, self.in_b)[both]
            pairs, back = np.unique(np.stack([low, high]), axis=1, return_inverse=True)
            odds = model.stages["article"].log_odds(ArticleFeatures(self.reports).pairs(pairs[0], pairs[1]))
            found = probability(odds)
            found[pairs[0] == pairs[1]] = 1.0
            out[both] = found[back.reshape(-1)]
        rest = ~both
        if rest.any():
            out[rest] = probability(model.stages["incident"].log_odds(self.bare.pairs(self.a[rest], self.b[rest])))
        return out
