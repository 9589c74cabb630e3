"""What is done: action classes of the lexicon with polarity, modality, agent and target.

triggers.py   which words name an act
operators.py  words that govern another act
governing.py  how the word above an act changes it
standing.py   done or not, planned, possible, wanted, conditional
parties.py    who acts on whom
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.core.claims.actions.operators import operators
from app.core.claims.actions.parties import parties
from app.core.claims.actions.standing import standing
from app.core.claims.actions.triggers import Trigger, find_triggers, form_of, plain_verbs, predicates
from app.core.claims.actors.book import ActorBook
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
    and what governs it outside does not count: in "X denied that P" P stands as X's words put it. Agents and targets
    are keys of `book`.
    """
    children = parsed.children()
    inside = frozenset(
        t.i
        for t in parsed.tokens
        if spans is None or any(a <= t.start + offset and t.end + offset <= b for a, b in spans)
    )
    found: list[tuple[tuple[int, ...], Action]] = []
    named = find_triggers(parsed, children)
    states = predicates(parsed, children, named)
    triggers = [t for t in (*named, *plain_verbs(parsed, named), *states) if t.i in inside]
    stands = {t.i: standing(parsed, children, t.i, inside) for t in triggers}
    governing = Counter(g for t in named if t.i in inside for g in stands[t.i].governors)
    for trigger in triggers:
        stand = stands[trigger.i]
        done = trigger not in states
        agent, target = parties(parsed, children, offset, book, trigger.i, stand.governors) if done else (None, None)
        action = Action(
            cls=trigger.cls,
            polarity=stand.polarity,
            modality=stand.modality,
            start=parsed.tokens[trigger.first].start + offset,
            end=parsed.tokens[trigger.last].end + offset,
            agent=agent,
            target=target if target != agent else None,
            listed=trigger in named,
        )
        found.append((_rank(parsed, children, trigger, inside, governing), action))
    if not found:
        return ()
    main = min(found, key=lambda f: (not f[1].listed, f[0], f[1].start))[1]
    rest = sorted((a for _, a in found if a is not main), key=lambda a: a.start)
    return (main, *rest)


def _rank(
    parsed: Parsed, children: Sequence[Sequence[int]], trigger: Trigger, inside: frozenset[int], governing: Counter[int]
) -> tuple[int, ...]:
    """Smaller is nearer to the main statement.

    The depth of the trigger below the top of the content counts; words that only govern another act ("decided to",
    "denied having") and the nouns that carry it take no step of their own.
    """
    if not parsed.has_dependencies:
        return (0, trigger.i)
    tokens = parsed.tokens
    ops = operators()
    depth, at = 0, trigger.i
    while tokens[at].head != at and tokens[at].head in inside:
        head = tokens[tokens[at].head]
        lemma = form_of(head)
        forms = {lemma, *(f"{lemma}_{tokens[c].text.lower()}" for c in children[head.i] if tokens[c].dep == "prt")}
        passing = (
            head.pos == "ADP"
            or bool(forms & ops.negative_verbs)
            or lemma in ops.light
            or lemma in ops.carriers
            or lemma == "be"
            or any((kind, lemma) in ops.modal for kind in ("verbs", "adjectives", "nouns"))
        )
        aside = tokens[at].dep in {"relcl", "advcl", "parataxis", "acl", "appos"} or (tokens[at].dep == "conj")
        depth += 0 if passing and not (aside and tokens[at].dep != "acl") else 2 if aside else 1
        at = head.i
    noun = tokens[trigger.i].pos != "VERB"
    return (depth + governing[trigger.i], int(noun))
