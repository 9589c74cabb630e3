"""Claims of one story -> rows of the side-by-side view: candidates, scores, and a partition that no weak link chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.core.alignment.announced import one_announcement
from app.core.alignment.bags import Floats, Ints
from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.explain import explain
from app.core.alignment.features import PairFeatures
from app.core.alignment.label import row_label
from app.core.alignment.model import load_model, log_odds, probability
from app.core.alignment.partition import partition
from app.core.alignment.related import related_articles
from app.core.alignment.statement import Statement, of_claim
from app.core.records import AlignedPair, Alignment, Claim, ClaimRef, PairScore, Reading, ScorePart, Status
from app.core.thresholds import (
    ANNOUNCED_SCORE,
    ROW_GUEST_SCORE,
    ROW_GUEST_SCORE_ALONE,
    ROW_MEMBER_SCORE,
    ROW_PAIR_FLOOR,
    ROW_SCORE,
    ROW_SCORE_SAME_ARTICLE,
)

__all__ = ["Entry", "align", "entries_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim that may stand in a row."""

    ref: ClaimRef
    claim: Claim
    statement: Statement
    article: int  # index in the order of content


def align(readings: Sequence[Reading], strictness: float | None = None) -> tuple[Alignment, ...]:
    """The rows of one story: claims of two or more articles on one proposition (actors at odds: relation/inside.py).

    Independent of the order of `readings` but for the indices in the refs; an article that has nothing to do with the
    others changes nothing. `strictness` is the least mean probability at which claims share a row; None takes the
    product's. Rows come in the order of their first claim.
    """
    least = ROW_SCORE if strictness is None else strictness
    rows: list[Alignment] = []
    for members in related_articles([r.article for r in readings]):
        rows.extend(_Story(entries_of(readings, members)).rows(least))
    rows.sort(key=lambda row: row.claims[0])
    return tuple(replace(row, id=f"r{n}") for n, row in enumerate(rows, 1))


def entries_of(readings: Sequence[Reading], members: Sequence[int] | None = None) -> list[Entry]:
    """The claims that may stand in rows, in an order that depends on content alone."""
    wanted = range(len(readings)) if members is None else members
    order = sorted(wanted, key=lambda i: _content(readings[i]))
    return [
        Entry(ClaimRef(i, claim.id), claim, of_claim(claim, readings[i].article), place)
        for place, i in enumerate(order)
        for claim in _standing(readings[i].claims)
    ]


def _content(reading: Reading) -> tuple[str, str, str, str]:
    article = reading.article
    return str(article.published), article.outlet or "", article.text, article.headline or ""


def _standing(claims: Sequence[Claim]) -> list[Claim]:
    """Of a claim inside another only the inner one stands, unless the outer one denies."""
    denying = {c.id for c in claims if any(a.cue and a.cue.stance == "denies" for a in c.attributions)}
    outer = {c.within for c in claims if c.within} - denying
    return [c for c in claims if c.id not in outer and c.within not in denying]


class _Story:
    """The scored pairs of the claims of related articles."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        pairs = candidate_pairs([e.statement for e in entries])
        self.ij: Ints = np.array(pairs, np.intp).reshape(-1, 2)
        self.place = {pair: k for k, pair in enumerate(pairs)}
        if not pairs:
            return
        self.features = PairFeatures([e.statement for e in entries])
        self.stage = load_model().stages["row"]
        self.columns = self.features.row(self.ij[:, 0], self.ij[:, 1])
        self.odds = self.stage.log_odds(self.columns)
        self.p: Floats = probability(self.odds)
        told = [e.statement for e in entries]
        self.announced = {
            k
            for k, (i, j) in enumerate(pairs)
            if entries[i].article != entries[j].article and one_announcement(told, i, j)
        }
        for k in self.announced:
            self.p[k] = max(self.p[k], ANNOUNCED_SCORE)

    def rows(self, least: float) -> list[Alignment]:
        if not len(self.ij):
            return []
        labels = partition(len(self.entries), self.ij, self.p, least, counted=self._counted(), apart=self._apart())
        groups: dict[int, list[int]] = {}
        for i, name in enumerate(labels):
            groups.setdefault(name, []).append(i)
        own = list(groups.values())
        guests = self._guests(own, least if least > ROW_SCORE else 0.0)
        filled = [group + guests.get(n, []) for n, group in enumerate(own)]
        made = (self._alignment(self._without_strays(self._without_overlaps(group))) for group in filled)
        return [row for row in made if row is not None]

    def _counted(self) -> Floats:
        """Two overlapping claims of one sentence say nothing about each other."""
        return np.array([0.0 if _overlap(self.entries[i], self.entries[j]) else 1.0 for i, j in self.ij.tolist()])

    def _apart(self) -> Ints:
        """Claims of one article share a row only when one repeats the other."""
        out = [
            (i, j)
            for i in range(len(self.entries))
            for j in range(i + 1, len(self.entries))
            if self.entries[i].article == self.entries[j].article
            and not _overlap(self.entries[i], self.entries[j])
            and self._probability(i, j) < ROW_SCORE_SAME_ARTICLE
        ]
        return np.array(out, np.intp).reshape(-1, 2)

    def _probability(self, i: int, j: int) -> float:
        k = self.place.get((min(i, j), max(i, j)))
        return 0.0 if k is None else float(self.p[k])

    def _guests(self, rows: list[list[int]], floor: float) -> dict[int, list[int]]:
        """Claims that state the proposition of a second row beside their own: a long sentence may say two things.

        A claim is the guest of one row, the one it fits best, and only for an article that the row lacks, which sends
        one claim. `floor` is a reader's strictness beyond the product's.
        """
        offers = []
        for n, group in enumerate(rows):
            present = {self.entries[i].article for i in group}
            least = max(floor, ROW_GUEST_SCORE if len(present) > 1 else ROW_GUEST_SCORE_ALONE)
            for k, entry in enumerate(self.entries):
                mean = sum(self._probability(k, i) for i in group) / len(group)
                if entry.article not in present and mean >= least:
                    offers.append((-mean, k, n))
        out: dict[int, list[int]] = {}
        sent: set[tuple[int, int]] = set()
        placed: set[int] = set()
        for _, k, n in sorted(offers):
            alone = len(rows[n]) == 1
            if k in placed or (alone and rows[n][0] in placed) or (self.entries[k].article, n) in sent:
                continue
            placed.add(k)
            sent.add((self.entries[k].article, n))
            out.setdefault(n, []).append(k)
            if alone:
                placed.add(rows[n][0])
        return out

    def _without_overlaps(self, group: list[int]) -> list[int]:
        """Of overlapping claims the one that fits the row best."""
        fit = {
            i: sum(self._probability(i, j) for j in group if self.entries[j].article != self.entries[i].article)
            for i in group
        }
        kept: list[int] = []
        for i in sorted(group, key=lambda i: (-fit[i], i)):
            if not any(_overlap(self.entries[i], self.entries[j]) for j in kept):
                kept.append(i)
        return kept

    def _without_strays(self, group: list[int]) -> list[int]:
        """Without claims that fit the claims of other articles badly, the worst first: what is left fits better or worse."""
        kept = list(group)
        while len(kept) > 2:
            fit = {i: self._fit(i, kept) for i in kept}
            worst = min(kept, key=lambda i: (fit[i], i))
            if fit[worst] >= ROW_MEMBER_SCORE:
                break
            kept.remove(worst)
        return kept

    def _fit(self, i: int, group: list[int]) -> float:
        found = [self._probability(i, j) for j in group if self.entries[j].article != self.entries[i].article]
        return sum(found) / len(found) if found else 0.0

    def _alignment(self, group: list[int]) -> Alignment | None:
        members = sorted(group, key=lambda i: self.entries[i].ref)
        pairs = []
        for x, i in enumerate(members):
            for j in members[x + 1 :]:
                apart = self.entries[i].article != self.entries[j].article
                if apart and self._probability(i, j) >= ROW_PAIR_FLOOR:
                    pairs.append(AlignedPair(self.entries[i].ref, self.entries[j].ref, self._score(i, j)))
        if not pairs:
            return None
        refs = tuple(self.entries[i].ref for i in members)
        return Alignment("", row_label([self.entries[i].claim for i in members]), Status.AGREE, refs, (), tuple(pairs))

    def _score(self, i: int, j: int) -> PairScore:
        k = self.place.get((min(i, j), max(i, j)))
        if k is None:
            return PairScore(0.0, aligned=False)
        moves = self.stage.moves(self.columns[k : k + 1])[0]
        parts, shared = explain(self.stage, self.columns[k], moves, None, float(self.odds[k]), self.features, i, j)
        if k in self.announced:
            lift = float(log_odds(self.p[k : k + 1])[0]) - float(self.odds[k])
            say = "Both tell of one announcement: the same act, the same things, no other actor."
            parts = (*parts, ScorePart("one_announcement", 1.0, lift, say))
        return PairScore(float(self.p[k]), aligned=bool(self.p[k] >= ROW_SCORE), parts=parts, shared=shared)


def _overlap(x: Entry, y: Entry) -> bool:
    if x.article != y.article or x.claim.where != y.claim.where:
        return False
    return x.claim.start < y.claim.end and y.claim.start < x.claim.end
