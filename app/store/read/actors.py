# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""The actor page, and the list of actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import ActorKind
from app.core.text import fold
from app.errors import BadInput, NotFound
from app.store.read import listing
from app.store.read.cursor import Keyset
from app.store.read.lines import claim_views
from app.store.read.whom import resolve
from app.store.sql import ask, ask_ids
from app.store.views import ActorCard, ActorClaim, ActorList, ActorRef, ActorView, Facet, Slice

__all__ = ["ClaimsWanted", "actor", "actor_list", "actors"]

_SAID = """
    WITH mine AS (
        SELECT claim_id, max(by) AS by, max(stance) AS stance FROM (
            SELECT claim_id, 1 AS by, stance FROM attributions WHERE actor_id IN (SELECT value FROM ids_of(:ids))
            UNION ALL
            SELECT claim_id, 0, NULL FROM actor_mentions WHERE actor_id IN (SELECT value FROM ids_of(:ids))
        ) AS every GROUP BY claim_id
    ),
    said AS (
        SELECT claims.id, mine.by, mine.stance, claims.event_value, articles.outlet_id, articles.story_id,
            coalesce(claims.event_from, nullif(articles.published_key, ''), '9999-99-99') AS day
        FROM mine JOIN claims ON claims.id = mine.claim_id AND claims.current = 1
        JOIN standing_articles AS articles ON articles.id = claims.article_id
    )
"""
_AMBIGUOUS = """
    SELECT DISTINCT aliases.text FROM ids_of(:ids) AS wanted
    JOIN aliases ON aliases.actor_id = wanted.value
    JOIN aliases AS other ON other.folded = aliases.folded
    WHERE other.actor_id NOT IN (SELECT value FROM ids_of(:ids)) ORDER BY aliases.text
"""


@dataclass(frozen=True, slots=True)
class ClaimsWanted:
    """Which of an actor's claims: keys of an outlet and a story, the date told (else of publication) between two days."""

    side: str = "all"  # all | by | about
    outlet: str | None = None
    story: str | None = None
    since: date | None = None
    until: date | None = None


def actor(connection: Connection, key: str, wanted: ClaimsWanted, cursor: str | None, limit: int) -> ActorView:
    found = ask(connection, "SELECT * FROM actors WHERE key = :key", key=key)
    if not found:
        raise NotFound(f"there is no actor {key!r}.")
    r = found[0]
    if wanted.side not in ("all", "by", "about"):
        raise BadInput("claims are by an actor, about one, or all.", where="side")
    # A bare family name is everybody known to bear it: what articles say of "Motegi" is said of Toshimitsu Motegi.
    ids = sorted({r["id"], *resolve(connection, key)}) if r["kind"] == "person" and " " not in r["name"] else [r["id"]]
    days, values = _days(wanted)
    where = {"all": "1 = 1", "by": "said.by = 1", "about": "said.by = 0"}[wanted.side] + days
    for name, table in (("outlet", "outlets WHERE key"), ("story", "stories WHERE slug")):
        if chosen := getattr(wanted, name):
            where += f" AND said.{name}_id = (SELECT id FROM {table} = :{name})"
            values[name] = chosen
    page = Keyset(("said.day", "said.id"), (str, int)).page(
        cursor,
        limit,
        lambda tail, at: ask_ids(connection, f"{_SAID} SELECT * FROM said WHERE {where}{tail}", ids, **values, **at),
        lambda s: (s["day"], s["id"]),
    )
    counts = ask_ids(
        connection,
        f"""{_SAID} SELECT outlets.key, outlets.name, stories.slug, stories.title, count(*) AS n, sum(said.by) AS by
        FROM said JOIN outlets ON outlets.id = said.outlet_id JOIN standing_stories AS stories ON stories.id = said.story_id
        WHERE 1 = 1{days} GROUP BY outlets.id, stories.id, stories.slug, stories.title""",
        ids,
        **{k: v for k, v in values.items() if k in ("since", "until")},
    )
    claims = claim_views(connection, [s["id"] for s in page.rows])
    aliases = ask_ids(
        connection,
        """SELECT text FROM ids_of(:ids) AS wanted JOIN aliases ON aliases.actor_id = wanted.value
        GROUP BY text ORDER BY length(text) DESC, text""",
        ids,
    )
    ambiguous = [a["text"] for a in ask_ids(connection, _AMBIGUOUS, ids)]
    if r["ambiguous"]:
        ambiguous = sorted({*ambiguous, r["name"]})
    of_outlet = [c for c in counts if wanted.outlet in (None, c["key"])]
    of_story = [c for c in counts if wanted.story in (None, c["slug"])]
    both = [c for c in of_outlet if c in of_story]
    by, every = sum(c["by"] for c in both), sum(c["n"] for c in both)
    return ActorView(
        actor=ActorRef(r["key"], r["name"], ActorKind(r["kind"])),
        role=r["role"],
        aliases=tuple(a["text"] for a in aliases if a["text"] != r["name"]),
        ambiguous=tuple(ambiguous),
        said=Slice(
            tuple(
                ActorClaim(claims[s["id"]], bool(s["by"]), s["stance"] if s["by"] else None, s["event_value"])
                for s in page.rows
            ),
            {"all": every, "by": by, "about": every - by}[wanted.side],
            page.next,
            page.previous,
        ),
        by_count=by,
        about_count=every - by,
        outlets=_facets(of_story, "key", "name"),
        stories=_facets(of_outlet, "slug", "title"),
    )


def _days(wanted: ClaimsWanted) -> tuple[str, dict[str, object]]:
    where, values = "", {}
    for name, sign in (("since", ">="), ("until", "<=")):
        if day := getattr(wanted, name):
            where += f" AND said.day <> '9999-99-99' AND said.day {sign} :{name}"
            values[name] = day.isoformat()
    return where, values


def _facets(counts: Sequence[Mapping[str, Any]], key: str, label: str) -> tuple[Facet, ...]:
    """The values of one filter under the others, those of most claims first."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for c in counts:
        found[c[key], c[label]] += c["n"]
    return tuple(Facet(k, text, n) for (k, text), n in sorted(found.items(), key=lambda f: (-f[1], f[0][1], f[0][0])))


_ROWS = """
    SELECT actors.id, actors.key, actors.name AS title, actors.kind, actors.role, actors.claims, fold(actors.name) AS name
    FROM actors WHERE actors.kind <> 'unnamed' AND actors.claims > 0
"""


def _listing(asked: listing.ListWanted) -> listing.Listing:
    where, values = "1 = 1", dict[str, object]()
    for i, word in enumerate(fold(asked.q).replace("-", " ").split()):
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        where += f""" AND EXISTS (SELECT 1 FROM aliases WHERE aliases.actor_id = listed.id
            AND ' ' || replace(aliases.folded, '-', ' ') LIKE :word{i} ESCAPE '\\')"""
        values[f"word{i}"] = f"% {plain}%"
    if asked.kind:
        if asked.kind not in set(ActorKind):
            raise BadInput(f"no actor is a {asked.kind!r}.", where="kind", mend=f"Use one of {', '.join(ActorKind)}.")
        where, values["kind"] = where + " AND listed.kind = :kind", asked.kind
    return listing.Listing(_ROWS, where, values)


def actors(connection: Connection, asked: listing.ListWanted, cursor: str | None, limit: int) -> Slice[ActorCard]:
    listed = _listing(asked)
    page = listed.page(connection, listing.order_of("actors", asked.order), cursor, limit)
    cards = tuple(
        ActorCard(ActorRef(r["key"], r["title"], ActorKind(r["kind"])), r["role"], r["claims"]) for r in page.rows
    )
    return Slice(cards, listed.total(connection), page.next, page.previous)


def actor_list(connection: Connection, asked: listing.ListWanted, cursor: str | None, limit: int) -> ActorList:
    counted = _listing(asked.but("kind")).ask(connection, "SELECT listed.kind, count(*) AS n", " GROUP BY 1")
    kinds = {r["kind"]: r["n"] for r in counted}
    return ActorList(actors(connection, asked, cursor, limit), {k: kinds[k] for k in ActorKind if k in kinds})
