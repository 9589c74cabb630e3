"""Grouping of articles: right on plain cases, and independent of their order."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment import group_articles
from app.core.alignment.partition import partition
from app.core.alignment.telltale import worth_asking
from app.core.alignment.terms import rare_names
from app.core.records import Article

DAM_A = Article(
    "A dam above the village of Oberried broke on Sunday night after three days of rain, and forty families were taken to"
    " a school. Engineer Lena Voss said the spillway had been blocked by timber since spring.",
    headline="Dam breaks above Oberried, families moved to school",
    published=date(2024, 5, 6),
)
DAM_B = Article(
    "Forty families from Oberried spent the night in a school after the dam above their village gave way. Heavy rain had"
    " filled the reservoir; timber had blocked the spillway, the engineer Lena Voss said.",
    headline="Oberried families flee as dam gives way",
    published=date(2024, 5, 6),
)
CHESS_A = Article(
    "Grandmaster Ivo Petrov won the Adriatic chess open in Zadar on Saturday, beating the sixteen-year-old Mira Kolar in"
    " the last round.",
    headline="Petrov wins chess open in Zadar",
    published=date(2024, 5, 5),
)
CHESS_B = Article(
    "Ivo Petrov is the winner of the Adriatic open. In Zadar the grandmaster beat Mira Kolar, sixteen, in a last round of"
    " six hours of chess.",
    headline="Zadar: Petrov beats Kolar in last round of chess open",
    published=date(2024, 5, 5),
)
ALL = (DAM_A, CHESS_A, DAM_B, CHESS_B)


def test_reports_of_one_event_are_one_story():
    assert group_articles(ALL) == (0, 1, 0, 1)


def test_one_article_is_its_own_story_and_none_gives_none():
    assert group_articles([DAM_A]) == (0,)
    assert group_articles([]) == ()


def test_parts_of_many_ask_the_same_pairs(monkeypatch):
    """However many articles' shared words are added up at once."""
    asked = np.arange(len(ALL))
    together = worth_asking(ALL, asked).tolist()
    monkeypatch.setattr("app.core.alignment.telltale._ROWS", 1)
    assert worth_asking(ALL, asked).tolist() == together
    assert [0, 2] in together
    assert [1, 3] in together


def test_what_only_shows_what_is_rare_is_joined_with_nothing():
    assert group_articles(ALL, context=[2]) == (0, 1, 2, 1)


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_articles_does_not_matter(order):
    labels = group_articles([ALL[i] for i in order])
    together = {frozenset((order[i], order[j])) for i in range(4) for j in range(i) if labels[i] == labels[j]}
    assert together == {frozenset((0, 2)), frozenset((1, 3))}
    assert all(label <= i for i, label in enumerate(labels))


def test_a_weak_link_does_not_chain_two_groups():
    # 0-1 and 2-3 are close, 1-2 is a single bridge.
    ij = np.array([(0, 1), (2, 3), (1, 2)], np.intp)
    assert partition(4, ij, np.array([0.9, 0.9, 0.8]), 0.4) == [0, 0, 2, 2]


def test_two_of_one_article_neither_help_nor_hinder():
    ij = np.array([(0, 1), (1, 2), (0, 2)], np.intp)
    p = np.array([0.9, 0.8, 0.0])
    assert partition(3, ij, p, 0.6) == [0, 0, 2]
    assert partition(3, ij, p, 0.6, article=np.array([7, 8, 7], np.intp)) == [0, 0, 0]


def said(headline: str, text: str, day: int) -> Article:
    return Article(text, headline=headline, published=date(2023, 10, day))


FIRE_A = said(
    "Fire guts Lindow market hall",
    "A fire destroyed the market hall of Lindow on Monday night. Nobody was hurt, fire chief Tom Ilves said.",
    3,
)
FIRE_B = said(
    "Market hall in Lindow burns down",
    "Lindow lost its market hall to a fire late on Monday. Sixty stalls burned, said fire chief Tom Ilves.",
    3,
)
FIRE_C = said(
    "Traders mourn Lindow hall",
    "Traders stood before the ruins of the Lindow market hall on Tuesday. The fire had broken out in a bakery on Monday night.",
    4,
)
OTHER_FIRE = said(
    "Fire in Halden warehouse",
    "A fire broke out in a warehouse in Halden on Thursday. Police commissioner Eva Krag suspects arson.",
    12,
)
QUAKE_A = said(
    "Quake shakes Orsa valley",
    "An earthquake of magnitude 5.1 shook the Orsa valley on Friday. Schools were closed.",
    6,
)
QUAKE_B = said(
    "Orsa valley hit by earthquake",
    "Schools in the Orsa valley stayed shut after a 5.1 magnitude earthquake on Friday.",
    7,
)
OTHER_QUAKE = said(
    "Earthquake damages Tirnova harbour",
    "The harbour of Tirnova was damaged by an earthquake of magnitude 6.4 on Sunday, mayor Ana Petkova said.",
    22,
)
RATES = said(
    "Bank of Norvia lifts rates",
    "The Bank of Norvia raised its key rate by half a point. Governor Per Dahl spoke of stubborn inflation.",
    5,
)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([RATES], (0,), id="one article"),
        pytest.param([FIRE_A, FIRE_B], (0, 0), id="two of one event"),
        pytest.param([FIRE_A, RATES], (0, 1), id="two of two events"),
        pytest.param([FIRE_A, OTHER_FIRE], (0, 1), id="two fires"),
        pytest.param([QUAKE_A, OTHER_QUAKE], (0, 1), id="two earthquakes"),
        pytest.param([FIRE_A, RATES, FIRE_B], (0, 1, 0), id="two and a stranger"),
        pytest.param([FIRE_A, FIRE_B, FIRE_C], (0, 0, 0), id="three of one event"),
        pytest.param([QUAKE_A, OTHER_QUAKE, QUAKE_B], (0, 1, 0), id="a look-alike between two"),
        pytest.param([RATES, FIRE_A, QUAKE_A], (0, 1, 2), id="three strangers"),
        pytest.param([FIRE_A, OTHER_FIRE, FIRE_B, RATES], (0, 1, 0, 3), id="four, with a look-alike"),
        pytest.param([QUAKE_A, FIRE_A, QUAKE_B, FIRE_B, OTHER_QUAKE], (0, 1, 0, 1, 4), id="five of three events"),
        pytest.param(
            [FIRE_A, QUAKE_A, FIRE_B, OTHER_FIRE, QUAKE_B, RATES], (0, 1, 0, 3, 1, 5), id="six of four events"
        ),
    ],
)
def test_a_handful_of_short_articles(articles, expected):
    assert group_articles(articles) == expected


def told(place: str, toll: int, when: date, person: str = "") -> Article:
    """A report of a quake in words that reports of other quakes use too."""
    return Article(
        f"A quake of magnitude 6 hit {place} on Monday, killing {toll} people, the institute said. Roofs fell in the old town."
        f" {person}",
        headline=f"Quake hits {place}, {toll} dead",
        published=when,
    )


def won(person: str, place: str, when: date) -> Article:
    return Article(
        f"{person} won the presidential election in {place} on Sunday with 52 percent of the vote, the commission said. The"
        " rival conceded.",
        headline=f"{person} wins election in {place}",
        published=when,
    )


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        pytest.param(told("Orsa", 12, date(2024, 3, 5)), told("Tirnova", 40, date(2021, 9, 10)), False, id="two quakes, years apart"),
        pytest.param(told("Orsa", 12, date(2024, 3, 5)), told("Tirnova", 12, date(2023, 9, 10)), False, id="two quakes, one toll"),
        pytest.param(won("Lena Voss", "Norvia", date(2024, 3, 5)), won("Per Dahl", "Halden", date(2016, 11, 9)), False, id="two elections"),
        pytest.param(told("Orsa", 12, date(2024, 3, 5)), told("Orsa", 14, date(2024, 3, 6)), True, id="one quake"),
        pytest.param(won("Lena Voss", "Norvia", date(2024, 3, 5)), won("Lena Voss", "Norvia", date(2024, 3, 7)), True, id="one election"),
        pytest.param(told("Orsa", 12, date(2024, 3, 5)), told("Orsa", 12, date(2024, 8, 5), "Orsa is being built again."), True, id="months later, one place"),
    ],
)  # fmt: skip
def test_look_alikes_far_apart_in_time_are_two_stories(a, b, one):
    assert (len(set(group_articles([a, b]))) == 1) is one


def test_rare_names_are_names_inside_sentences():
    text = (
        "Roofs fell on Monday. In Orsa, mayor Eva Krag told the council that Obama had called. The council met in Orsa."
    )
    assert rare_names(text) == {"orsa", "eva", "krag"}
