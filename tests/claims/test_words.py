"""Content words: one spelling, no function words, offsets that slice back."""

from __future__ import annotations

import pytest

from app.core.claims.actors import find_actors
from app.core.claims.words import canonical_lemma, content_words
from app.core.language import load_reader


def lemmas(text: str, reader: str = "auto") -> list[str]:
    (parsed,) = load_reader(reader).parse([text])
    return [w.lemma for w in content_words(parsed)]


@pytest.mark.parametrize("reader", ["auto", "rules"])
def test_spellings_meet(reader: str) -> None:
    assert lemmas("Labour leaders apologised.", reader) == lemmas("Labor leaders apologized.", reader)


def test_function_words_are_left_out() -> None:
    assert lemmas("They have not yet been told of the new plan.") == ["new", "plan"]


def test_forms_of_a_word_meet() -> None:
    assert lemmas("The talks ended.") == lemmas("A talk ends.") == ["talk", "end"]


def test_names_are_marked_and_offsets_slice() -> None:
    text = "Seoul’s “decision” angered Motegi, 문재인 said."
    (parsed,) = load_reader("auto").parse([text])
    words = content_words(parsed, 0, find_actors(text, [(0, parsed)]))
    assert next(w.kind for w in words if w.start == 0) == "name"
    assert all(text[w.start : w.end].strip() for w in words)


def test_spans_limit() -> None:
    text = "Kim said the pact ended."
    (parsed,) = load_reader("auto").parse([text])
    assert [w.lemma for w in content_words(parsed, 10, None, [(19, 34)])] == ["pact", "end"]


def test_a_possessive_is_no_part_of_the_lemma() -> None:
    assert canonical_lemma("Korea‘s") == canonical_lemma("Korea’s") == "korea"
