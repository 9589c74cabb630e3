"""Frames without a verb: "his claim that", "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.claims.cues import Cues
from app.core.claims.frames.contents import take_quotes, trimmed
from app.core.claims.frames.cue_words import is_taken_back
from app.core.claims.frames.subjects import source_span, subject_of
from app.core.claims.frames_types import Frame
from app.core.claims.tree import Tree
from app.core.language import Token
from app.core.records import Stance
from app.core.text import Quote

__all__ = ["according_frames", "noun_frames"]


# --- nouns and phrases ----------------------------------------------------------------------------------------------


def noun_frames(tree: Tree, token: Token, cues: Cues) -> Iterator[Frame]:
    n = token.i
    tokens = tree.tokens
    owner: int | None = None
    for p in tree.kids(n, "poss"):
        owner = p
    how = "poss"
    stance = _stance(tree, n, cues)
    undone = stance in {Stance.RETRACTS, Stance.DENIES}
    content, kind = _content_of_noun(tree, n, undone=undone)
    prepositions = [p for p in tree.kids(n, "prep") if p > n]
    if content is None:
        return
    if owner is None and tokens[n].tag == "NNS":
        for p in tree.kids(n, "compound", "nmod", "nsubj"):
            if p == n - 1:
                owner, how = p, "compound"
    if owner is None:
        for p in prepositions:
            if tree.low[p] in ("by", "from", "among"):
                inner = tree.kids(p, "pobj")
                if inner and not (content[0] <= inner[0] <= content[1]):
                    owner, how = inner[0], "by"
    if owner is None and token.dep in ("dobj", "pobj", "attr"):
        verb = token.head
        while tokens[verb].pos == "ADP" and tokens[verb].head != verb:
            verb = tokens[verb].head
        if tokens[verb].pos in ("VERB", "AUX"):
            owner, _ = subject_of(tree, verb)
            how = "subject"
    denying = tree.kids(token.head, "agent") if token.dep == "nsubjpass" and stance is Stance.DENIES else []
    owner = next((p for a in denying for p in tree.kids(a, "pobj")), owner)
    span = trimmed(tree, *content)
    if span is None:
        return
    if owner is not None and content[0] <= owner <= content[1]:
        owner = None
    if kind != "noun-that" and (owner is None or how in ("subject", "compound")):
        return  # "a plan to" is nobody's words; "her plan to" is hers
    yield Frame(
        kind=kind,
        family="noun",
        stance=stance,
        lemma=token.lemma,
        cue=tree.span(n, n),
        verb=n,
        source=source_span(tree, owner, n) if owner is not None else None,
        source_head=owner,
        content=(span,),
        parent=token.head if token.head != n else None,
        features=("owner=" + (how if owner is not None else "none"), "dep=" + token.dep),
    )


def _stance(tree: Tree, n: int, cues: Cues) -> Stance:
    """That of the noun, unless the text calls it wrong, or denied, without saying by whom: "the rumour that ... was denied"."""
    token = tree.tokens[n]
    over = cues.verbs.get(tree.tokens[token.head].lemma) if token.dep == "nsubjpass" else None
    if over is not None and over.stance is Stance.DENIES and not tree.kids(token.head, "neg"):
        return Stance.DENIES
    return Stance.RETRACTS if is_taken_back(tree, n) else cues.nouns[token.lemma]


def _content_of_noun(tree: Tree, n: int, *, undone: bool) -> tuple[tuple[int, int] | None, str]:
    """What the noun's claim, plan or criticism is: a clause, what is to be done, or what it is about."""
    tokens = tree.tokens
    found: tuple[int, int] | None = None
    for c in tree.kids(n, "acl", "ccomp", "relcl"):
        if c > n:
            left, right = tree.extent(c)
            first = tree.low[max(left, n + 1)]
            if first in ("that", "whether") and (undone or tokens[c].dep != "relcl" or first in tree.words(c, "mark")):
                found = (max(left, n + 1), right)
    if found is not None:
        return found, "noun-that"
    for c in tree.kids(n, "acl", "xcomp"):
        left, right = tree.extent(c)
        if c > n and tree.low[max(left, n + 1)] == "to":
            return (max(left, n + 1), right), "noun-to"
    for p in tree.kids(n, "prep"):
        if p > n and tree.low[p] in ("of", "about", "on", "for", "that") and tree.kids(p, "pobj", "pcomp"):
            return (p + 1, tree.extent(p)[1]), "noun-about"
    return None, "none"


def _is_cut(tree: Tree, i: int) -> bool:
    """What stands before "according" ends with its verb: "He was, according to the paper, the last of them"."""
    before = tree.tokens[max(0, i - 2)]
    return i > 1 and tree.tokens[i - 1].text == "," and before.pos in ("AUX", "VERB") and before.tag != "VBN"


def according_frames(tree: Tree, token: Token, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    """`according to X`: the content is the clause it leans on, whatever side."""
    tokens = tree.tokens
    i = token.i
    if i + 1 >= len(tokens) or tree.low[i + 1] != "to":
        return
    inner: list[int] = []
    for p in [i, *tree.kids(i, "prep")]:
        inner += tree.kids(p, "pobj")
    inner += tree.kids(i + 1, "pobj")
    inner = [x for x in inner if x > i]
    if not inner:
        return
    source = inner[0]
    if tokens[source].lemma in cues.never_according:
        return  # "all goes according to plan"
    right = max(tree.extent(source)[1], i + 2)
    last = len(tokens) - 1
    # a comma that ends the phrase: what follows a leading phrase is content
    content: list[tuple[int, int]] = []
    if i <= 1 or tokens[i - 1].text in ("and", "but", "But", "And"):
        stop = right
        content.append((min(stop + 1, last), last))
    else:
        begin = 0
        content.append((begin, i - 1))
        if (
            right + 1 < last
            and tokens[right + 1].text == ","
            and right + 2 <= last
            and (tokens[right + 2].pos not in ("DET", "PROPN", "NOUN") or _is_cut(tree, i))
            and tree.low[right + 2] not in ("who", "which")
        ):
            content.append((right + 2, last))
    spans = tuple(s for a, b in content if (s := trimmed(tree, a, b)))
    if not spans:
        return
    yield Frame(
        kind="according",
        family="according",
        stance=Stance.ASSERTS,
        lemma="according",
        cue=tree.span(i, i + 1),
        verb=i,
        source=source_span(tree, source, i),
        source_head=source,
        content=take_quotes(tree, spans, quotes),
        parent=token.head if token.head != i else None,
        features=("dep=" + token.dep,),
    )
