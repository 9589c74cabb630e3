"""What the form above every list holds: words, an order; and the chips under it, with how many each would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from app.store.read.listing import ORDERS
from app.web.pages.fields import one_of
from app.web.words import WORDS

__all__ = ["Chip", "FindForm", "Key", "Words", "find_form"]

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
    chosen = one_of(order, ORDERS[listed], usual)
    orders = {key: WORDS.order[key] for key in ORDERS[listed]}
    return FindForm(q.strip(), chosen, orders, bool(q.strip() or chosen != usual or any(filters)))
