"""By what an article, a version of it, and a statement in it are known again."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from app.core.records import Article
from app.core.text import fold

__all__ = ["article_identity", "canonical_url", "fingerprint", "text_hash"]

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|mc_[ce]id|igshid|cmpid|ocid|ref_src|smid)$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """One form of an address: https, host in lower case without "www.", no fragment, no tracking parameters, sorted ones.

    >>> canonical_url("HTTP://www.Example.org/a/?b=2&utm_source=x&a=1#top")
    'https://example.org/a?a=1&b=2'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # no address at all: known by its letters
        return url.strip()
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    scheme = "https" if parts.scheme in ("http", "https") else parts.scheme
    return urlunsplit((scheme, host + port, parts.path.rstrip("/"), urlencode(query), ""))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def text_hash(article: Article) -> str:
    """A hash of the outlet's words: headline and body."""
    return _digest(article.headline or "", article.text)


def article_identity(article: Article, outlet_key: str, content_hash: str, part: int = 0) -> str:
    """Outlet + canonical URL (+ number on its page); without URL outlet + headline + date; else the words themselves."""
    if article.url:
        return f"url {outlet_key} {canonical_url(article.url)}" + (f" #{part}" if part else "")
    if article.headline and article.published:
        return f"headline {outlet_key} {article.published.isoformat()} {_digest(fold(article.headline))}"
    return f"words {outlet_key} {content_hash}"


def fingerprint(stands_in: str, text: str) -> str:
    """The same statement in another revision of an article has the same fingerprint: case, accents, typography aside."""
    return _digest(stands_in, " ".join(fold(text).split()))
