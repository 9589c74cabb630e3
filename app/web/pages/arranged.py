"""How a story's rows are laid out: each by the outlets that report it, or in a column an outlet; and which columns stand where.

The address says it first, then the reader's own browser, which remembers the layout (nothing else is kept, and nothing here).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from app.exports.lines import Column

__all__ = ["COOKIE", "FITS", "LAYOUTS", "Arrangement", "Menu", "arrangement_of", "menus_of", "remember"]

COOKIE = "parallax-layout"
FITS = 5
"""Columns that a window holds at a width to read; more scroll by themselves, and the usual look is another."""
_MOST = 60
"""Outlets that an address may name."""
_KEPT_SECONDS = 365 * 24 * 3600

Layout = Literal["reports", "columns"]
LAYOUTS: tuple[Layout, ...] = ("reports", "columns")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a reader chose; `layout` None: the usual one for so many columns. Outlets are told by their keys."""

    layout: Layout | None = None
    pinned: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def layout_for(self, columns: int) -> Layout:
        """Two face each other whatever was chosen: there is nothing to bring forward."""
        if columns <= 2:
            return "columns"
        return self.layout or ("reports" if columns > FITS else "columns")

    def arranged(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Those that are shown: pinned ones first, then in the order that was made, then as they were published.

        All of them where every one would be hidden: an empty table says nothing.
        """
        wanted = [*self.pinned, *self.order]
        rank = {key: n for n, key in reversed(list(enumerate(wanted)))}
        shown = [c for c in columns if c.outlet.key not in self.hidden] or columns
        return tuple(sorted(shown, key=lambda c: rank.get(c.outlet.key, len(wanted))))

    def held(self, columns: Sequence[Column]) -> int:
        """How many of the first columns are pinned."""
        return sum(c.outlet.key in self.pinned for c in columns)

    def asked(self) -> dict[str, str]:
        """The parameters that say the same, for a form that sends others."""
        named = {
            "layout": self.layout or "",
            "pin": ",".join(self.pinned),
            "hide": ",".join(self.hidden),
            "columns": ",".join(self.order),
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be done with a column, as addresses; "" where it cannot be moved further."""

    pinned: bool
    pin: str  # or let go
    hide: str
    earlier: str
    later: str


def arrangement_of(
    request: Request,
    layout: str = "",
    pin: Annotated[list[str] | None, Query()] = None,
    hide: Annotated[list[str] | None, Query()] = None,
    columns: Annotated[list[str] | None, Query()] = None,
) -> Arrangement:
    """From the address, the layout else from the cookie. Lists may be repeated or parted by commas."""
    kept = request.cookies.get(COOKIE, "")
    found = next((one for one in LAYOUTS if one == (layout or kept)), None)
    return Arrangement(found, _keys(pin), _keys(hide), _keys(columns))


def _keys(parts: Sequence[str] | None) -> tuple[str, ...]:
    named = (key.strip() for part in parts or () for key in part.split(","))
    return tuple(dict.fromkeys(key for key in named if key))[:_MOST]


def remember(request: Request, response: Response) -> None:
    """Have the browser keep the layout that this address chose."""
    chosen = request.query_params.get("layout", "")
    if chosen in LAYOUTS:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=_KEPT_SECONDS,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def menus_of(
    columns: Sequence[Column], arrangement: Arrangement, address: Callable[[Mapping[str, str | None]], str]
) -> dict[str, Menu]:
    """For each column as arranged; `address`: this page with some parameters changed."""
    keys = [c.outlet.key for c in columns]
    pinned = [key for key in keys if key in arrangement.pinned]
    others = keys[len(pinned) :]
    return {
        key: Menu(
            pinned=key in pinned,
            pin=address({"pin": ",".join(_without(pinned, key) if key in pinned else [*pinned, key])}),
            hide=address({"hide": ",".join((*arrangement.hidden, key)), "pin": ",".join(_without(pinned, key))}),
            earlier=_moved(mine, key, -1, name, address),
            later=_moved(mine, key, +1, name, address),
        )
        for key in keys
        for mine, name in [(pinned, "pin") if key in pinned else (others, "columns")]
    }


def _without(keys: Sequence[str], key: str) -> list[str]:
    return [k for k in keys if k != key]


def _moved(
    keys: Sequence[str], key: str, step: int, name: str, address: Callable[[Mapping[str, str | None]], str]
) -> str:
    """The address where the column stands one place on among its like; "" at the end of them."""
    at = keys.index(key) + step
    if not 0 <= at < len(keys):
        return ""
    rest = _without(keys, key)
    return address({name: ",".join([*rest[:at], key, *rest[at:]])})
