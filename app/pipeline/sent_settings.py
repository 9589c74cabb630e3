"""The settings that the core's work depends on: they go with each thing to whoever does it, who goes by them."""

from __future__ import annotations

import os

from app.settings import get_settings

__all__ = ["chosen", "go_by"]

_NAMES = ("encoder", "language_model", "relation_model", "rules", "weights")


def chosen() -> dict[str, str]:
    """Those of this process, as text."""
    settings = get_settings()
    return {name: str(getattr(settings, name) or "") for name in _NAMES}


def go_by(sent: dict[str, str]) -> None:
    """Go by the settings of whoever asks."""
    changed = False
    for name, value in sent.items():
        variable = f"PARALLAX_{name.upper()}"
        changed = changed or os.environ.get(variable, "") != value
        os.environ[variable] = value
    if changed:
        get_settings.cache_clear()
