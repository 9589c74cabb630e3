"""What the readers of this stage ask of their caller, and what they give back when something cannot be read."""

from __future__ import annotations

from typing import Protocol

from app.errors import BadInput, FetchFailed

__all__ = ["Limits", "Unread"]

Unread = BadInput | FetchFailed
"""One input that could not be read; yielded among the pages so that it does not stop the others."""


class Limits(Protocol):
    """How much is read and fetched. `app.settings.Settings` is one."""

    @property
    def max_body_bytes(self) -> int: ...
    @property
    def fetch_timeout_seconds(self) -> float: ...
    @property
    def fetch_private(self) -> bool: ...
