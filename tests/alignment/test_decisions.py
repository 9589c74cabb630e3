"""One decision told twice, what is none, and a decision told to be turned round."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.alignment.decisions import decision_of, turned
from app.core.alignment.entries import entries_of
from app.core.claims import read_many
from app.core.language import load_reader
from app.core.records import Article

TOLD = (
    "South Korea ended the pact with Japan.",
    "Seoul decided not to renew the agreement with Japan.",
    "South Korea decided to keep the agreement with Japan.",
    "South Korea reversed its decision to end the pact with Japan.",
    "South Korea could end the pact with Japan at any time.",
    "Japan ended the pact with South Korea.",
    "Washington urged South Korea to keep the pact with Japan.",
)
DAYS = [date(2019, 8, 22)] * 2 + [date(2019, 11, 22)] * 2 + [date(2019, 8, 23)] * 3


@pytest.fixture(scope="module")
def entries():
    articles = [
        Article(text, outlet=f"Outlet {k}", published=day) for k, (text, day) in enumerate(zip(TOLD, DAYS, strict=True))
    ]
    found = {e.ref.article: e for e in reversed(entries_of(list(read_many(articles, load_reader()))))}
    return [found[k] for k in range(len(TOLD))]


@pytest.mark.parametrize(
    ("k", "told"),
    [
        pytest.param(0, ("south-korea", "terminate"), id="ended"),
        pytest.param(1, ("south-korea", "terminate"), id="not renewed is ended"),
        pytest.param(2, ("south-korea", "extend"), id="kept"),
        pytest.param(3, ("south-korea", "extend"), id="a decision reversed is the opposite"),
        pytest.param(4, None, id="could: nothing is decided"),
        pytest.param(5, ("japan", "terminate"), id="another actor"),
        pytest.param(6, None, id="urged: nothing is decided"),
    ],
)
def test_what_is_decided(entries, k, told):
    found = decision_of(entries[k].statement)
    assert (found and (found.agent, found.side)) == told


@pytest.mark.parametrize(
    ("earlier", "later", "is_turned"),
    [
        pytest.param((0, 1), (2, 3), True, id="ended, then kept"),
        pytest.param((2, 3), (0, 1), False, id="the other way round in time"),
        pytest.param((0,), (1,), False, id="the same decision"),
        pytest.param((5,), (2, 3), False, id="another actor's"),
        pytest.param((4,), (2,), False, id="nothing was decided"),
    ],
)
def test_what_was_turned_round(entries, earlier, later, is_turned):
    assert turned([entries[k] for k in earlier], [entries[k] for k in later]) is is_turned
