"""Reading holds no noise: whatever a text is made of, eight times as much takes about eight times as long.

Patterns go back over a text inside the regular expression engine, where no work can be counted; so the processor's time is
taken, and only compared with itself: the quicker of several runs at either size, asked again when they look wrong. Work that
grew with the square of the text would be sixty-four times as much; the bar of 24 leaves a busy machine three times its due.
What reads whole articles takes long enough to be timed well: its texts are shorter and its bar is lower, which finds as much.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from app.core.claims import read_claims
from app.core.claims.actors import find_actors
from app.core.claims.sentences import one_statement, split_sentences
from app.core.language import load_reader
from app.core.records import Article
from app.core.text import find_quotes, fold, level, normalise, one_typography, slug, stem

RULES = load_reader("rules")

READS: dict[str, Callable[[str], Any]] = {
    "sentences": split_sentences,
    "headline": one_statement,
    "quotations": find_quotes,
    "words": lambda text: [fold(text), level(text), normalise(text), one_typography(text), slug(text), stem(text)],
    "reader": lambda text: list(RULES.parse([one_typography(text)])),
    "actors": lambda text: find_actors(text, []),
    "claims": lambda text: read_claims(Article(text=text), RULES),
    "claims of a headline": lambda text: read_claims(Article(text="A dam broke.", headline=text), RULES),
}

PIECES = {
    "letter": "a",
    "capital": "A",
    "words": "dam ",
    "names": "Ana Berg ",
    "said": "said ",
    "he said": "He said ",
    "said with commas": "said, ",
    "speaker and verb": "“B,” said A. ",
    "told": "“b c” A told, ",
    "asked": "a?” b said. ",
    "double marks": '"',
    "turned marks": "”",
    "single marks": "'",
    "marks that open": " 'a",
    "plural owners": "s' a",
    "full stops": ".",
    "parted full stops": ". ",
    "dotted letters": "A.",
    "abbreviations": "U.S. ",
    "titles": "Mr. A ",
    "suffixes": "Jr. ",
    "exclamations": "!?",
    "dashes": "—",
    "hyphens": "a-",
    "brackets": "(",
    "lines": "A b.\n",
    "bullets": "• a\n",
    "quoted lines": "“A b.\n",
    "labels": "X: ",
    "turns": "LIND: a.\n",
    "signatures": "“A.” — Ana Berg\n",
    "of": "of ",
    "possessives": "A's ",
    "roles": "president of ",
    "acronyms": "Wide Trade Office (WTO) ",
    "bodies": "Ministry of ",
    "states": "Seoul ",
    "the South": "the South ",
    "blanks": " ",
    "han": "문",
}
AROUND = {"alone": "{}", "before a stop, in marks": "“{}. Next one,” said Ana Berg."}

TIMES, TRIES = 8, 4
SIZE, MOST = 1_000, 24.0
WHOLE = {"claims": (400, 20.0), "claims of a headline": (400, 20.0)}
NOISE = 0.02  # seconds of the processor below which a run says nothing


@pytest.mark.parametrize("what", READS)
def test_work_grows_with_the_text(what):
    read, (size, most) = READS[what], WHOLE.get(what, (SIZE, MOST))
    read("The mayor, Ana Berg, said on Monday that the dam broke.")  # what is made once is made now
    for piece in PIECES.values():
        for around in AROUND.values():
            assert _growth(read, piece, around, size, most) <= most, (piece, around)


def _growth(read: Callable[[str], Any], piece: str, around: str, size: int, most: float) -> float:
    """How many times as long `TIMES` as much takes."""
    large = _quickest(read, piece, around, size * TIMES, 1)
    if large < NOISE:
        return 1.0
    small = _quickest(read, piece, around, size, 1)
    for _ in range(TRIES):
        if large < NOISE or large <= most * small:
            break
        small = min(small, _quickest(read, piece, around, size, 3))
        large = min(large, _quickest(read, piece, around, size * TIMES, 2))
    return large / max(small, NOISE / most)


def _quickest(read: Callable[[str], Any], piece: str, around: str, size: int, runs: int) -> float:
    text = around.format((piece * (size // len(piece) + 1))[:size])
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        read(text)
        taken.append(time.process_time() - begun)
    return min(taken)
