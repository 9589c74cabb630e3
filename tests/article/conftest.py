"""The golden pages' reader is importable by the tests of this room."""

import sys
from datetime import date
from pathlib import Path

import pytest

from app.core.lexicon.outlets import Outlets, load_outlets

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def outlets() -> Outlets:
    return load_outlets()


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 1, 1)
