"""What is done: action classes of the lexicon with polarity, modality, agent and target; nothing where no parse was made.

triggers.py    which words name an act
operators.py   words that govern another act
governing.py   how the word above an act changes it
conditions.py  what sets a condition
standing.py    done or not, planned, possible, wanted, conditional
parties.py     who acts on whom
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.core.claims.actions.operators import operators
from app.core.claims.actions.parties import parties
from app.core.claims.actions.standing import standing
from app.core.claims.actions.triggers import Trigger, find_triggers, plain_verbs, predicates
from app.core.claims.actors.book import ActorBook
from app.core.claims.tree import Tree
from app.core.language import Parsed
from app.core.records import Action, Span

__all__ = ["find_actions", "find_acts"]


def find_actions(
    parsed: Parsed, offset: int = 0, book: ActorBook | None = None, spans: Sequence[Span] | None = None
) -> tuple[Action, ...]:
    """The acts of the lexicon's classes that a sentence states, the main one first, then in text order."""
    return tuple(a for a in find_acts(parsed, offset, book, spans) if a.listed)


def find_acts(
    parsed: Parsed, offset: int = 0, book: ActorBook | None = None, spans: Sequence[Span] | None = None
) -> tuple[Action, ...]:
    """All that a sentence states to be done or to be so, the main act of the lexicon first, then in text order.

    `offset` is where `parsed` starts in the text; offsets given back are into that text. With `spans` (the content of
    an attribution, text offsets) only actions inside them are given, the main one is that of the topmost verb in them,
    and what denies it outside does not count: in "X denied that P" P stands as X's words put it. Agents and targets
    are keys of `book`.
    """
    if not parsed.has_dependencies:
        return ()
    tree = Tree(parsed, offset)
    inside = frozenset(
        t.i
        for t in parsed.tokens
        if spans is None or any(a <= t.start + offset and t.end + offset <= b for a, b in spans)
    )
    named = find_triggers(tree)
    states = predicates(tree, named)
    triggers = [t for t in (*named, *plain_verbs(tree, named), *states) if t.i in inside]
    stands = {t.i: standing(tree, t.i, inside) for t in triggers}
    governing = Counter(g for t in named if t.i in inside for g in stands[t.i].governors)
    found: list[tuple[tuple[int, ...], Action]] = []
    for trigger in triggers:
        stand = stands[trigger.i]
        agent, target = parties(tree, book, trigger.i, stand.governors) if trigger not in states else (None, None)
        action = Action(
            trigger.cls,
            stand.polarity,
            stand.modality,
            *tree.span(trigger.first, trigger.last),
            agent=agent,
            target=target if target != agent else None,
            listed=trigger in named,
            told=stand.told,
        )
        found.append((_rank(tree, trigger, inside, governing), action))
    if not found:
        return ()
    main = min(found, key=lambda f: (not f[1].listed, f[0], f[1].start))[1]
    return (main, *sorted((a for _, a in found if a is not main), key=lambda a: a.start))


def _rank(tree: Tree, trigger: Trigger, inside: frozenset[int], governing: Counter[int]) -> tuple[int, ...]:
    """Smaller is nearer to the main statement.

    The depth of the trigger below the top of the content counts; words that only govern another act ("decided to",
    "denied having") and the nouns that carry it take no step of their own.
    """
    tokens, ops = tree.tokens, operators()
    passing = ops.carriers_light | ops.carriers_nouns | {"be"}
    depth, at = 0, trigger.i
    while tokens[at].head != at and tokens[at].head in inside:
        dep, head = tokens[at].dep, tokens[at].head
        lemma = tree.form(head)
        forms = {lemma, *(f"{lemma}_{word}" for word in tree.words(head, "prt"))}
        passes = tokens[head].pos == "ADP" or bool(forms & ops.negative_verbs) or lemma in passing
        passes |= any((kind, lemma) in ops.modal for kind in ("verbs", "adjectives", "nouns"))
        aside = dep in {"relcl", "advcl", "parataxis", "acl", "appos", "conj"}
        depth += 0 if passes and (not aside or dep == "acl") else 2 if aside else 1
        at = head
    return (depth + governing[trigger.i], int(tokens[trigger.i].pos != "VERB"))
