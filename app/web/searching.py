"""A search as its page and its feed are asked for, the query being the address, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from app.core.records import Status
from app.store.views import Query
from app.web.dates import day
from app.web.words import WORDS

__all__ = ["FEED", "PAGE", "in_words", "parameters_of", "search_address"]

PAGE, FEED = "/search", "/search/feed.atom"


def parameters_of(query: Query) -> dict[str, str]:
    """The parameters that say it, those that say nothing left out."""
    given = {
        "q": query.q,
        "actor": query.actor,
        "from": query.since.isoformat() if query.since else None,
        "to": query.until.isoformat() if query.until else None,
        "date_of": query.date_of if query.date_of != "event" else None,
        "outlet": query.outlet,
        "relation": query.relation,
        "story": query.story,
    }
    return {name: value for name, value in given.items() if value}


def search_address(query: Query, path: str = PAGE) -> str:
    """Where its page stands, or its feed.

    >>> address_of(Query("the pact", outlet="kbs")), address_of(Query("pact"), FEED)
    ('/search?q=the+pact&outlet=kbs', '/search/feed.atom?q=pact')
    """
    return f"{path}?{urlencode(parameters_of(query))}"


def in_words(query: Query, names: Mapping[str, str]) -> str:
    """What is asked. `names`: how the actor, outlet and story that it names by key are called.

    >>> in_words(Query("the pact", outlet="kbs", relation="conflict"), {"outlet": "KBS"})
    '“the pact” · in KBS · verdict: conflict'
    """
    days = [f"{word} {day(at)}" for word, at in (("from", query.since), ("to", query.until)) if at]
    parts = (
        f"“{query.q}”" if query.q else "",
        f"by or about {names.get('actor', query.actor)}" if query.actor else "",
        f"in {names.get('outlet', query.outlet)}" if query.outlet else "",
        f"in the story “{names.get('story', query.story)}”" if query.story else "",
        f"verdict: {WORDS.status[Status(query.relation)].lower()}" if query.relation else "",
        f"dates of {WORDS.date_of[query.date_of]} {' '.join(days)}" if days else "",
    )
    return " · ".join(part for part in parts if part)
