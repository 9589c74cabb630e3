"""How many: numbers with their units, hedges and what they count."""

from __future__ import annotations

import re

from app.core.records import NumberMention

__all__ = ["find_numbers"]


def find_numbers(text: str, offset: int = 0) -> tuple[NumberMention, ...]:
    """Numbers in order, without overlap; offsets are into `text`, moved by `offset`. Dates are not numbers."""
    return tuple(
        NumberMention(m[0], float(m[1].replace(",", "")), m[2].rstrip("s"), m.start() + offset, m.end() + offset)
        for m in re.finditer(r"\b(\d+(?:,\d{3})*(?:\.\d+)?) (hours?|days?|percent)\b", text)
    )
