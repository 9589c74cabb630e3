"""Reporting frames of one sentence, found over the dependency parse: who, by which word, reports what.

Every construction that *can* attribute becomes a candidate; `weighing.py` decides which of them do. Nothing here looks
beyond its sentence: pronouns and quotations of several sentences are the business of `speakers.py` and `attribution.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.core.claims.cues import Cues, CueWord, Stance, load_cues
from app.core.claims.frames_types import Frame
from app.core.claims.patterns import TIMES, colon_frames, head_of, left_phrase, pattern_frames, right_phrase
from app.core.claims.quotes import Quote
from app.core.claims.sentences import ReadSentence
from app.core.language import Token
from app.core.records import Span
from app.core.thresholds import FRAME_REACH

__all__ = ["Frame", "Tree", "frames_of"]


Made = Callable[[str, Sequence[tuple[int, int]]], Iterator[Frame]]


class Tree:
    """A sentence's tokens with their children and the extent of each subtree."""

    def __init__(self, read: ReadSentence) -> None:
        self.read = read
        self.tokens = read.parsed.tokens
        self.children = read.parsed.children()

    def extent(self, i: int, *, without: Sequence[int] = ()) -> Span:
        """First and last token of the subtree of `i` (inclusive), leaving out the subtrees named."""
        left = right = i
        stack = [i]
        while stack:
            j = stack.pop()
            left, right = min(left, j), max(right, j)
            stack.extend(c for c in self.children[j] if c not in without)
        return left, right

    def inside(self, i: int) -> set[int]:
        out, stack = set(), [i]
        while stack:
            j = stack.pop()
            out.add(j)
            stack.extend(self.children[j])
        return out

    def span(self, left: int, right: int) -> Span:
        """Source offsets of tokens left..right (inclusive)."""
        return self.read.start + self.tokens[left].start, self.read.start + self.tokens[right].end

    def kids(self, i: int, *deps: str) -> list[int]:
        return [c for c in self.children[i] if self.tokens[c].dep in deps]


_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_SIDE = ("advcl", "parataxis")


def frames_of(
    read: ReadSentence, quotes: Sequence[Quote], cues: Cues | None = None, following: Span | None = None
) -> list[Frame]:
    """Candidate frames, in order of their cue. `quotes` are those of the source that touch this sentence.

    `following` is the next sentence, or the part of it in quotation marks: what a frame that ends in a colon reports.
    """
    cues = cues or load_cues()
    out = [f for f in pattern_frames(read, quotes, cues) if f.content]
    if following is not None and read.text.rstrip().endswith(":"):
        out.extend(colon_frames(read, following, cues))
    if not read.parsed.has_dependencies:
        return sorted(out, key=lambda f: (f.cue, f.content))
    tree = Tree(read)
    for token in tree.tokens:
        if token.text.lower() == "according":
            out.extend(_according(tree, token, quotes))
        elif token.tag.startswith("VB") or token.pos in ("VERB", "AUX"):
            out.extend(_verb_frames(tree, token, quotes, cues))
        elif token.pos in ("NOUN", "PROPN") and token.lemma in cues.nouns:
            out.extend(_noun_frames(tree, token, cues))
    return sorted(out, key=lambda f: (f.cue, f.content))


# --- who ------------------------------------------------------------------------------------------------------------


def _subject(tree: Tree, v: int, depth: int = 0) -> tuple[int | None, str]:
    """The token that heads the subject of verb `v`, and how it was found."""
    tokens = tree.tokens
    token = tokens[v]
    passive = tree.kids(v, "nsubjpass")
    if passive:
        for agent in tree.kids(v, "agent"):
            for p in tree.kids(agent, "pobj"):
                return p, "agent"
        return None, "passive"
    own = tree.kids(v, "nsubj", "csubj", "expl")
    if own:
        best = [c for c in own if tokens[c].dep == "nsubj"] or own
        return best[-1] if best[-1] < v else best[0], tokens[best[0]].dep
    if depth > 6:
        return None, "none"
    if token.dep == "acl":
        return token.head, "acl"
    if token.dep == "relcl":
        return token.head, "relcl"
    if token.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "parataxis", "dep") and token.head != v:
        head = token.head
        if token.dep == "pcomp":
            while tokens[head].pos == "ADP" and tokens[head].head != head:
                head = tokens[head].head
        if token.dep == "xcomp":
            objects = tree.kids(head, "dobj")
            if objects and tokens[head].lemma not in ("promise", "threaten", "use"):
                return objects[0], "object-control"
        if tokens[head].pos in ("VERB", "AUX") or tokens[head].tag.startswith("VB"):
            head = _reporting_above(tree, v, head)
            found, how = _subject(tree, head, depth + 1)
            if token.dep == "conj" and found is not None and _disagree(tree, v, tokens[found]):
                root = next((t.i for t in tokens if t.head == t.i), head)
                found, how = _subject(tree, root, depth + 1)
            return found, token.dep if how != "passive" else how
        owners = tree.kids(head, "poss")
        if owners:
            return owners[0], "poss"
    return None, "none"


_REPORTING = frozenset(("say", "claim", "show", "call", "judge", "deny", "ask"))


def _reporting_above(tree: Tree, v: int, head: int) -> int:
    """For a trailing participle (", adding that ...") hung inside the reported clause: the verb that reports that clause."""
    tokens = tree.tokens
    verbs = load_cues().verbs
    if tokens[v].tag != "VBG" or v == 0 or tokens[v - 1].text != "," or tokens[v].lemma not in verbs:
        return head
    if verbs[tokens[v].lemma].family not in _REPORTING:
        return head
    top = head
    for _ in range(8):
        up = tokens[top].head
        if up == top:
            break
        top = up
        if tokens[top].lemma in verbs and verbs[tokens[top].lemma].family in _REPORTING and top < v:
            return top
    return head


def _disagree(tree: Tree, v: int, subject: Token) -> bool:
    """A plural pronoun before a singular verb: the parser joined the wrong clauses."""
    finite = next((tree.tokens[c] for c in tree.kids(v, "aux", "auxpass")), tree.tokens[v])
    return subject.text.lower() in ("they", "we", "these", "those") and finite.text.lower() in (
        "has",
        "is",
        "was",
        "does",
    )


def _source_span(tree: Tree, head: int, v: int) -> Span:
    left, right = tree.extent(head)
    if left <= v <= right:  # the verb hangs under its own subject (relative clause, reduced clause, misparse)
        left, right = tree.extent(head, without=_path(tree, v, head))
        if left <= v <= right:
            left = right = head
    tokens = tree.tokens
    while right > left and (tokens[right].pos == "PUNCT" or tokens[right].tag == "POS") and tokens[right].text != ")":
        right -= 1
    if (
        right + 1 < len(tokens)
        and tokens[right + 1].text == ")"
        and any(t.text == "(" for t in tokens[left : right + 1])
    ):
        right += 1
    while left < right and tokens[left].pos in ("PUNCT", "CCONJ"):
        left += 1
    return tree.span(left, right)


def _path(tree: Tree, v: int, top: int) -> list[int]:
    out = []
    while v != top and tree.tokens[v].head != v:
        out.append(v)
        v = tree.tokens[v].head
    return out[-1:]


# --- verbs ----------------------------------------------------------------------------------------------------------


def _verb_frames(tree: Tree, token: Token, quotes: Sequence[Quote], cues: Cues) -> Iterator[Frame]:
    v = token.i
    lemma = token.lemma
    word = cues.verbs.get(lemma)
    if word is None or _is_hypothetical(tree, token):
        return
    clear = _made_clear(tree, v) if lemma == "make" else None
    if lemma == "make" and clear is None:
        return
    tokens = tree.tokens
    head, how = _subject(tree, v)
    if head is not None and (tokens[head].text.lower() in TIMES or tokens[head].dep == "npadvmod"):
        head, how = None, "none"
    if (
        head is None
        and how != "passive"
        and token.tag in ("VBD", "VBZ", "VBP")
        and word.family in ("say", "claim", "think")
    ):
        phrase = left_phrase(tokens, v)
        if phrase is not None:
            head, how = head_of(tokens, *phrase), "left"
    if v > 1 and tokens[v - 1].text in (",", '"') and token.tag in ("VBD", "VBZ") and word.family in ("say", "claim"):
        phrase = right_phrase(tokens, v)
        if phrase is not None and (phrase[1] >= len(tokens) - 2 or tokens[phrase[1] + 1].text in (",", ".", ":")):
            head, how = head_of(tokens, *phrase), "inverted"
    frame_words = _frame_words(tree, v)
    stance = _stance(tree, v, word)

    def made(
        kind: str, content: Sequence[tuple[int, int]], source: int | None = head, extra: Sequence[str] = ()
    ) -> Iterator[Frame]:
        spans = tuple(s for left, right in content if (s := _trimmed(tree, left, right)))
        if not spans:
            return
        spans = _take_quotes(tree, spans, quotes)
        src = _source_span(tree, source, v) if source is not None else None
        yield Frame(
            kind=kind,
            family=word.family,
            stance=stance,
            lemma=lemma,
            cue=_cue_span(tree, v, frame_words),
            verb=v,
            source=src,
            source_head=source,
            content=spans,
            parent=token.head if token.head != v else None,
            features=("subj=" + how, "dep=" + token.dep, *extra),
        )

    clause = [c for c in tree.kids(v, "ccomp") if c not in frame_words]
    before = [c for c in clause if c < v and (head is None or c < head or head < v)]
    after = [c for c in clause if c > v]
    region = _before(tree, v, head, before, inverted=how == "inverted")
    if region is not None and _reports(word):
        rest = _rest_after(tree, v, head, frame_words)
        source = head
        if head is None and word.family in ("say", "claim"):
            source = _inverted(tree, v)
        yield from made("before", [region, *([rest] if rest else [])], source, ("medial",) if rest else ())
    if clear is not None:
        yield from made("clause", [(clear + 1, _cut_side(tree, clear, len(tokens) - 1, cues))], head, ("made-clear",))
        return
    for c in after:
        left, right = tree.extent(c)
        left = max(left, v + 1)
        subjects = tree.kids(c, *_SUBJECTS)
        right = _cut_side(tree, c, right, cues)
        for m in range(left + 1, min(left + 5, c)):
            if tokens[m].text.lower() == "that" and tokens[left].tag in ("NNP", "CD", "NN", "IN"):
                left = m
                break
        kind = "clause"
        first = tokens[left].text.lower()
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
        right = _cut_side(tree, c, right, cues)
        left = max(left, v + 1)
        to = tokens[left].text.lower() == "to"
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
    if word.family == "call" and (predicates or objects):
        items = [
            *(c for c in tree.kids(v, "dobj", "oprd", "attr", "ccomp", "xcomp", "dative", "npadvmod") if c > v),
            *(p for p in tree.kids(v, "prep") if p > v and tokens[p].text.lower() in ("as", "to", "with")),
        ]
        left = min(tree.extent(i)[0] for i in items)
        right = max(tree.extent(i)[1] for i in items)
        yield from made("predicate", [(max(left, v + 1), _cut_side(tree, v, right, cues))])
    elif (
        objects
        and "object" in word.takes
        and lemma not in cues.bare_object_never
        and how != "inverted"
        and not tree.kids(v, "xcomp")
        and not after
    ):
        left, right = tree.extent(objects[0])
        right = max(
            right,
            *(
                tree.extent(p)[1]
                for p in tree.kids(v, "prep")
                if p > v and tokens[p].text.lower() in ("for", "as", "of")
            ),
            0,
        )
        if "as" in word.prepositions and right + 1 < len(tokens) and tokens[right + 1].text.lower() == "as":
            right = _end_of_as(tokens, right + 1)
        yield from made("object", [(max(left, v + 1), right)], head, _object_features(tree, objects[0]))
    for p in tree.kids(v, "prep"):
        if p < v or after:
            continue
        preposition = tokens[p].text.lower()
        if preposition in word.prepositions:
            inner = tree.kids(p, "pobj", "pcomp", "prep")
            if not inner:
                continue
            left, right = tree.extent(p)
            left = tree.extent(inner[0])[0]
            yield from made("about", [(max(left, p + 1), right)], head, ("prep=" + preposition,))
    if not after and not objects and region is None:
        yield from _quoted_after(tree, v, quotes, made)


def _end_of_as(tokens: Sequence[Token], i: int) -> int:
    """The end of what a verb takes something "as": before a further finite verb joined by "and", else the clause's end."""
    for j in range(i + 1, len(tokens) - 1):
        if tokens[j].text in (";", ":", "—") or (
            tokens[j].text == "," and tokens[j + 1].text.lower() in ("but", "and", "while", "saying")
        ):
            return j - 1
        if tokens[j].text.lower() in ("and", "but") and tokens[j + 1].tag in ("VBZ", "VBD", "VBP", "MD"):
            return j - 1
    return len(tokens) - 1


def _object_features(tree: Tree, o: int) -> tuple[str, ...]:
    token = tree.tokens[o]
    return ("object=" + ("PRON" if token.pos == "PRON" else token.pos),)


def _made_clear(tree: Tree, v: int) -> int | None:
    """The adjective of "made (it) clear", when a clause follows it."""
    for i in range(v + 1, min(v + 5, len(tree.tokens) - 3)):
        if tree.tokens[i].text.lower() in ("clear", "plain"):
            return i
    return None


def _is_hypothetical(tree: Tree, token: Token) -> bool:
    """No one has said anything yet: "unless one tells the other", "things to know about"."""
    if token.tag == "VB" and token.dep in ("acl", "relcl"):
        return True
    return any(tree.tokens[m].text.lower() in ("if", "unless") for m in tree.kids(token.i, "mark"))


def _quoted_after(tree: Tree, v: int, quotes: Sequence[Quote], made: Made) -> Iterator[Frame]:
    for q in quotes:
        inside = [t.i for t in tree.tokens if q.start <= tree.read.start + t.start < q.end]
        if inside and v < inside[0] and inside[0] - v <= FRAME_REACH:
            yield from made("quoted-after", [(inside[0], inside[-1])])
            return


def _reports(word: CueWord) -> bool:
    return "quote" in word.takes or "clause" in word.takes


def _frame_words(tree: Tree, v: int) -> set[int]:
    """The verb with its auxiliaries, adverbs, negation: not content."""
    out = {v}
    for c in tree.kids(v, "aux", "auxpass", "neg", "advmod", "prt"):
        out |= tree.inside(c)
    return out


def _cue_span(tree: Tree, v: int, words: set[int]) -> Span:
    left = right = v
    while left - 1 in words and tree.tokens[left - 1].dep in ("aux", "auxpass", "neg", "advmod"):
        left -= 1
    while right + 1 in words and tree.tokens[right + 1].dep in ("prt", "neg"):
        right += 1
    while left < v and tree.tokens[left].pos not in ("AUX", "PART", "ADV"):
        left += 1
    return tree.span(left, right)


def _stance(tree: Tree, v: int, word: CueWord) -> Stance:
    negated = bool(tree.kids(v, "neg"))
    if negated and word.stance == "asserts":
        return (
            "declines"
            if word.lemma in ("say", "comment", "respond", "reply", "answer", "confirm", "address")
            else "denies"
        )
    return word.stance


def _before(tree: Tree, v: int, head: int | None, before: list[int], *, inverted: bool) -> Span | None:
    """Tokens of the reported words that stand before a frame ("..., she said", "..., said the aide")."""
    tokens = tree.tokens
    if inverted:
        return 0, v - 1
    frame_left = min([v, *([tree.extent(head)[0]] if head is not None and head < v and tokens[head].head == v else [])])
    if before:
        left, right = tree.extent(before[0])
        left = min(left, before[0])
        right = min(right, frame_left - 1)
        # what precedes the clause up to the sentence's start belongs to it when the frame is the root
        if tokens[v].dep in ("ROOT", "ccomp") and (tokens[v].head == v or tokens[v].head == before[0]):
            left = 0
        return (left, right) if right >= left else None
    if tokens[v].dep == "parataxis" or (
        tokens[v].dep in ("ccomp", "advcl", "conj", "dep")
        and frame_left > 0
        and tokens[frame_left - 1].text in (",", '"', "?", "!", "—", "'")
    ):
        head_verb = tokens[v].head
        if (
            head_verb < v
            and frame_left > 0
            and tokens[frame_left - 1].text in (",", '"', "?", "!", "—", "'")
            and not any(c > v for c in tree.kids(v, "ccomp", "xcomp", "dobj"))
        ):
            left = tree.extent(head_verb, without=[v])[0]
            return left, frame_left - 1
        if head_verb > v and tokens[v].dep == "parataxis" and frame_left > 0:
            return tree.extent(head_verb)[0], frame_left - 1
    if frame_left > 0 and tokens[frame_left - 1].text == '"' and not any(c > v for c in tree.kids(v, "ccomp")):
        return 0, frame_left - 1
    return None


def _rest_after(tree: Tree, v: int, head: int | None, words: set[int]) -> Span | None:
    """Tokens after a frame that stands in the middle of what it reports."""
    tokens = tree.tokens
    end = max(words)
    if head is not None and head > v:
        end = max(end, tree.extent(head)[1])
    for c in tree.kids(v, "npadvmod", "prep", "dative", "dobj"):
        if c > v and c - end < FRAME_REACH:
            end = max(end, tree.extent(c)[1])
    k = end + 1
    n = len(tokens)
    if k < n and tokens[k].text == ",":
        j = k + 1
        if j < n and tokens[j].text == '"':
            return j, n - 1
        if (
            j < n - 1
            and tokens[j].tag != "VBG"
            and tokens[j].text[0].islower()
            and tokens[j].text
            not in ("who", "which", "and", "but", "a", "an", "the", "citing", "as", "while", "according")
        ):
            return j, n - 1
    return None


def _inverted(tree: Tree, v: int) -> int | None:
    """The subject that the parser took for an object: `"...", added the analyst`."""
    for c in tree.kids(v, "dobj", "npadvmod", "attr", "oprd", "ccomp"):
        if c > v and tree.tokens[c].pos in ("NOUN", "PROPN", "PRON"):
            return c
    return None


def _cut_side(tree: Tree, c: int, right: int, cues: Cues) -> int:
    """End the content before a trailing participle that reports on ("..., adding that ...") or a second frame."""
    tokens = tree.tokens
    for i in range(c + 1, right + 1):
        if (
            tokens[i].tag == "VBG"
            and tokens[i].dep in _SIDE
            and i > 0
            and tokens[i - 1].text == ","
            and tokens[i].lemma in cues.verbs
            and cues.verbs[tokens[i].lemma].family in ("say", "claim", "call", "show", "judge")
        ):
            return i - 2
        if tokens[i].text.lower() == "according" and tokens[i - 1].text == ",":
            return i - 2
    return right


def _trimmed(tree: Tree, left: int, right: int) -> Span | None:
    tokens = tree.tokens
    while right >= left and (tokens[right].text in (",", ";", ":", "—", "-", ".") or not tokens[right].text.strip()):
        right -= 1
    while left <= right and (tokens[left].text in (",", ";", ":", "—", "-") or not tokens[left].text.strip()):
        left += 1
    if right < left:
        return None
    return tree.span(left, right)


def _take_quotes(tree: Tree, spans: tuple[Span, ...], quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """A quotation that the content cuts into is taken whole (within this sentence)."""
    start, end = tree.read.start, tree.read.end
    out = []
    for left, right in spans:
        s, e = left, right
        for q in quotes:
            qs, qe = max(q.start, start), min(q.end, end)
            if qs < e and s < qe:
                if qs < s and s - qs <= 2:
                    s = qs
                if e < qe and (qe - e <= 2 or s <= qs):
                    e = qe
        out.append((s, e))
    return tuple(out)


# --- nouns and phrases ----------------------------------------------------------------------------------------------


def _noun_frames(tree: Tree, token: Token, cues: Cues) -> Iterator[Frame]:
    n = token.i
    tokens = tree.tokens
    owner: int | None = None
    for p in tree.kids(n, "poss"):
        owner = p
    how = "poss"
    content: tuple[int, int] | None = None
    for c in tree.kids(n, "acl", "ccomp", "relcl"):
        if c > n:
            left, right = tree.extent(c)
            first = tokens[max(left, n + 1)].text.lower()
            if first in ("that", "whether") and tokens[c].dep != "relcl":
                content = (max(left, n + 1), right)
    prepositions = [p for p in tree.kids(n, "prep") if p > n]
    if content is None:
        return
    if owner is None and tokens[n].tag == "NNS":
        for p in tree.kids(n, "compound", "nmod", "nsubj"):
            if p == n - 1:
                owner, how = p, "compound"
    if owner is None:
        for p in prepositions:
            if tokens[p].text.lower() in ("by", "from", "among"):
                inner = tree.kids(p, "pobj")
                if inner and not (content[0] <= inner[0] <= content[1]):
                    owner, how = inner[0], "by"
    if owner is None and token.dep in ("dobj", "pobj", "attr"):
        verb = token.head
        while tokens[verb].pos == "ADP" and tokens[verb].head != verb:
            verb = tokens[verb].head
        if tokens[verb].pos in ("VERB", "AUX"):
            owner, _ = _subject(tree, verb)
            how = "subject"
    span = _trimmed(tree, *content)
    if span is None:
        return
    if owner is not None and content[0] <= owner <= content[1]:
        owner = None
    yield Frame(
        kind="noun-that",
        family="noun",
        stance=cues.nouns[token.lemma],
        lemma=token.lemma,
        cue=tree.span(n, n),
        verb=n,
        source=_source_span(tree, owner, n) if owner is not None else None,
        source_head=owner,
        content=(span,),
        parent=token.head if token.head != n else None,
        features=("owner=" + (how if owner is not None else "none"), "dep=" + token.dep),
    )


def _according(tree: Tree, token: Token, quotes: Sequence[Quote]) -> Iterator[Frame]:
    """`according to X`: the content is the clause it leans on, whatever side."""
    tokens = tree.tokens
    i = token.i
    if i + 1 >= len(tokens) or tokens[i + 1].text.lower() != "to":
        return
    inner: list[int] = []
    for p in [i, *tree.kids(i, "prep")]:
        inner += tree.kids(p, "pobj")
    inner += tree.kids(i + 1, "pobj")
    inner = [x for x in inner if x > i]
    if not inner:
        return
    source = inner[0]
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
            and tokens[right + 2].pos not in ("DET", "PROPN", "NOUN")
            and tokens[right + 2].text.lower() not in ("who", "which")
        ):
            content.append((right + 2, last))
    spans = tuple(s for a, b in content if (s := _trimmed(tree, a, b)))
    if not spans:
        return
    yield Frame(
        kind="according",
        family="according",
        stance="asserts",
        lemma="according",
        cue=tree.span(i, i + 1),
        verb=i,
        source=_source_span(tree, source, i),
        source_head=source,
        content=_take_quotes(tree, spans, quotes),
        parent=token.head if token.head != i else None,
        features=("dep=" + token.dep,),
    )
