"""From names to actors: who is meant by a last name, an acronym, a short form; ambiguous names stay ambiguous."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.claims.actors.bodies import fits
from app.core.claims.actors.book import ActorBook, Sex
from app.core.claims.actors.institutions import Office, office_of
from app.core.claims.actors.names import Piece, is_family_first, short_names
from app.core.claims.actors.people import Entity, Found
from app.core.claims.actors.roles import honour, role_after, role_before, sex_of, side_of_role
from app.core.lexicon.registry import Named, names
from app.core.records import Actor, ActorKind, ActorMention
from app.core.text import fold, slug

__all__ = ["Merger"]


@dataclass(slots=True)
class _Being:
    """An actor while it is put together."""

    key: str
    name: str
    kind: ActorKind
    side: str | None = None
    role: str | None = None
    sex: Sex | None = None
    ambiguous: bool = False
    first: int | None = None
    forms: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    key: str
    rank: int  # of two that overlap, the longer stays; of equals the lower rank


class Merger:
    """Takes what was found, kind by kind, and gives the book. Order of calls is order of trust."""

    def __init__(self, source: str, flat: str, words: Sequence[Piece], known: ActorBook | None) -> None:
        self._source = source
        self._flat = flat
        self._words = words
        self._beings: dict[str, _Being] = {}
        self._marks: list[_Mark] = []
        self._acronyms: dict[str, str] = {}
        self._full_at: dict[str, list[int]] = {}
        self._known = {}  # type: dict[str, _Being]
        for actor in known.actors if known else ():
            being = _Being(
                actor.key,
                actor.name,
                actor.kind,
                actor.side,
                actor.role,
                known.sex(actor.key) if known else None,
                actor.ambiguous,
            )
            self._known[actor.key] = being
        self._known_forms: Mapping[str, str] = dict(known.names) if known else {}

    # --- what is found -------------------------------------------------------------------------------------------

    def learn_acronyms(self, found: Mapping[str, str]) -> None:
        self._acronyms.update(found)

    def add_registry(self, found: Sequence[tuple[int, int, Named]]) -> None:
        for start, end, named in found:
            self._mark(start, end, named.key, named.name, named.kind, named.side, rank=2)

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
                named = Named(slug(name), name, ActorKind.ORGANISATION, "name", None)
            if named is not None:
                self._mark(office.start, office.end, named.key, named.name, named.kind, named.side, rank=1)

    def add_people(self, full: Sequence[Found], single: Sequence[Found]) -> None:
        full = self._person_names(full)
        for found in full:
            key = self._person_key(found.text)
            being = self._mark(
                found.start, found.end, key, self._canonical.get(key, found.text), ActorKind.PERSON, None, rank=0
            )
            self._full_at.setdefault(key, []).append(found.start)
            self._learn_about(being, found)
        bearers: dict[str, list[str]] = {}
        people = [
            b for b in (*self._beings.values(), *self._known.values()) if b.kind is ActorKind.PERSON and not b.ambiguous
        ]
        for being in sorted({b.key: b for b in people}.values(), key=lambda b: b.key):
            for short in short_names(being.name):
                bearers.setdefault(short, []).append(being.key)
        taken = bytearray(len(self._flat))
        for mark in self._marks:
            if mark.rank != 2 or " " in self._flat[mark.start : mark.end]:
                taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
        done: set[int] = set()
        for short in sorted(bearers, key=lambda s: (-len(s), s)):
            for m in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", self._flat):
                if any(taken[m.start() : m.end()]) or m.start() in done or self._in_a_longer_name(m.start(), m.end()):
                    continue
                done.add(m.start())
                key = self._bearer(bearers[short], m.start(), short)
                self._mark(
                    m.start(), m.end(), key, short, ActorKind.PERSON, None, rank=0, ambiguous=key not in bearers[short]
                )
        votes = Counter(f.text for f in single)
        heard = {f.text for f in single if f.speaks or self._flat.startswith("'s", f.end)}
        firsts: dict[str, list[str]] = {}
        for being in people:
            if not is_family_first(being.name) and " " in being.name:
                firsts.setdefault(being.name.split()[0], []).append(being.key)
        for found in single:
            if found.start in done or any(taken[found.start : found.end]):
                continue
            same = sorted(set(firsts.get(found.text, ())))
            if len(same) == 1:
                self._mark(found.start, found.end, same[0], found.text, ActorKind.PERSON, None, rank=3)
            elif found.sure or (votes[found.text] >= 2 and found.text in heard):
                being = self._mark(found.start, found.end, slug(found.text), found.text, ActorKind.PERSON, None, rank=3)
                self._learn_about(being, found)

    def add_bodies(self, found: Sequence[Found], entities: Sequence[Entity]) -> None:
        long = {f.text: f for f in found if " " in f.text}
        others = {
            b.name
            for b in (*self._beings.values(), *self._known.values())
            if b.kind in {ActorKind.ORGANISATION, ActorKind.TREATY}
        }
        bearers: dict[str, set[str]] = {}
        for being in [
            b for b in (*self._beings.values(), *self._known.values()) if b.kind is ActorKind.PERSON and " " in b.name
        ]:
            for short in (*short_names(being.name), being.name.split()[0]):
                bearers.setdefault(short, set()).add(being.key)
        for item in found:
            if not item.sure and len(bearers.get(item.text, ())) == 1:
                person = next(iter(bearers[item.text]))
                self._mark(item.start, item.end, person, item.text, ActorKind.PERSON, None, rank=4)
                continue
            text = self._acronyms.get(item.text, item.text)
            text = _LEGAL_FORM.sub("", re.sub(r"^(?:The|the) ", "", text)) or text
            if text.startswith(("US ", "U.S. ")) and text.split(" ", 1)[1] in names():
                text = text.split(" ", 1)[1]
            key = self._known_forms.get(fold(text))
            if item.text.isupper() and " " not in item.text and text == item.text and key is None:
                whole = sorted(
                    {n for n in (*long, *others) if " " in n and fits(item.text, n) and _same_initials(item.text, n)}
                )
                if len(whole) == 1:
                    text = whole[0]
                elif not any(e.label == "ORG" and e.start <= item.start and item.end <= e.end for e in entities):
                    continue
            elif " " not in text and key is None:
                whole = sorted(n for n in long if n.startswith(text + " "))
                text = whole[0] if len(whole) == 1 else text
            named = names().get(text)
            if named is not None and named.kind is not ActorKind.STATE:
                self._mark(item.start, item.end, named.key, named.name, named.kind, named.side, rank=2)
                continue
            kind = ActorKind.TREATY if item.treaty else ActorKind.ORGANISATION
            holder = next((b for b in self._beings.values() if b.name == text), None) or (
                self._known.get(key) if key else None
            )
            if holder is not None:
                self._mark(item.start, item.end, holder.key, holder.name, holder.kind, holder.side, rank=4)
            else:
                self._mark(item.start, item.end, slug(text), text, kind, None, rank=2 if item.sure else 4)

    # --- the result ----------------------------------------------------------------------------------------------

    def book(self) -> ActorBook:
        """Overlaps settled (the longer name stays), actors in order of first mention."""
        kept: list[_Mark] = []
        for mark in sorted(self._marks, key=lambda m: (-(m.end - m.start), m.rank, m.start, m.key)):
            if not any(k.start < mark.end and mark.start < k.end for k in kept):
                kept.append(mark)
        kept.sort(key=lambda m: m.start)
        beings = {**self._known, **self._beings}
        mentions = []
        for mark in kept:
            being = beings[mark.key]
            text = self._source[mark.start : mark.end]
            being.forms.setdefault(text)
            being.first = mark.start if being.first is None else min(being.first, mark.start)
            mentions.append(ActorMention(being.key, being.name, being.kind, text, mark.start, mark.end))
        seen = [b for b in beings.values() if b.forms]
        actors = tuple(
            Actor(b.key, b.name, b.kind, b.role, tuple(f for f in b.forms if f != b.name), b.ambiguous, side=b.side)
            for b in sorted(seen, key=lambda b: (b.first if b.first is not None else 0, b.key))
        )
        forms: dict[str, str] = dict(self._known_forms)
        for being in seen:
            for form in (being.name, *being.forms):
                forms.setdefault(fold(form), being.key)
        bearers: dict[str, set[str]] = {}
        for being in seen:
            if being.kind is ActorKind.PERSON and not being.ambiguous:
                for short in short_names(being.name):
                    bearers.setdefault(fold(short), set()).add(being.key)
        for short, keys in bearers.items():
            if len(keys) == 1:
                forms.setdefault(short, next(iter(keys)))
        sexes = {b.key: b.sex for b in seen if b.sex}
        plural = frozenset(
            b.key for b in seen if b.kind is ActorKind.ORGANISATION and any(_PLURAL.fullmatch(f) for f in b.forms)
        )
        return ActorBook(actors, tuple(mentions), forms, sexes, plural)

    # --- inside --------------------------------------------------------------------------------------------------

    def _mark(
        self,
        start: int,
        end: int,
        key: str,
        name: str,
        kind: ActorKind,
        side: str | None,
        rank: int,
        *,
        ambiguous: bool = False,
    ) -> _Being:
        being = self._beings.get(key)
        if being is None:
            being = (
                replace(self._known[key], forms={})
                if key in self._known
                else _Being(key, name, kind, side, ambiguous=ambiguous)
            )
            self._beings[key] = being
        self._marks.append(_Mark(start, end, key, rank))
        return being

    def _person_names(self, full: Sequence[Found]) -> list[Found]:
        """Full names settled: a form with a middle initial, a longer and a shorter form of one person get one key."""
        self._canonical: dict[str, str] = {}
        self._same: dict[str, str] = {}
        texts = sorted({f.text for f in full}, key=lambda t: (-len(t.split()), t))
        everyone = [*texts, *(b.name for b in self._known.values() if b.kind is ActorKind.PERSON)]
        for text in texts:
            parts = text.split()
            same = [
                o
                for o in everyone
                if o != text
                and len(o.split()) > len(parts)
                and o.split()[0] == parts[0]
                and o.split()[-1] == parts[-1]
                and not is_family_first(text)
            ]
            self._same[text] = slug(same[0] if len(same) == 1 else text)
            # The form used most names the actor: "Donald Trump" rather than "Donald J. Trump".
            self._canonical.setdefault(self._same[text], same[0] if len(same) == 1 else text)
        return sorted(full, key=lambda f: f.start)

    def _person_key(self, text: str) -> str:
        return self._same.get(text, slug(text))

    def _learn_about(self, being: _Being, found: Found) -> None:
        before = role_before(self._flat, found.start)
        after = role_after(self._flat, found.end)
        address = honour(self._flat, found.start)
        for span in (before, after):
            if span is None:
                continue
            role = self._flat[span[0] : span[1]]
            if being.role is None:
                being.role = re.sub(r"^(?:the|a|an) (?=[a-z])", "", role)
            being.side = being.side or side_of_role(role)
        if being.sex is None:
            sex = sex_of(found.text, address)
            being.sex = "f" if sex == "f" else "m" if sex == "m" else None

    def _bearer(self, keys: Sequence[str], at: int, short: str) -> str:
        """The one of `keys` meant by a short name; the short name's own key when it stays open."""
        if len(keys) == 1:
            return keys[0]
        before = [
            k
            for k in keys
            if any(s < at for s in self._full_at.get(k, ())) or (k in self._known and k not in self._full_at)
        ]
        keys = before or list(keys)
        if len(keys) > 1:
            address = honour(self._flat, at)
            sex = sex_of("X", address) if address else None
            fitting = [k for k in keys if sex is None or self._being(k).sex in {None, sex}]
            keys = fitting or keys
        if len(keys) > 1:
            span = role_before(self._flat, at)
            said = _terms(self._flat[span[0] : span[1]]) if span else set()
            fitting = [k for k in keys if said & _terms(self._being(k).role or "")]
            keys = fitting or keys
        return keys[0] if len(keys) == 1 else slug(short)

    def _being(self, key: str) -> _Being:
        return self._beings.get(key) or self._known[key]

    def _in_a_longer_name(self, start: int, end: int) -> bool:
        """A short name inside a longer run of capitals is no short name ("Trump Tower", "Kim Jong Un"), unless a title precedes."""
        from app.core.lexicon.load import words_of

        after = re.match(r" ([^\W\d_][\w'-]*)", self._flat[end : end + 30])
        if (
            after
            and after.group(1)[0].isupper()
            and after.group(1) in (words_of("shapes", "organisation_last") | words_of("shapes", "place"))
        ):
            return True
        if (
            after
            and after.group(1)[0].isupper()
            and after.group(1) not in words_of("shapes", "never")
            and not self._title_case_line(start)
        ):
            return True
        given = words_of("names", "given")
        before = re.search(r"([^\W\d_][\w'-]*) $", self._flat[max(0, start - 30) : start])
        return bool(before and before.group(1) in given and before.group(1)[0].isupper())

    def _title_case_line(self, at: int) -> bool:
        line = self._flat[
            self._flat.rfind("\n", 0, at) + 1 : (self._flat.find("\n", at) + 1 or len(self._flat) + 1) - 1
        ]
        long = list(re.findall(r"[^\W\d_]{4,}", line))
        return len(long) >= 4 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


# "Broadcom Ltd" is Broadcom
_LEGAL_FORM = re.compile(
    r"(?:,? (?:Co|Corp|Corporation|Inc|Incorporated|Ltd|Limited|LLC|LLP|Plc|PLC|AG|SA|NV|GmbH)\.?)+$"
)

# "Republicans", "Houthis": spoken of as they
_PLURAL = re.compile(r"[A-Z][a-z]{3,}(?:[^s]s|ies|Tories)|Taliban")


def _same_initials(acronym: str, name: str) -> bool:
    return "".join(p[0] for p in re.findall(r"[^\W\d_]+", name) if p[0].isupper()).upper() == acronym


def _terms(role: str) -> set[str]:
    return {w.lower() for w in re.findall(r"[^\W\d_]{3,}", role)} - {
        "the",
        "and",
        "for",
        "deputy",
        "head",
        "chief",
        "director",
        "senior",
        "official",
    }
