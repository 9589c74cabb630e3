"""The bundled stories: articles written by us, a folder each under `example/`, with a manifest and the handout for a teacher.

A folder with a manifest is a story; nothing lists them. `handout.toml` says what goes wrong in the story's coverage and asks
questions; where an answer is to be looked for it says by words of the articles, because rows have no name before they are made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from app.core.records import Article, Page
from app.errors import NotFound
from app.pipeline.hands import HERE, Hands
from app.pipeline.keeping import ImportSummary, keep
from app.pipeline.reading import articles_in, read_pages, read_targets
from app.sources import Unread
from app.store import Store

__all__ = [
    "MAIN",
    "Bundled",
    "HandoutQuestion",
    "Look",
    "bundled",
    "bundled_articles",
    "bundled_pages",
    "bundled_stories",
    "load_bundled",
]

FOLDER = Path(__file__).resolve().parents[1] / "example"
MAIN = "gsomia"
"""The one that is loaded when none is named: `make run` shows it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look: one row that holds these words, by the file they stand in. `status`: what the row is built to be called."""

    say: str
    words: Mapping[str, str]
    status: str


@dataclass(frozen=True, slots=True)
class HandoutQuestion:
    ask: str
    needs: str
    look: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundled story. `invented`: event, people and outlets are; otherwise what real outlets reported is told in our words."""

    name: str
    title: str
    outlets: tuple[str, ...]
    articles: int
    about: str
    invented: bool
    wrong: tuple[str, ...]
    questions: tuple[HandoutQuestion, ...]

    @property
    def manifest(self) -> Path:
        return FOLDER / self.name / "manifest.csv"


def bundled_stories() -> tuple[Bundled, ...]:
    """Every bundled story, the main one first, then by name."""
    return tuple(_bundled(name) for name in _names())


def bundled(name: str) -> Bundled:
    """The bundled story of that name. Raises `NotFound`, which names those there are."""
    if name not in _names():
        raise NotFound(f"there is no bundled story {name!r}.", mend=f"There are: {', '.join(_names())}.")
    return _bundled(name)


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    names = (manifest.parent.name for manifest in FOLDER.glob("*/manifest.csv"))
    return tuple(sorted(names, key=lambda name: (name != MAIN, name)))


@lru_cache(maxsize=64)
def _bundled(name: str) -> Bundled:
    told = tomllib.loads((FOLDER / name / "handout.toml").read_text("utf-8"))
    hints = [page.hints for page in _pages(FOLDER / name / "manifest.csv") if isinstance(page, Page)]
    return Bundled(
        name=name,
        title=hints[0].story or name,
        outlets=tuple(dict.fromkeys(one.outlet or "" for one in hints)),
        articles=len(hints),
        about=told["about"],
        invented=told["invented"],
        wrong=tuple(told["wrong"]),
        questions=tuple(
            HandoutQuestion(
                q["ask"], q["needs"], tuple(Look(at["say"], at["in"], at.get("status", "")) for at in q["look"])
            )
            for q in told["questions"]
        ),
    )


def _pages(manifest: Path) -> Iterator[Page | Unread]:
    return read_targets([], manifest=manifest)


def bundled_pages(name: str) -> Iterator[Page | Unread]:
    """The pages of a bundled story, named by their files alone."""
    for page in _pages(bundled(name).manifest):
        yield replace(page, origin=Path(page.origin).name) if isinstance(page, Page) else page


@lru_cache(maxsize=16)
def bundled_articles(name: str) -> Mapping[str, Article]:
    """Its articles as they are kept, by file without its ending: to be found again in a store."""
    found = articles_in(tuple(bundled_pages(name)), datetime.now(UTC).date())
    return {Path(article.origin).stem: article for article in found if isinstance(article, Article)}


def load_bundled(store: Store, name: str = MAIN, *, by: str | None = None, hands: Hands = HERE) -> ImportSummary:
    """Read a bundled story into the store. Doing it again changes nothing."""
    return keep(store, read_pages(bundled_pages(name), hands=hands), own_words=True, by=by, hands=hands)
