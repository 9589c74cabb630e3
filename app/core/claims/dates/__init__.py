"""When: every date expression of a text, resolved against the day the article was published.

    almanac.py       months, weekdays, seasons, ISO values
    direction.py     does the sentence look back or ahead
    context.py       what an expression is resolved against, and what it gives
    days.py years.py relative.py periods.py   what each kind resolves to
    expressions.py   the shapes: a table of patterns
    clock.py         times of day
    instants.py      times of day of several zones as moments
    bounds.py        deadlines and earliest days
    events.py        what a date dates, by the sentence's grammar
    named.py         days called long after by month and day; years that the article itself gives

Decisions. "midnight Friday" and "midnight on Nov. 23" are given at the grain of a
day, the day that is named; which of its two midnights is meant the words do not tell. A weekday is the nearest one
back from publication unless the sentence looks ahead. A yearless day or month is the nearest, with a lean to the past.
Spans of time ("for three years", "in recent weeks") are no dates. A time of day whose sentence names no day before it has none
("T18:07"): that it is of the day of publication would be a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.core.claims.dates.almanac import iso, safe_date
from app.core.claims.dates.bounds import bound_of
from app.core.claims.dates.clock import ZONES, Clock, clocks, zone_after
from app.core.claims.dates.context import Context, DateRule, Resolved
from app.core.claims.dates.direction import is_bound, sentence_around
from app.core.claims.dates.expressions import RULES
from app.core.claims.dates.named import own_years
from app.core.records import DateMention, Grain

__all__ = ["find_dates"]


def find_dates(text: str, published: date | None = None, offset: int = 0) -> tuple[DateMention, ...]:
    """Date expressions in order, without overlap, each resolved at its grain.

    Offsets are into `text`, moved by `offset`. Best called once on a whole body: "the next day" and "a week later" are
    counted from the date named before them. Without `published` only what is absolute is given.
    """
    found = _join(text, own_years(text, _resolve(text, published), published))
    return tuple(
        _mention(text, start, end, resolved, clock, offset) for start, end, resolved, clock in _with_clocks(text, found)
    )


_Found = tuple[int, int, Resolved]


def _resolve(text: str, published: date | None) -> list[_Found]:
    matches = list(_matches(text))
    order = {rule.name: i for i, rule in enumerate(RULES)}
    matches.sort(key=lambda mr: (mr[0].start(), -mr[0].end(), order[mr[1].name]))
    out: list[_Found] = []
    anchor: Resolved | None = None
    # Longest first decides what may stand; then left to right, so that each knows the date before it.
    chosen: list[tuple[re.Match[str], DateRule]] = []
    taken = bytearray(len(text))
    for m, rule in sorted(matches, key=lambda mr: (-(mr[0].end() - mr[0].start()), order[mr[1].name], mr[0].start())):
        if any(taken[m.start() : m.end()]):
            continue
        if rule.resolve(m, Context(text, published, published, "day")) is None:
            continue
        chosen.append((m, rule))
        taken[m.start() : m.end()] = b"\x01" * (m.end() - m.start())
    for m, rule in sorted(chosen, key=lambda mr: mr[0].start()):
        context = Context(text, published, anchor.day if anchor else None, anchor.grain if anchor else None)
        resolved = rule.resolve(m, context)
        if resolved is None or _tells_no_time(text, m, resolved):
            continue
        if published and m.groupdict().get("word") == "later" and resolved.day.year > published.year:
            continue  # "108 years later, they won": of what was not read as a date
        start = m.start() + (len(m.group()) - len(m.group().lstrip()))
        out.append((start, m.end(), resolved))
        if not resolved.upto:
            anchor = resolved
    return out


_EACH = re.compile(r"\b(?:every|each|alternate|most|some|any)(?: (?:single|other|second|third))? $", re.IGNORECASE)
_EVENT = re.compile(r" (?:[Mm]ovement|[Uu]prising|[Rr]evolution|[Mm]assacre|[Ii]ncident|Declaration|[Cc]oup)\b")


def _tells_no_time(text: str, m: re.Match[str], resolved: Resolved) -> bool:
    """A day that comes again and again ("every Friday"), or the name of something long past ("the March 1 Movement")."""
    if resolved.grain != "day":
        return False
    again = resolved.weekday is not None and _EACH.search(text, max(0, m.start() - 24), m.start())
    return bool(again) or (resolved.yearless and _EVENT.match(text, m.end()) is not None)


def _matches(text: str) -> Iterator[tuple[re.Match[str], DateRule]]:
    for paragraph in _PARAGRAPH.finditer(text):
        lower = paragraph.group().lower()
        digits = any(c.isdigit() for c in lower)
        for rule in RULES:
            if any((digits if word == "#" else word in lower) for word in rule.needs):
                yield from ((m, rule) for m in rule.pattern.finditer(text, *paragraph.span()))


_PARAGRAPH = re.compile(r"[^\n]+")
_TO = re.compile(r"^ ?(?:-|–|—|to|through|until|till|thru) ?$")


def _join(text: str, found: list[_Found]) -> list[_Found]:
    """Two dates that make a range become one: "from March to May", "Friday and Saturday", "between Nov. 3 and Dec. 5"."""
    out: list[_Found] = []
    for start, end, resolved in found:
        if out:
            before_start, before_end, before = out[-1]
            gap = text[before_end:start]
            opening = re.search(r"\b([Ff]rom|[Bb]etween) (?:the )?$", text[max(0, before_start - 12) : before_start])
            together = gap == " and " and (
                (opening is not None and opening.group(1).lower() == "between")
                or (before.weekday is not None and resolved.weekday is not None)
            )
            if before.upto is None and before.grain == resolved.grain and (together or _TO.match(gap)):
                last = _after(before, resolved)
                moved = gap == " to " and is_bound(text, start, end)  # "moved from Friday to Monday"
                if last is not None and not moved and (gap != " and " or opening or (last - before.day).days == 1):
                    first = before_start - len(opening.group()) if opening else before_start
                    out[-1] = (first, end, replace(before, upto=last))
                    continue
        out.append((start, end, resolved))
    return out


def _after(first: Resolved, last: Resolved) -> date | None:
    """The range's end, moved to stand after its beginning."""
    day = last.day
    if last.weekday is not None and day <= first.day:
        return first.day + timedelta(days=(last.weekday - first.day.weekday()) % 7 or 7)
    if day <= first.day and last.yearless:
        return safe_date(first.day.year + (day.replace(year=4) <= first.day.replace(year=4)), day.month, day.day)
    return day if day > first.day else None


_Timed = tuple[int, int, Resolved | None, Clock | None]


def _with_clocks(text: str, found: list[_Found]) -> list[_Timed]:
    """Times of day join the date next to them; alone they are of the day named before them in their sentence, else of no day."""
    times = clocks(text) if any(c.isdigit() for c in text) or _NIGHT_OR_NOON.search(text) else []
    taken = bytearray(len(text))
    for start, end, _ in found:
        taken[start:end] = b"\x01" * (end - start)
    out: list[tuple[int, int, Resolved, Clock | None]] = [(s, e, r, None) for s, e, r in found]
    alone: list[_Timed] = []
    starts = [s for s, _, _ in found]
    for clock in times:
        if any(taken[clock.start : clock.end]):
            continue
        after = bisect_left(starts, clock.start)
        if any(_joined(text, out, i, clock) for i in (after, after - 1) if 0 <= i < len(out)):
            continue
        if clock.midnight or clock.bare:
            continue
        opening = clock.start - len(sentence_around(text, clock.start, clock.end)[0])
        days = [r.day for s, _, r, _ in out[:after] if s >= opening and r.grain == "day" and not r.upto]
        resolved = Resolved(days[-1], "minute" if clock.minute is not None else "hour") if days else None
        alone.append((clock.start, clock.end, resolved, clock))
    return sorted([*out, *alone], key=lambda f: f[0])


_NIGHT_OR_NOON = re.compile(r"noon|midday|midnight", re.IGNORECASE)
_BETWEEN = re.compile(
    rf",? ?\(?(?:(?:hours |hrs )?(?:{ZONES})(?:[+-]\d{{1,2}})?)?\)?,? ?(?:on|at|around|about|at around|at about|of)? ?(?:the )?|, at (?:about|around) "
)


def _joined(text: str, out: list[tuple[int, int, Resolved, Clock | None]], i: int, clock: Clock) -> bool:
    """Whether the time belongs to the date at `i`, which then takes it up."""
    start, end, resolved, other = out[i]
    if other is not None or resolved.grain != "day" or resolved.upto:
        return False
    if not _BETWEEN.fullmatch(text[clock.end : start] if clock.end <= start else text[end : clock.start]):
        return False
    last = max(end, clock.end)
    timed = replace(clock, zone=clock.zone or zone_after(text, last))
    out[i] = (min(start, clock.start), last, resolved, None if clock.midnight else timed)
    return True


def _mention(
    text: str, start: int, end: int, resolved: Resolved | None, clock: Clock | None, offset: int
) -> DateMention:
    grain: Grain = resolved.grain if resolved else "hour"
    value = iso(resolved.day, grain if grain not in {"hour", "minute"} else "day") if resolved else ""
    if clock is not None:
        grain = "hour" if clock.minute is None else "minute"
        value += f"T{clock.hour:02}" + ("" if clock.minute is None else f":{clock.minute:02}")
    return DateMention(
        text=text[start:end],
        value=value,
        grain=grain,
        start=start + offset,
        end=end + offset,
        upto=iso(resolved.upto, resolved.grain) if resolved and resolved.upto else None,
        approximate=resolved is not None and resolved.approximate,
        yearless=resolved is not None and resolved.yearless,
        zone=clock.zone if clock else None,
        bound=bound_of(text, start, end),
    )
