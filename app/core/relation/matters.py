"""Are two bare statements of two matters? Then nothing is agreed on between them, and nothing is at odds.

Two fires in two towns share all their verbs and differ in every thing; a minister's journey and his book share the minister alone.
What differs in one slot only, "attacked Japan", "attacked China", is one matter told two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.lexicon.actions import act_kinship
from app.core.records import Claim, NumberRole
from app.core.relation.likeness import Words, stated
from app.core.text import stem

__all__ = ["two_matters"]


def two_matters(a: Claim, b: Claim) -> bool:
    """Whether nothing is shared; or one thing at most, of which each tells another deed; or neither who or where, nor what. Symmetric."""
    kin = any(act_kinship(x, y) != "other" for x in a.acts for y in b.acts)
    if not kin and not stated(a) & stated(b):
        return True
    (nouns, names), (b_nouns, b_names) = _things(a), _things(b)
    whole, b_whole = _whole(a), _whole(b)
    own = nouns - b_whole, b_nouns - whole
    alone = names - b_whole, b_names - whole
    shared = (nouns | names) & b_whole | (b_nouns | b_names) & whole
    if not kin and a.acts and b.acts and all(x | y for x, y in zip(own, alone, strict=True)) and len(shared) <= 1:
        return True
    figures, b_figures = ({n.value for n in c.numbers if n.role is not NumberRole.AGE} for c in (a, b))
    other = all(own) or bool(figures and b_figures and not figures & b_figures)
    return all(alone) and alone == (names, b_names) and other


def _things(claim: Claim) -> tuple[Words, Words]:
    """The nouns and the names of what is stated, by stems, without those of its dates and numbers."""
    read = [(d.start, d.end) for d in claim.dates] + [(n.start, n.end) for n in claim.numbers]
    told = [
        w
        for w in claim.words
        if any(s <= w.start < e for s, e in claim.content) and not any(s <= w.start < e for s, e in read)
    ]
    nouns, names = ([w for w in told if w.kind == kind] for kind in ("noun", "name"))
    return _stems(w.lemma for w in nouns), _stems(w.lemma for w in names)


def _whole(claim: Claim) -> Words:
    """All that stands in a statement, who says it and the known names of its actors too."""
    named = " ".join(m.name for m in claim.actors)
    return _stems((*re.findall(r"\w+", f"{claim.text} {named}"), *(w.lemma for w in claim.words)))


def _stems(words: Iterable[str]) -> Words:
    return frozenset(stem(w.casefold()) for w in words)
