"""How many independent origins a row has: reports that lean on one source are one origin, with the reason.

Three things make reports lean on one another: they bear one agency's line; every claim they have in the row is had from
one agency or outlet that they cite; or their claims share more words than the matter needs, outside quotation marks.
Several articles of one outlet are one origin too.

Two outlets that quote one official stay independent: each may have heard him itself, and the same quotation in both is no
sign of copying. They are one origin only where both cite one outlet for it. That nothing is found is no proof of
independence: an outlet may rewrite a wire report and not say so.

Pure, symmetric and independent of the order of reports: groups of articles by what they lean on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from app.core.alignment.knots import knots
from app.core.relation.press import Press, cited_in, press_name
from app.core.text import find_quotes, fold
from app.core.thresholds import (
    ORIGIN_NAMED_WORDS,
    ORIGIN_OVERLAP,
    ORIGIN_SHINGLE_WORDS,
    ORIGIN_SHINGLES_LEAST,
)

__all__ = ["Origin", "OriginClaim", "OriginReport", "origins", "overlap"]

Reason = Literal["agency", "overlap", "citing", "own"]


@dataclass(frozen=True, slots=True)
class OriginClaim:
    """A claim as far as origins care. `speakers`: names as the article has them, outermost first."""

    text: str
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginReport:
    """What one article has of the row. `line`: the agency whose line the article bears (`press.line_of`)."""

    article: int
    outlet_key: str
    outlet: str
    claims: tuple[OriginClaim, ...]
    line: Press | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """`outlets` are keys, by name; `articles` ids in order; `say` is one sentence."""

    reason: Reason
    outlets: tuple[str, ...]
    articles: tuple[int, ...]
    say: str


def origins(reports: Sequence[OriginReport]) -> tuple[Origin, ...]:
    """The independent origins of a row, those of most outlets first."""
    reports = sorted(reports, key=lambda r: r.article)
    source: dict[int, tuple[Reason, Press]] = {}
    ties: list[tuple[int | str, int | str]] = []
    for report in reports:
        ties.append((report.article, report.outlet_key))
        leans = ("agency", report.line) if report.line else ("citing", _cited_by(report))
        if leans[1] is not None and leans[1].key != report.outlet_key:
            source[report.article] = leans  # type: ignore[assignment]
            ties.append((report.article, leans[1].key))
    alike = _alike(reports)
    ties += [(a.article, b.article) for a, b in alike]
    place = {name: n for n, name in enumerate(dict.fromkeys([r.article for r in reports] + [y for _, y in ties]))}
    group = knots(len(place), [(place[x], place[y]) for x, y in ties])
    members: dict[int, list[OriginReport]] = {}
    for report in reports:
        members.setdefault(group[place[report.article]], []).append(report)
    found = [_origin(some, source, alike) for some in members.values()]
    return tuple(sorted(found, key=lambda o: (-len(o.outlets), o.articles)))


def _alike(reports: Sequence[OriginReport]) -> list[tuple[OriginReport, OriginReport]]:
    """Two reports of different outlets with claims of the same words. Only claims that share a run are compared."""
    if len({report.outlet_key for report in reports}) < 2:
        return []
    holding: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for i, report in enumerate(reports):
        for said in report.claims:
            for run in _shingles(said.text):
                holding.setdefault(run, []).append((i, said.text))
    met = {pair for found in holding.values() if len(found) > 1 for pair in combinations(found, 2)}
    pairs = {
        (i, j)
        for (i, a), (j, b) in met
        if reports[i].outlet_key != reports[j].outlet_key and overlap(a, b) >= ORIGIN_OVERLAP
    }
    return [(reports[i], reports[j]) for i, j in sorted(pairs)]


def _cited_by(report: OriginReport) -> Press | None:
    """The one agency or outlet that all its claims in the row are had from; None when one of them is its own."""
    cited = {_source_of(said, report.outlet_key) for said in report.claims}
    return next(iter(cited)) if len(cited) == 1 else None


def _source_of(said: OriginClaim, own: str) -> Press | None:
    """Outermost first: in "Yonhap, citing KBS" the report leans on Yonhap."""
    for name in said.speakers:
        press = press_name(name)
        if press is not None and press.key != own:
            return press
    press = cited_in(said.text)
    return press if press is not None and press.key != own else None


def _origin(
    group: Sequence[OriginReport],
    source: dict[int, tuple[Reason, Press]],
    alike: Iterable[tuple[OriginReport, OriginReport]],
) -> Origin:
    articles = {r.article for r in group}
    outlets = dict(sorted({r.outlet_key: r.outlet for r in group}.items(), key=lambda o: (o[1], o[0])))
    leaning = [source[a] for a in sorted(articles) if a in source]
    copied = sorted({r.outlet for pair in alike if pair[0].article in articles for r in pair})
    reason: Reason = "own"
    say = f"{_names(outlets.values())} cite{'s' if len(outlets) == 1 else ''} no other outlet here."
    for kind in ("agency", "citing"):
        presses = list(dict.fromkeys(p.name for reason_, p in leaning if reason_ == kind))
        if not presses:
            continue
        leaners = sorted({r.outlet for r in group if source.get(r.article, ("", None))[0] == kind})
        several = len(leaners) > 1
        if kind == "agency":
            say = f"{_names(leaners)} {'carry' if several else 'carries'} {_names(presses)} under the agency's line."
        else:
            say = f"{_names(leaners)} {'have' if several else 'has'} it from {_names(presses)}."
        return Origin(kind, tuple(outlets), tuple(sorted(articles)), say)
    if copied:
        reason, say = "overlap", f"{_names(copied)} use the same words beyond what the matter needs."
    return Origin(reason, tuple(outlets), tuple(sorted(articles)), say)


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


def overlap(a: str, b: str) -> float:
    """Share of the shorter text's runs of words that the other has too, quotations and names left out; 0 for what is too short.

    >>> overlap("He left.", "He left.")
    0.0
    """
    first, second = _shingles(a), _shingles(b)
    if len(second) < len(first):
        first, second = second, first
    return len(first & second) / len(first) if len(first) >= ORIGIN_SHINGLES_LEAST else 0.0


@lru_cache(maxsize=4096)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of words outside quotation marks, but for those that are mostly names and numbers."""
    found: set[tuple[str, ...]] = set()
    for part in _outside_quotes(text):
        words = re.findall(r"[^\W_]+", part)
        plain = [fold(word) for word in words]
        named = [word[0].isupper() or word[0].isdigit() for word in words]
        for i in range(len(words) - ORIGIN_SHINGLE_WORDS + 1):
            j = i + ORIGIN_SHINGLE_WORDS
            if sum(named[i:j]) < ORIGIN_NAMED_WORDS:
                found.add(tuple(plain[i:j]))
    return frozenset(found)


def _outside_quotes(text: str) -> Iterator[str]:
    at = 0
    for quote in find_quotes(text):
        yield text[at : quote.start]
        at = quote.end
    yield text[at:]
