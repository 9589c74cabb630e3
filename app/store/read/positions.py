"""Where an actor stood on each matter over time, as each outlet has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import Action, Claim
from app.errors import NotFound
from app.store import codec
from app.store.dates import day_bounds
from app.store.read.lines import claim_views
from app.store.read.whom import resolve
from app.store.sql import ask, ask_ids
from app.store.views import PositionView

__all__ = ["ids_of_actor", "positions"]

_SAID = """
    SELECT attributions.claim_id, attributions.position, attributions.stance, claim_records.record, claims.row_id,
        alignments.shown_label, articles.published,
        (SELECT count(*) FROM alignment_members WHERE alignment_id = claims.row_id AND shown = 1) AS beside
    FROM ids_of(:ids) AS wanted
    JOIN attributions ON attributions.actor_id = wanted.value
    JOIN claims ON claims.id = attributions.claim_id AND claims.current = 1
    JOIN claim_records ON claim_records.claim_id = claims.id
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    LEFT JOIN alignments ON alignments.id = claims.row_id
    ORDER BY attributions.claim_id, attributions.position DESC
"""


def ids_of_actor(connection: Connection, key: str) -> list[int]:
    """The actor, and everybody meant by a bare family name: what articles say of "Motegi" is said of Toshimitsu Motegi."""
    found = ask(connection, "SELECT * FROM actors WHERE key = :key", key=key)
    if not found:
        raise NotFound(f"there is no actor {key!r}.")
    r = found[0]
    bare = r["kind"] == "person" and " " not in r["name"]
    return sorted({r["id"], *resolve(connection, key)}) if bare else [r["id"]]


def positions(connection: Connection, key: str) -> tuple[PositionView, ...]:
    """In order of time inside each matter; matters by their first day. Undated ones stand last, and change nothing."""
    said = {r["claim_id"]: r for r in reversed(ask_ids(connection, _SAID, ids_of_actor(connection, key)))}
    views = claim_views(connection, said)
    found: dict[str, list[PositionView]] = defaultdict(list)
    for claim_id, r in said.items():
        claim = codec.read_claim(r["record"])
        day, day_from = _day(claim, r)
        matter, label = _matter(claim, r)
        found[matter].append(
            PositionView(
                matter=matter,
                label=label,
                action=claim.action.cls if claim.action else None,
                stance=r["stance"] or "unclear",
                day=day,
                day_from=day_from,  # type: ignore[arg-type]
                outlet=views[claim_id].article.outlet,
                claim=views[claim_id],
                alignment_id=r["row_id"],
            )
        )
    matters = [_in_time(ps) for ps in found.values()]
    matters.sort(key=lambda ps: (ps[0].day or date.max, ps[0].matter))
    return tuple(p for ps in matters for p in ps)


def _day(claim: Claim, r: Mapping[str, Any]) -> tuple[date | None, str | None]:
    """When it was said: a day named in the reporting frame, else that of publication."""
    frame = [m for m in claim.dates if not any(a <= m.start and m.end <= b for a, b in claim.content)]
    told = next(
        (days[0] for m in frame if m.grain in ("day", "hour", "minute") and (days := day_bounds(m.value))), None
    )
    if told is not None and claim.attributions:
        return told, "claim"
    return (date.fromisoformat(r["published"]), "published") if r["published"] else (None, None)


def _matter(claim: Claim, r: Mapping[str, Any]) -> tuple[str, str]:
    """The row that claims share; of a claim alone the kind of act and whose it is, so that what is said again meets."""
    if r["row_id"] and r["beside"] > 1:
        return f"row {r['row_id']}", r["shown_label"]
    action: Action | None = claim.action
    if action is not None:
        return f"{action.cls} {action.agent or ''}".strip(), r["shown_label"] or claim.text
    return f"row {r['row_id']}" if r["row_id"] else f"claim {r['claim_id']}", r["shown_label"] or claim.text


def _in_time(found: list[PositionView]) -> list[PositionView]:
    """One matter in order, changes marked: a clear stance that is not the clear one before it on an earlier day."""
    found = sorted(found, key=lambda p: (p.day or date.max, p.claim.id))
    out: list[PositionView] = []
    last: str | None = None
    of_day: tuple[date | None, str | None] = (None, None)
    for p in found:
        if p.day is not None and p.stance != "unclear":
            if p.day != of_day[0]:
                last = of_day[1] or last
                of_day = (p.day, p.stance)
            if last is not None and p.stance != last:
                p = replace(p, changed=True, before=last)  # noqa: PLW2901
            of_day = (p.day, p.stance)
        out.append(replace(p, label=found[0].label))
    return out
