"""What the settings choose for every stage: the reader of sentences, an encoder, a relation model and weights of the user's own."""

from __future__ import annotations

from app.core.alignment.row_model import load_row_model
from app.core.digests import comparer_version
from app.core.encoder import Encoder, encoder_name, load_encoder
from app.core.language import LanguageReader, load_reader
from app.core.records import BY_WORDS, Comparer
from app.errors import BadInput
from app.own_model import OnnxModel, load_own_model, own_model_digest
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


def comparer() -> Comparer:
    """What makes rows, by the settings; nothing is loaded for it but weights. Raises `BadInput` when these do not fit.

    Weights of the user's own count as far as rows are made by them: those that only pairs are scored by make no other rows.
    """
    settings, own = get_settings(), weights()
    name = encoder_name(settings.encoder)
    stage = (own.rows if own else load_row_model()).stage(encoder=name != BY_WORDS)
    model = (own_model_digest(settings.relation_model),) if settings.relation_model else ()
    return Comparer(name, comparer_version(name, stage.digest(), *model))
