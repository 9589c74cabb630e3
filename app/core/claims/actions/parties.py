"""Who acts and on whom: agents and targets by dependency, passives and control included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.claims.actions.operators import operators
from app.core.claims.actors.book import ActorBook
from app.core.claims.tree import Tree
from app.core.lexicon.load import word_set
from app.core.lexicon.registry import institutions
from app.core.records import ActorKind, ActorMention

__all__ = ["parties"]

_TARGET_PREPOSITIONS = ("to", "against", "with", "on", "of", "from", "toward", "towards", "over", "in")
_POINTING = word_set("closed", "parties_pointing")
_SUBJECT = ("nsubj", "nsubjpass")


def parties(tree: Tree, book: ActorBook | None, i: int, governors: Sequence[int]) -> tuple[str | None, str | None]:
    """(agent key, target key) of the act at token `i`, where the book knows them."""
    if book is None or not book.mentions:
        return None, None
    finder = _PartyFinder(tree, book)
    return finder.agent(i, governors), finder.target(i)


class _PartyFinder:
    def __init__(self, tree: Tree, book: ActorBook) -> None:
        self._tree = tree
        self._tokens = tree.tokens
        self._book = book

    def agent(self, i: int, governors: Sequence[int]) -> str | None:
        tree, token = self._tree, self._tokens[i]
        if token.pos == "NOUN":
            own = self._of_noun(i)
            if own or token.dep in _SUBJECT:
                return own
        else:
            passive = bool(tree.kids(i, "auxpass", "nsubjpass"))
            # a parse may hang the subject on the auxiliary
            for c in (*tree.children[i], *(d for a in tree.kids(i, "aux") for d in tree.children[a])):
                if self._tokens[c].dep == "expl":
                    return None
                if self._tokens[c].dep == "nsubj" and not passive:
                    return self.actor(c)
            by = [c for c in tree.children[i] if self._tokens[c].dep == "agent" or (passive and tree.low[c] == "by")]
            found = self._first(d for c in by for d in tree.children[c])
            if found or passive:
                return found
            if token.dep in {"relcl", "acl"} and token.tag == "VBG":
                return self.actor(token.head)
        return self._of_governors(i, governors)

    def _of_governors(self, i: int, governors: Sequence[int]) -> str | None:
        """The subject of what governs an act, or the one who was asked; else who acts in what it is joined to."""
        tree, token = self._tree, self._tokens[i]
        for at in governors:
            head = self._tokens[at]
            if head.pos in {"NOUN", "PROPN"} and (own := self._of_noun(at)):
                return own
            if head.pos not in {"VERB", "AUX", "ADJ"}:
                continue
            asked = [c for c in tree.kids(at, "dobj", "dative") if c < i]
            if asked and tree.form(at) in operators().asks_whom:
                return self.actor(asked[0])
            if tree.kids(at, "nsubjpass") and token.pos == "NOUN":
                continue
            subject = next((c for c in tree.kids(at, "expl", *_SUBJECT) if c != i), None)
            if subject is not None:
                return self.actor(subject) if self._tokens[subject].dep != "expl" else None
        over = self._tokens[token.head]
        joined = token.dep == "conj" and over.pos == token.pos
        leaning = token.dep == "advcl" and not tree.kids(i, "nsubj", "mark") and over.pos == "VERB"
        return self.agent(token.head, ()) if joined or leaning else None

    def target(self, i: int) -> str | None:
        tree, token = self._tree, self._tokens[i]
        for c in tree.kids(i, "nsubjpass", "dobj", "dative", "oprd"):
            if found := self.actor(c) or self._inside(c):
                return found
        if token.dep == "acl" and token.tag == "VBN" and (found := self.actor(token.head)):
            return found
        preps = tree.kids(i, "prep", "dative")
        for word in _TARGET_PREPOSITIONS:
            if word == "from" and token.pos == "NOUN":
                continue  # "a threat from the North" is its own
            for d in (d for c in preps if tree.low[c] == word for d in tree.children[c]):
                found = self.actor(d) or (self._inside(d) if word in {"of", "to", "on", "from"} else None)
                if found:
                    return found
        return None

    def actor(self, i: int, depth: int = 0) -> str | None:
        """The actor that a noun phrase's head stands for."""
        mention, word = self._mention(i), self._tree.low[i]
        if mention is not None:
            return mention.key
        if self._tokens[i].pos == "PRON" or word in _POINTING:
            return self._pointed(i, depth)
        if {self._tree.form(i), word} & institutions().state_itself:
            for c in self._tree.kids(i, "compound", "amod", "poss", "nmod"):
                found = self._mention(c)
                if found is not None:
                    holder = self._book.actor(found.key)
                    rules = holder is not None and holder.kind is ActorKind.PERSON and holder.side
                    return holder.side if holder is not None and rules else found.key
                if self._tree.low[c] in _POINTING:
                    return self._pointed(c, depth)
        return None

    def _first(self, at: Iterable[int]) -> str | None:
        return next((found for d in at if (found := self.actor(d))), None)

    def _inside(self, i: int) -> str | None:
        """A treaty or organisation that the object's phrase names ("the termination of GSOMIA", "the GSOMIA pact")."""
        for c in self._tree.kids(i, "appos", "compound", "prep"):
            found = self._mention(c)
            if found is not None and found.kind in {ActorKind.TREATY, ActorKind.ORGANISATION}:
                return found.key
            if self._tree.low[c] == "of":
                named = next((m for d in self._tree.children[c] if (m := self._mention(d))), None)
                if named is not None:
                    return named.key
        return None

    def _of_noun(self, i: int) -> str | None:
        """Whose act a noun names: possessor, demonym, by-phrase."""
        for c in self._tree.kids(i, "poss", "amod", "compound", "nmod", "prep", "agent"):
            if self._tree.low[c] in {"by", "from"}:
                if found := self._first(self._tree.children[c]):
                    return found
                continue
            mention = self._mention(c)
            if mention is not None and mention.kind is not ActorKind.TREATY:
                return mention.key
            if self._tokens[c].dep == "poss" and (found := self.actor(c)):
                return found
        return None

    def _mention(self, i: int) -> ActorMention | None:
        return self._book.at(self._tokens[i].start + self._tree.start)

    def _pointed(self, i: int, depth: int) -> str | None:
        """A pronoun to the subject it most likely stands for in its sentence: that of a governing clause, of fitting kind."""
        if depth > 4:
            return None
        token, word, tokens = self._tokens[i], self._tree.low[i], self._tokens
        at = token.head
        if word in {"who", "which", "that"}:
            while tokens[at].dep not in {"relcl", "ROOT"} and tokens[at].head != at:
                at = tokens[at].head
            return self.actor(tokens[at].head, depth + 1) if tokens[at].dep == "relcl" else None
        first = tokens[token.head]
        if token.dep == "poss" and first.dep == "conj":  # "Japan's rule of Korea and its occupation"
            owner = next((c for c in self._tree.kids(first.head, "poss") if c != i), None)
            if owner is not None:
                return self.actor(owner, depth + 1)
        person = word in {"he", "she", "his", "her", "i", "my"}
        seen: set[int] = set()
        while at not in seen:
            seen.add(at)
            for c in self._tree.kids(at, *_SUBJECT):
                found = self.actor(c, depth + 1) if c < i and self._tree.low[c] != word else None
                kind = self._book.actor(found) if found else None
                if kind is not None and kind.kind is not ActorKind.TREATY and (kind.kind is ActorKind.PERSON) == person:
                    return found
            at = tokens[at].head
        return None
