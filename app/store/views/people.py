"""People who may write, their tokens, and who was let in by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.roles import Role, Scope

__all__ = ["Admitted", "PersonView", "TokenView"]


@dataclass(frozen=True, slots=True)
class TokenView:
    """What may be shown of a token: never its secret part."""

    id: int
    person_id: int
    person: str
    name: str
    scope: Scope
    prefix: str
    by: str
    at: datetime
    last_used: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonView:
    id: int
    name: str
    role: Role
    by: str
    at: datetime
    ended_at: datetime | None
    tokens: tuple[TokenView, ...] = ()  # the live ones, the newest last


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody whose token or session is right, as the database says now. `token_id` None: let in by the house's own sign-in."""

    person_id: int
    name: str
    role: Role
    scope: Scope
    token_id: int | None
