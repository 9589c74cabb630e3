"""A story written out whole: CSV for a spreadsheet, JSON for programs, Markdown for a document.

Each writer takes the story's view (its own page of rows is not looked at) and an iterable of all its rows, and gives the
text in parts, so that a story of any size passes through in little memory. Nothing is capped.

CSV: one line a claim of a row, with the row's verdict and reasons on each of its lines. It follows RFC 4180 and begins
with a byte order mark, since spreadsheets take UTF-8 for another encoding without one (Python reads it as `utf-8-sig`).
A cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pydantic import TypeAdapter

from app.core.records import Status
from app.store.views import (
    ArticleRef,
    AttributionView,
    CellView,
    ClaimView,
    DateView,
    DecisionView,
    FlagView,
    ReasonView,
    RowView,
    StoryView,
)

__all__ = ["COLUMNS", "MEDIA_TYPES", "safe_cell", "write_csv", "write_json", "write_markdown"]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
}
PART = 32_768
"""Characters gathered before a part is handed on."""

COLUMNS = (
    *("story", "row", "proposition", "status", "between", "dimensions", "what_differs", "outlets_in_row", "row_score"),
    *("reasons", "flags", "decisions", "silent"),
    *("article", "outlet", "country", "headline", "published", "published_from", "url", "excerpt", "own_words"),
    *("claim", "in", "start", "end", "text", "before", "after"),
    *("speakers", "roles", "cues", "quoted", "actors", "dates"),
)


def write_csv(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    """The lines, header first. Several values in one cell are separated by "; ", a chain of speakers by " <- "."""
    return _in_parts(_csv_lines(view, rows))


def write_json(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    """`{"format": "parallax-story", "version": 1, story, outlets, columns, counts, reader, "rows": [...]}`.

    Rows and articles are as the API gives them; a row's `cells` stand in the order of `columns`.
    """
    return _in_parts(_json_pieces(view, rows))


def write_markdown(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    """A document: the sources, then a heading a row with its verdict, its reasons and each outlet's words."""
    return _in_parts(_markdown_pieces(view, rows))


# --- CSV -----------------------------------------------------------------------------------------------------------


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
        shared = _row_cells(view, row, articles)
        for cell in row.cells:
            for claim in cell.claims:
                writer.writerow([safe_cell(v) for v in (*shared, *_claim_cells(claim))])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


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
        _several(_reason(r) for r in row.reasons),
        _several(_flag(f) for f in row.flags),
        _several(_decision(d) for d in row.decisions),
        _several(_silence(c, articles) for c in row.cells if c.silence),
    )


def _claim_cells(claim: ClaimView) -> tuple[object, ...]:
    article, said = claim.article, claim.attributions
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
        claim.id,
        claim.where,
        claim.start,
        claim.end,
        claim.text,
        claim.before,
        claim.after,
        " <- ".join(_speaker(a) for a in said),
        _several(a.role for a in said if a.role),
        _several(a.cue for a in said if a.cue),
        any(a.quoted for a in said),
        _several(a.name for a in claim.actors),
        _several(_date(d) for d in claim.dates),
    )


def _several(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _reason(reason: ReasonView) -> str:
    return f"{reason.dimension.value} {reason.outcome.value}: {reason.say} [{reason.a} | {reason.b}]"


def _flag(flag: FlagView) -> str:
    return f"{flag.state} by {flag.by} {flag.at:%Y-%m-%d %H:%M}{f' ({flag.note})' if flag.note else ''}"


def _decision(decision: DecisionView) -> str:
    undone = " (undone)" if decision.undone_at else ""
    value = f" {decision.value}" if decision.value else ""
    note = f" ({decision.note})" if decision.note else ""
    return f"{decision.kind}{value} by {decision.by} {decision.at:%Y-%m-%d %H:%M}{note}{undone}"


def _silence(cell: CellView, articles: dict[int, ArticleRef]) -> str:
    article = articles.get(cell.article_id)
    name = article.outlet.name if article else "?"
    return f"{name} {cell.article_id}: {cell.silence.value if cell.silence else ''}"


def _speaker(attribution: AttributionView) -> str:
    return attribution.speaker.name if attribution.speaker else attribution.text


def _date(date: DateView) -> str:
    return f"{date.text} = {date.value}{f'/{date.upto}' if date.upto else ''}"


# --- JSON ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _rows() -> TypeAdapter[RowView]:
    return TypeAdapter(RowView)


@lru_cache(maxsize=1)
def _views() -> TypeAdapter[StoryView]:
    return TypeAdapter(StoryView)


def _json_pieces(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    kept = {"story", "outlets", "columns", "counts", "reader", "first", "last"}
    head = {"format": "parallax-story", "version": 1, **_views().dump_python(view, mode="json", include=kept)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    between = "\n"
    for row in rows:
        yield between + _rows().dump_json(row).decode()
        between = ",\n"
    yield "\n]}\n"


# --- Markdown ------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LIST_LIKE = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def _markdown_pieces(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    yield f"# {_plain(view.story.title)}\n\n"
    yield "Reported by these articles, side by side, claim by claim. No verdict is given on who is right.\n\n"
    for article in view.columns:
        yield f"- {_source(article)}\n"
    yield "\n" + ", ".join(f"{view.counts.get(s, 0)} {s.value}" for s in Status) + "\n"
    for row in rows:
        yield _markdown_row(row)


def _markdown_row(row: RowView) -> str:
    verdict = f"**{row.status.value}**"
    if row.between:
        verdict += f" between {row.between.value}"
    if row.dimensions:
        verdict += f", by {', '.join(d.value for d in row.dimensions)}"
    lines = [f"\n## {_plain(row.label)}\n", verdict + (f": {_plain(row.summary)}" if row.summary else "") + "\n"]
    lines += [f"- {_plain(reason.say)}" for reason in row.reasons]
    lines += [""] if row.reasons else []
    for claim in (claim for cell in row.cells for claim in cell.claims):
        said = f" ({_plain(' <- '.join(_speaker(a) for a in claim.attributions))})" if claim.attributions else ""
        lines += [
            f"> {_plain(claim.text)}",
            ">",
            f"> — {_plain(claim.article.outlet.name)}{_day(claim.article)}{said}",
            "",
        ]
    lines += [f"- Flag: {_plain(_flag(flag))}" for flag in row.flags]
    lines += [f"- Decision: {_plain(_decision(d))}" for d in row.decisions]
    return "\n".join(lines).rstrip("\n") + "\n"


def _source(article: ArticleRef) -> str:
    link = f" <{article.url}>" if article.url and re.fullmatch(r"https?://[^\s<>]+", article.url) else ""
    own = " (written for this example)" if article.own_words else ""
    return f"{_plain(article.outlet.name)}{_day(article)}: {_plain(article.headline)}{own}{link}"


def _day(article: ArticleRef) -> str:
    return f", {article.published.isoformat()}" if article.published else ", undated"


def _plain(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    line = " ".join(text.split())
    return _LIST_LIKE.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", line))


def _in_parts(pieces: Iterator[str]) -> Iterator[str]:
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= PART:
            yield "".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield "".join(gathered)
