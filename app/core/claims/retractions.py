"""Reports that the text itself undoes: what somebody had reported is told otherwise right behind it.

"The paper had said that he was convicted, but he was cleared." Behind a report of an earlier time ("had said", "first reported")
the next sentence may do so too. The report is then marked as taken back; what undoes it is told by the claim that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.claims.actions import find_acts
from app.core.claims.actors.book import ActorBook
from app.core.claims.cues import load_cues
from app.core.claims.sentences import ReadSentence
from app.core.lexicon.actions import act_kinship
from app.core.records import Action, Attribution, Modality

__all__ = ["opposite_acts", "told_otherwise"]


def told_otherwise(
    chain: tuple[Attribution, ...],
    acts: Sequence[Action],
    sentence: ReadSentence,
    following: ReadSentence | None,
    book: ActorBook,
) -> tuple[Attribution, ...]:
    """The chain of attributions, the innermost marked as taken back where what it reports to be done is told otherwise behind it."""
    last = chain[-1] if chain else None
    if last is None or last.cue is None or last.cue.stance != "asserts" or not last.content or not acts:
        return chain
    if any(_undoes(own, act) for own in _behind(last, sentence, following, book) for act in acts):
        return (*chain[:-1], replace(last, cue=replace(last.cue, stance="retracts")))
    return chain


def _behind(
    last: Attribution, sentence: ReadSentence, following: ReadSentence | None, book: ActorBook
) -> Iterator[Action]:
    """What the text states behind a report, in its sentence and, if the report is of an earlier time, in the one that follows."""
    end = max(b for _, b in last.content)
    if sentence.start <= end and re.search(r"\w", sentence.text[end - sentence.start :]):
        yield from find_acts(sentence.parsed, sentence.start, book, ((end, sentence.end),))
    assert last.cue is not None
    near = following is not None and following.sentence.paragraph == sentence.sentence.paragraph
    if following is not None and near and set(last.cue.text.casefold().split()) & load_cues().taken_back.earlier:
        yield from find_acts(following.parsed, following.start, book)


def _undoes(own: Action, act: Action) -> bool:
    return own.modality is Modality.FACT and act.modality is Modality.FACT and opposite_acts(own, act)


def opposite_acts(x: Action, y: Action) -> bool:
    """Whether one act undoes the other: its opposite told alike, or itself told with a "not"."""
    kin = act_kinship(x, y)
    return (kin == "opposite" and x.polarity is y.polarity) or (kin == "same" and x.polarity is not y.polarity)
