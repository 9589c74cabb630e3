"""Page -> articles.

1. lines      the page's lines, each with its role
2. segments   one run of lines a report
3. body       the lines kept, word for word
4. around it  headline, bylines, date with its provenance, outlet, language
"""

from __future__ import annotations

import re
from datetime import date

from app.core import thresholds as t
from app.core.article import shapes
from app.core.article.body import Body, body_of
from app.core.article.bylines import bylines_of
from app.core.article.date_lines import DateSaid, Printed, printed_in, printed_on
from app.core.article.datelines import dateline_of
from app.core.article.dates import check_hint, date_in_address, in_range
from app.core.article.extracted import body_of_extracted
from app.core.article.headline import headline_of
from app.core.article.language_of import language_of
from app.core.article.lines import page_lines
from app.core.article.marking import roles_of
from app.core.article.origin import agency_of, outlet_of
from app.core.article.roles import LineRole
from app.core.article.segments import segments_of
from app.core.lexicon.outlets import Outlets
from app.core.records import Article, Outlet, Page, PageKind, PublishedFrom
from app.core.text import fold, headline_at
from app.errors import NotAnArticle

__all__ = ["articles_of"]


def articles_of(page: Page, outlets: Outlets, today: date) -> tuple[Article, ...]:
    """The articles on a page, in the page's order: usually one, several when it holds several.

    Every line of `Article.text` is a line of the page, without blanks at its edges; paragraphs are set apart by a blank
    line. A page of kind BODY keeps its text to the letter, a flat one the headline that was given with it and opens it. What a person said (`page.hints`) goes before what is found;
    on a page of several reports, its date, headline and outlet are the first report's.

    Raises `NotAnArticle` when no body is found, `BadInput` when a hinted publication date is after `today` or before 1900.
    """
    check_hint(page.hints.published, today, page.origin)
    if page.kind is PageKind.BODY:
        return (_as_is(page, outlets, today),)
    bodies = _bodies(page)
    if not bodies:
        raise NotAnArticle(
            "No article was found in this page: it holds no running text.",
            where=page.origin,
            mend="Paste the article's text itself, or give a file that holds it.",
        )
    named = {o.key: o for body in bodies if (o := agency_of(body, outlets))}
    agency = next(iter(named.values())) if len(named) == 1 else None
    return tuple(_article(page, body, outlets, agency, today, first=number == 0) for number, body in enumerate(bodies))


def _as_is(page: Page, outlets: Outlets, today: date) -> Article:
    if not page.text.strip():
        raise NotAnArticle("The text is empty.", where=page.origin, mend="Give the body of an article.")
    body = body_of_extracted(page_lines(page.text))
    published, found_in = _published(page, body, today, first=True)
    return Article(
        text=page.text,
        id=page.hints.id,
        outlet=outlet_of(page, body, outlets, None, first=True),
        headline=page.hints.headline or page.meta.headline,
        bylines=page.meta.bylines,
        published=published,
        published_from=found_in,
        url=page.hints.url or page.meta.url,
        language=language_of(page.text, page.meta.language),
        story=page.hints.story,
        excerpt=page.excerpt,
        origin=page.origin,
    )


def _bodies(page: Page) -> list[Body]:
    """The bodies on the page; teasers of further reports are left out."""
    lines = page_lines(page.text)
    if page.kind is PageKind.EXTRACTED:
        body = body_of_extracted(lines, page.hints.headline or page.meta.headline)
        return [body] if body.kept else []
    roles = roles_of(lines)
    found = [body_of(lines[run.start : run.stop], roles[run.start : run.stop]) for run in segments_of(lines, roles)]
    bodies = [body for body in found if body.kept]
    if len(bodies) > 1:
        longest = max(shapes.count_words(body.text) for body in bodies)
        bodies = [body for body in bodies if not _is_teaser(body, longest)]
    if not bodies and len(lines) <= t.PAGE_BARE_MAX_LINES:
        bare = [
            i
            for i, role in enumerate(roles)
            if role in {LineRole.SHORT, LineRole.CAPTION} and shapes.count_words(lines[i].flat) >= t.PAGE_BODY_MIN_WORDS
        ]
        bodies = [Body(tuple(lines), tuple(roles), tuple(bare), cut_off=False)] if bare else []
    return bodies


def _is_teaser(body: Body, longest: int) -> bool:
    """A short report beside a longer one that is cut off or of a paragraph or two."""
    words = shapes.count_words(body.text)
    if words >= longest:
        return False
    return (body.cut_off and words <= 2 * t.PAGE_TEASER_MAX_WORDS) or (
        words <= t.PAGE_TEASER_MAX_WORDS and len(body.kept) <= t.PAGE_TEASER_MAX_LINES
    )


def _article(page: Page, body: Body, outlets: Outlets, agency: Outlet | None, today: date, *, first: bool) -> Article:
    at = headline_of(body)
    found_headline = body.lines[at].flat if at is not None else None
    given = (page.hints.headline or page.meta.headline) if first else None
    published, found_in = _published(page, body, today, first=first)
    text = _under_headline(body, page.hints.headline) if first and page.kind is PageKind.FLAT else body.text
    return Article(
        text=text,
        id=page.hints.id,
        outlet=outlet_of(page, body, outlets, agency, first=first),
        headline=given or found_headline,
        bylines=_bylines(page, body, first=first),
        published=published,
        published_from=found_in,
        url=page.hints.url or page.meta.url,
        language=language_of(text, page.meta.language),
        story=page.hints.story,
        excerpt=body.cut_off or (page.excerpt and first),
        origin=page.origin,
    )


def _under_headline(body: Body, headline: str | None) -> str:
    """The body's words; where the text opens with the headline it was given with, from there on."""
    above = "\n".join(body.lines[i].text for i in body.head)
    text = f"{above}\n\n{body.text}"
    at = headline_at(text, headline) if above else None
    return f"{text[: at[1]]}\n\n{body.text}" if at and at[1] <= len(above) else body.text


def _bylines(page: Page, body: Body, *, first: bool) -> tuple[str, ...]:
    if first and page.meta.bylines:
        return page.meta.bylines
    found: dict[str, str] = {}
    for i in (*body.head, *body.tail[: t.PAGE_BYLINE_REACH]):
        if body.roles[i] in {LineRole.BYLINE, LineRole.CONTACT}:
            for name in bylines_of(body.lines[i].flat):
                found.setdefault(fold(name), name)
    return tuple(found.values())


def _published(page: Page, body: Body, today: date, *, first: bool) -> tuple[date | None, PublishedFrom | None]:
    """The first date that can be believed: a person's, the markup's, the address's, the text's; of a later report its own."""
    hints, meta = page.hints, page.meta
    in_text = in_range(_date_in_text(body, hints.published or meta.published), today)
    if not first and in_text:
        return in_text, PublishedFrom.TEXT
    if hints.published:
        return hints.published, hints.published_from or PublishedFrom.OPTION
    if found := in_range(meta.published, today):
        return found, meta.published_from or PublishedFrom.META
    for address in (hints.url, meta.url):
        if found := in_range(date_in_address(address), today):
            return found, PublishedFrom.URL
    return (in_text, PublishedFrom.TEXT) if in_text else (None, None)


def _date_in_text(body: Body, about: date | None) -> date | None:
    """The day of the dateline, of a date line above the body, or of a labelled one below it; published goes before updated.

    A dateline without year takes the year of `about` or of the copyright line; without either it says nothing.
    """
    for i in (*body.head, *body.kept[:2]):
        found = dateline_of(body.lines[i].flat)
        if found and found.day:
            return found.day
        if found and found.day_without_year and (year := about.year if about else _copyright_year(body)):
            month, day = found.day_without_year
            try:
                return date(year, month, day)
            except ValueError:
                return None
    above = [printed for i in reversed(body.head) if (printed := _printed(body, i))]
    below = [printed for i in body.tail if (printed := _printed(body, i)) and printed.said is not DateSaid.PLAIN]
    best = min((*above, *below), key=lambda printed: printed.said, default=None)
    return best.day if best else None


def _printed(body: Body, i: int) -> Printed | None:
    line = body.lines[i].flat
    if body.roles[i] is LineRole.BYLINE:
        return printed_in(line)
    return printed_on(line) if body.roles[i] is LineRole.DATE else None


def _copyright_year(body: Body) -> int | None:
    years = {
        int(m[1])
        for i in body.tail
        if body.roles[i] is LineRole.END
        and (m := re.search(r"(?:©|copyright)\D{0,12}((?:19|20)\d\d)\b", body.lines[i].flat, re.IGNORECASE))
    }
    return years.pop() if len(years) == 1 else None
