"""A search as conditions on claims: each can be tested, and each gives the claims that meet it by an index of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import Connection

from app.errors import BadInput
from app.store.read import streams
from app.store.read.corrections import merged_into
from app.store.read.filters import status_of
from app.store.read.streams import Stream
from app.store.read.whom import resolve, theirs
from app.store.search import TermWanted, match_expression, parse_query
from app.store.sql import listed
from app.store.terms import stamp
from app.store.views import Query

__all__ = ["CAME", "MOST_CHARS", "REVISION", "Condition", "SearchQuestion", "search_question"]

MOST_CHARS = 500
REVISION = "CROSS JOIN article_revisions AS its ON its.id = claims.revision_id"
CAME = """CASE WHEN its.number = 1 THEN its.kept_at ELSE (
    SELECT min(first.kept_at) FROM claims AS same JOIN article_revisions AS first ON first.id = same.revision_id
    WHERE same.article_id = claims.article_id AND same.fingerprint = claims.fingerprint) END"""
"""When the article first stated it here: what a later revision says again is not new."""
_WORDS = """claims.id IN (
    SELECT claim_index.rowid FROM claim_index WHERE claim_index MATCH :match AND claim_index.rowid BETWEEN :least AND :greatest)"""
_WITHOUT = """claims.article_id NOT IN (
    SELECT said.article_id FROM claim_index CROSS JOIN claims AS said ON said.id = claim_index.rowid
    WHERE claim_index MATCH :without AND said.current = 1)"""
_TOLD = (
    "EXISTS (SELECT 1 FROM date_mentions WHERE claim_id = claims.id AND +date_from <= :until AND +date_to >= :since)"
)
_WHOLLY = """(NOT EXISTS (SELECT 1 FROM date_mentions WHERE claim_id = claims.id AND +date_from >= :since AND +date_to <= :until))"""
"""What lies wholly inside the days asked for goes before what reaches beyond them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`test` is SQL over `claims`, `articles` and, for what came, `its` revision; without a `stream` it cannot begin."""

    test: str
    stream: Stream | None
    told_by_stream: bool = True  # whoever is in the stream meets it


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is asked. `first` and `when`: SQL of what hits are ordered by, where their words do not rank them."""

    conditions: tuple[Condition, ...]
    values: Mapping[str, object]
    wanted: tuple[TermWanted, ...]
    first: str
    when: str
    nothing: bool = False  # nothing but signs: nothing is found, rather than everything


def search_question(connection: Connection, query: Query) -> SearchQuestion:
    if len(query.q) > MOST_CHARS:
        raise BadInput(f"a question is at most {MOST_CHARS} characters long.", where="q")
    if query.date_of not in ("event", "published"):
        raise BadInput("dates are those of the event or those of publication.", where="date_of")
    asked = parse_query(normalize("NFC", query.q))  # as it is kept, however a keyboard takes letters apart
    status = status_of(query.relation)
    conditions: list[Condition] = []
    values: dict[str, object] = {}
    first = "0"
    if query.came_after:
        conditions.append(
            Condition(f"its.kept_at > :came_after AND {CAME} > :came_after", streams.CAME, told_by_stream=False)
        )
        values["came_after"] = stamp(query.came_after)
    if query.since or query.until:
        values["since"] = query.since.isoformat() if query.since else "0000-00-00"
        values["reach"] = (
            f"{max(0, query.since.year - 2):04}{query.since.isoformat()[4:]}" if query.since else "0000-00-00"
        )
        values["until"] = query.until.isoformat() if query.until else "9999-99-99"
        if query.date_of == "published":
            conditions.append(Condition("articles.published_key BETWEEN :since AND :until", streams.PUBLISHED))
        else:
            conditions.append(Condition(_TOLD, streams.TOLD))
            first = _WHOLLY
    if asked.wanted:
        conditions.append(Condition(_WORDS, streams.WORDS))
        values["match"] = match_expression(asked.all)
    if asked.none:
        conditions.append(Condition(_WITHOUT, None, told_by_stream=False))
        values["without"] = match_expression([asked.none])
    if query.actor:
        ids = resolve(connection, query.actor)
        stream, its = streams.actors_stream(ids)
        conditions.append(Condition(theirs("claims.id"), stream))
        values |= {**its, "actors": listed(ids)}
    if query.outlet:
        test = "articles.outlet_id = (SELECT id FROM outlets WHERE key = :outlet)"
        conditions.append(Condition(test, streams.OUTLET))
        values["outlet"] = query.outlet
    if status:
        test = "(SELECT shown_status FROM alignments WHERE alignments.id = claims.row_id) = :status"
        conditions.append(Condition(test, streams.STATUS))
        values["status"] = status.value
    if query.story:
        test = "articles.story_id = (SELECT id FROM standing_stories AS stories WHERE slug = :story)"
        conditions.append(Condition(test, streams.STORY))
        values["story"] = merged_into(connection, query.story) or query.story
    when = "claims.event_from, articles.published_key" if query.date_of == "event" else "articles.published_key"
    return SearchQuestion(
        tuple(conditions),
        values,
        asked.wanted,
        first,
        f"coalesce({when}, '')",
        nothing=bool(query.q.strip()) and not asked.wanted and not asked.none,
    )
