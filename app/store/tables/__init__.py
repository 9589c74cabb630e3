"""What is kept: one class a table, in the words of the glossary.

outlets, stories, articles, article_revisions, article_terms · actors, aliases, claims, claim_records, attributions,
actor_mentions, date_mentions, number_mentions · alignments, alignment_members, relations, reasons, kept_work · flags, flag_events, decisions ·
added_aliases · work, comments · corrections · snapshots, classes, class_marks · saved_searches · webhooks, deliveries ·
reviewers, tokens, sessions · audit · sources, seen_pages, leases · fetched_pages, page_bodies. The index of words
(`claim_index`, FTS5) is made by a migration and looked after by `app/store/index.py`.
"""

from app.store.tables.articles import ArticleRow, OutletRow, RevisionRow, StoryRow, TermRow
from app.store.tables.audit import AuditRow
from app.store.tables.base import Table, UtcDateTime
from app.store.tables.claims import (
    ActorMentionRow,
    ActorRow,
    AddedAliasRow,
    AliasRow,
    AttributionRow,
    ClaimRecordRow,
    ClaimRow,
    DateMentionRow,
    NumberMentionRow,
)
from app.store.tables.corrections import (
    ARTICLE_FIELDS,
    CLAIM_FIELDS,
    STORY_FIELDS,
    CorrectionRow,
)
from app.store.tables.frozen import ClassMarkRow, ClassRow, SnapshotRow
from app.store.tables.hooks import DELIVERY_STATES, DeliveryRow, WebhookRow
from app.store.tables.pages import FetchedPageRow, PageBodyRow
from app.store.tables.people import ReviewerRow, SessionRow, TokenRow
from app.store.tables.review import KINDS, DecisionRow, FlagEventRow, FlagRow
from app.store.tables.rows import AlignmentRow, KeptWorkRow, MemberRow, ReasonRow, RelationRow
from app.store.tables.saved import SavedSearchRow
from app.store.tables.sources import SOURCE_KINDS, LeaseRow, SeenRow, SourceRow
from app.store.tables.work import CommentRow, WorkRow

__all__ = [
    "ARTICLE_FIELDS",
    "CLAIM_FIELDS",
    "DELIVERY_STATES",
    "KINDS",
    "SOURCE_KINDS",
    "STORY_FIELDS",
    "ActorMentionRow",
    "ActorRow",
    "AddedAliasRow",
    "AliasRow",
    "AlignmentRow",
    "ArticleRow",
    "AttributionRow",
    "AuditRow",
    "ClaimRecordRow",
    "ClaimRow",
    "ClassMarkRow",
    "ClassRow",
    "CommentRow",
    "CorrectionRow",
    "DateMentionRow",
    "DecisionRow",
    "DeliveryRow",
    "FetchedPageRow",
    "FlagEventRow",
    "FlagRow",
    "KeptWorkRow",
    "LeaseRow",
    "MemberRow",
    "NumberMentionRow",
    "OutletRow",
    "PageBodyRow",
    "ReasonRow",
    "RelationRow",
    "ReviewerRow",
    "RevisionRow",
    "SavedSearchRow",
    "SeenRow",
    "SessionRow",
    "SnapshotRow",
    "SourceRow",
    "StoryRow",
    "Table",
    "TermRow",
    "TokenRow",
    "UtcDateTime",
    "WebhookRow",
    "WorkRow",
]
