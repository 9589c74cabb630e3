"""What the form above every list holds: words, an order; and the chips under it, with how many each would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Query, Request

from app.store.read.listing import ORDERS
from app.web.pages.fields import choice_of
from app.web.pages.links import changed
from app.web.words import WORDS

__all__ = ["Chip", "FindForm", "Key", "Words", "chips", "find_form"]

K = TypeVar("K", bound=str)
Words = Annotated[str, Query(max_length=200)]
Key = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class FindForm:
    """As typed. `narrowed`: something of it is not as it usually is."""

    q: str
    order: str
    orders: Mapping[str, str]
    narrowed: bool


@dataclass(frozen=True, slots=True)
class Chip:
    key: str
    label: str
    number: int
    href: str
    chosen: bool


def find_form(listed: str, q: str, order: str, *filters: object) -> FindForm:
    usual = next(iter(ORDERS[listed]))
    chosen = choice_of(order, ORDERS[listed], usual)
    orders = {key: WORDS.order[key] for key in ORDERS[listed]}
    return FindForm(q.strip(), chosen, orders, bool(q.strip() or chosen != usual or any(filters)))


def chips(
    request: Request, field: str, chosen: str, labels: Mapping[K, str], counts: Mapping[K, int], every: int
) -> tuple[Chip, ...]:
    """A chip for all and one for each choice of a field that leaves something, or is made."""
    return Chip("", "all", every, changed(request, {field: None}), not chosen), *(
        Chip(key, label, counts.get(key, 0), changed(request, {field: key}), chosen == key)
        for key, label in labels.items()
        if counts.get(key) or chosen == key
    )
