"""The lexicon of reporting words holds together."""

from typing import get_args

from app.core.claims.cues import Stance, load_cues
from app.core.claims.weighing import explain
from app.core.lexicon.load import load

CONSTRUCTIONS = {"clause", "quote", "wh", "infinitive", "object-infinitive", "object", "predicate", "about"}


def test_every_family_says_stance_and_constructions():
    for family, entry in load("cues")["verb"].items():
        assert entry["stance"] in get_args(Stance), family
        assert set(entry["takes"]) <= CONSTRUCTIONS, family
        assert entry["lemmas"].split(), family


def test_each_word_stands_once():
    cues = load_cues()  # raises on a word in two families
    assert all(w == w.lower().strip() and w.isascii() for w in [*cues.verbs, *cues.nouns])


def test_prepositions_and_exceptions_name_known_verbs():
    raw, verbs = load("cues"), load_cues().verbs
    assert {w for w in raw["never"]["object"].split() if w not in verbs} == set()


def test_a_judgement_can_be_unfolded():
    parts = explain(["kind=clause", "family=say", "no such feature"])
    assert parts
    assert all(name != "no such feature" for name, _ in parts)
