"""The shape of a line: does it read like prose, like a title, like a list of links? No phrase is known here."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core import thresholds as t
from app.core.lexicon.load import word_set
from app.core.text import fold

__all__ = [
    "content_stems",
    "count_sentences",
    "count_words",
    "ends_sentence",
    "folded_line",
    "is_link_list",
    "is_marked_subhead",
    "is_prose",
    "is_titlecase",
    "starts_item",
    "without_item_mark",
]

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")  # scripts without blanks between words
_STOP = re.compile(r"[.!?…。！？](?:[\"'”’»)\]]|\s*\([^()]{2,25}\)|\s+(?:Enditem|ENDS?|###))*$")
_INNER_STOP = re.compile(r"[.!?][\"'”’]?\s+[\"'“‘]?[A-Z]")
_ITEM = re.compile(r"^(?:[•·▪◦‣●○■□▶►*+-]|\d{1,2}[.)])\s+")
_SUBHEAD = re.compile(r"^(?:[–—-]\s*\S.*\S\s*[–—-]|\*\*[^*]+\*\*|#{2,6}\s+\S.*|[■□▲△▶●◆◇]\s*\S.*)$")
_SMALL = word_set("closed", "shapes_small")
_COMMON = _SMALL | frozenset(
    "also just only other many much very own such them him us me how why both each every few first last next new one two "
    "three year years month months week weeks day days time today people says say told according make made take took get "
    "monday tuesday wednesday thursday friday saturday sunday news report reported".split()
)


def line_words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=4096)
def count_words(text: str) -> int:
    """Words; in scripts without blanks two characters count as one."""
    return len(_WORD.findall(_WIDE.sub(" ", text))) + len(_WIDE.findall(text)) // 2


def ends_sentence(text: str) -> bool:
    """Does the line close a sentence? Quotes, brackets and an agency in parentheses may follow the stop."""
    return bool(_STOP.search(text))


def count_sentences(text: str) -> int:
    return len(_INNER_STOP.findall(text)) + len(re.findall(r"[。！？](?=.)", text)) + 1


def starts_item(text: str) -> bool:
    """A bullet or a number opens the line."""
    return bool(_ITEM.match(text))


def without_item_mark(text: str) -> str:
    return _ITEM.sub("", text)


def is_marked_subhead(text: str) -> bool:
    """A short title set off by its own marks: "– What now? –", "**What now?**", "## What now"."""
    return count_words(text) <= t.PAGE_SUBHEAD_MAX_WORDS and bool(_SUBHEAD.match(text))


def is_titlecase(text: str) -> bool:
    """Most words that are not small begin with a capital."""
    words = [w for w in line_words(text) if w.casefold() not in _SMALL]
    if text.upper() == text.lower():  # a script without capitals
        return False
    return bool(words) and sum(not w[0].islower() for w in words) >= t.PAGE_TITLECASE_SHARE * len(words)


def is_link_list(text: str) -> bool:
    """Several labels on one line between bars, arrows or dots."""
    closing = "" if "«" in text or "‹" in text else "›»"  # where they close quotations they set no links apart
    parts = re.split(rf"\s+[|/>·•{closing}]\s+|\s*\|\s*" + (r"|\s*[›»]\s*" if closing else ""), text)
    return len(parts) >= t.PAGE_LINK_LIST_MIN_LABELS and not any(
        (ends_sentence(part) or count_sentences(part) > 1) and count_words(part) > t.PAGE_SUBHEAD_MAX_WORDS
        for part in parts
    )


def small_share(text: str) -> float:
    """The share of small words: running text has many, lists of links few."""
    words = line_words(text)
    return sum(w.casefold() in _SMALL for w in words) / len(words) if words else 0.0


@lru_cache(maxsize=4096)
def is_prose(text: str) -> bool:
    """Reads like one or more sentences of running text, finished or (a paragraph that lost its full stop) long enough."""
    text = without_item_mark(text)
    words = count_words(text)
    if ends_sentence(text):
        question = text.rstrip("\"'”’)").endswith(("?", "？"))
        if question and words <= t.PAGE_SUBHEAD_MAX_WORDS and count_sentences(text) == 1 and text[:1] not in "\"“‘'":
            return False
        if not any(w[0].islower() for w in line_words(text)) and text.upper() != text.lower():
            return False  # "Polls close Nov. 5, 2024." is no title, however many of its words have capitals
        return words >= t.PAGE_PROSE_MIN_WORDS
    if text.endswith((":", "：")):
        return words >= t.PAGE_PROSE_MIN_WORDS and small_share(text) > 0 and not is_titlecase(text)
    if is_titlecase(text):
        return False
    if _INNER_STOP.search(text) and words >= t.PAGE_PROSE_UNFINISHED_MIN_WORDS:
        return small_share(text) >= t.PAGE_PROSE_MIN_SMALL_SHARE
    return words >= t.PAGE_PROSE_UNSTOPPED_MIN_WORDS and small_share(text) >= t.PAGE_PROSE_MIN_SMALL_SHARE


@lru_cache(maxsize=4096)
def folded_line(text: str) -> str:
    """The line as it is compared: see `app.core.text.fold`."""
    return fold(text)


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """The telling words of a text, cut to their first letters so that "renew" meets "renewed"."""
    return frozenset(
        w[: t.PAGE_STEM_LETTERS].removesuffix("s")
        for w in re.findall(r"[^\W\d_]{3,}", fold(text).replace("'s", ""))
        if w not in _COMMON
    )
