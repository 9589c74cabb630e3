"""The errors Parallax raises: one drawn tree, each leaf one sentence saying what, where and how to mend.

    ParallaxError
    ├── BadInput            the reader's file, text, address or manifest cannot be used      (CLI 1, HTTP 422)
    │   ├── Unexpected      something of ours failed at it, and at nothing else
    │   ├── NotAnArticle    readable, but no article was found in it
    │   ├── TooLarge        over a size limit                                                (HTTP 413)
    │   ├── TooHeavy        it took longer to read, or more memory, than anything may        (HTTP 422)
    │   └── BadAddress      a URL that is not fetched: scheme, private network, too many hops
    ├── FetchFailed         the other side did not answer as hoped                           (HTTP 502)
    ├── NotFound            nothing under that id, slug or key                               (HTTP 404)
    │   └── Elsewhere       it goes by another address now                                   (HTTP 301)
    ├── Conflicting         the change does not fit what is kept now                         (HTTP 409)
    │   ├── NotYours        another person said it: say whose it is to undo it               (HTTP 409)
    │   └── Moved           what it was made from changed meanwhile: make it again
    ├── NotSignedIn         it is not known who asks, or what says so is not valid           (HTTP 401)
    ├── NotAllowed          whoever asks may not do this, or nobody may                      (HTTP 403)
    ├── TooOften            tried again too soon after failing                               (HTTP 429, Retry-After)
    ├── Busy                too much at once                                                 (HTTP 503, Retry-After)
    │   └── NotReading      the program that reads articles does not start                   (HTTP 503, Retry-After)
    └── DatabaseUnready     older, newer or missing schema                                   (HTTP 503)
        ├── DiskFull        nothing can be written; reading goes on                          (HTTP 507)
        │   └── NoMoreAllowed   there is room, and a limit of the system keeps us out of it  (HTTP 507)
        ├── OnlyReadable    file, folder or disk refuse writing; reading goes on             (HTTP 503)
        ├── Damaged         a part of the file cannot be read                                (HTTP 503)
        └── DiskFailing     the disk does not answer as it should                            (HTTP 503)

`web/problems.py` turns them into pages and problem+json; `cli` prints them on stderr.
"""

from __future__ import annotations

import errno
from typing import Self

__all__ = [
    "BadAddress",
    "BadInput",
    "Busy",
    "Conflicting",
    "Damaged",
    "DatabaseUnready",
    "DiskFailing",
    "DiskFull",
    "DiskTrouble",
    "Elsewhere",
    "FetchFailed",
    "Moved",
    "NoMoreAllowed",
    "NotAllowed",
    "NotAnArticle",
    "NotFound",
    "NotReading",
    "NotSignedIn",
    "NotYours",
    "OnlyReadable",
    "ParallaxError",
    "TooHeavy",
    "TooLarge",
    "TooOften",
    "Unexpected",
    "of_system",
]


class ParallaxError(Exception):
    """Base of all. `where` names the file, address or field; `mend` says what to do about it."""

    status = 500
    title = "Something went wrong"
    retry_after: int | None = None  # seconds after which it is worth trying again
    part: str | None = None  # what of the server is not ready: "database", "disk", "reading"

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


class TooHeavy(BadInput):
    title = "It takes too long to read"

    @classmethod
    def of_seconds(cls, seconds: float) -> Self:
        return cls(
            f"it was not read within {seconds:.0f} seconds, and was given up.",
            mend="Give the article alone, as plain text, without what stands around it.",
        )


class Unexpected(BadInput):
    title = "Parallax met an error it did not expect"

    @classmethod
    def of(cls, error: Exception, where: str | None = None) -> Self:
        """Of an error that only one thing of many met: it is named, and the others go on."""
        name = str(error) if isinstance(error, RuntimeError) else type(error).__name__
        return cls(f"it could not be read: {name}.", where=where, mend="Give it alone; the log says more.")


class BadAddress(BadInput):
    title = "This address is not fetched"


class FetchFailed(ParallaxError):
    """`answered`: the status that the other side gave, when it gave one. `asked_to_wait`: seconds, when it said so."""

    status = 502
    title = "The page could not be fetched"
    answered: int | None = None
    asked_to_wait: float | None = None


class NotFound(ParallaxError):
    status = 404
    title = "Not found"


class Elsewhere(NotFound):
    """`old` is the story's name that was asked for, `new` the one that answers for it."""

    old, new = "", ""

    @classmethod
    def of(cls, old: str, new: str) -> Self:
        error = cls(f"the story {old!r} is part of {new!r} now.", mend=f"Look at {new}.")
        error.old, error.new = old, new
        return error


class Conflicting(ParallaxError):
    status = 409
    title = "This does not fit what is kept now"


class NotYours(Conflicting):
    title = "Another person said this"

    owner = ""

    @classmethod
    def of(cls, owner: str, what: str, by: str) -> NotYours:
        mend = f"Say that it is {owner}'s (whose) to undo it all the same: both names are kept and shown."
        error = cls(f"{what} is {owner}'s, not {by}'s.", where="whose", mend=mend)
        error.owner = owner
        return error


class Moved(Conflicting):
    title = "It changed meanwhile"


class NotSignedIn(ParallaxError):
    status = 401
    title = "Sign in first"


class NotAllowed(ParallaxError):
    status = 403
    title = "Not allowed"


class TooOften(ParallaxError):
    status = 429
    title = "Tried too often"

    @classmethod
    def of_seconds(cls, seconds: float) -> Self:
        error = cls("several attempts failed; the next one has to wait.", mend="Wait a while, then try again.")
        error.retry_after = max(1, -int(-seconds // 1))
        return error


class Busy(ParallaxError):
    status = 503
    title = "Too much at once"
    retry_after = 5


class NotReading(Busy):
    title = "Articles are not read now"
    part = "reading"


class DatabaseUnready(ParallaxError):
    status = 503
    title = "The database is not ready"
    part = "database"


class DiskTrouble(DatabaseUnready):
    """Trouble that is the same whatever was being done: `at` says it of a file."""

    part = "disk"
    usual: tuple[str, str] = ("", "")

    @classmethod
    def at(cls, where: object = None) -> Self:
        what, mend = cls.usual
        return cls(what, where=None if where is None else str(where), mend=mend)


class DiskFull(DiskTrouble):
    status = 507
    title = "The disk is full"
    usual = (
        "nothing can be written: the disk is full.",
        "Free some space, then do it again. Reading goes on meanwhile.",
    )


class NoMoreAllowed(DiskFull):
    title = "No more may be written"
    usual = (
        "nothing more can be written: a limit of the system on disk space or on the size of files is reached.",
        "Raise it (a quota, `ulimit -f`, LimitFSIZE), then do it again. Reading goes on meanwhile.",
    )


class OnlyReadable(DiskTrouble):
    title = "The database can only be read"
    usual = (
        "nothing can be written: the file, its folder or its disk can only be read.",
        "Let the user that runs Parallax write there. Reading goes on meanwhile.",
    )


class Damaged(DiskTrouble):
    title = "The database is damaged"
    part = "database"
    usual = (
        "a part of the database file is damaged and cannot be read.",
        "`parallax check` says what is left; `parallax restore` puts a backup in its place.",
    )


class DiskFailing(DiskTrouble):
    title = "The disk does not answer"
    usual = (
        "the disk that holds the database does not answer as it should.",
        "Look at the system's log and at the disk; then run `parallax check`.",
    )


def of_system(error: OSError) -> ParallaxError | None:
    """What the system refused, as one of these errors, when it is about the disk or about too many files; None of anything else."""
    match error.errno:
        case errno.ENOSPC:
            return DiskFull.at(error.filename)
        case errno.EDQUOT | errno.EFBIG:
            return NoMoreAllowed.at(error.filename)
        case errno.EROFS:
            return OnlyReadable.at(error.filename)
        case errno.EIO:
            return DiskFailing.at(error.filename)
        case errno.EMFILE | errno.ENFILE:
            return Busy("too many files are open at once.", mend="Try again; if it stays so, raise `ulimit -n`.")
        case _:
            return None
