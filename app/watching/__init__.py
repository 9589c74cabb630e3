"""Feeds and pages that are read on a schedule: who asks for one, when each is read, and who reads.

timing.py     when something is looked at again, after it answered and after it did not
asking.py     an address is added, if it may be fetched
turn.py       a process's turn: what it works with, what it did
worker.py     one round: what is due is read, new reports are kept, changed ones become new revisions
visiting.py   one source of it
clockwork.py  rounds while a server runs, by APScheduler

Any number of processes may make rounds on one database: a lease in it says whose turn it is, and what a process notes without
it is refused.
"""

from app.watching.asking import DEFAULT_MINUTES, watch
from app.watching.clockwork import Clockwork
from app.watching.turn import Round
from app.watching.worker import Watcher

__all__ = ["DEFAULT_MINUTES", "Clockwork", "Round", "Watcher", "watch"]
