"""Stage 4: claims -> rows. Two questions, both explainable: same incident? same statement?

stories.py     articles -> stories (`group_articles`)
incident.py    do two articles cover the same incident?
statement.py   what of a statement is compared
features.py    named features of pairs of statements
score.py       features -> probability, with its parts (`score_statements`)
taught.py      a step of the weights towards what reviewers decided (lessons.py: on what)
candidates.py  which pairs of claims are worth scoring
identities.py  one key an actor across the articles of a story (cast_list.py, same_person.py, same_body.py)
entries.py     the claims that may stand in rows
links.py       how likely each two of them state one proposition
groups.py      scored pairs -> groups (partition.py), their guests, no strays
utterances.py  one speaker's words, told or translated twice
label.py       the label of a row
rows.py        all of it: readings -> rows (`align`), or given claims -> a row (`row_of`)
"""

from __future__ import annotations

from app.core.alignment.identities import identities, unified
from app.core.alignment.rows import align, row_of
from app.core.alignment.score import StatementPair, score_statements
from app.core.alignment.stories import group_articles

__all__ = ["StatementPair", "align", "group_articles", "identities", "row_of", "score_statements", "unified"]
