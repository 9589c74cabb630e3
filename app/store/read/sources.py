"""Where a row's reports come from, and what one speaker said once: origins and utterances as views."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.core.records import ActorKind
from app.store.sql import ask, ask_ids, listed
from app.store.views import ActorRef, ClaimView, OriginView, UtteranceView, WordingView

if TYPE_CHECKING:  # what judges takes a second to load, and searching needs none of it
    from app.core.relation.origins import OriginClaim
    from app.core.relation.press import Press

__all__ = ["agency_lines", "origin_views", "row_utterances"]

_ENDS = """
    SELECT article_revisions.article_id, substr(text, 1, 250) || '\n' || substr(text, -150) AS ends,
        json_extract(record, '$.bylines') AS bylines
    FROM ids_of(:ids) AS wanted
    JOIN article_revisions ON article_revisions.article_id = wanted.value AND article_revisions.current
"""


def agency_lines(connection: Connection, article_ids: Iterable[int]) -> dict[int, Press | None]:
    """The agency whose line each article bears, if any."""
    from app.core.relation.press import agency_line

    return {
        r["article_id"]: agency_line(r["ends"], tuple(json.loads(r["bylines"] or "[]")))
        for r in ask_ids(connection, _ENDS, sorted(article_ids))
    }


def origin_views(claims: Sequence[ClaimView], lines: Mapping[int, Press | None]) -> tuple[OriginView, ...]:
    """The independent origins of claims that stand in one row."""
    from app.core.relation.origins import OriginReport, origins

    of_article: dict[int, list[ClaimView]] = {}
    for c in claims:
        of_article.setdefault(c.article.id, []).append(c)
    reports = [
        OriginReport(
            article=article_id,
            outlet_key=mine[0].article.outlet.key,
            outlet=mine[0].article.outlet.name,
            claims=tuple(_said(c) for c in mine),
            line=lines.get(article_id),
        )
        for article_id, mine in of_article.items()
    ]
    outlets = {c.article.outlet.key: c.article.outlet for c in claims}
    return tuple(
        OriginView(o.reason, tuple(outlets[key] for key in o.outlets), o.articles, o.say) for o in origins(reports)
    )


def _said(claim: ClaimView) -> OriginClaim:
    from app.core.relation.origins import OriginClaim

    names = (name for a in claim.attributions for name in (a.speaker.name if a.speaker else "", a.text) if name)
    return OriginClaim(claim.text, tuple(names))


_SPEAKERS = """
    SELECT actors.key, actors.name, actors.kind FROM words_of(:words) AS wanted JOIN actors ON actors.key = wanted.value
"""


def row_utterances(
    connection: Connection, kept: Mapping[int, str]
) -> Callable[[int, Mapping[int, ClaimView]], tuple[UtteranceView, ...]]:
    """Gives the utterances of a row among the claims that it shows; one that fewer than two of them word is left out."""
    read = {row_id: json.loads(text) for row_id, text in kept.items() if text != "[]"}
    keys = {u["speaker"] for us in read.values() for u in us}
    known = {
        r["key"]: ActorRef(r["key"], r["name"], ActorKind(r["kind"]))
        for r in ask(connection, _SPEAKERS, words=listed(sorted(keys)))
    }

    def of_row(row_id: int, shown: Mapping[int, ClaimView]) -> tuple[UtteranceView, ...]:
        found = []
        for u in read.get(row_id, ()):
            wordings = tuple(
                WordingView(c, shown[c].article.outlet, text, start, end, quoted)
                for c, text, start, end, quoted in u["wordings"]
                if c in shown
            )
            speaker = known.get(u["speaker"]) or ActorRef(u["speaker"], u["name"], ActorKind.UNNAMED)
            if len(wordings) > 1:
                found.append(UtteranceView(speaker, wordings, tuple(u["why"]), u["likeness"]))
        return tuple(found)

    return of_row
