"""Made-up stories, read once: what the laws of rows are drawn on. Their sentences are labelled by what they state (stories/*.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.core.claims import read_many
from app.core.encoder import Encoder, load_encoder
from app.core.language import load_reader
from app.core.records import Article, Reading

STORIES = Path(__file__).with_name("stories")


class Readings(dict[str, list[Reading]]):
    """Story -> readings; shown short when an example fails."""

    def __repr__(self) -> str:
        return "readings"


@pytest.fixture(scope="session")
def readings() -> Readings:
    names, articles = [], []
    for path in sorted(STORIES.glob("*.toml")):
        for told in tomllib.loads(path.read_text("utf-8"))["articles"]:
            text = ""
            for n, (_, sentence) in enumerate(told["body"]):
                text += ("" if not n else "\n\n" if n % 2 == 0 else " ") + sentence
            names.append(path.stem)
            articles.append(
                Article(text, outlet=told["outlet"], headline=told["headline"][1], published=told["published"])
            )
    found = Readings()
    for name, reading in zip(names, read_many(articles, load_reader()), strict=True):
        found.setdefault(name, []).append(reading)
    return found


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    found = load_encoder()
    assert found is not None, "the packaged encoder is a plain dependency; is the environment up to date?"
    return found
