"""One JSON object -> page: a line of .jsonl, a body of the API; and the dates that people write in rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from typing import Any

from app.core.article.date_lines import printed_on
from app.core.records import Hints, Page, PageKind, PublishedFrom
from app.core.text import clean
from app.errors import BadInput
from app.sources.html import page_from_html
from app.sources.plain import page_from_text

__all__ = [
    "day_from",
    "field_text",
    "hints_from",
    "merged",
    "page_from_record",
    "pages_from_json",
    "pages_from_lines",
    "read_json",
]


def page_from_record(record: Mapping[str, Any], options: Hints = Hints(), *, origin: str, as_is: bool = False) -> Page:
    """The page of `{id?, text|html, headline|title?, published|date?, outlet?, url?, story?}`; `options` fill what it leaves open.

    With `as_is` the text is a body already and is kept to the letter. Raises `BadInput` naming the field.
    """
    hints = merged(hints_from(record, origin), options)
    text, html = field_text(record, "text", origin), field_text(record, "html", origin)
    if text is not None and text.strip():
        return page_from_text(text, hints, origin=origin, kind=PageKind.BODY if as_is else PageKind.FLAT)
    if html is not None and html.strip():
        return page_from_html(html, hints.url, hints, origin=origin)
    raise BadInput("The record has no text.", where=origin, mend='Give it a "text" or an "html".')


def hints_from(record: Mapping[str, Any], origin: str, source: PublishedFrom = PublishedFrom.MANIFEST) -> Hints:
    """What a record says of its article. Raises `BadInput` for a date that is none."""
    day = day_from(_label(record, "published", origin) or _label(record, "date", origin), origin)
    identity = record.get("id")
    return Hints(
        id=str(identity) if identity is not None and identity != "" else None,
        outlet=_label(record, "outlet", origin),
        published=day,
        published_from=source if day else None,
        url=_label(record, "url", origin),
        headline=_label(record, "headline", origin) or _label(record, "title", origin),
        story=_label(record, "story", origin),
    )


def merged(first: Hints, second: Hints) -> Hints:
    """`first` where it says something, `second` elsewhere."""
    return replace(
        second,
        id=first.id or second.id,
        outlet=first.outlet or second.outlet,
        published=first.published or second.published,
        published_from=(first.published_from or PublishedFrom.OPTION)
        if first.published
        else second.published_from or (PublishedFrom.OPTION if second.published else None),
        url=first.url or second.url,
        headline=first.headline or second.headline,
        story=first.story or second.story,
    )


def pages_from_lines(
    lines: Iterable[str | BadInput], options: Hints, *, origin: str, as_is: bool = False
) -> Iterator[Page | BadInput]:
    """One page a line of JSON; a line that cannot be used is yielded as an error that names file and line."""
    for number, line in enumerate(lines, start=1):
        if isinstance(line, BadInput):
            yield line
            continue
        if not line.strip():
            continue
        where = f"{origin}:{number}"
        try:
            record = _checked(read_json(line, where, "Write one JSON object a line."), where)
            yield page_from_record(record, options, origin=where, as_is=as_is)
        except BadInput as error:
            yield error


def pages_from_json(text: str, options: Hints, *, origin: str) -> Iterator[Page | BadInput]:
    """The pages of a JSON file: one record, a list of them, or `{"articles": [...]}`; a bad record is yielded with its number."""
    value = read_json(text, origin)
    if isinstance(value, dict):
        many = value.get("articles")
        if not isinstance(many, list):
            yield page_from_record(value, options, origin=origin)
            return
        value = many
    if not isinstance(value, list):
        raise BadInput("This JSON holds no article.", where=origin, mend='Write {"text": ...} or a list of such.')
    for number, record in enumerate(value, start=1):
        where = f"{origin}#{number}"
        try:
            yield page_from_record(_checked(record, where), options, origin=where)
        except BadInput as error:
            yield error


def day_from(text: str | None, where: str) -> date | None:
    """The day of an ISO date or date and time, or of another that can be read one way only; None for nothing. Raises `BadInput`."""
    if text is None or not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        if printed := printed_on(text.strip()):
            return printed.day
    raise BadInput(f"The publication date {text[:80]!r} is no date.", where=where, mend="Write it as 2019-11-22.")


def read_json(text: str, where: str, mend: str | None = None) -> Any:
    """The value of a JSON text, every text in it cleaned. Raises `BadInput`."""
    try:
        return _cleaned(json.loads(clean(text), strict=False, parse_float=_finite, parse_constant=_finite))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"This is no JSON: {error}.", where=where, mend=mend) from None


def field_text(record: Mapping[str, Any], field: str, where: str) -> str | None:
    """The text of a field, None when there is none. Raises `BadInput` for what is no text."""
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f"The field {field!r} is no text.", where=where, mend="Put it in quotation marks.")
    return value


def _label(record: Mapping[str, Any], field: str, where: str) -> str | None:
    return (field_text(record, field, where) or "").strip() or None


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError(f"{number[:80]} is no number of a bounded size")
    return value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(entry) for entry in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(entry) for key, entry in value.items()}
    return value


def _checked(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInput("This JSON is no object.", where=where, mend='Write {"text": ...}.')
    return value
