"""Escaping in templates without a detour: most of what a page writes is a number or words that hold nothing to escape.

`markupsafe.escape` makes an object of each; templates join what they write and need none. Whatever is neither plain words nor a
whole number goes to `escape` as ever.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

__all__ = ["QuickTemplate", "quick_escape"]


def quick_escape(value: Any) -> str:
    """The same characters as `escape` gives.

    >>> [str(quick_escape(v)) for v in ("plain", "a & b", 7, Markup("<b>"), None, True)]
    ['plain', 'a &amp; b', '7', '<b>', 'None', 'True']
    """
    kind = type(value)
    if kind is Markup:
        return str.__str__(value)
    if kind is int:
        return str(value)
    if kind is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        plain: str = value
        return plain
    return escape(value)


class QuickTemplate(Template):
    """A template whose compiled code finds this `escape` under the name that it calls."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = quick_escape
        return made
