"""How a comparison is cited: one line that names the story, the tool and its version, the moment and the address."""

from __future__ import annotations

from datetime import UTC, datetime

from app.store.views import SnapshotView

__all__ = ["cite", "cite_frozen"]


def cite(title: str, address: str, at: datetime, version: str) -> str:
    """A line to copy into a footnote.

    >>> cite("The bridge", "https://p.example/snapshots/3", datetime(2024, 5, 14, 9, tzinfo=UTC), "0.1.0")
    '“The bridge”: reports compared claim by claim with Parallax 0.1.0, as of 2024-05-14 09:00 UTC. https://p.example/snapshots/3'
    """
    said = f"“{' '.join(title.split())}”: reports compared claim by claim with Parallax {version}"
    return f"{said}, as of {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC. {address}".rstrip(" .") + ("" if address else ".")


def cite_frozen(frozen: SnapshotView, site: str) -> str:
    """The same for a frozen comparison: by the version that froze it, at the moment it was frozen."""
    address = f"{site}/snapshots/{frozen.id}" if site else f"SHA-256 {frozen.digest}"
    return cite(frozen.story.title, address, frozen.at, frozen.software.removeprefix("Parallax "))
