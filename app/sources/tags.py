"""Tags that were copied along with a text: what a reader of the page saw stays, what only its browser read goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["around_code", "without_tags"]

_CODE = re.compile(r"<(script|style)\b[^<>]{0,500}>|<(!)--", re.IGNORECASE)
_ENDS = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "!": re.compile("-->"),
}
_TAG = re.compile(
    r"</?(?:script|style|img|iframe|svg|p|br|div|span|a|b|i|em|strong|u|figure|figcaption|blockquote|ul|ol|li|h[1-6]|section|"
    r"article|noscript|video|audio|source|input|button|form)(?=[\s/>])(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'){0,300}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?i)^<(?:br|/p|/div|/li|/h[1-6]|/blockquote|/section|/article)\b")


def without_tags(text: str) -> str:
    """The text without known tags, code and comments; the words between tags stay, paragraphs too.

    `a < b` and tags that are none of a page's are text. The work grows with the text's length only.
    """
    if "<" not in text:
        return text
    bare = _TAG.sub(lambda m: "\n" if _BREAK.match(m[0]) else "", "".join(around_code(text)))
    return text if bare == text else re.sub(r"(?<=\S) {2,8}(?=\S)", " ", bare)


def around_code(text: str) -> Iterator[str]:
    """The pieces of text outside scripts, styles and comments; one that is never closed is none."""
    at = begin = 0
    never: set[str] = set()
    while opened := _CODE.search(text, at):
        kind = (opened[1] or opened[2]).lower()
        closed = None if kind in never else _ENDS[kind].search(text, opened.end())
        if closed is None:
            never.add(kind)
            at = opened.end()
            continue
        yield text[begin : opened.start()]
        at = begin = closed.end()
    yield text[begin:]
