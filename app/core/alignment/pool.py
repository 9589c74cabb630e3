"""A pool of statements that are compared with each other.

Rarity is judged inside the pool, where all speak of the same actors and things, and by the news at large. Everything depends on
the statements alone, never on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from app.core.alignment.statement import Statement
from app.core.alignment.term_vectors import Bools, Floats, Ints, Neighbours, TermVectors
from app.core.alignment.terms import background, name_stems, stems
from app.core.alignment.tokens import Tokens
from app.core.thresholds import FELLOWS, LEAST_RARITY

__all__ = ["Pool"]


class Pool:
    """Statements and the articles they stand in, by number. `read` gives their word pieces; None where no encoder runs.

    `ground`: the statements by which it is told what is rare and what is usual; all where none are named. What is told of others
    is then the same whichever stand beside them.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        article: Sequence[int],
        read: Callable[[], Tokens] | None = None,
        ground: Bools | None = None,
    ) -> None:
        self.statements = statements
        self.article: Ints = np.array(article, np.intp)
        self.ground: Bools = np.ones(len(statements), bool) if ground is None else ground
        self.words = TermVectors([s.words for s in statements])
        rarity = self.rarity(self.words)
        at_large = background().rarities(self.words.vocabulary)
        self.in_pool = self.words.unit(np.maximum(0.0, rarity))
        self.at_large = self.words.unit(at_large)
        self.weight: Floats = np.maximum(rarity, LEAST_RARITY) * at_large
        self.mass = self.words.mass(self.weight)
        self.keys = TermVectors([s.keys for s in statements])
        self.verbs = TermVectors([s.verbs for s in statements])
        self.verbs_unit = self.verbs.unit(self.rarity(self.verbs))
        self.events = TermVectors([(*s.verbs, *s.nouns) for s in statements])
        self.events_unit = self.events.unit()
        self.acts = TermVectors([s.acts for s in statements])
        self.all_words = TermVectors([stems(s.text) for s in statements])
        self.all_unit = self.all_words.unit()
        self.wide = Neighbours.of(self.all_words, self.all_unit, self.ground)
        self.names = TermVectors([name_stems(s.text) for s in statements])
        rare_names = self.names.unit(background().rarities(self.names.vocabulary))
        named = Neighbours.of(self.names, rare_names, self.ground)
        self.fellows: Floats = np.clip((named.near > named.typical).sum(1), *FELLOWS).astype(float)
        self.values = TermVectors([[f"{v:g}" for v in s.values] for s in statements])
        self.dates = TermVectors([s.dates for s in statements])
        speakers = sorted({s.speaker for s in statements if s.speaker})
        self.speaker: Ints = np.array([speakers.index(s.speaker) if s.speaker else -1 for s in statements], np.intp)
        self.opening: Floats = np.array([s.opening for s in statements], float)
        self.depth: Floats = np.array([s.depth for s in statements], float)
        counts = np.bincount(self.article) if len(self.article) else np.zeros(0)
        self.crowd: Floats = np.log(counts[self.article].astype(float)) if len(self.article) else np.zeros(0)
        self._read = read

    def __len__(self) -> int:
        return len(self.statements)

    def rarity(self, terms: TermVectors) -> Floats:
        """How rare each term is among the statements of the ground."""
        return np.asarray(np.log((int(self.ground.sum()) + 1) / (terms.held_by(self.ground) + 0.5)))

    @cached_property
    def tokens(self) -> Tokens | None:
        """What the encoder makes of the statements, read when it is asked for."""
        return self._read() if self._read else None

    @cached_property
    def telling(self) -> Mapping[str, float]:
        """What each word tells."""
        return dict(zip(self.words.vocabulary, self.weight.tolist(), strict=True))

    def shared_terms(self, a: int, b: int) -> tuple[str, ...]:
        """The words that both share, those that tell most first."""
        both = set(self.statements[a].words) & set(self.statements[b].words)
        return tuple(sorted(both, key=lambda t: (-self.telling[t], t)))
