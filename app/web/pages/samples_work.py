"""Samples of what people do with rows: decisions with their undo, a class's sheet, a citation, articles being added."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from app.store.views import DecisionView
from app.web.jobs import Failure, Progress
from app.web.pages import samples
from app.web.pages.classroom.tally import Blank, Judged

__all__ = ["BLANK", "BOOKMARKLET", "CITE", "DECISIONS", "FLAGS", "JUDGED", "PROGRESS"]

FLAGS = (replace(samples.FLAG, id=101), replace(samples.CONFIRMED, id=102))
DECISIONS = (
    replace(samples.DECISION, id=101),
    DecisionView(102, 2, "merge", "3", "Both ask whether Tokyo said sorry.", "reader", samples.AT),
    DecisionView(103, 1, "confirm", None, "", "editor", samples.AT, undone_at=samples.AT, undone_by="reader"),
)
BLANK = Blank("r1", samples.ROWS[0].label, (samples.TOLD_23, samples.TOLD_22), Counter(conflict=1))
JUDGED = tuple(
    Judged(
        row_id=row.id,
        label=row.label,
        claims=(samples.TOLD_23, samples.TOLD_22),
        tally=tally,
        verdict=row.status,
        summary=row.summary,
        reasons=row.reasons,
        by_group=by_group,
    )
    for row, tally, by_group in (
        (samples.ROWS[0], {"conflict": 2, "diverge": 1}, {"Blue": "conflict", "Red": "diverge"}),
        (samples.ROWS[2], {"agree": 1, "diverge": 1}, {}),
        (samples.ROWS[4], {"diverge": 1, "unsure": 1}, {}),
        (samples.ROWS[5], {}, {}),
    )
)
CITE = "“GSOMIA: South Korea and Japan”: reports compared claim by claim with Parallax, as of 2026-03-02 09:30 UTC."
PROGRESS = (
    Progress("running", "read", 0, None),
    Progress(
        "running",
        "read",
        1,
        3,
        "Bridge opens",
        (Failure("This is no text.", "picture.png", "Save it as .txt, .md or .html."),),
    ),
    Progress("finished", "", 3, 3),
)
BOOKMARKLET = "javascript:void(open('https://parallax.example/articles/new'))"
