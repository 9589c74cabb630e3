"""The packaged encoder: what a text gives depends on that text alone, and what is not as pinned is not used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.core import encoder as module
from app.core.encoder import OnnxEncoder, load_encoder

TEXTS = (
    "The bridge opened on Monday.",
    "",
    "…",
    "A mill burnt down in the night, and nobody was hurt.",
    "서울 announced it.",
    "The bridge opened on Monday, said the mayor; it had cost 40 million crowns. " * 30,
)


@pytest.fixture
def fresh() -> OnnxEncoder:
    """An encoder that has seen nothing yet."""
    files = [module._checked(*file) for file in (module._MODEL, module._WORDS)]
    assert files[0] is not None
    assert files[1] is not None
    return OnnxEncoder(files[0], files[1])


def same(one, other) -> bool:
    return one.pieces == other.pieces and one.spans == other.spans and np.array_equal(one.vectors, other.vectors)


def test_singly_in_a_batch_backwards_and_in_threads_is_the_same(fresh, encoder):
    alone = [encoder.encode([text])[0] for text in TEXTS]
    assert all(map(same, alone, fresh.encode(TEXTS)))
    fresh._kept.clear()
    assert all(map(same, alone[::-1], fresh.encode(TEXTS[::-1])))
    fresh._kept.clear()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: fresh.encode([text])[0], TEXTS * 4))
    assert all(map(same, alone * 4, found))


def test_pieces_stand_where_they_say(encoder):
    for text, found in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        assert len(found.pieces) == len(found.spans) == len(found.vectors)
        assert all(0 <= a < b <= len(text) for a, b in found.spans)
        assert list(found.spans) == sorted(found.spans)
    found = encoder.encode(["The bridge opened."])[0]
    inside = found.within(4, 10)
    assert [found.spans[k] for k in range(inside.start, inside.stop)] == [(4, 10)]
    assert len(found.vectors[found.within(3, 4)]) == 0


def test_what_is_kept_has_an_end(fresh, monkeypatch):
    monkeypatch.setattr(module, "ENCODED_KEPT", 40)
    for n in range(30):
        fresh.encode([f"The bridge number {n} opened."])
    assert fresh._pieces <= 40
    assert fresh._pieces == sum(len(e.pieces) for e in fresh._kept.values())


@pytest.fixture
def unloaded():
    for kept in (load_encoder, module._found):
        kept.cache_clear()
    yield
    for kept in (load_encoder, module._found):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("_MODEL", (*module._MODEL[:2], "0" * 64), id="another model than the pinned"),
        pytest.param("_WORDS", (*module._WORDS[:2], "0" * 64), id="another vocabulary than the pinned"),
        pytest.param("_MODEL", (module._MODEL[0], "nowhere.onnx", module._MODEL[2]), id="no such file"),
        pytest.param("_MODEL", ("no_such_package_of_ours", *module._MODEL[1:]), id="not installed"),
    ],
)
def test_what_is_not_as_pinned_is_not_used(unloaded, monkeypatch, name, value):
    monkeypatch.setattr(module, name, value)
    assert load_encoder() is None


def test_it_can_be_switched_off(encoder):
    assert load_encoder("off") is None
    again = load_encoder()
    assert again is not None
    assert again.name == encoder.name
