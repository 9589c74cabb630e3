"""Words: every key of the records has its label; dates are written at their grain; the doctests hold."""

from __future__ import annotations

import doctest
from dataclasses import replace
from enum import StrEnum

import pytest

from app.core.records import ActorKind, Between, Dimension, Outcome, PublishedFrom, Status
from app.store.views import Silence
from app.web import dates, regions, visits, words
from app.web.pages import fields, samples
from app.web.pages.alignment import whole_words
from app.web.words import WORDS


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        pytest.param(WORDS.status, Status, id="status"),
        pytest.param(WORDS.status_meaning, Status, id="status meaning"),
        pytest.param(WORDS.silence, Silence, id="silence"),
        pytest.param(WORDS.dimension, Dimension, id="dimension"),
        pytest.param(WORDS.outcome, Outcome, id="outcome"),
        pytest.param(WORDS.between, Between, id="between"),
        pytest.param(WORDS.published_from, PublishedFrom, id="provenance"),
        pytest.param(WORDS.actor_kind, ActorKind, id="actor kind"),
    ],
)
def test_every_key_has_a_label(labels, keys: type[StrEnum]) -> None:
    assert set(labels) == set(keys)


@pytest.mark.parametrize("module", [words, dates, fields, regions, visits])
def test_the_examples_in_docstrings_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("typed", "value", "wrong"),
    [
        ("2019-11-26", "2019-11-26", False),
        ("", None, False),
        ("2019-02-30", None, True),
        ("26.11.2019", None, True),
        ("20191126", None, True),
        ("2019-11-26T00:00", None, True),
        ("<script>", None, True),
    ],
)
def test_a_date_field_keeps_what_was_typed(typed, value, wrong) -> None:
    field = fields.date_field("from", typed)
    assert (field.value.isoformat() if field.value else None) == value
    assert bool(field.error) is wrong
    assert field.raw == typed


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:alert(1)", "", "/a\nb", "x" * 3000]
)
def test_a_form_never_comes_back_to_another_host(address) -> None:
    assert fields.back_to(address, "/safe") == "/safe"


@pytest.mark.parametrize(
    ("terms", "a", "b", "shown"),
    [
        (("termin", "agreement"), "Seoul will terminate the agreement.", "It ends.", ("terminate", "agreement")),
        (("countri",), "Both sides met.", "Each country may leave.", ("country",)),
        (("南北",), "The 南北 talks", "南北", ("南北",)),
        (("gsomia", "gsomi"), "GSOMIA stays.", "GSOMIA ends.", ("GSOMIA",)),
        (("elsewhere",), "Nothing here.", "Nor there.", ("elsewhere",)),
    ],
    ids=["stem", "y to i", "kanji", "once only", "in neither"],
)
def test_shared_terms_are_shown_as_words(terms, a, b, shown) -> None:
    pair = samples.PAIR
    found = replace(pair, shared=terms, a=replace(pair.a, text=a), b=replace(pair.b, text=b))
    assert whole_words(found) == shown


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param("", "22 Aug 2019", id="no wish"),
        pytest.param("en-US,en;q=0.9", "Aug 22, 2019", id="American"),
        pytest.param("en", "22 Aug 2019", id="English of no country"),
        pytest.param("de-AT;q=0.7, ko", "2019. 8. 22.", id="Korean first by weight"),
        pytest.param("zz, fr;q=0.5", "22 août 2019", id="an unknown tongue is passed over"),
        pytest.param("*;;;q=,,ko;q=9" * 500, "22 Aug 2019", id="nonsense"),
    ],
)
def test_dates_are_written_as_the_reader_writes_them(serving, example_store, asked, shown) -> None:
    client = serving(example_store)
    answer = client.get("/", headers={"accept-language": asked})
    assert f'<time datetime="2019-08-22">{shown}</time>' in answer.text
    assert "Accept-Language" in answer.headers["vary"]
    assert "Accept-Language" not in client.get("/api/v1/stories").headers.get("vary", "")
