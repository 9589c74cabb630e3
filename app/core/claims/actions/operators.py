"""Words that govern another act, from `operators.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.lexicon.load import load, remembered
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Modality

__all__ = ["Operators", "operators"]

_MODAL = ("verbs", "adjectives", "nouns")


@dataclass(frozen=True, slots=True)
class Operators:
    """The tables in canonical spelling; what a field means is said at the head of the file, under table and key."""

    modal: dict[tuple[str, str], Modality]  # (kind of word, lemma) -> modality
    auxiliaries: dict[str, Modality]
    adverbs: dict[str, Modality]
    negative_verbs: frozenset[str]
    negative_adjectives: frozenset[str]
    negative_nouns: frozenset[str]
    negative_to_do: frozenset[str]
    negative_leaves_open: frozenset[str]
    negative_adverbs: frozenset[str]
    negative_determiners: frozenset[str]
    negative_nobody: frozenset[str]
    negative_manners: frozenset[str]
    negative_short_of: frozenset[str]
    truth_false: frozenset[str]
    truth_true: frozenset[str]
    truth_known: frozenset[str]
    truth_evidence: frozenset[str]
    truth_finds: frozenset[str]
    truth_unknown: frozenset[str]
    carriers_nouns: frozenset[str]
    carriers_light: frozenset[str]
    carriers_happens: frozenset[str]
    carriers_reports: frozenset[str]
    carriers_calls: frozenset[str]
    carriers_uttered: frozenset[str]
    carriers_kept: frozenset[str]
    predicates_copulas: frozenset[str]
    predicates_empty: frozenset[str]
    predicates_narrows: frozenset[str]
    predicates_silent: frozenset[str]
    predicates_circumstances: frozenset[str]
    predicates_adverbs: frozenset[str]
    condition_marks: frozenset[str]
    condition_openers: frozenset[str]
    condition_nouns: frozenset[str]
    condition_bargains: frozenset[str]
    condition_exceptions: frozenset[str]
    condition_no_condition: frozenset[str]
    condition_inverted: frozenset[str]
    condition_asks_if: frozenset[str]
    condition_words: frozenset[str]
    asks_whom: frozenset[str]

    def modality(self, kind: str, *words: str) -> Modality | None:
        """That of the first of the words which has one."""
        return next((self.modal[kind, w] for w in words if (kind, w) in self.modal), None)


@remembered(1)
def operators() -> Operators:
    """The table of `operators.toml`."""
    table = load("operators")

    def words(text: str) -> frozenset[str]:
        return frozenset(canonical_spelling(w) for w in text.split())

    def by_modality(kind: str) -> dict[str, Modality]:
        return {w: Modality(name) for name, row in table["modality"].items() for w in words(row.get(kind, ""))}

    return Operators(
        {(kind, word): modality for kind in _MODAL for word, modality in by_modality(kind).items()},
        by_modality("auxiliaries"),
        by_modality("adverbs"),
        asks_whom=words(table["asks_whom"]["verbs"]),
        **{f"{name}_{key}": words(text) for name in _TABLES for key, text in table[name].items()},
    )


_TABLES = ("negative", "truth", "carriers", "predicates", "condition")
