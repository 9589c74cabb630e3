"""From names to actors: who is meant by a last name, an acronym, a short form; ambiguous names stay ambiguous."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.claims.actors.beings import Being, BeingMark, book_of
from app.core.claims.actors.bodies import fits, is_one_body
from app.core.claims.actors.book import ActorBook
from app.core.claims.actors.institutions import Office, office_of
from app.core.claims.actors.names import PrintedWord, is_family_first
from app.core.claims.actors.people import Entity, FoundName
from app.core.claims.actors.persons import FullNames, enters_as_kin, in_a_longer_name, person_meant, short_bearers
from app.core.claims.actors.roles import honour, role_after, role_apposed, role_before, sex_of, side_of_role
from app.core.claims.actors.spans import Cover, WordSpans
from app.core.lexicon.registry import NamedForm, named_forms, state_actor
from app.core.records import ActorKind
from app.core.text import fold, slug

__all__ = ["Merger"]


class Merger:
    """Takes what was found, kind by kind, and gives the book. Order of calls is order of trust."""

    def __init__(self, source: str, flat: str, words: Sequence[PrintedWord], known: ActorBook | None) -> None:
        self._source = source
        self._flat = flat
        self._words = words
        self._beings: dict[str, Being] = {}
        self._by_name: dict[str, Being] = {}
        self._marks: list[BeingMark] = []
        self._acronyms: dict[str, str] = {}
        self._known: dict[str, Being] = {
            a.key: Being(a.key, a.name, a.kind, a.side, a.role, known.sex(a.key) if known else None, a.ambiguous)
            for a in (known.actors if known else ())
        }
        self._known_forms: Mapping[str, str] = dict(known.names) if known else {}

    def learn_acronyms(self, found: Mapping[str, str]) -> None:
        self._acronyms.update(found)

    def add_registry(self, found: Sequence[tuple[int, int, NamedForm]]) -> None:
        for start, end, named in found:
            self._mark(start, end, named, rank=2)

    def add_offices(self, found: Sequence[Office]) -> None:
        seen: dict[str, set[str]] = {}
        for office in found:
            if office.named:
                seen.setdefault(office.office, set()).add(office.named.side or "")
        for office in found:
            named = office.named
            if named is None and len(seen.get(office.office, ())) == 1:
                named = office_of(next(iter(seen[office.office])), office.office)
            if named is None and office.capital and " " in self._flat[office.start : office.end]:
                name = self._flat[office.start : office.end]
                named = NamedForm(slug(name), name, ActorKind.ORGANISATION, "name", None)
            if named is not None:
                self._mark(office.start, office.end, named, rank=1)

    def add_people(self, full: Sequence[FoundName], single: Sequence[FoundName]) -> None:
        people = self._full_names(full)
        taken = Cover(len(self._flat))
        for mark in self._marks:
            if mark.rank != 2 or " " in self._flat[mark.start : mark.end]:
                taken.add(mark.start, mark.end)
        done = self._short_names(people, taken)
        self._single_names(single, people, taken, done)

    def add_governments(self) -> None:
        """Mark the state that a person's role speaks for in "Moon's government", "the Abe administration"."""
        for mark in list(self._marks):
            being = self._beings[mark.key]
            if being.kind is not ActorKind.PERSON or being.side is None:
                continue
            rule = _RULED.match(self._flat, mark.end)
            state = state_actor(being.side) if rule else None
            if rule and state is not None:
                named = NamedForm(state.key, state.name, ActorKind.STATE, "name")
                self._mark(mark.start, rule.end(), named, rank=0)

    def add_bodies(self, found: Sequence[FoundName], entities: Sequence[Entity]) -> None:
        long = {f.text: f for f in found if " " in f.text}
        everyone = (*self._beings.values(), *self._known.values())
        others = {b.name for b in everyone if b.kind in {ActorKind.ORGANISATION, ActorKind.TREATY}}
        bearers = short_bearers((b for b in everyone if b.kind is ActorKind.PERSON and " " in b.name), given=True)
        by_first: dict[str, list[str]] = defaultdict(list)
        for name in sorted(long):
            by_first[name.split(" ")[0]].append(name)
        whole_of: dict[str, list[str]] = {}
        entity_starts = [e.start for e in entities]
        for item in found:
            if not item.sure and len(bearers.get(item.text, ())) == 1:
                self._person(item.start, item.end, bearers[item.text][0], item.text, rank=4)
                continue
            text = self._acronyms.get(item.text, item.text)
            text = _LEGAL_FORM.sub("", re.sub(r"^(?:The|the) ", "", text)) or text
            if text.startswith(("US ", "U.S. ")) and text.split(" ", 1)[1] in named_forms():
                text = text.split(" ", 1)[1]
            key = self._known_forms.get(fold(text))
            if item.text.isupper() and " " not in item.text and text == item.text and key is None:
                if text not in whole_of:
                    whole_of[text] = sorted(
                        {n for n in (*long, *others) if " " in n and fits(text, n) and _same_initials(text, n)}
                    )
                if len(whole_of[text]) == 1:
                    text = whole_of[text][0]
                elif not is_one_body(entities, entity_starts, item.start, item.end):
                    continue
            elif " " not in text and key is None:
                text = by_first[text][0] if len(by_first.get(text, ())) == 1 else text
            self._body(item, text, key)

    def book(self) -> ActorBook:
        """Overlaps settled (the longer name stays), actors in order of first mention."""
        return book_of(self._source, self._marks, {**self._known, **self._beings}, self._known_forms)

    # --- people --------------------------------------------------------------------------------------------------

    def _full_names(self, full: Sequence[FoundName]) -> list[Being]:
        """Marks full names and learns of their bearers; everybody a short name may mean."""
        settled = FullNames(full, [b.name for b in self._known.values() if b.kind is ActorKind.PERSON])
        self._first_at = dict.fromkeys(self._known, -1)  # where one is named in full first
        found_at: dict[str, int] = {}
        for found in sorted(full, key=lambda f: f.start):
            key = settled.key(found.text)
            being = self._person(found.start, found.end, key, settled.name(found.text), rank=0)
            found_at.setdefault(key, found.start)
            self._learn_about(being, found)
        self._first_at.update(found_at)
        everyone = (*self._beings.values(), *self._known.values())
        return [b for b in everyone if b.kind is ActorKind.PERSON and not b.ambiguous]

    def _short_names(self, people: Sequence[Being], taken: Cover) -> set[int]:
        """Marks short names, the longest first; where they stand."""
        bearers = short_bearers(people)
        beings = {**self._known, **self._beings}
        words = WordSpans(self._flat)
        done: set[int] = set()
        for short in sorted(bearers, key=lambda s: (-len(s), s)):
            established: str | None = None
            places = [
                start
                for start in words.places(short, hyphens_join=True)
                if start not in done
                and not taken.touches(start, start + len(short))
                and not in_a_longer_name(self._flat, start, start + len(short))
            ]
            keys = [k for k in bearers[short] if not self._is_later_kin(k, places)]
            for start in places:
                done.add(start)
                key = (
                    person_meant(self._flat, keys, start, short, beings, self._first_at, established)
                    if keys
                    else slug(short)
                )
                established = key if key in keys else established
                self._person(start, start + len(short), key, short, rank=0, ambiguous=bool(keys) and key not in keys)
        return done

    def _is_later_kin(self, key: str, short_at: Sequence[int]) -> bool:
        """Somebody who enters as a relative of whom the short name meant before: "her father, Robert Berg"."""
        first = self._first_at.get(key, -1)
        return bool(short_at) and short_at[0] < first and enters_as_kin(self._flat, first)

    def _single_names(self, single: Sequence[FoundName], people: Sequence[Being], taken: Cover, done: set[int]) -> None:
        """Marks names of one word that nobody bears in full: when sure, or named twice and heard."""
        votes = Counter(f.text for f in single)
        heard = {f.text for f in single if f.speaks or self._flat.startswith("'s", f.end)}
        firsts: dict[str, set[str]] = defaultdict(set)
        for being in people:
            if not is_family_first(being.name) and " " in being.name:
                firsts[being.name.split()[0]].add(being.key)
        for found in single:
            if found.start in done or taken.touches(found.start, found.end):
                continue
            same = firsts.get(found.text, set())
            if len(same) == 1:
                self._person(found.start, found.end, next(iter(same)), found.text, rank=3)
            elif found.sure or (votes[found.text] >= 2 and found.text in heard):
                being = self._person(found.start, found.end, slug(found.text), found.text, rank=3)
                self._learn_about(being, found)

    def _learn_about(self, being: Being, found: FoundName) -> None:
        before = role_before(self._flat, found.start)
        apposed = role_apposed(self._flat, found.start, found.end)
        after = role_after(self._flat, found.end)
        address = honour(self._flat, found.start)
        for span in (before, apposed, after):
            if span is None:
                continue
            role = self._flat[span[0] : span[1]]
            if being.role is None:
                being.role = re.sub(r"^(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?=[\w])", "", role)
            being.side = being.side or side_of_role(role)
        if before is not None and being.side is None and (of := _OF_STATE.match(self._flat, found.end)):
            state = named_forms().get(of[1])
            being.side = state.key if state is not None and state.kind is ActorKind.STATE else None
        if being.sex is None:
            sex = sex_of(found.text, address)
            being.sex = "f" if sex == "f" else "m" if sex == "m" else None

    # --- marks ---------------------------------------------------------------------------------------------------

    def _body(self, item: FoundName, text: str, key: str | None) -> None:
        """Marks an organisation or treaty by its settled name: the registry's, one named before, else its own."""
        named = named_forms().get(text)
        if named is not None and named.kind is not ActorKind.STATE:
            self._mark(item.start, item.end, named, rank=2)
            return
        holder = self._by_name.get(text) or (self._known.get(key) if key else None)
        if holder is not None:
            found = NamedForm(holder.key, holder.name, holder.kind, "name", holder.side)
            self._mark(item.start, item.end, found, rank=4)
        else:
            kind = ActorKind.TREATY if item.treaty else ActorKind.ORGANISATION
            self._mark(item.start, item.end, NamedForm(slug(text), text, kind, "name"), rank=2 if item.sure else 4)

    def _person(self, start: int, end: int, key: str, name: str, rank: int, *, ambiguous: bool = False) -> Being:
        return self._mark(start, end, NamedForm(key, name, ActorKind.PERSON, "name"), rank, ambiguous=ambiguous)

    def _mark(self, start: int, end: int, named: NamedForm, rank: int, *, ambiguous: bool = False) -> Being:
        being = self._beings.get(named.key)
        if being is None:
            known = self._known.get(named.key)
            being = (
                replace(known, forms={})
                if known is not None
                else Being(named.key, named.name, named.kind, named.side, ambiguous=ambiguous)
            )
            self._beings[named.key] = being
            self._by_name.setdefault(being.name, being)
        self._marks.append(BeingMark(start, end, named.key, rank))
        return being


_RULED = re.compile(
    r"(?:'s?(?: (?:own|new|current|outgoing|incoming|conservative|liberal|leftist|centrist|coalition))?)? (?:government|administration|cabinet|regime)(?![\w-])"
)

_OF_STATE = re.compile(r"(?:,)? of (?:the )?([A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?![\w-])")
"""Whose a titled person is: "Prime Minister Shinzo Abe of Japan"."""

# "Broadcom Ltd" is Broadcom
_LEGAL_FORM = re.compile(
    r"(?:,? (?:Co|Corp|Corporation|Inc|Incorporated|Ltd|Limited|LLC|LLP|Plc|PLC|AG|SA|NV|GmbH)\.?)+$"
)


def _same_initials(acronym: str, name: str) -> bool:
    return "".join(p[0] for p in re.findall(r"[^\W\d_]+", name) if p[0].isupper()).upper() == acronym
