"""One key an actor across the articles of a story: what is joined, and what never is."""

from __future__ import annotations

from itertools import permutations

import pytest

from app.core.alignment import identities, unified
from app.core.claims import read_many
from app.core.language import load_reader
from app.core.records import ActorKind, Article

STORY = (
    " The dam above the town broke on Monday, and the water took the bridge, the mill and forty houses of the lower town."
    " Engineers had warned of the cracks in the dam since the spring flood, and the town had asked for money to mend it."
)
"""What all articles tell, so that they are of one story."""


def story(*texts: str):
    articles = [
        Article(text=text + STORY, headline="Dam breaks above the town", outlet=f"O{i}") for i, text in enumerate(texts)
    ]
    return list(read_many(articles, load_reader()))


def keys_of(texts: tuple[str, ...], names: tuple[str, ...]) -> list[str | None]:
    """The story's key of the actor that each text calls by the name beside it."""
    readings = story(*texts)
    found = []
    for reading, maps, name in zip(readings, identities(readings), names, strict=True):
        own = {m.text: m.key for c in reading.claims for m in c.actors}
        found.append(maps.get(own.get(name, "")))
    return found


# id -> (what one article says, the name in it), (what another says, the name in it)
ONE = {
    "nickname": (("Bill Lind, a farmer, said it was loud.", "Bill Lind"), ("William Lind, a farmer, said it was loud.", "William Lind")),
    "middle initial": (("Ana P. Berg, the mayor, wept.", "Ana P. Berg"), ("Ana Berg, the mayor, wept.", "Ana Berg")),
    "initials": (("J.D. Olsen, an engineer, left.", "J.D. Olsen"), ("James David Olsen, an engineer, left.", "James David Olsen")),
    "surname alone": (("Mayor Eva Krag wept.", "Eva Krag"), ("Mayor Krag wept.", "Krag")),
    "a letter misspelt": (("Heidar Alavi, the governor, said so.", "Heidar Alavi"), ("Heydar Alavi, the governor, said so.", "Heydar Alavi")),
    "a letter of the surname": (("Irene Wolffe, a nurse, said so.", "Irene Wolffe"), ("Irene Wolfe, a nurse, said so.", "Irene Wolfe")),
    "second surname": (("Luis Soto, a minister, came.", "Luis Soto"), ("Luis Soto Rivas, a minister, came.", "Luis Soto Rivas")),
    "surname in one or two words": (("Judge Vincent Del Ponte ruled.", "Vincent Del Ponte"), ("Judge Vincent DelPonte ruled.", "Vincent DelPonte")),
    "particle": (("Anna van der Holt, the minister, apologised.", "Anna van der Holt"), ("Minister van der Holt apologised.", "van der Holt")),
    "particle with a hyphen": (("Hani el-Lund, the mayor, wept.", "Hani el-Lund"), ("Mayor el-Lund wept.", "el-Lund")),
    "family name in front": (("Li Wenhao, an engineer, left.", "Li Wenhao"), ("Wenhao Li, an engineer, left.", "Wenhao Li")),
    "junior alone": (("Mark Lund Jr., a miller, said so.", "Mark Lund Jr"), ("Mark Lund, a miller, said so.", "Mark Lund")),
    "acronym introduced": (
        ("The Harbour Relief Committee (HRC) sent boats. The HRC said so.", "Harbour Relief Committee"),
        ("The HRC sent boats, the HRC said.", "HRC"),
    ),
    "legal form": (("Broadline Systems Ltd. built it.", "Broadline Systems Ltd"), ("Broadline Systems built it.", "Broadline Systems")),
    "place in front": (("The Lund Daily Herald said so.", "Lund Daily Herald"), ("The Daily Herald said so.", "Daily Herald")),
    "of or not": (("The Department of Water said so.", "Department of Water"), ("The Water Department said so.", "Water Department")),
    "survey": (("The US Geological Survey said so.", "US Geological Survey"), ("The USGS said so.", "USGS")),
    "British and American": (("The Lund Harbour Defence League came.", "Lund Harbour Defence League"), ("The Lund Harbor Defense League came.", "Lund Harbor Defense League")),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second"), ONE.values(), ids=ONE)
def test_joined(first, second):
    one, other = keys_of((first[0], second[0]), (first[1], second[1]))
    assert one is not None
    assert one == other


TWO = {
    "brothers": (("Andrew Lind, a suspect, fled.", "Andrew Lind"), ("Kristian Lind, his brother, fled.", "Kristian Lind")),
    "husband and wife": (("Ana Berg, a baker, wept.", "Ana Berg"), ("Otto Berg, a baker, wept.", "Otto Berg")),
    "junior and senior": (("Mark Lund Jr., a miller, fled.", "Mark Lund Jr"), ("Mark Lund Sr., a miller, fled.", "Mark Lund Sr")),
    "near names of two": (("Dan Berg, a baker, wept.", "Dan Berg"), ("Don Berg, a baker, wept.", "Don Berg")),
    "her and him": (("Erica Lind, a nurse, left.", "Erica Lind"), ("Eric Lind, a nurse, left.", "Eric Lind")),
    "other initials": (("John A. Berg, a clerk, left.", "John A. Berg"), ("John B. Berg, a clerk, left.", "John B. Berg")),
    "north and south": (("South Korea sent tents.", "South Korea"), ("North Korea sent tents.", "North Korea")),
    "deputy": (("The Deputy Water Ministry came.", "Deputy Water Ministry"), ("The Water Ministry came.", "Water Ministry")),
    "another office": (("The Swedish Foreign Ministry spoke.", "Swedish Foreign Ministry"), ("The Danish Foreign Ministry spoke.", "Danish Foreign Ministry")),
    "a part of it": (("The Lund University Press printed it.", "Lund University Press"), ("Lund University printed it.", "Lund University")),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second"), TWO.values(), ids=TWO)
def test_kept_apart(first, second):
    one, other = keys_of((first[0], second[0]), (first[1], second[1]))
    assert one is not None
    assert other is not None
    assert one != other


def test_whom_one_article_keeps_apart_no_other_joins():
    """Twins of like names: a nickname that either might have joins nobody."""
    twins = "Katie Lind, a nurse, and Kathryn Lind, a teacher, wept."
    first, second, third = story(twins, "Kathy Lind, a teacher, wept.", "Katie Lind, a nurse, wept.")
    maps = identities([first, second, third])
    assert maps[0]["katie-lind"] != maps[0]["kathryn-lind"]
    assert maps[1]["kathy-lind"] == "kathy-lind"
    assert maps[2]["katie-lind"] == maps[0]["katie-lind"]


def test_a_surname_of_two_means_neither():
    readings = story(
        "Andrew Lind, a suspect, fled. Andrew Lind was seen.",
        "Kristian Lind, a miller, fled. Kristian Lind was seen.",
        "Mr. Lind fled.",
    )
    assert identities(readings)[2]["lind"] == "lind"


def test_a_surname_means_whom_the_story_is_about():
    told = " ".join(["Andrew Lind ran. Lind hid. Lind was found. Lind wept. Lind spoke."] * 2)
    readings = story(told, "Otto Lind, a miller, fled.", "Police sought Mr. Lind.")
    assert identities(readings)[2]["lind"] == "andrew-lind"


def test_a_surname_that_one_article_leaves_open_means_whom_the_story_is_about():
    told = "Fred Lind fled. Fred Lind was seen. Fred Lind wept. Fred Lind spoke. Fred Lind hid."
    readings = story(told, told, "Fred Lind fled. Otto Lind, a miller, slept. On Sunday Lind was found.")
    assert any(a.key == "lind" and a.ambiguous for a in readings[2].actors)
    assert identities(readings)[2]["lind"] == "fred-lind"


def test_a_speaker_of_one_name_is_whom_another_article_names_in_full():
    readings = story("Amara Lind, the mayor, said it was loud.", "Lind said it was loud.", "She said it was loud.")
    speakers = [[a.speaker for c in r.claims for a in c.attributions if a.speaker] for r in unified(readings)]
    assert [s[0].key for s in speakers] == ["amara-lind", "amara-lind", "she-0"]
    assert speakers[2][0].kind is ActorKind.UNNAMED


def test_unrelated_articles_share_nobody():
    far = Article(
        text="Bill Lind won the cup. The race in the snow was long, and the crowd cheered the skiers all day.",
        headline="Cup",
    )
    (near,) = story("William Lind, a farmer, said so.")
    other = next(iter(read_many([far], load_reader())))
    assert identities([near, other])[1] == {"bill-lind": "bill-lind"}


TEXTS = (
    "Bill Lind, a farmer, said it was loud. The Harbour Relief Committee (HRC) sent boats. Otto Berg, a baker, wept.",
    "William Lind said it was loud, and the HRC came. Ana Berg, a baker, wept. Lind left.",
    "Mr. Lind was there. The HRC said so. Berg wept.",
)


def test_the_order_of_articles_changes_nothing():
    readings = story(*TEXTS)
    wanted = {id(r): m for r, m in zip(readings, identities(readings), strict=True)}
    for order in permutations(readings):
        assert [wanted[id(r)] for r in order] == list(identities(list(order)))


def test_readings_under_one_name():
    readings = story(*TEXTS)
    named = unified(readings)
    people = {m.key for r in named for c in r.claims for m in c.actors if m.kind is ActorKind.PERSON}
    assert people == {"william-lind", "otto-berg", "ana-berg"}
    for before, after in zip(readings, named, strict=True):
        assert len({a.key for a in after.actors}) == len(after.actors)
        places = [[(m.start, m.end, m.text) for m in c.actors] for c in before.claims]
        assert places == [[(m.start, m.end, m.text) for m in c.actors] for c in after.claims]
        speakers = {a.speaker.key for c in after.claims for a in c.attributions if a.speaker}
        assert not speakers & {"bill-lind", "lind"}
    assert unified(named) == named
