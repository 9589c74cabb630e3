"""`parallax` as programs of their own, forked from one that has loaded everything (`forking.py`)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

ROOT = Path(__file__).parents[1]
BY_RULES = {"PARALLAX_LANGUAGE_MODEL": "rules", "PARALLAX_ENCODER": "off", "PYTHONPATH": str(ROOT)}


class Program:
    """One that runs; used as a `subprocess.Popen`."""

    def __init__(self, programs: Programs, pid: int) -> None:
        self.pid, self.returncode, self._programs = pid, None, programs

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._programs.ask({"poll": self.pid})
        return self.returncode

    def wait(self, seconds: float) -> int:
        ends = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > ends:
                raise TimeoutExpired("parallax", seconds)
            time.sleep(0.01)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, what: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Programs:
    """The process that they are forked from. It serves one thread."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forking.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | BY_RULES,
        )

    def ask(self, order: dict[str, object]) -> int | None:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def begin(
        self,
        folder: Path,
        *words: str,
        database: Path,
        out: Path,
        err: Path,
        stdin: Path | str = os.devnull,
        model: str = "rules",
    ) -> Program:
        """`parallax` with these words, in that folder; what it says is added to the files `out` and `err`."""
        own = {"PARALLAX_DATABASE": str(database), "PARALLAX_LANGUAGE_MODEL": model}
        environment = os.environ | BY_RULES | own
        order = {"words": words, "folder": str(folder), "environment": environment}
        pid = self.ask(order | {"stdin": str(stdin), "out": str(out), "err": str(err)})
        assert pid
        return Program(self, pid)

    def run(self, folder: Path, *words: str, stdin: str | None = None) -> CompletedProcess[str]:
        """The same, to its end, over the database `parallax.sqlite3` there."""
        files = {name: folder / f".{name}" for name in ("stdin", "out", "err")}
        for name, file in files.items():
            file.write_text(stdin or "" if name == "stdin" else "", encoding="utf-8")
        running = self.begin(folder, *words, database=folder / "parallax.sqlite3", **files)
        code = self.ask({"wait": running.pid})
        assert code is not None
        return CompletedProcess(words, code, *(files[n].read_text("utf-8") for n in ("out", "err")))

    def close(self) -> None:
        self._process.communicate(timeout=60)


@contextmanager
def warm_programs() -> Iterator[Programs]:
    made = Programs()
    try:
        yield made
    finally:
        made.close()
