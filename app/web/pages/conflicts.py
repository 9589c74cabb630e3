"""`/conflicts`: the review queue. What is undecided comes first; confirm, dismiss, note, undo.

A decision comes back to the item after the one decided, and the page says what was done (`done=` in the address names the
row) with its undo beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import Dimension
from app.errors import NotFound
from app.store import MACHINE, QUEUE_ORDERS, Queued, Store
from app.store.views import ConflictView, DecisionView, FlagView, QueueCounts, Slice
from app.web.dependencies import StoreOf, reviewer
from app.web.pages.fields import choice_of
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["ConflictsPage", "Done", "conflicts_page", "router"]

router = APIRouter()
STATES = {"": "all", "open": "undecided", "confirmed": "confirmed", "dismissed": "dismissed"}


@dataclass(frozen=True, slots=True)
class Done:
    """What was just said of a row, and what takes it back: a settled flag or a decision."""

    row_id: int
    label: str
    flag: FlagView | None
    decision: DecisionView | None
    together: int  # decisions made in one go with it, itself counted
    alike: int  # rows that could be decided like it


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    shell: Shell
    queue: Slice[ConflictView]
    states: tuple[tuple[str, str, int, str], ...]  # key, label, count, address
    counts: QueueCounts
    wanted: Queued
    mine: str  # the address of one's own queue
    everybody: str
    today: date
    waiting: tuple[str, ...]  # slugs of stories that are not compared yet
    links: Pages
    done: Done | None
    here: str  # the address without `done`
    onward: Mapping[int, str]  # row id -> where a decision on it comes back to


@router.get("/conflicts", response_class=HTMLResponse)
def conflicts(
    request: Request,
    store: StoreOf,
    state: str = "",
    story: str = "",
    outlet: str = "",
    dimension: str = "",
    likely: str = "",
    order: str = "",
    mine: str = "",
    assigned: str = "",
    cursor: str | None = None,
    done: str = "",
) -> HTMLResponse:
    """`mine=1`: only what is assigned to whoever asks; `assigned=`: to this person."""
    least = choice_of(likely, WORDS.least_likely, "")
    wanted = Queued(
        state=choice_of(state, STATES, "") or None,
        story=story or None,
        outlet=outlet or None,
        dimension=choice_of(dimension, Dimension, "") or None,
        likely=float(least) if least else None,
        order=choice_of(order, QUEUE_ORDERS, "") or None,
        assigned=(reviewer(request) if mine == "1" else assigned.strip()) or None,
    )
    queue = store.rows.queued(wanted, cursor=cursor)
    said = _done(store, int(done)) if done.isascii() and done.isdigit() and len(done) < 19 else None
    waiting = tuple(slug for slug in store.articles.stale_stories() if story in ("", slug))
    return render(
        "pages/conflicts.html",
        conflicts_page(request, queue, store.rows.queue_counts(wanted), wanted, said, waiting, store.now().date()),
    )


def conflicts_page(
    request: Request,
    queue: Slice[ConflictView],
    counts: QueueCounts,
    wanted: Queued,
    done: Done | None = None,
    waiting: tuple[str, ...] = (),
    today: date = date.min,
) -> ConflictsPage:
    return ConflictsPage(
        shell=shell_of(request, "Conflicts to review", "conflicts"),
        queue=queue,
        states=tuple(
            (
                key,
                text,
                counts.states.get(key, 0) if key else sum(counts.states.values()),
                changed(request, {"state": key or None, "done": None}),
            )
            for key, text in STATES.items()
        ),
        counts=counts,
        wanted=wanted,
        mine=changed(request, {"mine": "1", "assigned": None, "done": None}),
        everybody=changed(request, {"mine": None, "assigned": None, "done": None}),
        today=today,
        waiting=waiting,
        links=pages_of(request, queue),
        done=done,
        here=_with(request, None),
        onward=_onward(request, [item.row.id for item in queue.items]),
    )


def _onward(request: Request, rows: Sequence[int]) -> dict[int, str]:
    """To the item after the one decided; after the last one to the head of the queue."""
    after = [f"row-{i}" for i in rows[1:]] + ["queue"]
    return {row: f"{_with(request, row)}#{place}" for row, place in zip(rows, after, strict=False)}


def _with(request: Request, done: int | None) -> str:
    """The same page of the queue, filters kept, saying which row was just decided."""
    kept = [(k, v) for k, v in parse_qsl(request.url.query) if k != "done"]
    query = urlencode([*kept, *([("done", str(done))] if done else [])])
    return request.url.path + (f"?{query}" if query else "")


def _done(store: Store, row_id: int) -> Done | None:
    """The latest word in force on the row; None when there is none (any more)."""
    try:
        view = store.rows.alignment(row_id)
    except NotFound:
        return None
    settled = [f for f in view.row.flags if f.state != "open" and f.decided_at and f.decided_by != MACHINE]
    flag = max(settled, key=lambda f: f.decided_at.timestamp() if f.decided_at else 0.0, default=None)
    decision = max((d for d in view.row.decisions if not d.undone_at), key=lambda d: d.at, default=None)
    if flag and decision and flag.decided_at:
        flag, decision = (flag, None) if flag.decided_at > decision.at else (None, decision)
    together = len(store.review.together(decision.id)) if decision else 0
    return Done(
        view.row.id,
        view.row.label,
        flag,
        decision,
        together,
        len(store.review.alike(view.row.id)) if flag or decision else 0,
    )
