"""Finding claims: spellings, scripts, phrases, names, dates; marks, facets, cursors."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import reading

from app.errors import BadInput
from app.store import Store
from app.store.dates import day_bounds
from app.store.search import analyse, marked_spans, match_expression, parse_query
from app.store.views import Query

SENTENCES = [
    "The labour ministers travelled to the centre of Zürich to apologise.",
    "Nobody apologized; the defense program was cancelled.",
    "문재인은 서울에서 말했다.",
    "安倍晋三首相は東京で会見した。",
    "The U.S. embassy counted 1,250 visitors at the café.",
    "Moon Jae-in's aide praised co-operation.",
    "A dialogue about grey tyres called nobody.",
]


@pytest.fixture
def words(store: Store) -> Store:
    store.articles.keep_article(
        reading("Alpha", "2020-01-02", "Words", [(s, {}) for s in SENTENCES]), story_slug="words"
    )
    return store


def found(store: Store, q: str) -> set[int]:
    return {SENTENCES.index(h.claim.text) for h in store.library.search(Query(q)).hits.items}


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        pytest.param("apologise", {0, 1}, id="apologise / apologized"),
        pytest.param("apologize ", {0, 1}, id="apologize"),
        pytest.param("apology ", {0, 1}, id="noun and verb"),
        pytest.param("LABOR ", {0}, id="labor / labour"),
        pytest.param("center traveled ", {0}, id="center, traveled"),
        pytest.param("defence programme ", {1}, id="defence programme"),
        pytest.param("canceling ", {1}, id="canceling / cancelled"),
        pytest.param("zurich", {0}, id="accent left out"),
        pytest.param("Cafe\u0301 ", {4}, id="accent as a sign of its own"),
        pytest.param("문재인", {2}, id="Hangul name before a particle"),
        pytest.param(normalize("NFD", "문재인"), {2}, id="letters taken apart"),
        pytest.param("재인", {2}, id="part of a Hangul name"),
        pytest.param("인", {2}, id="one Hangul syllable"),
        pytest.param("安倍", {3}, id="Kanji inside a run"),
        pytest.param("首", {3}, id="one Kanji"),
        pytest.param("晋安", set(), id="Kanji in another order"),
        pytest.param("US ", {4}, id="US / U.S."),
        pytest.param("U.S", {4}, id="U.S without the last dot"),
        pytest.param("1250", {4}, id="number without its comma"),
        pytest.param("jae in", {5}, id="hyphened name"),
        pytest.param("Jae-in's ", {5}, id="possessive"),
        pytest.param('"co operation"', {5}, id="phrase over a hyphen"),
        pytest.param("cooperation ", set(), id="another word"),
        pytest.param("apol", {0, 1}, id="half-typed word"),
        pytest.param("apol ", set(), id="a word that ended"),
        pytest.param('"defense program"', {1}, id="phrase"),
        pytest.param('"program defense"', set(), id="phrase in another order"),
        pytest.param("dialog gray tires ", {6}, id="tires / tyres"),
        pytest.param("dialog gray", {6}, id="dialog gray"),
        pytest.param("calls ", {6}, id="doubled l of its own"),
        pytest.param("labour nobody", set(), id="all words are needed"),
        pytest.param('"', set(), id="a lone quote"),
        pytest.param("NEAR( *", set(), id="the index's own words are only words"),
        pytest.param("labour AND ministers", {0}, id="AND"),
        pytest.param("labour and ministers", {0}, id="and"),
        pytest.param("zurich OR embassy ", {0, 4}, id="OR"),
        pytest.param("nobody zurich OR defense OR grey", {1, 6}, id="OR binds its neighbours"),
        pytest.param('"labour ministers" OR "grey tyres"', {0, 6}, id="OR between phrases"),
        pytest.param("AND", set(), id="AND alone is a word"),
        pytest.param("OR zurich", {0}, id="OR without a left side"),
        pytest.param("zurich OR ", {0}, id="OR without a right side"),
        pytest.param("zurich AND OR NOT", {0}, id="operators without words"),
        pytest.param("(zurich OR embassy)", {0, 4}, id="brackets"),
        pytest.param("zur*", {0}, id="a star"),
        pytest.param("zurich -nobody", set(), id="an article that says it is left out"),
        pytest.param("zurich NOT nobody", set(), id="NOT"),
        pytest.param("zurich -tibet", {0}, id="nothing to leave out"),
        pytest.param('zurich -"nobody labour"', {0}, id="a phrase that stands nowhere"),
        pytest.param("-tibet", set(range(7)), id="only what is left out"),
        pytest.param("-nobody", set(), id="only what is left out, said here"),
        pytest.param("-1250", {4}, id="a number below nought"),
        pytest.param("co-operation", {5}, id="a hyphen inside is no minus"),
        pytest.param("zurich - ", {0}, id="a lone minus"),
        pytest.param("-", set(), id="nothing but a minus"),
        pytest.param("* ^ - :", set(), id="only signs"),
        pytest.param('words:"x"', set(), id="a column's name"),
        pytest.param("", set(range(7)), id="nothing asked"),
    ],
)
def test_what_is_found(words: Store, q: str, wanted: set[int]) -> None:
    assert found(words, q) == wanted


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (asked, said)
        for base in ("offer", "order", "suffer", "deliver", "cover", "murder", "enter", "register", "differ", "alter")
        for asked, said in ((f"{base}ed", f"{base}s"), (base, f"{base}ed"), (f"{base}ing", f"{base}ed"))
    ]
    + [
        ("independence", "independent"), ("difference", "different"), ("precise", "precisely"), ("promise", "promising"),
        ("centres", "centered"), ("analysed", "analyzing"), ("programmes", "program"), ("theatres", "theater"),
        ("licences", "licensed"), ("catalogued", "catalogs"), ("defences", "defense"), ("litres", "liter"), ("storeys", "stories"),
    ],
)  # fmt: skip
def test_forms_of_one_word_find_each_other(asked: str, said: str) -> None:
    assert analyse(asked)[0].stem == analyse(said)[0].stem


@pytest.mark.parametrize(
    ("q", "found"),
    [("C++", ["C++"]), ("c#", ["C#"]), ("C ", ["C"]), ("R&D", ["R&D"]), ("F-16", ["F-16"]), ("no. 7", ["no. 7"])],
)
def test_signs_of_a_name_are_part_of_it(store: Store, q: str, found: list[str]) -> None:
    said = {name: f"The gauge said {name} was in use." for name in ("C++", "C#", "C", "R&D", "F-16", "no. 7")}
    store.articles.keep_article(
        reading("Alpha", "2020-01-02", "Words", [(s, {}) for s in said.values()]), story_slug="words"
    )
    hits = {h.claim.text for h in store.library.search(Query(q)).hits.items}
    assert [name for name, sentence in said.items() if sentence in hits] == found


def test_what_is_marked() -> None:
    for q, text, wanted in [
        ("apologize lab", "Labour apologised.", ["Labour", "apologised"]),
        ("안", "안녕 안", ["안", "안"]),
        ("재인", "문재인은", ["재인"]),
        ('"moon jae"', "Moon Jae-in", ["Moon Jae"]),
        ("nothing", "here", []),
    ]:
        assert [text[a:b] for a, b in marked_spans(text, parse_query(q).wanted)] == wanted


@given(st.text(max_size=60))
def test_tokens_stand_where_they_say_and_any_question_can_be_asked(text: str) -> None:
    tokens = analyse(text)
    assert all(0 <= t.start < t.end <= len(text) and t.stem for t in tokens)
    for start, end in marked_spans(text, parse_query(text).wanted):
        assert 0 <= start < end <= len(text)
    asked = parse_query(text)
    assert match_expression([*asked.all, asked.none]).count('"') % 2 == 0


def test_any_text_asked_of_the_index_is_no_error(words: Store) -> None:
    for q in [
        'a"b',
        "a'b",
        "a AND",
        "(",
        "-a",
        "NOT",
        "a OR -b",
        '-"',
        "a -OR",
        "OR OR",
        "C++ -C#",
        "x" * 499,
        "\x00",
        "ﬁ",
        "🙂 a",
        "%_",
        "ß",
        "İ",
        "１２",
    ]:
        words.library.search(Query(q))
    with pytest.raises(BadInput):
        words.library.search(Query("x" * 501))


# --- names and dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", ["Motegi", "motegi", "toshimitsu-motegi", "Toshimitsu Motegi"])
def test_an_actor_is_found_by_any_name(filled: Store, actor: str) -> None:
    assert [h.claim.id for h in filled.library.search(Query(actor=actor)).hits.items] == [6]
    assert [h.claim.id for h in filled.library.search(Query(actor)).hits.items] == [6]


def test_by_an_alias_the_article_did_not_use_in_that_sentence(filled: Store) -> None:
    assert {h.claim.text[:5] for h in filled.library.search(Query("Japan ")).hits.items} == {"Tokyo", "Moteg"}


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        pytest.param("2019-11-26", "2019-11-26", [8], id="the day"),
        pytest.param("2016-11-23", "2016-11-23", [2, 4], id="a day inside a month told"),
        pytest.param("2019-08-01", "2019-08-31", [1, 3], id="a month around days"),
        pytest.param("2019-12-01", None, [], id="open end"),
        pytest.param(None, "2016-12-01", [2, 4], id="open beginning"),
    ],
)
def test_by_date_of_the_event(filled: Store, since: str | None, until: str | None, wanted: list[int]) -> None:
    query = Query(
        since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
    )
    assert [h.claim.id for h in filled.library.search(query).hits.items] == wanted


def test_by_date_of_publication(filled: Store) -> None:
    hits = filled.library.search(Query(since=date(2019, 8, 24), until=date(2019, 8, 24), date_of="published")).hits
    assert {h.claim.article.outlet.key for h in hits.items} == {"beta-times"}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2019-Q3", ("2019-07-01", "2019-09-30")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2019-W01", ("2018-12-31", "2019-01-06")),
        ("2019-11-22", ("2019-11-22", "2019-11-22")),
        ("2019-11-22T18:07", ("2019-11-22", "2019-11-22")),
        ("2019-13", None),
        ("2019-W60", None),
        ("soon", None),
    ],
)
def test_the_days_a_value_reaches_over(value: str, wanted: tuple[str, str] | None) -> None:
    days = day_bounds(value)
    assert (days and tuple(d.isoformat() for d in days)) == wanted


# --- the page ------------------------------------------------------------------------------------------------------


def test_facets_count_what_is_found_and_filters_agree_with_them(filled: Store) -> None:
    whole = filled.library.search(Query())
    assert whole.hits.total == 8
    for name, field in (("outlets", "outlet"), ("relations", "relation"), ("stories", "story"), ("actors", "actor")):
        for facet in getattr(whole, name):
            assert filled.library.search(Query(**{field: facet.value})).hits.total == facet.count, facet


def test_pages_hold_every_hit_once(filled: Store) -> None:
    for q in ("", "pact "):
        whole = [h.claim.id for h in filled.library.search(Query(q)).hits.items]
        seen, cursor = [], None
        while True:
            page = filled.library.search(Query(q), cursor=cursor, limit=3).hits
            seen += [h.claim.id for h in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == whole
        assert [h.claim.id for h in filled.library.claims(Query(q))] == whole


@pytest.mark.parametrize("wrong", [{"relation": "odd"}, {"date_of": "odd"}])
def test_odd_questions_are_bad_input(filled: Store, wrong: dict) -> None:
    with pytest.raises(BadInput):
        filled.library.search(Query(**wrong))


def test_the_actor_page(filled: Store) -> None:
    view = filled.library.actor("toshimitsu-motegi")
    assert (view.role, view.aliases, view.by_count, view.about_count) == ("foreign minister", ("Motegi",), 1, 0)
    assert [(s.by, s.stance) for s in view.said.items] == [(True, "denies")]
    assert filled.library.actor("chung-eui-yong").said.items[0].stance == "affirms"
    japan = filled.library.actor("japan", side="about", limit=1)
    assert (japan.said.total, japan.by_count) == (2, 0)
    assert filled.library.actor("japan", side="about", cursor=japan.said.next).said.items[0].claim.id == 6
    assert filled.library.actor("japan", outlet="beta-times").said.total == 0
    assert [c.actor.key for c in filled.library.actors("mot").items] == ["toshimitsu-motegi"]
    assert filled.library.actors("100%").items == ()


def test_the_article_page(filled: Store) -> None:
    view = filled.library.article(1)
    assert [u.claim.text for u in view.underlines] == [view.text[u.claim.start : u.claim.end] for u in view.underlines]
    assert [o.article.outlet.name for o in view.underlines[0].others] == ["Beta Times"]
    assert view.underlines[0].row is not None
    assert view.underlines[0].row.status == "conflict"
    assert view.alone == ()
    at_odds, single = filled.library.article(3).alone[:-2], filled.library.article(3).alone[-2:]
    assert [u.row.status for u in filled.library.article(3).underlines if u.row and u.claim in at_odds] == [
        "conflict"
    ] * 2
    assert [c.text[:9] for c in single] == ["The labou", "A hearing"]
    assert [r.label for r in filled.library.article(3).missing] == [
        "When the end was announced",
        "When the pact was signed",
    ]
    assert [a.id for a in filled.library.articles(limit=2).items] == [3, 2]
    assert [a.id for a in filled.library.articles(limit=2, cursor=filled.library.articles(limit=2).next).items] == [1]
    assert filled.library.articles(outlet="beta-times").total == 1


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        pytest.param("minsters", "ministers", id="a letter less"),
        pytest.param("travvelled centre", "traveled centre", id="a letter more, in the index's spelling"),
        pytest.param("Emabssy", "Embassy", id="two exchanged, its capital kept"),
        pytest.param("apolojyze", "apologize", id="two letters of a long word"),
        pytest.param('"defense progrm"', '"defense program"', id="inside a phrase"),
        pytest.param("embasy OR minsters", "embassy OR ministers", id="signs of the question stay"),
        pytest.param("embasy -flod", "embassy -flod", id="what is left out stays"),
        pytest.param("embassy", None, id="found"),
        pytest.param("embassy ministers", None, id="known words that never meet"),
        pytest.param("embassy -visitors", None, id="everything left out"),
        pytest.param("xylophone", None, id="nothing near"),
        pytest.param("embasy xylophone", None, id="one of two is near"),
        pytest.param("embasy ministers", None, id="mended, it finds nothing either"),
        pytest.param("ad", None, id="too short"),
        pytest.param("12345", None, id="a number"),
        pytest.param("박근혜", None, id="another script"),
        pytest.param('"embasy', '"embassy', id="a quote not closed"),
        pytest.param("embasy) NEAR(", None, id="words of the index's own language"),
    ],
)
def test_a_misspelt_word_is_mended(words: Store, q: str, meant: str | None) -> None:
    assert words.library.search(Query(q)).meant == meant


def test_mending_words_leaves_a_connection_that_writes_able_to_write(words: Store) -> None:
    from app.store.read.search import search

    for _ in range(2):
        with words.write() as session:
            assert search(session.connection(), Query("embasy"), None, 5).meant


def test_what_is_mended_is_found_under_the_same_filters(words: Store) -> None:
    assert words.library.search(Query("embasy", outlet="alpha")).meant == "embassy"
    assert words.library.search(Query("embasy", since=date(1999, 1, 1), until=date(1999, 1, 2))).meant is None
    with words.read() as session, pytest.raises(Exception, match=r"read-?only"):
        session.connection().exec_driver_sql("DELETE FROM claims")
