"""Which rows a reader chose, as an address and a file say it: the parameters that were given, none that is as usual."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.store import EVERY_ROW, Filters

__all__ = ["EVERY", "Chosen", "chosen_line", "chosen_of", "is_part"]

Chosen = Mapping[str, str]
EVERY: Chosen = MappingProxyType({})
_ORDER_ALONE = {"sort", "date_of"}


def chosen_of(filters: Filters) -> Chosen:
    """`{"status": "conflict", "from": "2019-11-22"}`, in one order; empty for every row in the usual order.

    >>> chosen_of(Filters(status="conflict", outlets=("kbs", "npr"), only_differences=True))
    {'status': 'conflict', 'only': '1', 'outlets': 'kbs,npr'}
    """
    usual = EVERY_ROW
    dated = filters.since or filters.until
    told = {
        "status": filters.status,
        "outlet": filters.outlet,
        "actor": filters.actor,
        "from": filters.since,
        "to": filters.until,
        "date_of": filters.date_of if dated and filters.date_of != usual.date_of else None,
        "only": "1" if filters.only_differences else None,
        "sort": filters.sort if filters.sort != usual.sort else None,
        "strictness": None if filters.strictness is None else f"{filters.strictness:g}",
        "outlets": ",".join(filters.outlets),
    }
    return {name: str(value) for name, value in told.items() if value not in (None, "")}


def is_part(chosen: Chosen) -> bool:
    """Whether rows or claims may have been left out: an order leaves nothing out."""
    return bool(chosen.keys() - _ORDER_ALONE)


def chosen_line(chosen: Chosen) -> str:
    """`status=conflict, from=2019-11-22`: what stands in a file that is not the whole story; "" where it is."""
    return ", ".join(f"{name}={value}" for name, value in chosen.items()) if is_part(chosen) else ""
