"""Words that govern another act, from `operators.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Modality

__all__ = ["Operators", "operators"]


@dataclass(frozen=True, slots=True)
class Operators:
    modal: dict[tuple[str, str], Modality]  # (kind of word, lemma) -> modality
    auxiliaries: dict[str, Modality]
    negative_verbs: frozenset[str]
    negative_adjectives: frozenset[str]
    negative_nouns: frozenset[str]
    leaves_open: frozenset[str]  # negative words that, denied, do not say that the act is done
    copulas: frozenset[str]
    empty: frozenset[str]  # complements of those that alone say nothing of a thing
    narrows: frozenset[str]  # with "not" these deny themselves alone: "not the only minister" is a minister
    adverbs: dict[str, Modality]
    negative_adverbs: frozenset[str]
    determiners: frozenset[str]
    carriers: frozenset[str]
    light: frozenset[str]
    marks: frozenset[str]
    phrases: tuple[str, ...]
    bargains: frozenset[str]  # of the phrases those of what was done for something in return
    exceptions: frozenset[str]  # of the marks those that only limit what is so already: "is renewed every year unless"
    no_condition: frozenset[str]  # before "if": "as if", "even if"
    inverted: frozenset[str]  # what opens a condition without "if": "should they fail", "were he to go"
    asks_if: frozenset[str]  # verbs after which "if" is "whether"
    condition_words: frozenset[str]


@lru_cache(maxsize=1)
def operators() -> Operators:
    """The table of `operators.toml` in canonical spelling."""
    table = load("operators")

    def words(text: str) -> frozenset[str]:
        return frozenset(canonical_spelling(w) for w in text.split())

    modal: dict[tuple[str, str], Modality] = {}
    auxiliaries: dict[str, Modality] = {}
    for name, row in table["modality"].items():
        for kind in ("verbs", "adjectives", "nouns"):
            for word in words(row.get(kind, "")):
                modal.setdefault((kind, word), Modality(name))
        for word in words(row.get("auxiliaries", "")):
            auxiliaries[word] = Modality(name)
    negative, condition = table["negative"], table["condition"]
    return Operators(
        modal=modal,
        auxiliaries=auxiliaries,
        negative_verbs=words(negative["verbs"]),
        negative_adjectives=words(negative["adjectives"]),
        negative_nouns=words(negative["nouns"]),
        leaves_open=words(negative["leaves_open"]),
        copulas=words(table["predicates"]["copulas"]),
        empty=words(table["predicates"]["empty"]),
        narrows=words(table["predicates"]["narrows"]),
        adverbs={w: Modality(name) for name, row in table["modality"].items() for w in words(row.get("adverbs", ""))},
        negative_adverbs=words(negative["adverbs"]),
        determiners=words(negative["determiners"]),
        carriers=words(table["carriers"]["nouns"]),
        light=words(table["carriers"]["light"]),
        marks=words(condition["marks"]) - {"once", "until"},
        phrases=tuple(condition["phrases"]),
        bargains=frozenset(condition["bargains"]),
        exceptions=words(condition["exceptions"]),
        no_condition=words(condition["no_condition"]),
        inverted=words(condition["inverted"]),
        asks_if=words(condition["asks_if"]),
        condition_words=words(condition["adverbs"]) | words(condition["adjectives"]),
    )
