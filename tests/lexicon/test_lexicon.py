"""The data files are sound, and say of names, acts and spellings what they should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lexicon import lint
from app.core.lexicon.actions import action_classes, action_lookup, kinship
from app.core.lexicon.lint import lint_lexicon
from app.core.lexicon.lint_figures import lint_counts, lint_days
from app.core.lexicon.load import instead
from app.core.lexicon.registry import named_forms, states
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import ActorKind


def test_the_data_have_no_fault() -> None:
    assert lint_lexicon() == []


def test_the_linter_finds_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core.lexicon.actions import ActionClass

    def made(name: str, **fields: object) -> ActionClass:
        base = {
            "domain": "law",
            "opposite": None,
            "scale": None,
            "strength": 2,
            "near": frozenset(),
            "verbs": (),
            "nouns": (),
            "frames": (),
            "noun_of": (),
        }
        return ActionClass(name=name, **{**base, **fields})  # type: ignore[arg-type]

    broken = {
        "end": made("end", verbs=("stop",), opposite="begin", near=frozenset({"nothing"})),
        "halt": made("halt", verbs=("stop",), domain="nowhere", strength=7, scale="lonely"),
        "empty": made("empty"),
    }
    monkeypatch.setattr(lint, "action_classes", lambda: broken)
    faults = "\n".join(lint._actions())
    for word in (
        "'begin'",
        "'nothing'",
        "'nowhere'",
        "strength 7",
        "'lonely'",
        "no word at all",
        "verb 'stop' stands in end, halt",
    ):
        assert word in faults


def test_the_linter_finds_faults_of_figures() -> None:
    fate = {"done": ["kill"], "suffered": [], "state": [], "nouns": [], "toll": [], "people": True}
    measure = {"nouns": ["fine"], "verbs": [], "after": [], "units": ["coins"]}
    with (
        instead("counted", {"fate": {"dead": fate, "slain": fate}}),
        instead("measured", {"measure": {"fine": measure}}),
    ):
        faults = "\n".join(lint_counts())
    assert "'kill' belongs to dead already" in faults
    assert "unknown kind of unit 'coins'" in faults
    zones = {"utc": {"forms": ["GMT"]}, "local": {"forms": ["GMT"]}}
    with instead("dates", {"named": [{"year": 2021, "month": 2, "day": 30}], "zone": zones}):
        faults = "\n".join(lint_days())
    assert "no day 2021-2-30" in faults
    assert "'GMT' belongs to utc already" in faults


def test_the_lexicon_is_wide_enough() -> None:
    assert len(action_classes()) >= 80
    assert len({row.domain for row in action_classes().values()}) >= 10
    assert len(states()) >= 193


@pytest.mark.parametrize(
    ("form", "key", "kind"),
    [
        ("Tokyo", "japan", ActorKind.STATE),
        ("Seoul", "south-korea", ActorKind.STATE),
        ("Pyongyang", "north-korea", ActorKind.STATE),
        ("US", "united-states", ActorKind.STATE),
        ("U.S.", "united-states", ActorKind.STATE),
        ("Dutch", "netherlands", ActorKind.STATE),
        ("S. Korean", "south-korea", ActorKind.STATE),
        ("Kiev", "ukraine", ActorKind.STATE),
        ("JAPAN", "japan", ActorKind.STATE),
        ("Cheong Wa Dae", "blue-house", ActorKind.ORGANISATION),
        ("Downing Street", "downing-street", ActorKind.ORGANISATION),
        ("METI", "ministry-of-economy-trade-and-industry", ActorKind.ORGANISATION),
        ("WTO", "world-trade-organization", ActorKind.ORGANISATION),
        ("GSOMIA", "general-security-of-military-information-agreement", ActorKind.TREATY),
        ("NPT", "treaty-on-the-non-proliferation-of-nuclear-weapons", ActorKind.TREATY),
    ],
)  # fmt: skip
def test_a_form_names(form: str, key: str, kind: ActorKind) -> None:
    assert (named_forms()[form].key, named_forms()[form].kind) == (key, kind)


@pytest.mark.parametrize("word", ["us", "who", "turkey", "china", "may", "Korea"])
def test_a_plain_word_names_nobody(word: str) -> None:
    assert word not in named_forms()


@pytest.mark.parametrize(
    ("a", "b", "kin"),
    [
        ("terminate", "extend", "opposite"),
        ("apologise", "apologise", "same"),
        ("suspend", "drop_case", "scale"),
        ("kill", "die", "near"),
        ("condemn", "welcome", "opposite"),
        ("convict", "acquit", "opposite"),
        ("rise", "apologise", "other"),
        ("no such", "extend", "other"),
    ],
)
def test_kinship(a: str, b: str, kin: str) -> None:
    assert kinship(a, b) == kinship(b, a) == kin


@pytest.mark.parametrize(
    ("verb", "cls"),
    [
        ("scrap", "terminate"),
        ("renew", "extend"),
        ("postpone", "suspend"),
        ("sue", "sue"),
        ("evacuate", "evacuate"),
        ("resign", "resign"),
    ],
)
def test_a_verb_has_its_class(verb: str, cls: str) -> None:
    assert action_lookup().verbs[verb] == cls


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("labour", "labor"), ("apologise", "apologize"), ("apologised", "apologized"), ("defence", "defense"), ("theatre", "theater"),
        ("travelled", "traveled"), ("organisation", "organization"), ("behaviour", "behavior"), ("judgement", "judgment"),
        ("programme", "program"), ("centre", "center"), ("neighbours", "neighbors"), ("cancelled", "canceled"),
    ],
)  # fmt: skip
def test_variants_meet(a: str, b: str) -> None:
    assert canonical_spelling(a) == canonical_spelling(b)


@pytest.mark.parametrize(
    "word", ["promise", "raise", "four", "hour", "rise", "massacre", "called", "selling", "exercise", "advise"]
)
def test_words_that_are_no_variants_stay(word: str) -> None:
    assert canonical_spelling(word) == word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz-'", max_size=16))
def test_spelling_settles(word: str) -> None:
    once = canonical_spelling(word)
    assert canonical_spelling(canonical_spelling(once)) == canonical_spelling(once)
