"""Rich tables for people, and the JSON objects of the commands that read the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from app.core.records import Alignment, Reading
from app.measured import Figure
from app.store.views import ClaimView, ConflictView, SearchView, StoryRef

__all__ = ["claim_json", "conflict_json", "conflicts_table", "hits_table", "measured_table", "rows_table"]


def rows_table(readings: Sequence[Reading], rows: Sequence[Alignment]) -> Table:
    """Rows of `compare`: verdict, proposition, and who says what."""
    table = Table(show_lines=True, title=f"{len(readings)} articles, {len(rows)} rows")
    for head in ("verdict", "proposition", "claims"):
        table.add_column(head, overflow="fold")
    for row in rows:
        lines = []
        for ref in row.claims:
            article = readings[ref.article].article
            claim = next(c for c in readings[ref.article].claims if c.id == ref.claim)
            lines.append(f"[bold]{escape(article.outlet or article.origin)}[/] {escape(claim.text)}")
        reasons = dict.fromkeys(
            escape(reason.say) for r in row.relations for reason in r.reasons if r.kind.value == row.status.value
        )
        table.add_row(row.status.value, escape(row.label), "\n".join(lines + [f"[dim]{x}[/]" for x in reasons]))
    return table


def hits_table(view: SearchView) -> Table:
    table = Table(title=f"{view.hits.total} claims")
    for head in ("published", "outlet", "claim", "row", "story"):
        table.add_column(head, overflow="fold")
    for hit in view.hits.items:
        claim = hit.claim
        table.add_row(
            str(claim.article.published or "undated"),
            escape(claim.article.outlet.name),
            escape(claim.text),
            claim.status.value if claim.status else "",
            escape(hit.story.slug),
        )
    return table


def conflicts_table(found: Sequence[ConflictView]) -> Table:
    table = Table(title=f"{len(found)} conflicts", show_lines=True)
    for head in ("row", "state", "proposition", "why", "story"):
        table.add_column(head, overflow="fold")
    for conflict in found:
        table.add_row(
            str(conflict.row.id),
            conflict.flag.state if conflict.flag else "undecided",
            escape(conflict.row.label),
            "\n".join(dict.fromkeys(escape(r.say) for r in conflict.reasons)),
            escape(conflict.row.story.slug),
        )
    return table


def measured_table(figures: Sequence[Figure]) -> Table:
    table = Table(title="measured error rates")
    for head in ("question", "data", "measure", "ours", "baseline", "held out", "on"):
        table.add_column(head, overflow="fold")
    for f in figures:
        baseline = f"{f.baseline:.3f} ({f.baseline_name})" if f.baseline is not None else ""
        table.add_row(f.question, f.data, f.measure, f"{f.ours:.3f}", baseline, "yes" if f.held_out else "no", f.date)
    return table


def claim_json(claim: ClaimView, story: StoryRef) -> dict[str, Any]:
    return {
        "id": claim.id,
        "story": story.slug,
        "outlet": claim.article.outlet.name,
        "article": claim.article.id,
        "headline": claim.article.headline,
        "published": claim.article.published.isoformat() if claim.article.published else None,
        "url": claim.article.url,
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "in": claim.where,
        "speakers": [a.speaker.name if a.speaker else a.text for a in claim.attributions],
        "dates": [d.value for d in claim.dates],
        "alignment": claim.alignment_id,
        "status": claim.status.value if claim.status else None,
    }


def conflict_json(conflict: ConflictView) -> dict[str, Any]:
    return {
        "alignment": conflict.row.id,
        "story": conflict.row.story.slug,
        "label": conflict.row.label,
        "status": conflict.row.status.value,
        "between": conflict.row.between.value if conflict.row.between else None,
        "state": conflict.flag.state if conflict.flag else None,
        "reasons": [{"dimension": r.dimension.value, "a": r.a, "b": r.b, "say": r.say} for r in conflict.reasons],
        "claims": [claim_json(c, conflict.row.story) for c in conflict.claims],
    }
