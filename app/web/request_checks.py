"""What an address or a form asks for, checked in one place before any route looks at it.

A program is told what is wrong (422): a parameter that there is not, one given twice, a control character. A reader's page
is shown all the same, and says at its top which part of the address was not understood (`shell.odd`). What a form sends
and the route does not know is refused by name, so that a note under a wrong name is not lost without a word.

The bounds of a value (a number, a day, a length) stay with the route that takes it; here stand the words that several pages
take: statuses, orders, outlets. Their names mean the same on every page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import FormData

from app.core.records import ActorKind, Dimension, Status
from app.store import Store
from app.store.known import is_actor, is_country, is_outlet, is_story
from app.store.read.listing import ORDERS, SIZES
from app.store.read.queue import QUEUE_ORDERS
from app.web.dependencies import get_store
from app.web.pages.arranged import LAYOUTS
from app.web.pages.fields import Odd, date_field
from app.web.words import WORDS

__all__ = ["exact", "fields_known", "understood"]

_MOST = 60
"""Characters of a value that a sentence repeats."""
_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "_")
"""How the names begin that others hang on links: they mean nothing to us."""
_SAID_THERE = {("/search", "actor"), ("/articles/new", "story")}
"""Where the page itself has an answer to a name that is not known."""
_ANY_NAMES = ("/classroom",)
"""Ends of the paths whose parameters are named by what is marked on them."""


def understood(request: Request) -> None:
    """For pages: what is odd in the address is put into `request.state.odd`, for the page to say."""
    _without_nul(request)
    names, several = _parameters(request)
    odd = [Odd(n, "", say) for n, say in _wrong_names(request, names, several)]
    for name, value in request.query_params.multi_items():
        say = _control(value) or (_say(request, name, value) if name in names else None)
        if say:
            odd.append(Odd(name, _shown(value), say))
    request.state.odd = tuple(dict.fromkeys(odd))


def exact(request: Request) -> None:
    """For programs: 422 with the name of what is wrong. Values are the route's own to check."""
    _without_nul(request)
    wrong = _wrong_names(request, *_parameters(request))
    wrong += [(n, say) for n, value in request.query_params.multi_items() if (say := _control(value))]
    if wrong:
        raise RequestValidationError([{"loc": ("query", n), "msg": say, "type": "odd"} for n, say in wrong])


def _without_nul(request: Request) -> None:
    """No database keeps NUL in a text, or all look for it otherwise: no route sees one. In a path it names nothing, elsewhere it is 422."""
    there = [("path", name) for name, value in request.path_params.items() if "\0" in str(value)]
    there += [("query", name) for name, value in request.query_params.multi_items() if "\0" in name + value]
    if there:
        say = "holds a character that no text has (NUL)"
        raise RequestValidationError([{"loc": (where, _shown(n)), "msg": say, "type": "odd"} for where, n in there])


async def fields_known(request: Request) -> None:
    """For forms: 422 for a field that the route does not take, or that is there twice. Forms that a route reads itself pass."""
    route = request.scope.get("route")
    if request.method != "POST" or not isinstance(route, APIRoute) or not route.dependant.body_params:
        return
    form = await request.form()
    takes = {p.alias: _is_list(p) for p in route.dependant.body_params}
    wrong = _wrong_fields(form, takes)
    if wrong:
        raise RequestValidationError([{"loc": ("form", n), "msg": say, "type": "odd"} for n, say in wrong])


def _wrong_fields(form: FormData, takes: Mapping[str, bool]) -> list[tuple[str, str]]:
    count = Counter(name for name, _ in form.multi_items())
    wrong = [(n, f"this form has no such field; it takes {_listed(takes)}") for n in count if n not in takes]
    return wrong + [(n, "was sent more than once") for n, times in count.items() if times > 1 and takes.get(n) is False]


def _parameters(request: Request) -> tuple[set[str], set[str]]:
    """The names of the query parameters that the route takes, and those of them that may be repeated."""
    route = request.scope.get("route")
    names: set[str] = set()
    several: set[str] = set()
    due = [route.dependant] if isinstance(route, APIRoute) else []
    while due:
        dependant = due.pop()
        names |= {p.alias for p in dependant.query_params}
        several |= {p.alias for p in dependant.query_params if _is_list(p)}
        due += dependant.dependencies
    return names, several


def _is_list(parameter: Any) -> bool:
    return "list[" in str(parameter.field_info.annotation)


def _wrong_names(request: Request, names: Iterable[str], several: set[str]) -> list[tuple[str, str]]:
    known = set(names)
    if request.url.path.endswith(_ANY_NAMES):
        return []
    count = Counter(name for name, _ in request.query_params.multi_items())
    takes = f"it takes {_listed(known)}" if known else "it takes none"
    wrong = [
        (name[:_MOST], f"there is no such parameter here; {takes}")
        for name in count
        if name not in known and not name.startswith(_TRACKING)
    ]
    return wrong + [
        (name, "was given more than once; the last one counts")
        for name, times in count.items()
        if times > 1 and name in known - several
    ]


def _control(value: str) -> str | None:
    found = any((ord(c) < 32 and c not in "\t\r\n") or ord(c) == 127 for c in value)
    return "holds a character that no keyboard writes" if found else None


def _shown(value: str) -> str:
    plain = "".join(c if c.isprintable() else "\ufffd" for c in value[:_MOST])
    return plain if len(value) <= _MOST else f"{plain}…"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


# --- what the words of our pages may be: a sentence for what they are not


def _say(request: Request, name: str, value: str) -> str | None:
    text = value.strip()
    if not text:
        return None
    if name in ("from", "to") and not request.url.path.endswith("/print"):
        return None  # said beside its field
    if name == "order":
        return _choice(*_ORDERS.get(request.url.path.removeprefix("/") or "stories", ()))(text)
    if name in _WORDS:
        return _WORDS[name](text)
    if name in _KEPT and (request.url.path, name) not in _SAID_THERE:
        exists, kind = _KEPT[name]
        return None if exists(get_store(request), text) else f"there is no such {kind} here; nothing can be shown of it"
    return None


def _choice(*choices: str) -> Callable[[str], str | None]:
    said = f"is {'none of ' if len(choices) > 1 else 'not '}{', '.join(choices)}; it was left out"
    return lambda text: None if text in choices else said


def _probability(text: str) -> str | None:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    return None if 0.0 <= value <= 1.0 else "is no number from 0 to 1; the usual strictness was taken"


def _day(text: str) -> str | None:
    return "is no day (2019-11-26); it was left out" if date_field("day", text).error else None


def _id(text: str) -> str | None:
    return None if text.isascii() and text.isdigit() and len(text) < 19 else "is no number of ours; it was left out"


def _ids(text: str) -> str | None:
    return next((say for part in text.split(",") if (say := _id(part.strip()))), None)


_ORDERS = {**ORDERS, "conflicts": QUEUE_ORDERS}
_WORDS: Mapping[str, Callable[[str], str | None]] = {
    "status": _choice(*Status),
    "relation": _choice(*Status),
    "sort": _choice("matter", "event", "reading"),
    "date_of": _choice("event", "published"),
    "layout": _choice(*LAYOUTS),
    "side": _choice("all", "by", "about"),
    "size": _choice(*SIZES),
    "kind": _choice(*(k for k in ActorKind if k is not ActorKind.UNNAMED)),
    "dimension": _choice(*Dimension),
    "likely": _choice(*(k for k in WORDS.least_likely if k)),
    "state": _choice("open", "confirmed", "dismissed"),
    "only": _choice("1"),
    "hands": _choice("1"),
    "mine": _choice("1"),
    "reveal": _choice("1"),
    "rows": _id,
    "done": _id,
    "claims": _ids,
    "strictness": _probability,
    "from": _day,
    "to": _day,
}
_KEPT: Mapping[str, tuple[Callable[[Store, str], bool], str]] = {
    "outlet": (is_outlet, "outlet"),
    "actor": (is_actor, "person or body"),
    "story": (is_story, "story"),
    "country": (is_country, "country"),
}
