"""Links into the outlet's own page, at the sentence: text fragments (`#:~:text=`), as browsers read them.

https://wicg.github.io/scroll-to-text-fragment/: `text=[prefix-,]start[,end][,-suffix]`. Start and end are found without
regard to case, at the edges of words, the first place that fits wins, and a piece never runs over the end of a paragraph
(from start to end may). So a fragment is made by trying: the shortest one that leads to this place and to no earlier one
in the text as it was read. What the outlet's page shows today is beyond us: a browser that finds nothing opens its top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from app.core.links import safe_link
from app.core.records import Span

__all__ = ["sentence_link", "text_fragment"]

WHOLE = 90
"""Characters up to which a sentence is given whole; longer ones by how they begin and end."""
WORDS = (4, 6, 9, 14)
"""Words of beginning and end that are tried, until they name the place."""
AROUND = (2, 4, 7)
"""Words before or after it, tried last."""

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_EDGE = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The four parts of a text directive; empty ones are left out."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def written(self) -> str:
        start, end, prefix, suffix = (_quoted(t) for t in (self.start, self.end, self.prefix, self.suffix))
        parts = (f"{prefix}-" if prefix else "", start, end, f"-{suffix}" if suffix else "")
        return ",".join(part for part in parts if part)


def sentence_link(url: str | None, text: str, span: Span, *, own_words: bool = False) -> str | None:
    """The address of an article at the words `text[span]`; the plain address where the words are not the outlet's own.

    None when there is no address that a page may link to. A fragment that the address had is kept.

    >>> sentence_link("https://example.org/a", "The bridge reopened on Monday.", (0, 30))
    'https://example.org/a#:~:text=The%20bridge%20reopened%20on%20Monday'
    """
    url = safe_link(url)
    if not url:
        return None
    fragment = "" if own_words else text_fragment(text, span)
    if not fragment:
        return url
    plain = url.partition(":~:")[0]
    return f"{plain}{'' if '#' in plain else '#'}:~:text={fragment}"


def text_fragment(text: str, span: Span) -> str:
    """The directive that leads to `text[span]`, percent-encoded; "" when there is no word in it.

    Guaranteed: where some fragment of these lengths leads to the place and to no earlier one, a browser that has this
    text finds the place. Else (the same words twice between the same words) it is the longest one.
    """
    start, end = _trimmed(text, span)
    if start == end:
        return ""
    last = None
    for piece in _tries(text, start, end):
        if _found(text, piece) == (start, end):
            return piece.written()
        last = piece
    return last.written() if last else ""


def _trimmed(text: str, span: Span) -> Span:
    """Without the quotes, points and spaces around it: pages differ in those, and words begin at their letters."""
    start, end = max(0, span[0]), min(len(text), span[1])
    inner = text[start:end]
    core = _EDGE.sub("", inner)
    if not core:
        return start, start
    start += inner.index(core)
    return start, start + len(core)


def _tries(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The fragments for this place, shortest first."""
    inner = text[start:end]
    one_line = "\n" not in inner
    words = [m.span() for m in _WORD.finditer(inner)]
    if one_line and (len(inner) <= WHOLE or len(words) < 2 * WORDS[0]):
        pieces = [_Piece(inner)]
    else:
        pieces = [p for n in WORDS if (p := _ends(inner, words, n))]
        if one_line:
            pieces.append(_Piece(inner))
    yield from pieces
    for n in AROUND:
        before, after = _before(text, start, n), _after(text, end, n)
        for piece in pieces[-2:]:
            if before:
                yield _Piece(piece.start, piece.end, prefix=before)
            if after:
                yield _Piece(piece.start, piece.end, suffix=after)
            if before and after:
                yield _Piece(piece.start, piece.end, before, after)


def _ends(inner: str, words: list[Span], n: int) -> _Piece | None:
    """The first and last `n` words, each kept inside its paragraph; None when they would touch."""
    first, last = min(n, len(words) // 2), max(len(words) - n, (len(words) + 1) // 2)
    if not first or last >= len(words):
        return None
    head = inner[: words[first - 1][1]].partition("\n")[0].rstrip()
    tail = inner[words[last][0] :].rpartition("\n")[2].lstrip()
    return _Piece(head, tail) if head and tail else None


def _before(text: str, start: int, n: int) -> str:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    words = [m.start() for m in _WORD.finditer(line)]
    return _EDGE.sub("", line[words[-n] if len(words) >= n else 0 :])


def _after(text: str, end: int, n: int) -> str:
    stop = text.find("\n", end)
    line = text[end : stop if stop >= 0 else len(text)]
    words = [m.end() for m in _WORD.finditer(line)]
    return _EDGE.sub("", line[: words[n - 1] if len(words) >= n else len(line)])


def _found(text: str, piece: _Piece) -> Span | None:
    """Where a browser goes: the first place whose start, end and neighbours fit.

    Looked for as plain words: an article has hundreds of claims, and a pattern made for each takes a hundred times as long.
    """
    plain = _plain(text)
    if plain is None:
        return _found_by_pattern(text, piece)
    start = _place(plain, piece.start, 0, before=piece.prefix, after="" if piece.end else piece.suffix)
    if start is None or not piece.end:
        return start
    end = _place(plain, piece.end, start[1], after=piece.suffix)
    return (start[0], end[1]) if end else None


@lru_cache(maxsize=2)
def _plain(text: str) -> str | None:
    """The text in lower case, where that is all there is to telling letters apart, and each stays one."""
    plain = text.lower()
    return plain if len(plain) == len(text) and plain == text.casefold() else None


def _place(plain: str, words: str, since: int, *, before: str = "", after: str = "") -> Span | None:
    """The first place of these words, and of none that they are a part of, between these neighbours."""
    wanted, before, after = words.lower(), before.lower(), after.lower()
    at = plain.find(wanted, since)
    while at >= 0:
        stop = at + len(wanted)
        whole = not _in_word(plain[at - 1 : at]) and not _in_word(plain[stop : stop + 1])
        if whole and (not before or _ends_with(plain, at, before)) and (not after or _begins_with(plain, stop, after)):
            return at, stop
        at = plain.find(wanted, at + 1)
    return None


def _ends_with(plain: str, at: int, words: str) -> bool:
    while at and not _in_word(plain[at - 1]) and plain[at - 1] != "\n":
        at -= 1
    edge = at - len(words)
    return edge >= 0 and plain.startswith(words, edge) and not _in_word(plain[max(0, edge - 1) : edge])


def _begins_with(plain: str, stop: int, words: str) -> bool:
    while stop < len(plain) and not _in_word(plain[stop]) and plain[stop] != "\n":
        stop += 1
    return plain.startswith(words, stop) and not _in_word(plain[stop + len(words) : stop + len(words) + 1])


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _found_by_pattern(text: str, piece: _Piece) -> Span | None:
    """The same for a text with letters that are two in lower case, or one with another ("ß", "ſ")."""
    pattern = _pattern(piece.start)
    pattern = (rf"{_pattern(piece.prefix)}[^\w\n]*" if piece.prefix else "") + rf"(?P<at>{pattern})"
    if piece.end:
        pattern += rf"[\s\S]*?{_pattern(piece.end)}"
    pattern += "(?P<stop>)"
    if piece.suffix:
        pattern += rf"(?=[^\w\n]*{_pattern(piece.suffix)})"
    found = re.search(pattern, text, re.IGNORECASE)
    return (found.start("at"), found.start("stop")) if found else None


def _pattern(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _quoted(words: str) -> str:
    """Percent-encoded, and so the marks that mean something in a directive: hyphen, comma, ampersand."""
    return quote(re.sub(r"\s+", " ", words), safe="", errors="replace").replace("-", "%2D")
