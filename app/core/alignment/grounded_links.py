"""The links of a story of many articles, seen against a ground: what was worked out for two articles before is looked up.

The ground is a set of the story's articles. By its claims it is told what is rare and what is usual, and among the claims of the
ground ranks are counted, so that the probability of a pair depends on its two claims and the ground, and not on what else stands in the story:
another article brings pairs of its own and changes none that are there. Where all articles are ground this is what `links.py`
does, but for vectors told in fewer bytes (`codes.py`).

What is kept: for the ground its axes; for each article the word pieces of its claims and their bars (`candidates.py`); for each two
articles their pairs with log-odds and likenesses, of those that may share a row the features, and how likely their statements are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from app.core.alignment.candidates import KeyIndex, candidate_pairs
from app.core.alignment.codes import Axes, coded, tokens_of
from app.core.alignment.entries import ClaimEntry
from app.core.alignment.features import FEATURES, LEXICAL, columns
from app.core.alignment.kept_work import KeptWork, packed, unpacked
from app.core.alignment.kept_rows import read_row, write_row
from app.core.alignment.likenesses import Likenesses
from app.core.alignment.links import Links
from app.core.alignment.model import probability
from app.core.alignment.pool import Pairs, Pool
from app.core.alignment.row_model import RowModel, load_row_model
from app.core.alignment.term_vectors import Floats, Ints
from app.core.encoder import Encoded, Encoder
from app.core.records import Alignment
from app.core.thresholds import ROW_PAIR_FLOOR

__all__ = ["GroundedLinks"]


class GroundedLinks(Links):
    """`digests`: of each article that entries stand in, by number, all that its claims are compared by; `ground`: some of them."""

    def __init__(
        self,
        entries: Sequence[ClaimEntry],
        digests: Sequence[str],
        ground: frozenset[str],
        work: KeptWork,
        encoder: Encoder | None = None,
        model: RowModel | None = None,
    ) -> None:
        self.entries, self.model, self._work, self._encoder = entries, model or load_row_model(), work, encoder
        self._features = FEATURES if encoder else LEXICAL
        self.stage = self.model.stage(encoder=encoder is not None)
        self._digests = digests
        self._ground_of = sorted(ground)
        article = [e.article for e in entries]
        seen = np.array([digests[a] in ground for a in article], bool)
        self.pool = Pool([e.statement for e in entries], article, ground=seen)
        self._ends = np.searchsorted(article, np.arange(len(digests) + 1))
        self._firsts: Ints = np.cumsum([0, *(len(e.statement.clauses) for e in entries)])
        keys = {
            (s, t): work.key("pairs", (self._ground_of, digests[s], digests[t]))
            for t in range(len(digests))
            for s in range(t)
        }
        missing = {two for two, key in keys.items() if work.get(key) is None}
        if missing:
            self._work_out(missing, keys)
        self._take_up(keys)
        self._touch()

    def _touch(self) -> None:
        """What may be needed again is kept on, asked for or not."""
        for digest in self._digests:
            for kind in ("pieces", "bars"):
                self._work.get(self._work.key(kind, (self._ground_of, digest)))
        self._work.get(self._work.key("axes", self._ground_of))

    # --- what is not kept --------------------------------------------------------------------------------------------

    def _work_out(self, missing: set[tuple[int, int]], keys: dict[tuple[int, int], str]) -> None:
        """The pairs of these articles: found, scored, and put by."""
        if self._encoder is not None:
            self.pool.tokens = tokens_of([self._pieces(s) for s in range(len(self._digests))], self._axes, self.pool.ground)
        asked = np.zeros((len(self._digests), len(self._digests)), bool)
        for s, t in missing:
            asked[s, t] = True
        rows = [i for s in _covering(missing) for i in range(self._ends[s], self._ends[s + 1])]
        a, b = candidate_pairs(self.pool, rows, asked, self._index, self._bars)
        two = self.pool.article[a] * len(asked) + self.pool.article[b]
        order = np.argsort(two, kind="stable")
        a, b, two = a[order], b[order], two[order]
        pairs = _SeenPairs(self.pool, a, b, *self._kept_likenesses(keys))
        found = columns(pairs, self._features).astype("<f4")
        odds = self.stage.log_odds(found.astype(float)).astype("<f4")
        near = np.flatnonzero(probability(odds.astype(float)) >= ROW_PAIR_FLOOR)
        xy, q, owner = self._fact_pairs(np.stack([a, b], 1)[near], odds[near].astype(float), self._firsts)
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
                (near[low:high] - first).astype("<u4"),
                found[near[low:high]],
                (xy[facts] - self._firsts[self._ends[[s, t]]]).astype("<u2"),
                q[facts].astype("<f4"),
            )
            self._work.put(keys[s, t], value)

    @cached_property
    def _axes(self) -> Axes:
        def make() -> bytes:
            here = [s for s, digest in enumerate(self._digests) if digest in self._ground_of]
            return Axes.of([e for s in here for e in self._encoded(s)]).write()

        return Axes.read(self._work.of("axes", self._ground_of, make))

    def _pieces(self, s: int) -> bytes:
        return self._work.of("pieces", (self._ground_of, self._digests[s]), lambda: coded(self._encoded(s), self._axes))

    def _encoded(self, s: int) -> list[Encoded]:
        assert self._encoder is not None
        return self._encoder.encode([e.statement.text for e in self.entries[self._ends[s] : self._ends[s + 1]]])

    @cached_property
    def _index(self) -> KeyIndex:
        return KeyIndex(self.pool)

    @cached_property
    def _bars(self) -> Floats:
        """How near a claim of the ground must be to each claim to be a candidate."""

        def of(s: int) -> bytes:
            rows = range(self._ends[s], self._ends[s + 1])
            return packed(np.array([self._index.bar(i) for i in rows], "<f8"))

        kept = [
            self._work.of("bars", (self._ground_of, digest), lambda s=s: of(s)) for s, digest in enumerate(self._digests)
        ]
        return np.concatenate([unpacked(value, [("<f8", 1)])[0] for value in kept]).astype(float)

    def _kept_likenesses(self, keys: Mapping[tuple[int, int], str]) -> tuple[Ints, Ints, Ints, Ints]:
        """Of pairs worked out before: the two claims, their likeness in words and in meaning."""
        parts = [(s, t, self._block(value)) for (s, t), key in keys.items() if (value := self._work.get(key)) is not None]
        ij = [np.asarray(block[0], np.intp) + self._ends[[s, t]] for s, t, block in parts]
        words, meaning = ([np.asarray(block[k], np.intp) for _, _, block in parts] for k in (2, 3))
        none = np.zeros((0, 2), np.intp)
        both = np.concatenate([none, *ij])
        return both[:, 0], both[:, 1], np.concatenate([none[:, 0], *words]), np.concatenate([none[:, 0], *meaning])

    # --- all of it ---------------------------------------------------------------------------------------------------

    def _block(self, value: bytes) -> list[npt.NDArray[Any]]:
        kinds = [("<u2", 2), ("<f4", 1), ("<i4", 1), ("<i4", 1), ("<u4", 1), ("<f4", len(self._features)), ("<u2", 2), ("<f4", 1)]
        return unpacked(value, kinds)

    def _take_up(self, keys: Mapping[tuple[int, int], str]) -> None:
        """The pairs of every two articles."""
        blocks = {two: self._block(self._work.get(key) or b"") for two, key in keys.items()}
        starts = np.cumsum([0, *(len(block[0]) for block in blocks.values())])
        ij, odds, near, values, xy, q = ([] for _ in range(6))
        for (s, t), start, block in zip(blocks, starts, blocks.values(), strict=False):
            ij.append(block[0] + self._ends[[s, t]])
            odds.append(block[1])
            near.append(block[4] + start)
            values.append(block[5])
            xy.append(block[6] + self._firsts[self._ends[[s, t]]])
            q.append(block[7])
        self.ij = np.concatenate(ij).astype(np.intp)
        self._odds = np.concatenate(odds).astype(float)
        self.p = probability(self._odds)
        self._place = dict(zip(map(tuple, self.ij.tolist()), range(len(self.ij)), strict=True))
        self._near_columns = np.concatenate(values)
        self._near_place = dict(zip(np.concatenate(near).tolist(), range(len(self._near_columns)), strict=True))
        self._facts_found = np.concatenate(xy).astype(np.intp), np.concatenate(q).astype(float)

    @property
    def fact_pairs(self) -> tuple[Ints, Floats]:  # type: ignore[override]  # kept, not computed when it is asked for
        return self._facts_found

    def row(self, group: Mapping[int, int], make: Callable[[], Alignment]) -> Alignment:
        members = sorted(group, key=lambda i: self.entries[i].ref)
        told = [(self._digests[self.entries[i].article], self.entries[i].ref.claim, group[i]) for i in members]
        refs = [self.entries[i].ref for i in members]
        return read_row(self._work.of("row", (self._ground_of, told), lambda: write_row(make(), refs)), refs)

    def _columns_at(self, k: int) -> Floats:
        return np.asarray(self._near_columns[self._near_place[k]], float)



class _SeenPairs(Pairs):
    """Pairs beside others of which the likenesses are known."""

    def __init__(self, pool: Pool, a: Ints, b: Ints, kept_a: Ints, kept_b: Ints, words: Ints, meaning: Ints) -> None:
        super().__init__(pool, a, b)
        self._a, self._b, self._words, self._meaning = kept_a, kept_b, words, meaning

    @cached_property
    def seen_words(self) -> Likenesses:
        return self._with(self._words, self.rounded_words)

    @cached_property
    def seen_meaning(self) -> Likenesses:
        return self._with(self._meaning, self.rounded_meaning)

    def _with(self, kept: Ints, fresh: Ints) -> Likenesses:
        a, b = np.concatenate([self._a, self.a]), np.concatenate([self._b, self.b])
        return Likenesses.of_pairs(a, b, np.concatenate([kept, fresh]), self.pool.ground)


def _covering(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """A few articles of which each pair has one: those of most pairs first."""
    left, out = set(pairs), []
    while left:
        count = Counter(one for two in left for one in two)
        most = min(count, key=lambda one: (-count[one], one))
        out.append(most)
        left = {two for two in left if most not in two}
    return out
