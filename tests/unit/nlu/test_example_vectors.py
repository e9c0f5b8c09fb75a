"""Whole numbers stand for the vectors without changing what is near to what."""

import numpy as np
import pytest

from bot.nlu.topics.example_vectors import ExampleVectors


@pytest.fixture
def vectors():
    drawn = np.random.default_rng(3).normal(size=(200, 384)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_products_are_those_of_the_vectors_to_within_a_hundredth(vectors):
    found = ExampleVectors.of(vectors).products(vectors[:5])

    assert found == pytest.approx(vectors[:5] @ vectors.T, abs=0.01)


def test_a_text_has_the_same_products_in_any_company(vectors):
    examples = ExampleVectors.of(vectors)

    assert np.array_equal(examples.products(vectors[:7])[3:4], examples.products(vectors[3:4]))


def test_kept_and_taken_up_again_they_multiply_alike(vectors):
    examples = ExampleVectors.of(vectors)
    again = ExampleVectors(examples.rounded, examples.steps)

    assert np.array_equal(examples.products(vectors[:2]), again.products(vectors[:2]))
    assert np.array_equal(examples[:], again[:])


def test_no_sum_of_two_products_overflows_sixteen_bits():
    """Processors without VNNI would answer differently."""
    extreme = np.ones((2, 384), np.float32)

    rounded = ExampleVectors.of(extreme).rounded.astype(int)

    assert 2 * 255 * np.abs(rounded).max() < 2**15
