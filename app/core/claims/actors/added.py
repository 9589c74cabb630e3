"""Names that users add to actors: an extension of the registry, handed in as data.

The core reads no database: whoever calls `read_many` gives the names in force, each of which means one actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.lexicon.load import word_set
from app.core.lexicon.registry import NamedForm, side_of
from app.core.records import ActorKind
from app.core.text import level

__all__ = ["AddedName", "AddedNames", "names_nobody"]

_Found = tuple[int, int, NamedForm]


@dataclass(frozen=True, slots=True, order=True)
class AddedName:
    """One name that means one actor, whatever else it could mean. Its case counts."""

    form: str
    key: str
    name: str
    kind: ActorKind


class AddedNames:
    """The names in force, ready to be looked for. The order in which they are given says nothing."""

    def __init__(self, names: Iterable[AddedName] = ()) -> None:
        self.names = tuple(sorted(set(names)))
        self._named: dict[str, NamedForm] = {}
        for added in self.names:
            form = _without_article(" ".join(level(added.form).split()))
            if form:
                self._named.setdefault(form, NamedForm(added.key, added.name, added.kind, "name", side_of(added.key)))
        forms = sorted(self._named, key=lambda f: (-len(f), f))
        self._pattern = re.compile("|".join(_edged(f) for f in forms)) if forms else None

    def stand_in(self, *texts: str | None) -> bool:
        """Whether any of the names stands in any of the texts."""
        return self._pattern is not None and any(self._pattern.search(level(text)) for text in texts if text)

    def found(self, flat: str) -> list[_Found]:
        """(start, end, what is named) in a levelled text, in order, without overlap; of two the longer."""
        if self._pattern is None:
            return []
        return [(m.start(), m.end(), self._meant(m.group())) for m in self._pattern.finditer(flat)]

    def _meant(self, printed: str) -> NamedForm:
        form = " ".join(printed.split())
        return self._named.get(form) or self._named[form[0].lower() + form[1:]]

    def joined(self, flat: str, registered: Sequence[_Found]) -> list[_Found]:
        """These and those of the registry, in order: where two overlap the longer stands, of equals the added name."""
        added = self.found(flat)
        if not added:
            return list(registered)
        out: list[_Found] = []
        for found in sorted([*added, *registered], key=lambda f: (f[0], f[0] - f[1])):
            if out and found[0] < out[-1][1]:
                if found[1] - found[0] > out[-1][1] - out[-1][0]:
                    out[-1] = found
                continue
            out.append(found)
        return out


# Words of every sentence. Such a name would make one actor of all texts; in capitals (WHO, US) or as a name (May) it may mean one.
_SMALL = word_set("closed", "added_small")
_LOWER = _SMALL | frozenset(
    "i me my us and or but not no if of in on at by for from to with as is are was were be been has have had will may can do did".split()
)


def names_nobody(form: str) -> bool:
    """Whether a name is made of words alone that stand in every sentence: "the", "of it", "He"."""
    words = form.split()
    return all(w in _LOWER or (w[1:].islower() and w.lower() in _SMALL) or w == "A" for w in words)


def _without_article(form: str) -> str:
    return re.sub(r"^(?:the|The) (?=\S)", "", form)


def _edged(form: str) -> str:
    """The form as words of its own, a capital allowed where it begins small; scripts that set no blanks between words (Hangul with its endings, Han) have no edge."""
    words = r"[ \n]".join(re.escape(word) for word in form.split(" "))
    capital = form[0].upper()
    if capital != form[0] and capital.lower() == form[0]:
        words = f"[{form[0]}{capital}]{words[1:]}"
    before = r"(?<!\w)" if _spaced(form[0]) else ""
    after = r"(?!\w)" if _spaced(form[-1]) else ""
    return before + words + after


def _spaced(char: str) -> bool:
    return char.isalnum() and ord(char) < 0x2E80
