"""What a statement's words say to be so or not so: predicates with their sign and modality, and what negations hit.

Works on words alone; `scan.py` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Modality
from app.core.relation.wordlists import load_lists

__all__ = ["Predicate", "Word", "modality_of", "negated", "negated_words", "predicates_of"]

_BEFORE = frozenset({"before", "until", "till"})
_BREAKS = frozenset("but while although though whereas because which who after before when".split())


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    lower: str
    stem: str
    start: int
    end: int
    content: bool
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """Something said to be so (`sign` +1) or not so (-1) on one axis.

    `shifted` when the words themselves say that it changed ("reversed its decision to end"); `denied` when someone is
    said to deny it; `about` are the stems of the words around it.
    """

    axis: str
    sign: int
    own: int  # the sign of the words alone, before any negation
    modality: Modality
    first: int  # indices of its words
    last: int
    start: int
    end: int
    settled: bool
    shifted: bool
    denied: bool
    about: frozenset[str]
    object: frozenset[str]  # of those, what follows it in its clause, or what stands before it when nothing follows


def negated_words(words: tuple[Word, ...]) -> tuple[tuple[int, bool], ...]:
    """For each "not", "never", "stopped" the first content word that it reaches, adverbs passed over; is it a stopping?"""
    lists = load_lists()
    out = []
    for i, word in enumerate(words):
        if (
            not word.content
            or word.possessive
            or (word.lower.endswith("ly") and i + 1 < len(words) and words[i + 1].content)
        ):
            continue
        before = lists.not_negation.sub(" ", _window(words, i, thresholds.NEGATION_REACH))
        last = None
        stopping = False
        for pattern in (lists.negation, lists.shift):
            for m in pattern.finditer(before):
                if last is None or m.end() > last.end():
                    last, stopping = m, pattern is lists.shift
        if last is None or _negations(words, i)[0] % 2 == 0:
            continue
        between = before[last.end() :].split()
        if not any(w not in lists.function and not w.endswith("ly") for w in between):
            out.append((i, stopping))
    return tuple(out)


def predicates_of(words: tuple[Word, ...]) -> tuple[Predicate, ...]:
    """Every axis that is spoken of, in order; of rows that start at one word the longest of each axis."""
    axes = load_lists().axes
    lowers = tuple(w.lower for w in words)
    out = []
    for i, lower in enumerate(lowers):
        seen: set[str] = set()
        for row, axis, sign in axes.get(lower, ()):
            if axis.name in seen or lowers[i : i + len(row)] != row or (axis.needs and not axis.needs & set(lowers)):
                continue
            seen.add(axis.name)
            if _circumstance(words, i):
                continue  # "hours before its expiration" dates something; it does not say that it expired
            out.append(_predicate(words, axis.name, sign, i, i + len(row) - 1, axis.settled))
    # "not guilty" holds "guilty": what lies inside a longer finding of its axis is not told again
    return tuple(
        p for p in out if not any(q is not p and q.axis == p.axis and q.first < p.first <= q.last for q in out)
    )


def _circumstance(words: tuple[Word, ...], index: int) -> bool:
    """Does the word's clause begin with "before" or "until"?"""
    marks = load_lists().clause_marks
    for word in reversed(words[max(0, index - thresholds.ARGUMENT_REACH) : index]):
        if word.lower in _BEFORE:
            return True
        if word.lower in marks:
            return False
    return False


def _predicate(words: tuple[Word, ...], axis: str, sign: int, first: int, last: int, settled: bool) -> Predicate:
    negations, shifted, denied = _negations(words, first)
    return Predicate(
        axis=axis,
        sign=sign if negations % 2 == 0 else -sign,
        own=sign,
        modality=modality_of(words, first),
        first=first,
        last=last,
        start=words[first].start,
        end=words[last].end,
        settled=settled,
        shifted=shifted,
        denied=denied,
        about=_about(words, first, last),
        object=_object(words, first, last),
    )


def _object(words: tuple[Word, ...], first: int, last: int) -> frozenset[str]:
    marks = load_lists().clause_marks
    out = []
    for word in words[last + 1 : last + 1 + thresholds.OBJECT_REACH]:
        if word.lower in marks or word.lower in _BREAKS:
            break
        if word.content:
            out.append(word.stem)
    if not out:
        for word in words[max(0, first - thresholds.OBJECT_REACH) : first][::-1]:
            if word.lower in marks:
                break
            if word.content:
                out.append(word.stem)
    return frozenset(out)


def negated(words: tuple[Word, ...], first: int) -> tuple[int, bool, bool]:
    """How many negations reach the word, whether one says that things changed, whether one is a denial."""
    return _negations(words, first)


def _window(words: tuple[Word, ...], first: int, reach: int) -> str:
    """The words before `first` in its clause, nearest `reach`, as folded text."""
    lists = load_lists()
    begin = first
    while begin > 0 and first - begin < reach:
        word = words[begin - 1]
        if word.lower in lists.clause_marks or word.lower in lists.clause_starts:
            break
        begin -= 1
    return " ".join(w.text.lower() for i, w in enumerate(words[begin:first], begin) if not _month(w, i))


def _month(word: Word, index: int) -> bool:
    """May the month, not the verb: a capital inside a sentence."""
    return word.text == "May" and index > 0


def _negations(words: tuple[Word, ...], first: int) -> tuple[int, bool, bool]:
    lists = load_lists()
    before = _window(words, first, thresholds.NEGATION_REACH)
    before = lists.not_negation.sub(" ", before)
    if not before.strip():
        return 0, False, False
    shift = len(lists.shift.findall(before))
    rest = lists.shift.sub(" ", before)
    denial = len(lists.denial.findall(rest))
    rest = lists.denial.sub(" ", rest)
    plain = min(1, len(lists.negation.findall(rest)))  # "never ... no" in one clause is emphasis, not two negations
    return shift + denial + plain, bool(shift), bool(denial)


def modality_of(words: tuple[Word, ...], first: int) -> Modality:
    """How real the word is said to be, by what stands nearest before it in its clause."""
    before = _window(words, first, thresholds.MODALITY_REACH)
    nearest, found = -1, Modality.FACT
    for kind, pattern in load_lists().modality:
        for m in pattern.finditer(before):
            if m.end() > nearest:
                nearest, found = m.end(), Modality(kind)
    return found


def _about(words: tuple[Word, ...], first: int, last: int) -> frozenset[str]:
    reach = thresholds.ARGUMENT_REACH
    near = (*words[max(0, first - reach) : first], *words[last + 1 : last + 1 + reach])
    return frozenset(w.stem for w in near if w.content)
