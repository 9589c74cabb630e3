"""Normalised forms that live beside the outlet's words, with a map back into them, or with the same offsets.

The body is never changed. `normalise` gives a form in which quotes, dashes and spaces are of one kind, so that rules and
comparisons need not know every typographer's habit, and `Normalised.span` leads every finding back to the body.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.core.records import Span

__all__ = ["Normalised", "clean", "fold", "level", "normalise", "one_typography", "slug"]

_ONE_SIGN: dict[str, str] = {
    **dict.fromkeys("“”„‟«»〝〞＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛′`´＇ʼ", "'"),
    **dict.fromkeys("‐‑‒−", "-"),
    **dict.fromkeys("–—―⸺─", "—"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
}
"""Signs of one kind, character for character: what is levelled so keeps its offsets."""
_SAME: dict[str, str] = {
    **_ONE_SIGN,
    "…": "...",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", ""),
    "ﬁ": "fi",
    "ﬂ": "fl",
}
_LEVEL = str.maketrans(_ONE_SIGN)
_ON_ONE_LINE = str.maketrans({**_ONE_SIGN, "\n": " ", "\r": " "})
_DOUBLED = re.compile(r"(?:''|``)(?=\w|\[)|(?<=\S)''")
_TABLE = str.maketrans(_SAME)
_BLANKS = re.compile(" {2,}")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` in one typography; `origin[i]` is the index in the source of the character that `text[i]` came from.

    `origin` has one entry more than `text`, the source's length, so that ends map too.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The source's offsets of `text[start:end]`."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def clean(text: str) -> str:
    r"""The text without what no text holds and no database keeps: control characters go, half a character becomes U+FFFD.

    >>> clean("a\x00b"), clean("\ud800 c")
    ('ab', '\ufffd c')
    """
    if _HALF.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _NO_TEXT.sub("", text)


def level(text: str) -> str:
    """The text with quotes, dashes and blanks of one kind, character for character: offsets stay, and so do lines."""
    return text.translate(_LEVEL)


def one_typography(source: str) -> str:
    """As `level`, on one line and with doubled single marks as double ones; every offset stays valid.

    >>> one_typography("“pact” – now")
    '"pact" — now'
    """
    return _DOUBLED.sub(
        lambda m: '" ' if m.end() < len(m.string) and m.string[m.end()].isalnum() else ' "',
        source.translate(_ON_ONE_LINE),
    )


def normalise(source: str) -> Normalised:
    r"""Unify quotes, dashes and blanks; collapse runs of blanks (line breaks stay); never reorders.

    >>> normalise("South Korea‘s  “pact”").text
    'South Korea\'s "pact"'
    """
    out: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(source):
        new = _SAME.get(char, char)
        if new == " " and out and out[-1] == " ":
            continue
        for c in new:
            out.append(c)
            origin.append(i)
    origin.append(len(source))
    return Normalised("".join(out), tuple(origin))


def fold(text: str) -> str:
    """Lower case without accents, in one typography: the form in which names and words are compared.

    Hangul and Han characters survive unchanged.

    >>> fold("Café “Zürich”"), fold("문재인 安倍")
    ('cafe "zurich"', '문재인 安倍')
    """
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).translate(_TABLE)).casefold()
    if plain.isascii():
        return plain
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """A key for URLs: folded words joined by hyphens; letters of every script stay.

    >>> slug("Toshimitsu Motegi"), slug("문재인"), slug("--")
    ('toshimitsu-motegi', '문재인', 'x')
    """
    return "-".join(re.findall(r"[^\W_]+", fold(text).replace("'", ""))) or "x"
