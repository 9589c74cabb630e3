"""A story as CSV: one line a claim of a row, with the row's verdict and reasons on each of its lines.

It follows RFC 4180 and begins with a byte order mark, since spreadsheets take UTF-8 for another encoding without one
(Python reads it as `utf-8-sig`). A cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from app.exports.parts import in_parts
from app.exports.phrases import decision_line, flag_line, said_by
from app.store.views import ArticleRef, CellView, ClaimView, DateView, ReasonView, RowView, Silence, StoryView

__all__ = ["COLUMNS", "safe_cell", "write_csv"]

_ROW = (
    *("story", "row", "proposition", "status", "between", "dimensions", "what_differs", "outlets_in_row", "row_score"),
    "probability",
    *("reasons", "flags", "decisions", "silent"),
)
_ARTICLE = ("article", "outlet", "country", "headline", "published", "published_from", "url", "excerpt", "own_words")
_CLAIM = (
    *("claim", "in", "start", "end", "text", "clause", "before", "after"),
    *("speakers", "roles", "cues", "quoted", "actors", "dates"),
)
COLUMNS = (*_ROW, *_ARTICLE, *_CLAIM)


def write_csv(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    """The lines, header first. Several values in one cell are separated by "; ", a chain of speakers by " <- ".
    `clause`: the words of `text` that put the claim into the row.

    An article that is not compared with the others yet has one line at the end, whose status says so.
    """
    return in_parts(_csv_lines(view, rows))


def safe_cell(value: object) -> str:
    """The value as a cell's text that no spreadsheet runs.

    What a formula may begin with (also in its full-width form, also after blanks) is led by an apostrophe; a number is
    given as it is. NUL, which no spreadsheet reads, is dropped.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") or text.lstrip()[:1] in _FORMULA else text


_FORMULA = tuple("=+-@＝＋－＠")


def _csv_lines(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(COLUMNS)
    articles = {a.id: a for a in view.columns}
    for row in rows:
        shared = [safe_cell(v) for v in _row_cells(view, row, articles)]
        for cell in row.cells:
            for claim in cell.claims:
                writer.writerow([*shared, *(safe_cell(v) for v in _claim_cells(claim))])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    for article in view.columns:
        if article.waiting:
            writer.writerow([safe_cell(v) for v in _waiting_cells(view, article)])
    yield buffer.getvalue()


def _waiting_cells(view: StoryView, article: ArticleRef) -> tuple[object, ...]:
    """The line of an article whose claims stand in no row yet: that it waits, and which it is."""
    told: dict[str, object] = {"story": view.story.slug, "status": Silence.NOT_COMPARED.value}
    told |= zip(_ARTICLE, _article_cells(article), strict=True)
    return tuple(told.get(column) for column in COLUMNS)


def _row_cells(view: StoryView, row: RowView, articles: dict[int, ArticleRef]) -> tuple[object, ...]:
    return (
        view.story.slug,
        row.id,
        row.label,
        row.status.value,
        row.between.value if row.between else None,
        _several(d.value for d in row.dimensions),
        row.summary,
        row.outlets,
        round(row.score, 4),
        row.probability,
        _several(_reason(r) for r in row.reasons),
        _several(flag_line(f) for f in row.flags),
        _several(decision_line(d) for d in row.decisions),
        _several(_silence(c, articles) for c in row.cells if c.silence),
    )


def _claim_cells(claim: ClaimView) -> tuple[object, ...]:
    said = claim.attributions
    return (
        *_article_cells(claim.article),
        claim.id,
        claim.where,
        claim.start,
        claim.end,
        claim.text,
        claim.text[slice(*claim.clause)] if claim.clause else claim.text,
        claim.before,
        claim.after,
        said_by(claim),
        _several(a.role for a in said if a.role),
        _several(a.cue for a in said if a.cue),
        any(a.quoted for a in said),
        _several(a.name for a in claim.actors),
        _several(_date(d) for d in claim.dates),
    )


def _article_cells(article: ArticleRef) -> tuple[object, ...]:
    return (
        article.id,
        article.outlet.name,
        article.outlet.country,
        article.headline,
        article.published,
        article.published_from.value if article.published_from else None,
        article.url,
        article.excerpt,
        article.own_words,
    )


def _several(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _reason(reason: ReasonView) -> str:
    return f"{reason.dimension.value} {reason.outcome.value}: {reason.say} [{reason.a} | {reason.b}]"


def _silence(cell: CellView, articles: dict[int, ArticleRef]) -> str:
    article = articles.get(cell.article_id)
    name = article.outlet.name if article else "?"
    return f"{name} {cell.article_id}: {cell.silence.value if cell.silence else ''}"


def _date(date: DateView) -> str:
    return f"{date.text} = {date.value}{f'/{date.upto}' if date.upto else ''}"
