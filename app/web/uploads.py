"""A file that a browser sent, read the way an imported file is, so that every kind that can be imported can be chosen.

It is read by itself: a manifest among the files is refused like any other unknown file, since its rows could name files
of this machine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from app import sources
from app.core.records import Hints, Page
from app.settings import Settings
from app.sources import Unread

__all__ = ["Upload", "pages_of_upload"]


@dataclass(frozen=True, slots=True)
class Upload:
    """`name` as the browser gave it, the folder of a chosen folder included."""

    name: str
    content: bytes

    @property
    def plain(self) -> str:
        """The name for messages: no way out of any folder, not too long."""
        return PurePosixPath(self.name.replace("\\", "/")).name[-100:] or "file.txt"


def pages_of_upload(upload: Upload, hints: Hints, settings: Settings) -> Sequence[Page | Unread]:
    """Its pages, named by the file; what cannot be read is among them as the error it is."""
    plain = upload.plain
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        path = Path(folder) / f"upload{PurePosixPath(plain).suffix.lower()[:10]}"
        path.write_bytes(upload.content)
        found = list(sources.read_targets([str(path)], hints, None, settings))
    for page in found:
        if not isinstance(page, Page):
            page.where = plain
    return [replace(p, origin=plain) if isinstance(p, Page) else p for p in found]
