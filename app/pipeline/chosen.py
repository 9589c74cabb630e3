"""What the settings choose for every stage: the reader of sentences, a relation model and weights of the user's own."""

from __future__ import annotations

from app.core.encoder import Encoder, load_encoder
from app.core.language import LanguageReader, load_reader
from app.errors import BadInput
from app.own_model import OnnxModel, load_own_model
from app.own_weights import OwnWeights, load_own_weights
from app.settings import get_settings


def reader() -> LanguageReader:
    """What reads sentences, by the settings. Raises `BadInput` when a named model is missing."""
    wanted = get_settings().language_model
    try:
        return load_reader(wanted)
    except LookupError as error:
        raise BadInput(str(error), where="PARALLAX_LANGUAGE_MODEL") from None


def encoder() -> Encoder | None:
    """What compares the meaning of words, by the settings; None where it is switched off or not installed."""
    return load_encoder(get_settings().encoder)


def own_model() -> OnnxModel | None:
    """The relation model of the user's own, by the settings. Raises `BadInput` when it does not fit."""
    folder = get_settings().relation_model
    return load_own_model(folder) if folder else None


def weights() -> OwnWeights | None:
    """Weights of the user's own, by the settings; None means those that ship. Raises `BadInput` when they do not fit."""
    path = get_settings().weights
    return load_own_weights(path) if path else None
