"""What looks like a number and counts nothing: dates and times, names with numbers, addresses, counters of pictures, ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.core.claims.numbers.line import NumberLine
from app.core.claims.numbers.units import money_before
from app.core.lexicon.load import load, word_set
from app.core.records import Span

__all__ = ["is_name", "no_numbers"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
_MONTH = rf"(?:(?:{_MONTHS})\.?|{_SHORT_MONTHS})"
_COUNTED_YEARS = r"[ -](?:people|troops|soldiers|workers|jobs|votes|miles|km|meters|metres|feet|dollars|euros|pounds|homes|houses|points|employees|migrants|refugees|women|men|children|students)"
# any of these signs is needed; whether capitals matter not; the shape
_SHAPES = tuple(
    (needs, re.compile(pattern, re.IGNORECASE if any_case else 0))
    for needs, any_case, pattern in (
        # dates and years
        ("", 0, rf"\b{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|[.,]\d)(?: ?[-—] ?\d{{1,2}}\b)?(?:,? (?:1[89]|20)\d\d\b)?"),
        ("", 0, rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}\b(?:[,-]? ?(?:(?:1[89]|20)\d\d|\d\d)\b)?"),
        ("", 0, r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|(?<![\d/.])\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?![\d/])"),
        ("", 0, rf"(?<![$€£\d,.-])\b(?:1[5-9]|20)\d\d(?:s|[-—/]\d{{2,4}})?\b(?![,.]\d|{_COUNTED_YEARS}\b| ?(?:%|percent|per cent|million|billion))"),
        ("s", 1, r"\b(?:in|into) (?:his|her|their|its|the|my) (?:early |mid-?|late )?\d0s\b"),
        # times of day
        (":", 1, r"\b\d{1,2}: ?\d{1,2}(?::\d\d)?(?:\.\d+)?(?: ?[ap]\.?m?\b\.?)?"),
        ("", 1, r"\b\d{1,2}(?:\.\d\d)? ?(?:[ap]\.?m\b\.?|o'clock)|\b\d{1,2}[.:]?\d\d ?(?:GMT|UTC|BST|E[SD]?T|hrs)\b|\bhalf[ -]past \d{1,2}\b"),
        (".", 1, r"\bat (?:about |around )?(?:1?\d|2[0-3])\.[0-5]\d(?=[,;.]?(?:$| (?:and|on|when|after|as|yesterday|today|this)\b))"),
        # pictures, parts, stars
        ("", 1, r"\b(?:[a-z]+ )?caption \d+ of \d+\b|\b(?:photo|slide|image|picture|page)s? \d+ of \d+\b"),
        ("", 0, r"\b\d{1,3} of (?!10\b)\d{1,3}(?=\n|$| [A-Z][A-Za-z]*[^s\W]\b)"),
        ("/", 0, r"\b\d{1,3}/\d{1,3}\b(?=$|\n| [A-Z@]| ?\d{4}| stars)|\b\d{1,3} / \d{1,3}\b"),
        # addresses and ids
        (".@/#", 1, r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[#@]\w+|(?<=@ )\d+|\w+\.(?:com|org|net|co\.\w\w)\b\S*"),
        ("", 1, r"\+\d[\d ()-]{6,}\d|\(\d{2,5}\) ?\d[\d -]{4,}\d|\b\d{3}[ -]\d{3}[ -]\d{4}\b|\b\d{3}-\d{4}\b|\b0\d{2,4} \d{3,}(?: \d+)*|\b1-8\d\d-[\w-]+"),
        ("", 0, r"\b[A-Z]{2} \d{5}\b|\b\d+[A-Za-z]+\d[\w-]*\b|\d+e[+-]?\d+"),
        ("-", 1, r"\b\d+-all\b|\b\d{1,2}-\d{1,2}-\d{1,4}(?=[ -](?:defense|formation|system|offense|diamond))"),
        ("p", 0, r"\b(?:240|360|480|576|720|1080|1440|2160|4320)p\b"),
        ("'", 0, r"\b\d' ?\d{1,2}(?:\"|''|\b)(?!\d)"),
        ("a", 1, r"\.?\b\d+[ -](?:caliber|calibre|gauge)\b"),
    )
)  # fmt: skip
_DECADE = re.compile(r"\b[a-z]+teen (?:hundreds|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b")
_CODE = re.compile(r"\b[A-Za-z]+(?=\d)[\w.-]*\w")


def no_numbers(line: NumberLine) -> Iterator[Span]:
    """Spans that hold no number, whatever stands around them."""
    yield from (m.span() for m in (*_DECADE.finditer(line.lower), *_sayings().finditer(line.lower)))
    if not any(map(str.isdigit, line.text)):
        return
    for needs, pattern in _SHAPES:
        if not needs or any(c in line.text for c in needs):
            yield from (m.span() for m in pattern.finditer(line.text))
    for m in _CODE.finditer(line.text):  # MH370, but not RM20
        digit = re.search(r"\d", m.group())
        if digit and money_before(line.text, m.start() + digit.start()) is None:
            yield m.span()


@lru_cache(maxsize=1)
def _sayings() -> re.Pattern[str]:
    rows = sorted(load("names_with_numbers")["sayings"], key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, rows))})(?![\w-])")


@lru_cache(maxsize=1)
def _before() -> dict[str, re.Pattern[str]]:
    table = load("names_with_numbers")

    def pattern(words: list[str]) -> re.Pattern[str]:
        rows = sorted(words, key=lambda w: (-len(w), w))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, rows))})s?:?[ -]?$")

    return {"always": pattern(table["always"]), "label": pattern(table["label"]), "capital": pattern(table["capital"])}


@lru_cache(maxsize=1)
def _after() -> tuple[re.Pattern[str], frozenset[str]]:
    table = load("names_with_numbers")
    streets = "|".join(re.escape(w) for w in sorted(table["streets"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf" (?:block\b|(?:[NSEW]\.? |North |South |East |West )?(?:(?:[A-Z][\w'.]*|\d+(?:st|nd|rd|th)) ){{1,3}}(?i:{streets})\b)"
    ), frozenset(table["scaled"])


_DIGITS_THEN_LETTERS = re.compile(r"(?:st|nd|rd|th|s)\b|[A-Za-z]")
_LAST_WORD = re.compile(r"([A-Z][\w'.]*)[ -]$")
_OPENING = word_set("closed", "traps_opening")


def is_name(line: NumberLine, start: int, end: int, *, bare: bool, plural: bool, verbs: frozenset[str]) -> bool:
    """Whether a number belongs to a name beside it.

    `bare`: without unit, scale or groups of thousands; `plural`: a plural that it may count follows; `verbs`: words that take
    a number and may be capitalised in a headline.
    """
    before, after = line.text[max(0, start - 32) : start], line.text[end : end + 48]
    lists = _before()
    digits = line.text[start:end]
    if lists["always"].search(before.lower()) and not before.endswith("--"):
        return True
    if after.lower().startswith(("-time ", "-way ", "-term ")):
        return True  # a two-time winner
    if not plural and bare and (lists["label"].search(before.lower()) or lists["capital"].search(before)):
        return True
    streets, scaled = _after()
    if bare and digits.isdigit() and streets.match(after):
        return True
    if digits.lower().endswith("k") and (re.match(r"[ -]([\w-]+)", after) or [" ", ""])[1].lower() in scaled:
        return True
    if digits[-1:].isdigit() and bare and _DIGITS_THEN_LETTERS.match(after):
        return True
    m = _LAST_WORD.search(before)
    if m is None or not bare or plural or line.titled:
        return False
    word = m[1]
    return word not in _OPENING and word.lower() not in verbs and not _opens_sentence(line, start - len(m.group()))


def _opens_sentence(line: NumberLine, start: int) -> bool:
    return re.search(r"(?:^|[.!?:\n\"]\s*)$", line.text[max(0, start - 3) : start]) is not None
