"""Rules of outlets: each reads its sample, stale ones are named, and one that finds nothing is passed over."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.errors import BadInput
from app.settings import get_settings
from app.sources import page_from_html
from app.sources.outlets import STALE_AFTER, faults, load_rules, rule_for

RULES = load_rules()
TODAY = date(2026, 12, 1)
GAZETTE = next(r for r in RULES if r.file.stem == "harbour-gazette")
URL = "https://www.harbour-gazette.example/3"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.file.stem)
def test_a_rule_reads_its_sample(rule) -> None:
    """As of the day of its sample: whether that is long ago is said by `parallax watch rules`."""
    assert faults(rule, rule.sample["taken"]) == []


def changed(folder: Path, old: str, new: str, file: str = "harbour-gazette.html") -> list[str]:
    """What is said of the rule after its sample, or the rule, was changed."""
    for name in ("harbour-gazette.html", "harbour-gazette.toml"):
        shutil.copy(GAZETTE.file.with_name(name), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    load_rules.cache_clear()
    return faults(load_rules(folder)[0], TODAY)


STALE = {
    "another class": ('class="ln"', 'class="line"', "begins"),
    "another day": ("2026-11-27T06:00", "2026-11-28", "published"),
    "no writer": ("By Nora Feld", "", "bylines"),
    "another headline": ("stops for the winter", "stops", "headline"),
    "an offer that reads otherwise": ("Gazette Plus:", "Gazette Extra:", "paragraphs"),
}


@pytest.mark.parametrize(("old", "new", "part"), STALE.values(), ids=STALE.keys())
def test_a_rule_that_does_not_read_its_sample_is_named(tmp_path: Path, old: str, new: str, part: str) -> None:
    found = changed(tmp_path, old, new)
    assert any(part in said for said in found)
    assert all("Harbour Gazette" in said for said in found)


def test_a_rule_that_nobody_looked_at_for_a_year_is_named() -> None:
    taken = GAZETTE.sample["taken"]
    assert faults(GAZETTE, taken + STALE_AFTER) == []
    (said,) = faults(GAZETTE, taken + 2 * STALE_AFTER)
    assert "2026-11-30" in said


def test_a_sample_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = changed(tmp_path, 'file = "harbour-gazette.html"', 'file = "none.html"', "harbour-gazette.toml")
    assert found == ["Harbour Gazette: its sample cannot be read"]


BROKEN = {
    "no XPath": ("//td[@class='txt']", "//td[@class='txt'"),
    "no such part": ("leave_out =", "leave ="),
    "no sample": ("[sample]", "[example]"),
    "no TOML": ("[find]", "[find"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN.keys())
def test_a_rule_that_cannot_be_used_is_an_error_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BadInput, match=r"harbour-gazette\.toml"):
        changed(tmp_path, old, new, "harbour-gazette.toml")


def test_a_page_of_the_outlet_is_read_by_its_rule() -> None:
    html = GAZETTE.file.with_suffix(".html").read_text(encoding="utf-8")
    page = page_from_html(html, URL)
    assert page.meta.published == date(2026, 11, 27)
    assert page.meta.headline == "Ferry to the outer islands stops for the winter"
    assert page.meta.bylines == ("Nora Feld",)
    assert "Gazette Plus" not in page.text
    elsewhere = page_from_html(html, "https://another.example/3")
    assert elsewhere.meta.published == date(2026, 11, 30), "what a page's data say holds where there is no rule"


def test_a_page_in_which_the_rule_finds_nothing_is_read_as_any() -> None:
    body = "".join(f"<p>The ferry sailed {n} times on Monday, and nobody was hurt on board.</p>" for n in range(5))
    page = page_from_html(f"<html><body><article><h1>Ferry sails</h1>{body}</article></body></html>", URL)
    assert "sailed 4 times" in page.text
    assert page.meta.headline == "Ferry sails"


@pytest.mark.parametrize(
    ("url", "there"),
    [
        (URL, True),
        ("https://harbour-gazette.example/", True),
        ("https://HARBOUR-GAZETTE.example/", True),
        ("https://not-harbour-gazette.example/", False),
        ("https://harbour-gazette.example.org/", False),
        ("https://[broken", False),
        (None, False),
        ("", False),
    ],
)
def test_whose_pages_a_rule_is_for(url: str | None, there: bool) -> None:
    assert (rule_for(url) is not None) is there


def test_rules_of_ones_own_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(tmp_path, 'name = "Harbour Gazette"', 'name = "Ours"', "harbour-gazette.toml")
    monkeypatch.setenv("PARALLAX_RULES", str(tmp_path))
    get_settings.cache_clear()
    found = rule_for(URL)
    monkeypatch.undo()
    get_settings.cache_clear()
    assert found is not None
    assert found.name == "Ours"
