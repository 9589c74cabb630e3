"""Days told from the day of publication, or from the day named before: "tonight", "on Tuesday", "the next day"."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.claims.dates.almanac import grain_start, weekday_number
from app.core.claims.dates.context import Context, Match, Resolved
from app.core.claims.dates.direction import direction, is_bound

__all__ = ["deictic", "in_the_day", "next_day", "over_the_weekend", "weekday", "weeks_on"]

_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "last night": -1,
    "overnight": 0,
}


def deictic(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    word = m["word"].lower()
    before = ctx.text[max(0, m.start() - 14) : m.start()].lower()
    if word == "today" and re.search(r"(?:\beven|\buntil|\bof|\bto|usa)[ ]$", before):
        return None
    if m["word"] == "Today" and re.search(
        r"\b(?:via|told|by|in|to|of|from|with|the|for) [A-Z]\w+ $|\bUSA $", ctx.text[max(0, m.start() - 24) : m.start()]
    ):
        return None  # the paper: "Florida Today"
    if word == "overnight" and re.search(r"\b(?:almost|virtually|seemingly|practically) $", before):
        return None
    if word == "today" and re.match(r"['’]s ", ctx.text[m.end() :]) and re.search(r"\b(?:in|of|by|with)[ ]$", before):
        return None  # "in today's Hollywood": nowadays
    shift = next((s for w, s in _DEICTIC.items() if word.startswith(w)), 0)
    return Resolved(ctx.published + timedelta(days=shift), "day")


_NO_WEEKDAY = re.compile(
    r"^(?:s\b| Times| Telegraph| Mirror| Mail| Express| Post| Night Live| Night Football| Morning Herald| Agreement| Accord| Prayer)"
)


def weekday(m: Match, ctx: Context) -> Resolved | None:
    if _NO_WEEKDAY.match(ctx.text[m.end() :]) or re.search(
        r"(?:Black|Good|Super|Bloody|Cyber|Ash|Palm|Easter|Casual)[ ]$", ctx.text[max(0, m.start() - 8) : m.start()]
    ):
        return None
    number = weekday_number(m["w"])
    if ctx.published is None:
        return None
    pub = ctx.published
    which = (m.groupdict().get("which") or "").lower()
    week = m.groupdict().get("week")
    back = (pub.weekday() - number) % 7
    if week:
        monday = grain_start(pub, "week") + timedelta(
            days={"last": -7, "next": 7, "this": 0}[week.split()[-2] if " " in week else week]
        )
        return Resolved(monday + timedelta(days=number), "day", weekday=number)
    if which in {"last", "this past"}:
        return Resolved(pub - timedelta(days=back or 7), "day", weekday=number)
    if which in {"the following", "that", "the previous"} and ctx.anchor is not None:
        ahead = (number - ctx.anchor.weekday()) % 7
        if which == "that":
            return Resolved(ctx.anchor + timedelta(days=ahead), "day", weekday=number)
        step = ahead or 7 if which == "the following" else ahead - 7
        return Resolved(ctx.anchor + timedelta(days=step), "day", weekday=number)
    if which in {"next", "this coming", "the following"}:
        if which == "this coming":
            return Resolved(pub + timedelta(days=(number - pub.weekday()) % 7 or 7), "day", weekday=number)
        return Resolved(grain_start(pub, "week") + timedelta(days=7 + number), "day", weekday=number)
    if which == "this":
        return Resolved(grain_start(pub, "week") + timedelta(days=number), "day", weekday=number)
    where = direction(ctx.text, m.start(), m.end())
    if re.search(r"\bby[ ]$", ctx.text[max(0, m.start() - 8) : m.start()]) and where != "past":
        where = "future"
    ahead = (number - pub.weekday()) % 7
    if where == "future" and ahead == 0 and is_bound(ctx.text, m.start(), m.end()):
        ahead = 7  # put off on a Tuesday "until Tuesday"
    day = pub + timedelta(days=ahead) if where == "future" else pub - timedelta(days=back)
    return Resolved(day, "day", weekday=number)


_COUNTS = {"a": 1, "one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}


def weeks_on(m: Match, ctx: Context) -> Resolved | None:
    """Weeks from the day named: "Tuesday week", "a week on Friday", "two weeks from today", "a week ago Friday"."""
    if ctx.published is None:
        return None
    pub, groups = ctx.published, m.groupdict()
    weeks = _COUNTS[(groups.get("n") or "a").lower()] * (2 if m["unit"].lower().startswith("fortnight") else 1)
    back = (groups.get("back") or "").lower()
    name = m["w"].lower()
    if name in {"today", "tomorrow", "yesterday"}:
        named = pub + timedelta(days=_DEICTIC[name])
    else:
        number = weekday_number(m["w"])
        ahead = (number - pub.weekday()) % 7
        named = (
            pub - timedelta(days=(-ahead) % 7 or (7 if "last" in back else 0)) if back else pub + timedelta(days=ahead)
        )
    return Resolved(named + timedelta(weeks=-weeks if back else weeks), "day")


def over_the_weekend(_: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    saturday = ctx.published - timedelta(days=(ctx.published.weekday() - 5) % 7)
    return Resolved(saturday, "day", upto=saturday + timedelta(days=1))


def next_day(m: Match, ctx: Context) -> Resolved | None:
    if ctx.anchor is None or ctx.anchor_grain not in {"day", "hour", "minute"}:
        return None
    word = m["word"].lower()
    step = (
        0
        if word.startswith(("that", "the same", "later that", "earlier that"))
        else -1
        if "before" in word or "previous" in word or "earlier" in word
        else 1
    )
    return Resolved(ctx.anchor + timedelta(days=step), "day")


def in_the_day(_: Match, ctx: Context) -> Resolved | None:
    base = ctx.anchor if ctx.anchor_grain in {"day", "hour", "minute"} else ctx.published
    return Resolved(base, "day") if base else None
