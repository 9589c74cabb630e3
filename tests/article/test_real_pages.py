"""The five real pages, where they are at hand: no body sentence lost, no boilerplate line left. Labels are line numbers."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from app.core.article import articles_of
from app.core.lexicon.outlets import Outlets
from app.core.records import Hints, Page, PublishedFrom
from app.settings import PROJECT

FOLDER = PROJECT.parent / "shared" / "articles"
LABELS = json.loads((Path(__file__).parent / "labels" / "articles.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the real pages are not part of the repository")


def lines_of(name: str) -> list[str]:
    path = FOLDER / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != LABELS[name]["sha256"]:
        pytest.skip("another version of the page than the one labelled")
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", sorted(LABELS))
def test_bodies_and_headlines(name: str, outlets: Outlets, today: date) -> None:
    lines = lines_of(name)
    found = articles_of(Page(name, "\n".join(lines)), outlets, today)
    numbers = {line: n for n, line in reversed(list(enumerate(lines, start=1))) if line}
    got = [[numbers[line] for line in a.text.splitlines() if line] for a in found]
    assert got == [sorted(r["body"] + r["subheads"]) for r in LABELS[name]["reports"]]
    assert [numbers[a.headline or ""] for a in found] == [r["headline"] for r in LABELS[name]["reports"]]
    assert not any(a.excerpt for a in found)


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("afp.txt", "AFP"),
        ("kbs.txt", "KBS"),
        ("korea-times.txt", "The Korea Times"),
        ("nikkei.txt", "Nikkei"),
        ("npr.txt", "NPR"),
    ],
)
def test_outlet_is_recognised_without_being_told(name: str, outlet: str, outlets: Outlets, today: date) -> None:
    found = articles_of(Page(name, "\n".join(lines_of(name))), outlets, today)
    assert {a.outlet for a in found} == {outlet}


def test_a_manifest_date_is_the_first_reports_and_the_second_has_its_own(outlets: Outlets, today: date) -> None:
    hints = Hints(outlet="AFP", published=date(2019, 8, 22), published_from=PublishedFrom.MANIFEST)
    first, second = articles_of(Page("afp.txt", "\n".join(lines_of("afp.txt")), hints=hints), outlets, today)
    assert (first.published, first.published_from) == (date(2019, 8, 22), PublishedFrom.MANIFEST)
    assert (second.published, second.published_from) == (date(2019, 8, 23), PublishedFrom.TEXT)
