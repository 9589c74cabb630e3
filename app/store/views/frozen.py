"""Frozen comparisons, and classes that work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.core.records import Status
from app.store.views.basics import ArticleRef, StoryRef
from app.store.views.claims import ReasonView
from app.store.views.corrections import CorrectionView
from app.store.views.rows import CellView
from app.store.views.stories import StoryView

__all__ = ["ClassMark", "ClassRowView", "ClassView", "FrozenText", "SnapshotCard", "SnapshotView"]


@dataclass(frozen=True, slots=True)
class FrozenText:
    """An article's words as they were, by hash: sha256 of the body in UTF-8."""

    article_id: int
    revision: int
    sha256: str
    reader: str


@dataclass(frozen=True, slots=True)
class SnapshotCard:
    """A frozen comparison in a line."""

    id: str
    story: StoryRef
    by: str
    note: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A story as it was, built from the snapshot's own JSON and nothing else.

    `digest` is the SHA-256 of `record`, canonical JSON of the state; `id`, its beginning, is what is cited. Who froze it
    and when stand beside the state: the same state frozen twice is one snapshot. `view.rows` holds every row, read from the
    record as it is asked for.
    """

    id: str
    digest: str
    story: StoryRef
    by: str
    note: str
    at: datetime
    software: str  # "Parallax 1.0"
    reader: str
    weights: str  # digest of the rules, words and weights that made the rows; "" when it was not told
    texts: tuple[FrozenText, ...]
    corrected: tuple[CorrectionView, ...]  # what stood then; none where it was frozen before corrections were kept
    view: StoryView
    record: str


ClassMark = Literal["agree", "diverge", "conflict", "updated", "unsure"]


@dataclass(frozen=True, slots=True)
class ClassRowView:
    """One row as a class sees it.

    Until revealed `verdict`, `summary`, `reasons` and every mark in the claims are left out, and `label` is a neutral title.
    """

    alignment_id: int
    label: str
    cells: tuple[CellView, ...]
    tally: Mapping[str, int]  # mark -> groups, every mark named
    by_group: Mapping[str, str]  # group -> mark
    verdict: Status | None = None
    summary: str = ""
    reasons: tuple[ReasonView, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class at work on a frozen comparison (`snapshot`), so that nothing moves under its hands.

    `marked` and `matched` count marks that name a verdict (not "unsure") on rows of which the tool says one, and those of
    them that say what the tool says; 0 until revealed.
    """

    code: str
    title: str
    story: StoryRef
    snapshot: str
    by: str
    at: datetime
    columns: tuple[ArticleRef, ...]
    rows: tuple[ClassRowView, ...]
    left_out: tuple[ClassRowView, ...]  # rows that its teacher did not choose
    groups: tuple[str, ...]
    revealed: bool = False
    revealed_by: str | None = None
    revealed_at: datetime | None = None
    ends_on: date | None = None  # the day on which marks and names of groups are deleted
    over: bool = False  # they are: nothing but that the class was held is left
    marked: int = 0
    matched: int = 0
