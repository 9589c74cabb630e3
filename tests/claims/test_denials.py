"""What "he denies it" denies is told with it; what names what it denies is left as it stands."""

import pytest

from app.core.claims import read_claims
from app.core.language import load_reader
from app.core.records import Article

# id, text, the claim of the denial, what it denies
POINTING_BACK = [
    (
        "it",
        "The mayor said the bridge was safe on Monday. The engineers denied it.",
        "The mayor said the bridge was safe on Monday. The engineers denied it.",
        "the bridge was safe on Monday",
    ),
    (
        "charges",
        "Lund is accused of taking two paintings from the museum. He denies all charges.",
        "Lund is accused of taking two paintings from the museum. He denies all charges.",
        "taking two paintings from the museum",
    ),
    (
        "in one sentence",
        "The firm said the list was complete, but the union disputed that claim.",
        "The firm said the list was complete, but the union disputed that claim.",
        "the list was complete",
    ),
    (
        "own voice before it",
        "The ministry knew of the leak in March. The minister rejects these allegations.",
        "The ministry knew of the leak in March. The minister rejects these allegations.",
        "The ministry knew of the leak in March.",
    ),
    (
        "wrongdoing",
        "Prosecutors say the bank hid its losses. The bank denied any wrongdoing.",
        "Prosecutors say the bank hid its losses. The bank denied any wrongdoing.",
        "the bank hid its losses",
    ),
    (
        "the very report",
        "The minister's speech follows a report that the port lent boats to smugglers. The port denied the report on Monday.",
        "The minister's speech follows a report that the port lent boats to smugglers. The port denied the report on Monday.",
        "that the port lent boats to smugglers.",
    ),
]

# id, text, the claim of the denial
OF_ITSELF = [
    ("names it", "Police said the man was armed. His family denies that he had a gun.", "His family denies that he had a gun."),
    ("another paragraph", "The bridge is safe.\n\nThe engineers denied it.", "The engineers denied it."),
    ("his own words", "The mayor said the bridge was safe. The mayor denied it.", "The mayor denied it."),
    ("nothing before", "The engineers denied it.", "The engineers denied it."),
    ("no denial", "The mayor said the bridge was safe. The engineers welcomed it.", "The engineers welcomed it."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim", "denied"), [c[1:] for c in POINTING_BACK], ids=[c[0] for c in POINTING_BACK])
def test_a_denial_takes_in_what_it_denies(text, claim, denied) -> None:
    claims = read_claims(Article(text=text), load_reader("auto")).claims
    (denying,) = [c for c in claims if c.attributions and c.attributions[-1].cue.stance == "denies"]
    assert denying.text == claim
    assert [text[a:b] for a, b in denying.content] == [denied]
    assert [c.within for c in claims if c is not denying] == [denying.id]
    assert [c.id for c in claims] == ["c1", "c2"]


@pytest.mark.parametrize(("text", "claim"), [c[1:] for c in OF_ITSELF], ids=[c[0] for c in OF_ITSELF])
def test_what_says_itself_what_it_denies_stands_alone(text, claim) -> None:
    claims = read_claims(Article(text=text), load_reader("auto")).claims
    assert claims[-1].text == claim
    assert all(c.within is None for c in claims)
