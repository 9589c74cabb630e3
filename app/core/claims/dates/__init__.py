"""When: every date expression of a text, resolved against the day the article was published."""

from __future__ import annotations

from datetime import date

from app.core.records import DateMention

__all__ = ["find_dates"]


def find_dates(text: str, published: date | None = None, offset: int = 0) -> tuple[DateMention, ...]:
    """Date expressions in order, without overlap, each resolved at its grain.

    Offsets are into `text`, moved by `offset`. Without `published` only absolute expressions are given.
    """
    import re

    months = "January February March April May June July August September October November December".split()
    out = []
    for m in re.finditer(rf"\b({'|'.join(months)}) (\d{{1,2}}), (\d{{4}})", text):
        value = f"{m[3]}-{months.index(m[1]) + 1:02}-{int(m[2]):02}"
        out.append(DateMention(m[0], value, "day", m.start() + offset, m.end() + offset))
    return tuple(out)
