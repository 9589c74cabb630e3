"""The links of a story of many articles, seen against a ground: what was worked out for two articles before is looked up.

The ground is a set of the story's articles. By its claims it is told what is rare and what is usual, and among the claims of the
ground ranks are counted, so that the probability of a pair depends on its two claims and the ground, and not on what else stands in the story:
another article brings pairs of its own and changes none that are there. Where all articles are ground this is what `links.py`
does, but for vectors told in fewer bytes (`codes.py`).

What is kept: for the ground its axes; for each article the word pieces of its claims and their bars (`candidates.py`); for each two
articles their pairs with log-odds and likenesses, and how likely their statements are one; for each row itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations

import numpy as np

from app.core.alignment.candidates import KeyIndex, candidate_pairs
from app.core.alignment.codes import Axes, coded, tokens_of
from app.core.alignment.entries import ClaimEntry
from app.core.alignment.features import FEATURES, LEXICAL, columns
from app.core.alignment.kept_rows import Kept, read_row, write_row
from app.core.alignment.kept_work import digest, packed, unpacked
from app.core.alignment.likenesses import Likenesses
from app.core.alignment.links import Group, Links
from app.core.alignment.model import probability
from app.core.alignment.pool import Pairs, Pool, Ranks, ranks_of
from app.core.alignment.row_model import RowModel, load_row_model
from app.core.alignment.term_vectors import Floats, Ints
from app.core.encoder import Encoded, Encoder
from app.core.records import Alignment
from app.core.thresholds import ROW_PAIR_FLOOR

__all__ = ["GroundedLinks"]

_BLOCK = (("<u2", 2), ("<f4", 1), ("<i4", 1), ("<i4", 1), ("<u2", 2), ("<f4", 1))
"""Of two articles: pairs of claims by their place, log-odds, likeness in words and in meaning; pairs of statements, and how likely
they are one.
"""


class GroundedLinks(Links):
    """`digests`: of each article that entries stand in, by number, all that its claims are compared by; `ground`: some of them."""

    def __init__(
        self,
        entries: Sequence[ClaimEntry],
        digests: Sequence[str],
        ground: frozenset[str],
        kept: Kept,
        encoder: Encoder | None = None,
        model: RowModel | None = None,
    ) -> None:
        self.entries, self.model, self._encoder = entries, model or load_row_model(), encoder
        self._kept, self._work = kept, kept.work
        self._features = FEATURES if encoder else LEXICAL
        self.stage = self.model.stage(encoder=encoder is not None)
        self._digests = digests
        self._ground, self._seen_by = ground, digest(sorted(ground))
        article = [e.article for e in entries]
        seen = np.array([digests[a] in ground for a in article], bool)
        self.pool = Pool([e.statement for e in entries], article, ground=seen)
        self._ends = np.searchsorted(article, np.arange(len(digests) + 1))
        self._firsts: Ints = np.cumsum([0, *(len(e.statement.clauses) for e in entries)])
        keys = {
            (s, t): self._work.key("pairs", (self._seen_by, digests[s], digests[t]))
            for t in range(len(digests))
            for s in range(t)
        }
        missing = {two for two, key in keys.items() if self._work.get(key) is None}
        if missing:
            self._work_out(missing, keys)
        self._take_up(keys)
        self._touch()

    def _touch(self) -> None:
        """What may be needed again is kept on, asked for or not."""
        for one in self._digests:
            for kind in ("pieces", "bars"):
                self._work.get(self._work.key(kind, (self._seen_by, one)))
        self._work.get(self._work.key("axes", self._seen_by))

    # --- what is not kept --------------------------------------------------------------------------------------------

    def _work_out(self, missing: set[tuple[int, int]], keys: dict[tuple[int, int], str]) -> None:
        """The pairs of these articles: found, scored, and put by."""
        self._have_tokens()
        asked = np.zeros((len(self._digests), len(self._digests)), bool)
        for s, t in missing:
            asked[s, t] = True
        rows = [i for s in _covering(missing) for i in range(self._ends[s], self._ends[s + 1])]
        a, b = candidate_pairs(self.pool, rows, asked, self._index, self._bars)
        two = self.pool.article[a] * len(asked) + self.pool.article[b]
        order = np.argsort(two, kind="stable")
        a, b, two = a[order], b[order], two[order]
        pairs = _PairsAmong(self.pool, a, b, self._known(keys))
        odds = self.stage.log_odds(columns(pairs, self._features)).astype("<f4")
        near = np.flatnonzero(probability(odds.astype(float)) >= ROW_PAIR_FLOOR)
        xy, q, owner = self._fact_pairs(np.stack([a, b], 1)[near], odds[near].astype(float), self._firsts)
        self._work.made["pairs"] += len(missing)
        self._work.made["pairs scored"] += len(pairs)
        for s, t in missing:
            first, last = np.searchsorted(two, [s * len(asked) + t, s * len(asked) + t + 1])
            low, high = np.searchsorted(near, [first, last])
            facts = slice(*np.searchsorted(owner, [low, high]))
            value = packed(
                np.stack([a[first:last] - self._ends[s], b[first:last] - self._ends[t]], 1).astype("<u2"),
                odds[first:last],
                pairs.rounded_words[first:last].astype("<i4"),
                pairs.rounded_meaning[first:last].astype("<i4"),
                (xy[facts] - self._firsts[self._ends[[s, t]]]).astype("<u2"),
                q[facts].astype("<f4"),
            )
            self._work.put(keys[s, t], value)

    def _have_tokens(self) -> None:
        if self._encoder is not None and self.pool.tokens is None:
            self.pool.tokens = tokens_of(
                [self._pieces(s) for s in range(len(self._digests))], self._axes, self.pool.ground
            )

    @cached_property
    def _axes(self) -> Axes:
        def make() -> bytes:
            here = [s for s, one in enumerate(self._digests) if one in self._ground]
            return Axes.of([e for s in here for e in self._encoded(s)]).write()

        return Axes.read(self._work.of("axes", self._seen_by, make))

    def _pieces(self, s: int) -> bytes:
        return self._work.of("pieces", (self._seen_by, self._digests[s]), lambda: coded(self._encoded(s), self._axes))

    def _encoded(self, s: int) -> list[Encoded]:
        assert self._encoder is not None
        return self._encoder.encode([e.statement.text for e in self.entries[self._ends[s] : self._ends[s + 1]]])

    @cached_property
    def _index(self) -> KeyIndex:
        return KeyIndex(self.pool)

    @cached_property
    def _bars(self) -> Floats:
        """How near a claim of the ground must be to each claim to be a candidate."""

        def make(s: int) -> bytes:
            return packed(np.array([self._index.bar(i) for i in range(self._ends[s], self._ends[s + 1])], "<f8"))

        kept = [self._work.of("bars", (self._seen_by, one), partial(make, s)) for s, one in enumerate(self._digests)]
        return np.concatenate([unpacked(value, [("<f8", 1)])[0] for value in kept]).astype(float)

    def _known(self, keys: Mapping[tuple[int, int], str]) -> _Known:
        """The pairs worked out before."""
        parts = [
            (two, unpacked(value, _BLOCK)) for two, key in keys.items() if (value := self._work.get(key)) is not None
        ]
        none = np.zeros((0, 2), np.intp)
        ij = np.concatenate([none, *(block[0] + self._ends[list(two)] for two, block in parts)]).astype(np.intp)
        words, meaning = (
            np.concatenate([none[:, 0], *(block[k] for _, block in parts)]).astype(np.intp) for k in (2, 3)
        )
        return _Known(ij[:, 0], ij[:, 1], words, meaning)

    # --- all of it ---------------------------------------------------------------------------------------------------

    def _take_up(self, keys: Mapping[tuple[int, int], str]) -> None:
        """The pairs of every two articles."""
        blocks = {two: unpacked(self._work.get(key) or b"", _BLOCK) for two, key in keys.items()}
        known = self._known(keys)
        self._all = known
        self.ij = np.stack([known.a, known.b], axis=1)
        self._odds = np.concatenate([block[1] for block in blocks.values()]).astype(float)
        self.p = probability(self._odds)
        self._place = dict(zip(map(tuple, self.ij.tolist()), range(len(self.ij)), strict=True))
        xy = [block[4] + self._firsts[self._ends[list(two)]] for two, block in blocks.items()]
        self._facts_found = (
            np.concatenate(xy).astype(np.intp),
            np.concatenate([block[5] for block in blocks.values()]).astype(float),
        )

    @property
    def fact_pairs(self) -> tuple[Ints, Floats]:
        return self._facts_found

    def rows(self, groups: Sequence[Group], make: Callable[[Links, Group], Alignment]) -> list[Alignment]:
        """Those not kept are made; what their scores are made of is worked out for all of them together."""
        members = [sorted(group, key=lambda i: self.entries[i].ref) for group in groups]
        keys = [self._row_key(group, some) for group, some in zip(groups, members, strict=True)]
        self._explain([some for some, key in zip(members, keys, strict=True) if self._work.get(key) is None])
        return [self._row(*one, make) for one in zip(groups, members, keys, strict=True)]

    def _row_key(self, group: Group, members: Sequence[int]) -> str:
        told = [(self._kept.claim(self.entries[i].ref), group[i]) for i in members]
        return self._work.key("row", (self._seen_by, told))

    def _row(
        self, group: Group, members: Sequence[int], key: str, make: Callable[[Links, Group], Alignment]
    ) -> Alignment:
        refs = [self.entries[i].ref for i in members]
        return read_row(self._work.at(key, lambda: write_row(make(self, group), refs)), refs)

    def _explain(self, groups: Sequence[Sequence[int]]) -> None:
        """The features of the pairs inside these groups."""
        places = (self._place.get((min(i, j), max(i, j))) for some in groups for i, j in combinations(some, 2))
        near = np.array(sorted({k for k in places if k is not None and self.p[k] >= ROW_PAIR_FLOOR}), np.intp)
        self._explained = dict(zip(near.tolist(), range(len(near)), strict=True))
        if len(near):
            self._have_tokens()
            pairs = _PairsAmong(self.pool, self.ij[near, 0], self.ij[near, 1], self._all, near)
            self.columns = columns(pairs, self._features)

    def _columns_at(self, k: int) -> Floats:
        return np.asarray(self.columns[self._explained[k]])


@dataclass(frozen=True, slots=True)
class _Known:
    """Pairs with their likenesses in words and in meaning, rounded."""

    a: Ints
    b: Ints
    words: Ints
    meaning: Ints


class _PairsAmong(Pairs):
    """Pairs ranked among those that are known: some of them (`at`), or others that come to them."""

    def __init__(self, pool: Pool, a: Ints, b: Ints, known: _Known, at: Ints | None = None) -> None:
        super().__init__(pool, a, b)
        self._known, self._at = known, at

    @cached_property
    def _among(self) -> _Known:
        if self._at is not None:
            return self._known
        mine = (self.a, self.b, self.rounded_words, self.rounded_meaning)
        before = (self._known.a, self._known.b, self._known.words, self._known.meaning)
        return _Known(*(np.concatenate(two) for two in zip(before, mine, strict=True)))

    @cached_property
    def seen_words(self) -> Likenesses:
        return Likenesses.of_pairs(self._among.a, self._among.b, self._among.words, self.pool.ground)

    @cached_property
    def seen_meaning(self) -> Likenesses:
        return Likenesses.of_pairs(self._among.a, self._among.b, self._among.meaning, self.pool.ground)

    @cached_property
    def word_ranks(self) -> Ranks:
        return self._mine(ranks_of(self.pool, self._among.a, self._among.b, self._among.words, self.seen_words))

    @cached_property
    def meaning_ranks(self) -> Ranks:
        return self._mine(ranks_of(self.pool, self._among.a, self._among.b, self._among.meaning, self.seen_meaning))

    def _mine(self, ranks: Ranks) -> Ranks:
        at = slice(len(self._known.a), None) if self._at is None else self._at
        return ranks[0][at], ranks[1][at], ranks[2][at], ranks[3][at]


def _covering(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """A few articles of which each pair has one: those of most pairs first."""
    left, out = set(pairs), []
    while left:
        count = Counter(one for two in left for one in two)
        most = min(count, key=lambda one: (-count[one], one))
        out.append(most)
        left = {two for two in left if most not in two}
    return out
