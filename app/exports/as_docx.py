"""A story as a source sheet for Word: the sources, then each row with its verdict, reasons, each outlet's words and who said
them, and what a person changed. The same story gives the same bytes: a document knows no time but a frozen comparison's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from app.core.links import safe_link
from app.exports.chosen import EVERY, Chosen, chosen_line, chosen_of
from app.exports.lines import Column, columns_of, row_line
from app.exports.parts import xml_text
from app.exports.phrases import NOT_COMPARED, corrected_line, name_line, peoples_changes, said_by
from app.store import EVERY_ROW, Filters, Store
from app.store.story_record import whole
from app.store.views import AliasView, ArticleRef, CorrectionView, RowView, SnapshotView, StoryView
from app.version import software_version

__all__ = ["DOCX_TYPE", "sheet_of", "sheet_of_frozen", "write_docx"]

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def sheet_of(store: Store, slug: str, site: str, filters: Filters = EVERY_ROW) -> bytes:
    """The sheet of a story as it is now, or of the rows that the filters choose."""
    with whole(store, slug, filters) as held:
        about = f"Parallax {software_version()}" + (f", {site}/stories/{slug}" if site else "")
        return write_docx(
            held.view, held.rows(), about, dict(held.texts), held.names, chosen_of(filters), corrected=held.corrected()
        )


def sheet_of_frozen(frozen: SnapshotView, site: str) -> bytes:
    """The sheet of a frozen comparison: made of its record alone."""
    where = f"{site}/snapshots/{frozen.id}" if site else f"SHA-256 {frozen.digest}"
    about = f"{frozen.software}, frozen by {frozen.by} {frozen.at:%Y-%m-%d %H:%M} UTC, {where}"
    hashes = {t.article_id: t.sha256 for t in frozen.texts}
    return write_docx(frozen.view, frozen.view.rows.items, about, hashes, at=frozen.at, corrected=frozen.corrected)


def write_docx(
    view: StoryView,
    rows: Iterable[RowView],
    about: str,
    hashes: dict[int, str],
    names: Sequence[AliasView] = (),
    chosen: Chosen = EVERY,
    at: datetime = _NO_TIME,
    corrected: Sequence[CorrectionView] = (),
) -> bytes:
    """The document. `about`: which Parallax wrote it and where it stands; `hashes`: SHA-256 of each article's text."""
    from docx import Document

    document = Document()
    _properties(document, view.story.title, at)
    _add(document, view.story.title, "Title")
    _add(document, "How these reports tell one event, claim by claim. Nothing here says which of them is right.")
    _add(document, about)
    if chosen_line(chosen):
        _add(document, f"Only rows chosen by {chosen_line(chosen)}.")
    if view.waiting:
        _add(document, NOT_COMPARED)
    _add(document, "Sources", "Heading 1")
    for article in view.columns:
        _add(document, _source(article, hashes.get(article.id)), "List Number")
    _add(document, "Rows", "Heading 1")
    columns = columns_of(view)
    for row in rows:
        _row(document, row, columns)
    if names:
        _add(document, "Names that people added", "Heading 1")
        for name in names:
            _add(document, name_line(name), "List Bullet")
    if corrected:
        _add(document, "What people corrected", "Heading 1")
        for correction in corrected:
            _add(document, corrected_line(correction), "List Bullet")
    return _still(document)


def _row(document: Any, row: RowView, columns: Sequence[Column]) -> None:
    _add(document, row.label, "Heading 2")
    verdict = row.status.value + (f" between {row.between.value}" if row.between else "")
    verdict += f", by {', '.join(d.value for d in row.dimensions)}" if row.dimensions else ""
    verdict += f" (probability {row.probability:.2f})" if row.probability < 1 else ""
    _add(document, row.summary, lead=f"{verdict}: " if row.summary else verdict)
    for place in row_line(row, columns).places:
        for claim in place.claims:
            said = f" ({said_by(claim)})" if claim.attributions else ""
            _add(
                document,
                f"“{claim.text}”{said}",
                "List Bullet",
                lead=f"{place.column.outlet.name}, {_day(claim.article)}: ",
            )
        if place.silence:
            _add(document, f"[{place.silence}]", "List Bullet", lead=f"{place.column.outlet.name}: ")
    for reason in row.reasons:
        _add(document, reason.say, lead="Reason: ")
    for change in peoples_changes(row):
        _add(document, change, lead="Changed by a person: ")


def _source(article: ArticleRef, digest: str | None) -> str:
    headline = article.headline or "without a headline"
    own = " (written by us)" if article.own_words else ""
    excerpt = " (excerpt)" if article.excerpt else ""
    link = safe_link(article.url)
    return (
        f"{article.outlet.name}, {_day(article)}: {headline}{own}{excerpt}"
        + (f". {link}" if link else "")
        + (f". SHA-256 of the text {digest}" if digest else "")
    )


def _day(article: ArticleRef) -> str:
    return article.published.isoformat() if article.published else "undated"


def _add(document: Any, text: str, style: str | None = None, *, lead: str = "") -> None:
    """A paragraph of one line; `lead` stands before it in bold."""
    paragraph = document.add_paragraph(style=style)
    if lead:
        paragraph.add_run(_line(lead)).bold = True
    paragraph.add_run(_line(text))


def _line(text: str) -> str:
    """What XML can hold, on one line; blanks at the ends stay."""
    return " ".join(xml_text(text).replace("\t", " ").splitlines())


def _properties(document: Any, title: str, at: datetime) -> None:
    said = document.core_properties
    said.title, said.author, said.last_modified_by = _line(title)[:255], "Parallax", "Parallax"
    said.comments, said.revision = "", 1
    said.created = said.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _still(document: Any) -> bytes:
    """The file with the same time at each of its parts, in one order."""
    made, still = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))
    return still.getvalue()
