"""Other programs that are told what happens here, and what they were told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of, only_where

__all__ = ["DELIVERY_STATES", "DeliveryRow", "WebhookRow"]

DELIVERY_STATES = ("waiting", "sent", "given up")


class WebhookRow(Table, table=True):
    """Where to send what. `secret` signs what is sent, so it is kept as it is; it is shown once, and never again told to anybody.

    `events`: the kinds wanted, between commas with one at each end. `story`: only of this one (its slug).
    """

    __tablename__ = "webhooks"
    __table_args__ = (
        Index(
            "ix_webhooks_kept",
            "folded",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    url: str
    events: str
    story: str | None = None
    secret: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeliveryRow(Table, table=True):
    """One thing to tell one webhook: written with the change that it tells of. `due` is when it is tried (again), `held_until`
    until when whoever is sending it has it to themselves.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        one_of("state", DELIVERY_STATES),
        Index(
            "ix_deliveries_due",
            "due",
            **only_where("state = 'waiting'"),
        ),
        Index(None, "webhook_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhooks.id")
    event: str
    body: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    due: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = ""
