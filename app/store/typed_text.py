"""What people type, made fit to be kept: names, notes, titles."""

from __future__ import annotations

from app.errors import BadInput
from app.store.sql import well_formed
from app.store.tables import MACHINE

__all__ = ["NOTE_CHARS", "bounded_text", "typed_name"]

NOTE_CHARS = 4000


def typed_name(by: str) -> str:
    """Who says it, in one line. Raises `BadInput` for nobody, and for the machine's own name."""
    name = " ".join(well_formed(by, "the name").split())
    if not name or len(name) > 100:
        raise BadInput("a name of 1 to 100 characters is needed.", where="by")
    if name == MACHINE:
        raise BadInput("this name is the machine's own.", where="by")
    return name


def bounded_text(value: str, what: str, most: int) -> str:
    """The text without blanks around it. Raises `BadInput` when it is longer than `most`; `what` names it."""
    plain = well_formed(value, what).strip()
    if len(plain) > most:
        raise BadInput(f"{what} is longer than {most} characters.")
    return plain
