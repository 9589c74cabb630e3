"""Frames of a verb: "she said that", "he denied", "it was reported"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.core.claims.cues import Cues, CueWord
from app.core.claims.frames.contents import content_before, cut_side, rest_after, take_quotes, trimmed
from app.core.claims.frames.cue_words import (
    cue_span,
    cue_stance,
    end_of_as,
    inverted_subject,
    is_hypothetical,
    is_reporting,
    made_clear,
    object_features,
    words_of_frame,
)
from app.core.claims.frames.subjects import SUBJECTS, source_span, subject_of
from app.core.claims.frames_types import Frame
from app.core.claims.patterns import TIMES, head_of, left_phrase, right_phrase
from app.core.claims.tree import Tree
from app.core.language import Token
from app.core.lexicon.actions import action_classes, action_lookup
from app.core.lexicon.load import word_set
from app.core.records import Stance
from app.core.text import Quote
from app.core.thresholds import FRAME_REACH

__all__ = ["verb_frames"]

_WHILE = frozenset("as while after before since because until though although".split())
_TOLD_TO = frozenset("tell inform assure remind".split())
"""Verbs that name the hearer right behind them: what follows is no subject."""


Made = Callable[[str, Sequence[tuple[int, int]]], Iterator[Frame]]
# --- verbs ----------------------------------------------------------------------------------------------------------


def verb_frames(tree: Tree, token: Token, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    v = token.i
    lemma = token.lemma
    word = cues.verbs.get(lemma)
    if word is None or is_hypothetical(tree, token) or _keeps_from(tree, v, word):
        return
    if any(tree.low[p] in cues.never_particles.get(lemma, ()) for p in tree.kids(v, "prt")):
        return  # "swore off break-ins"
    clear = made_clear(tree, v) if lemma == "make" else None
    if lemma == "make" and clear is None:
        return
    tokens = tree.tokens
    head, how = subject_of(tree, v)
    reduced = _is_reduced_passive(tokens, v, word)
    if reduced or _is_done_to_its_subject(tree, v, word):
        head, how = None, "passive"
    stretch: tuple[int, int] | None = None  # the source's words, where word order and not the parse gives them
    if head is not None and (tree.low[head] in TIMES or tokens[head].dep == "npadvmod"):
        head, how = None, "none"
    if (
        head is None
        and how != "passive"
        and token.tag in ("VBD", "VBZ", "VBP")
        and word.family in ("say", "claim", "think")
    ):
        stretch = left_phrase(tokens, v)
        if stretch is not None:
            head, how = head_of(tokens, *stretch), "left"
    if _may_be_inverted(tree, v, head, how, quotes) and word.family in ("say", "claim"):
        phrase = right_phrase(tokens, v)
        if phrase is not None and (phrase[1] >= len(tokens) - 2 or tokens[phrase[1] + 1].text in (",", ".", ":")):
            head, how = head_of(tokens, *phrase), "inverted"
    frame_words = words_of_frame(tree, v)
    stance = cue_stance(tree, v, word)

    def made(
        kind: str, content: Sequence[tuple[int, int]], source: int | None = head, extra: Sequence[str] = ()
    ) -> Iterator[Frame]:
        spans = tuple(s for left, right in content if (s := trimmed(tree, left, right)))
        if not spans:
            return
        spans = take_quotes(tree, spans, quotes)
        src = source_span(tree, source, v) if source is not None else None
        if stretch is not None and how == "left" and source == head:
            src = tree.span(*stretch)
        yield Frame(
            kind=kind,
            family=word.family,
            stance=stance,
            lemma=lemma,
            cue=cue_span(tree, v, frame_words),
            verb=v,
            source=src,
            source_head=source,
            content=spans,
            parent=token.head if token.head != v else None,
            features=("subj=" + how, "dep=" + token.dep, *extra),
        )

    clause = [c for c in tree.kids(v, "ccomp") if c not in frame_words and not reduced]
    before = [c for c in clause if c < v and (head is None or c < head or head < v)]
    after = [c for c in clause if c > v]
    region = content_before(tree, v, head, before, inverted=how == "inverted")
    if region is not None and is_reporting(word):
        rest = rest_after(tree, v, head, frame_words)
        source = head
        if head is None and word.family in ("say", "claim"):
            source = inverted_subject(tree, v)
        yield from made("before", [region, *([rest] if rest else [])], source, ("medial",) if rest else ())
    if clear is not None:
        yield from made("clause", [(clear + 1, cut_side(tree, clear, len(tokens) - 1, cues))], head, ("made-clear",))
        return
    broken = _broken_clause(tree, v, after)
    if broken is not None:
        yield from made("clause", [(broken[0], cut_side(tree, broken[1], broken[2], cues))], head)
        return
    for c in after:
        if any(tree.low[m] in _WHILE for m in tree.kids(c, "mark")):
            continue  # "she said as he left"
        if word.family == "show" and tokens[c].pos == "ADJ" and not tree.kids(c, *SUBJECTS):
            continue  # "found guilty", "proved right": a state that somebody is in
        left, right = tree.extent(c)
        left = max(left, v + 1)
        subjects = tree.kids(c, *SUBJECTS)
        right = cut_side(tree, c, right, cues)
        for m in range(left + 1, min(left + 5, c)):
            if tree.low[m] == "that" and tokens[left].tag in ("NNP", "CD", "NN", "IN"):
                left = m
                break
        kind = "clause"
        first = tree.low[left]
        if first in ("whether", "what", "how", "why", "if", "who", "when", "where", "which"):
            kind = "wh"
        elif not subjects and tokens[c].tag in ("VB", "VBG"):
            kind = "infinitive" if tokens[c].tag == "VB" else "predicate"
        elif word.family == "call":
            kind = "predicate"
        yield from made(kind, [(left, right)], head, ("that",) if first == "that" else ())
    for c in tree.kids(v, "xcomp"):
        if c < v:
            continue
        left, right = tree.extent(c)
        right = cut_side(tree, c, right, cues)
        left = max(left, v + 1)
        to = tree.low[left] == "to"
        objects = [o for o in tree.kids(v, "dobj", "dative") if v < o < left]
        if to and ("object-infinitive" if objects else "infinitive") not in word.takes:
            continue
        if objects and to:
            wide = word.family != "say"
            yield from made("object-infinitive", [(tree.extent(objects[0])[0] if wide else left, right)])
        else:
            yield from made("infinitive" if to else "complement", [(left, right)])
    objects = [o for o in tree.kids(v, "dobj", "oprd", "attr") if o > v]
    predicates = [o for o in tree.kids(v, "oprd") if o > v]
    if word.family == "call" and (predicates or (objects and (lemma != "call" or _is_named_so(tree, v, quotes)))):
        items = [
            *(c for c in tree.kids(v, "dobj", "oprd", "attr", "ccomp", "xcomp", "dative", "npadvmod") if c > v),
            *(p for p in tree.kids(v, "prep") if p > v and tree.low[p] in ("as", "to", "with")),
        ]
        left = min(tree.extent(i)[0] for i in items)
        right = max(tree.extent(i)[1] for i in items)
        yield from made("predicate", [(max(left, v + 1), cut_side(tree, v, right, cues))])
    elif (
        objects
        and "object" in word.takes
        and _may_be_said(tree, lemma, objects[0], quotes, cues)
        and how != "inverted"
        and not tree.kids(v, "xcomp")
        and not after
    ):
        left, right = tree.extent(objects[0])
        right = max(
            right,
            *(tree.extent(p)[1] for p in tree.kids(v, "prep") if p > v and tree.low[p] in ("for", "as", "of")),
            0,
        )
        if "as" in word.prepositions and right + 1 < len(tokens) and tree.low[right + 1] == "as":
            right = end_of_as(tokens, right + 1)
        yield from made("object", [(max(left, v + 1), right)], head, object_features(tree, objects[0]))
    passive = tree.kids(v, "nsubjpass")
    if word.stance is Stance.DENIES and _denied_by(tree, v) is not None and token.head < v:
        yield from made("passive", [(tree.extent(token.head)[0], v - 1)], _denied_by(tree, v))
    elif passive and how == "agent" and "object" in word.takes and lemma not in ("know", "voice"):
        yield from made("passive", [tree.extent(passive[0])])
    for p in tree.kids(v, "prep"):
        if p < v or after:
            continue
        preposition = tree.low[p]
        if preposition in word.prepositions:
            inner = tree.kids(p, "pobj", "pcomp", "prep")
            if not inner or (lemma == "call" and objects):
                continue  # "called police to her flat for the smell"
            left, right = tree.extent(p)
            left = tree.extent(inner[0])[0]
            yield from made("about", [(max(left, p + 1), right)], head, ("prep=" + preposition,))
    if not after and not objects and region is None:
        yield from _quoted_after(tree, v, quotes, made)


def _is_named_so(tree: Tree, v: int, quotes: Sequence[Quote]) -> bool:
    """`called it a mistake`, where the parser sees one phrase; not `called the police`."""
    objects = [o for o in tree.kids(v, "dobj") if o > v]
    if len(objects) != 1 or tree.kids(v, "ccomp", "xcomp", "attr", "acl", "advcl"):
        return True
    start, end = tree.span(*tree.extent(objects[0]))
    return any(start <= q.start and q.end <= end + 1 for q in quotes)


def _denied_by(tree: Tree, v: int) -> int | None:
    """Who denies, in "the charges, denied by Lowe, were dropped" and "which is denied by Lowe"."""
    token = tree.tokens[v]
    described = (token.dep == "acl" and token.tag == "VBN") or (token.dep == "relcl" and tree.kids(v, "nsubjpass"))
    agents = (p for a in tree.kids(v, "agent") for p in tree.kids(a, "pobj"))
    return next(agents, None) if described else None


def _keeps_from(tree: Tree, v: int, word: CueWord) -> bool:
    """`was denied bail`, `denied her entry`: what is refused to somebody, and nothing that is said."""
    gets = tree.kids(v, "nsubjpass", "dative")
    return word.lemma == "deny" and bool(gets) and bool(tree.kids(v, "dobj", "oprd"))


_BELIEVED = word_set("closed", "verbs_believed")


def _is_reduced_passive(tokens: Sequence[Token], v: int, word: CueWord) -> bool:
    """`a revolver believed to be the weapon`: nobody is named who believes, whatever the parser takes the noun for."""
    return (
        word.lemma in _BELIEVED
        and tokens[v].tag in ("VBD", "VBN")
        and v + 2 < len(tokens)
        and tokens[v + 1].text.lower() == "to"
        and tokens[v + 2].text.lower() in ("be", "have")
    )


_OF_WHOM = frozenset("accuse suspect convict remind inform assure".split())
_ALONE = frozenset("approve disapprove".split())


def _is_done_to_its_subject(tree: Tree, v: int, word: CueWord) -> bool:
    """`Mayor accused of theft`, `Coach criticised for his remarks`: what needs an object and has none is a headline's passive."""
    if tree.tokens[v].tag not in ("VBD", "VBN") or tree.kids(v, "dobj", "ccomp", "xcomp", "aux", "auxpass"):
        return False
    opens = {tree.low[p] for p in tree.kids(v, "prep") if p == v + 1}
    judged = word.family == "judge" and word.lemma not in _ALONE and bool(opens & {"of", "for"})
    return judged or (word.lemma in _OF_WHOM and "of" in opens)


def _broken_clause(tree: Tree, v: int, after: Sequence[int]) -> tuple[int, int, int] | None:
    """One clause that the parser took for two beside each other: where it begins, its later verb, where it ends.

    "some fear | the clause meant to protect speech | is being used": the second has no subject of its own.
    """
    if len(after) != 2:
        return None
    first, second = sorted(after)
    (left, middle), (start, right) = tree.extent(first), tree.extent(second)
    subjects = tree.kids(second, *SUBJECTS)
    bare = not subjects or tree.tokens[subjects[0]].tag == "WDT"
    if not bare or not 0 <= start - middle - 1 <= 1 or tree.kids(second, "cc") or left <= v:
        return None
    return left, second, right


def _may_be_said(tree: Tree, lemma: str, o: int, quotes: Sequence[Quote], cues: Cues) -> bool:
    """Whether the plain object of a verb can be something said: a patch that is issued is not, nor are lives that a storm claims."""
    if lemma in cues.bare_object_never or _makes_a_deed(lemma, tree.tokens[o].lemma):
        return False
    if lemma not in cues.deeds or tree.tokens[o].lemma not in cues.things:
        return True
    start, end = tree.span(*tree.extent(o))
    return any(start <= q.start and q.end <= end + 1 for q in quotes)


_DEEDS = frozenset({"force", "sport", "disaster", "life", "health"})
"""Domains of the action lexicon in which nobody says anything by what he does."""


def _makes_a_deed(lemma: str, object_: str) -> bool:
    """Whether verb and object together name an act in which nothing is said: "claimed victory", "claimed ten lives"."""
    phrases = action_lookup().frames.get(lemma, ())
    return any(object_ in objects and action_classes()[cls].domain in _DEEDS for objects, cls in phrases)


def _may_be_inverted(tree: Tree, v: int, head: int | None, how: str, quotes: Sequence[Quote]) -> bool:
    """Behind a comma or a mark the subject may follow the verb, unless one stands before it outside quotation marks."""
    tokens = tree.tokens
    if v < 2 or tokens[v - 1].text not in (",", '"') or tokens[v].tag not in ("VBD", "VBZ"):
        return False
    if head is None or how != "nsubj" or head > v:
        return tokens[v].lemma not in _TOLD_TO
    at = tree.start + tokens[head].start
    return any(q.start <= at < q.end for q in quotes) or tokens[v].lemma not in _TOLD_TO


def _quoted_after(tree: Tree, v: int, quotes: Sequence[Quote], made: Made) -> Iterator[Frame]:
    for q in quotes:
        inside = [t.i for t in tree.tokens if q.start <= tree.start + t.start < q.end]
        if inside and v < inside[0] and inside[0] - v <= FRAME_REACH:
            yield from made("quoted-after", [(inside[0], inside[-1])])
            return
