"""Reports that the text itself undoes: what somebody had reported is told otherwise right behind it.

"The paper had said that he was convicted, but he was cleared." Behind a report of an earlier time ("had said", "first reported")
or of the media the next sentence may do so too: "Local media said she died. She is alive."; behind any, "That is false." The report is
then marked as taken back; what undoes it is told by the claim that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.claims.actions import find_acts
from app.core.claims.actors.book import ActorBook
from app.core.claims.cues import load_cues
from app.core.claims.frames.cue_words import is_taken_back
from app.core.claims.sentences import ReadSentence
from app.core.claims.tree import Tree
from app.core.lexicon.actions import act_kinship
from app.core.records import Action, Attribution, Modality, Polarity, Stance

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
    if last is None or last.cue is None or last.cue.stance is not Stance.ASSERTS or not last.content:
        return chain
    if _called_wrong(sentence, following) or any(
        _undoes(own, act) for own in _behind(last, sentence, following, book) for act in acts
    ):
        return (*chain[:-1], replace(last, cue=replace(last.cue, stance=Stance.RETRACTS)))
    return chain


def _behind(
    last: Attribution, sentence: ReadSentence, following: ReadSentence | None, book: ActorBook
) -> Iterator[Action]:
    """What the text states behind a report, in its sentence and, if the report is of an earlier time, in the one that follows."""
    end = max(b for _, b in last.content)
    if sentence.start <= end and re.search(r"\w", sentence.text[end - sentence.start :]):
        yield from find_acts(sentence.parsed, sentence.start, book, ((end, sentence.end),))
    if following is None or following.sentence.paragraph != sentence.sentence.paragraph:
        return
    back = load_cues().taken_back
    found = find_acts(following.parsed, following.start, book)
    if last.cue and set(last.cue.text.casefold().split()) & back.earlier:
        yield from found
    elif last.speaker and set(last.speaker.name.casefold().split()) & back.media and _points_back(following.text):
        yield from (
            act for act in found if act.polarity is Polarity.NEGATIVE or not act.listed
        )  # no later deed undoes one


_POINTING = frozenset("the that this those these its his her their".split())


def _points_back(text: str) -> bool:
    return text.partition(" ")[0].casefold() in load_cues().taken_back.points


def _called_wrong(sentence: ReadSentence, following: ReadSentence | None) -> bool:
    """Whether the next sentence says nothing but that it is not so, or that the report was wrong: "The statement was withdrawn"."""
    if following is None or following.sentence.paragraph != sentence.sentence.paragraph:
        return False
    tree = Tree(following.parsed, following.start)
    reports = (t.i for t in tree.tokens if t.pos == "NOUN" and t.lemma in load_cues().taken_back.reports)
    if any(
        tree.words(i, "det", "poss") & _POINTING and not tree.kids(i, "acl", "relcl", "prep") and is_taken_back(tree, i)
        for i in reports
    ):
        return True
    if not _points_back(following.text):
        return False
    back, words = load_cues().taken_back, re.findall(r"\w+", re.sub(r"n['’]t\b", " not", following.text.casefold()))[1:]
    denied = words[1:2] == ["not"]
    rest = set(words[2:] if denied else words[1:])
    return len(words) <= 3 and (rest <= back.true if denied else bool(rest) and rest <= back.adjectives)


def _undoes(own: Action, act: Action) -> bool:
    return own.modality is Modality.FACT and act.modality is Modality.FACT and opposite_acts(own, act)


def opposite_acts(x: Action, y: Action) -> bool:
    """Whether one act undoes the other: its opposite told alike, or itself told with a "not"."""
    kin = act_kinship(x, y)
    return (kin == "opposite" and x.polarity is y.polarity) or (kin == "same" and x.polarity is not y.polarity)
