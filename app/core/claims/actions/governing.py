"""How the word above an act changes it: planned, refused, wanted, carried."""

from __future__ import annotations

from typing import NamedTuple

from app.core.claims.actions.operators import operators
from app.core.claims.tree import FINITE, Tree
from app.core.records import Modality

__all__ = ["Step", "is_kept", "leaves_open", "negated", "step_of"]


_COMPLEMENTS = frozenset(
    "xcomp ccomp pcomp acl dobj pobj nsubjpass nsubj attr acomp prep oprd conj advcl dative relcl amod csubj".split()
)
_GOVERNING = ("of", "to", "for", "on", "from", "in", "at", "about", "with", "against", "over")


class Step(NamedTuple):
    """What a head makes of what hangs on it: it turns it, adds a modality, and its own "not" `carries` over."""

    turns: bool
    modality: Modality = Modality.FACT
    carries: bool = True


_KEPT = Step(turns=False)


def negated(tree: Tree, i: int, below: int | None = None) -> bool:
    """Whether the words that hang on a token deny it, an even number of times being none.

    The "no" of the subject or object from which one came (`below`) was counted there.
    """
    ops, tokens, low = operators(), tree.tokens, tree.low
    out = _falls_short(tree, i)
    for c in tree.children[i]:
        word, dep = low[c], tokens[c].dep
        if word == "longer" and c and low[c - 1] == "no":
            out = not out
        elif dep == "neg" or (dep in {"advmod", "preconj", "cc"} and word in ops.negative_adverbs and word != "nor"):
            # "not only ... but also" denies nothing; "no later than" neither
            out ^= not (
                word == "not" and low[c + 1 : c + 2] and low[c + 1] in {"only", "just", "least", "surprisingly"}
            )
        elif dep in {"det", "advmod"} and word in ops.negative_determiners and tokens[i].pos in {"NOUN", "PROPN"}:
            out = not out
        elif c != below and dep in {"nsubj", "nsubjpass", "dobj"} and tree.is_verbal(i):
            short = low[c + 1 : c + 2] and low[c + 1] in {"short", "but", "less"}
            out ^= (word in ops.negative_nobody and not short) or _is_no(tree, c)
        elif dep == "prep":
            out ^= any(tree.form(k) in ops.negative_manners and _is_no(tree, k) for k in tree.kids(c, "pobj"))
    return out ^ any(low[c] == "nor" and c < i for c in tree.kids(i, "cc", "preconj"))


def _is_no(tree: Tree, noun: int) -> bool:
    return bool(tree.words(noun, "det", "neg", "preconj") & operators().negative_determiners)


def _falls_short(tree: Tree, i: int) -> bool:
    """Behind "far from", "anything but", "less than", an adverb or an article apart."""
    first = i
    while first > 1 and tree.tokens[first - 1].pos in {"ADV", "DET"} and tree.tokens[first - 1].head == i:
        first -= 1
    return (
        first > 1
        and tree.tokens[i].pos in {"ADJ", "NOUN"}
        and "_".join(tree.low[first - 2 : first]) in operators().negative_short_of
    )


def step_of(tree: Tree, at: int) -> Step | None:
    """Going from `at` to its head: what the head makes of it; None when the head does not govern it."""
    tokens = tree.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    if token.dep not in _COMPLEMENTS:
        return None
    if token.dep == "conj":
        return _beside(tree, at)
    if token.dep == "advcl":
        return _wanted(tree, at) if head.pos == "VERB" and "to" in tree.words(at, "mark", "aux") else None
    if head.dep == "prep" or head.pos == "ADP":
        return _behind_preposition(tree, at)
    if token.dep == "prep":
        return _effect(tree, head.i) if head.pos in {"VERB", "NOUN", "ADJ"} else None
    if head.pos in {"NOUN", "PROPN"}:
        return _under_noun(tree, at)
    return _under_verb(tree, at) if head.pos in {"VERB", "AUX", "ADJ"} else None


def _wanted(tree: Tree, at: int) -> Step | None:
    """An infinitive set beside who wants it of whom: "called for Tokyo to cancel", "pushed the bank to cut"."""
    ops, head = operators(), tree.tokens[at].head
    if tree.form(head) in ops.carriers_calls and "for" in tree.low[head:at]:
        return Step(turns=False, modality=Modality.ASKED)
    asked = any(head < k < at for k in tree.kids(head, "dobj", "dative"))
    return _effect(tree, head) if asked and tree.form(head) in ops.asks_whom else None


def _beside(tree: Tree, at: int) -> Step | None:
    """From a second member to the first, whose governors hold for both; its own "not" only in "not A or B"."""
    token, head = tree.tokens[at], tree.tokens[tree.tokens[at].head]
    if head.pos in {"NOUN", "ADJ"}:
        # what stands over A in "not A but B" says nothing of B
        turned = "but" in {tree.low[c] for c in tree.kids(head.i, "cc") if c < at}
        return _KEPT if not turned and token.pos in {"NOUN", "ADJ"} else None
    if tree.form(head.i) in operators().predicates_copulas and token.pos in {"NOUN", "ADJ"}:
        return None if "but" in tree.words(head.i, "cc") else _KEPT  # "is not dry, but deep"
    own_subject = tree.kids(at, "nsubj", "nsubjpass")
    if own_subject or not tree.is_verbal(head.i) or not tree.is_verbal(at):
        return None
    if token.tag in {"VBD", "VBZ", "VBP"} and token.tag != head.tag:
        return None  # "would protest and urged": the second has its own tense
    return Step(turns=False, carries=bool(tree.words(head.i, "cc") & {"or", "nor"}))


def _behind_preposition(tree: Tree, at: int) -> Step | None:
    ops, dep = operators(), tree.tokens[at].dep
    p = tree.tokens[at].head
    word, over, before = tree.low[p], tree.tokens[p].head, tree.low[p - 1] if p else ""
    if word in {"without", "despite"} and dep in {"pcomp", "pobj"}:
        return Step(turns=word == "without") if dep == "pcomp" or word == "without" else None
    if (word, before) in {("of", "instead"), ("than", "rather")}:
        return Step(turns=True)
    if word not in _GOVERNING or not _governs(tree, over):
        return None
    kept_from = word == "from" and tree.tokens[over].pos == "VERB" and tree.form(over) not in ops.negative_verbs
    return Step(turns=kept_from and tree.form(over) in {"keep", "dissuade", "deter", "discourage"})


def _under_noun(tree: Tree, at: int) -> Step | None:
    """Of what a noun carries or names: "the decision to end", "allegations that he took it", "no evidence that he did"."""
    ops, token = operators(), tree.tokens[at]
    noun = token.head
    lemma = tree.form(noun)
    that = "that" in tree.words(at, "mark")
    if token.dep not in {"acl", "ccomp", "xcomp", "pcomp", "relcl"} or (token.dep == "relcl" and not that):
        return None
    if that and tree.tokens[noun].dep == "attr" and lemma in ops.truth_false | ops.truth_true:
        return _held(tree, tree.tokens[noun].head, noun)
    if that and lemma in ops.truth_evidence:
        over = tree.tokens[noun].head
        open_ = negated(tree, noun) or (tree.is_verbal(over) and negated(tree, over))
        return Step(turns=False, modality=Modality.POSSIBLE, carries=False) if open_ else None
    infinitive = "to" in tree.words(at, "aux")
    modality = ops.modal.get(("nouns", lemma))
    if (
        infinitive
        and tree.tokens[noun].dep in {"dobj", "nsubjpass"}
        and tree.form(tree.tokens[noun].head) in ops.asks_whom
    ):
        return Step(turns=False, carries=False)  # "warned the witness not to lie"
    if modality is None and lemma not in ops.carriers_nouns | ops.negative_nouns:
        return None
    if (
        not (that and (modality or lemma in ops.negative_nouns))
        and token.dep in {"acl", "relcl"}
        and token.tag not in {"VBG", "VB"}
        and not infinitive
    ):
        return None
    return Step(turns=lemma in ops.negative_nouns, modality=modality or Modality.FACT)


def _under_verb(tree: Tree, at: int) -> Step | None:
    ops, tokens = operators(), tree.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    dep, lemma, phrasal = token.dep, tree.form(head.i), _with_particles(tree, head.i)
    if dep == "nsubj":
        # "the extension was postponed" is nsubjpass; "an extension is unlikely", "the talks failed", "no decision came"
        if token.pos not in {"NOUN", "VERB"}:
            return None
        adjectives = [tree.form(c) for c in tree.kids(head.i, "acomp")]
        if ops.negative_adjectives.intersection(adjectives):
            return Step(turns=True, modality=Modality.FUTURE)
        likely = ops.modality("adjectives", *adjectives) if head.pos == "AUX" else None
        # "the talks will take place"; but "the decision won't impact trade" does not deny the decision
        return (
            Step(turns=False, modality=likely or Modality.FACT)
            if head.pos == "AUX" or lemma in ops.carriers_happens
            else None
        )
    if dep in {"dobj", "nsubjpass", "attr", "dative", "oprd"} and token.pos == "NOUN":
        if phrasal & (ops.negative_verbs - ops.negative_to_do):
            return Step(turns=True, modality=ops.modality("verbs", *sorted(phrasal)) or Modality.FACT)
        if lemma == "call":
            return None  # "called the move a mistake"
        if lemma in ops.carriers_light | ops.carriers_happens | ops.predicates_copulas or head.pos == "AUX":
            return _KEPT
        wanted = ops.modality("verbs", lemma)
        return Step(turns=False, modality=wanted) if wanted else None
    if lemma == "have" and "yet" in {tree.low[c] for c in tree.children[head.i]}:
        return Step(turns=True)  # "has yet to announce"
    if dep in {"acomp", "attr", "oprd"} or (token.pos == "ADJ" and lemma in ops.predicates_copulas):
        return _KEPT if lemma in ops.predicates_copulas or head.pos == "AUX" else _effect(tree, head.i)
    if dep in {"ccomp", "csubj"} and lemma in ops.predicates_copulas:
        return _held(tree, head.i, *tree.kids(head.i, "acomp", "attr"))
    if dep == "ccomp" and head.pos == "ADJ":
        return _held(tree, head.head, head.i)
    if dep in {"csubj", "relcl", "amod"}:
        return None
    if dep in {"ccomp", "xcomp"} and lemma in ops.carriers_reports and not _is_wanted(tree, at):
        return _KEPT
    if dep == "ccomp" and lemma in ops.truth_finds and negated(tree, head.i):
        return Step(turns=False, modality=Modality.POSSIBLE, carries=False)
    return _effect(tree, head.i)


def _is_wanted(tree: Tree, at: int) -> bool:
    """A clause of what is to be done: an infinitive with "to", or one that no tense says to be so ("that he go")."""
    helpers = tree.kids(at, "aux", "auxpass")
    return "to" in tree.words(at, "aux") or tree.tokens[min([at, *helpers])].tag not in FINITE | {"VBN", "VBG"}


def _held(tree: Tree, be: int, *so: int) -> Step:
    """What "it is P" makes of the clause it is said of: false, likely, unclear; "it is not surprising that" denies nothing."""
    ops = operators()
    told = {tree.form(k) for k in so}
    denied = negated(tree, be) or any(negated(tree, k) for k in so)
    modality = ops.modality("adjectives", *sorted(told))
    if told & ops.negative_adjectives:
        return Step(turns=True, modality=Modality.FUTURE)
    if told & (ops.truth_false | ops.truth_true):
        return Step(turns=bool(told & ops.truth_false))
    if told & (ops.truth_unknown | ops.truth_known):
        is_open = bool(told & ops.truth_unknown) or denied
        return Step(turns=False, modality=Modality.POSSIBLE if is_open else Modality.FACT, carries=False)
    bare = not told and not tree.kids(be, "prep")  # "keeping it is not in their interest" denies no keeping
    return Step(turns=False, modality=modality or Modality.FACT, carries=modality is not None or bare)


def is_kept(tree: Tree, at: int) -> bool:
    """Does the head of "threat" or "offer" tell what became of it: "carry out", "withdraw"? That it was made holds either way."""
    ops, token = operators(), tree.tokens[at]
    over = tree.tokens[token.head].head if tree.tokens[token.head].pos == "ADP" else token.head
    said = token.pos == "NOUN" and tree.form(at) in ops.carriers_uttered and token.dep in {"dobj", "nsubjpass", "pobj"}
    return said and bool(_with_particles(tree, over) & (ops.carriers_kept | ops.negative_verbs))


def leaves_open(tree: Tree, i: int) -> bool:
    """Is the word at `i` denied and one whose denial leaves open what it governs: "did not rule out", "is not unlikely"?"""
    return bool(_with_particles(tree, i) & operators().negative_leaves_open) and negated(tree, i)


def _with_particles(tree: Tree, i: int) -> set[str]:
    """The word's form alone and with each particle or preposition: "rule", "rule_out"."""
    return {tree.form(i), *(f"{tree.form(i)}_{word}" for word in tree.words(i, "prt", "prep"))}


def _governs(tree: Tree, over: int) -> bool:
    ops, lemma, pos = operators(), tree.form(over), tree.tokens[over].pos
    if pos == "NOUN":
        return lemma in ops.carriers_nouns | ops.negative_nouns or ("nouns", lemma) in ops.modal
    phrasal = _with_particles(tree, over) if pos == "VERB" else set[str]()
    return (
        pos == "ADJ"
        or bool(phrasal & ops.negative_verbs)
        or ops.modality("verbs", *phrasal) is not None
        or (pos == "VERB" and lemma in ops.carriers_light)
    )


def _effect(tree: Tree, head: int) -> Step:
    ops, lemma, pos = operators(), tree.form(head), tree.tokens[head].pos
    if pos == "ADJ":
        return Step(lemma in ops.negative_adjectives, ops.modal.get(("adjectives", lemma), Modality.FACT))
    if pos == "NOUN":
        return Step(lemma in ops.negative_nouns, ops.modal.get(("nouns", lemma), Modality.FACT))
    phrasal = _with_particles(tree, head)
    turns = bool(phrasal & ops.negative_verbs)
    return Step(turns=turns, modality=ops.modality("verbs", *sorted(phrasal)) or Modality.FACT)
