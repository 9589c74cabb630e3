"""Webhooks and their delivery log. No view but `Posting` holds a secret, and that one is for whoever sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

__all__ = ["EVENTS", "Delivery", "DeliveryState", "Event", "Posting", "Webhook"]

Event = Literal["conflict", "article", "flag", "decision", "test"]
EVENTS: tuple[Event, ...] = tuple(e for e in get_args(Event) if e != "test")
"""What may be asked for; a test is sent when a person asks for one."""
DeliveryState = Literal["waiting", "sent", "given up"]


@dataclass(frozen=True, slots=True)
class Webhook:
    """`waiting` and `given_up`: how many deliveries are in that state."""

    id: int
    name: str
    url: str
    events: tuple[Event, ...]
    story: str | None
    by: str
    at: datetime
    ended_at: datetime | None
    sent: int
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """`answer`: what came back the last time, in a few words. `due`: when a waiting one is tried next."""

    id: int
    webhook_id: int
    event: Event
    body: str
    at: datetime
    state: DeliveryState
    due: datetime
    attempts: int
    tried_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A delivery that whoever asked for it has to themselves for a while, to be sent."""

    id: int
    webhook_id: int
    event: str
    url: str
    body: str
    attempts: int  # this one included
    secret: str = field(repr=False)
