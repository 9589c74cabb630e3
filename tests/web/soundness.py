"""What every page must be, told from its HTML alone. Tests ask for it by the fixture `sound`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Sound(HTMLParser):
    """What every page must be: balanced, ids unique, references and labels that lead somewhere, one h1, no inline code."""

    faults: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    fields: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._look(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, dict(attrs))

    def _look(self, tag: str, found: dict[str, str | None]) -> None:
        self.faults += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"] or "")
        for name in ("for", "aria-labelledby", "aria-describedby", "list"):
            self.wanted |= set((found.get(name) or "").split())
        if tag == "label" and "for" in found:
            self.named.add(found["for"] or "")
        in_label = "label" in self.open
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden" and not in_label:
            self.fields.append(found.get("id") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "script" and "src" not in found:
            self.faults.append("inline script")
        own = {"alternate": ("/", "http"), "canonical": "http"}.get(
            found.get("rel") or "", "/static/"
        )  # named, not loaded
        if tag in {"script", "link", "img"} and not (found.get("src") or found.get("href") or "").startswith(own):
            self.faults.append(f"{tag} from elsewhere")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def sound(html: str) -> None:
    page = Sound()
    page.feed(html)
    assert page.faults == []
    assert page.open == []
    assert sorted(page.ids) == sorted(set(page.ids))
    assert page.wanted <= set(page.ids)
    assert set(page.fields) <= page.named
    assert page.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip([0, *page.levels], page.levels, strict=False)), page.levels
