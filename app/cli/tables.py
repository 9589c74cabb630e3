"""Rich tables for people, and the JSON objects of the commands that read the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from app.core.records import Alignment, Reading, Status
from app.measured import Figure, Reliability, Shortfall

if TYPE_CHECKING:
    from app.store.views import AuditLine, ClaimView, ConflictView, SearchView, Slice, StoryCard, StoryRef, WorkView

__all__ = [
    "audit_table",
    "bins_table",
    "claim_json",
    "conflict_json",
    "conflicts_table",
    "errors_table",
    "hits_table",
    "measured_table",
    "moved_table",
    "reliability_table",
    "rows_table",
    "stories_table",
    "story_json",
]


def rows_table(readings: Sequence[Reading], rows: Sequence[Alignment]) -> Table:
    """Rows of `compare`: verdict, proposition, and who says what."""
    table = Table(show_lines=True, title=f"{_count(len(readings), 'article')}, {_count(len(rows), 'row')}")
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
        table.add_row(
            _likely(row.status, row.probability),
            escape(row.label),
            "\n".join(lines + [f"[dim]{x}[/]" for x in reasons]),
        )
    return table


def stories_table(found: Sequence[StoryCard]) -> Table:
    table = Table(title=_count(len(found), "story", "stories"))
    for head in ("story", "title", "articles", "conflicts"):
        table.add_column(head, overflow="fold")
    for card in found:
        title = escape(card.story.title) + (" [bold](not compared yet)[/]" if card.waiting else "")
        conflicts = "" if card.waiting and not any(card.counts.values()) else str(card.counts.get(Status.CONFLICT, 0))
        table.add_row(escape(card.story.slug), title, str(card.articles), conflicts)
    return table


def hits_table(view: SearchView) -> Table:
    table = Table(title=("" if view.exact else "more than ") + _count(view.hits.total, "claim"))
    for head in ("published", "outlet", "claim", "row", "story"):
        table.add_column(head, overflow="fold")
    for hit in view.hits.items:
        claim = hit.claim
        table.add_row(
            str(claim.article.published or "undated"),
            escape(claim.article.outlet.name),
            escape(claim.text),
            claim.status.value if claim.status else "not compared yet" if claim.article.waiting else "",
            escape(hit.story.slug),
        )
    return table


def conflicts_table(found: Sequence[ConflictView], today: date) -> Table:
    table = Table(title=_count(len(found), "conflict"), show_lines=True)
    for head in ("row", "state", "verdict", "proposition", "why", "assigned, due", "story"):
        table.add_column(head, overflow="fold")
    for conflict in found:
        table.add_row(
            str(conflict.row.id),
            (conflict.flag.state if conflict.flag else "undecided")
            + (", two opinions" if conflict.two_opinions else ""),
            _likely(conflict.row.status, conflict.row.probability),
            escape(conflict.row.label),
            "\n".join(dict.fromkeys(escape(r.say) for r in conflict.reasons)),
            escape(_work(conflict.work, today)),
            escape(conflict.row.story.slug),
        )
    return table


def _work(work: WorkView, today: date) -> str:
    due = f"due {work.due}{', overdue' if work.overdue(today) else ''}" if work.due else ""
    return ", ".join(part for part in (work.assigned, work.state if work.by else "", due) if part)


def audit_table(found: Slice[AuditLine]) -> Table:
    table = Table(title=_count(found.total, "line"))
    for head in ("line", "when (UTC)", "who", "did", "to", "before", "after"):
        table.add_column(head, overflow="fold")
    for line in found.items:
        sides = ("; ".join(f"{k} {v}" for k, v in side.items()) for side in (line.before, line.after))
        told = (str(line.id), f"{line.at:%Y-%m-%d %H:%M:%S}", line.by, line.what, f"{line.kind} {line.subject}", *sides)
        table.add_row(*(escape(t) for t in told))
    return table


def measured_table(figures: Sequence[Figure]) -> Table:
    """Each figure beside what was to beat and what was wanted; what falls short is marked."""
    table = Table(title="measured error rates", show_lines=True)
    for head in ("question", "data and measure", "to beat", "wanted", "ours", "held out", "measured"):
        table.add_column(head, overflow="fold")
    for f in figures:
        ours = f"[bold red]{f.ours:.3f} short[/]" if f.falls_short else f"[bold]{f.ours:.3f}[/]"
        table.add_row(
            escape(f.question),
            escape(f"{f.data}: {f.measure}"),
            f"{f.baseline:.3f} {escape(f.baseline_name or '')}" if f.baseline is not None else "",
            f"{f.wanted:.2f}" if f.wanted is not None else "",
            ours,
            "yes" if f.held_out else "no",
            f"{f.date}\n[dim]{escape(f.command)}[/]",
        )
    return table


def errors_table(found: Sequence[Shortfall]) -> Table:
    """Errors that were read, the commonest cause of each question first; ids are those of the data."""
    table = Table(title="errors read, by cause", show_lines=True)
    for head in ("question", "cause", "what happened", "pair"):
        table.add_column(head, overflow="fold")
    for s in found:
        table.add_row(escape(f"{s.question} ({s.data})"), escape(s.cause), escape(s.say), escape(s.id))
    return table


def reliability_table(found: Sequence[Reliability]) -> Table:
    """Whether scores are probabilities: the expected calibration error of each question."""
    table = Table(title="are scores probabilities?")
    for head in ("question", "pairs", "expected calibration error", "held out"):
        table.add_column(head, overflow="fold")
    for r in found:
        question = escape(f"{r.question} ({r.data})")
        table.add_row(question, str(r.pairs), f"{r.error:.3f}", "yes" if r.held_out else "no")
    return table


def bins_table(found: Reliability) -> Table:
    """Every bin of one question, which stands as a heading above: how often was right what was said to be this likely?"""
    table = Table()
    for head in ("said", "true", "pairs"):
        table.add_column(head, justify="right")
    for b in found.bins:
        table.add_row(f"{b.said:.2f}", f"{b.observed:.2f}", str(b.pairs))
    return table


def moved_table(moved: Sequence[tuple[str, float, float]], start: tuple[float, float]) -> Table:
    """What a step moved: the starting point and the features, log-odds a spread before and after."""
    table = Table(title="what moved (log-odds a spread of the feature)")
    for head in ("feature", "as shipped", "learned", "step"):
        table.add_column(head)
    for name, before, after in (("start", *start), *moved):
        table.add_row(name, f"{before:.3f}", f"{after:.3f}", f"{after - before:+.3f}")
    return table


def story_json(card: StoryCard) -> dict[str, Any]:
    return {
        "story": card.story.slug,
        "title": card.story.title,
        "articles": card.articles,
        "outlets": [outlet.name for outlet in card.outlets],
        "first": card.first.isoformat() if card.first else None,
        "last": card.last.isoformat() if card.last else None,
        "rows": {status.value: card.counts.get(status, 0) for status in Status},
        "waiting": card.waiting,
    }


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
        "waiting": claim.article.waiting,
    }


def conflict_json(conflict: ConflictView) -> dict[str, Any]:
    return {
        "alignment": conflict.row.id,
        "story": conflict.row.story.slug,
        "label": conflict.row.label,
        "status": conflict.row.status.value,
        "probability": conflict.row.probability,
        "between": conflict.row.between.value if conflict.row.between else None,
        "state": conflict.flag.state if conflict.flag else None,
        "two_opinions": conflict.two_opinions,
        "opinions": [
            {"by": o.by, "says": o.says, "standing": o.standing}
            for o in (conflict.flag.opinions if conflict.flag else ())
        ],
        "assigned": conflict.work.assigned,
        "due": conflict.work.due.isoformat() if conflict.work.due else None,
        "work": conflict.work.state,
        "comments": [{"by": c.by, "at": c.at.isoformat(), "text": c.text} for c in conflict.comments],
        "reasons": [{"dimension": r.dimension.value, "a": r.a, "b": r.b, "say": r.say} for r in conflict.reasons],
        "claims": [claim_json(c, conflict.row.story) for c in conflict.claims],
    }


def _likely(status: Status, probability: float) -> str:
    """The verdict with its probability, where it has one: none is told of what a person decided."""
    return status.value if probability >= 1 else f"{status.value} {probability:.2f}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
