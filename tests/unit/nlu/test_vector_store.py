"""Vectors of examples are kept between trainings, bit for bit, and doubted when something about them is odd."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.topics.vector_store import StoredVectors

TEXTS = ["does it hurt", "what do you charge", "how long is a session"]


class Counting:
    """An encoder that says what it was asked to encode."""

    def __init__(self, encoder, change=0.0):
        self.encoder, self.change, self.asked = encoder, change, []

    def encode(self, texts):
        self.asked.extend(texts)
        return self.encoder.encode(texts) + np.float32(self.change)


@pytest.fixture
def path(tmp_path, encoder):
    store = StoredVectors(encoder, tmp_path / "vectors.npz")
    store.encode(TEXTS)
    store.keep()
    return tmp_path / "vectors.npz"


def test_kept_vectors_are_the_encoders_own(path, encoder):
    assert np.array_equal(encoder.encode(TEXTS), StoredVectors(encoder, path).encode(TEXTS))


def test_only_what_is_new_is_encoded_beside_a_sample_of_the_rest(path, encoder):
    counting = Counting(encoder)
    many = [f"how long does visit number {number} take" for number in range(60)]
    first = StoredVectors(encoder, path)
    first.encode(many)
    first.keep()

    StoredVectors(counting, path).encode([*many, "is it safe"])

    assert "is it safe" in counting.asked
    assert 25 == len(counting.asked)


def test_vectors_of_another_encoder_are_made_again(path, encoder):
    other = Counting(encoder, change=0.001)

    assert np.array_equal(encoder.encode(TEXTS) + np.float32(0.001), StoredVectors(other, path).encode(TEXTS))


@pytest.mark.parametrize("harm", ["cut", "changed", "empty"])
def test_a_damaged_file_costs_only_time(path, encoder, harm):
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {"cut": whole[:middle], "changed": whole[:middle] + b"\x00\x01\x02" + whole[middle + 3 :], "empty": b""}[harm]
    )

    assert np.array_equal(encoder.encode(TEXTS), StoredVectors(encoder, path).encode(TEXTS))


def test_a_training_on_other_examples_leaves_these_kept(path, encoder):
    other = StoredVectors(encoder, path)
    other.encode(["is it safe"])
    other.keep()
    counting = Counting(encoder)

    StoredVectors(counting, path).encode([*TEXTS, "is it safe", "who does it"])

    assert 1 == counting.asked.count("who does it")
    assert 5 == len(counting.asked) == len(set(counting.asked))


def test_where_there_is_no_room_what_was_used_last_is_kept(path, encoder):
    store = StoredVectors(encoder, path)
    store.encode(["is it safe"])
    store.keep(most=1)
    counting = Counting(encoder)

    StoredVectors(counting, path).encode(TEXTS)

    assert TEXTS == counting.asked
