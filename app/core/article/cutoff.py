"""How a line ends that does not end its report."""

from __future__ import annotations

import re

__all__ = ["is_cut", "says_cut"]

_CUT = re.compile(
    r"(?:(?:…|\.{3}|\[…\]|\[\.{3}\])\s*(?:\(?(?:continue |keep )?read(?:ing)?(?: more| on)?\)?)?|\bread more|\[\+\d+ chars\])\s*[»>]*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?<![….\]]) read more\W*$", re.IGNORECASE)


def is_cut(line: str) -> bool:
    """Ends in an ellipsis, "read more" or a count of the characters left out."""
    return bool(_CUT.search(line))


def says_cut(line: str) -> bool:
    """The same, but not by a bare "read more": that ends links to other stories too."""
    return is_cut(line) and not _LINK.search(line)
