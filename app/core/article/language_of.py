"""Which language a body is in."""

from __future__ import annotations

from app.core import thresholds as t

__all__ = ["language_of"]


def language_of(text: str, declared: str | None = None) -> str:
    """ISO 639-1 of the text; of a text too short to tell, what the page declares, or "en"."""
    if sum(c.isalpha() for c in text[: 4 * t.PAGE_LANGUAGE_MIN_LETTERS]) < t.PAGE_LANGUAGE_MIN_LETTERS:
        return declared.split("-")[0].split("_")[0].casefold() if declared else "en"
    from py3langid.langid import classify

    return str(classify(text[: t.PAGE_LANGUAGE_MAX_CHARS])[0])
