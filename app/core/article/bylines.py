"""Bylines: who wrote the report, as a line above or below it says."""

from __future__ import annotations

import re

__all__ = ["bylines_of", "is_byline"]

_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'‘-]*(?: (?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'‘-]*|de|da|di|del|der|van|von|bin|al|el|la|le|Mc\w+)){1,4}"
_BY = re.compile(
    r"^(?:(?:Written|Story|Report|Reported|Reporting|Words|Text|Analysis|Article|Posted|Published) )?(?:(?:[Bb]y|BY)[: ]+|By(?=[A-Z][a-z]))(?P<names>\S.*)$"
)
_ROLE = re.compile(
    r"(?i)\b(?:(?:nikkei|staff|senior|chief|political|diplomatic|business|foreign|associated press|ap|afp|reuters|bbc|cnn|yonhap|kbs|npr|contributing)\s+)*"
    r"(?:staff )?(?:writers?|reporters?|correspondents?|editors?|journalists?|columnists?|producer|bureau chief|contributor|news|staff)\b.*$"
)
_SPLIT = re.compile(r"\s*(?:,|;|\b[Aa][Nn][Dd]\b|&|\|)\s*")
_MAIL = re.compile(r"\(?\S+@\S+\.\w+\)?")
_WITH_MAIL = re.compile(rf"^(?P<names>{_NAME})\s*[,|(]?\s*\S+@\S+\.\w+\)?$")


def bylines_of(line: str) -> tuple[str, ...]:
    """The names of a byline: "By Do Je-hae, Kim Yoo-chul", "Jane Doe jane@paper.example"; empty when it is none."""
    if m := _WITH_MAIL.match(line):
        return (m["names"],)
    m = _BY.match(line)
    if not m or len(line.split()) > 20:
        return ()
    words = re.split(r"\s*(?:\||•|·|—|–| - |\(|\bUpdated\b|\bPublished\b|\bin [A-Z])", _MAIL.sub("", m["names"]))[0]
    names = []
    for part in _SPLIT.split(words):
        name = _ROLE.sub("", part).strip(" ,.;:")
        if not name:
            continue
        if not _looks_like_name(name):
            break
        names.append(name)
    if any(" " in name for name in names):  # "Lena Okafor, CNN": the house is no writer
        names = [name for name in names if " " in name]
    return tuple(dict.fromkeys(names))


def is_byline(line: str) -> bool:
    """A line that names who wrote, and no sentence: "By Jane Doe", "BY STAFF REPORTER"."""
    if bylines_of(line):
        return True
    return (
        bool(re.match(r"^(?:By|BY)\b[: ]", line))
        and len(line.split()) <= 8
        and not line.rstrip().endswith((".", "?", "!"))
    )


def _looks_like_name(name: str) -> bool:
    words = name.split()
    return (
        (
            1 < len(words) <= 5
            and all(
                w[0].isupper() or w in {"de", "da", "di", "del", "der", "van", "von", "bin", "al", "el", "la", "le"}
                for w in words
            )
        )
        or (name.isupper() and len(words) <= 4)
        or (len(words) == 1 and words[0][0].isupper() and len(words[0]) > 2)
    )
