"""One JSON object -> page: a line of .jsonl, a body of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.records import Hints, Page

__all__ = ["page_from_record"]


def page_from_record(record: Mapping[str, Any], options: Hints = Hints(), *, origin: str, as_is: bool = False) -> Page:
    """The page of `{id?, text|html, headline|title?, published|date?, outlet?, url?, story?}`; `options` go before it.

    With `as_is` the text is a body already. Raises `BadInput` naming the field.
    """
    raise NotImplementedError
