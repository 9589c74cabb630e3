"""Who acts and on whom: agents and targets by dependency, passives and control included."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actions.triggers import form_of
from app.core.claims.actors.book import ActorBook
from app.core.language import Parsed
from app.core.lexicon.load import load
from app.core.lexicon.registry import institutions
from app.core.records import ActorKind, ActorMention

__all__ = ["parties"]

_TARGET_PREPOSITIONS = ("to", "against", "with", "on", "of", "from", "toward", "towards", "over", "in")
_POINTING = frozenset(
    {
        "it",
        "they",
        "he",
        "she",
        "its",
        "their",
        "his",
        "her",
        "we",
        "i",
        "our",
        "my",
        "who",
        "which",
        "that",
        "itself",
        "themselves",
    }
)


def parties(
    parsed: Parsed,
    children: Sequence[Sequence[int]],
    offset: int,
    book: ActorBook | None,
    i: int,
    governors: Sequence[int],
) -> tuple[str | None, str | None]:
    """(agent key, target key) of the act at token `i`, where the book knows them."""
    if book is None or not book.mentions:
        return None, None
    if not parsed.has_dependencies:
        return _by_order(parsed, offset, book, i)
    finder = _PartyFinder(parsed, children, offset, book)
    return finder.agent(i, governors), finder.target(i)


class _PartyFinder:
    def __init__(self, parsed: Parsed, children: Sequence[Sequence[int]], offset: int, book: ActorBook) -> None:
        self._tokens = parsed.tokens
        self._children = children
        self._offset = offset
        self._book = book

    def agent(self, i: int, governors: Sequence[int]) -> str | None:
        token = self._tokens[i]
        if token.pos == "NOUN":
            own = self._of_noun(i)
            if own or token.dep in {"nsubj", "nsubjpass"}:
                return own
        else:
            passive = any(self._tokens[c].dep in {"auxpass", "nsubjpass"} for c in self._children[i])
            # a parse may hang the subject on the auxiliary
            around = [
                *self._children[i],
                *(d for c in self._children[i] if self._tokens[c].dep == "aux" for d in self._children[c]),
            ]
            for c in around:
                if self._tokens[c].dep == "expl":
                    return None
                if self._tokens[c].dep == "nsubj" and not passive:
                    return self.actor(c)
            for c in self._children[i]:
                if self._tokens[c].dep == "agent" or (passive and self._tokens[c].text.lower() == "by"):
                    for d in self._children[c]:
                        found = self.actor(d)
                        if found:
                            return found
            if passive:
                return None
            if token.dep in {"relcl", "acl"} and token.tag == "VBG":
                return self.actor(token.head)
        # the subject of what governs it, or the one who was asked
        for at in governors:
            head = self._tokens[at]
            if head.pos in {"NOUN", "PROPN"}:
                own = self._of_noun(at)
                if own:
                    return own
                continue
            if head.pos not in {"VERB", "AUX", "ADJ"}:
                continue
            if form_of(head) in load("operators")["asks_whom"]["verbs"].split():
                for c in self._children[at]:
                    if self._tokens[c].dep in {"dobj", "dative"} and c < i:
                        return self.actor(c)
            if any(self._tokens[c].dep == "nsubjpass" for c in self._children[at]) and token.pos == "NOUN":
                continue
            for c in self._children[at]:
                if self._tokens[c].dep == "expl":
                    return None
                if self._tokens[c].dep in {"nsubj", "nsubjpass"} and c != i:
                    return self.actor(c)
        if token.dep == "conj":
            return self.agent(token.head, ()) if self._tokens[token.head].pos == token.pos else None
        if token.dep == "advcl" and not any(self._tokens[c].dep in {"nsubj", "mark"} for c in self._children[i]):
            return self.agent(token.head, ()) if self._tokens[token.head].pos == "VERB" else None
        return None

    def target(self, i: int) -> str | None:
        token = self._tokens[i]
        kids = self._children[i]
        for c in kids:
            if self._tokens[c].dep in {"nsubjpass", "dobj", "dative", "oprd"}:
                found = self.actor(c) or self._inside(c)
                if found:
                    return found
        if token.dep == "acl" and token.tag == "VBN":
            found = self.actor(token.head)
            if found:
                return found
        preps = [c for c in kids if self._tokens[c].dep in {"prep", "dative"}]
        for word in _TARGET_PREPOSITIONS:
            if word == "from" and token.pos == "NOUN":
                continue  # "a threat from the North" is its own
            for c in preps:
                if self._tokens[c].text.lower() == word:
                    for d in self._children[c]:
                        found = self.actor(d) or (self._inside(d) if word in {"of", "to", "on", "from"} else None)
                        if found:
                            return found
        return None

    def actor(self, i: int, depth: int = 0) -> str | None:
        """The actor that a noun phrase's head stands for."""
        token = self._tokens[i]
        mention = self._mention(i)
        if mention is not None:
            return mention.key
        word = token.text.lower()
        if token.pos == "PRON" or word in _POINTING:
            return self._pointed(i, depth)
        if form_of(token) in institutions().state_itself or word in institutions().state_itself:
            for c in self._children[i]:
                if self._tokens[c].dep in {"compound", "amod", "poss", "nmod"}:
                    found = self._mention(c)
                    if found is not None:
                        holder = self._book.actor(found.key)
                        return (
                            holder.side
                            if holder is not None and holder.kind is ActorKind.PERSON and holder.side
                            else found.key
                        )
                    if self._tokens[c].text.lower() in _POINTING:
                        return self._pointed(c, depth)
        return None

    def _inside(self, i: int) -> str | None:
        """A treaty or organisation that the object's phrase names ("the termination of GSOMIA", "the GSOMIA pact")."""
        for c in self._children[i]:
            if self._tokens[c].dep in {"appos", "compound"}:
                found = self._mention(c)
                if found is not None and found.kind in {ActorKind.TREATY, ActorKind.ORGANISATION}:
                    return found.key
            if self._tokens[c].dep == "prep" and self._tokens[c].text.lower() == "of":
                for d in self._children[c]:
                    named = self._mention(d)
                    if named is not None:
                        return named.key
        return None

    def _of_noun(self, i: int) -> str | None:
        """Whose act a noun names: possessor, demonym, by-phrase."""
        for c in self._children[i]:
            if self._tokens[c].dep in {"poss", "amod", "compound", "nmod"}:
                mention = self._mention(c)
                if mention is not None and mention.kind is not ActorKind.TREATY:
                    return mention.key
                if self._tokens[c].dep == "poss":
                    found = self.actor(c)
                    if found:
                        return found
            if self._tokens[c].dep in {"prep", "agent"} and self._tokens[c].text.lower() in {"by", "from"}:
                for d in self._children[c]:
                    found = self.actor(d)
                    if found:
                        return found
        return None

    def _mention(self, i: int) -> ActorMention | None:
        token = self._tokens[i]
        return self._book.at(token.start + self._offset)

    def _pointed(self, i: int, depth: int) -> str | None:
        """A pronoun to the subject it most likely stands for in its sentence: that of a governing clause, of fitting kind."""
        if depth > 4:
            return None
        token = self._tokens[i]
        word = token.text.lower()
        at = token.head
        if word in {"who", "which", "that"}:
            while self._tokens[at].dep not in {"relcl", "ROOT"} and self._tokens[at].head != at:
                at = self._tokens[at].head
            return self.actor(self._tokens[at].head, depth + 1) if self._tokens[at].dep == "relcl" else None
        first = self._tokens[token.head]
        if token.dep == "poss" and first.dep == "conj":  # "Japan's rule of Korea and its occupation"
            for c in self._children[first.head]:
                if self._tokens[c].dep == "poss" and c != i:
                    return self.actor(c, depth + 1)
        person = word in {"he", "she", "his", "her", "i", "my"}
        seen: set[int] = set()
        while at not in seen:
            seen.add(at)
            for c in self._children[at]:
                if (
                    self._tokens[c].dep in {"nsubj", "nsubjpass"}
                    and c != i
                    and c < i
                    and self._tokens[c].text.lower() != word
                ):
                    found = self.actor(c, depth + 1)
                    if found:
                        kind = self._book.actor(found)
                        if (
                            kind is not None
                            and kind.kind is not ActorKind.TREATY
                            and (kind.kind is ActorKind.PERSON) == person
                        ):
                            return found
            at = self._tokens[at].head
        return None


def _by_order(parsed: Parsed, offset: int, book: ActorBook, i: int) -> tuple[str | None, str | None]:
    start = parsed.tokens[i].start + offset
    end = parsed.tokens[-1].end + offset
    before = [m for m in book.within(offset, start) if m.kind is not ActorKind.TREATY]
    after = book.within(start, end)
    return (before[-1].key if before else None), (after[0].key if after else None)
