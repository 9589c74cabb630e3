"""Everything of one story's rows that `derive` weighs, as values; `load.py` fills them from the tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.records import Between, Dimension, Outcome, RelationKind, Span, Status

__all__ = [
    "DERIVED",
    "RANK",
    "Decided",
    "Fact",
    "FlagFact",
    "RowFact",
    "RowFacts",
    "Shown",
    "Tie",
    "Why",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim as far as rows care. `dates`: resolved dates by their place in the claim's text."""

    id: int
    article_id: int
    fingerprint: str
    position: int
    published: str
    outlet_id: int
    outlet: str
    outlet_key: str
    speaker: str | None
    event_from: str | None
    event_value: str | None
    event_grain: str | None
    dates: tuple[tuple[Span, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """A reason; spans count from the claim's start."""

    dimension: Dimension
    outcome: Outcome
    a: str
    b: str
    say: str
    a_span: Span | None
    b_span: Span | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two claims of a row."""

    id: int
    row: int
    a: int
    b: int
    kind: RelationKind
    between: Between
    probability: float
    score: float
    shown_in: int | None
    reasons: tuple[Why, ...]
    by_hand: bool = False  # judged because people put the two into one row


@dataclass(slots=True)
class RowFact:
    id: int
    label: str
    status: Status
    by_hand: bool
    retired: bool
    lone: bool = False
    score: float = 1.0
    probability: float = 1.0
    judged_for: str = ""
    judged_label: str = ""
    first_seen: str | None = None
    machine: list[int] = field(default_factory=list)  # claim ids
    shown: set[int] = field(default_factory=set)
    kept: dict[str, object] = field(default_factory=dict)  # the derived columns as they are now


@dataclass(frozen=True, slots=True)
class Decided:
    id: int
    row: int
    kind: str
    value: str | None
    target: int | None
    claims: tuple[tuple[int, str, int | None], ...]  # article, fingerprint, row made for it
    stood: str | None = None  # the verdict that the row showed then
    standing: str = "in force"
    kept_standing: str = "in force"


@dataclass(frozen=True, slots=True)
class FlagFact:
    id: int
    row: int
    by: str
    state: str
    decided_by: str | None = None
    decided_at: str | None = None


@dataclass(slots=True)
class RowFacts:
    rows: dict[int, RowFact]
    claims: dict[int, Fact]
    ties: list[Tie]
    decisions: list[Decided]
    flags: list[FlagFact]
    claim_rows: dict[int, int | None]  # where each current claim of the story shows now
    _by_row: dict[int, list[Tie]] | None = None

    def ties_of(self, row_id: int) -> list[Tie]:
        """The relations that the machine found in a row."""
        if self._by_row is None:
            by_row: dict[int, list[Tie]] = {}
            for tie in self.ties:
                by_row.setdefault(tie.row, []).append(tie)
            self._by_row = by_row  # whole at once: a remembered scene is looked at by several threads
        return [t for t in self._by_row.get(row_id, ()) if not t.by_hand]


@dataclass(slots=True)
class Shown:
    """A row as it will be shown."""

    claims: list[int] = field(default_factory=list)
    label: str | None = None  # by a person
    status: Status | None = None  # by a person
    probability: float | None = None  # of the status, where it is not to be asked of the row or its relations
    merged_into: int | None = None
    rejected: bool = False
    decided: bool = False  # a person's word is in force on it: no strictness hides it
    ties: list[Tie] = field(default_factory=list)


RANK = {status: i for i, status in enumerate(Status)}
"""What matters first."""

DERIVED = (
    "shown shown_label shown_status between dimensions summary outlets score probability event_from rejected merged_into_id "
    "sort_matter sort_event sort_reading queue_state queue_sort decided"
).split()
