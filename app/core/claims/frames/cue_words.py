"""The words of a cue: "has not said", "made clear", and the stance they take."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.cues import CueWord, load_cues
from app.core.claims.patterns.words import NOBODY
from app.core.claims.tree import Tree
from app.core.language import Token
from app.core.records import Span, Stance

__all__ = [
    "cue_span",
    "cue_stance",
    "end_of_as",
    "inverted_subject",
    "is_hypothetical",
    "is_reporting",
    "is_taken_back",
    "made_clear",
    "object_features",
    "words_of_frame",
]


def end_of_as(tokens: Sequence[Token], i: int) -> int:
    """The end of what a verb takes something "as": before a further finite verb joined by "and", else the clause's end."""
    for j in range(i + 1, len(tokens) - 1):
        if tokens[j].text in (";", ":", "—") or (
            tokens[j].text == "," and tokens[j + 1].text.lower() in ("but", "and", "while", "saying")
        ):
            return j - 1
        if tokens[j].text.lower() in ("and", "but") and tokens[j + 1].tag in ("VBZ", "VBD", "VBP", "MD"):
            return j - 1
    return len(tokens) - 1


def object_features(tree: Tree, o: int) -> tuple[str, ...]:
    token = tree.tokens[o]
    return ("object=" + ("PRON" if token.pos == "PRON" else token.pos),)


def made_clear(tree: Tree, v: int) -> int | None:
    """The adjective of "made (it) clear", when a clause follows it."""
    for i in range(v + 1, min(v + 5, len(tree.tokens) - 3)):
        if tree.low[i] in ("clear", "plain"):
            return i
    return None


def is_hypothetical(tree: Tree, token: Token) -> bool:
    """No one has said anything yet: "unless one tells the other", "things to know about"."""
    if token.tag == "VB" and token.dep in ("acl", "relcl"):
        return True
    return any(tree.low[m] in ("if", "unless") for m in tree.kids(token.i, "mark"))


def is_reporting(word: CueWord) -> bool:
    return "quote" in word.takes or "clause" in word.takes


def words_of_frame(tree: Tree, v: int) -> set[int]:
    """The verb with its auxiliaries, adverbs, negation: not content."""
    out = {v}
    for c in tree.kids(v, "aux", "auxpass", "neg", "advmod", "prt"):
        if c == 0 or tree.tokens[c].dep != "advmod" or not tree.tokens[c].text[0].isupper():
            out |= tree.inside(c)  # an adverb with a capital is part of a name: "the group Clean Air Now said"
    return out


def cue_span(tree: Tree, v: int, words: set[int]) -> Span:
    left = right = v
    while left - 1 in words and tree.tokens[left - 1].dep in ("aux", "auxpass", "neg", "advmod"):
        left -= 1
    while right + 1 in words and tree.tokens[right + 1].dep in ("prt", "neg"):
        right += 1
    while left < v and tree.tokens[left].pos not in ("AUX", "PART", "ADV"):
        left += 1
    return tree.span(left, right)


def cue_stance(tree: Tree, v: int, word: CueWord) -> Stance:
    stance = word.stance_where(denied=bool(tree.kids(v, "neg")) or _is_nobody(tree, v))
    return Stance.RETRACTS if stance is Stance.ASSERTS and is_taken_back(tree, v) else stance


def is_taken_back(tree: Tree, i: int) -> bool:
    """Whether the text says of the report that word `i` makes that it was wrong.

    "wrongly reported", "reported in error", "false reports", "withdrew its claim", "a report that said ... was not true".
    """
    back, tokens = load_cues().taken_back, tree.tokens
    token = tokens[i]
    beside = [*tree.kids(i, "advmod", "amod"), *(o for p in tree.kids(i, "prep") for o in tree.kids(p, "pobj"))]
    if any(tokens[k].lemma in (back.adverbs if token.pos == "VERB" else back.adjectives) for k in beside):
        return True
    if token.dep in ("relcl", "acl") and token.pos == "VERB":
        return tokens[token.head].lemma in back.reports and is_taken_back(tree, token.head)
    if token.pos != "NOUN" or token.dep not in ("dobj", "nsubj", "nsubjpass"):
        return False
    if token.dep != "nsubj":
        return tokens[token.head].lemma in back.verbs and not tree.kids(token.head, "neg")
    told = [*tree.kids(token.head, "acomp", "attr", "oprd"), *_proved(tree, token.head)]
    denied = bool(tree.kids(token.head, "neg"))
    return any(tokens[k].lemma in (back.true if denied else back.adjectives) for k in told)


def _proved(tree: Tree, verb: int) -> list[int]:
    """What something "turned out to be", "proved to be"."""
    return [k for x in tree.kids(verb, "xcomp") for k in (x, *tree.kids(x, "acomp", "attr"))]


def _is_nobody(tree: Tree, v: int) -> bool:
    """The subject is nobody: "neither A nor B said", "no official has said", "nobody told them"."""
    subjects = tree.kids(v, "nsubj")
    near = [*subjects, *(c for s in subjects for c in tree.kids(s, "det", "preconj", "cc", "neg"))]
    if any(tree.low[i] in NOBODY for i in near):
        return True
    return any(tree.tokens[tree.extent(s)[0]].text.lower() == "not" for s in subjects)


def inverted_subject(tree: Tree, v: int) -> int | None:
    """The subject that the parser took for an object: `"...", added the analyst`."""
    for c in tree.kids(v, "dobj", "npadvmod", "attr", "oprd", "ccomp"):
        if c > v and tree.tokens[c].pos in ("NOUN", "PROPN", "PRON"):
            return c
    return None
