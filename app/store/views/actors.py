"""The actor page: what is said by and about one, where it stood, how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.store.views.basics import ActorRef, Facet, OutletView, Slice
from app.store.views.claims import ClaimView

__all__ = ["ActorCard", "ActorClaim", "ActorView", "AliasView", "PositionView"]


@dataclass(frozen=True, slots=True)
class ActorClaim:
    """One claim by or about an actor, with the stance it shows on its row's proposition."""

    claim: ClaimView
    by: bool  # said by the actor; otherwise about the actor
    stance: str | None  # affirms | denies | declines | None
    event: str | None  # ISO value of the claim's main date


@dataclass(frozen=True, slots=True)
class ActorView:
    actor: ActorRef
    role: str | None
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]  # aliases that others bear too
    said: Slice[ActorClaim]
    by_count: int
    about_count: int
    outlets: tuple[Facet, ...]
    stories: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorCard:
    actor: ActorRef
    role: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class PositionView:
    """Where an actor stood on a matter, once, as one outlet has it.

    `matter` groups what is about one thing: the row that several claims share, else the kind of act and whose act it is.
    `changed`: the stance differs from the one before it in time on this matter (unclear ones aside).
    """

    matter: str
    label: str
    action: str | None  # action class: "apologise"
    stance: Literal["affirms", "denies", "declines", "unclear"]
    day: date | None  # when it was said, as the claim tells; else when it was published
    day_from: Literal["claim", "published"] | None
    outlet: OutletView
    claim: ClaimView
    alignment_id: int | None
    changed: bool = False
    before: str | None = None  # the stance it changed from


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name that a person added to an actor."""

    id: int
    actor: ActorRef
    text: str
    by: str
    at: datetime
    removed_by: str | None = None
    removed_at: datetime | None = None
