"""The measured figures: one file, read by `parallax evaluate` and shown by the method page."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

import app.measured
from app.measured import Figure, load_measured
from app.web.dates import day
from app.web.pages.method import by_stage
from app.web.words import WORDS, figure

FIGURES = load_measured()
ROOT = Path(app.measured.__file__).resolve().parent.parent


def test_there_are_figures() -> None:
    assert len(FIGURES) == len(json.loads((ROOT / "app/measured.json").read_text("utf-8"))) > 0


@pytest.mark.parametrize("found", FIGURES, ids=lambda f: f"{f.question[:30]} {f.data[:20]}")
def test_no_figure_without_its_command_and_date(found: Figure) -> None:
    script = re.fullmatch(r"python (\S+\.py)(?: .+)?", found.command)
    assert script
    assert (ROOT / script[1]).is_file()
    date.fromisoformat(found.date)
    assert all((found.question, found.data, found.measure))
    assert found.stage in WORDS.stage
    assert (found.baseline is None) == (found.baseline_name is None)
    assert isinstance(found.held_out, bool)


def test_no_figure_stands_twice() -> None:
    keys = [(f.question, f.data, f.measure) for f in FIGURES]
    assert len(set(keys)) == len(keys)


def test_grouped_by_stage_nothing_is_lost() -> None:
    groups = by_stage(tuple(reversed(FIGURES)))
    assert [g.stage for g in groups] == [s for s in WORDS.stage if any(f.stage == s for f in FIGURES)]
    assert sorted(f.question for g in groups for f in g.figures) == sorted(f.question for f in FIGURES)


def test_the_method_page_shows_every_figure(bridge) -> None:
    page = bridge.get("/method").text
    rows = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", r)).split()) for r in re.findall(r"(?s)<tr>.*?</tr>", page)]
    for f in FIGURES:
        wanted = [f.question, f.data, f.measure, figure(f.ours), figure(f.baseline), f.baseline_name or "none"]
        wanted += ["yes" if f.held_out else "no", day(date.fromisoformat(f.date)), f.command, f.note]
        assert any(all(w in row for w in wanted) for row in rows), f.question
