"""Rows on made-up stories: floors of precision and recall that cannot sink silently; the held-out half is the honest one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import story_rows  # noqa: E402

from app.core.alignment import align  # noqa: E402

FLOORS = json.loads((HERE / "story_floors.json").read_text("utf-8"))


@pytest.mark.parametrize("half", story_rows.HALVES)
def test_rows_are_as_right_as_they_were(half):
    total = sum(
        (story_rows.measure(s, align(s.readings)) for s in story_rows.stories() if s.half == half), story_rows.Figures()
    )
    assert total.precision >= FLOORS[half]["precision"]
    assert total.recall >= FLOORS[half]["recall"]
    assert total.split <= total.told / 10


def test_every_story_has_its_half_and_enough_outlets():
    stories = story_rows.stories()
    assert {s.half for s in stories} == set(story_rows.HALVES)
    assert all(3 <= len(s.readings) <= 5 for s in stories)
    assert all(s.wanted() for s in stories)
