"""Where the sentences of a body are: our own rules, because what stands on news pages confuses trained splitters.

Abbreviations (S. Korea, U.S., Nov. 23, Mr., No. 1, initials), quotations of several sentences, ellipses, bullets, line
breaks and subheads ("– What happened? –") are handled here. A quotation is cut at its inner sentences; the closing
quote stays with the sentence it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.core.language import Parsed
from app.core.lexicon.load import word_set
from app.core.records import Span
from app.core.thresholds import SENTENCE_CHARS, SIGNATURE_CHARS, SUBHEAD_WORDS, WRAPPED_LINE_MAX, WRAPPED_LINE_MIN

__all__ = ["ReadSentence", "Sentence", "one_statement", "split_sentences"]


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
    """A sentence with its tokens. Token offsets count from the sentence's start: add `start` to point into the source.

    The tokens were read in one typography (`one_typography`): their texts may differ from the source in quotes and
    dashes, their offsets never.
    """

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


_TITLES = word_set("closed", "sentences_titles")
"""Never end a sentence before a capital: a name follows."""
_BEFORE_NUMBER = word_set("closed", "sentences_before_number")
_EITHER = word_set("closed", "sentences_either")
"""May end a sentence: they do when what follows usually opens one."""
_OPENERS = word_set("closed", "sentences_openers")
_REPLIES = (
    r"(?:said|says|say|asked|asks|added|adds|told|tells|wrote|writes|replied|replies|answered|shouted|cried|yelled|tweeted|"
    r"continued|explained|recalled|responded|exclaimed|warned|quipped|joked|declared|insisted|noted|argued|announced)"
)
_FRAME_ONLY = re.compile(
    rf"(?:(?:[A-Z][\w.'’-]*|[Hh]e|[Ss]he|[Tt]hey|[Tt]he|[Ii]|[Ww]e|[Aa]n?|of|for|one)[ ])"
    rf"(?:[\w.'’-]+[ ]){{0,5}}?{_REPLIES}\b(?![ ]*[:,]?[ ]*[\"“‘'])(?![ ]+(?:that|he|she|it|they|the|to)\b)"
)
_END = re.compile(r"(?:[.!?]+|…|\.\.\.|[。！？])(?:[\"”’'»」』)\]]|'')*")
_AHEAD = 400
_BEHIND = 24
"""Characters after and before a mark that tell whether a sentence ends there."""
_CLOSING = "\"”’'»」』)]"
_OPENING = "\"“‘'«「『(["
_BULLET = re.compile(r"(?:[•·▪‣◦*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_DASHED = re.compile(r"[-–—―]\s?\S.*\S\s?[-–—―]$")


def split_sentences(source: str) -> tuple[Sentence, ...]:
    """Cut a body into sentences, in order, without overlap; blank space between them is left out."""
    blocks = list(_blocks(source))
    out: list[Sentence] = []
    for paragraph, (start, end) in enumerate(blocks):
        bullet = _BULLET.match(source, start, end)
        whole = source[start:end]
        if _is_dashed(whole):
            out.append(Sentence(start, end, whole, paragraph, subhead=True))
            continue
        if bullet and bullet.end() < end and not _signs(source, start, end):
            start = bullet.end()  # noqa: PLW2901 - the bullet is no word of the sentence
        for s, e in (piece for cut in _cut(source, start, end) for piece in _bounded(source, *cut)):
            out.append(Sentence(s, e, source[s:e], paragraph, subhead=len(blocks) > 1 and _is_label(source[s:e])))
    return tuple(out)


def one_statement(text: str) -> tuple[Sentence, ...]:
    """A headline: one statement, whatever marks stand in it; in pieces only when it is longer than any sentence."""
    cut = [piece for whole in _trim(text, 0, len(text)) for piece in _bounded(text, *whole)]
    return tuple(Sentence(start, end, text[start:end], 0) for start, end in cut)


def _signs(source: str, start: int, end: int) -> bool:
    """A dash and a few words below a quotation are who said it, no item of a list."""
    return (
        source[start] in "-–—―"
        and end - start <= SIGNATURE_CHARS
        and source[max(0, start - 4) : start].rstrip()[-1:] in '"”»」'
    )


def _is_dashed(text: str) -> bool:
    return len(text) < 120 and _DASHED.match(text) is not None and not text.endswith(("--",)) and text[0] in "-–—―"


def _is_label(text: str) -> bool:
    """A short line that ends in nothing and says nothing: a subhead, a time stamp, a label."""
    words = re.findall(r"[^\W_]+", text)
    if not words:
        return True
    ended = text.rstrip(_CLOSING)[-1:] in ".!?…。！？:;,"
    if re.fullmatch(r"[\W_]*\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?[\W_]*", text):
        return True
    return not ended and len(words) <= SUBHEAD_WORDS and text[-1:] not in _CLOSING


def _blocks(source: str) -> Iterator[Span]:
    """Paragraphs, and inside them lines, unless the lines are one text wrapped at a width."""
    for m in re.finditer(r"(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))+", source):
        lines = [(m.start() + k.start(), m.start() + k.end()) for k in re.finditer(r"[^\n]+", m.group())]
        wrapped = _wrapped([end - start for start, end in lines])
        begin = lines[0][0]
        for before, line in pairwise(lines):
            if not _continues(source[slice(*before)].rstrip(), source[slice(*line)].lstrip(), wrapped=wrapped):
                yield from _trim(source, begin, before[1])
                begin = line[0]
        yield from _trim(source, begin, lines[-1][1])


def _continues(last: str, first: str, *, wrapped: bool) -> bool:
    """Whether a line goes on with the one before."""
    if not last or not first or last[-1] in ".!?…。！？:" or _BULLET.match(first):
        return last[-1:] in ".!?…" and wrapped and not _BULLET.match(first)
    return first[0].islower() or last[-1] in ",;" or wrapped


def _wrapped(widths: list[int]) -> bool:
    body = widths[:-1]
    return len(body) >= 2 and min(body) >= WRAPPED_LINE_MIN and max(widths) <= WRAPPED_LINE_MAX


def _trim(source: str, start: int, end: int) -> Iterator[Span]:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _cut(source: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for m in _END.finditer(source, start, end):
        stop = m.end()
        if stop >= end:
            break
        cjk = m.group()[0] in "。！？"
        if not cjk and not source[stop].isspace():
            continue
        if not cjk and not _is_boundary(source, at, m, end):
            continue
        yield from _trim(source, at, stop)
        at = stop
    yield from _trim(source, at, end)


def _bounded(source: str, start: int, end: int) -> Iterator[Span]:
    """What is longer than any sentence (a menu, a table, noise) in pieces, cut at blanks where it has some."""
    while end - start > SENTENCE_CHARS:
        blank = max(source.rfind(sign, start + 1, start + SENTENCE_CHARS) for sign in " \n\u00a0")
        stop = blank if blank > 0 else start + SENTENCE_CHARS
        yield from _trim(source, start, stop)
        start = stop
    yield from _trim(source, start, end)


def _is_boundary(source: str, sentence: int, m: re.Match[str], end: int) -> bool:
    rest = source[m.end() : min(end, m.end() + _AHEAD)].lstrip()
    if not rest:
        return False
    mark = m.group()
    closed = mark[-1] in _CLOSING
    first = rest.lstrip(_OPENING + "…. ")[:1]
    if not first or first.islower():
        return False
    if closed and mark[0] in ".!?" and _FRAME_ONLY.match(rest[:120]) and _ends_soon(rest):
        return False
    if rest[0] in _CLOSING and rest[0] not in _OPENING:
        return False
    if mark[0] != "." or mark.startswith(("..", ".!", ".?")):
        return True
    return closed or not _is_abbreviation(source[max(sentence, m.start() - _BEHIND) : m.start()], rest)


def _ends_soon(rest: str) -> bool:
    """The frame after a quotation ("Clinton said Friday.") is short before its own full stop or a further quotation."""
    m = re.search(r"[.!?:](?:\s|$)", rest)
    return len((rest[: m.start()] if m else rest).split()) <= 30


_LAST_WORD = re.compile(r"(?<![^\W_])(?<![^\W_][.'’])[^\W_]+(?:[.'’][^\W_]+)*$")
_NEXT_WORD = re.compile(r"[\"“‘'(\[]*([^\W_]+(?:['’.-][^\W_]+)*)")


def _is_abbreviation(before: str, rest: str) -> bool:
    word = _LAST_WORD.search(before)
    if not word:
        return False
    token = word.group().lower()
    following = _NEXT_WORD.match(rest)
    next_word = following.group(1) if following else ""
    if token in _TITLES:
        return True
    if token in _BEFORE_NUMBER and not (len(token) == 1 and word.group().isupper()):
        return next_word[:1].isdigit()
    if len(token) == 1 and token.isalpha():
        return not _opens(next_word, rest)
    if token in _EITHER or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", token):
        return not (_opens(next_word, rest) or next_word in word_set("names", "given"))
    return False


def _opens(word: str, rest: str) -> bool:
    """Whether a capitalised word opens a sentence: a small word, people without a name ("Police", "Residents"), a mark."""
    low = word.lower()
    return low in _OPENERS or low in word_set("speakers", "groups") or rest[0] in "\"“‘'«"
