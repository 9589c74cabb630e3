"""Fields of a page's query and forms as they were typed, with what they mean and what is wrong with them.

A page never loses what was typed: a date that is none comes back in its field with a message beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from app.core.text import clean
from app.web.words import WORDS

__all__ = ["DateField", "Odd", "Said", "back_to", "choice_of", "date_field", "day_range"]

Said = Annotated[str, AfterValidator(clean)]
"""What somebody typed into a form, cleaned as every text that comes in."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A part of the address that the page was not drawn by, and why. `request_checks.py` finds them."""

    name: str
    value: str
    say: str


@dataclass(frozen=True, slots=True)
class DateField:
    """`raw` is what was typed, `value` the date it means, `error` why it means none."""

    name: str
    raw: str = ""
    value: date | None = None
    error: str | None = None


def date_field(name: str, raw: str | None) -> DateField:
    """Read `2019-11-26`; anything else is an error beside the field.

    >>> date_field("from", " 2019-11-26 ").value, date_field("from", "26/11").error is None, date_field("from", "").error
    (datetime.date(2019, 11, 26), False, None)
    """
    text = (raw or "").strip()
    if not text:
        return DateField(name)
    try:
        value = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        value = None
    return DateField(name, text[:40], value, None if value else WORDS.bad_date)


def day_range(since: str | None, until: str | None) -> tuple[DateField, DateField]:
    """Two dates of a range; when they are swapped the second one says so."""
    a, b = date_field("from", since), date_field("to", until)
    if a.value and b.value and a.value > b.value:
        b = DateField("to", b.raw, None, WORDS.dates_swapped)
    return a, b


def choice_of(value: str, choices: Iterable[str], default: str) -> str:
    """The value when it is a choice, else the default: an address typed wrong still shows a page."""
    return value if value in set(choices) else default


def back_to(raw: str | None, default: str) -> str:
    r"""Where a form goes back to: a path of this site, never another host.

    >>> back_to("/stories/x?status=conflict#row-1", "/"), back_to("//evil.example", "/"), back_to("/\\evil", "/")
    ('/stories/x?status=conflict#row-1', '/', '/')
    """
    text = raw or ""
    safe = text.startswith("/") and not text.startswith("//") and not re.search(r"[\\\x00-\x20\x7f]", text)
    return text if safe and len(text) <= 2000 else default
