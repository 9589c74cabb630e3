"""Tables of everything that is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables.base import only_where

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('person', 'organisation', 'state', 'treaty', 'unnamed')", name=op.f("ck_actors_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        sa.UniqueConstraint("key", name=op.f("uq_actors_key")),
    )
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("key", name=op.f("uq_outlets_key")),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("matrix", sa.String(), nullable=False),
        sa.Column("timeline", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("slug", name=op.f("uq_stories_slug")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_changed_at"), ["changed_at"], unique=False)

    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actors.id"], name=op.f("fk_aliases_actor_id_actors"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("actor_id", "folded", name=op.f("uq_aliases_actor_id_folded")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aliases_folded"), ["folded"], unique=False)

    op.create_table(
        "alignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("retired_at", sa.String(length=32), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("shown_label", sa.String(), nullable=False),
        sa.Column("shown_status", sa.String(), nullable=False),
        sa.Column("between", sa.String(), nullable=True),
        sa.Column("dimensions", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("event_from", sa.String(), nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("sort_matter", sa.String(), nullable=False),
        sa.Column("sort_event", sa.String(), nullable=False),
        sa.Column("sort_reading", sa.String(), nullable=False),
        sa.Column("queue_state", sa.String(), nullable=True),
        sa.Column("queue_sort", sa.String(), nullable=True),
        sa.CheckConstraint("\"between\" IN ('outlets', 'actors')", name=op.f("ck_alignments_between")),
        sa.CheckConstraint(
            "\"queue_state\" IN ('open', 'confirmed', 'dismissed')", name=op.f("ck_alignments_queue_state")
        ),
        sa.CheckConstraint(
            "\"shown_status\" IN ('conflict', 'diverge', 'updated', 'agree', 'single-source')",
            name=op.f("ck_alignments_shown_status"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('conflict', 'diverge', 'updated', 'agree', 'single-source')",
            name=op.f("ck_alignments_status"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["alignments.id"],
            name=op.f("fk_alignments_merged_into_id_alignments"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_alignments_story_id_stories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alignments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alignments_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alignments_queue_sort"), ["queue_sort"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_alignments_queue_state_queue_sort"), ["queue_state", "queue_sort"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_alignments_story_id_shown_shown_status_sort_matter"),
            ["story_id", "shown", "shown_status", "sort_matter"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_alignments_story_id_shown_sort_event"), ["story_id", "shown", "sort_event"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_alignments_story_id_shown_sort_matter"), ["story_id", "shown", "sort_matter"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_alignments_story_id_shown_sort_reading"), ["story_id", "shown", "sort_reading"], unique=False
        )

    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(), nullable=True),
        sa.Column("published_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("excerpt", sa.Boolean(), nullable=False),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "\"published_from\" IN ('manifest', 'option', 'meta', 'url', 'text')",
            name=op.f("ck_articles_published_from"),
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_articles_outlet_id_outlets")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_articles_story_id_stories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("identity", name=op.f("uq_articles_identity")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_articles_outlet_id_published_key"), ["outlet_id", "published_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_articles_published_key"), ["published_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_articles_story_id_published_key"), ["story_id", "published_key"], unique=False
        )

    op.create_table(
        "article_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_revisions_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revisions")),
        sa.UniqueConstraint("article_id", "content_hash", name=op.f("uq_article_revisions_article_id_content_hash")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_article_revisions_article_id_number")),
    )
    with op.batch_alter_table("article_revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_revisions_content_hash"), ["content_hash"], unique=False)
        batch_op.create_index(
            "ix_article_revisions_current",
            ["article_id"],
            unique=True,
            **only_where("current", postgresql="current = 1"),
        )

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.String(length=32), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "\"kind\" IN ('confirm', 'reject', 'merge', 'split', 'relabel')", name=op.f("ck_decisions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["alignment_id"], ["alignments.id"], name=op.f("fk_decisions_alignment_id_alignments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["alignments.id"], name=op.f("fk_decisions_target_id_alignments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_alignment_id"), ["alignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_target_id"), ["target_id"], unique=False)

    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=32), nullable=True),
        sa.CheckConstraint("\"state\" IN ('open', 'confirmed', 'dismissed')", name=op.f("ck_flags_state")),
        sa.ForeignKeyConstraint(
            ["alignment_id"], ["alignments.id"], name=op.f("fk_flags_alignment_id_alignments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
        sa.UniqueConstraint("alignment_id", "by", name=op.f("uq_flags_alignment_id_by")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flags_withdrawn_at_at"), ["withdrawn_at", "at"], unique=False)

    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("local_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stands_in", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("event_value", sa.String(), nullable=True),
        sa.Column("event_grain", sa.String(), nullable=True),
        sa.Column("event_from", sa.String(), nullable=True),
        sa.Column("event_to", sa.String(), nullable=True),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "\"event_grain\" IN ('year', 'quarter', 'month', 'week', 'day', 'hour', 'minute')",
            name=op.f("ck_claims_event_grain"),
        ),
        sa.CheckConstraint("\"stands_in\" IN ('body', 'headline')", name=op.f("ck_claims_stands_in")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_claims_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["article_revisions.id"],
            name=op.f("fk_claims_revision_id_article_revisions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["alignments.id"], name=op.f("fk_claims_row_id_alignments"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("revision_id", "local_id", name=op.f("uq_claims_revision_id_local_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_claims_article_id_current_position"), ["article_id", "current", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_claims_current_event_from"), ["current", "event_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_row_id"), ["row_id"], unique=False)

    op.create_table(
        "flag_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "\"what\" IN ('raised', 'noted', 'open', 'confirmed', 'dismissed', 'withdrawn')",
            name=op.f("ck_flag_events_what"),
        ),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flags.id"], name=op.f("fk_flag_events_flag_id_flags"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_events")),
    )
    with op.batch_alter_table("flag_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_events_flag_id"), ["flag_id"], unique=False)

    op.create_table(
        "actor_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_actor_mentions_actor_id_actors")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_actor_mentions_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_mentions")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_actor_mentions_claim_id_position")),
    )
    with op.batch_alter_table("actor_mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actor_mentions_actor_id_claim_id"), ["actor_id", "claim_id"], unique=False)

    op.create_table(
        "alignment_members",
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("by_machine", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alignment_id"],
            ["alignments.id"],
            name=op.f("fk_alignment_members_alignment_id_alignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_alignment_members_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alignment_id", "claim_id", name=op.f("pk_alignment_members")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("alignment_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alignment_members_claim_id_alignment_id"), ["claim_id", "alignment_id"], unique=False
        )

    op.create_table(
        "attributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("cue", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("\"stance\" IN ('affirms', 'denies', 'declines')", name=op.f("ck_attributions_stance")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_attributions_actor_id_actors")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_attributions_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attributions")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_attributions_claim_id_position")),
    )
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attributions_actor_id_claim_id"), ["actor_id", "claim_id"], unique=False)

    op.create_table(
        "claim_records",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_claim_records_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_claim_records")),
    )
    op.create_table(
        "date_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("upto", sa.String(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("date_from", sa.String(), nullable=True),
        sa.Column("date_to", sa.String(), nullable=True),
        sa.CheckConstraint(
            "\"grain\" IN ('year', 'quarter', 'month', 'week', 'day', 'hour', 'minute')",
            name=op.f("ck_date_mentions_grain"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_date_mentions_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_mentions")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_date_mentions_claim_id_position")),
    )
    with op.batch_alter_table("date_mentions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_date_mentions_date_from_date_to_claim_id"),
            ["date_from", "date_to", "claim_id"],
            unique=False,
        )

    op.create_table(
        "number_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("upto", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("counts", sa.String(), nullable=True),
        sa.Column("hedge", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "\"hedge\" IN ('exact', 'about', 'at_least', 'at_most')", name=op.f("ck_number_mentions_hedge")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_number_mentions_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_mentions")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_number_mentions_claim_id_position")),
    )
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("a_claim_id", sa.Integer(), nullable=False),
        sa.Column("b_claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("between", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("shown_in", sa.Integer(), nullable=True),
        sa.CheckConstraint("\"between\" IN ('outlets', 'actors')", name=op.f("ck_relations_between")),
        sa.CheckConstraint("\"kind\" IN ('conflict', 'diverge', 'updated', 'agree')", name=op.f("ck_relations_kind")),
        sa.ForeignKeyConstraint(
            ["a_claim_id"], ["claims.id"], name=op.f("fk_relations_a_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["alignment_id"], ["alignments.id"], name=op.f("fk_relations_alignment_id_alignments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["b_claim_id"], ["claims.id"], name=op.f("fk_relations_b_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["shown_in"], ["alignments.id"], name=op.f("fk_relations_shown_in_alignments"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sa.UniqueConstraint(
            "alignment_id", "a_claim_id", "b_claim_id", name=op.f("uq_relations_alignment_id_a_claim_id_b_claim_id")
        ),
    )
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relations_a_claim_id"), ["a_claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relations_b_claim_id"), ["b_claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relations_shown_in"), ["shown_in"], unique=False)

    op.create_table(
        "reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("a", sa.String(), nullable=False),
        sa.Column("b", sa.String(), nullable=False),
        sa.Column("say", sa.String(), nullable=False),
        sa.Column("a_start", sa.Integer(), nullable=True),
        sa.Column("a_end", sa.Integer(), nullable=True),
        sa.Column("b_start", sa.Integer(), nullable=True),
        sa.Column("b_end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "\"dimension\" IN ('date', 'number', 'polarity', 'role', 'speaker', 'place', 'wording')",
            name=op.f("ck_reasons_dimension"),
        ),
        sa.CheckConstraint(
            "\"outcome\" IN ('same', 'detail', 'differs', 'excludes', 'later')", name=op.f("ck_reasons_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"], ["relations.id"], name=op.f("fk_reasons_relation_id_relations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
        sa.UniqueConstraint("relation_id", "position", name=op.f("uq_reasons_relation_id_position")),
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
