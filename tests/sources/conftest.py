"""Limits small enough to reach."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class SmallLimits:
    max_body_bytes: int = 200_000
    fetch_timeout_seconds: float = 2.0
    fetch_private: bool = False


@pytest.fixture
def limits() -> SmallLimits:
    return SmallLimits()


@pytest.fixture
def private() -> SmallLimits:
    """Loopback may be fetched; the time is long enough for a busy machine."""
    return SmallLimits(max_body_bytes=20_000, fetch_timeout_seconds=20.0, fetch_private=True)


@pytest.fixture
def hasty() -> SmallLimits:
    """Loopback may be fetched, and the time is short."""
    return SmallLimits(max_body_bytes=20_000, fetch_timeout_seconds=0.5, fetch_private=True)
