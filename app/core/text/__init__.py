"""Text before it is read: what every stage asks of words and signs, each idea in one place.

typography.py   quotes, dashes, blanks and case of one kind, with offsets kept
words.py        the stem of a word
quotations.py   where somebody's own words stand
changes.py      what changed between two versions, word by word
headlines.py    whether a text opens with its headline
"""

from app.core.text.changes import Change, changed_words
from app.core.text.headlines import headline_at, is_headline, under_headline
from app.core.text.quotations import Quote, find_quotes, touching
from app.core.text.typography import Normalised, clean, fold, level, normalise, one_typography, slug
from app.core.text.words import stem

__all__ = [
    "Change",
    "Normalised",
    "Quote",
    "changed_words",
    "clean",
    "find_quotes",
    "fold",
    "headline_at",
    "is_headline",
    "level",
    "normalise",
    "one_typography",
    "slug",
    "stem",
    "touching",
    "under_headline",
]
