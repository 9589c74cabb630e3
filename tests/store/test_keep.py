"""Keeping articles: all or nothing, once, with revisions, and read back to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from clock import Clock
from counted import steps_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_up import ENDS_22, reading, the_readings
from sqlalchemy import text

from app.core.records import (
    Action,
    Actor,
    ActorKind,
    ActorMention,
    Article,
    Attribution,
    Claim,
    Cue,
    DateMention,
    Hedge,
    Modality,
    NumberMention,
    Outlet,
    Polarity,
    PublishedFrom,
    Reading,
    Speaker,
    Stance,
    Word,
)
from app.errors import BadInput, NotFound
from app.store import Store
from app.store.codec import read_actors, read_article, read_claim, write_actors, write_article, write_claim
from app.store.identity import canonical_url
from app.store.stories import _free_slug
from app.store.tables import StoryRow
from app.store.views import Query

TABLES = (
    "outlets stories articles article_revisions claims claim_records attributions actors aliases claim_index".split()
)


def counts(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {t: session.connection().execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in TABLES}


def changed(r: Reading, words: str = "A line was added. ") -> Reading:
    """The same article with a sentence more at the end; the claims stay where they were."""
    return replace(r, article=replace(r.article, text=r.article.text + "\n\n" + words))


def test_the_same_article_again_changes_nothing(store: Store, clock: Clock) -> None:
    first = [store.articles.keep_article(r) for r in the_readings()]
    before = counts(store)
    clock.tick()
    again = [store.articles.keep_article(r) for r in the_readings()]
    assert {k.outcome for k in first} == {"new"}
    assert {k.outcome for k in again} == {"same"}
    assert [k.article_id for k in again] == [k.article_id for k in first]
    assert counts(store) == before


def test_the_same_words_under_another_address_are_the_same_article(store: Store) -> None:
    r = the_readings()[0]
    kept = store.articles.keep_article(r)
    moved = replace(r, article=replace(r.article, url="https://alpha.example/amp/pact"))
    assert store.articles.keep_article(moved).outcome == "same"
    assert store.articles.keep_article(replace(r, article=replace(r.article, url=None))).article_id == kept.article_id


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("http://www.alpha.example/pact/?utm_source=y#top", "https://alpha.example/pact", id="tracking"),
        pytest.param("https://alpha.example/p?b=1&a=2", "https://ALPHA.example/p?a=2&b=1", id="order of parameters"),
        pytest.param("https://alpha.example:443/p", "https://alpha.example/p", id="port"),
    ],
)
def test_one_address_in_two_spellings(a: str, b: str) -> None:
    assert canonical_url(a) == canonical_url(b)


def test_other_words_under_the_same_address_are_a_revision(store: Store, clock: Clock) -> None:
    r = the_readings()[0]
    kept = store.articles.keep_article(r, story_slug="pact")
    clock.tick()
    newer = changed(r)
    revised = store.articles.keep_article(newer)
    assert (revised.article_id, revised.outcome, revised.story_slug) == (kept.article_id, "revised", "pact")
    assert store.articles.reading_of(kept.article_id) == newer
    assert store.articles.reading_of(kept.article_id, 1) == r
    view = store.library.article(kept.article_id, revision=1)
    assert view.text == r.article.text
    assert [(v.number, v.current) for v in view.revisions] == [(1, False), (2, True)]
    assert store.articles.keep_article(r).outcome == "same", "an old version again does not go back"
    assert store.library.search(Query("announced")).hits.total == 1, "old revisions are not searched"


def test_without_address_the_headline_and_date_tell_a_revision(store: Store) -> None:
    r = the_readings()[2]
    kept = store.articles.keep_article(r)
    assert store.articles.keep_article(changed(r)).article_id == kept.article_id
    other_day = replace(r, article=replace(r.article, published=date(2019, 11, 29), text="Else. " + r.article.text))
    assert store.articles.keep_article(replace(other_day, claims=())).outcome == "new"


def test_articles_of_one_page_that_share_an_address_are_two(store: Store) -> None:
    one, two, _ = the_readings()
    two = replace(two, article=replace(two.article, url=one.article.url, outlet=one.article.outlet))
    ids = {store.articles.keep_article(one, part=0).article_id, store.articles.keep_article(two, part=1).article_id}
    assert len(ids) == 2


def test_killed_in_the_middle_nothing_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts(store)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.store.index.add_entries", broken)  # the last step of keeping
    with pytest.raises(KeyboardInterrupt):
        store.articles.keep_article(the_readings()[0])
    assert counts(store) == before
    monkeypatch.undo()
    assert store.articles.keep_article(the_readings()[0]).outcome == "new"


def test_killed_in_the_middle_of_a_revision_the_old_one_stands(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before, r = counts(filled), the_readings()[0]

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.store.keep.keep_actors", broken)
    with pytest.raises(RuntimeError):
        filled.articles.keep_article(changed(r))
    assert counts(filled) == before
    assert filled.articles.reading_of(1) == r
    assert filled.library.search(Query("announced")).hits.total == 1


@pytest.mark.parametrize("body", ["", "  \n", "half a sign \ud83d here"], ids=["empty", "blank", "lone surrogate"])
def test_what_cannot_be_kept_is_bad_input(store: Store, body: str) -> None:
    with pytest.raises(BadInput):
        store.articles.keep_article(Reading(Article(body, outlet="Alpha"), (), ()))
    assert counts(store)["articles"] == 0


def test_an_article_without_anything_but_text_is_kept(store: Store) -> None:
    kept = store.articles.keep_article(Reading(Article("Only words, no more. " * 20), (), ()))
    ref = store.library.article(kept.article_id).article
    assert (ref.outlet.name, ref.published) == ("Unknown outlet", None)
    assert ref.headline.startswith("Only words")
    assert ref.headline.endswith("…")


def test_the_outlet_comes_from_the_registry_when_given(store: Store) -> None:
    kept = store.articles.keep_article(the_readings()[0], outlet=Outlet("alpha", "Alpha Wire Agency", "FR"))
    outlet = store.library.article(kept.article_id).article.outlet
    assert (outlet.key, outlet.name, outlet.country) == ("alpha", "Alpha Wire Agency", "FR")
    assert store.library.outlets() == (outlet,)


def test_stories_get_stable_free_slugs(store: Store) -> None:
    one, two, three = the_readings()
    assert store.articles.keep_article(one).story_slug == "pact-to-end"
    two = replace(two, article=replace(two.article, headline="Pact to end!"))
    assert store.articles.keep_article(two).story_slug == "pact-to-end-2"
    three = replace(three, article=replace(three.article, story="The Pact"))
    kept = store.articles.keep_article(three)
    assert kept.story_slug == "the-pact"
    assert store.rows.story("the-pact").story.title == "The Pact"
    assert store.articles.create_story("Other title", "the-pact").title == "The Pact", "a title never changes once made"


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        pytest.param([], "a-fire", id="none"),
        pytest.param([2, 3], "a-fire", id="only with numbers"),
        pytest.param([1, 3], "a-fire-2", id="a gap"),
        pytest.param([*range(1, 8)], "a-fire-8", id="the end of what is asked first"),
        pytest.param([*range(1, 9)], "a-fire-9", id="all that is asked first"),
        pytest.param([n for n in range(1, 40) if n != 27], "a-fire-27", id="a gap far on"),
    ],
)
def test_a_story_gets_the_first_number_that_is_free(store: Store, taken: list[int], free: str) -> None:
    for name in ("A fire at sea", "A fire 2 b", "A fir"):
        store.articles.create_story(name)
    for n in taken:
        store.articles.create_story("A fire", "a-fire" if n == 1 else f"a-fire-{n}")
    assert store.articles.create_story("A fire").slug == free


@pytest.mark.sqlite_file
def test_a_name_is_found_free_at_one_cost_among_many(store: Store) -> None:
    def cost() -> int:
        def name() -> None:
            with store.read() as session:
                assert _free_slug(session, "a-fire") == "a-fire-2"

        return steps_of(store, name)

    store.articles.create_story("A fire")
    before = cost()
    now = store.now()
    with store.write() as session:
        session.add_all(
            StoryRow(slug=f"a-fire-at-{n}", title="A fire", made_at=now, changed_at=now) for n in range(3000)
        )
    assert cost() <= before + 2


def test_an_article_moves_to_a_story_and_the_emptied_one_goes(store: Store) -> None:
    one, two, _ = (store.articles.keep_article(r) for r in the_readings())
    assert store.articles.assign_story(two.article_id, one.story_slug).slug == one.story_slug
    assert [i for i, _ in store.articles.readings_of(one.story_slug)] == [one.article_id, two.article_id]
    with pytest.raises(NotFound):
        store.rows.story(two.story_slug)
    assert set(store.articles.stale_stories()) >= {one.story_slug}
    ((_, kept, _),) = store.articles.related_to({one.article_id: the_readings()[0].article}, 9, 20)
    assert [k.story_slug for k in kept][:2] == [one.story_slug] * 2
    assert [k.alone for k in kept] == [False, False, True]


def test_articles_in_a_window_hold_the_undated_too(store: Store) -> None:
    for r in the_readings():
        store.articles.keep_article(r)
    store.articles.keep_article(reading("Delta", None, "Undated", [(ENDS_22, {})]))
    found = store.articles.article_ids(since=date(2019, 8, 23), until=date(2019, 8, 30))
    assert sorted(store.articles.reading_of(i).article.outlet or "" for i in found) == ["Beta Times", "Delta"]


def test_actors_are_one_a_key_and_namesakes_of_another_kind_are_two(store: Store) -> None:
    def about(kind: ActorKind) -> Reading:
        words = f"Georgia was named as a {kind} today."
        a = Actor("georgia", "Georgia", kind, aliases=("Tbilisi",) if kind is ActorKind.STATE else ())
        mention = ActorMention("georgia", "Georgia", kind, "Georgia", 0, 7)
        return Reading(Article(words, outlet="Alpha"), (Claim("c0", 0, len(words), words, actors=(mention,)),), (a,))

    for kind in (ActorKind.STATE, ActorKind.PERSON, ActorKind.STATE):
        store.articles.keep_article(about(kind))
    assert {c.actor.key: c.actor.kind for c in store.library.actors().items} == {
        "georgia": ActorKind.STATE,
        "georgia-person": ActorKind.PERSON,
    }
    assert store.library.actor("georgia").aliases == ("Tbilisi",)
    assert "Georgia" in store.library.actor("georgia").ambiguous


def test_many_articles_read_back_to_the_letter(filled: Store) -> None:
    assert [r for _, r in filled.articles.readings_of("pact")] == the_readings()


# --- the law: what is kept is what was read ------------------------------------------------------------------------

signs = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # reading a page leaves no NUL in it
words = st.text(signs, min_size=1, max_size=12)
span = st.tuples(st.integers(0, 60), st.integers(0, 60))
kinds = st.sampled_from(ActorKind)
number = st.floats(allow_nan=False, allow_infinity=False)
claims = st.builds(
    Claim,
    id=words,
    start=st.integers(0, 60),
    end=st.integers(0, 60),
    text=words,
    where=st.sampled_from(["body", "headline"]),
    sentence=span,
    attributions=st.tuples(
        st.builds(
            Attribution,
            st.none() | st.builds(Speaker, words, words, kinds, st.integers(0, 9), st.integers(0, 9), st.none() | words, words),
            st.none() | st.builds(Cue, words, st.integers(0, 9), st.integers(0, 9), st.sampled_from(Stance)),
            st.lists(span, max_size=2).map(tuple),
            st.booleans(),
        )
    ),
    actors=st.tuples(st.builds(ActorMention, words, words, kinds, words, st.integers(0, 9), st.integers(0, 9))),
    dates=st.tuples(
        st.builds(
            DateMention, words, st.sampled_from(["2019", "2019-Q3", "2019-11", "2019-W46", "2019-11-22", "9999-99-99", "x"]),
            st.sampled_from(["year", "quarter", "month", "week", "day"]), st.integers(0, 9), st.integers(0, 9),
            st.none() | st.just("2019-12"), st.booleans(),
        )
    ),
    numbers=st.tuples(
        st.builds(NumberMention, words, number, st.none() | words, st.integers(0, 9), st.integers(0, 9), st.sampled_from(Hedge), st.none() | number, st.none() | words)
    ),
    actions=st.tuples(st.builds(Action, words, st.sampled_from(Polarity), st.sampled_from(Modality), st.integers(0, 9), st.integers(0, 9), st.none() | words, st.none() | words)),
    words=st.tuples(st.builds(Word, words, st.sampled_from(["verb", "noun", "name", "other"]), st.integers(0, 9), st.integers(0, 9))),
    within=st.none() | words,
)  # fmt: skip
articles = st.builds(
    Article,
    text=st.text(signs, min_size=60, max_size=90).filter(lambda t: bool(t.strip())),
    id=st.none() | words,
    outlet=st.none() | words,
    headline=st.none() | words,
    bylines=st.lists(words, max_size=2).map(tuple),
    published=st.none() | st.dates(),
    published_from=st.none() | st.sampled_from(PublishedFrom),
    url=st.none() | words,
    story=st.none() | words,
    excerpt=st.booleans(),
    origin=st.text(signs, max_size=5),
)
actors = st.lists(
    st.builds(Actor, words, words, kinds, st.none() | words, st.lists(words, max_size=2).map(tuple), st.booleans()),
    max_size=2,
).map(tuple)


@settings(max_examples=40, deadline=None)
@given(articles, claims, actors)
def test_records_survive_being_written_and_read(article: Article, claim: Claim, people: tuple[Actor, ...]) -> None:
    assert read_article(write_article(article), article.text) == article
    assert read_claim(write_claim(claim)) == claim
    assert read_actors(write_actors(people)) == people


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    Article(text=60 * "0", outlet="0", headline="\xa0", story="\u2003"), Claim(id="c1", start=0, end=1, text="0"), ()
)
@given(articles, claims, actors)
def test_any_reading_is_read_back_to_the_letter(
    store: Store, article: Article, claim: Claim, people: tuple[Actor, ...]
) -> None:
    read = Reading(article, (claim,), people, "rules")
    kept = store.articles.keep_article(read)
    if kept.outcome != "same":
        assert store.articles.reading_of(kept.article_id) == read
