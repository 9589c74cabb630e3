"""What somebody may have meant who asked for a word that no claim has: the nearest word of the index.

Words are looked for among those of the index that begin with the same letter, at most one letter away (a letter more, less,
other, or two exchanged), two in a long word; of those as near, the one that most claims have. So much is read at most:
of the index the entries of one letter for each of `WORDS` words; a question of more than `LONGEST` is left as it is.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.store.search import Analysed, analyse, is_operator
from app.store.sql import ask

__all__ = ["meant"]

LONGEST = 8
"""Words of a question that is looked into."""
WORDS = 3
"""Words of one question that are mended."""
SHORTEST = 4
"""Letters of a word that may be a mistake: shorter ones have too many neighbours."""
LONG = 8
"""From so many letters on two may be wrong."""
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.claim_words USING fts5vocab('main', 'claim_index', 'col')"
_NEIGHBOURS = """
    SELECT term, doc FROM claim_words WHERE col = 'forms' AND term >= :first AND term < :after
    AND length(term) BETWEEN :least AND :most AND doc > 0
"""


def meant(connection: Connection, q: str) -> str | None:
    """The question with its unknown words mended; None when there are none, or nothing is near one of them."""
    out, end, mended = "", 0, 0
    asked = [token for token in analyse(q) if _may_be_wrong(q, token)]
    for token in asked if len(asked) <= LONGEST else ():
        word = q[token.start : token.end]
        if _known(connection, token):
            continue
        near = _nearest(connection, token.form) if mended < WORDS else None
        if near is None:
            return None
        out += q[end : token.start] + (near.capitalize() if word[:1].isupper() else near)
        end, mended = token.end, mended + 1
    return out + q[end:] if mended else None


def _may_be_wrong(q: str, token: Analysed) -> bool:
    """A word of letters that is asked for; not one that is to be left out, nor a sign of the question."""
    left_out = q[: token.start].endswith(("-", '-"')) and q[: token.start].rstrip('-"')[-1:].strip() == ""
    is_word = len(token.form) >= SHORTEST and token.form.isalpha() and not token.run
    return is_word and not left_out and not is_operator(q[token.start : token.end])


def _known(connection: Connection, token: Analysed) -> bool:
    question = f'"{token.stem}" OR {{forms names}} : "{token.form}" *'  # letters alone: see `_may_be_wrong`
    return bool(ask(connection, "SELECT 1 FROM claim_index WHERE claim_index MATCH :q LIMIT 1", q=question))


def _nearest(connection: Connection, form: str) -> str | None:
    from rapidfuzz.distance import OSA

    apart = 2 if len(form) >= LONG else 1
    _with_vocabulary(connection)
    found = ask(
        connection,
        _NEIGHBOURS,
        first=form[0],
        after=chr(ord(form[0]) + 1),
        least=len(form) - apart,
        most=len(form) + apart,
    )
    ranked = [(OSA.distance(form, r["term"], score_cutoff=apart), -r["doc"], r["term"]) for r in found]
    best = min(ranked, default=None)
    return best[2] if best and best[0] <= apart else None


def _with_vocabulary(connection: Connection) -> None:
    """The index's words as a table of this transaction's own; the file is not written to."""
    if connection.dialect.name != "sqlite":  # whose index is a table, with its words beside it
        return
    reading = connection.exec_driver_sql("PRAGMA query_only").scalar_one()
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    try:
        connection.exec_driver_sql(_VOCABULARY)
    finally:
        connection.exec_driver_sql(f"PRAGMA query_only = {reading}")  # a connection that writes goes on writing
