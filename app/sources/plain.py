"""Plain text and Markdown -> page: what a reader pasted or a .txt or .md file holds."""

from __future__ import annotations

import re
from dataclasses import replace

from app.core.article.bylines import names_in
from app.core.article.dates import read_stamp
from app.core.records import Hints, Meta, Page, PageKind, PublishedFrom
from app.errors import BadInput
from app.sources.entrance import entered
from app.sources.tags import without_tags

__all__ = ["page_from_markdown", "page_from_text"]


def page_from_text(
    text: str,
    hints: Hints = Hints(),
    *,
    origin: str = "pasted text",
    kind: PageKind = PageKind.FLAT,
    meta: Meta = Meta(),
) -> Page:
    """A page of that very text; on a flat page tags that were copied along go, the words between them stay.

    Raises `BadInput` when it is empty or blank, or held nothing but tags.
    """
    page = entered(Page(origin=origin, text=text, kind=kind, hints=hints, meta=meta))
    if kind is PageKind.FLAT:
        page = replace(page, text=without_tags(page.text))
    if not page.text.strip():
        raise BadInput("There is no text in it.", where=origin, mend="Give the text of an article.")
    return page


_FRONT = re.compile(r"\A---\s*\n(?P<fields>.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"""^(?P<key>[A-Za-z_]+)\s*:\s*["']?(?P<value>.*?)["']?\s*$""")
_MARKS = (
    (re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,500}\)"), ""),  # pictures
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?\)"), r"\1"),  # links keep their words
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)


def page_from_markdown(text: str, hints: Hints = Hints(), *, origin: str = "pasted text") -> Page:
    """A page of a Markdown text's words: marks of emphasis, links and quotes are taken off, a first heading is the headline.

    Front matter between `---` lines gives title, date, author, outlet and url as the page's own markup would.
    """
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        fields = {m["key"].casefold(): m["value"] for line in front["fields"].splitlines() if (m := _FIELD.match(line))}
        text = text[front.end() :]
    headline = fields.get("title") or fields.get("headline")
    lines: list[str] = []
    for raw in text.splitlines():
        line = re.sub(r"^\s*>\s?", "", raw)
        if m := re.match(r"^#\s+(.+?)\s*#*$", line):
            if headline is None and not any(lines):
                headline = _unmarked(m[1])
                continue
            line = m[1]
        elif re.fullmatch(r"\s*(?:[-*_]\s*){3,}", line):
            line = ""
        lines.append(_unmarked(line))
    published = read_stamp(fields.get("date") or fields.get("published"))
    meta = Meta(
        headline=headline or None,
        bylines=names_in(fields.get("author") or fields.get("byline") or ""),
        published=published,
        published_from=PublishedFrom.META if published else None,
        site_name=fields.get("outlet") or fields.get("publisher") or fields.get("source") or None,
        url=fields.get("url") or fields.get("link") or None,
    )
    return page_from_text("\n".join(lines), hints, origin=origin, meta=meta)


def _unmarked(line: str) -> str:
    for mark, words in _MARKS:
        line = mark.sub(words, line)
    return line
