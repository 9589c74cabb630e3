"""Sources that are watched, and what was seen in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

__all__ = ["SeenPage", "SourceView"]

_ASKED = re.compile(r"(https?://[^\s?#]*)[?#]\S*")
"""An address with what is asked of it, which may be a key that lets in."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A feed or page that is read every so many minutes, and how that goes.

    `read_at`: when it last answered; `failures`: how often in a row it did not, and `trouble` why. `waiting` counts reports
    that could not be read yet, `gone` those whose page is there no more, `fresh` those kept since the moment asked about.
    """

    id: int
    url: str
    kind: str
    outlet: str | None
    story: str | None
    every: int
    by: str
    at: datetime
    tried_at: datetime | None
    read_at: datetime | None
    next_at: datetime
    failures: int
    trouble: str
    note: str
    etag: str | None = None
    modified: str | None = None
    answered_from: str | None = None
    pages: int = 0
    articles: int = 0
    revised: int = 0
    fresh: int = 0
    waiting: int = 0
    gone: int = 0

    def for_readers(self) -> SourceView:
        """Without what is for those who watch: keys in addresses, what the site gave us to be known by, who added it."""
        url, trouble, note = (_ASKED.sub(r"\1", t) for t in (self.url, self.trouble, self.note))
        return replace(self, url=url, trouble=trouble, note=note, by="", etag=None, modified=None, answered_from=None)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A report that a source named, and what became of it. `next_at` None: it is not looked at again.

    Of the article that is kept of it: its outlet, its address, and how many characters its words have now.
    """

    url: str
    digest: str
    etag: str | None
    modified: str | None
    answered_from: str | None
    read_at: datetime | None
    next_at: datetime | None
    looks: int
    failures: int
    trouble: str
    gone_at: datetime | None
    article_id: int | None
    outlet: str | None = None
    article_url: str | None = None
    chars: int = 0
