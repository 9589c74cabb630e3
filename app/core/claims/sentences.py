"""Where the sentences of a body are."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.language import Parsed
from app.core.records import Span

__all__ = ["ReadSentence", "Sentence", "split_sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text == source[start:end]`; `paragraph` counts blocks of lines from 0; a subhead or list label is no statement."""

    start: int
    end: int
    text: str
    paragraph: int
    subhead: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its tokens. Token offsets count from the sentence's start: add `start` to point into the source."""

    sentence: Sentence
    parsed: Parsed

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    @property
    def text(self) -> str:
        return self.sentence.text


def split_sentences(source: str) -> tuple[Sentence, ...]:
    """Cut a body into sentences, in order, without overlap; blank space between them is left out."""
    raise NotImplementedError
