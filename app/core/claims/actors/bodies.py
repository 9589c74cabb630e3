"""Organisations by shape, by the model, and by the acronyms an article introduces."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.core.claims.actors.names import PrintedWord, chunks, is_given
from app.core.claims.actors.people import Entity, FoundName, is_called_a_body
from app.core.claims.actors.roles import title_spans
from app.core.claims.actors.spans import WordSpans, covered_by, spans_between
from app.core.lexicon.load import word_set
from app.core.lexicon.registry import named_forms
from app.core.records import Span

__all__ = ["acronyms", "find_bodies", "fits", "is_one_body"]

_PLACED = re.compile(r"\b(?:in|at|near|from|outside|around) (?:the )?$")
_PAREN = re.compile(r"\(\s*([A-Z][A-Za-z&.-]{1,9})\s*\)")
_OR = re.compile(r",? (?:or|aka|also known as|known as) (?:the )?([A-Z][A-Z&.]{0,8}[A-Z])(?!\w)")


def _initials(name: str) -> str:
    return "".join(p[0] for p in re.findall(r"[^\W\d_]+", name) if p[0].isupper()).upper()


def fits(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym may stand for a name: WTO, GSOMIA (with letters from inside words), DPK.

    >>> fits("GSOMIA", "General Security of Military Information Agreement"), fits("NSO", "Justice Party")
    (True, False)
    """
    letters = re.sub(r"[^A-Z]", "", acronym.upper())
    parts = re.findall(r"[^\W\d_]+", name)
    if not parts or not letters or letters[0] != parts[0][0].upper() or len(letters) < 2:
        return False
    initials = _initials(name)
    if letters == initials or letters == "".join(p[0] for p in parts).upper():
        return True
    # Letters in order, each an initial or a letter inside the word whose initial was taken; every word gives at most two.
    folded = "".join(parts).upper()
    at = 0
    for letter in letters:
        at = folded.find(letter, at)
        if at < 0:
            return False
        at += 1
    capitals = [p[0].upper() for p in parts if p[0].isupper()]
    hit = 0
    for letter in letters:
        if hit < len(capitals) and letter == capitals[hit]:
            hit += 1
    return hit >= max(2, len(capitals) - 1)


def find_bodies(
    flat: str, words: Sequence[PrintedWord], entities: Sequence[Entity], blocked: Sequence[Span], *, title_case: bool
) -> list[FoundName]:
    """Names of organisations, in order; those of the registry are left to it."""
    last_words, first_words = word_set("shapes", "organisation_last"), word_set("shapes", "organisation_first")
    never, joining = word_set("shapes", "never"), word_set("shapes", "joining")
    only_places = word_set("shapes", "places")
    treaties = word_set("shapes", "treaty_last")
    places, events = word_set("shapes", "place"), word_set("shapes", "event")
    out: list[FoundName] = [] if title_case else list(_called_bodies(flat, words))
    lower = {w.text for w in words if not w.capital}
    entity_starts = [e.start for e in entities]

    if not title_case:
        stops = [False] * len(words)
        for opening, last in chunks(words, flat, stops):
            first = next((i for i in range(opening, last) if words[i].text not in never), last)
            if last - first < 1:
                continue
            j = last
            # "Ministry of Economy, Trade and Industry", "Democratic Party of Korea", "Asan Institute of Policy Studies"
            named_first = words[first].text in first_words or (words[j - 1].text in last_words)
            while named_first and j + 1 < len(words):
                gap = flat[words[j - 1].end : words[j].start]
                after = words[j + 1]
                if (
                    words[j].text in joining
                    and gap == " "
                    and (after.capital or (words[j].text == "of" and after.text == "the"))
                ):
                    if words[j].text in {"and", "to", "in", "on", "against"} and not is_one_body(
                        entities, entity_starts, words[first].start, after.end
                    ):
                        break
                    k = j + 1
                    if after.text == "the":
                        k += 1
                    if k >= len(words) or not words[k].capital or words[k].text in never:
                        break
                    while k < len(words) and words[k].capital and flat[words[k - 1].end : words[k].start] == " ":
                        k += 1
                    j = k
                else:
                    break
            group = words[first:j]
            text = flat[group[0].start : group[-1].end]
            if any(text == spot or text.endswith(f" {spot}") for spot in only_places):
                continue
            if len(group) >= 2 and group[-1].text in treaties:
                out.append(FoundName(group[0].start, group[-1].end, text, treaty=True))
            elif len(group) >= 2 and (
                group[-1].text in last_words
                or (group[0].text in first_words and j > last)
                or (words[last - 1].text in last_words and j > last)
            ):
                out.append(FoundName(group[0].start, group[-1].end, text))
    # A single word that the model calls an organisation: how often, and whether only ever as a place.
    marks: dict[str, list[bool]] = defaultdict(list)
    for entity in entities:
        if entity.label == "ORG":
            marks[flat[entity.start : entity.end].removeprefix("the ").removesuffix("'s")].append(
                bool(_PLACED.search(flat[max(0, entity.start - 8) : entity.start]))
            )
    titles = title_spans(flat)
    title_ends = dict(titles)
    word_starts = [w.start for w in words]
    found_words = WordSpans(flat)
    said: dict[str, int] = {}  # how often a single word stands in the text
    for entity in entities:
        if entity.label != "ORG":
            continue
        reach = words[bisect_left(word_starts, entity.start) : bisect_left(word_starts, entity.end)]
        inside = [w for w in reach if w.end <= entity.end and w.text[0].isalpha()]
        while inside and (not inside[0].capital or inside[0].text in never):
            inside = inside[1:]
        while inside and not inside[-1].capital:
            inside = inside[:-1]
        if not inside or (
            inside[0].text.lower() in word_set("roles", "modifiers") and inside[-1].text not in last_words
        ):
            continue
        owner = next((i for i, w in enumerate(inside[:-1]) if flat.startswith("'s ", w.end)), None)
        if owner is not None:
            inside = inside[owner + 1 :]  # "Berlin's Brandenburg Gate"
            inside = inside[next((i for i, w in enumerate(inside) if w.capital), 0) :]
        start, end = inside[0].start, inside[-1].end
        text = flat[start:end]
        if text in word_set("shapes", "no_body"):
            continue
        if title_ends.get(start, end) < end and inside[-1].text not in last_words:
            continue  # "Councilwoman June Abbott"
        hyphened = any("-" in (flat[a - 1 : a], flat[b : b + 1]) for a, b in spans_between(blocked, start, end))
        if hyphened or text in only_places or any(c in text for c in "/(@#"):
            continue
        if inside[-1].text in events or inside[-1].text in places or "\n" in text or len(inside) > 9:
            continue
        if len(inside) == 1:
            alone = inside[0].text
            often = (
                len(marks[alone]) >= 2
                and 2 * len(marks[alone]) >= _said(alone, found_words, said)
                and not all(marks[alone])
            )
            if alone.lower() in lower or alone in never or len(alone) < 2 or alone[0].isdigit():
                continue
            if not (
                alone.isupper()
                or often
                or re.match(r"'s|,? (?:said|says|told|consultancy|company|group|unit|spokes)", flat[end : end + 14])
            ):
                continue
        elif title_case:
            continue
        out.append(FoundName(start, end, text, sure=False))
    # Acronyms alone ("the LKP said") are found when a name of the article fits; `merge` decides.
    if not title_case:
        out.extend(
            FoundName(w.start, w.end, w.text, sure=False)
            for w in words
            if re.fullmatch(r"[A-Z][A-Z&]{1,6}", w.text) and w.text not in word_set("shapes", "no_body")
        )
    return [f for f in out if not covered_by(blocked, f.start, f.end) and not covered_by(titles, f.start, f.end)]


def _called_bodies(flat: str, words: Sequence[PrintedWord]) -> Iterator[FoundName]:
    """Names that a noun says to be a body's: "the charity Homes First", "the newspaper Today Lund"."""
    for first, last in chunks(words, flat, [False] * len(words)):
        if not is_called_a_body(flat, words[first].start) or is_given(words[first].text):
            continue
        if words[first].text.lower() in word_set("roles", "nouns") or words[first].text in word_set("roles", "before"):
            continue
        yield FoundName(words[first].start, words[last - 1].end, flat[words[first].start : words[last - 1].end])


def _said(word: str, found: WordSpans, counted: dict[str, int]) -> int:
    if word not in counted:
        counted[word] = sum(1 for _ in found.places(word))
    return counted[word]


def is_one_body(entities: Sequence[Entity], starts: Sequence[int], start: int, end: int) -> bool:
    """Whether the model calls all between the two one organisation."""
    i = bisect_right(starts, start) - 1
    return i >= 0 and entities[i].label == "ORG" and entities[i].end >= end


def acronyms(flat: str, bodies: Sequence[FoundName], treaties: Sequence[Span]) -> dict[str, str]:
    """Acronym -> the full name it was introduced for, as printed."""
    out: dict[str, str] = {}
    full = {f.end: f for f in bodies if " " in f.text}
    ends = {**{e: flat[f.start : e] for e, f in full.items()}, **{b: flat[a:b] for a, b in treaties}}
    for end, text in sorted(ends.items()):
        rest = flat[end : end + 40]
        m = re.match(r"(?:'s)?,? ", rest)
        if m is None:
            continue
        given = _PAREN.match(rest.lstrip(" ,")) or _OR.match(rest)
        if given and fits(given.group(1), text) and given.group(1) not in named_forms():
            out.setdefault(given.group(1), text)
    return out
