"""What a route may ask for: the store, the settings, the right to write, in whose name, and the right to see who changed what."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from app import pipeline
from app.errors import NotAllowed, NotSignedIn
from app.pipeline import Hands
from app.places import Place
from app.roles import Act
from app.settings import Settings
from app.store import Store, open_store
from app.web.doors import who_of, why_not
from app.web.jobs import Jobs
from app.web.spool import Spool

__all__ = [
    "Admin",
    "HandsOf",
    "JobsOf",
    "Reviewer",
    "SettingsOf",
    "SpoolOf",
    "StoreHolder",
    "StoreOf",
    "Writable",
    "admin",
    "get_hands",
    "get_jobs",
    "get_settings_of",
    "get_spool",
    "get_store",
    "may",
    "may_see_audit",
    "reviewer",
    "writable",
]


class StoreHolder:
    """Opens the store when it is first asked for, and again after a failure.

    So a server that was started on an old database answers 503 with the reason, and serves once
    `parallax db upgrade` has run, without a restart. A file that another was put in the place of is let go of.
    """

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self._settings, self._store, self._ours = settings, store, store is None
        self._file: tuple[int, int] | None = None
        self._lock = Lock()

    def get(self) -> Store:
        """The open store; DatabaseUnready when there is none."""
        with self._lock:
            if self._ours and self._store is not None and self._file != _file_at(self._settings.place):
                self._store.close()
                self._store = None
            if self._store is None:
                self._file = _file_at(self._settings.place)
                self._store = open_store(
                    self._settings.place, model=pipeline.own_model, deciders=self._settings.deciders
                )
            return self._store

    def close(self) -> None:
        """Close the store, if it was opened here."""
        with self._lock:
            if self._store is not None and self._ours:
                self._store.close()
                self._store = None


def _file_at(place: Place) -> tuple[int, int] | None:
    """Which file it is, whatever it is called."""
    if not isinstance(place, Path):
        return None
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def get_store(request: Request) -> Store:
    """The open store. Raises `DatabaseUnready` when there is none."""
    holder: StoreHolder = request.app.state.holder
    return holder.get()


def get_settings_of(request: Request) -> Settings:
    """The settings this app was made with (not the process's: tests and embedders pass their own)."""
    settings: Settings = request.app.state.settings
    return settings


def get_jobs(request: Request) -> Jobs:
    """The long work of this app."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def get_spool(request: Request) -> Spool:
    """What imports of this app were asked for, until they are over."""
    spool: Spool = request.app.state.spool
    return spool


def get_hands(request: Request) -> Hands:
    """Who reads and compares for this app."""
    hands: Hands = request.app.state.hands
    return hands


def may(request: Request, act: Act) -> bool:
    """Whether whoever asks may do this: what a page asks before it shows a form."""
    return why_not(request, act) is None


def writable(request: Request) -> None:
    """Refuse what the doors did not let in. They ask it of every request; a route that writes says it too."""
    if not request.scope["state"].get("admitted"):
        raise NotAllowed("this change was not let in.")


def may_see_audit(request: Request) -> bool:
    """Whether whoever asks may read what others did."""
    return may(request, Act.AUDIT)


def admin(request: Request) -> None:
    """Refuse with 403 whoever may not read what others did."""
    error = why_not(request, Act.AUDIT)
    if error is not None:
        raise error


def reviewer(request: Request) -> str:
    """The name written beside whatever is changed: the one place where it comes from."""
    who = who_of(request)
    if who is None:
        raise NotSignedIn("it is not known who asks.", mend="Sign in first.")
    return who.name


HandsOf = Annotated[Hands, Depends(get_hands)]
SpoolOf = Annotated[Spool, Depends(get_spool)]
JobsOf = Annotated[Jobs, Depends(get_jobs)]
StoreOf = Annotated[Store, Depends(get_store)]
SettingsOf = Annotated[Settings, Depends(get_settings_of)]
Reviewer = Annotated[str, Depends(reviewer)]
Writable = Depends(writable)
Admin = Depends(admin)
