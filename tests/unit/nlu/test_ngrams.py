"""What words are made of, and which of them stay in memory."""

from __future__ import annotations

import pickle

import numpy as np

from bot.nlu.words.ngrams import LetterNgrams, word_ngrams

TRAINED = np.unique(word_ngrams("does it hurt"))


def test_a_word_is_made_of_the_same_letters_known_or_not_and_again() -> None:
    of_some, of_none = LetterNgrams(TRAINED), LetterNgrams(np.zeros(0, np.uint32))

    for _ in range(2):
        assert of_some("Does it hurt Zorblax").tolist() == of_none("does it hurt zorblax").tolist()
    assert [] == of_some("?!").tolist()


def test_a_word_that_no_example_has_does_not_stay_in_memory() -> None:
    letters = LetterNgrams(TRAINED)

    letters("does it hurt Zorblax")

    assert b"hurt" in pickle.dumps(letters)
    assert b"zorblax" not in pickle.dumps(letters)
