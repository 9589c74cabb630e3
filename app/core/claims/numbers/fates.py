"""What became of those a number counts: killed, injured, missing, arrested; destroyed, launched (lexicon/counted.toml).

Read in this order, the first that tells wins: what is done to the counted before it ("killing 12"), a word inside the counted
phrase ("10 deaths", "two injured soldiers"), what is said of it behind ("12 people were killed", "10 dead"), its count named before ("the
death toll rose to 45"), the verb that the sentence's grammar gives it, the number before it in a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.units import unhedged
from app.core.claims.numbers.words import Rows, may_be_person, row_at, word_rows
from app.core.lexicon.load import load, word_set
from app.core.records import NumberRole
from app.core.thresholds import FATE_REACH

__all__ = ["fate_words", "find_fates"]


@lru_cache(maxsize=8)
def _rows(field: str) -> Rows:
    fates = load("counted")["fate"].items()
    return word_rows(
        ((w, name) for name, row in fates for w in row[field]),
        verbs=field in {"done", "suffered"},
        nouns=field in {"nouns", "toll"},
    )


@lru_cache(maxsize=1)
def fate_words() -> frozenset[str]:
    """Words that take a number and may be capitalised in a headline: "Kills", "Dead"."""
    kinds = ("done", "suffered", "state")
    return frozenset(w for kind in kinds for w, rows in _rows(kind).items() if any(len(row) == 1 for row, _ in rows))


@lru_cache(maxsize=1)
def _of_people() -> frozenset[str]:
    return frozenset(name for name, row in load("counted")["fate"].items() if row["people"])


def find_fates(line: NumberLine, found: Sequence[FoundNumber]) -> None:
    """Sets the fate of each number that counts people or things; a bare number with a fate of people counts people."""
    before: FoundNumber | None = None
    for number in found:
        if number.name or not number.plain or number.role in _NO_COUNT:
            continue
        number.fate = _own(line, number) or (_shared(line, before, number) if before and not number.whole else None)
        if number.counts is None and number.following and before:
            number.counts = before.counts
        if number.counts is None and number.value != 1 and line.lower.startswith(" who ", number.end):
            number.counts = "person"
        if number.role is NumberRole.ADDED and before and before.fate != number.fate:
            number.role = NumberRole.AMOUNT  # "7 died and dozens more were injured"
        if number.fate in _of_people() and number.counts is None:
            number.counts = "person"
        if "person" in {number.counts, number.unit}:
            number.unit = number.counts = "person"
        before = number


_NO_COUNT = frozenset({NumberRole.AGE, NumberRole.SCORE, NumberRole.MULTIPLE})


def _own(line: NumberLine, number: FoundNumber) -> str | None:
    for names in (_inside,) if number.whole else (_done_before, _inside, _behind, _toll_before, _by_grammar):
        if fate := _fitting(line, number, names(line, number)):
            return fate
    return None


def _fitting(line: NumberLine, number: FoundNumber, names: Sequence[str]) -> str | None:
    """Of several fates that a word tells the one that befalls what is counted: workers are fired, and missiles."""
    if not names:
        return None
    counts = number.counts
    people = (
        counts is None
        or may_be_person(counts)
        or any(n in names for _, n in _rows("nouns").get(counts, ()))
        or (number.last >= 0 and line.tokens[number.last].text[0].isupper() and not line.titled)
    )
    fits = [n for n in names if (n in _of_people()) == people]
    return fits[0] if fits else None if counts else names[0]


def _inside(line: NumberLine, number: FoundNumber) -> Sequence[str]:
    """A word of the counted phrase itself."""
    inside = range(line.at(number.end), min(number.last + 1, len(line.tokens)))
    for kind in ("nouns", "state", "done"):
        for i in inside:
            hit = row_at(_rows(kind), line.tokens, i)
            if hit and (kind != "done" or line.tokens[i].text.lower().endswith(("ed", "en"))):
                return hit[0]
    return [name for row, name in _rows("nouns").get(number.counts or "", ()) if len(row) == 1]


@lru_cache(maxsize=4)
def _beside(kind: str) -> frozenset[str]:
    return frozenset(load("counted")["beside"][kind])


def _behind(line: NumberLine, number: FoundNumber) -> Sequence[str]:
    """What is said of the counted phrase right behind it: "12 people were killed", "10 dead", "50 others injured"."""
    tokens = line.tokens
    i = max(line.at(number.end), number.last + 1)
    helped = False
    for _ in range(FATE_REACH):
        if i >= len(tokens) or (i and line.text[tokens[i - 1].end : tokens[i].start].strip(" ")):
            break
        low = tokens[i].text.lower()
        if low == "," and i + 1 < len(tokens) and tokens[i + 1].text.lower() in _beside("including"):
            close = next((j for j in range(i + 2, min(i + 16, len(tokens))) if tokens[j].text == ","), None)
            if close is None:
                break
            i = close + 1
            continue
        if (hit := row_at(_rows("done"), tokens, i)) and not low.endswith("ing"):
            return hit[0] if _passive(line, i, i + hit[1], helped=helped) else ()
        if hit := row_at(_rows("suffered"), tokens, i) or row_at(_rows("state"), tokens, i):
            return hit[0]
        if low not in _beside("helping") | _beside("between") and tokens[i].pos != "ADV":
            break
        helped = helped or low in _beside("helping")
        i += 1
    return ()


_DAYS = word_set("closed", "fates_days")


def _passive(line: NumberLine, i: int, after: int, *, helped: bool) -> bool:
    """Whether a verb behind the counted befalls them: "10 killed in", "10 were killed"; not "two men killed a guard"."""
    low = line.tokens[i].text.lower()
    if line.tokens[i].tag in {"VB", "VBP", "VBZ"} and not low.endswith(("ed", "hurt")):
        return False
    if helped or after >= len(line.tokens):
        return True
    token = line.tokens[after]
    low = token.text.lower()
    if low in _DAYS or line.is_blocked(token.start, token.end):
        return True
    if low in {"at", "more", "up", "as", "about", "around", "nearly", "over", "some", "almost"}:
        return not any(t.pos == "NUM" or t.text[0].isdigit() for t in line.tokens[after + 1 : after + 4])
    return line.titled or token.pos not in {"DET", "NUM", "PRON", "NOUN", "PROPN", "ADJ"}


def _done_before(line: NumberLine, number: FoundNumber) -> Sequence[str]:
    """What is done to the counted: "killing at least 10", "shot dead 20 children", "the deaths of three workers"."""
    end = unhedged(line.text, number.start)
    tokens, last = line.tokens, line.before(end)
    if last < 0 or line.text[tokens[last].end : end].strip(" "):
        return ()
    if tokens[last].text.lower() == "of":
        for j in range(last - 1, max(-1, last - 4), -1):
            if (hit := row_at(_rows("nouns"), tokens, j)) and j + hit[1] == last:
                return hit[0]
    for j in range(max(0, last - 5), last + 1):
        if (hit := row_at(_rows("done"), tokens, j)) and j + hit[1] == last + 1:
            return hit[0] if _active(line, j) else ()
    return ()


def _active(line: NumberLine, i: int) -> bool:
    """Whether what follows a verb is its object: not "was killed 10 days later"."""
    before = {t.text.lower() for t in line.tokens[max(0, i - 3) : i]}
    return not before & {"was", "were", "been", "being", "be", "is", "are", "got"} or line.tokens[
        i
    ].text.lower().endswith("ing")


def _toll_before(line: NumberLine, number: FoundNumber) -> Sequence[str]:
    """A count named before its number: "the death toll rose by 12 to 45", "a toll of 84", "deaths rose to 45"."""
    end = unhedged(line.text, number.start)
    tokens, last = line.tokens, line.before(end)
    if last < 0 or tokens[last].text.lower() not in _beside("telling") or line.text[tokens[last].end : end].strip(" "):
        return ()
    for j in range(last, max(-1, last - 2 * FATE_REACH), -1):
        if tokens[j].text in {".", ";"}:
            break
        if hit := row_at(_rows("toll"), tokens, j):
            return hit[0]
    return ()


def _by_grammar(line: NumberLine, number: FoundNumber) -> Sequence[str]:
    """The verb that the counted phrase depends on, as what is done to it or as what it meets."""
    if not line.parsed:
        return ()
    tokens = line.tokens
    i = number.last if number.last >= 0 else line.over(number.start)
    for _ in range(4):
        if tokens[i].dep not in {"conj", "appos", "nummod"} or tokens[tokens[i].head].pos not in {
            "NOUN",
            "PROPN",
            "NUM",
        }:
            break
        i = tokens[i].head
    for j in line.children(i):
        if tokens[j].dep in {"acl", "relcl"}:
            hit = row_at(_rows("done"), tokens, j) if tokens[j].tag == "VBN" else row_at(_rows("suffered"), tokens, j)
            if hit:
                return hit[0]
    head = tokens[i].head
    field = {"nsubjpass": "done", "dobj": "done", "nsubj": "suffered"}.get(tokens[i].dep)
    if field is None or head == i:
        return ()
    hit = row_at(_rows(field), tokens, head)
    if hit is None and tokens[head].pos == "AUX":
        states = (row_at(_rows("state"), tokens, j) for j in line.children(head) if tokens[j].dep in {"acomp", "attr"})
        hit = next((h for h in states if h), None)
    return hit[0] if hit else ()


_ADDED = re.compile(r",?(?: and| plus| as well as)? (?:another |at least |about |some |up to |more than |an? )?")
_PART_OF = re.compile(r"\b(?:including|among them|plus)\b(?: at least| about| some| the)?[ ,]*$")


def _shared(line: NumberLine, before: FoundNumber, number: FoundNumber) -> str | None:
    """The fate of the number before: "killing 10 people and 3 officers", "50 injured, 10 of them seriously"."""
    if before.fate is None or number.following:
        return before.fate
    alike = (
        number.counts is None
        or number.counts == before.counts
        or (may_be_person(number.counts) and before.fate in _of_people())
    )
    gap = line.lower[before.end : number.start]
    if alike and len(gap) < 90 and _PART_OF.search(gap):
        return before.fate
    if not alike or before.last < 0 or number.counts is None:
        return None
    return before.fate if _ADDED.fullmatch(line.lower[line.tokens[before.last].end : number.start]) else None
