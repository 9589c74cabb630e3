"""What has become of a story since it was frozen, counted: for the line a frozen comparison begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.store.views import RowView, SnapshotView

__all__ = ["Since", "since"]


@dataclass(frozen=True, slots=True)
class Since:
    """Rows are told apart by their lasting ids, articles by theirs, texts by their hashes."""

    articles_new: int = 0
    articles_gone: int = 0
    texts_changed: int = 0
    rows_new: int = 0
    rows_gone: int = 0
    verdicts_changed: int = 0
    rows_changed: int = 0  # other statements or another wording, under the same verdict
    reviewed: int = 0  # rows where only what people said of them changed

    @property
    def nothing(self) -> bool:
        return self == Since()


def since(frozen: SnapshotView, rows: Iterable[RowView], texts: Iterable[tuple[int, str]]) -> Since:
    """The story as it is now against the frozen one. Each row counts once, by its weightiest change."""
    was = {row.id: row for row in frozen.view.rows.items}
    now = {row.id: row for row in rows}
    verdicts = others = said = 0
    for one in was.keys() & now.keys():
        a, b = was[one], now[one]
        if a.status != b.status:
            verdicts += 1
        elif _told(a) != _told(b):
            others += 1
        elif _said(a) != _said(b):
            said += 1
    old, new = {t.article_id: t.sha256 for t in frozen.texts}, dict(texts)
    return Since(
        articles_new=len(new.keys() - old.keys()),
        articles_gone=len(old.keys() - new.keys()),
        texts_changed=sum(old[i] != new[i] for i in old.keys() & new.keys()),
        rows_new=len(now.keys() - was.keys()),
        rows_gone=len(was.keys() - now.keys()),
        verdicts_changed=verdicts,
        rows_changed=others,
        reviewed=said,
    )


def _told(row: RowView) -> tuple[str, str, frozenset[tuple[int, str]]]:
    claims = frozenset((c.article.id, c.text) for cell in row.cells for c in cell.claims)
    return row.label, row.summary, claims


def _said(row: RowView) -> tuple[object, ...]:
    flags = tuple((f.id, f.state, f.note) for f in row.flags)
    return flags, tuple((d.id, d.undone_at) for d in row.decisions)
