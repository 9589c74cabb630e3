"""One line that says what differs in a row: "23 Aug (Nikkei) / 22 Aug (3 outlets)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.records import Between, Dimension, Outcome, RelationKind, Span, Status
from app.core.text import fold
from app.store.row_facts import RANK, Fact, Tie, Why

__all__ = ["deciding", "differing", "dimensions_of", "say_iso_date", "summarise"]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TELLING = {
    RelationKind.CONFLICT: (Outcome.EXCLUDES,),
    RelationKind.DIVERGE: (Outcome.DIFFERS,),
    RelationKind.UPDATED: (Outcome.LATER,),
    RelationKind.UNSURE: (Outcome.EXCLUDES, Outcome.DIFFERS, Outcome.LATER),
    RelationKind.AGREE: (Outcome.DETAIL,),
}
_VALUE_CHARS = 48
_MOST_VALUES = {True: 4, False: 3}  # dates and numbers are short; of words three stand in a line
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def deciding(ties: Sequence[Tie], status: Status) -> list[Tie]:
    """The relations that make a row what it is, surest first."""
    return sorted((t for t in ties if t.kind.value == status.value), key=lambda t: (-t.probability, -t.score, t.a, t.b))


def differing(ties: Sequence[Tie], status: Status) -> list[Tie]:
    """The relations that a row is told by where a person's verdict is none of theirs: the gravest ones, with what they say.

    Two claims that the machine found to agree tell, of a verdict that they do not, whatever is not the same in them.
    """
    gravest = min((Status(t.kind.value) for t in ties), key=lambda s: RANK[s], default=status)
    found = deciding(ties, gravest)
    if gravest is not Status.AGREE or status is Status.AGREE:
        return found
    return [replace(t, kind=RelationKind(status.value)) for t in found]


def telling_reasons(tie: Tie) -> list[Why]:
    """The reasons of a relation that made its kind, else all that are not mere sameness."""
    wanted = [w for w in tie.reasons if w.outcome in _TELLING[tie.kind]]
    return wanted or (
        [] if tie.kind is RelationKind.AGREE else [w for w in tie.reasons if w.outcome is not Outcome.SAME]
    )


def dimensions_of(ties: Sequence[Tie]) -> tuple[Dimension, ...]:
    """Dimensions of the reasons that made a row's status, the most frequent first."""
    if not ties:
        return ()
    count: dict[Dimension, int] = {}
    for tie in ties:
        for dimension in {w.dimension for w in telling_reasons(tie)}:
            count[dimension] = count.get(dimension, 0) + 1
    order = list(Dimension)
    return tuple(sorted(count, key=lambda d: (-count[d], order.index(d))))


def summarise(ties: Sequence[Tie], claims: Mapping[int, Fact], status: Status, between: Between | None) -> str:
    """What differs, the rarer value first (in order of time for `updated`); "" when nothing does."""
    dimensions = dimensions_of(ties)
    if not dimensions:
        return ""
    values: dict[str, tuple[str, set[int]]] = {}
    sayings = []
    dated = [t for t in ties if dimensions[0] in {w.dimension for w in telling_reasons(t)}]
    for tie in dated:
        for why in telling_reasons(tie):
            if why.dimension is not dimensions[0]:
                continue
            sayings.append(why.say)
            for claim_id, words, span in ((tie.a, why.a, why.a_span), (tie.b, why.b, why.b_span)):
                fact = claims.get(claim_id)
                if fact is None or not words.strip():
                    continue
                key, shown = _value(fact, words, span, why.dimension)
                values.setdefault(key, (shown, set()))[1].add(claim_id)
    if len(values) < 2 or len(values) > _MOST_VALUES[dimensions[0] in (Dimension.DATE, Dimension.NUMBER)]:
        return sayings[0] if sayings else ""
    groups = list(values.values())
    if dimensions[0] is Dimension.POLARITY and not any(" " in shown for shown, _ in groups):
        return sayings[0]  # "spoke (A) / spoken (B)" hides the "not"; a saying has it
    if status is Status.UPDATED:
        groups.sort(key=lambda g: (min(claims[c].published for c in g[1]), g[0]))
    else:
        groups.sort(
            key=lambda g: (len({claims[c].outlet_id for c in g[1]}), min(claims[c].published for c in g[1]), g[0])
        )
    days = dimensions[0] is Dimension.DATE and all(_DAY.match(k) for k in values)
    years = {k[:4] for k in values} if days else set()
    texts = [g[0].removesuffix(f" {next(iter(years))}") if len(years) == 1 else g[0] for g in groups]
    if len(set(texts)) < len(texts):
        texts = [g[0] for g in groups]
    return " / ".join(f"{t} ({_who(g[1], claims, between)})" for t, g in zip(texts, groups, strict=True))


def _value(fact: Fact, words: str, span: Span | None, dimension: Dimension) -> tuple[str, str]:
    """What counts as the same value, and how it is written."""
    if dimension is Dimension.DATE and span is not None:
        for (start, end), value, upto in fact.dates:
            if start < span[1] and span[0] < end:
                return f"{value}/{upto}", say_iso_date(value) + (f" to {say_iso_date(upto)}" if upto else "")
    plain = " ".join(words.split())
    short = plain if len(plain) <= _VALUE_CHARS else plain[:_VALUE_CHARS].rsplit(" ", 1)[0] + " …"
    return fold(plain), short


def _who(claim_ids: set[int], claims: Mapping[int, Fact], between: Between | None) -> str:
    facts = [claims[c] for c in sorted(claim_ids)]
    if between is Between.ACTORS:
        speakers = list(dict.fromkeys(f.speaker or f.outlet for f in facts))
        return ", ".join(speakers) if len(speakers) <= 2 else f"{len(speakers)} speakers"
    outlets = list(dict.fromkeys(f.outlet for f in facts))
    return outlets[0] if len(outlets) == 1 else f"{len(outlets)} outlets"


def say_iso_date(value: str) -> str:
    """An ISO value as a reader writes it.

    >>> say_date("2019-08-22"), say_date("2016-11"), say_date("2019-W46"), say_date("2019-11-22T18")
    ('22 Aug 2019', 'Nov 2016', '2019-W46', '22 Nov 2019 18h')
    """
    day, _, hour = value.partition("T")
    parts = day.split("-")
    if not day:
        return hour if ":" in hour else f"{hour}h"
    if not all(p.isdigit() for p in parts) or len(parts) < 2 or not 1 <= int(parts[1]) <= 12:
        return value
    month = _MONTHS[int(parts[1]) - 1]
    date = f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"
    return f"{date} {hour}" + ("h" if hour and ":" not in hour else "") if hour else date
