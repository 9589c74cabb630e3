"""Articles find their stories while they are imported, block by block, whatever the order and however many come at once."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import pipeline
from app.core.records import Article, Reading
from app.pipeline import grouping
from app.store import Store

EVENTS = (
    "Tunnel under Oberried opened|Governor Lena Voss opened the tunnel under Oberried.|Lorries stay banned from it until spring.",
    "Lindow market hall burns|A fire gutted the market hall of Lindow.|Fire chief Tom Ilves suspects the wiring of a bakery.",
    "Halden nurses strike|Nurses in Halden walked out over night shifts.|Their speaker Eva Krag wants nine more beds staffed.",
    "Orsa valley shaken by quake|An earthquake of magnitude 5.1 shook the Orsa valley.|Geologist Per Dahl expects aftershocks.",
    "Petkova wins Tirnova vote|Ana Petkova was elected mayor of Tirnova.|She promised to halt the sale of the harbour.",
    "Kolar takes Zadar chess title|Mira Kolar won the chess open in Zadar.|The sixteen-year-old sacrificed a rook for the initiative.",
    "Bank of Norvia lifts rates|The central bank of Norvia raised its key rate by half a point.|Inflation is stubborn, said Ivar Lund.",
    "Brekke dam to be inspected|Engineers will inspect the dam of Brekke for cracks.|Water seeped through the spillway, Nora Marsh found.",
    "Maldow court frees editor|A court in Maldow acquitted the editor Jan Novak of slander.|His paper had printed invoices of a minister.",
    "Vaccine trial halted in Quarne|Doctors in Quarne stopped the trial of a malaria vaccine.|Two volunteers had fainted, said Ada Okoye.",
    "Selmont orchestra loses conductor|The Selmont orchestra parted with its conductor Kai Tamm.|Musicians had complained about cancelled rehearsals.",
    "Wolves seen near Vintra|Shepherds near Vintra lost forty lambs to wolves.|Ranger Ola Sarin advises electric fences.",
)


def reports(event: int, outlets: int, *, dated: bool = True) -> list[Article]:
    """One event told by several outlets."""
    headline, first, then = EVENTS[event].split("|")
    ways = (f"{first} {then}", f"{then} {headline}, it was reported. {first}", f"{first} Few had expected that. {then}")
    return [
        Article(
            f"{ways[n % 3]} Outlet {n} reports.",
            outlet=f"Outlet {n}",
            headline=headline,
            published=date(2023, 3, 6) + timedelta(days=2 * event + n % 2) if dated else None,
        )
        for n in range(outlets)
    ]


def stories(store: Store) -> list[list[str]]:
    """The headlines of each story."""
    found = defaultdict(list)
    for i in store.articles.article_ids():
        view = store.library.article(i)
        found[view.article.story_slug].append(view.article.headline)
    return sorted(sorted(h) for h in found.values())


def imported(store: Store, articles: list[Article], at_once: int) -> list[list[str]]:
    for start in range(0, len(articles), at_once):
        pipeline.keep(store, [Reading(a, (), (), "rules") for a in articles[start : start + at_once]])
    return stories(store)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that these few articles are many."""
    monkeypatch.setattr(grouping, "ROOM", 16)
    monkeypatch.setattr(grouping, "MOST", 16)
    monkeypatch.setattr("app.store.telling_words.NEAREST", 4)
    monkeypatch.setattr("app.pipeline.keeping.BLOCK", 7)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("at_once", [1, 5, 100])
@pytest.mark.parametrize("order", ["event by event", "shuffled"])
def test_each_event_is_one_story(store: Store, order: str, at_once: int, dated: bool) -> None:
    articles = [a for event in range(len(EVENTS)) for a in reports(event, 3, dated=dated)]
    if order == "shuffled":
        random.Random(4).shuffle(articles)
    found = imported(store, articles, at_once)
    assert found == sorted([event.partition("|")[0]] * 3 for event in EVENTS)


@pytest.mark.usefixtures("small")
def test_never_more_than_some_are_held_against_each_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def group(articles: list[Article], model: object, context: list[int]) -> tuple[int, ...]:
        held.append(len(articles))
        return tuple(range(len(articles)))

    monkeypatch.setattr(grouping, "group_articles", group)
    imported(store, [a for event in range(12) for a in reports(event, 6)], 100)
    assert max(held) <= 16 + 7


def test_what_was_kept_before_never_moves(store: Store) -> None:
    one, two, three = reports(0, 3)
    apart = [replace(a, story=name) for a, name in ((one, "mine"), (two, "yours"))]
    imported(store, apart, 2)
    imported(store, [three], 1)
    assert sorted(map(len, stories(store))) == [1, 2]


def test_an_import_that_was_cut_short_is_grouped_by_the_next(store: Store) -> None:
    articles = reports(0, 2)
    for a in articles:
        store.articles.keep_article(Reading(a, (), (), "rules"))
    assert len(stories(store)) == 2
    assert len(imported(store, articles, 2)) == 1
