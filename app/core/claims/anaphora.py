"""Whom "he", "her", "the teenager", "the firm" mean where nobody is quoted: mentions of actors without their names.

A pronoun of a person goes to whom its sentence names before it, else to the speaker whose words it stands in, else to who
stood in focus right before. What could mean two equally, or somebody without a name, stays open. Words in quotation marks
are left alone but where only one other person is in sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.claims.actors.book import ActorBook
from app.core.claims.cast import AS_SUBJECT, SINGULAR, Appearance, Cast, described, fits_pronoun, sex_of_noun
from app.core.claims.sentences import ReadSentence
from app.core.claims.source_phrases import person_nouns
from app.core.language import Token
from app.core.lexicon.load import word_set
from app.core.records import ActorKind, ActorMention, Span, Speaker
from app.core.text import Quote, touching
from app.core.thresholds import DESCRIPTION_REACH, FOCUS_REACH

__all__ = ["PronounScene", "Reported", "anaphors"]

_PRONOUNS = {**SINGULAR, "his": "m", "hers": "f", "himself": "m", "herself": "f"}


@dataclass(frozen=True, slots=True)
class Reported:
    """What a speaker is reported to have said in a sentence, and the words that name the speaker there, by offset."""

    speaker: Speaker
    content: tuple[Span, ...]
    source: Span


@dataclass(frozen=True, slots=True)
class PronounScene:
    """A sentence with all that tells whom its pronouns mean: the one before it, and who appeared, and who speaks in it."""

    index: int
    sentence: ReadSentence
    before: ReadSentence | None
    cast: Cast
    book: ActorBook
    quotes: Sequence[Quote]
    reported: Sequence[Reported]


def anaphors(scene: PronounScene) -> Iterator[ActorMention]:
    """The mentions that a sentence makes without a name, in order."""
    sentence = scene.sentence
    if not sentence.parsed.has_dependencies:
        return
    meant: dict[str, Speaker] = {}  # by pronoun: whom it meant last in this sentence
    for token in sentence.parsed.tokens:
        low = token.text.lower()
        start = sentence.start + token.start
        span: Span | None = (start, start + len(token.text))
        if scene.book.at(start) is not None:
            continue
        if low in _PRONOUNS and token.pos == "PRON":
            pronoun = AS_SUBJECT.get(low, low)
            found = _person(scene, token, pronoun, meant.get(pronoun))
            if found is not None:
                meant[pronoun] = found
        elif token.pos == "NOUN" and token.tag == "NN" and (span := _definite(sentence, token)) is not None:
            found = _described(scene, token, span)
        else:
            continue
        if found is not None and span is not None:
            text = sentence.text[span[0] - sentence.start : span[1] - sentence.start]
            yield ActorMention(found.key, found.name, found.kind, text, *span)


def _person(scene: PronounScene, token: Token, pronoun: str, meant: Speaker | None) -> Speaker | None:
    at = scene.sentence.start + token.start
    named = next((r for r in scene.reported if r.source[0] <= at < r.source[1]), None)
    if named is not None and named.source == (at, at + len(token.text)):
        return named.speaker if named.speaker.kind is ActorKind.PERSON else None
    sayer = next((r.speaker for r in reversed(scene.reported) if any(a <= at < b for a, b in r.content)), None)
    people = [a for a in scene.cast.near(scene.index, FOCUS_REACH) if a.speaker.kind is ActorKind.PERSON]
    near = [a for a in people if fits_pronoun(pronoun, a)]
    if any(q.start <= at < q.end for q in touching(scene.quotes, at, at + 1)):
        others = {a.speaker.key: a.speaker for a in near if sayer is None or a.speaker.key != sayer.key}
        return next(iter(others.values())) if len(others) == 1 and sayer is not None else None
    barred = _subject_of(scene, token) if token.dep in _OBJECTS else named.speaker.key if named else None
    here = _named_before(scene, token, pronoun, barred)
    if here is not None:
        return here
    if meant is not None and meant.key != barred:
        return meant
    if _is_somebody_unnamed(scene.sentence.parsed.tokens[: token.i], pronoun):
        return None
    if sayer is not None and sayer.key != barred and any(a.speaker.key == sayer.key for a in near):
        return sayer
    if scene.before is not None and _is_somebody_unnamed(scene.before.parsed.tokens, pronoun):
        return None
    near.sort(key=lambda a: (-a.sentence, a.spoke))  # what is told of goes before who tells it
    near = [a for a in near if a.speaker.key != barred]
    return near[0].speaker if near and not _is_open(near) else None


_OBJECTS = frozenset({"dobj", "dative", "pobj"})


def _is_open(near: Sequence[Appearance]) -> bool:
    """Two stood in the same sentence in the same part."""
    first = near[0]
    return any(
        a.speaker.key != first.speaker.key for a in near if (a.sentence, a.spoke) == (first.sentence, first.spoke)
    )


def _subject_of(scene: PronounScene, token: Token) -> str | None:
    """The actor that is the subject of the clause in which a pronoun is the object: it is not he ("Lind hit him")."""
    tokens = scene.sentence.parsed.tokens
    at = token.head
    for _ in range(6):
        subject = next((t for t in tokens if t.head == at and t.dep in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            mention = scene.book.at(scene.sentence.start + subject.start)
            return mention.key if mention is not None else None
        if tokens[at].head == at:
            return None
        at = tokens[at].head
    return None


def _named_before(scene: PronounScene, token: Token, pronoun: str, barred: str | None) -> Speaker | None:
    """The person named before a pronoun in its sentence: for "his" the last, else the last subject, else the only one."""
    tokens = scene.sentence.parsed.tokens
    subjects: list[Speaker] = []
    others: list[Speaker] = []
    for mention in scene.book.within(scene.sentence.start, scene.sentence.start + token.start):
        speaker = Speaker(mention.key, mention.name, mention.kind)
        if mention.kind is not ActorKind.PERSON or mention.key == barred or not scene.cast.may_be(pronoun, speaker):
            continue
        inside = [t for t in tokens if mention.start <= scene.sentence.start + t.start < mention.end]
        if inside and inside[-1].dep == "compound" and inside[-1].head > inside[-1].i:
            continue  # "a Nixon aide"
        subject = any(t.dep in ("nsubj", "nsubjpass") for t in inside)
        (subjects if subject else others).append(speaker)
        if token.dep == "poss":
            subjects = [speaker]
    if subjects:
        return subjects[-1]
    return others[0] if len({s.key for s in others}) == 1 else None


def _is_somebody_unnamed(before: Sequence[Token], pronoun: str) -> bool:
    """A man or woman without a name stands nearer than whoever is named: "the boy's mother ... she"."""
    for other in reversed(before):
        if other.pos == "PROPN":
            return False
        if other.pos == "NOUN" and other.tag == "NN" and sex_of_noun(other.text.lower()) == SINGULAR[pronoun]:
            return True
    return False


def _definite(sentence: ReadSentence, noun: Token) -> Span | None:
    """The span of "the teenager", "the firm": a definite noun of a person or body with nothing that would make it another."""
    low = noun.text.lower()
    if low not in person_nouns() and low not in word_set("speakers", "organisations"):
        return None
    tokens = sentence.parsed.tokens
    kids = [t for t in tokens if t.head == noun.i and t.i != noun.i]
    the = next((t for t in kids if t.text.lower() == "the" and t.i < noun.i), None)
    if the is None or any(t.dep not in ("det", "amod", "punct", "compound") for t in kids if t.i < noun.i):
        return None
    if any(t.dep in ("prep", "relcl", "acl", "appos") and t.i > noun.i for t in kids) or noun.dep in (
        "compound",
        "appos",
    ):
        return None
    return sentence.start + the.start, sentence.start + noun.end


def _described(scene: PronounScene, noun: Token, span: Span) -> Speaker | None:
    start = scene.sentence.start
    if any(q.start <= span[0] < q.end for q in touching(scene.quotes, *span)):
        return None
    words = scene.sentence.text[span[0] - start : span[1] - start]
    near = [a for a in scene.cast.near(scene.index, DESCRIPTION_REACH) if a.speaker.kind is not ActorKind.UNNAMED]
    return described(noun.text.lower(), words, scene.index, near, scene.cast, sure=True)
