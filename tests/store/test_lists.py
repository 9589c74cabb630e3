"""Lists of stories, articles, actors and outlets: found by words of their names, narrowed, ordered, paged; an outlet's page."""

from __future__ import annotations

from datetime import date

import made_many
import pytest
from made_up import reading

from app.core.records import ActorKind, Status
from app.errors import BadInput, NotFound
from app.store import Store
from app.store.read.listing import ORDERS, ListWanted
from app.store.read.queue import QUEUE_ORDERS, Queued
from app.store.search import has_words
from app.store.sql import listed


@pytest.fixture
def shelf(filled: Store) -> Store:
    """The made-up story, one of many articles, and three of one article each."""
    readings = made_many.story(0, 3, 4)
    made_many.keep(filled, "harvest", readings, made_many.rows(readings, 0))
    for slug, title, outlet, day in (
        ("dam", "The dam's apologies", "Alpha Wire", "2021-03-04"),
        ("cafe", "Café closes, owners say", "Gamma Post", "2018-01-01"),
        ("undated", "An undated report", "Delta", None),
    ):
        filled.articles.keep_article(
            reading(outlet, day, title, [("Tokyo kept silent.", {})]), story_slug=slug, story_title=title
        )
    return filled


def slugs(found) -> list[str]:
    return [card.story.slug for card in found.items]


@pytest.mark.parametrize(
    ("title", "q", "held"),
    [
        pytest.param("The dam's apologies", "apologise", True, id="another form"),
        pytest.param("The dam's apologies", "dam apol", True, id="a word begun"),
        pytest.param("Café closes", "cafe", True, id="accents"),
        pytest.param("Labour court", "labor", True, id="spelling"),
        pytest.param("The pact", "act", False, id="not the middle of a word"),
        pytest.param("The pact", "pact ends", False, id="every word"),
        pytest.param("서울 지소미아 종료", "소미", True, id="inside a run"),
        pytest.param("100% sure_thing", "%", False, id="signs alone find nothing"),
        pytest.param("North-south talks", "south", True, id="hyphen"),
    ],
)
def test_titles_hold_the_words_asked_for(title: str, q: str, held: bool) -> None:
    assert has_words(title, q) is held


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(ListWanted(order="newest"), ["dam", "pact", "harvest", "cafe", "undated"], id="newest"),
        pytest.param(ListWanted(order="name"), ["undated", "cafe", "harvest", "dam", "pact"], id="by name"),
        pytest.param(ListWanted("apologise"), ["dam"], id="words"),
        pytest.param(ListWanted(outlet="alpha-wire"), ["dam", "pact"], id="outlet"),
        pytest.param(ListWanted(relation="conflict", order="name"), None, id="verdict"),
        pytest.param(ListWanted(size="one"), ["dam", "cafe", "undated"], id="one article"),
        pytest.param(ListWanted(size="many"), ["pact", "harvest"], id="many articles"),
        pytest.param(ListWanted("zebra"), [], id="nothing"),
    ],
)
def test_stories(shelf: Store, wanted: ListWanted, found: list[str] | None) -> None:
    view = shelf.library.story_list(wanted)
    if found is None:
        assert all(card.counts[Status.CONFLICT] for card in view.stories.items)
        assert view.stories.total == view.counts[Status.CONFLICT] < view.every
    else:
        assert slugs(view.stories) == found
        assert view.stories.total == len(found)


def test_a_filters_own_choices_are_counted_under_the_others(shelf: Store) -> None:
    view = shelf.library.story_list(ListWanted(outlet="alpha-wire", relation="conflict"))
    assert view.every == 2
    assert {f.value: f.count for f in view.outlets}["alpha-wire"] == view.stories.total == 1


@pytest.mark.parametrize("order", ORDERS["stories"])
def test_pages_neither_skip_nor_repeat_in_any_order(shelf: Store, order: str) -> None:
    every = slugs(shelf.library.stories(order=order, limit=50))
    paged: list[str] = []
    cursor = None
    while True:
        page = shelf.library.stories(order=order, limit=2, cursor=cursor)
        paged += slugs(page)
        cursor = page.next
        if cursor is None:
            break
    assert paged == every
    assert len(set(every)) == 5


@pytest.mark.parametrize(
    ("wanted", "total", "first"),
    [
        pytest.param(ListWanted(), 9, "The dam's apologies", id="newest"),
        pytest.param(ListWanted(order="oldest"), 9, "Café closes, owners say", id="oldest, undated last"),
        pytest.param(ListWanted("undated"), 1, "An undated report", id="words"),
        pytest.param(
            ListWanted(outlet="gamma-post", since=date(2018, 1, 1), until=date(2018, 1, 1)),
            1,
            "Café closes, owners say",
            id="days",
        ),
        pytest.param(ListWanted(story="harvest", order="name"), 3, "Story 0 report 0", id="story"),
    ],
)
def test_articles(shelf: Store, wanted: ListWanted, total: int, first: str) -> None:
    view = shelf.library.article_list(wanted)
    assert view.articles.total == len(view.articles.items) == total
    assert view.articles.items[0].article.headline == first
    assert all(card.claims for card in view.articles.items)


def test_actors_by_any_name_and_kind(shelf: Store) -> None:
    view = shelf.library.actor_list(ListWanted("tokyo"))
    assert [card.actor.name for card in view.actors.items] == ["Japan"]
    assert view.kinds == {ActorKind.STATE: 1}
    people = shelf.library.actor_list(ListWanted(kind="person", order="name"))
    names = [card.actor.name for card in people.actors.items]
    assert names == sorted(names)
    assert people.kinds[ActorKind.STATE] > 0


def test_outlets(shelf: Store) -> None:
    view = shelf.library.outlet_list(ListWanted("wire"))
    (card,) = view.outlets.items
    assert (card.outlet.key, card.stories, card.last) == ("alpha-wire", 2, date(2021, 3, 4))
    assert shelf.library.outlet_list(ListWanted("delta")).outlets.items[0].last is None


def test_an_outlets_page_counts_the_rows_it_stands_in_and_those_it_left_out(shelf: Store) -> None:
    view = shelf.library.outlet("beta-times")
    rows = [
        r
        for r in shelf.rows.every("pact")
        if any(c.article.outlet.key == "beta-times" for x in r.cells for c in x.claims)
    ]
    assert sum(s.rows for s in view.stands) == len(rows)
    conflict = next(s for s in view.stands if s.status is Status.CONFLICT)
    assert conflict.party == conflict.rows
    others = {r.id for r in shelf.rows.every("pact") if r.outlets >= 2} - {r.id for r in rows}
    assert {r.id for r in view.left_out.items} == others
    assert [card.story.slug for card in view.of_stories] == ["pact"]
    assert view.languages[0].value == "en"


def test_who_stands_in_a_row_of_others_quarrel_is_no_party_to_it(store: Store) -> None:
    readings = made_many.story(0, 3, 2)
    rows = made_many.rows(readings, 0)
    made_many.keep(store, "s", readings, rows)
    with store.write() as session:
        from sqlalchemy import text

        connection = session.connection()
        connection.execute(text("UPDATE alignments SET shown_status = 'conflict' WHERE id = 1"))
        connection.execute(text("UPDATE relations SET kind = 'agree' WHERE shown_in = 1"))
        connection.execute(
            text("""UPDATE relations SET kind = 'conflict' WHERE id = (SELECT relations.id FROM relations
            JOIN claims AS a ON a.id = a_claim_id JOIN claims AS b ON b.id = b_claim_id
            WHERE shown_in = 1 AND a.article_id = 1 AND b.article_id = 2)""")
        )
    party = {
        key: next(s for s in store.library.outlet(key).stands if s.status is Status.CONFLICT).party
        for key in ("outlet-0", "outlet-1", "outlet-2")
    }
    assert party["outlet-0"] == party["outlet-1"] == party["outlet-2"] + 1


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda s: s.library.stories(order="oldest"), id="order"),
        pytest.param(lambda s: s.library.stories(size="big"), id="size"),
        pytest.param(lambda s: s.library.stories(relation="x"), id="verdict"),
        pytest.param(lambda s: s.library.actors(kind="robot"), id="kind"),
        pytest.param(lambda s: s.rows.conflicts(order="name"), id="order of the queue"),
        pytest.param(lambda s: s.rows.conflicts(dimension="size"), id="dimension"),
        pytest.param(
            lambda s: s.library.stories(cursor=s.library.stories(order="newest", limit=1).next, order="articles"),
            id="cursor of another order",
        ),
    ],
)
def test_what_cannot_be_asked_is_said(shelf: Store, ask) -> None:
    with pytest.raises(BadInput):
        ask(shelf)


@pytest.fixture
def queue(store: Store) -> Store:
    """Rows in conflict of two stories, flagged by a person; no two as likely."""
    for i in range(2):
        readings = made_many.story(i, 4, 8)
        made_many.keep(store, f"s{i}", readings, made_many.rows(readings, i))
    for n, row in enumerate(r for i in range(2) for r in store.rows.every(f"s{i}") if r.outlets > 1):
        store.review.flag(row.id, by="ann", note=str(n))
    return store


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"story": "s1"}, id="story"),
        pytest.param({"outlet": "outlet-2"}, id="outlet"),
        pytest.param({"outlet": "nobody"}, id="unknown outlet"),
        pytest.param({"dimension": "date"}, id="dimension"),
        pytest.param({"dimension": "place"}, id="dimension of none"),
        pytest.param({"likely": 0.9}, id="probability"),
        pytest.param({"state": "open", "story": "s0", "likely": 0.1}, id="several"),
    ],
)
def test_the_queue_is_narrowed_and_counted_alike(queue: Store, wanted: dict) -> None:
    found = queue.rows.conflicts(**wanted, limit=200)
    every = queue.rows.conflicts(limit=200).items
    assert {c.row.id for c in found.items} == {c.row.id for c in every if _fits(c, wanted)}
    counts = queue.rows.queue_counts(Queued(**wanted))
    for name, facets in (("story", counts.stories), ("outlet", counts.outlets), ("dimension", counts.dimensions)):
        others = {k: v for k, v in wanted.items() if k != name}
        for facet in facets:
            assert facet.count == queue.rows.conflicts(**others, **{name: facet.value}).total
    others = {k: v for k, v in wanted.items() if k != "state"}
    assert sum(counts.states.values()) == queue.rows.conflicts(**others).total


def _fits(item, wanted: dict) -> bool:
    row = item.row
    return (
        wanted.get("story") in (None, row.story.slug)
        and (wanted.get("outlet") is None or any(c.article.outlet.key == wanted["outlet"] for c in item.claims))
        and (wanted.get("dimension") is None or wanted["dimension"] in row.dimensions)
        and row.probability >= wanted.get("likely", 0)
    )


@pytest.mark.parametrize("order", QUEUE_ORDERS)
def test_the_queue_in_every_order(queue: Store, order: str) -> None:
    every = queue.rows.conflicts(order=order, limit=200).items
    paged, cursor = [], None
    while True:
        page = queue.rows.conflicts(order=order, limit=3, cursor=cursor)
        paged += page.items
        cursor = page.next
        if cursor is None:
            break
    assert [c.row.id for c in paged] == [c.row.id for c in every]
    likely = [c.row.probability for c in every]
    assert order == "undecided" or likely == sorted(likely, reverse=order == "likely")


def test_nobody_knows_that_outlet(store: Store) -> None:
    with pytest.raises(NotFound):
        store.library.outlet("nobody")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param([], "[]", id="none"),
        pytest.param([3, 1], "[3, 1]", id="ids"),
        pytest.param(["é", "\U0001f600", 'a"b'], '["é", "\U0001f600", "a\\"b"]', id="words"),
        pytest.param(["fine", "a\0b"], None, id="NUL"),
        pytest.param(["\ud83d"], None, id="half a character"),
        pytest.param(["\ud83d", "\ude00"], None, id="two halves, each in a word of its own"),
    ],
)
def test_a_list_is_bound_whole_or_refused(values: list[object], said: str | None) -> None:
    if said is None:
        with pytest.raises(BadInput, match="cannot be looked for"):
            listed(values)
    else:
        assert listed(iter(values)) == said
