"""Which style sheets a page needs beside those of every page: told by the classes that its templates name.

So a page need not say it, and what a block's look needs comes wherever the block is drawn.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, meta, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.web.joined import SHARED, sheet_name, sheets
from app.web.static import static_url

__all__ = ["needed", "page_styles", "sheet_link"]

_CLASSES = re.compile(r'class="(.*?)"(?=[\s>/])')
"""What a tag's classes are made of, a template's own expressions among them."""


@pass_context
def page_styles(context: Context) -> Markup:
    """The links to the style sheets of the page that is drawn: the shared one, and the one of its blocks."""
    own = needed(context.environment, str(context.name))
    return sheet_link(*SHARED) + (sheet_link(*own) if own else Markup(""))


def sheet_link(*names: str) -> Markup:
    """One sheet of these."""
    return Markup('<link rel="stylesheet" href="{}">\n').format(static_url(sheet_name(names)))


@lru_cache(maxsize=256)
def needed(environment: Environment, template: str) -> tuple[str, ...]:
    """The sheets that hold a class which this template, or one it is made of, names and no shared sheet has."""
    words = _words(environment, template, set())
    return tuple(name for name, classes in _own_classes().items() if classes & words)


def _words(environment: Environment, template: str, seen: set[str]) -> set[str]:
    if template in seen or environment.loader is None:
        return set()
    seen.add(template)
    source, _, _ = environment.loader.get_source(environment, template)
    found = {word for named in _CLASSES.findall(source) for word in re.findall(r"[a-z][\w-]*", named)}
    for other in meta.find_referenced_templates(environment.parse(source)):
        found |= _words(environment, other or "", seen)
    return found


@lru_cache(maxsize=1)
def _own_classes() -> dict[str, set[str]]:
    """The classes of each sheet that goes with pages, as far as the shared ones do not have them."""
    found = {
        name: set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)))
        for name, file in sheets().items()
    }
    shared = {c for name in SHARED for c in found[name]}
    return {name: classes - shared for name, classes in found.items() if name not in SHARED}
