"""Readers and writers beside an import: nobody is turned away, nothing is lost. `crowd.py` beside this does it for a minute."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crowd import crowd
from programs import Programs


def test_nobody_is_turned_away_beside_an_import(programs: Programs) -> None:
    told = crowd(programs, seconds=15, readers=10, writers=3, number=24)
    assert {status for _, status in told.answers} <= {200, 201, 404}, told.answers
    asked = {what for what, _ in told.answers}
    assert asked == {"read", "flag", "decide"}, "beside the import"
    assert told.imported == 0, told.said
    assert "is said to have" not in told.said
