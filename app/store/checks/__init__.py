"""Is what is kept sound? A table of questions, each with what is asked, and what puts right what it finds, if anything here can.

    pages.py     the file: its pages, references between tables, what the schema refuses
    words.py     claims and what was found in them are the words of their articles
    rows.py      rows are made of current claims; what is shown follows from what was found and decided
    indexes.py   the index of words, what articles are looked up by, and how many claims an actor has
    frozen.py    frozen comparisons are as they were frozen; of classes that ended no mark is left
    copies.py    fetched pages are to the byte what was fetched
    audit.py     the audit log is whole

Every question is asked in a read transaction of its own, or tried in short write transactions that are taken back, so that it can be
asked while the file is served. What is found wrong is told in sentences, the first of each kind with its number; what a `mend` here does not put right is said to be put right by
reading or comparing anew (`CheckFault.article`, `CheckFault.story`), or by a backup.
"""

from app.store.checks.audit import AUDIT
from app.store.checks.copies import COPIES
from app.store.checks.frozen import ENDED, FROZEN
from app.store.checks.indexes import COUNTS, INDEX, SEARCH, TERMS
from app.store.checks.pages import GUARDED, PAGES, REFERENCES
from app.store.checks.question import CheckFault, Question
from app.store.checks.rows import MEMBERS, SHOWN, WAITING
from app.store.checks.words import OFFSETS, RECORDS

__all__ = ["QUESTIONS", "CheckFault", "Question"]

QUESTIONS: tuple[Question, ...] = (
    PAGES,
    REFERENCES,
    GUARDED,
    RECORDS,
    OFFSETS,
    MEMBERS,
    SHOWN,
    SEARCH,
    INDEX,
    TERMS,
    COUNTS,
    FROZEN,
    ENDED,
    COPIES,
    AUDIT,
    WAITING,
)
"""In the order they are asked: what an answer rests on comes before it."""
