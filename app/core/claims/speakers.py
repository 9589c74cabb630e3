"""Who a source phrase means: a named actor, "he", "the aide", a document, or somebody nobody names.

`SourceResolver` is fed the frames of a text in order and remembers who has spoken and who was in focus; pronouns and
definite descriptions go to the last fitting one (sex, number, kind, and what the noun says). What fits nobody stays as
it was worded, kind UNNAMED: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.core.claims.actors.book import ActorBook
from app.core.claims.actors.people import is_shaped_otherwise
from app.core.claims.anaphora import PronounScene, Reported, anaphors
from app.core.claims.cast import AS_SUBJECT, SINGULAR, Cast, described, fits_pronoun
from app.core.claims.sentences import ReadSentence
from app.core.claims.source_phrases import core_of, person_nouns, says_only_when, trailing_name
from app.core.language import Token
from app.core.lexicon.load import word_set
from app.core.records import ActorKind, ActorMention, Span, Speaker
from app.core.text import Quote, fold, slug
from app.core.thresholds import DESCRIPTION_REACH, PRONOUN_REACH

__all__ = ["SourceResolver"]

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FIRST = frozenset({"i", "we", "me", "us"})
_SELF = re.compile(r", (?:aged )?\d{1,2},|, (?:an?|the|her|his|their|its|whose) [a-z]|, (?:who|whose)\b")
"""What follows a single name that nobody bore so far: an age, what they are."""
_DEFINITE = ("the ", "that ", "this ", "these ", "those ")
_RULERS = frozenset({"government", "administration", "authorities"})
_RELATED = re.compile(r"(?:\b(?:of|for|to|from|by|with|about|against|on|in|at|and|or|than|like|including)|'s?|’s?)\s*$")
"""What stands before a name that only belongs to whom the words before it mean: "a friend of Ana Berg", "Ana Berg's lawyer"."""


@lru_cache(maxsize=1)
def _common_nouns() -> frozenset[str]:
    """Nouns of people, bodies and papers: what a name that somebody bears does not end in."""
    return person_nouns().union(*(word_set("speakers", f) for f in ("organisations", "documents", "groups")))


class SourceResolver:
    """Resolves source phrases of one text, in order."""

    def __init__(self, text: str, book: ActorBook, quotes: Sequence[Quote] = ()) -> None:
        self._text = text
        self._book = book
        self._quotes = quotes
        self._cast = Cast(book)
        self._before: ReadSentence | None = None
        self._unnamed: list[ActorMention] = []

    # --- remembering ------------------------------------------------------------------------------------------------

    def read(self, index: int, sentence: ReadSentence) -> None:
        """Note who stands in focus in a sentence: named actors outside quotations, subjects last (they weigh most)."""
        start, end = sentence.start, sentence.end
        subjects = [start + t.start for t in sentence.parsed.tokens if t.dep in ("nsubj", "nsubjpass")]
        mentions = [m for m in (*self._book.within(start, end), *self._unnamed) if not self._quoted(m.start)]
        mentions.sort(key=lambda m: (any(m.start <= s < m.end for s in subjects), -m.start))
        for m in mentions:
            self._cast.enter(self._of_mention(m), index, _nouns_of(sentence, m), spoke=False)

    def unnamed(self, index: int, sentence: ReadSentence, reported: Sequence[Reported]) -> list[ActorMention]:
        """The mentions of known actors that a sentence makes without their names; asked before it is read."""
        scene = PronounScene(index, sentence, self._before, self._cast, self._book, self._quotes, reported)
        self._before = sentence
        self._unnamed = list(anaphors(scene))
        return self._unnamed

    def spoke(self, speaker: Speaker, index: int) -> None:
        self._cast.enter(speaker, index, (), spoke=True)

    def _quoted(self, offset: int) -> bool:
        return any(q.start <= offset < q.end for q in self._quotes)

    # --- resolving --------------------------------------------------------------------------------------------------

    def resolve(
        self,
        index: int,
        sentence: ReadSentence,
        span: Span,
        head: int | None,
        outer: Speaker | None = None,
        *,
        turn: bool = False,
    ) -> Speaker | None:
        """The speaker that the words at `span` name; `head` is the token that heads them, `outer` who quotes them.

        None where the words name nobody, but a time. `turn` says that they open a turn of a transcript.
        """
        tokens = sentence.parsed.tokens
        for edge in (span[0], span[1] - 1):
            mention = self._book.at(edge)
            if mention is not None and mention.start >= sentence.start and mention.end <= sentence.end:
                span = min(span[0], mention.start), max(span[1], mention.end)
        words = self._text[span[0] : span[1]]
        if says_only_when(words):
            return None
        noun = tokens[head].text if head is not None else words
        low = AS_SUBJECT.get(fold(noun), fold(noun))
        if low in _RELATIVE and head is not None:
            found = self._antecedent(sentence, head, span)
            if found:
                return found
        if low in SINGULAR or low in ("they", "it", "them") or low in _FIRST:
            return self._pronoun(low, index, span, words, outer)
        if turn and words.isupper():
            known = self._book.resolve(words)
            if known is None or known.kind is not ActorKind.PERSON:
                return Speaker(slug(words), words, ActorKind.PERSON, span[0], span[1], text=words)
        mention = self._mention(sentence, span, head)
        if mention is not None:
            return replace(self._of_mention(mention), start=span[0], end=span[1], text=words)
        core = core_of(self._text, span)
        token = tokens[head] if head is not None else None
        if token is not None and not core[0] <= sentence.start + token.start < core[1]:
            inside = [t for t in tokens if core[0] <= sentence.start + t.start < core[1] and t.pos in ("PROPN", "NOUN")]
            token = inside[-1] if inside else None
            low = fold(token.text) if token else low
            mention = self._mention(sentence, core, token.i if token else None)
            if mention is not None:
                return replace(self._of_mention(mention), start=span[0], end=span[1], text=words)
        return self._named(span, core, token) or self._description(index, span, core, low, token.tag if token else "")

    def _named(self, span: Span, core: Span, head: Token | None) -> Speaker | None:
        """A name that the book of actors lacks: "Ana Berg, a baker", later "Berg"."""
        words = self._text[span[0] : span[1]]
        found = trailing_name(self._text[core[0] : core[1]])
        if found is None:
            return None
        name, before = found
        last = fold(name.split()[-1])
        if name.isupper():
            return None
        if " " not in name:
            known = self._cast.latest(name)
            if known is not None:
                return replace(known, start=span[0], end=span[1], text=words)
            if not _SELF.match(self._text, core[1]) or head is None or head.pos != "PROPN":
                return None  # "Maral, 45, ..." is a name, "Officials" none
        elif is_shaped_otherwise(name):
            return None
        if last in _common_nouns() or (head is not None and head.entity not in ("", "PERSON", "ORG")):
            return None
        kind = ActorKind.ORGANISATION if before in word_set("speakers", "organisations") else ActorKind.PERSON
        return Speaker(slug(name), name, kind, span[0], span[1], text=words)

    def _of_mention(self, mention: ActorMention) -> Speaker:
        actor = self._book.actor(mention.key)
        return Speaker(mention.key, mention.name, mention.kind, role=actor.role if actor else None)

    def _mention(self, sentence: ReadSentence, span: Span, head: int | None) -> ActorMention | None:
        inside = self._book.within(*span)
        tokens = sentence.parsed.tokens
        if head is None:
            return inside[0] if inside else None
        at, end = sentence.start + tokens[head].start, sentence.start + tokens[head].end
        low = fold(tokens[head].text)
        for m in inside:
            if m.start <= at < m.end:
                return m
        if low in _RULERS:
            states = [m for m in inside if m.kind is ActorKind.STATE and m.start < at]
            if states:
                return states[-1]
        if low in word_set("speakers", "organisations"):
            bodies = [
                m for m in inside if m.kind is ActorKind.ORGANISATION and self._text[end : m.start] in (" ", ", ")
            ]
            if bodies:
                return bodies[0]
        if low in person_nouns() or tokens[head].tag.startswith("NNP"):
            people = [m for m in inside if m.kind is ActorKind.PERSON]
            return next((m for m in people if self._is_apposed(m, at, end, span)), None)
        return None

    def _is_apposed(self, person: ActorMention, at: int, end: int, span: Span) -> bool:
        """Whether a name in the phrase is who the head is: "Kim, deputy director", "spokesman Lee", "the union's head, Ana Berg"."""
        if person.end <= at:
            return self._text[person.end : at].startswith(",")
        between = self._text[end : person.start]
        if _RELATED.search(between):
            return False
        return between.endswith(", ") or person.end >= span[1] - 1 or not between.strip()

    def _antecedent(self, sentence: ReadSentence, head: int, span: Span) -> Speaker | None:
        tokens = sentence.parsed.tokens
        verb = tokens[head].head
        while tokens[verb].dep not in ("relcl", "acl", "ROOT") and tokens[verb].head != verb:
            verb = tokens[verb].head
        if tokens[verb].dep not in ("relcl", "acl"):
            return None
        noun = tokens[verb].head
        mention = self._beside(sentence, head, noun) or self._book.at(sentence.start + tokens[noun].start)
        if mention is not None:
            return replace(self._of_mention(mention), start=span[0], end=span[1], text=self._text[span[0] : span[1]])
        words = tokens[noun].text
        return Speaker(slug(words), words, ActorKind.UNNAMED, span[0], span[1], text=self._text[span[0] : span[1]])

    def _beside(self, sentence: ReadSentence, head: int, noun: int) -> ActorMention | None:
        """The last of several joined names that a clause follows: "A and B, which has urged ..."."""
        tokens = sentence.parsed.tokens
        joined = any(t.head == noun and t.dep == "conj" for t in tokens)
        if not joined:
            return None
        i = head - 1
        while i > 0 and tokens[i].pos in ("PUNCT", "ADP"):
            i -= 1
        return self._book.at(sentence.start + tokens[i].start)

    def _pronoun(self, low: str, index: int, span: Span, words: str, outer: Speaker | None) -> Speaker:
        placed = {"start": span[0], "end": span[1], "text": words}
        if low in _FIRST:
            if outer is not None:
                return replace(outer, **placed)  # type: ignore[arg-type]
            return Speaker("author", words, ActorKind.UNNAMED, span[0], span[1], text=words)
        for appearance in self._cast.near(index, PRONOUN_REACH):
            if fits_pronoun(low, appearance):
                return replace(appearance.speaker, **placed)  # type: ignore[arg-type]
        # whom another "he" means is as little known: each is somebody of his own
        return Speaker(f"{slug(words)}-{span[0]}", words, ActorKind.UNNAMED, span[0], span[1], text=words)

    @staticmethod
    def _kind(words: str, noun: str) -> ActorKind:
        """A body that goes by a name of its own ("Harbour police"); "police" are those of this article and no others."""
        if noun not in word_set("speakers", "organisations") or words[:2].lower() in ("a ", "an"):
            return ActorKind.UNNAMED
        named = any(w[0].isupper() for w in words.split()[:-1] if fold(w) not in word_set("speakers", "organisations"))
        return ActorKind.ORGANISATION if named else ActorKind.UNNAMED

    def _description(self, index: int, span: Span, core: Span, noun: str, tag: str) -> Speaker:
        words = self._text[core[0] : core[1]]
        placed = {"start": span[0], "end": span[1], "text": self._text[span[0] : span[1]]}
        low = fold(words)
        named = self._book.resolve(words)
        if named is not None:
            return Speaker(named.key, named.name, named.kind, span[0], span[1], named.role, placed["text"])  # type: ignore[arg-type]
        if low.startswith(_DEFINITE) and tag in ("NN", "NNP", ""):
            near = [a for a in self._cast.near(index, DESCRIPTION_REACH) if a.spoke]
            meant = described(noun, words, index, near, self._cast)
            if meant is not None:
                return replace(meant, **placed)  # type: ignore[arg-type]
        bare = words
        for article in ("The ", "the "):
            bare = bare.removeprefix(article)
        name = words if words[:2].lower() in ("a ", "an") else bare
        return Speaker(slug(bare), name, self._kind(bare, noun), **placed)  # type: ignore[arg-type]


def _nouns_of(sentence: ReadSentence, mention: ActorMention) -> set[str]:
    """What a sentence says somebody named in it is: "coroner" before a name, "a baker" after it, "X is a baker"."""
    tokens = sentence.parsed.tokens
    inside = {t.i for t in tokens if mention.start <= sentence.start + t.start < mention.end}
    out: set[str] = set()
    for t in tokens:
        if t.i in inside and t.head not in inside:
            top = tokens[t.head]
            if t.dep == "appos":
                out |= {top.text.lower(), top.lemma}
            elif t.dep == "nsubj" and top.lemma == "be":
                out |= {w for k in tokens if k.head == top.i and k.dep == "attr" for w in (k.text.lower(), k.lemma)}
        elif (
            t.i not in inside
            and t.head in inside
            and t.dep in ("appos", "compound", "nmod")
            and t.pos in ("NOUN", "PROPN")
        ):
            out |= {t.text.lower(), t.lemma}
    return out
