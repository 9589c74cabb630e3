"""The relations that must be found on the five real articles, where the folder is at hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("named_relations", Path(__file__).with_name("named_relations.py"))
named = importlib.util.module_from_spec(spec)
sys.modules["named_relations"] = named
spec.loader.exec_module(named)

pytestmark = pytest.mark.skipif(not named.FOLDER.exists(), reason="the five articles are not part of the project")


@pytest.fixture(scope="module")
def judged():
    readings = named.read_folder(named.FOLDER)
    return named.rows_of(readings), readings


@pytest.mark.parametrize("wanted", named.WANTED, ids=lambda w: w.name)
def test_named_relation(judged, wanted):
    rows, readings = judged
    first = named.find(wanted, rows, readings)[0]
    assert first.fits, first
    if wanted.kinds != ("agree",):
        assert first.relation.reasons[0].say
