"""The API, version 1: the read models as JSON, and the writes of the pages, for programs.

Every list has {items, total, next} and a `Link` header; every error is problem+json; every GET has an ETag.
"""

from __future__ import annotations

from fastapi import APIRouter

from app.web.api import (
    actors,
    aliases,
    alignments,
    articles,
    claims,
    conflicts,
    corrections,
    outlets,
    pruning,
    searches,
    snapshots,
    sources,
    stories,
    versions,
    webhooks,
    work,
)

__all__ = ["TAGS", "router"]

TAGS = [
    {"name": "stories", "description": "A story is the articles about one event; its alignments are the rows."},
    {"name": "alignments", "description": "A row: claims about the same proposition, with relations and reasons."},
    {"name": "articles", "description": "What outlets published, as it was read; new ones are added here."},
    {"name": "claims", "description": "Search by words, actor, outlet, relation and two kinds of date."},
    {"name": "actors", "description": "Who is spoken of and who speaks."},
    {"name": "outlets", "description": "Who publishes, and how it stands beside others."},
    {"name": "review", "description": "Flags, decisions and the queue of conflicts."},
    {
        "name": "corrections",
        "description": "What people corrected, deleted, moved, merged and split; each can be undone.",
    },
    {"name": "snapshots", "description": "A story frozen as it was, to be cited: never changed, never deleted."},
    {"name": "sources", "description": "Feeds and pages that are read on a schedule."},
    {
        "name": "webhooks",
        "description": "Other programs that are told what happens here, signed, and what they were told.",
    },
    {"name": "health", "description": "For supervisors; what is old and may go."},
]

router = APIRouter(prefix="/api/v1")
for part in (
    stories,
    alignments,
    articles,
    versions,
    claims,
    actors,
    outlets,
    aliases,
    conflicts,
    corrections,
    searches,
    snapshots,
    webhooks,
    work,
    sources,
    pruning,
):
    router.include_router(part.router)
