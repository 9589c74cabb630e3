"""Processes that begin where another one has got to: with everything imported and the lexicon loaded, so that each costs what it does and no more.

    python forking.py     reads orders from standard input, one JSON object a line: {"words", "folder", "environment", "stdin", "out", "err"},
                          does each in a child of its own, as `python -m app` would, and answers with its exit code

What a process of one's own is worth stays: its own streams and standard input, signals, exit code, threads that keep it from ending.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
from typing import Any


def warm_up() -> None:
    import app.assistants
    import app.cli
    import app.learning
    import app.mending
    import app.pipeline
    import app.watching
    import app.web.app  # noqa: F401
    from app import pipeline
    from app.settings import get_settings

    list(pipeline.read_pages([pipeline.paste("A ferry sank off Harbour City on Sunday, police said.")]))
    get_settings.cache_clear()
    gc.freeze()  # or each child copies the pages of all of it, only to look for what nobody holds


def become(order: dict[str, Any]) -> None:
    for number, (name, how) in enumerate((("stdin", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        os.dup2(os.open(order[name], how), number)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: PTH123, SIM115
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.argv = ["parallax", *order["words"]]
    runpy.run_module("app", run_name="__main__", alter_sys=True)


def serve() -> None:
    warm_up()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            return become(json.loads(line))  # and it ends as any program does
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


if __name__ == "__main__":
    serve()
