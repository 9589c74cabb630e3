"""What pyproject.toml cannot say: a wheel holds migrations/, static/ and templates/ too, under app/files (see app/settings.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("migrations", "static", "templates")


class BuildWithFiles(build_py):
    """The usual build; an editable install reads the folders where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for folder in FOLDERS:
            into = Path(self.build_lib) / "app" / "files" / folder
            shutil.copytree(folder, into, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


setup(cmdclass={"build_py": BuildWithFiles})
