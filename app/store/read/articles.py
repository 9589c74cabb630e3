# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""The article page, and outlets by name."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection

from app.core.records import Article, Status
from app.core.text import is_headline
from app.errors import NotFound
from app.store import codec
from app.store.corrected import article_as, corrections_in_force
from app.store.read.lines import ARTICLE_COLUMNS, article_ref, claims_in_rows, row_summary, summaries
from app.store.read.page_copies import page_copy
from app.store.read.rows import silences_of
from app.store.sql import ask, ask_ids
from app.store.views import ArticleView, ClaimView, OutletView, RevisionView, Underline

__all__ = ["article", "outlets"]

HEAD, TAIL = 250, 150
"""Characters of the body where an agency's line stands: as `sources.lines_of` reads them."""

_ARTICLE = f"""
    SELECT {ARTICLE_COLUMNS}, articles.story_id, stories.stale
    FROM standing_articles AS articles JOIN outlets ON outlets.id = articles.outlet_id JOIN standing_stories AS stories ON stories.id = articles.story_id
    WHERE articles.id = :id
"""
_REVISIONS = """
    SELECT id, number, current, content_hash, reader, kept_at FROM article_revisions WHERE article_id = :id ORDER BY number
"""
_OTHERS = """
    SELECT alignment_members.alignment_id AS row_id, claims.id AS claim_id
    FROM ids_of(:ids) AS wanted
    JOIN alignment_members ON alignment_members.alignment_id = wanted.value AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id AND claims.article_id <> :article
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    ORDER BY row_id, articles.published_key = '', articles.published_key, claims.article_id, claims.position
"""
_MISSING = """
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE alignments.story_id = :story AND alignments.shown = 1
      AND alignments.outlets >= min(2, (SELECT count(DISTINCT outlet_id) - 1 FROM standing_articles AS articles WHERE story_id = :story))
      AND NOT EXISTS (
        SELECT 1 FROM alignment_members JOIN claims ON claims.id = alignment_members.claim_id
        WHERE alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1 AND claims.article_id = :id
      )
    ORDER BY alignments.sort_matter
"""


def article(connection: Connection, article_id: int, number: int | None) -> ArticleView:
    found = ask(connection, _ARTICLE, id=article_id)
    if not found:
        raise _not_found(connection, article_id)
    revisions = ask(connection, _REVISIONS, id=article_id)
    chosen = [r for r in revisions if (r["current"] if number is None else r["number"] == number)]
    if not chosen:
        raise NotFound(f"article {article_id} has no revision {number}.")
    revision = chosen[0]
    kept = ask(connection, "SELECT text, record FROM article_revisions WHERE id = :id", id=revision["id"])[0]
    record = codec.read_article(kept["record"], kept["text"])
    if revision["current"]:
        record = article_as(record, corrections_in_force(connection, [article_id])[article_id])
    places = ask(
        connection,
        """SELECT id, row_id FROM claims WHERE revision_id = :id AND superseded = 0 AND aside = 0
        ORDER BY stands_in = 'body', start, "end" DESC, position""",
        id=revision["id"],
    )
    row_ids = sorted({p["row_id"] for p in places if p["row_id"]})
    own: dict[int, list[int]] = defaultdict(list)
    for p in places:
        own[p["row_id"] or 0].append(p["id"])
    others: dict[int, list[int]] = defaultdict(list)
    for o in ask_ids(connection, _OTHERS, row_ids, article=article_id):
        others[o["row_id"]].append(o["claim_id"])
    claims = claims_in_rows(connection, {i: (*own[i], *others[i]) for i in (*row_ids, 0)})
    rows = summaries(connection, row_ids)
    underlines = tuple(
        Underline(
            claims[p["row_id"] or 0][p["id"]],
            rows.get(p["row_id"]),
            tuple(claims[p["row_id"]][c] for c in others[p["row_id"]]) if p["row_id"] else (),
        )
        for p in places
    )
    ref = article_ref(found[0])
    compared = revision["current"] and not ref.waiting
    missing = ask(connection, _MISSING, id=article_id, story=found[0]["story_id"]) if compared else []
    from app.core.relation.press import agency_line

    line = agency_line(f"{kept['text'][:HEAD]}\n{kept['text'][-TAIL:]}", record.bylines)
    return ArticleView(
        article=ref,
        bylines=record.bylines,
        language=record.language,
        text=record.text,
        underlines=underlines,
        revisions=tuple(
            RevisionView(r["number"], datetime.fromisoformat(r["kept_at"]), r["content_hash"], bool(r["current"]))
            for r in revisions
        ),
        revision=revision["number"],
        alone=_alone(underlines, record),
        missing=tuple(row_summary(r) for r in missing),
        reader=revision["reader"],
        story_title=found[0]["story_title"],
        agency=line.name if line else None,
        waiting=bool(found[0]["stale"]),
        page=page_copy(connection, article_id, revision["number"]),
        silences=silences_of(connection, ref, {r["id"]: Status(r["shown_status"]) for r in missing}),
    )


def _not_found(connection: Connection, article_id: int) -> NotFound:
    deleted = ask(connection, "SELECT 1 FROM articles WHERE id = :id AND deleted_at IS NOT NULL", id=article_id)
    if deleted:
        return NotFound(f"article {article_id} was deleted.", mend="It can be restored on the page Corrections.")
    return NotFound(f"there is no article {article_id}.")


def _alone(underlines: tuple[Underline, ...], article: Article) -> tuple[ClaimView, ...]:
    """What only this article reports: claims of no headline whose row holds no other article, be they at odds among themselves."""
    own = (u.claim for u in underlines if u.row is not None and not u.others)
    return tuple(claim for claim in own if not is_headline(claim, article))


def outlets(connection: Connection) -> tuple[OutletView, ...]:
    found = ask(
        connection,
        """SELECT key, name, country FROM outlets
        WHERE EXISTS (SELECT 1 FROM standing_articles AS articles WHERE articles.outlet_id = outlets.id) ORDER BY name, key""",
    )
    return tuple(OutletView(r["key"], r["name"], r["country"]) for r in found)
