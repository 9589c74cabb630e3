"""When a reader was here before, as the reader's own browser remembers it: a cookie with two times and nothing else.

A visit goes on while less than `PAUSE` passes between two looks at the front page; what is new is counted from the last look of
the visit before. Nothing of it is kept here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request, Response

__all__ = ["COOKIE", "PAUSE", "Visit", "visit_of"]

COOKIE = "parallax-visit"
PAUSE = timedelta(minutes=30)
_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Visit:
    """`before`: the last look of the visit before this one; None on the first."""

    before: datetime | None
    now: datetime

    def note(self, request: Request, response: Response) -> None:
        """Have the browser remember this look."""
        before = int(self.before.timestamp()) if self.before else 0
        response.set_cookie(
            COOKIE,
            f"{before}.{int(self.now.timestamp())}",
            max_age=int(_KEPT.total_seconds()),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def visit_of(cookie: str | None, now: datetime) -> Visit:
    """What a cookie means now; one that is none of ours is a first visit.

    >>> at = datetime(2026, 1, 2, tzinfo=UTC); minutes = lambda n: int((at - timedelta(minutes=n)).timestamp())
    >>> visit_of(None, at).before, visit_of("x", at).before, visit_of(f"0.{minutes(5)}", at).before
    (None, None, None)
    >>> visit_of(f"0.{minutes(60)}", at).before, visit_of(f"{minutes(90)}.{minutes(5)}", at).before
    (datetime.datetime(2026, 1, 1, 23, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 1, 1, 22, 30, tzinfo=datetime.timezone.utc))
    """
    found = re.fullmatch(r"(\d{1,10})\.(\d{1,10})", cookie or "", re.ASCII)
    if not found:
        return Visit(None, now)
    before, last = (datetime.fromtimestamp(int(n), UTC) for n in found.groups())
    if now - last >= PAUSE:
        return Visit(last, now)
    return Visit(before if before.timestamp() else None, now)
