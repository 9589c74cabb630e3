"""Names that users add: found as the actor they mean, before the registry, in any script; nothing else changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims import AddedName, AddedNames, read_claims
from app.core.language import load_reader
from app.core.records import ActorKind, Article

LAKE = AddedName("the lakeside", "switzerland", "Switzerland", ActorKind.STATE)
PALACE = AddedName("청와대", "blue-house", "Blue House", ActorKind.ORGANISATION)
CHANCELLOR = AddedName("iron chancellor", "otto-weber", "Otto Weber", ActorKind.PERSON)
OLD_LADY = AddedName("Old Lady", "bank-of-england", "Bank of England", ActorKind.ORGANISATION)

# text, names added, (words, key) of every mention
FOUND = {
    "with its article": ("The lakeside said no.", (LAKE,), [("lakeside", "switzerland")]),
    "capital at the start": ("Lakeside voters said no.", (LAKE,), [("Lakeside", "switzerland")]),
    "not inside a word": ("The lakesiders said no.", (LAKE,), []),
    "a capital counts": ("An old lady said no.", (OLD_LADY,), []),
    "Hangul with an ending": ("청와대는 said no.", (PALACE,), [("청와대", "blue-house")]),
    "a person": ("The iron chancellor resigned.", (CHANCELLOR,), [("iron chancellor", "otto-weber")]),
    "curly apostrophe": ("The lakeside’s banks closed.", (LAKE,), [("lakeside", "switzerland")]),
    "before the registry": (
        "Seoul said no.",
        (AddedName("Seoul", "seoul-dynamo", "Seoul Dynamo", ActorKind.ORGANISATION),),
        [("Seoul", "seoul-dynamo")],
    ),
    "the longer stands": (
        "South Korea said no.",
        (AddedName("Korea", "korea-football", "Korea Football", ActorKind.ORGANISATION),),
        [("South Korea", "south-korea")],
    ),
    "no name at all": ("Switzerland said no.", (), [("Switzerland", "switzerland")]),
}


@pytest.mark.parametrize(("text", "added", "wanted"), FOUND.values(), ids=FOUND)
def test_added_names_are_found(text, added, wanted):
    reading = read_claims(Article(text=text), load_reader(), added)
    assert [(m.text, m.key) for c in reading.claims for m in c.actors] == wanted


def test_an_added_name_speaks():
    (claim,) = read_claims(Article(text="The lakeside said it would not pay."), load_reader(), (LAKE,)).claims
    assert claim.speaker is not None
    assert (claim.speaker.key, claim.speaker.kind) == ("switzerland", ActorKind.STATE)


def test_a_reading_has_the_actors_of_body_and_headline():
    article = Article(
        text="Japan's Foreign Minister Taro Kono protested to France.", headline="Canada and Japan protest"
    )
    reading = read_claims(article, load_reader())
    keys = [a.key for a in reading.actors]
    assert set(keys) == {"japan", "taro-kono", "france", "canada"}
    assert len(keys) == len(set(keys))
    assert next(a for a in reading.actors if a.key == "taro-kono").side == "japan"


def test_whether_a_name_stands_in_a_text():
    names = AddedNames([LAKE])
    assert names.stand_in(None, "At the lakeside.")
    assert not names.stand_in("At the lake.", None)
    assert not AddedNames().stand_in("At the lakeside.")


_BITS = st.lists(
    st.sampled_from("Seoul the lakeside Lakeside South Korea said 청와대 Old Lady iron chancellor 's ’ -".split())
)


@settings(deadline=None)
@given(_BITS, st.lists(st.sampled_from([LAKE, PALACE, CHANCELLOR, OLD_LADY]), max_size=4))
def test_laws(bits, added):
    text = " ".join(bits)
    found = AddedNames(added).found(text)
    assert all(text[a:b] and a < b for a, b, _ in found)
    assert all(b <= c for (_, b, _), (c, _, _) in pairwise(found))
    assert found == AddedNames(reversed(added)).found(text)
    assert not AddedNames().joined(text, [])
