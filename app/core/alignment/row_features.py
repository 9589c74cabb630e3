"""Named features of two claims of one story: do they belong side by side?

Every feature is symmetric. Rarity is judged inside the story, where all speak of the same actors and things, and plain
words in the news at large too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.core.alignment.announced import Announcements
from app.core.alignment.bags import Bags, Floats, Ints, Neighbours
from app.core.alignment.concepts import DATE, MARKS
from app.core.alignment.decisions import Decisions
from app.core.alignment.entries import Entry
from app.core.alignment.kin import KIN_VALUE, Kin
from app.core.alignment.terms import background
from app.core.alignment.wording import fuzzy_quotes, fuzzy_rows

__all__ = ["ROW_FEATURES", "RowFeatures"]

ROW_FEATURES = (
    "rare_concepts",
    "rarest_shared",
    "neighbours_concepts",
    "reported_words",
    "letters",
    "rare_words",
    "length",
    "wording_resolved",
    "acts_of_one_actor",
    "main_act",
    "acts_kin",
    "one_agent",
    "one_announcement",
    "one_decision",
    "dates",
    "figures",
    "values",
    "one_speaker",
    "quoted_alike",
)

_LETTERS = 4  # of the pieces that words are cut into, so that forms of one word are alike


class RowFeatures:
    """Features of asked pairs (a[k], b[k]) of a story's entries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._n = len(entries)
        told = [e.statement for e in entries]
        self._concepts = Bags([s.concepts for s in told])
        self._concepts_unit = self._concepts.unit(self._story(self._concepts))
        self._sets = Bags([sorted(set(s.concepts)) for s in told])
        self._rarity = self._rarities(self._sets)
        self._near = Neighbours.of(self._sets, self._sets.unit(self._rarity))
        self._telling = Bags([s.telling for s in told])
        self._rare = background().rarities(self._telling.vocabulary)
        self._rare_of = dict(zip(self._telling.vocabulary, self._rare.tolist(), strict=True))
        self._terms = [frozenset(s.telling) for s in told]
        self._reported = Bags([s.reported for s in told])
        at_large = background().rarities(self._reported.vocabulary)
        self._reported_unit = self._reported.unit(at_large * self._story(self._reported))
        self._letters = Bags([[piece for w in s.reported for piece in _pieces(w)] for s in told])
        self._letters_unit = self._letters.unit(self._story(self._letters))
        self._dates = Bags([[c for c in s.concepts if c.startswith(DATE)] for s in told])
        self._figures = Bags([s.figures for s in told])
        self._values = Bags([s.values for s in told])
        self._deeds = Bags([s.deeds for s in told])
        self._wordings = [s.wording for s in told]
        self._quotes = [s.quotes for s in told]
        self._kin = Kin(told)
        self._announced = Announcements(told)
        self._decided = Decisions(told)
        speakers = sorted({s.speaker for s in told if s.speaker})
        self._speaker = np.array([speakers.index(s.speaker) if s.speaker else -1 for s in told], np.intp)
        claims = np.bincount([e.article for e in entries]) if entries else np.zeros(0)
        self._crowd = np.log(np.array([claims[e.article] for e in entries], float))

    def crowd(self, a: Ints, b: Ints) -> Floats:
        """What the articles' lengths alone say, in log-odds: of a long article a smaller share is told by the other.

        One in so many claims, by the geometric mean of the two numbers of claims. It depends on the two articles only.
        """
        return np.asarray(-(self._crowd[a] + self._crowd[b]) / 2)

    def columns(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `ROW_FEATURES`."""
        sizes = self._telling.sizes
        kin = self._kin.of_pairs(a, b)
        found = {
            "rare_concepts": self._concepts.dot(self._concepts_unit, a, b),
            "rarest_shared": self._sets.shared_mass(self._rarity**2, a, b),
            "neighbours_concepts": self._near.alike(a, b),
            "reported_words": self._reported.dot(self._reported_unit, a, b),
            "letters": self._letters.dot(self._letters_unit, a, b),
            "rare_words": np.sqrt(self._telling.shared_mass(self._rare, a, b)),
            "length": np.log1p(np.minimum(sizes[a], sizes[b])),
            "wording_resolved": fuzzy_rows(self._wordings, a, b),
            "acts_of_one_actor": (self._deeds.jaccard(a, b) > 0).astype(float),
            "main_act": (kin.main >= KIN_VALUE["near"]).astype(float),
            "acts_kin": kin.any,
            "one_agent": kin.one_agent,
            "one_announcement": self._announced.of_pairs(a, b).astype(float),
            "one_decision": self._decided.of_pairs(a, b).astype(float),
            "dates": self._dates.jaccard(a, b),
            "figures": self._figures.jaccard(a, b),
            "values": (self._values.jaccard(a, b) > 0).astype(float),
            "one_speaker": ((self._speaker[a] >= 0) & (self._speaker[a] == self._speaker[b])).astype(float),
            "quoted_alike": fuzzy_quotes(self._quotes, a, b),
        }
        return np.column_stack([found[name] for name in ROW_FEATURES])

    def shared_terms(self, a: int, b: int) -> tuple[str, ...]:
        """The terms that both share, rarest in the news first."""
        return tuple(sorted(self._terms[a] & self._terms[b], key=lambda t: (-self._rare_of[t], t)))

    def _story(self, bags: Bags) -> Floats:
        """How rare each term is in this story; what all say keeps a little."""
        return np.asarray(np.maximum(0.05, np.log((self._n + 1) / (bags.df + 0.5))))

    def _rarities(self, bags: Bags) -> Floats:
        """0 to 1: rare in this story, and for plain words rare in the news too."""
        story = np.log((self._n + 1) / (bags.df + 0.5)) / np.log(self._n + 1.5)
        at_large = [1.0 if v[0] in MARKS else background().rarity(v) for v in bags.vocabulary]
        return np.asarray(np.maximum(0.0, story) * np.array(at_large))


def _pieces(word: str) -> list[str]:
    framed = f"^{word}$"
    return [framed[k : k + _LETTERS] for k in range(max(1, len(framed) - _LETTERS + 1))]
