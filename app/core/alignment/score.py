"""Features of a pair -> probability that both state the same proposition, with its parts.

    P(same proposition) = P(same incident) x P(same statement | same incident), calibrated.

The first factor compares the articles where they are known, the statements' surroundings where not. Inside a story of
one incident it is near one for every pair, so the order of pairs is that of the second.

There is no embedding feature: no sentence-embedding model ships for offline use, and where one was tried it added .012 of
average precision to features like these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.bags import Bools, Floats, Ints
from app.core.alignment.explain import explain
from app.core.alignment.features import PairFeatures
from app.core.alignment.incident import ArticleFeatures, Report, report_of
from app.core.alignment.model import Model, load_model, log_odds, probability
from app.core.alignment.statement import Statement, of_reading
from app.core.records import Article, PairScore, Reading
from app.core.thresholds import EXPLAINED_FROM, ONE_MATTER

__all__ = ["StatementGroup", "StatementPair", "score_statements"]


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
    asked: Sequence[StatementPair], articles: Mapping[str, Article], model: Model | None = None
) -> list[PairScore]:
    """One score a pair, in order. Symmetric: a and b may change places.

    `parts` and `shared` are given for pairs that are anywhere near to being aligned. `model` replaces the weights that
    ship with the package (held-out figures are made that way).
    """
    fitted = model or load_model()
    reports: dict[str, Report] = {}
    statements: dict[int, Statement] = {}
    groups: dict[str | None, list[int]] = {}
    for k, pair in enumerate(asked):
        groups.setdefault(pair.story, []).append(k)
    out: list[PairScore | None] = [None] * len(asked)
    for members in groups.values():
        group = StatementGroup([asked[k] for k in members], articles, reports, statements)
        for k, score in zip(members, group.scores(fitted), strict=True):
            out[k] = score
    return [score for score in out if score is not None]


class StatementGroup:
    """The pairs of one story."""

    def __init__(
        self,
        pairs: Sequence[StatementPair],
        articles: Mapping[str, Article],
        reports: dict[str, Report] | None = None,
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

        known = sorted(
            {name for p in pairs for name in (p.a_article, p.b_article) if name is not None and name in articles}
        )
        for name in known:
            if name not in reports:
                reports[name] = report_of(articles[name])
        self.reports = [reports[name] for name in known]
        self.features = PairFeatures(mine, [r.words for r in self.reports])
        index = {name: i for i, name in enumerate(known)}
        self.in_a: Ints = np.array([index.get(p.a_article or "", -1) for p in pairs], np.intp)
        self.in_b: Ints = np.array([index.get(p.b_article or "", -1) for p in pairs], np.intp)

    def probabilities(self, model: Model) -> Floats:
        """The bare scores."""
        same = model.stages["statement"].log_odds(self.features.statement(self.a, self.b))
        return probability(model.slope * log_odds(self.incident(model) * probability(same)) + model.intercept)

    def scores(self, model: Model) -> list[PairScore]:
        """The scores with their parts."""
        columns = self.features.statement(self.a, self.b)
        stage = model.stages["statement"]
        same = stage.log_odds(columns)
        incident = self.incident(model)
        matter = self.one_matter(incident).tolist()
        odds = model.slope * log_odds(incident * probability(same)) + model.intercept
        scores = probability(odds)
        moves = stage.moves(columns)
        out = []
        for k, score in enumerate(scores.tolist()):
            if score < EXPLAINED_FROM:
                out.append(PairScore(score, score >= model.aligned, one_matter=matter[k]))
                continue
            parts, shared = explain(
                stage,
                columns[k],
                moves[k],
                float(incident[k]),
                float(odds[k]),
                self.features,
                int(self.a[k]),
                int(self.b[k]),
            )
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
        return bare & (incident >= 0.5) & self.features.touch(self.a, self.b)

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
            columns = self.features.incident(self.a[rest], self.b[rest])
            out[rest] = probability(model.stages["incident"].log_odds(columns))
        return out
