"""Whose report it is: by what a person said, the dateline, the copyright line, the site's name, the domain, in this order.

A page on an aggregator that carries an agency's dateline belongs to the agency.
"""

from __future__ import annotations

import re
from collections import Counter

from app.core.article.body import Body
from app.core.article.datelines import dateline_of
from app.core.article.roles import LineRole
from app.core.lexicon.outlets import Outlets, bare_host
from app.core.records import Outlet, Page

__all__ = ["agency_of", "outlet_of"]

_RIGHTS = re.compile(
    r"^(?:copyright|\(c\)|©)[\s©(c)]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?,?\s*(?:by )?(?P<holder>[^.|]{2,60})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_FURNITURE = {LineRole.PROMO, LineRole.MENU, LineRole.END, LineRole.SHORT, LineRole.RELATED, LineRole.CONTACT}


def outlet_of(page: Page, body: Body, outlets: Outlets, page_agency: Outlet | None, *, first: bool) -> str | None:
    """The outlet's name, or None when nothing names one. What a person said holds for the page's first report before its dateline."""
    agency = agency_of(body, outlets)
    hinted = outlets.named(page.hints.outlet) if page.hints.outlet else None
    by_address = next((o for a in (page.hints.url, page.meta.url) if a and (o := outlets.by_domain(a))), None)
    by_site = outlets.by_name(page.meta.site_name) if page.meta.site_name else None
    found = (
        (hinted if first else None)
        or agency
        or hinted
        or page_agency
        or _holder(body, outlets)
        or by_site
        or by_address
        or _in_mails(body, outlets)
        or _in_furniture(body, outlets)
    )
    if found:
        return found.name
    if page.meta.site_name:
        return page.meta.site_name.strip()
    address = page.hints.url or page.meta.url
    return (bare_host(address) or None) if address else None


def agency_of(body: Body, outlets: Outlets) -> Outlet | None:
    """The known outlet that a dateline above or at the start of the body names."""
    for i in (*body.head, *body.kept[:2]):
        found = dateline_of(body.lines[i].flat)
        if found and found.agency and (known := outlets.by_dateline(found.agency)):
            return known
    return None


def _holder(body: Body, outlets: Outlets) -> Outlet | None:
    """The known outlet that a copyright line below the body names."""
    for i in body.tail:
        if (m := _RIGHTS.match(body.lines[i].flat)) and (known := _known_in(m["holder"], outlets)):
            return known
    return None


def _known_in(words: str, outlets: Outlets) -> Outlet | None:
    """The outlet whose name the words begin with: "NPR", "The Guardian News & Media Limited"."""
    parts = words.replace("'s", "").split()
    for length in range(min(len(parts), 6), 0, -1):
        if known := outlets.by_name(" ".join(parts[:length])):
            return known
    return None


def _in_mails(body: Body, outlets: Outlets) -> Outlet | None:
    for i in (*body.tail, *body.head):
        for host in _MAIL.findall(body.lines[i].flat):
            if known := outlets.by_domain(host):
                return known
    return None


def _in_furniture(body: Body, outlets: Outlets) -> Outlet | None:
    """The outlet that the page's own menus and offers name most, when one does so alone."""
    furniture = "\n".join(body.lines[i].flat for i in (*body.head, *body.tail) if body.roles[i] in _FURNITURE)
    counts: Counter[str] = Counter()
    for outlet in outlets:
        for name in outlet.forms:
            if len(name) >= 3 and name in furniture:
                counts[outlet.key] += len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", furniture)) * _weight(name)
    top = [(n, key) for n, key in sorted(((n, key) for key, n in counts.items()), reverse=True)[:2] if n >= 2]
    return outlets.by_key(top[0][1]) if top and (len(top) == 1 or top[0][0] > top[1][0]) else None


def _weight(name: str) -> int:
    """A name that is no common word (an abbreviation, several words) says it once; another must be said twice."""
    return 2 if name.isupper() or " " in name else 1
