"""The encoder gives the published model's vectors."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.vectors import encoder_weights
from bot.nlu.vectors.encoder_graph import build_graph, cached_graph
from bot.nlu.vectors.encoder_weights import WrongEncoderWeights, read_weights

REFERENCE = json.loads((Path(__file__).parent / "reference_vectors.json").read_text())


def test_vectors_agree_with_those_of_the_published_weights(encoder):
    vectors = encoder.encode(list(REFERENCE))[:, 1]

    cosines = (vectors * np.array(list(REFERENCE.values()))).sum(axis=1)
    assert cosines.min() >= 0.95


def test_a_text_has_the_same_vector_in_any_company(encoder):
    alone = encoder.encode(["does it hurt"])
    among = encoder.encode(["a much longer text about something else", "does it hurt", "x"])

    assert np.array_equal(alone[0], among[1])


def test_the_model_cards_example_is_as_published(encoder):
    first, second = encoder.encode(["That is a happy person", "Today is a sunny day"])[:, 1]

    assert 0.257 == pytest.approx(float(first @ second), abs=0.05)


def test_the_graph_is_the_same_bytes_every_time():
    weights = read_weights()

    assert build_graph(weights) == build_graph(weights)


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setattr(encoder_weights, "WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(WrongEncoderWeights, match="expected 0000"):
        read_weights()


def test_a_graph_once_built_is_not_built_again(tmp_path):
    path = cached_graph(tmp_path)
    written = path.stat().st_mtime_ns

    assert cached_graph(tmp_path).stat().st_mtime_ns == written
    assert [path] == list(tmp_path.iterdir())
