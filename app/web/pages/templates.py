"""The one template environment of the pages: autoescaped, strict about names, told apart from any request.

A template sees its page's context dataclass, field by field, and the globals set here; nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.core.links import safe_link
from app.exports.phrases import corrected_line, correction_told, name_line, peoples_changes
from app.settings import PROJECT
from app.version import software_version
from app.web import dates, regions, words
from app.web.linking import linked
from app.web.pages.escaping import QuickTemplate
from app.web.pages.fields import Odd
from app.web.pages.marking import marked
from app.web.pages.pieces import add_pieces
from app.web.static import static_url
from app.web.styles import page_styles, sheet_link

__all__ = ["Shell", "environment", "render", "stream", "templates", "values_of", "with_query"]

STREAMED = 100
"""Pieces of a template that are sent at a time: some ten kilobytes."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page's frame needs: its own address, which section is current, whether forms are shown."""

    title: str
    path: str = "/"  # the address a form comes back to, query included
    section: str = ""  # the navigation entry that is current
    writable: bool = False  # whoever asks may review
    adding: bool = False  # and add articles
    marking: bool = False  # and mark the rows of a class
    correcting: bool = False  # and correct articles, stories and claims
    reviewer: str = ""  # in whose name forms are sent; "" nobody's
    local: bool = False  # it is the local user: there are no accounts
    admin: bool = False
    doors: bool = False  # there is somebody who could sign in
    closed: str = ""  # why forms are not shown
    noindex: bool = False
    canonical: str = ""  # the page's one public address, where there is one
    connects: bool = False  # whether other programs may be connected
    sees_audit: bool = False  # whether the page of who changed what is shown
    odd: tuple[Odd, ...] = ()  # what of the address was not understood


def with_query(path: str, query: Mapping[str, object]) -> str:
    """The address with these parameters; empty ones are left out."""
    kept = {k: v for k, v in query.items() if v not in (None, "", False)}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


environment = Environment(
    loader=FileSystemLoader(PROJECT / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.template_class = QuickTemplate
environment.globals.update(
    words=words.WORDS,
    static_url=static_url,
    page_styles=page_styles,
    sheet_link=sheet_link,
    software_version=software_version(),
    with_query=with_query,
    marked=marked,
)
environment.filters.update(
    day=dates.day,
    figure=words.figure,
    moment=dates.moment,
    when=dates.when,
    iso_value=dates.iso_value,
    count=words.count,
    linked=linked,
    country=regions.country,
    language=regions.language,
    safe_link=safe_link,
    changes_of=peoples_changes,
    corrected_line=corrected_line,
    correction_told=correction_told,
    name_line=name_line,
)
add_pieces(environment)
templates = Jinja2Templates(env=environment)


def render(template: str, context: Any, *, status_code: int = 200) -> HTMLResponse:
    """The page: the context dataclass's fields are the template's names."""
    return HTMLResponse(environment.get_template(template).render(values_of(context)), status_code=status_code)


def stream(template: str, context: Any) -> StreamingResponse:
    """The same, sent while it is drawn: for a page whose length has no bound. An error cuts it off."""
    drawn = environment.get_template(template).stream(values_of(context))
    drawn.enable_buffering(STREAMED)
    return StreamingResponse(drawn, media_type="text/html; charset=utf-8")


def values_of(context: Any) -> dict[str, Any]:
    return {f.name: getattr(context, f.name) for f in fields(context)}
