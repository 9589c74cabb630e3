"""Programs that begin where another one has got to: with everything imported and the lexicon loaded, so that each costs what it does.

    python forking.py     reads orders from standard input, one JSON object a line, and answers each with a line:
                          {"words", "folder", "environment", "stdin", "out", "err"} -> the id of a child, which does what
                              `python -m app` would with these words
                          {"wait": id} -> the exit code of that child when it has ended
                          {"poll": id} -> the same, or null while it runs

What a process of one's own is worth stays: its own streams and standard input, signals, exit code, threads that keep it from ending.
`programs.py` is the other side.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
from typing import Any

ADDING = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def warm_up() -> None:
    import app.assistants
    import app.cli
    import app.learning
    import app.mending
    import app.pipeline
    import app.watching
    import app.web.metrics  # noqa: F401
    from app import pipeline
    from app.settings import get_settings
    from app.web.app import _routes

    _routes()

    list(pipeline.read_pages([pipeline.paste("A ferry sank off Harbour City on Sunday, police said.")]))
    get_settings.cache_clear()
    gc.freeze()  # or each child copies the pages of all of it, only to look for what nobody holds


def become(order: dict[str, Any]) -> None:
    for number, (name, how) in enumerate((("stdin", os.O_RDONLY), ("out", ADDING), ("err", ADDING))):
        os.dup2(os.open(order[name], how, 0o644), number)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: PTH123, SIM115
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.argv = ["parallax", *order["words"]]
    runpy.run_module("app", run_name="__main__", alter_sys=True)


def ended(pid: int, how: int) -> int | None:
    found, status = os.waitpid(pid, how)
    return os.waitstatus_to_exitcode(status) if found else None


def serve() -> None:
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = ended(order["wait"], 0)
        elif "poll" in order:
            answer = ended(order["poll"], os.WNOHANG)
        else:
            answer = os.fork()
            if answer == 0:
                return become(order)  # and it ends as any program does
        print(json.dumps(answer), flush=True)
    return None


if __name__ == "__main__":
    serve()
