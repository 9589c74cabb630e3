"""One stem for all forms of a word.

Snowball's stemmer keeps the word it works on in itself: two threads that share one get each other's stems. Here each
thread has its own, so that pages are searched and articles read at the same time with the same answers.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import snowballstemmer

from app.core.text.typography import fold

__all__ = ["stem"]


class _Stemmers(threading.local):
    """A stemmer a thread, made when the thread first asks."""

    def __init__(self) -> None:
        self.english: Any = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in any typography or case; a possessive ending is dropped. Safe to call from many threads.

    >>> stem("Koreans’"), stem("agreement's"), stem("決定")
    ('korean', 'agreement', '決定')
    """
    plain = fold(word).strip("'").removesuffix("'s")
    return str(_stemmers.english.stemWord(plain)) or plain
