"""The errors Parallax raises: one drawn tree, each leaf one sentence saying what, where and how to mend.

    ParallaxError
    ├── BadInput            the reader's file, text, address or manifest cannot be used      (CLI 1, HTTP 422)
    │   ├── NotAnArticle    readable, but no article was found in it
    │   ├── TooLarge        over a size limit                                                (HTTP 413)
    │   └── BadAddress      a URL that is not fetched: scheme, private network, too many hops
    ├── FetchFailed         the other side did not answer as hoped                           (HTTP 502)
    ├── NotFound            nothing under that id, slug or key                               (HTTP 404)
    ├── Conflicting         the change does not fit what is kept now                         (HTTP 409)
    │   └── Moved           what it was made from changed meanwhile: make it again
    └── DatabaseUnready     older, newer or missing schema                                   (HTTP 503)

`web/problems.py` turns them into pages and problem+json; `cli` prints them on stderr.
"""

from __future__ import annotations

__all__ = [
    "BadAddress",
    "BadInput",
    "Conflicting",
    "DatabaseUnready",
    "FetchFailed",
    "Moved",
    "NotAnArticle",
    "NotFound",
    "ParallaxError",
    "TooLarge",
]


class ParallaxError(Exception):
    """Base of all. `where` names the file, address or field; `mend` says what to do about it."""

    status = 500
    title = "Something went wrong"

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        stop = "" if self.what.endswith((".", "!", "?", "…")) else "."
        return f"{place}{self.what}{stop} {self.mend}" if self.mend else f"{place}{self.what}"


class BadInput(ParallaxError):
    status = 422
    title = "This input cannot be used"


class NotAnArticle(BadInput):
    title = "No article was found"


class TooLarge(BadInput):
    status = 413
    title = "Too large"


class BadAddress(BadInput):
    title = "This address is not fetched"


class FetchFailed(ParallaxError):
    status = 502
    title = "The page could not be fetched"


class NotFound(ParallaxError):
    status = 404
    title = "Not found"


class Conflicting(ParallaxError):
    status = 409
    title = "This does not fit what is kept now"


class Moved(Conflicting):
    title = "It changed meanwhile"


class DatabaseUnready(ParallaxError):
    status = 503
    title = "The database is not ready"
