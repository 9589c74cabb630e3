"""Address -> page."""

from __future__ import annotations

from app.core.records import Hints, Page
from app.sources.contract import Limits

__all__ = ["fetch"]


def fetch(url: str, limits: Limits, hints: Hints = Hints()) -> Page:
    """The article at an http(s) address. Raises `BadAddress`, `TooLarge`, `BadInput` or `FetchFailed`."""
    raise NotImplementedError
