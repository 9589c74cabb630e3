"""What an import was asked for lies beside the database until it is over: a server that ends in the middle, or is killed, takes it
up again when it starts, under the same address.

Doing it again is safe: what was kept before is known and not kept twice. An import under which the server ended again and again is
given up and says so. Each file is held by the server whose import it is; one that nobody holds is left over, and whoever starts
next takes it.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.records import Hints
from app.errors import Busy, DatabaseUnready, OnlyReadable, Unexpected, of_system
from app.logs import get_log
from app.store.queue import locked
from app.web.importing import ImportAsked
from app.web.jobs import Job, Jobs, Work
from app.web.uploads import Upload

__all__ = ["MOST_TRIES", "Spool"]

MOST_TRIES = 3
"""How often an import is begun: what ends the server three times will end it again."""
log = get_log("parallax.jobs")


@dataclass(frozen=True, slots=True)
class Left:
    """An import that was not over when its server ended. `tries`: how often it was begun."""

    id: str
    asked: ImportAsked
    tries: int


class Spool:
    """`start` an import, `resume` those that are left over. Safe to share between threads."""

    def __init__(self, database: Path, jobs: Jobs) -> None:
        self._folder, self._jobs = database.with_name(f"{database.name}-imports"), jobs
        self._held: dict[str, int] = {}  # open files, each locked while its import is ours

    def start(self, asked: ImportAsked, work: Work) -> Job:
        """Keep what was asked for, then begin it. Raises `Busy`, and what the disk says when it cannot be kept."""
        job_id = secrets.token_urlsafe(9)
        try:
            self._keep(Left(job_id, asked, 1))
            return self._jobs.start(asked.title, self._whole(job_id, work), job_id=job_id)
        except OSError as error:
            self.drop(job_id)
            raise of_system(error) or OnlyReadable.at(self._folder) from error
        except Busy:
            self.drop(job_id)
            raise

    def resume(self, work: Callable[[ImportAsked], Work]) -> int:
        """Begin what is left over of servers that are no more; gives how many imports that are."""
        begun = 0
        for left in self._left():
            try:
                if left.tries >= MOST_TRIES:
                    self._jobs.start(left.asked.title, self._whole(left.id, _given_up), job_id=left.id)
                    continue
                self._keep(Left(left.id, left.asked, left.tries + 1))
                self._jobs.start(left.asked.title, self._whole(left.id, work(left.asked)), job_id=left.id)
                begun += 1
            except (Busy, OSError) as error:
                log.warning("an import that was cut short waits for the next start", id=left.id, reason=str(error))
                self._let_go(left.id)
        if begun:
            log.info("imports that were cut short are taken up again", imports=begun)
        return begun

    def drop(self, job_id: str) -> None:
        """It is over, and nothing is left to be taken up."""
        with suppress(OSError):
            self._file(job_id).unlink()
        self._let_go(job_id)

    def close(self) -> None:
        """What is not over is left to whoever comes next."""
        for job_id in tuple(self._held):
            self._let_go(job_id)

    def _whole(self, job_id: str, work: Work) -> Work:
        def kept_until_over(job: Job) -> Any:
            try:
                result = work(job)
            except DatabaseUnready:
                raise  # a disk that is full will be emptied
            except BaseException:
                self._over(job_id, job)
                raise
            self._over(job_id, job)
            return result

        return kept_until_over

    def _over(self, job_id: str, job: Job) -> None:
        if not job.stop.is_set():
            self.drop(job_id)

    def _keep(self, left: Left) -> None:
        """On the disk when it returns, whole under its name."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        asked = left.asked
        said = {
            "tries": left.tries,
            "by": asked.by,
            "outlet": asked.hints.outlet,
            "story": asked.hints.story,
            "addresses": asked.addresses,
            "uploads": [(u.name, b64encode(u.content).decode("ascii")) for u in asked.uploads],
        }
        growing = self._file(left.id).with_suffix(".part")
        handle = os.open(growing, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            locked(handle)
            with os.fdopen(os.dup(handle), "wb") as file:
                file.write(json.dumps(said).encode())
                file.flush()
                os.fsync(handle)
            growing.replace(self._file(left.id))
        except BaseException:
            os.close(handle)
            growing.unlink(missing_ok=True)
            raise
        self._let_go(left.id)
        self._held[left.id] = handle

    def _left(self) -> Iterator[Left]:
        for half in self._folder.glob("*.part"):  # nobody was told that it is kept
            with suppress(OSError), half.open("rb") as growing:
                if locked(growing.fileno()):
                    half.unlink()
        for file in sorted(self._folder.glob("*.json")):
            if file.stem in self._held:
                continue
            with suppress(OSError):  # its server has just ended it, or it is not ours to open
                handle = os.open(file, os.O_RDWR | os.O_CLOEXEC)
                if not locked(handle) or not file.exists() or not os.path.samestat(os.fstat(handle), file.stat()):
                    os.close(handle)  # somebody's, or it was when it was opened
                    continue
                self._held[file.stem] = handle
                try:
                    yield _read(file)
                except (ValueError, KeyError, TypeError) as error:
                    log.warning("what an import was asked for cannot be read", id=file.stem, reason=str(error))
                    self.drop(file.stem)

    def _let_go(self, job_id: str) -> None:
        handle = self._held.pop(job_id, None)
        if handle is not None:
            os.close(handle)

    def _file(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.json"


def _read(file: Path) -> Left:
    said = json.loads(file.read_bytes())
    uploads = tuple(Upload(name, b64decode(content, validate=True)) for name, content in said["uploads"])
    hints = Hints(outlet=said["outlet"], story=said["story"])
    return Left(file.stem, ImportAsked(uploads, tuple(said["addresses"]), hints, str(said["by"])), int(said["tries"]))


def _given_up(_job: Job) -> None:
    raise Unexpected(
        "the server ended each time this was being read.",
        mend="Add the articles one by one, to find the one it stumbles over.",
    )
