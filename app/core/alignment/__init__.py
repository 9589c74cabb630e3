"""Stage 4: claims -> rows. Two questions, both explainable: same incident? same statement?

stories.py     articles -> stories (`group_articles`); telltale.py: by which words those of one story are looked up
incident.py    do two articles cover the same incident?
statement.py   what of a statement is compared (terms.py: its words and how rare they are)
pool.py        statements that are compared with each other (term_vectors.py: words, tokens.py: soft token alignment by the encoder)
pairs.py       what is known of two of them (likenesses.py: ranks)
features.py    what a pair is scored by: each feature computes itself and says itself
score.py       bare statements -> probability, with its parts (`score_statements`)
model.py row_model.py    the fitted weights of the one and of rows
adapting.py    a step of the weights towards what reviewers decided (reviewed_pairs.py: on what)
candidates.py  which pairs of claims are worth scoring
identities.py  one key an actor across the articles of a story (cast_list.py, same_person.py, same_body.py)
entries.py     the claims that may stand in rows
links.py       how likely each two of them state one proposition
ground.py      which articles of a story the others are seen against, so that another one changes no link that is there
scored_pairs.py  what was scored before is looked up (codes.py: vectors in few bytes; facts.py: statements, clause by clause)
kept_work.py   what was worked out before, by a digest of what it depends on (kept_rows.py: rows)
groups.py      linked statements -> groups (partition.py, knots.py); a claim stands in as many as it holds statements
related.py     articles that have anything to do with each other
utterances.py  one speaker's words, told or translated twice
label.py       the label of a row; neutral.py: a title that gives no verdict away
titles.py     what the reports of a story share, as its title
rows.py        all of it: readings -> rows (`align`), or given claims -> a row (`row_of`)
"""

from __future__ import annotations

from app.core.alignment.identities import Unified, identities, unified
from app.core.alignment.kept_rows import Kept
from app.core.alignment.kept_work import KeptWork
from app.core.alignment.rows import align, row_of
from app.core.alignment.score import StatementPair, score_statements
from app.core.alignment.stories import group_articles
from app.core.alignment.titles import shared_title

__all__ = [
    "Kept",
    "KeptWork",
    "StatementPair",
    "Unified",
    "align",
    "group_articles",
    "identities",
    "row_of",
    "score_statements",
    "shared_title",
    "unified",
]
