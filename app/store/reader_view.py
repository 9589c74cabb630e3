"""A story as one reader asked to see it: rows of a strictness of his own, or of some outlets alone.

The usual look is kept in the tables (`derive.py`); any other is the same machine's layer, the same decisions and the same
faces under a narrower or wider view, made when it is asked for and never written. A row narrowed to some outlets has the
verdict of the relations between their claims: softened where a person softened the row; a verdict of a person that no
relation bears out holds for whatever two outlets are left. A claim left alone, or one outlet agreeing with itself, is
single-source.

What is loaded and made for a look is remembered until the story changes (its `revision`), so that a reader who moves the
strictness waits once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from app.core.records import Between, Status
from app.store.decided import apply_decisions, place_ties, row_merged_into
from app.store.load import load_scene
from app.store.pictures import MatrixRow, TimelineRow, matrix, pictured, timeline
from app.store.ranking import sureness
from app.store.recent_cache import RecentCache
from app.store.row_display import face
from app.store.row_facts import RANK, Fact, FlagFact, RowFact, RowFacts, Shown
from app.store.sql import ask

__all__ = ["ReaderView", "view_for"]

_MOST_STORIES, _MOST_LOOKS = 4, 16
"""Stories remembered, and looks at each: a story of 2,000 rows is about 20 MB."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """The rows of a look: their columns, as `alignments` has them, and the claims they show.

    `who`: the named actors (key, name) that each claim of the story quotes or mentions.
    """

    columns: Mapping[int, Mapping[str, object]]
    claims: Mapping[int, tuple[int, ...]]
    facts: Mapping[int, Fact]
    who: Mapping[int, frozenset[tuple[str, str]]]
    matrix: list[MatrixRow]
    timeline: list[TimelineRow]


Face = Mapping[str, object]


@dataclass(slots=True)
class _State:
    """One state of a story: what was loaded of it, and what was made of that."""

    scene: RowFacts
    who: Mapping[int, frozenset[tuple[str, str]]]
    faces: dict[tuple[int, tuple[int, ...]], Face] = field(default_factory=dict)
    looks: RecentCache[tuple[float, frozenset[str]], ReaderView] = field(
        default_factory=lambda: RecentCache(_MOST_LOOKS)
    )


_states: WeakKeyDictionary[Engine, RecentCache[tuple[int, str, int], _State]] = WeakKeyDictionary()


def view_for(connection: Connection, story_id: int, strictness: float, outlets: Collection[str]) -> ReaderView:
    """Every row of the story that this look shows; all outlets when none is named."""
    story = ask(connection, "SELECT made_at, revision FROM standing_stories AS stories WHERE id = :id", id=story_id)[0]
    states = _states.setdefault(connection.engine, RecentCache(_MOST_STORIES))
    state = states.get(
        (story_id, story["made_at"], story["revision"]),  # the id of a story that is gone may be another's now
        lambda: _State(load_scene(connection, story_id), _who(connection, story_id)),
    )
    wanted = frozenset(outlets)
    return state.looks.get((strictness, wanted), lambda: _look(state, strictness, wanted))


def _look(known: _State, strictness: float, outlets: frozenset[str]) -> ReaderView:
    scene = known.scene
    shown = apply_decisions(scene, strictness)
    place_ties(scene, shown)
    flags: dict[int, list[FlagFact]] = defaultdict(list)
    for f in scene.flags:
        flags[row_merged_into(shown, f.row)].append(f)
    columns: dict[int, Face] = {}
    seen: dict[int, Shown] = {}
    for i, row in scene.rows.items():
        if not shown[i].claims:
            continue
        key = (i, tuple(shown[i].claims))
        full = known.faces.get(key)
        if full is None:
            full = known.faces[key] = _full(row, shown[i], scene, flags[i])
        narrowed = _narrowed(scene, shown[i], outlets) if outlets else shown[i]
        if narrowed.claims:
            seen[i] = narrowed
            columns[i] = full if len(narrowed.claims) == len(shown[i].claims) else _face(row, narrowed, scene, full)
    rows = list(pictured(scene, seen, columns))
    return ReaderView(
        columns,
        {i: tuple(s.claims) for i, s in seen.items()},
        scene.claims,
        known.who,
        matrix(rows),
        timeline(rows),
    )


def _full(row: RowFact, shown: Shown, scene: RowFacts, flags: Sequence[FlagFact]) -> Face:
    """The face of a row with all its claims: the one that is kept, where readers of the usual look see the same claims."""
    if row.kept["shown"] and row.shown == set(shown.claims):
        return row.kept
    return face(row, shown, scene, flags)[0]


_WHO = """
    SELECT DISTINCT claim_id, actors.key, actors.name FROM (
        SELECT attributions.claim_id, actor_id FROM standing_articles AS articles JOIN claims ON claims.article_id = articles.id AND claims.current
        JOIN attributions ON attributions.claim_id = claims.id WHERE articles.story_id = :story
        UNION
        SELECT actor_mentions.claim_id, actor_id FROM standing_articles AS articles JOIN claims ON claims.article_id = articles.id AND claims.current
        JOIN actor_mentions ON actor_mentions.claim_id = claims.id WHERE articles.story_id = :story
    ) AS named JOIN actors ON actors.id = actor_id WHERE actors.kind <> 'unnamed'
"""


def _who(connection: Connection, story_id: int) -> dict[int, frozenset[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for r in ask(connection, _WHO, story=story_id):
        found[r["claim_id"]].add((r["key"], r["name"]))
    return {claim: frozenset(actors) for claim, actors in found.items()}


def _narrowed(scene: RowFacts, shown: Shown, outlets: Collection[str]) -> Shown:
    claims = [c for c in shown.claims if scene.claims[c].outlet_key in outlets]
    left = set(claims)
    return Shown(
        claims=claims,
        label=shown.label,
        ties=[t for t in shown.ties if t.a in left and t.b in left],
        decided=shown.decided,
    )


def _face(row: RowFact, narrowed: Shown, scene: RowFacts, full: Mapping[str, object]) -> Mapping[str, object]:
    whole = Status(str(full["shown_status"]))
    narrowed.status = status = _verdict(narrowed, scene, whole)
    decided = status is whole and full["probability"] == 1.0
    narrowed.probability = 1.0 if decided else sureness(narrowed.ties, status)
    columns, _ = face(row, narrowed, scene, ())
    return {**columns, "shown_label": full["shown_label"], "score": full["score"], "decided": full["decided"]}


def _verdict(narrowed: Shown, scene: RowFacts, full: Status) -> Status:
    several = len({scene.claims[c].outlet_id for c in narrowed.claims}) > 1
    kinds = {Status(t.kind.value) for t in narrowed.ties if several or t.between is Between.ACTORS}
    if not several and not kinds - {Status.AGREE}:
        return Status.SINGLE
    own = min(kinds, key=lambda s: RANK[s], default=Status.AGREE)
    return max(own, full, key=lambda s: RANK[s]) if full is not Status.SINGLE else own
