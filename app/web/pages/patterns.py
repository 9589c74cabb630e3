"""`/patterns`: every block in every state on one page. For development: there only when `PARALLAX_PATTERNS` asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.errors import BadInput, NotFound, ParallaxError
from app.store.views import ClaimView, DecisionView, FlagView, RowSummary, RowView, StoryView
from app.web.charts import (
    Chain,
    Matrix,
    Positions,
    Timeline,
    Waterfall,
    draw_chain,
    draw_matrix,
    draw_positions,
    draw_timeline,
    draw_waterfall,
)
from app.web.dependencies import SettingsOf
from app.web.jobs import Progress
from app.web.pages import samples, samples_pictures, samples_work
from app.web.pages.add.imports import said
from app.web.pages.arranged import Arrangement
from app.web.pages.article import Note, article_page
from app.web.pages.classroom.tally import Agreement, Blank, Judged, agreement
from app.web.pages.fields import DateField, date_field
from app.web.pages.shell import shell_of
from app.web.pages.side_by_side import SideBySide, beside
from app.web.pages.templates import Shell, render

__all__ = ["PatternsPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PatternsPage:
    shell: Shell
    locked: Shell  # the same where writing is not allowed
    table: SideBySide
    crowded: SideBySide  # more columns than a window holds
    facing: SideBySide  # two outlets
    reported: SideBySide  # each row by who reports it
    matrix: Matrix | None
    timeline: Timeline | None
    waterfall: Waterfall
    positions: Positions | None
    chain: Chain | None
    claims: Mapping[int, ClaimView]
    notes: tuple[Note, ...]
    good_date: DateField
    bad_date: DateField
    row: RowView
    into: RowSummary
    leaving: tuple[ClaimView, ...]
    staying: tuple[ClaimView, ...]
    flags: tuple[FlagView, ...]
    decisions: tuple[DecisionView, ...]
    table_of: StoryView
    cite: str
    blank: Blank
    hands: Blank
    judged: tuple[Judged, ...]
    sums: Agreement
    progress: tuple[tuple[Progress, str], ...]
    bookmarklet: str
    refused: ParallaxError


@router.get("/patterns", response_class=HTMLResponse)
def patterns(request: Request, settings: SettingsOf) -> HTMLResponse:
    if not settings.patterns:
        raise NotFound("There is no such page.", mend="Set PARALLAX_PATTERNS=1 to see every block in every state.")
    return render("pages/patterns.html", patterns_page(request))


def patterns_page(request: Request) -> PatternsPage:
    story = samples.STORY
    shell = shell_of(request, "Patterns", noindex=True)
    return PatternsPage(
        shell=shell,
        locked=replace(shell, writable=False),
        table=beside(story),
        crowded=_crowded(beside(story)),
        facing=beside(replace(story, chosen=story.outlets[:2])),
        reported=beside(story, arrangement=Arrangement("reports")),
        matrix=draw_matrix(story.outlets, story.matrix),
        timeline=draw_timeline(story.timeline, story.columns),
        waterfall=draw_waterfall(samples.PARTS, 0.75),
        positions=draw_positions(samples_pictures.POSITIONS),
        chain=draw_chain(samples_pictures.CHAIN),
        claims={c.id: c for c in (samples.DENIAL, samples.DROP)},
        notes=article_page(request, samples.ARTICLE).notes,
        good_date=date_field("good", "2019-11-26"),
        bad_date=date_field("bad", "26/11"),
        row=samples.ROWS[2],
        into=samples.CONFLICTS.items[0].row,
        leaving=(samples.DROP,),
        staying=(samples.SUSPEND,),
        flags=samples_work.FLAGS,
        decisions=samples_work.DECISIONS,
        table_of=story,
        cite=samples_work.CITE,
        blank=samples_work.BLANK,
        hands=replace(samples_work.BLANK, key="r2", tally=Counter(agree=4, conflict=9)),
        judged=samples_work.JUDGED,
        sums=agreement(samples_work.JUDGED),
        progress=tuple((p, said(p)) for p in samples_work.PROGRESS),
        bookmarklet=samples_work.BOOKMARKLET,
        refused=BadInput("There is no text in it.", where="report.html", mend="Paste the report's words."),
    )


def _crowded(table: SideBySide) -> SideBySide:
    """The same outlets over and over, as a long story has them."""
    return SideBySide(
        table.columns * 3,
        tuple(replace(g, lines=tuple(replace(x, places=x.places * 3) for x in g.lines)) for g in table.groups),
    )
