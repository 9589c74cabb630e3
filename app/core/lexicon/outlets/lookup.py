"""Looking outlets up: by domain, by name in any of its forms, by agency of a dateline; and a fallback for unknown ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from app.core.records import Outlet
from app.core.text import fold, slug

__all__ = ["Outlets", "bare_host", "plain_name"]


class Outlets:
    """The outlets known, by every key they are found under. A later outlet never takes over an earlier one's name."""

    def __init__(self, outlets: Iterable[Outlet] = ()) -> None:
        self._all = tuple(outlets)
        self._by_key = {o.key: o for o in self._all}
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        for outlet in self._all:
            for domain in outlet.domains:
                self._by_domain.setdefault(domain.casefold(), outlet)
            for name in (*outlet.forms, outlet.key):
                self._by_name.setdefault(plain_name(name), outlet)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def by_key(self, key: str) -> Outlet | None:
        return self._by_key.get(key)

    def by_domain(self, address: str) -> Outlet | None:
        """The outlet of a URL or host: `https://www.asia.nikkei.com/x` is found under `nikkei.com`."""
        host = bare_host(address)
        while host and "." in host:
            if found := self._by_domain.get(host):
                return found
            host = host.partition(".")[2]
        return None

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of that name, whatever its case, article ("The"), accents and punctuation."""
        return self._by_name.get(plain_name(name))

    def by_sure_name(self, name: str) -> Outlet | None:
        """The same, but not by a form that means other things too: "Forbes" may be a writer's surname."""
        found = self.by_name(name)
        return found if found and plain_name(name) in map(plain_name, found.sure_forms) else None

    def by_dateline(self, agency: str) -> Outlet | None:
        """The outlet that a dateline names in parentheses: "AFP", "Yonhap", "Reuters Health" (its first word)."""
        return self.by_name(agency) or self.by_name(agency.split(maxsplit=1)[0] if agency.split() else "")

    def named(self, name: str) -> Outlet:
        """The outlet that a person or page named: a known one, by name or domain, or a new one under that very name."""
        known = self.by_name(name) or self.by_domain(name)
        return known or Outlet(key=slug(name), name=name.strip())


def bare_host(address: str) -> str:
    """The bare host of a URL or host name, without `www.`, port and user: "" when there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|edition)\.", "", host.casefold().rstrip("."))


def plain_name(name: str) -> str:
    """A name as compared: folded words without a leading article, punctuation and trailing "online", "news online"."""
    words = re.findall(r"[^\W_]+", fold(name).replace("'", ""))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)
