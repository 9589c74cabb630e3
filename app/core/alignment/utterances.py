"""One utterance told twice: what one speaker said once, translated or cut differently by two outlets.

Inside a row all claims state one proposition already. Those of one speaker, published about the same day, whose reported
words are alike enough are the same words spoken once; the page shows the wordings beside each other. The same words of
two speakers are no utterance but a divergence (relation/speaker.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from app.core.alignment.entries import ClaimEntry
from app.core.alignment.knots import knots
from app.core.alignment.terms import telling_stems
from app.core.records import Claim, Span, Utterance, Wording
from app.core.text import find_quotes
from app.core.thresholds import QUOTE_LETTERS, UTTERANCE_DAYS, UTTERANCE_RATIO

__all__ = ["utterances_of"]


def utterances_of(row: Sequence[ClaimEntry]) -> tuple[Utterance, ...]:
    """The utterances among the claims of one row, each with a wording of two articles or more, one of them quoted.

    Independent of the order of the claims. A claim belongs to one utterance at most.
    """
    speakers: dict[str, list[ClaimEntry]] = {}
    for entry in sorted(row, key=lambda e: e.ref):
        if entry.claim.speaker is not None and _reported(entry.claim):
            speakers.setdefault(entry.claim.speaker.key, []).append(entry)
    out = []
    for key in sorted(speakers):
        for members in _spoken_once(speakers[key]):
            wordings = tuple(w for entry in members for w in _wordings(entry))
            if any(w.quoted for w in wordings):
                speaker = members[0].claim.speaker
                name = speaker.name if speaker else key
                likeness = min(_best(e, members) for e in members) / 100
                out.append(Utterance(key, name, wordings, _why(name, members, wordings, likeness), likeness))
    return tuple(out)


def _spoken_once(entries: Sequence[ClaimEntry]) -> list[list[ClaimEntry]]:
    """Groups in which each claim is like, and about as old as, one of another article."""
    alike = [
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(entries), 2)
        if a.article != b.article and _one_occasion(a, b) and _alike(a, b) >= UTTERANCE_RATIO
    ]
    group = knots(len(entries), alike)
    found = [[e for e, g in zip(entries, group, strict=True) if g == name] for name in dict.fromkeys(group)]
    return [members for members in found if len({e.article for e in members}) > 1]


def _one_occasion(a: ClaimEntry, b: ClaimEntry) -> bool:
    if a.published is None or b.published is None:
        return True
    return abs((a.published - b.published).days) <= UTTERANCE_DAYS


def _alike(a: ClaimEntry, b: ClaimEntry) -> float:
    """0 to 100: of what is reported, whatever the forms and the order of words and whichever is cut short."""
    x, y = " ".join(_reported(a.claim)), " ".join(_reported(b.claim))
    return max(fuzz.token_set_ratio(x, y), fuzz.token_sort_ratio(x, y))


@lru_cache(maxsize=4096)
def _reported(claim: Claim) -> tuple[str, ...]:
    """The telling words of what is stated, without the reporting frame."""
    parts = [claim.text[max(0, a - claim.start) : max(0, b - claim.start)] for a, b in claim.content]
    return telling_stems(" ".join(p for p in parts if p))


def _best(entry: ClaimEntry, members: Sequence[ClaimEntry]) -> float:
    return max(_alike(entry, other) for other in members if other.article != entry.article)


def _wordings(entry: ClaimEntry) -> list[Wording]:
    """The quoted words of a claim; what it reports where none are quoted, or all are."""
    claim = entry.claim
    out = []
    for quote in find_quotes(claim.text):
        first, last = quote.inner(claim.text)
        start, end = claim.start + first, claim.start + last
        if last - first >= QUOTE_LETTERS and _within((start, end), claim):
            out.append(Wording(entry.ref, claim.text[first:last], start, end))
    if out:
        return out
    start, end = claim.content[0][0], claim.content[-1][1]
    start, end = max(start, claim.start), min(end, claim.end)
    text = claim.text[start - claim.start : end - claim.start]
    return [Wording(entry.ref, text, start, end, quoted=claim.attributions[-1].quoted)]


def _within(span: Span, claim: Claim) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in claim.content)


def _why(name: str, members: Sequence[ClaimEntry], wordings: Sequence[Wording], likeness: float) -> tuple[str, ...]:
    days = {e.published for e in members}
    known = sorted(d for d in days if d is not None)
    when = "Both reports are undated." if not known else "The reports are of one day."
    if len(days) > 1:
        apart = (known[-1] - known[0]).days
        when = (
            f"The reports are {apart} day{'s' if apart != 1 else ''} apart." if apart else "Not every report is dated."
        )
    same = len({w.text.strip(" .,").casefold() for w in wordings}) == 1
    words = (
        "The words are the same."
        if same
        else f"The words reported are {round(100 * likeness)} % alike, small words aside."
    )
    return f"Each report gives the words to {name}.", when, words
