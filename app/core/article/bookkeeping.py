"""What tells one article from another when the same one comes in twice."""

from __future__ import annotations

import hashlib
import re

from app.core.records import Article
from app.core.text import normalise

__all__ = ["content_hash"]


def content_hash(article: Article) -> str:
    """sha256 (hex) over headline and body in one typography and spacing.

    The same report pasted with other quotes, dashes or line breaks has the same hash; a changed word gives another.
    """
    parts = (re.sub(r"\s+", " ", normalise(part).text).strip() for part in (article.headline or "", article.text))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
