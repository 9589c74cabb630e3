"""What every page shows: articles in a line, claims with their speakers and dates."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.core.records import PROBABILITY_PLACES, ActorKind, Between, Dimension, Outcome, PublishedFrom, Status
from app.store.sql import ask_ids, listed, tuples
from app.store.standing import ROW_STANDS
from app.store.views import (
    ActorRef,
    ArticleRef,
    AttributionView,
    ClaimView,
    DateView,
    FlagView,
    OutletView,
    ReasonMark,
    ReasonView,
    RowSummary,
    StoryRef,
)

__all__ = [
    "ARTICLE_COLUMNS",
    "article_ref",
    "both_stand",
    "claim_views",
    "claims_in_rows",
    "loud_of",
    "parsed_moment",
    "reason_view",
    "reasons_of",
    "row_summary",
    "summaries",
]

ARTICLE_COLUMNS = """articles.id AS article_id, articles.headline, articles.published, articles.published_from, articles.url,
    articles.excerpt, articles.own_words, outlets.key AS outlet_key, outlets.name AS outlet_name,
    outlets.country AS outlet_country, stories.slug AS story_slug, stories.title AS story_title,
    CASE WHEN stories.stale = 1 THEN EXISTS (
        SELECT 1 FROM claims AS its WHERE its.article_id = articles.id AND its.current = 1 AND NOT EXISTS (
            SELECT 1 FROM alignment_members AS held JOIN alignments AS holding ON holding.id = held.alignment_id
            WHERE held.claim_id = its.id AND held.by_machine = 1 AND holding.story_id = articles.story_id
        )
    ) ELSE 1 = 0 END AS waiting"""
"""`waiting`: once compared, every claim stands in a row of its story, be it alone. Asked of stale stories only."""


def article_ref(r: Mapping[str, Any]) -> ArticleRef:
    return ArticleRef(
        id=r["article_id"],
        outlet=OutletView(r["outlet_key"], r["outlet_name"], r["outlet_country"]),
        headline=r["headline"],
        published=date.fromisoformat(r["published"]) if r["published"] else None,
        published_from=PublishedFrom(r["published_from"]) if r["published_from"] else None,
        url=r["url"],
        story_slug=r["story_slug"],
        excerpt=bool(r["excerpt"]),
        own_words=bool(r["own_words"]),
        waiting=bool(r["waiting"]),
    )


_CLAIMS = f"""
    SELECT claims.id, claims.text, claims.start, claims."end", claims.stands_in, claims.before, claims.after, claims.row_id,
        alignments.shown_status, {ARTICLE_COLUMNS}
    FROM ids_of(:ids) AS wanted
    JOIN claims ON claims.id = wanted.value
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    JOIN outlets ON outlets.id = articles.outlet_id
    JOIN standing_stories AS stories ON stories.id = articles.story_id
    LEFT JOIN alignments ON alignments.id = claims.row_id
"""  # noqa: S608 - constants only
_ATTRIBUTIONS = """
    SELECT claim_id, attributions.text, attributions.role, cue, quoted, actors.key, actors.name, actors.kind
    FROM ids_of(:ids) AS wanted
    JOIN attributions ON attributions.claim_id = wanted.value
    LEFT JOIN actors ON actors.id = attributions.actor_id
    ORDER BY claim_id, position
"""
_ACTORS = """
    SELECT DISTINCT claim_id, actors.key, actors.name, actors.kind, min(position) AS place
    FROM ids_of(:ids) AS wanted
    JOIN actor_mentions ON actor_mentions.claim_id = wanted.value
    JOIN actors ON actors.id = actor_mentions.actor_id
    GROUP BY claim_id, actors.id ORDER BY claim_id, place
"""
_DATES = """
    SELECT claim_id, text, date_mentions.value, grain, upto
    FROM ids_of(:ids) AS wanted
    JOIN date_mentions ON date_mentions.claim_id = wanted.value
    ORDER BY claim_id, position
"""


def claim_views(connection: Connection, ids: Iterable[int]) -> dict[int, ClaimView]:
    """Claims by id, in four statements."""
    ids = sorted(set(ids))
    attributions: dict[int, list[AttributionView]] = defaultdict(list)
    for r in ask_ids(connection, _ATTRIBUTIONS, ids):
        speaker = ActorRef(r["key"], r["name"], ActorKind(r["kind"])) if r["key"] else None
        attributions[r["claim_id"]].append(AttributionView(speaker, r["text"], r["role"], r["cue"], bool(r["quoted"])))
    actors: dict[int, list[ActorRef]] = defaultdict(list)
    for r in ask_ids(connection, _ACTORS, ids):
        actors[r["claim_id"]].append(ActorRef(r["key"], r["name"], ActorKind(r["kind"])))
    dates: dict[int, list[DateView]] = defaultdict(list)
    for r in ask_ids(connection, _DATES, ids):
        dates[r["claim_id"]].append(DateView(r["text"], r["value"], r["grain"], r["upto"]))
    articles: dict[int, ArticleRef] = {}
    views = {}
    for r in ask_ids(connection, _CLAIMS, ids):
        article = articles.get(r["article_id"]) or articles.setdefault(r["article_id"], article_ref(r))
        views[r["id"]] = ClaimView(
            id=r["id"],
            article=article,
            text=r["text"],
            start=r["start"],
            end=r["end"],
            where=r["stands_in"],
            before=r["before"],
            after=r["after"],
            attributions=tuple(attributions[r["id"]]),
            actors=tuple(actors[r["id"]]),
            dates=tuple(dates[r["id"]]),
            alignment_id=r["row_id"],
            status=Status(r["shown_status"]) if r["shown_status"] else None,
        )
    return views


_CLAUSES = """
    SELECT alignment_id, claim_id, clause_start, clause_end
    FROM ids_of(:ids) AS wanted JOIN alignment_members ON alignment_members.alignment_id = wanted.value
    WHERE clause_start IS NOT NULL
"""


def claims_in_rows(
    connection: Connection, members: Mapping[int, Iterable[int]], loud: Loud | None = None
) -> dict[int, dict[int, ClaimView]]:
    """Claims as their rows show them, by row and id, in six statements: each by the clause that puts it there, with what
    the reasons of that row point at. `loud`: those reasons, where they were read already.
    """
    held = {row: list(ids) for row, ids in members.items()}
    views = claim_views(connection, (c for ids in held.values() for c in ids))
    marks = _marks_of(loud_of(connection, held) if loud is None else loud)
    clauses = {
        (r["alignment_id"], r["claim_id"]): (r["clause_start"], r["clause_end"])
        for r in ask_ids(connection, _CLAUSES, sorted(held))
    }
    told = marks.keys() | clauses.keys()
    return {
        row: {
            c: replace(views[c], marks=marks.get((row, c), ()), clause=clauses.get((row, c)))
            if (row, c) in told
            else views[c]
            for c in ids
        }
        for row, ids in held.items()
    }


def both_stand(row_ids: str) -> str:
    """A condition on `relations` shown in these rows (SQL that gives their ids): neither claim is of an article that was deleted.

    Worked out once a statement: a row of forty reports has a thousand pairs.
    """
    gone = f"""(
        SELECT told.id FROM alignment_members AS held JOIN claims AS told ON told.id = held.claim_id
        JOIN articles AS told_by ON told_by.id = told.article_id
        WHERE held.alignment_id IN ({row_ids}) AND told_by.deleted_at IS NOT NULL
    )"""  # noqa: S608 - constants only
    return f"(NOT EXISTS {gone} OR relations.a_claim_id NOT IN {gone} AND relations.b_claim_id NOT IN {gone})"


_REASONS = f"""
    FROM ids_of(:ids) AS wanted
    JOIN relations ON relations.shown_in = wanted.value
    JOIN reasons ON reasons.relation_id = relations.id
    WHERE {both_stand("SELECT value FROM ids_of(:ids)")}
"""  # noqa: S608 - constants only
_LOUD = f"""
    SELECT relations.shown_in, relations.a_claim_id, relations.b_claim_id, relations.kind,
        reasons.dimension, reasons.outcome, reasons.a, reasons.b, reasons.say,
        reasons.a_start, reasons.a_end, reasons.b_start, reasons.b_end
    {_REASONS} AND reasons.outcome <> 'same'
    ORDER BY relations.shown_in, relations.probability DESC, relations.score DESC, relations.id, reasons.position
"""
_SAME = f"""
    SELECT relations.shown_in, relations.kind, reasons.dimension, reasons.outcome, reasons.a, reasons.b, reasons.say
    {_REASONS} AND reasons.outcome = 'same' %s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    ORDER BY 1, max(relations.probability) DESC, max(relations.score) DESC, min(relations.id), min(reasons.position)
"""
_SEEN = """AND relations.shown_in || ' ' || relations.a_claim_id IN (SELECT value FROM words_of(:seen))
    AND relations.shown_in || ' ' || relations.b_claim_id IN (SELECT value FROM words_of(:seen))"""
Told = tuple[str, str, str, str, str]
"""A reason as it is kept: dimension, outcome, both values, the sentence."""
Loud = Mapping[int, Sequence[tuple[Any, ...]]]
"""By row the reasons that tell of more than sameness, the surest first: both claims, the relation's kind, the reason, its places in both."""
Within = Mapping[int, Collection[int]]
"""Rows and the claims of theirs that count, where not all do."""


def loud_of(connection: Connection, row_ids: Iterable[int], within: Within | None = None) -> Loud:
    """What is told otherwise, or in more detail, in these rows: a fraction of their reasons."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row_id, a, b, *reason in tuples(connection, _LOUD, ids=listed(sorted(row_ids))):
        if within is None or (a in within[row_id] and b in within[row_id]):
            found[row_id].append((a, b, *reason))
    return found


_WEIGHT = {Outcome.EXCLUDES: 0, Outcome.DIFFERS: 1, Outcome.LATER: 2, Outcome.DETAIL: 3, Outcome.SAME: 4}


def _marks_of(loud: Loud) -> dict[tuple[int, int], tuple[ReasonMark, ...]]:
    """What these reasons point at, by row and claim: each place once, with its weightiest outcome."""
    best: dict[tuple[int, int], dict[tuple[int, int], ReasonMark]] = defaultdict(dict)
    for row_id, reasons in loud.items():
        for a, b, _, dimension, outcome, _, _, _, a_start, a_end, b_start, b_end in reasons:
            for claim, start, end in ((a, a_start, a_end), (b, b_start, b_end)):
                if start is None:
                    continue
                mark = ReasonMark(start, end, Dimension(dimension), Outcome(outcome))
                marked = best[row_id, claim]
                have = marked.get((start, end))
                if have is None or (_WEIGHT[mark.outcome], mark.dimension) < (_WEIGHT[have.outcome], have.dimension):
                    marked[start, end] = mark
    return {at: tuple(sorted(marks.values(), key=lambda m: (m.start, m.end))) for at, marks in best.items()}


def reason_view(r: Mapping[str, Any]) -> ReasonView:
    return ReasonView(Dimension(r["dimension"]), Outcome(r["outcome"]), r["a"], r["b"], r["say"])


def reasons_of(
    connection: Connection, statuses: Mapping[int, Status], loud: Loud, within: Within | None = None
) -> dict[int, tuple[ReasonView, ...]]:
    """What made the rows' statuses, weightiest first, each said once; sameness is left out where something differs.

    What is the same in a row of many reports is said of every pair of them, thousands of times: it is read of those rows
    alone that have nothing else to say, and once.
    """
    heard = {i: [(kind, _told(reason)) for _, _, kind, *reason in loud.get(i, ())] for i in statuses}
    made = {i: [told for kind, told in heard[i] if kind == status.value] for i, status in statuses.items()}
    quiet = {i for i, own in made.items() if not own}
    same = _same(connection, sorted(quiet), within)
    for i in quiet:
        own = [told for kind, told in same[i] if kind == statuses[i].value]
        made[i] = own or [told for _, told in heard[i] or same[i]]
    return {i: _once(told) for i, told in made.items() if told}


def _told(reason: Sequence[Any]) -> Told:
    dimension, outcome, a, b, say, *_ = reason
    return dimension, outcome, a, b, say


def _same(connection: Connection, row_ids: Sequence[int], within: Within | None) -> dict[int, list[tuple[str, Told]]]:
    """What is the same in these rows, by the kind of the relations that say so."""
    seen = {"seen": listed([f"{i} {c}" for i in row_ids for c in within[i]])} if within is not None else {}
    found: dict[int, list[tuple[str, Told]]] = defaultdict(list)
    asked = _SAME % (_SEEN if seen else "")
    for row_id, kind, *reason in tuples(connection, asked, ids=listed(row_ids), **seen):
        found[row_id].append((kind, _told(reason)))
    return found


def _once(told: Iterable[Told]) -> tuple[ReasonView, ...]:
    views = (ReasonView(Dimension(d), Outcome(outcome), a, b, say) for d, outcome, a, b, say in dict.fromkeys(told))
    return tuple(sorted(views, key=lambda v: _WEIGHT[v.outcome]))


def parsed_moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def row_summary(r: Mapping[str, Any], flag: FlagView | None = None) -> RowSummary:
    return RowSummary(
        id=r["id"],
        label=r["shown_label"],
        status=Status(r["shown_status"]),
        between=Between(r["between"]) if r["between"] else None,
        dimensions=tuple(Dimension(d) for d in json.loads(r["dimensions"])),
        summary=r["summary"],
        outlets=r["outlets"],
        story=StoryRef(r["story_slug"], r["story_title"]),
        flag=flag,
        probability=round(r["probability"], PROBABILITY_PLACES),
    )


_SUMMARIES = f"""
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title
    FROM ids_of(:ids) AS wanted
    JOIN alignments ON alignments.id = wanted.value
    JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE {ROW_STANDS}
"""  # noqa: S608 - constants only


def summaries(connection: Connection, row_ids: Iterable[int]) -> dict[int, RowSummary]:
    """Rows in a line by id, in one statement."""
    return {r["id"]: row_summary(r) for r in ask_ids(connection, _SUMMARIES, sorted(set(row_ids)))}
