"""One announcement told twice, and what is none."""

from __future__ import annotations

import pytest

from app.core.alignment.announced import one_announcement
from app.core.alignment.statement import of_reading
from app.core.claims import read_statements
from app.core.language import load_reader

TOLD = (
    "Seoul announced on Monday that it would terminate the pact.",
    "South Korea announced in May that it would not renew the agreement.",
    "The government announced on Tuesday that it would end the agreement.",
    "Japan announced in May that it would terminate the pact.",
    "South Korea announced that it would extend the pact.",
    "South Korea announced that it was reversing its decision to end the pact.",
)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        pytest.param(1, True, id="end and not renew"),
        pytest.param(2, True, id="an actor left unnamed"),
        pytest.param(3, False, id="another actor"),
        pytest.param(4, False, id="the opposite"),
        pytest.param(5, False, id="a change of mind"),
    ],
)
def test_one_announcement(other, one):
    told = [of_reading(reading) for reading in read_statements(TOLD, load_reader())]
    assert one_announcement(told, 0, other) is one
    assert one_announcement(told, other, 0) is one
