"""Who a source phrase means: a named actor, "he", "the aide", a document, or somebody nobody names.

`SpeakerMemory` is fed the frames of a text in order and remembers who has spoken and who was in focus; pronouns and
definite descriptions go to the last fitting one (sex, number, kind, and what the noun says). What fits nobody stays as
it was worded, kind UNNAMED: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.core.claims.actors.book import ActorBook
from app.core.claims.heard import SINGULAR, HeardSoFar, called, described, fits, may_be, person_nouns
from app.core.claims.sentences import ReadSentence
from app.core.lexicon.load import load, words_of
from app.core.records import ActorKind, ActorMention, Span, Speaker
from app.core.text import Quote, fold, slug
from app.core.thresholds import DESCRIPTION_REACH, PRONOUN_REACH

__all__ = ["SpeakerMemory"]

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FIRST = frozenset({"i", "we", "me", "us"})
_CORE = re.compile(r"\s*(?:,|\(|\bwho\b|\bof\b|\bat\b|\bfrom\b|\bwhich\b)")
"""Where the core of a source phrase ends: before an apposition, a bracket, a clause."""
_PARTICLES = frozenset("de van von al bin der la".split())
_DEFINITE = ("the ", "that ", "this ", "these ", "those ")


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    """Words that stand before a name and are none: "Minister", "Mr", "US"."""
    titles = {fold(w).rstrip(".") for title in load("roles")["before"] for w in title.split()}
    honours = {fold(w).rstrip(".") for words in load("roles")["honours"].values() for w in words}
    return frozenset(titles | honours | person_nouns() | {"us", "uk", "eu", "un"})


def _named_after(between: str, people: Sequence[ActorMention]) -> bool:
    """Whether a title stands with what belongs to it, then whose it is: "the president of the union, Ana Berg, said"."""
    return len(people) == 1 and between.endswith(", ") and between.count(",") == 1


class SpeakerMemory:
    """Resolves source phrases of one text, in order."""

    def __init__(self, text: str, book: ActorBook, quotes: Sequence[Quote] = ()) -> None:
        self._text = text
        self._book = book
        self._quotes = quotes
        self._heard = HeardSoFar(book)

    # --- remembering ------------------------------------------------------------------------------------------------

    def read(self, index: int, sentence: ReadSentence) -> None:
        """Note who stands in focus in a sentence: named actors outside quotations, subjects last (they weigh most)."""
        start, end = sentence.start, sentence.end
        subjects = [
            start + t.start
            for t in sentence.parsed.tokens
            if t.dep in ("nsubj", "nsubjpass") and t.pos in ("PROPN", "NOUN")
        ]
        mentions = [m for m in self._book.within(start, end) if not self._quoted(m.start)]
        mentions.sort(key=lambda m: (any(m.start <= s < m.end for s in subjects), -m.start))
        for m in mentions:
            self._heard.remember(self._of_mention(m), index, self._around(sentence, m), spoke=False)

    def _around(self, sentence: ReadSentence, mention: ActorMention) -> str:
        tokens = sentence.parsed.tokens
        near = [t for t in tokens if mention.start - 40 <= sentence.start + t.start < mention.end + 60]
        return " ".join(t.text for t in near)

    def spoke(self, speaker: Speaker, index: int, words: str) -> None:
        self._heard.remember(speaker, index, words, spoke=True)

    def _quoted(self, offset: int) -> bool:
        return any(q.start <= offset < q.end for q in self._quotes)

    # --- resolving --------------------------------------------------------------------------------------------------

    def resolve(
        self, index: int, sentence: ReadSentence, span: Span, head: int | None, outer: Speaker | None = None
    ) -> Speaker:
        """The speaker that the words at `span` name; `head` is the token that heads them, `outer` who quotes them."""
        tokens = sentence.parsed.tokens
        if head is not None:
            mention = self._book.at(sentence.start + tokens[head].start)
            if mention is not None and mention.start >= sentence.start and mention.end <= sentence.end:
                span = min(span[0], mention.start), max(span[1], mention.end)
        words = self._text[span[0] : span[1]]
        noun = tokens[head].text if head is not None else words
        low = fold(noun)
        if low in _RELATIVE and head is not None:
            found = self._antecedent(sentence, head, span)
            if found:
                return found
        if low in SINGULAR or low in ("they", "it", "them") or low in _FIRST:
            return self._pronoun(low, index, span, words, outer)
        mention = self._mention(sentence, span, head)
        if mention is not None:
            return replace(self._of_mention(mention), start=span[0], end=span[1], text=words)
        return self._named(span, words) or self._description(
            index, span, words, low, tokens[head].tag if head is not None else ""
        )

    def _named(self, span: Span, words: str) -> Speaker | None:
        """A name that the book of actors lacks: "Ana Berg, a baker", later "Berg"."""
        core = _CORE.split(words, maxsplit=1)[0].split()
        first = next(
            (i + 1 for i in range(len(core) - 1, -1, -1) if not core[i][0].isupper() and core[i] not in _PARTICLES), 0
        )
        parts = core[first:]
        while len(parts) > 1 and fold(parts[0]).rstrip(".") in _title_words():
            parts = parts[1:]
        if not parts or not parts[0][0].isupper():
            return None
        before = fold(core[first - 1]) if first else ""
        name = " ".join(parts)
        if len(parts) == 1:
            known = self._heard.latest(name)
            return replace(known, start=span[0], end=span[1], text=words) if known else None
        if fold(parts[-1]) in words_of("speakers", "organisations") | words_of("speakers", "documents"):
            return None
        kind = ActorKind.ORGANISATION if before in words_of("speakers", "organisations") else ActorKind.PERSON
        return Speaker(slug(name), name, kind, span[0], span[1], text=words)

    def _of_mention(self, mention: ActorMention) -> Speaker:
        actor = self._book.actor(mention.key)
        return Speaker(mention.key, mention.name, mention.kind, role=actor.role if actor else None)

    def _mention(self, sentence: ReadSentence, span: Span, head: int | None) -> ActorMention | None:
        inside = self._book.within(*span)
        tokens = sentence.parsed.tokens
        if head is not None:
            at = sentence.start + tokens[head].start
            for m in inside:
                if m.start <= at < m.end:
                    return m
            low = fold(tokens[head].text)
            if low in ("government", "administration", "authorities"):
                states = [m for m in inside if m.kind is ActorKind.STATE and m.start < at]
                if states:
                    return states[-1]
            # "Kim, deputy director of ..." misread as headed by the title, "spokesman Lee" headed by the title
            people = [m for m in inside if m.kind is ActorKind.PERSON and abs(m.start - at) < 60]
            between = self._text[min(at, people[0].start) : max(at, people[0].start)] if people else ""
            if (
                people
                and (low in person_nouns() or tokens[head].tag.startswith("NNP"))
                and (("'" not in between and " of " not in between) or _named_after(between, people))
            ):
                return people[0]
            return None
        return inside[0] if inside else None

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
        return Speaker(
            slug(words), words, self._kind(fold(words)), span[0], span[1], text=self._text[span[0] : span[1]]
        )

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
        for heard in self._heard.near(index, PRONOUN_REACH):
            if fits(low, heard):
                return replace(heard.speaker, **placed)  # type: ignore[arg-type]
        return Speaker(slug(words), words, ActorKind.UNNAMED, span[0], span[1], text=words)

    def _kind(self, noun: str) -> ActorKind:
        return ActorKind.ORGANISATION if noun in words_of("speakers", "organisations") else ActorKind.UNNAMED

    def _description(self, index: int, span: Span, words: str, noun: str, tag: str) -> Speaker:
        low = fold(words)
        named = self._book.resolve(words)
        if named is not None:
            return Speaker(named.key, named.name, named.kind, span[0], span[1], named.role, words)
        if low.startswith(_DEFINITE) and tag in ("NN", "NNP", ""):
            person = noun in person_nouns()
            organisation = noun in words_of("speakers", "organisations")
            spoke = [
                h
                for h in self._heard.near(index, DESCRIPTION_REACH)
                if h.spoke and may_be(h.speaker, low, noun, person=person, organisation=organisation)
            ]
            for heard in (*filter(lambda h: called(noun, h), spoke), *spoke):
                if described(noun, heard, person=person, organisation=organisation, gap=index - heard.sentence):
                    return replace(heard.speaker, start=span[0], end=span[1], text=words)
        bare = words
        for article in ("The ", "the "):
            bare = bare.removeprefix(article)
        return Speaker(
            slug(bare),
            words if words[:2].lower() in ("a ", "an") else bare,
            self._kind(noun),
            span[0],
            span[1],
            text=words,
        )
