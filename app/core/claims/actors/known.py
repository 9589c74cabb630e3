"""Names of the registry in a text: every form found, longest first, none inside another word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from app.core.claims.actors.spans import Cover
from app.core.lexicon.load import word_set
from app.core.lexicon.registry import NamedForm, bare_forms, named_forms
from app.core.records import ActorKind, Span

__all__ = ["bare_mentions", "in_company", "registered"]


@lru_cache(maxsize=1)
def _by_first() -> dict[str, tuple[tuple[str, NamedForm], ...]]:
    """First word of a form -> its forms, longest first."""
    out: dict[str, list[tuple[str, NamedForm]]] = defaultdict(list)
    for form, named in named_forms().items():
        out[_first_word(form)].append((form, named))
    return {first: tuple(sorted(forms, key=lambda f: (-len(f[0]), f[0]))) for first, forms in out.items()}


def _first_word(form: str) -> str:
    m = _RUN.match(form)
    return m.group() if m else form


_RUN = re.compile(r"(?<![\w'])\w+")


def registered(flat: str) -> list[tuple[int, int, NamedForm]]:
    """(start, end, what is named), in order, without overlap; parts of hyphened words count ("Japan-South Korea")."""
    out: list[tuple[int, int, NamedForm]] = []
    index = _by_first()
    done = 0
    for word in _RUN.finditer(flat):
        start = word.start()
        if start < done:
            continue
        for form, named in index.get(word.group(), ()):
            end = start + len(form)
            if not flat.startswith(form, start) or flat[end : end + 1].isalnum():
                continue
            if (
                flat[end : end + 1] == "-"
                and (flat[end + 1 : end + 2].islower() or named.sort == "capital")
                and named.sort in {"weak", "capital"}
            ):
                continue
            if named.kind is ActorKind.ORGANISATION and re.match(r"-[^\W\d]", flat[end : end + 2]):
                continue  # "Intel-Sharing"
            if (
                named.kind is ActorKind.ORGANISATION
                and named.sort == "name"
                and " " not in form
                and _part_of_longer(flat, start, out)
            ):
                continue
            out.append((start, end, named))
            done = end
            break
    return out


_CAPITAL_BEFORE = re.compile(r"(?<![.!?:\"'] )(?<!^)(?<!\n)\b([A-Z][a-z]+) $")
_MAY_PRECEDE = word_set("closed", "known_may_precede")


def _part_of_longer(flat: str, start: int, found: Sequence[tuple[int, int, NamedForm]]) -> bool:
    """Whether a form is the end of another name: "Democrats" in "Christian Democrats" is another party; "German Democrats" and "House Democrats" are not."""
    m = _CAPITAL_BEFORE.search(flat[max(0, start - 24) : start])
    return m is not None and m.group(1) not in _MAY_PRECEDE and not (found and found[-1][1] == start - 1)


def in_company(found: Sequence[tuple[int, int, NamedForm]]) -> list[tuple[int, int, NamedForm]]:
    """Those of the found whose company is there: "1965 treaty" only beside Japan and South Korea."""
    here = {named.key for _, _, named in found}
    return [row for row in found if row[2].beside <= here]


_NEAR = 60  # more characters than the longest word that `regions.toml` tells to look for beside a form


def bare_mentions(flat: str, taken: Sequence[Span], present: set[str]) -> list[tuple[int, int, NamedForm]]:
    """Forms that mean a state in company ("the South"), when that company is `present`; never inside `taken`."""
    out: list[tuple[int, int, NamedForm]] = []
    covered = Cover(len(flat), taken)
    for rule in bare_forms():
        if not rule.beside & present:
            continue
        bare = rule.form.removeprefix("the ")
        at = flat.find(bare)
        while at >= 0:
            end = at + len(bare)
            before, after = flat[max(0, at - _NEAR) : at], flat[end : end + _NEAR]
            whole = not before[-1:].isalnum() and not after[:1].isalnum()
            article = bare == rule.form or before.endswith(("the ", "The "))
            other = after[:1] == " " and after[1:2].isupper() and rule.form.startswith("the ")
            if (
                whole
                and article
                and not other
                and not any(after.lstrip().startswith(word) for word in rule.not_before)
                and not any(before.rstrip().endswith(words) for words in rule.not_after)
                and not covered.touches(at, end)
            ):
                out.append((at, end, rule.named))
                covered.add(at, end)
            at = flat.find(bare, end)
    return out
