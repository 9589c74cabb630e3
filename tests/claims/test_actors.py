"""Who is named: canonical actors, kinds, roles, sides, aliases; capitals as governments and as places; what stays open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims.actors import ActorBook, find_actors
from app.core.language import load_reader
from app.core.records import ActorKind

BOTH = pytest.mark.parametrize("reader", ["auto", "rules"])


def read(text: str, reader: str = "auto", known: ActorBook | None = None) -> ActorBook:
    parts, offset = [], 0
    sentences = text.split("\n")
    for part, parsed in zip(sentences, load_reader(reader).parse(sentences), strict=True):
        parts.append((offset, parsed))
        offset += len(part) + 1
    return find_actors(text, parts, known)


def keys(text: str, reader: str = "auto") -> list[str]:
    return [m.key for m in read(text, reader).mentions]


# id, text, [(words, key)]
MENTIONS = [
    ("state and capital", "Tokyo told South Korea.", [("Tokyo", "japan"), ("South Korea", "south-korea")]),
    ("abbreviations", "S. Korea and the U.S. met; the US left.", [("S. Korea", "south-korea"), ("U.S.", "united-states"), ("US", "united-states")]),
    ("demonym", "The Japanese government agreed.", [("Japanese", "japan")]),
    ("people", "South Koreans stay away.", [("South Koreans", "south-korea")]),
    ("hyphened", "The Japan-South Korea row goes on.", [("Japan", "japan"), ("South Korea", "south-korea")]),
    ("the South", "North Korea warned the South.", [("North Korea", "north-korea"), ("South", "south-korea")]),
    ("south is a direction", "Florida lies in the South.", []),
    ("bare Korea", "South Korea spoke. Then Korea acted.", [("South Korea", "south-korea"), ("Korea", "south-korea")]),
    ("the peninsula", "South Korea and the Korean Peninsula", [("South Korea", "south-korea")]),
    ("seat", "Cheong Wa Dae welcomed the Blue House paper.", [("Cheong Wa Dae", "blue-house"), ("Blue House", "blue-house")]),
    ("office of a state", "The South Korean presidential office complained.", [("South Korean presidential office", "blue-house")]),
    ("office, possessor", "Japan's foreign ministry said so.", [("Japan", "japan"), ("foreign ministry", "japanese-foreign-ministry")]),
    ("treaty", "GSOMIA lapses.", [("GSOMIA", "general-security-of-military-information-agreement")]),
    ("company, not a word", "An intel-sharing pact.", []),
    ("de los", "Rosa de los Rios met Ana de las Heras.", [("Rosa de los Rios", "rosa-de-los-rios"), ("Ana de las Heras", "ana-de-las-heras")]),
    ("us the pronoun", "He told us who left.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in MENTIONS], ids=[c[0] for c in MENTIONS])
@BOTH
def test_mentions(text: str, wanted: list[tuple[str, str]], reader: str) -> None:
    assert [(m.text, m.key) for m in read(text, reader).mentions] == wanted


CAPITALS = [
    ("subject", "Seoul protested.", True),
    ("possessor", "Seoul's decision came late.", True),
    ("partner", "The talks with Tokyo failed.", True),
    ("agent", "It was rejected by Beijing.", True),
    ("body", "The Tokyo government apologised.", True),
    ("pressure on", "It put pressure on Pyongyang.", True),
    ("place", "They met in Tokyo.", False),
    ("near", "A train crashed near London.", False),
    ("journey", "The plane flew from Rome to Berlin.", False),
    ("modifier", "The London police came.", False),
    ("dateline", "TOKYO -- The talks went on.", False),
    ("a person", "General George Washington crossed the river.", False),
    ("a paper", "The Washington Post reported it.", False),
]


@pytest.mark.parametrize(("text", "acts"), [c[1:] for c in CAPITALS], ids=[c[0] for c in CAPITALS])
def test_a_capital_is_its_government_only_when_it_acts(text: str, acts: bool) -> None:
    assert any(m.kind is ActorKind.STATE for m in read(text).mentions) is acts


PEOPLE = [
    ("title before", "Japanese Foreign Minister Toshimitsu Motegi spoke.", "toshimitsu-motegi", "Japanese Foreign Minister", "japan"),
    ("hyphened name", "South Korean President Moon Jae-in spoke.", "moon-jae-in", "South Korean President", "south-korea"),
    ("then-", "It was then-South Korean President Park Geun-hye.", "park-geun-hye", "then-South Korean President", "south-korea"),
    ("of State", "US Secretary of State Mike Pompeo left.", "mike-pompeo", "US Secretary of State", "united-states"),
    ("after the name", "Yoichi Iida, director general of METI's trade control department, said so.", "yoichi-iida", "director general of METI's trade control department", "japan"),
    ("after, with acronym", "Kim You-geun, deputy director of the National Security Office (NSO), said no.", "kim-you-geun", "deputy director of the National Security Office (NSO)", None),
    ("after, with U.S.", "Stephen Biegun, the U.S. special envoy, came.", "stephen-biegun", "U.S. special envoy", "united-states"),
    ("spokesman", "DPK spokesman Lee Hae-shik told reporters.", "lee-hae-shik", "DPK spokesman", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "role", "side"), [c[1:] for c in PEOPLE], ids=[c[0] for c in PEOPLE])
@BOTH
def test_persons_with_role_and_side(text: str, key: str, role: str, side: str | None, reader: str) -> None:
    actor = read(text, reader).actor(key)
    assert actor is not None
    assert (actor.kind, actor.role, actor.side) == (ActorKind.PERSON, role, side)


@BOTH
def test_last_names_lead_to_the_person(reader: str) -> None:
    book = read("President Moon Jae-in met Mike Pompeo.\nLater Moon left, and Pompeo's aide stayed.", reader)
    assert [m.key for m in book.mentions] == ["moon-jae-in", "mike-pompeo", "moon-jae-in", "mike-pompeo"]
    resolved = book.resolve("the Pompeo’s")
    assert resolved is not None
    assert resolved.key == "mike-pompeo"


@BOTH
def test_two_kims_stay_open(reader: str) -> None:
    book = read("Kim You-geun met Kim Yoo-chul of the press.\nThen Kim left.", reader)
    last = book.mentions[-1]
    assert last.key == "kim"
    actor = book.actor("kim")
    assert actor is not None
    assert actor.ambiguous
    assert not any(a.ambiguous for a in book.actors if a.key != "kim")


def test_a_role_tells_two_kims_apart() -> None:
    book = read(
        "Kim You-geun, deputy director of the National Security Office (NSO), met columnist Kim Yoo-chul.\nNSO deputy head Kim left."
    )
    assert book.mentions[-1].key == "kim-you-geun"


def test_one_kim_before_the_other_is_he() -> None:
    book = read("Kim You-geun spoke.\nKim left.\nLater Kim Yoo-chul came.")
    assert [m.key for m in book.mentions] == ["kim-you-geun", "kim-you-geun", "kim-yoo-chul"]


def test_a_form_of_address_tells_two_clintons_apart() -> None:
    book = read("Hillary Clinton came with Bill Clinton.\nMrs Clinton spoke first.")
    assert book.mentions[-1].key == "hillary-clinton"


@BOTH
def test_acronyms_are_learned(reader: str) -> None:
    book = read("The Liberty Harbour Party (LHP) agreed.\nThe LHP left.", reader)
    assert [m.key for m in book.mentions] == ["liberty-harbour-party", "liberty-harbour-party", "liberty-harbour-party"]
    actor = book.actor("liberty-harbour-party")
    assert actor is not None
    assert actor.aliases == ("LHP",)


def test_acronyms_after_or() -> None:
    book = read("It is called the Coastal Fishing Agreement, or COFA.\nCOFA lapsed.")
    assert [m.key for m in book.mentions] == ["coastal-fishing-agreement"] * 3
    assert book.mentions[0].kind is ActorKind.TREATY


def test_an_acronym_nobody_introduced_fits_by_initials() -> None:
    assert keys("The Liberty Harbour Party met. LHP spokeswoman Jane Hart spoke.")[1] == "liberty-harbour-party"


def test_the_headline_knows_the_body() -> None:
    body = read("Toshimitsu Motegi, the foreign minister, spoke.")
    head = read("Motegi Says Tokyo Never Apologised To Seoul", known=body)
    assert [m.key for m in head.mentions] == ["toshimitsu-motegi", "japan", "south-korea"]
    assert head.mentions[0].name == "Toshimitsu Motegi"


def test_sexes() -> None:
    book = read("Mr Adeyemi met spokeswoman Kim Eun-hye and Theresa May. Moon Jae-in left.")
    assert book.sex("adeyemi") == "m"
    assert book.sex("kim-eun-hye") == "f"
    assert book.sex("theresa-may") == "f"
    assert book.sex("moon-jae-in") is None


def test_other_parties_are_not_the_known_ones() -> None:
    assert "democratic-party" not in keys("Germany's Christian Democrats won.")


def test_a_legal_form_is_no_part_of_the_name() -> None:
    assert set(keys("Shares of Broadline Systems Ltd. rose. Broadline Systems said no.")) == {"broadline-systems"}


def test_within_and_at() -> None:
    text = "Japan met South Korea and China."
    book = read(text)
    assert [m.text for m in book.within(6, 26)] == ["South Korea"]
    assert book.at(text.index("orea")) is not None
    assert book.at(6) is None


def test_curly_quotes_keep_offsets() -> None:
    text = "South Korea‘s Blue House said “Tokyo” erred."
    book = read(text)
    assert all(text[m.start : m.end] == m.text for m in book.mentions)
    assert [m.key for m in book.mentions][:2] == ["south-korea", "blue-house"]


_WORDS = st.sampled_from(
    "Japan Tokyo the South Korea Kim You-geun Moon Jae-in Mr Mrs President said , . ( ) NSO National Security Office in with ’s ‘s 문재인 安倍 U.S. Party of and Washington Post \n May Clinton".split(
        " "
    )
)


@settings(deadline=None, max_examples=50)
@given(st.lists(_WORDS, max_size=18), st.sampled_from(["auto", "rules"]))
def test_laws(words: list[str], reader: str) -> None:
    text = " ".join(words)
    book = read(text, reader)
    assert all(text[m.start : m.end] == m.text for m in book.mentions)
    assert all(a.end <= b.start for a, b in zip(book.mentions, book.mentions[1:], strict=False))
    assert {m.key for m in book.mentions} <= {a.key for a in book.actors}
    assert len({a.key for a in book.actors}) == len(book.actors)
    again = read(text, reader)
    assert (again.actors, again.mentions) == (book.actors, book.mentions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("South Korean President Moon Jae-in met envoys. Moon's government said no.", "Moon's government"),
        ("South Korean President Moon Jae-in met envoys. The Moon administration said no.", "Moon administration"),
        ("President Moon Jae-in of South Korea met envoys. Moon's government said no.", "Moon's government"),
        ("South Korean President Moon Jae-in met envoys. Moon’s new cabinet said no.", "Moon’s new cabinet"),
    ],
    ids=["government", "administration", "of a state", "curly, with an adjective"],
)
def test_a_leaders_government_is_the_state(text: str, words: str) -> None:
    assert (words, "south-korea") in [(m.text, m.key) for m in read(text).mentions]


def test_a_government_of_nobody_known_is_no_state() -> None:
    assert {m.key for m in read("President Jane Doe spoke. Doe's government denied it.").mentions} == {"jane-doe"}
