"""How many claims an actor has is added and taken off as articles come, change and are read anew; counting it all says the same."""

from __future__ import annotations

from dataclasses import replace

import made_many
import pytest

from app.core.records import Reading
from app.store import Store

FIRST, SECOND = made_many.story(3, 2, 12)


def shorter(reading: Reading, kept: int) -> Reading:
    return replace(reading, claims=reading.claims[:kept])


def revised(reading: Reading, kept: int) -> Reading:
    return replace(shorter(reading, kept), article=replace(reading.article, text=reading.article.text + " More."))


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([FIRST], id="one article"),
        pytest.param([FIRST, SECOND], id="two"),
        pytest.param([FIRST, FIRST], id="the same again"),
        pytest.param([FIRST, revised(FIRST, 5)], id="a revision that says less"),
        pytest.param([shorter(FIRST, 5), revised(FIRST, 12)], id="a revision that says more"),
        pytest.param([FIRST, revised(FIRST, 0)], id="a revision that says nothing"),
        pytest.param([FIRST, revised(FIRST, 5), FIRST], id="and what was before, which changes nothing"),
    ],
)
def test_numbers_are_those_that_counting_gives(store: Store, steps: list[Reading]) -> None:
    for step in steps:
        store.articles.keep_article(step)
    assert sum(a.claims for a in store.library.actors(limit=200).items) > 0 or not steps[-1].claims
    assert store.checks.answer("counts").faults == ()


@pytest.mark.parametrize("kept", [0, 4, 12])
def test_reading_anew_adds_and_takes_off(store: Store, kept: int) -> None:
    i = store.articles.keep_article(FIRST).article_id
    store.articles.keep_article(SECOND)
    store.articles.reread(i, shorter(FIRST, kept))
    assert store.checks.answer("counts").faults == ()
    store.articles.reread(i, FIRST)
    assert store.checks.answer("counts").faults == ()
