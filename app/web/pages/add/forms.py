"""What the forms for adding articles send: fields as they were typed, whatever they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.datastructures import FormData

from app.core.records import Hints, PublishedFrom
from app.core.text import clean
from app.web.pages.fields import DateField, date_field

__all__ = ["TypedArticle", "long_text", "typed_of", "value"]


@dataclass(frozen=True, slots=True)
class TypedArticle:
    """The form for one article as it was typed."""

    text: str = ""
    url: str = ""
    headline: str = ""
    outlet: str = ""
    published: DateField = field(default_factory=lambda: DateField("published"))
    story: str = ""

    @property
    def hints(self) -> Hints:
        """What the reader says of the article."""
        return Hints(
            outlet=self.outlet or None,
            published=self.published.value,
            published_from=PublishedFrom.OPTION if self.published.value else None,
            url=self.url or None,
            headline=self.headline or None,
        )


def typed_of(form: FormData) -> TypedArticle:
    return TypedArticle(
        text=long_text(form, "text"),
        url=value(form, "url"),
        headline=value(form, "headline"),
        outlet=value(form, "outlet"),
        published=date_field("published", value(form, "published")),
        story=value(form, "story"),
    )


def value(form: FormData, name: str) -> str:
    found = form.get(name)
    return clean(found).strip()[:2000] if isinstance(found, str) else ""


def long_text(form: FormData, name: str) -> str:
    """A text field in full. Browsers send every line break as CR LF; the text had plain ones."""
    found = form.get(name)
    return found.replace("\r\n", "\n").replace("\r", "\n") if isinstance(found, str) else ""
