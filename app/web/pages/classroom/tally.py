"""What a class marked, held against what the tool says. Pure: counts in, counts out; nobody is declared right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.core.records import Status
from app.store.views import CellView, ClaimView, ReasonView, RowSummary, RowView

__all__ = ["MARKS", "Agreement", "Blank", "Judged", "agreement", "as_told", "key_of", "marked_claims", "mixed"]

MARKS = ("agree", "diverge", "conflict", "updated", "unsure")
"""What a class may say of a row; `unsure` counts as no verdict."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A row as it is given to the class: the words and who is quoted, nothing the tool found out."""

    key: str
    label: str
    claims: tuple[ClaimView, ...]
    tally: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the class's marks beside the tool's verdict."""

    row_id: int
    label: str
    claims: tuple[ClaimView, ...]
    tally: Mapping[str, int]
    verdict: Status
    summary: str
    reasons: tuple[ReasonView, ...]
    by_group: Mapping[str, str]

    @property
    def said(self) -> int:
        """Marks that name a verdict, where the tool says one too."""
        return 0 if self.verdict is Status.UNSURE else sum(n for mark, n in self.tally.items() if mark != "unsure")

    @property
    def alike(self) -> int:
        """Those of them that say what the tool says."""
        return 0 if self.verdict is Status.UNSURE else self.tally.get(self.verdict.value, 0)

    @property
    def most(self) -> str | None:
        """What most of the class said; None when nobody said anything or two marks share the first place."""
        counts = sorted(((n, mark) for mark, n in self.tally.items() if n and mark != "unsure"), reverse=True)
        if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
            return None
        return counts[0][1]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`table[verdict][mark]`: marks of the class by what the tool says of the row. `share` is None without any mark."""

    rows: int
    marked_rows: int
    said: int
    alike: int
    unsure: int
    table: Mapping[Status, Mapping[str, int]]

    @property
    def share(self) -> float | None:
        return self.alike / self.said if self.said else None


def agreement(rows: Sequence[Judged]) -> Agreement:
    table: dict[Status, dict[str, int]] = {s: dict.fromkeys(MARKS, 0) for s in Status if s is not Status.SINGLE}
    for row in rows:
        for mark, n in row.tally.items():
            table[row.verdict][mark] += n
    return Agreement(
        rows=len(rows),
        marked_rows=sum(any(r.tally.values()) for r in rows),
        said=sum(r.said for r in rows),
        alike=sum(r.alike for r in rows),
        unsure=sum(r.tally.get("unsure", 0) for r in rows),
        table={s: counts for s, counts in table.items() if any(r.verdict == s for r in rows)},
    )


def key_of(place: str, row_id: int) -> str:
    """A row's name in a form. Ids were given in the order of verdicts, so they would tell them."""
    return sha256(f"{place} {row_id}".encode()).hexdigest()[:8]


def mixed(rows: Iterable[RowSummary], most: int) -> tuple[int, ...]:
    """The ids of up to so many rows, with every verdict in turn."""
    by_status: dict[Status, list[int]] = {}
    for row in rows:
        if row.status is not Status.SINGLE:
            by_status.setdefault(row.status, []).append(row.id)
    queues = [by_status[s] for s in Status if s in by_status]
    deepest = max(map(len, queues), default=0)
    return tuple(queue[i] for i in range(deepest) for queue in queues if i < len(queue))[:most]


def as_told(rows: Iterable[RowView]) -> tuple[RowView, ...]:
    """In the order in which the earliest article tells them: by what matters would give the verdicts away."""
    return tuple(sorted(rows, key=_place))


def _place(row: RowView) -> tuple[int, int, int]:
    return (*next(((i, cell.claims[0].start) for i, cell in enumerate(row.cells) if cell.claims), (0, 0)), row.id)


def marked_claims(cells: Sequence[CellView]) -> tuple[ClaimView, ...]:
    return tuple(claim for cell in cells for claim in cell.claims)
