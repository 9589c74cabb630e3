"""What a number counts: the head of the noun phrase behind it; what a share is of, and what an amount is per."""

from __future__ import annotations

import re

from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.words import is_person
from app.core.language import Token
from app.core.lexicon.inflections import is_plural, singular
from app.core.lexicon.load import load, word_set

__all__ = ["counted", "last_noun", "noun_phrase", "of_and_per", "plural_follows"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_SKIPPED = word_set("closed", "things_skipped")
_THEM = frozenset("them those whom these us you which".split())
_NEVER = frozenset("percent per cent pm am gmt ago time".split())
_STOPS = word_set("closed", "things_stops")


def counted(line: NumberLine, found: FoundNumber) -> None:
    """Sets what `found` counts, its phrase's last token, and whether it takes up what was counted before ("two of them")."""
    m = re.match(r"-([a-z]{3,})", line.lower[found.end : found.end + 24])
    if m and m[1] not in {"fold", "plus", "odd", "strong", "old", "way", "time", "and", "per", "by", "something"}:
        found.counts = singular(m[1])
        found.last = line.over(found.end + 1)
        return
    if group := _GROUP.search(line.lower[max(0, found.start - 40) : found.start]):
        noun = singular(group[1])
        people = load("counted")["people"]
        if noun in people["groups"] or noun in people["parents"]:
            found.counts = "person" if noun in people["groups"] else "child"
    i = line.at(found.end)
    if i >= len(line.tokens) or line.text[found.end : line.tokens[i].start].strip(" "):
        return
    if line.tokens[i].text.lower() == "of":
        after = line.tokens[i + 1].text.lower() if i + 1 < len(line.tokens) else ""
        if after in _THEM and not _is_determiner(line, i + 1):
            found.following, found.last = True, i + 1
            i += 2
            if i >= len(line.tokens) or not is_person(noun_phrase(line, i)[0]):
                return
        i += 1
    head, last = noun_phrase(line, i, one=found.value == 1)
    if head:
        found.counts, found.last = head, last
        if found.counts == "person":
            found.unit = "person"


_GROUP = re.compile(
    r"\b([a-z]+) of (?:about |around |some |nearly |almost |at least |more than |over |up to |roughly |just |an? )?$"
)


def _is_determiner(line: NumberLine, i: int) -> bool:
    """Whether a noun follows: "of those people", not "of those"."""
    return (
        i + 1 < len(line.tokens)
        and line.tokens[i].text.lower() in {"those", "these"}
        and line.tokens[i + 1].pos in _NOUNS | {"ADJ"}
    )


def noun_phrase(line: NumberLine, i: int, *, one: bool = False) -> tuple[str | None, int]:
    """The lemma of the head noun of the phrase that starts at a token, and the index of its last token.

    A head is a plural, or after "one" a singular: "three short-range missiles", "12 police officers", "one woman".
    """
    head: tuple[str | None, int] = (None, i - 1)
    tokens = line.tokens
    steps = 0
    while i < len(tokens) and steps < 9:
        token = tokens[i]
        low = token.text.lower()
        if steps and line.text[tokens[i - 1].end : token.start].strip(" "):
            break
        blocked = line.is_blocked(token.start, token.end)
        joins = low in {"and", "or"} and {t.pos for t in tokens[i - 1 : i + 2 : 2]} == {"ADJ"}  # "current or former"
        if (blocked and head[0]) or low in _NEVER or (low in _STOPS and not joins):
            break
        if blocked or joins or token.text in {"-", '"'} or low in _SKIPPED:
            i, steps = i + 1, steps + 1
            continue
        if _may_head(token, line, one=one):
            if one and head[0] and token.pos == "PROPN":
                break
            head = (singular(token.text), i)
            if is_person(head[0]) and is_plural(token.text) and not _noun_next(line, i):
                break
        elif not _modifies(line, i, headed=head[0] is not None):
            break
        i, steps = i + 1, steps + 1
    return head


def _may_head(token: Token, line: NumberLine, *, one: bool) -> bool:
    if not token.text[0].isalpha():
        return False
    if not line.parsed:
        return is_plural(token.text) or (one and token.pos == "NOUN")
    if token.pos not in _NOUNS:
        return is_plural(token.text) and is_person(singular(token.text))
    return is_plural(token.text) or (one and token.pos == "NOUN")


def _modifies(line: NumberLine, i: int, *, headed: bool) -> bool:
    """Whether a word may stand before the head: an adjective, a participle before a noun, a name, a noun."""
    token = line.tokens[i]
    if not line.parsed:
        return not headed and token.pos in {"NOUN", "PROPN", "VERB", "NUM", "ADV"}
    if token.pos in {"ADJ", "NUM"}:
        return not headed
    if token.pos in _NOUNS:
        return not headed or (token.pos == "NOUN" and _noun_next(line, i))
    if token.tag in {"VBN", "VBG"} or token.pos == "ADV":
        return not headed and _noun_within(line, i)
    return (
        token.pos == "PUNCT"
        and token.text == ","
        and not headed
        and line.tokens[min(i + 1, len(line.tokens) - 1)].pos == "ADJ"
    )


def _noun_next(line: NumberLine, i: int) -> bool:
    j = i + 1
    return (
        j < len(line.tokens)
        and line.tokens[j].pos == "NOUN"
        and is_plural(line.tokens[j].text)
        and line.text[line.tokens[i].end : line.tokens[j].start] == " "
    )


def _noun_within(line: NumberLine, i: int) -> bool:
    """A noun follows a participle: "50 injured people", not "50 injured in" or "10 killed Sunday"."""
    for token in line.tokens[i + 1 : i + 4]:
        if token.pos in _NOUNS:
            return not line.is_blocked(token.start, token.end)
        if token.pos not in {"ADJ", "VERB", "ADV"} and token.text != "-":
            return False
    return False


def plural_follows(line: NumberLine, end: int) -> bool:
    """Whether a plural that a number may count stands behind it."""
    i = line.at(end)
    return (
        i < len(line.tokens)
        and noun_phrase(line, i)[0] is not None
        and not line.text[end : line.tokens[i].start].strip(" ")
    )


_PER = re.compile(
    r"[ -](?:(?:a|an|per|each|every)[ -](?:[a-z]+ (?=share\b|person\b|head\b))?(?P<noun>[a-z]{3,})\b|(?P<adverb>apiece|each|annually|yearly|monthly|weekly|daily|hourly)\b)(?! (?:ago|earlier|before|later|old|long)\b)"
)
_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "each": "each",
    "apiece": "each",
}
_NOT_PER = word_set("closed", "things_not_per")


def of_and_per(line: NumberLine, found: FoundNumber) -> None:
    """Sets what a share is of ("40 percent of voters") and what an amount is for each of ("$12 a share")."""
    m = _PER.match(line.lower, found.end)
    if m and found.unit and (m["adverb"] or m["noun"] not in _NOT_PER):
        found.per = _ADVERBS[m["adverb"]] if m["adverb"] else singular(m["noun"])
        return
    if found.unit not in {"percent", "share"}:
        return
    i = line.at(found.end)
    if i < len(line.tokens) and line.tokens[i].text.lower() == "of":
        found.of = last_noun(line, i + 1)
    elif i < len(line.tokens) and found.unit == "share":
        told = line.tokens[i].text.lower() in _SKIPPED
        found.of = last_noun(line, i) if told else noun_phrase(line, i)[0]


def last_noun(line: NumberLine, i: int) -> str | None:
    """The lemma of the last noun of the phrase that starts at a token, plural or not."""
    head = None
    for token in line.tokens[i : i + 8]:
        low = token.text.lower()
        if token.pos in _NOUNS and token.text[0].isalpha() and not line.is_blocked(token.start, token.end):
            head = singular(token.text)
        elif head or not (
            low in _SKIPPED
            or token.pos in {"ADJ", "NUM", "DET", "PRON"}
            or token.tag in {"VBN", "VBG", "PRP$", "POS"}
            or token.text in {"-", "'s"}
        ):
            break
    return head
